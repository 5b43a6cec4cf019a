import { builtInLock } from "../../../ci/core/lock/built-in.js"
import type { EnvironmentName } from "../../../ci/core/ids.js"
import { loadAll } from "../../unit/helpers/load.js"

/** The tags under which the CLI looks for a repository's targets, by service. */
export async function keyTags(
  root: string,
  environment: EnvironmentName = "production",
): Promise<Readonly<Record<string, string>>> {
  const { targets } = await loadAll(root, { baseLock: builtInLock, environment })
  return Object.fromEntries(targets.map(({ service, key }) => [service, `key-${key}`]))
}
