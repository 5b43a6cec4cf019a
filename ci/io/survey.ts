import { posix } from "node:path"
import type { Parsed } from "../core/manifest/parse.js"
import type { ServiceManifest } from "../core/manifest/service-manifest.js"
import { languageRecipe } from "../core/recipe/languages.js"
import type { SourceText } from "../core/yaml/decode.js"
import type { Repository } from "./read-repository.js"

/** Locks, Slipway's own and those of languages, may be long: bytes. */
export const lockByteLimit = 20_000_000

/** How often a language may ask for more before it is taken for broken. */
const rounds = 50

/** What languages asked for to understand the services of a fleet. */
export interface Surveyed {
  /** The files that they read, each once. */
  readonly sources: readonly SourceText[]
  readonly texts: ReadonlyMap<string, string>
  /** What each service uses beside its own folder, by manifest file. */
  readonly uses: ReadonlyMap<string, readonly string[]>
}

/** Lets each service's language find out what the service is made from, reading what it asks for until it has enough. */
export async function surveyAll(
  repository: Repository,
  services: readonly Parsed<ServiceManifest>[],
): Promise<Surveyed> {
  const reader = new SurveyReader(repository)
  const uses = new Map(
    await Promise.all(
      services.map(async (service) => [service.yaml.file, await survey(service, reader)] as const),
    ),
  )
  const sources = reader.sources()
  const texts = new Map(sources.flatMap(({ file, text }) => (text.ok ? [[file, text.value] as const] : [])))
  return { sources, texts, uses }
}

async function survey(
  { manifest, yaml }: Parsed<ServiceManifest>,
  reader: SurveyReader,
): Promise<readonly string[]> {
  const recipe = languageRecipe(manifest.language)
  const folder = posix.dirname(yaml.file)
  const texts = new Map<string, string | undefined>()
  const paths = new Map<string, readonly string[]>()
  for (let round = 0; round < rounds; round++) {
    const { reads = [], lists = [], uses = [] } = recipe?.survey({ manifest, folder, texts, paths }) ?? {}
    const files = [...new Set(reads)].filter((file) => !texts.has(file))
    const folders = [...new Set(lists)].filter((each) => !paths.has(each))
    if (files.length + folders.length === 0) return uses
    for (const file of files) texts.set(file, await reader.text(file))
    for (const each of folders) paths.set(each, await reader.paths(each))
  }
  throw new Error(`the survey of ${yaml.file} asks for more after ${rounds} rounds`)
}

/** Reads each file once, however many services ask for it. */
class SurveyReader {
  private readonly known = new Map<string, Promise<SourceText | undefined>>()
  private readonly found = new Map<string, SourceText>()

  constructor(private readonly repository: Repository) {}

  async text(file: string): Promise<string | undefined> {
    const pending = this.known.get(file) ?? this.repository.text(file, lockByteLimit)
    this.known.set(file, pending)
    const source = await pending
    if (source !== undefined) this.found.set(file, source)
    return source?.text.ok === true ? source.text.value : undefined
  }

  paths(folder: string): Promise<readonly string[]> {
    return this.repository.paths(folder)
  }

  sources(): readonly SourceText[] {
    return [...this.found.values()]
  }
}
