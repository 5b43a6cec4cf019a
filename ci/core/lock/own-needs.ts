import { buildBackends, uvVersion } from "../recipe/python/tools.js"
import { closureNames, rootsOf } from "./closures.js"
import type { LockNeeds } from "./lock-needs.js"

/** What the lock that ships with Slipway pins: enough for most fleets to need none of their own. */
export const ownNeeds: LockNeeds = {
  closures: Object.fromEntries(closureNames.map((name) => [name, rootsOf(name)])),
  node: [],
  go: ["1.24.4", "1.25.5", "1.26.8"],
  npm: { npm: ["11"], pnpm: ["9", "10"], yarn: ["1"], "@yarnpkg/cli-dist": ["4"] },
  pypi: Object.fromEntries(
    Object.entries({ uv: uvVersion, ...buildBackends }).map(([name, version]) => [name, [version]]),
  ),
  maven: { "org.apache.maven:apache-maven": ["3"] },
  requirements: {},
  images: [],
  urls: [],
}
