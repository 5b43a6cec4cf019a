import { posix } from "node:path"
import { z } from "zod"
import { shellWord } from "../steps.js"

const packageJson = z.looseObject({ scripts: z.record(z.string(), z.string()).default({}) })

/** Folders in which a page usually is. */
const usualFolders = ["dist", "build", "out", "public"]

/** Those that have the project's name in them, as Angular's. */
const ofProjects = ["dist/*/browser", "dist/*"]

/** Folders in which builds usually leave a page. */
const usualOutputs = [...usualFolders, ...ofProjects, "_site", ".output/public"]

/** What is known of a page's folder. */
interface PageRequest {
  readonly folder: string
  readonly texts: ReadonlyMap<string, string | undefined>
  /** Scripts that build it, where its manifest says which. */
  readonly build?: readonly string[] | undefined
}

/** Whether a page is what a build script of a package.json makes. */
export function isBuiltPage({ folder, texts, build }: PageRequest): boolean {
  const text = texts.get(posix.join(folder, "package.json"))
  if (text === undefined) return false
  try {
    const checked = packageJson.safeParse(JSON.parse(text))
    return checked.success && (build ?? checked.data.scripts["build"]) !== undefined
  } catch {
    return true // Node's recipe says what is wrong with it.
  }
}

/** Folders in which a page may be, relative to the service's, the likeliest first, as one text. */
export function joinCandidates(entrypoint: string | undefined): string {
  return entrypoint ?? usualOutputs.join(", ")
}

function splitCandidates(entrypoint: string): readonly string[] {
  return entrypoint.split(", ")
}

/** The folders of {@link joinCandidates} as words of a shell, which knows what is there. */
export function candidateWords(entrypoint: string): readonly string[] {
  return splitCandidates(entrypoint).map((each) => (ofProjects.includes(each) ? each : shellWord(each)))
}

/** The first folder that holds an index.html, of a page that is there as it is. */
export function plainPage(
  folder: string,
  entrypoint: string | undefined,
  paths: readonly string[],
): string | undefined {
  const candidates = entrypoint === undefined ? [".", ...usualFolders] : [posix.normalize(entrypoint)]
  return candidates.find((each) => paths.includes(posix.join(folder, each, "index.html")))
}
