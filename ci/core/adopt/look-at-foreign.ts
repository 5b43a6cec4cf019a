import type { Look } from "./proposal.js"
import { readSources } from "./sources.js"
import type { Place, RepositoryView } from "./view.js"
import { posix } from "node:path"

/** Files by which languages and builds are known that have no recipe, and what in them shows a program. */
const foreign: readonly { readonly what: string; readonly file: RegExp; readonly program?: RegExp }[] = [
  {
    what: "Gradle",
    file: /^build\.gradle(\.kts)?$/,
    program:
      /\b(application|mainClass(Name)?|org\.springframework\.boot|io\.quarkus|io\.micronaut\.application|ktor)\b/,
  },
  {
    what: ".NET",
    file: /^[^/]+\.(cs|fs)proj$/,
    program: /Microsoft\.NET\.Sdk\.(Web|Worker)|<OutputType>Exe/,
  },
  {
    what: "PHP",
    file: /^composer\.json$/,
    program: /"(laravel|symfony|slim|cakephp|laminas)\/|"type":\s*"project"/,
  },
  { what: "Ruby", file: /^config\.ru$/ },
  { what: "Elixir", file: /^mix\.exs$/, program: /\bmod:\s*\{/ },
  { what: "Scala", file: /^build\.sbt$/, program: /mainClass|PlayScala|JavaAppPackaging/ },
]

/** Names of the files by which foreign programs are known. */
export function isForeignMarker(name: string): boolean {
  return foreign.some(({ file }) => file.test(name))
}

/** A folder whose language or build is known, and cannot be built without a Dockerfile. */
export function lookAtForeign({ folder }: Place, view: RepositoryView): Look | undefined {
  for (const { what, file, program } of foreign) {
    const name = view.namesIn(folder).find((each) => file.test(each))
    if (name === undefined) continue
    const [source] = readSources([posix.join(folder, name)], view)
    const isProgram = program === undefined || program.test(source?.text ?? "")
    return isProgram ? { kind: "foreign", what } : { kind: "library", what: `${what} without a program` }
  }
  return undefined
}
