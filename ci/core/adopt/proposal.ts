import type { z } from "zod"
import type { Language } from "../ids.js"
import type { Problem } from "../problem.js"
import type { serviceManifest } from "../manifest/service-manifest.js"

/** Settings of a manifest as a person would write them. */
export type Settings = Partial<Omit<z.input<typeof serviceManifest>, "language">>

/** A value, and for people where it was found. */
export interface Told<T> {
  readonly value: T
  readonly from: string
}

/** A setting that could not be found out, as a comment that only has to be uncommented. */
export interface Hint {
  readonly setting: keyof Settings
  /** A sentence or two. */
  readonly why: string
  readonly example: Settings
  /** True where the service cannot do without, so that a person should look at it. */
  readonly isNeeded: boolean
}

/** A manifest that fits a folder. */
export interface Proposal {
  readonly language: Language
  /** Files that told it, for people. */
  readonly from: string
  /** What its own files call it. */
  readonly title?: string
  readonly settings: Settings
  /** Where settings were found, by their names. */
  readonly origins: Readonly<Partial<Record<keyof Settings | "language", string>>>
  readonly hints: readonly Hint[]
  /** Why its language cannot build it as it is. */
  readonly blocked?: string
  /** Folders that look like services and are parts of this one. */
  readonly covers?: readonly string[]
  /** Lines for people that belong to no setting, as they are: commands in them can be pasted. */
  readonly notes?: readonly string[]
}

/** What a folder turned out to be. */
export type Look =
  | { readonly kind: "service"; readonly proposal: Proposal }
  /** Nothing that starts by itself. */
  | { readonly kind: "library"; readonly what: string }
  /** A language, or a way to build, that Slipway has no recipe for. */
  | { readonly kind: "foreign"; readonly what: string }
  /** A file that would tell, and cannot be read. */
  | { readonly kind: "broken"; readonly problem: Problem }

/** The look of a folder whose file cannot be read, with the first reason. */
export function broken(found: { readonly problems: readonly Problem[] }): Look | undefined {
  const [problem] = found.problems
  return problem === undefined ? undefined : { kind: "broken", problem }
}
