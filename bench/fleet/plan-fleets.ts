import { Choices } from "./choices.js"
import { serviceNames } from "./names.js"
import { fleetLanguages, type FleetLanguage, type PlannedService } from "./shape.js"

/** What is to be generated. */
export interface FleetOptions {
  /** The same seed and options give the same files. */
  readonly seed: number
  /** Services in all, at most a hundred. */
  readonly count: number
  /** Languages to choose from; all by default. Most services are in the first ones of {@link fleetLanguages}. */
  readonly languages?: readonly FleetLanguage[]
  /** One fleet in the repository's root, or two in folders below it. */
  readonly layout: "one" | "two"
  /** A word in every service, to make its bytes differ from those of other runs; the seed by default. */
  readonly mark?: string
}

/** A folder with a slipway.yaml. */
export interface PlannedFleet {
  /** Relative to the repository; `.` is its root. */
  readonly folder: string
  /** How its Go modules find their shared one. */
  readonly goFinds: "replacement" | "workspace"
  readonly services: readonly PlannedService[]
}

/** Folders of what is shared in a fleet. */
export const roots = { platform: "platform", rust: "rusty" } as const

/** Of a hundred services, so many are in each language; the rest is in the first one. */
const share: Readonly<Record<FleetLanguage, number>> = {
  go: 50,
  static: 20,
  docker: 7,
  node: 7,
  python: 7,
  rust: 6,
  java: 3,
}

/** Decides names, languages and folders. */
export function planFleets({ seed, count, languages, layout, mark }: FleetOptions): readonly PlannedFleet[] {
  const choices = new Choices(seed)
  const names = serviceNames(count, choices)
  const chosen = choices.shuffled(languagesOf(count, languages ?? fleetLanguages))
  const folders = layout === "one" ? ["."] : ["Nord", "Süd Region"]
  return folders.map((folder, index) => {
    const goFinds = index === 0 ? "replacement" : "workspace"
    const services = names.flatMap((name, at): PlannedService[] => {
      const language = chosen[at] ?? "go"
      if (at % folders.length !== index) return []
      const place = folderOf({ name, language, goFinds, isProgram: choices.below(2) === 0 })
      return [{ name, language, folder: place, mark: mark ?? String(seed) }]
    })
    return { folder, goFinds, services }
  })
}

function languagesOf(count: number, languages: readonly FleetLanguage[]): readonly FleetLanguage[] {
  const [first = "go", ...others] = fleetLanguages.filter((language) => languages.includes(language))
  const rest = others.flatMap((language) =>
    Array.from({ length: Math.round((count * share[language]) / 100) }, () => language),
  )
  return Array.from({ length: count }, (_, index) => rest[index] ?? first)
}

interface Placing {
  readonly name: string
  readonly language: FleetLanguage
  readonly goFinds: PlannedFleet["goFinds"]
  /** Of a Go module whose root is elsewhere. */
  readonly isProgram: boolean
}

function folderOf({ name, language, goFinds, isProgram }: Placing): string {
  if (language === "rust") return `${roots.rust}/svc/${name}`
  if (goFinds === "workspace") return `Teams/Ünïcode Team/svc-${name}/server`
  return language === "go" && isProgram ? `${roots.platform}/cmd/${name}` : `apps/${name}/backend`
}
