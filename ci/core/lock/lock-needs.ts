import type { Platform } from "../ids.js"
import { languageRecipe } from "../recipe/languages.js"
import type { ResolvedService } from "../resolve/resolved-service.js"
import { closureName, closurePackages, closureRoots } from "./closures.js"
import type { Lock } from "./lock.js"

/** What services need from outside and no lock pins yet. */
export interface LockNeeds {
  /** Sets of Debian packages by name, each with its roots. */
  readonly closures: Readonly<Record<string, readonly string[]>>
  /** Versions of Node as the services write them: exact, or the beginning of one. */
  readonly node: readonly string[]
  readonly npm: boolean
  /** Exact versions of Go. */
  readonly go: readonly string[]
}

/** Compares what services need for a platform with what a lock holds. */
export function lockNeeds(services: readonly ResolvedService[], lock: Lock, platform: Platform): LockNeeds {
  const versions = (language: string, locked: Lock["node"]) => {
    const wanted = services
      .filter((service) => service.language === language)
      .map((service) => service.version)
    return [...new Set(wanted)].filter((version) => locked[version]?.[platform] === undefined)
  }
  const node = versions("node", lock.node)
  return {
    closures: missingClosures(services, lock, platform),
    node,
    npm: lock.npm === undefined && services.some((service) => service.language === "node"),
    go: versions("go", lock.go),
  }
}

/** True when there is nothing left to pin. */
export function isPinned({ closures, node, npm, go }: LockNeeds): boolean {
  return Object.keys(closures).length + node.length + go.length === 0 && !npm
}

function missingClosures(
  services: readonly ResolvedService[],
  lock: Lock,
  platform: Platform,
): Readonly<Record<string, readonly string[]>> {
  const wanted = new Map<string, readonly string[]>([["tools", closureRoots["tools"] ?? []]])
  for (const { language, packages } of services) {
    const base = languageRecipe(language)?.closure
    if (base === undefined) continue
    wanted.set(closureName(base, packages), [...(closureRoots[base] ?? []), ...packages])
  }
  return Object.fromEntries(
    [...wanted].filter(([name]) => closurePackages(lock, name, platform).length === 0),
  )
}
