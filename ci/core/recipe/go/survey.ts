import { posix } from "node:path"
import type { ServiceManifest } from "../../manifest/service-manifest.js"
import type { Survey, SurveyRequest } from "../language.js"
import { mainPackage } from "./main-package.js"
import { reachOf, type GoReach } from "./packages.js"
import { sumFile, sumFiles, workSumFile } from "./sums.js"
import { readWorkspace, type GoWorkspace } from "./workspace.js"

/** Follows a service's imports through its module, go.work and replacements, reading as it goes. */
export function surveyGo({ manifest, folder, texts, paths }: SurveyRequest): Survey {
  const reads = new Set<string>()
  const lists = new Set([folder])
  const read = (file: string): string | undefined => {
    reads.add(file)
    return texts.get(file)
  }
  const list = (each: string): readonly string[] | undefined => {
    lists.add(each)
    return paths.get(each)
  }
  const workspace = readWorkspace(folder, read, usesWork(manifest))
  if (workspace === undefined) return { reads: [...reads], lists: [...lists] }
  const { main, modules, work } = workspace
  for (const file of [...modules.map(sumFile), ...(work === undefined ? [] : [workSumFile(work)])]) read(file)
  const vendor = vendorFolder(workspace)
  read(posix.join(vendor, "modules.txt"))
  const own = mainPackage(manifest, folder, paths.get(folder) ?? [])
  const reach = own === undefined ? undefined : reachOf(workspace, posix.join(folder, own), read, list)
  const isThere = (file: string): boolean => texts.get(file) !== undefined
  const files = [
    ...(reach?.modules ?? [main]).map(({ file }) => file),
    ...sumFiles(workspace, reach?.modules ?? [main]),
    ...(work === undefined ? [] : [work.file]),
  ]
  return {
    reads: [...reads],
    lists: [...lists],
    uses: [
      ...files.filter(isThere),
      ...(isThere(posix.join(vendor, "modules.txt")) ? [vendor] : []),
      ...usedFiles(reach),
    ],
  }
}

/** False where the service's arguments turn go.work off. */
export function usesWork({ args }: Pick<ServiceManifest, "args">): boolean {
  return args?.["GOWORK"] !== "off"
}

/** Where vendored modules lie: beside go.work, else beside go.mod. */
export function vendorFolder({ main, work }: Pick<GoWorkspace, "main" | "work">): string {
  return posix.join((work ?? main).folder, "vendor")
}

function usedFiles(reach: GoReach | undefined): readonly string[] {
  return [...(reach?.files ?? [])]
}
