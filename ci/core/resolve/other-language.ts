import { posix } from "node:path"
import type { Language } from "../ids.js"
import type { ServiceManifest } from "../manifest/service-manifest.js"
import type { Problem } from "../problem.js"

/** Files that speak of a language, by their names. */
const signs: readonly { readonly language: Language; readonly files: RegExp; readonly sources: RegExp }[] = [
  { language: "go", files: /^go\.mod$/, sources: /\.go$/ },
  { language: "node", files: /^package\.json$/, sources: /\.[cm]?[jt]sx?$/ },
  { language: "python", files: /^(pyproject\.toml|requirements\.txt|Pipfile)$/, sources: /\.py$/ },
  { language: "rust", files: /^Cargo\.toml$/, sources: /\.rs$/ },
  { language: "java", files: /^(pom\.xml|build\.gradle(\.kts)?)$/, sources: /\.(java|kt)$/ },
]

/** What is told of a service in whose folder nothing is of its language, and a file of another one lies. */
export function otherLanguage(
  { language }: ServiceManifest,
  folder: string,
  paths: readonly string[],
): string | undefined {
  const own = signs.find((each) => each.language === language)
  const names = paths.map((path) => posix.basename(path))
  if (own === undefined || names.some((name) => own.files.test(name) || own.sources.test(name)))
    return undefined
  const direct = paths.filter((path) => posix.dirname(path) === folder).map((path) => posix.basename(path))
  for (const { language: other, files } of signs) {
    const file = direct.find((name) => files.test(name))
    if (file !== undefined)
      return `is ${language}, but ${folder} holds ${file} and nothing of ${language}. Write language: ${other}.`
  }
  return undefined
}

/** Settings that only some languages have: which, and what they are for. */
const owners: Readonly<
  Record<
    "static" | "docker" | "java" | "build",
    { readonly languages: readonly Language[]; readonly what: string }
  >
> = {
  static: { languages: ["static"], what: "pages" },
  docker: { languages: ["docker"], what: "Dockerfiles" },
  java: { languages: ["java"], what: "Java" },
  build: { languages: ["node", "static"], what: "scripts of a package.json" },
}

/** The settings of a manifest that only other languages have. */
export function partsOfOthers(
  manifest: ServiceManifest,
  at: (setting: string, message: string) => Problem,
): readonly Problem[] {
  return Object.entries(owners).flatMap(([setting, { languages, what }]) =>
    manifest[setting as keyof typeof owners] === undefined || languages.includes(manifest.language)
      ? []
      : [at(setting, `is for ${what}, and this service is ${manifest.language}. Take it away.`)],
  )
}
