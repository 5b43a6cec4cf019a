/** Files by path, relative to a folder that their maker knows. */
export type Files = Readonly<Record<string, string>>

/** Languages that services of a generated fleet are written in. */
export const fleetLanguages = ["go", "static", "docker", "node", "python", "rust", "java"] as const
export type FleetLanguage = (typeof fleetLanguages)[number]

/** A service that is to be written. */
export interface PlannedService {
  /** Of its image. */
  readonly name: string
  readonly language: FleetLanguage
  /** Relative to its fleet. */
  readonly folder: string
  /** A word that makes its bytes differ from those of any other run. */
  readonly mark: string
}

/** The way from a folder up to what it is relative to: `../..`. */
export function upFrom(folder: string): string {
  return folder
    .split("/")
    .map(() => "..")
    .join("/")
}

/** Files below a folder. */
export function below(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]))
}

/** A service.yaml for a service that answers /health on 8080. */
export function manifest({ name, language }: PlannedService, more = ""): Files {
  return {
    "service.yaml": `name: ${name}\nlanguage: ${language}\nport: 8080\nhealth:\n  http: /health\n${more}`,
  }
}
