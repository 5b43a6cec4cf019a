import { wheelFits, type WheelTarget } from "./wheel.js"

/** One package of an index, or a file at an address, exactly. */
export interface LockedDistribution {
  readonly name: string
  readonly version: string
  /** Where it comes from, in place of an index. */
  readonly url?: string
  /** As in `sha256:…`, of the files that may be taken. */
  readonly hashes: readonly string[]
  /** True where only its sources fit: it is built. */
  readonly isBuilt: boolean
}

/** What of a lock a service reaches, for one environment and platform. */
export interface Reached {
  readonly distributions: readonly LockedDistribution[]
  /** Folders of packages of the repository, dependencies of the service; sorted, without the service's own. */
  readonly folders: readonly string[]
  /** Addresses of indexes other than PyPI. */
  readonly indexes: readonly string[]
}

/** A file of an index as locks name it. */
export interface LockedFile {
  readonly name: string
  readonly hash: string
}

/** The files that fit a target: wheels, or sources where no wheel does. */
export function fittingFiles(
  files: readonly LockedFile[],
  target: WheelTarget,
): Pick<LockedDistribution, "hashes" | "isBuilt"> {
  const wheels = files.filter(({ name }) => wheelFits(name, target))
  const sources = files.filter(({ name }) => !name.endsWith(".whl"))
  const taken = wheels.length > 0 ? wheels : sources
  return { hashes: taken.map(({ hash }) => hash).sort(), isBuilt: wheels.length === 0 }
}

/** The lines that uv installs a set of packages from: sorted, each with the hashes that it may have. */
export function requirementLines(distributions: readonly LockedDistribution[]): string {
  return distributions
    .map(({ name, version, url, hashes }) => {
      const what = url === undefined ? `${name}==${version}` : `${name} @ ${url}`
      return [what, ...hashes.map((hash) => `--hash=${hash}`)].join(" \\\n    ")
    })
    .sort()
    .map((line) => `${line}\n`)
    .join("")
}
