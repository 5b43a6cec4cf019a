import { posix } from "node:path"
import { success, type Result } from "../../result.js"
import { readCargoToml, type CargoToml } from "./cargo-toml.js"

/** The files of Cargo in a repository, which remembers what was asked for: a survey reads that next. */
export class CargoSources {
  readonly asked = new Set<string>()
  private readonly tomls = new Map<string, Result<CargoToml | undefined>>()

  constructor(private readonly texts: ReadonlyMap<string, string | undefined>) {}

  /** A file's text; undefined where there is none, or it was not read yet. */
  text(file: string): string | undefined {
    this.asked.add(file)
    return this.texts.get(file)
  }

  /** The Cargo.toml of a folder; undefined where there is none, or it was not read yet. */
  toml(folder: string): Result<CargoToml | undefined> {
    const known = this.tomls.get(folder)
    if (known !== undefined) return known
    const file = posix.join(folder, "Cargo.toml")
    const text = this.text(file)
    const read = text === undefined ? success(undefined) : readCargoToml(file, text)
    this.tomls.set(folder, read)
    return read
  }
}

/** A folder and those that it is in, up to the repository's root. */
export function upwards(folder: string): readonly string[] {
  return folder === "." ? ["."] : [folder, ...upwards(posix.dirname(folder))]
}
