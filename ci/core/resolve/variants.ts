import { environmentNames, type EnvironmentName } from "../ids.js"
import type { FleetManifest } from "../manifest/fleet-manifest.js"
import type { ServiceManifest } from "../manifest/service-manifest.js"
import type { Variant } from "./resolved-service.js"

/** Arguments and variables of each environment: the fleet's, then its environment's, then the service's, then its environment's; the last wins. */
export function resolveVariants(
  fleet: FleetManifest,
  service: ServiceManifest,
): Record<EnvironmentName, Variant> {
  const variant = (environment: EnvironmentName): Variant => {
    const sources = [
      fleet.defaults,
      fleet.environments[environment],
      service,
      service.environments?.[environment],
    ]
    return {
      args: Object.assign({}, ...sources.map((source) => source?.args)) as Variant["args"],
      variables: Object.assign({}, ...sources.map((source) => source?.variables)) as Variant["variables"],
    }
  }
  return Object.fromEntries(environmentNames.map((name) => [name, variant(name)])) as Record<
    EnvironmentName,
    Variant
  >
}
