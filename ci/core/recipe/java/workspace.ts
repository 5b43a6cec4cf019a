import { posix } from "node:path"
import type { Problem } from "../../problem.js"
import { problemsOf, type Result } from "../../result.js"
import { readPom, type Coordinates, type Module, type Pom } from "./pom.js"

/** The Maven projects of a repository that one service may have to do with, as far as their poms were read. */
export interface Workspace {
  /** By path. */
  readonly poms: ReadonlyMap<string, Pom>
  /** Every pom that was looked for, there or not. */
  readonly reads: readonly string[]
  /** What is wrong with single poms, by path. */
  readonly broken: ReadonlyMap<string, readonly Problem[]>
}

/** The files of a repository as far as they were read; undefined where there is no such file. */
export type Texts = ReadonlyMap<string, string | undefined>

/**
 * Follows parents and modules from a service's folder, from every folder above it and from what the service names as
 * used: that is where Maven would find projects to build together.
 */
export function exploreWorkspace(folder: string, uses: readonly string[], texts: Texts): Workspace {
  const reads = new Set([...foldersUpwards(folder), ...uses].map((each) => posix.join(each, "pom.xml")))
  const poms = new Map<string, Pom>()
  const broken = new Map<string, readonly Problem[]>()
  for (const file of reads) {
    const text = texts.get(file)
    const pom: Result<Pom> | undefined = text === undefined ? undefined : readPom(text, file)
    if (pom === undefined) continue
    if (pom.ok) {
      poms.set(file, pom.value)
      for (const next of neighbours(pom.value)) reads.add(next)
    } else {
      broken.set(file, problemsOf(pom))
    }
  }
  return { poms, reads: [...reads], broken }
}

/** A folder and every folder above it; the repository's root is the last. */
export function foldersUpwards(folder: string): readonly string[] {
  return folder === "." ? ["."] : [folder, ...foldersUpwards(posix.dirname(folder))]
}

/** True for a path that leaves the repository. */
export function isOutside(file: string): boolean {
  return file === ".." || file.startsWith("../")
}

function neighbours(pom: Pom): readonly string[] {
  const files = [...pom.modules.map((each) => each.file), ...(pom.parent?.file ? [pom.parent.file] : [])]
  return files.filter((file) => !isOutside(file))
}

/** The parent of a pom where the repository holds it. */
export function parentIn({ poms }: Workspace, pom: Pom): Pom | undefined {
  const { parent } = pom
  const found = parent?.file === undefined ? undefined : poms.get(parent.file)
  if (parent === undefined || found?.artifactId !== parent.artifactId || found === pom) return undefined
  const groupId = found.groupId ?? found.parent?.groupId
  return groupId === parent.groupId ? found : undefined
}

/** A pom and those that it inherits from, the nearest first, as far as they are in the repository. */
export function lineageOf(workspace: Workspace, pom: Pom): readonly Pom[] {
  const lineage = [pom]
  for (let next = parentIn(workspace, pom); next && !lineage.includes(next); next = parentIn(workspace, next))
    lineage.push(next)
  return lineage
}

/** A text of a pom with the properties filled in that the repository's poms set; what is set elsewhere stays as it is. */
export function interpolate(workspace: Workspace, pom: Pom, text: string): string {
  const properties = new Map([...lineageOf(workspace, pom)].reverse().flatMap((each) => [...each.properties]))
  const { groupId, artifactId, version, parent } = pom
  const own = { groupId: groupId ?? parent?.groupId, artifactId, version: version ?? parent?.version }
  for (const [name, value] of Object.entries(own)) {
    for (const prefix of ["project.", "pom.", ""])
      if (value !== undefined) properties.set(`${prefix}${name}`, value)
  }
  for (const [name, value] of Object.entries(parent ?? {}))
    if (typeof value === "string") properties.set(`project.parent.${name}`, value)
  let filled = text
  for (let depth = 0; depth < 10 && filled.includes("${"); depth++)
    filled = filled.replaceAll(/\$\{([^${}]+)\}/g, (whole, name: string) => properties.get(name) ?? whole)
  return filled
}

/** The project of the repository that some coordinates in a pom mean; another version is another project. */
export function projectNamed(workspace: Workspace, from: Pom, named: Coordinates): Pom | undefined {
  const fill = (text: string | undefined) =>
    text === undefined ? undefined : interpolate(workspace, from, text)
  const [groupId, artifactId, version] = [named.groupId, named.artifactId, named.version].map(fill)
  return [...workspace.poms.values()].find((pom) => {
    const own = interpolate(workspace, pom, "${project.groupId}:${project.artifactId}")
    if (own !== `${groupId}:${artifactId}`) return false
    const found = interpolate(workspace, pom, "${project.version}")
    const isKnown = version !== undefined && !version.includes("${") && !found.includes("${")
    return !isKnown || found === version
  })
}

/** The modules of a pom and their modules, those that are there. */
export function membersOf(workspace: Workspace, pom: Pom): readonly Pom[] {
  const members = new Set<Pom>()
  const visit = (each: Pom): void => {
    for (const found of presentModules(workspace, each)) {
      if (members.has(found)) continue
      members.add(found)
      visit(found)
    }
  }
  visit(pom)
  return [...members]
}

/** The poms that a pom names as modules and that are there. */
export function presentModules({ poms }: Workspace, { modules }: { readonly modules: readonly Module[] }) {
  return modules.map(({ file }) => poms.get(file)).filter((found) => found !== undefined)
}
