import { goKit, goModule, goPlatform, goProgram, goWorkspace } from "./go.js"
import {
  dockerfile,
  java,
  nodeMember,
  nodeWorkspace,
  page,
  python,
  rustMember,
  rustWorkspace,
} from "./others.js"
import { planFleets, roots, type FleetOptions, type PlannedFleet } from "./plan-fleets.js"
import { below, type Files, type FleetLanguage, type PlannedService } from "./shape.js"

/** Every file of a generated repository, by path. */
export function fleetFiles(options: FleetOptions): Files {
  const fleets = planFleets(options).map((fleet) =>
    fleet.folder === "." ? filesOf(fleet) : below(fleet.folder, filesOf(fleet)),
  )
  return Object.assign({ ".gitignore": ".slipway/\nnode_modules/\n" }, ...fleets) as Files
}

function filesOf(fleet: PlannedFleet): Files {
  const { services, goFinds } = fleet
  const inLanguage = (language: FleetLanguage) => services.filter((service) => service.language === language)
  const [go, node, rust] = [inLanguage("go"), inLanguage("node"), inLanguage("rust")]
  const needsWords = node.length + inLanguage("python").length > 0
  return Object.assign(
    { "slipway.yaml": fleetManifest(services) },
    go.length > 0 ? goKit : {},
    go.some(isProgram) ? goPlatform(roots.platform) : {},
    goFinds === "workspace" && go.length > 0 ? goWorkspace(go) : {},
    needsWords ? nodeWorkspace(node) : {},
    rust.length > 0 ? rustWorkspace(roots.rust, rust) : {},
    ...services.map((service) => serviceFiles(service, fleet)),
  ) as Files
}

function serviceFiles(service: PlannedService, { goFinds }: PlannedFleet): Files {
  switch (service.language) {
    case "go":
      return isProgram(service) ? goProgram(service) : goModule(service, goFinds)
    case "static":
      return page(service)
    case "docker":
      return dockerfile(service)
    case "node":
      return nodeMember(service)
    case "python":
      return python(service)
    case "rust":
      return rustMember(service)
    case "java":
      return java(service)
  }
}

function isProgram({ folder }: PlannedService): boolean {
  return folder.startsWith(`${roots.platform}/`)
}

/** The globs under which the services are found, each only where it finds one. */
function fleetManifest(services: readonly PlannedService[]): string {
  const globs = services.map(({ folder }) => {
    if (folder.startsWith("apps/")) return "apps/*/backend"
    return folder.startsWith("Teams/") ? "Teams/*/*/server" : folder.replace(/[^/]+$/, "*")
  })
  return `services: ${JSON.stringify([...new Set(globs)].sort())}\n`
}
