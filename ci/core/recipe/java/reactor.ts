import { posix } from "node:path"
import { isWithin } from "../../listing.js"
import type { Problem } from "../../problem.js"
import { coordinatesOf, referencesOf, type Pom } from "./pom.js"
import { membersOf, parentIn, presentModules, projectNamed, type Workspace } from "./workspace.js"

/** What Maven builds together for one service: nothing that the service does not reach. */
export interface Reactor {
  /** The pom that Maven begins with; it may be one that only the build sees. */
  readonly file: string
  /** The project whose classes run. */
  readonly target: Pom
  /** The projects that are built: the target and all that it names. */
  readonly projects: readonly Pom[]
  /** Every pom that counts: of the projects, of those that they inherit from and of those that gather them. */
  readonly poms: readonly Pom[]
  /** True where no pom of the repository gathers all projects, so that {@link file} has to be made. */
  readonly isMade: boolean
}

/** Finds what has to be built for one project. */
export function reactorOf(workspace: Workspace, target: Pom): Reactor {
  const { projects, inherited } = reach(workspace, target)
  const root = gatheringPom(workspace, target, projects)
  if (root === undefined) {
    const isAlone = projects.length === 1
    const folder = projects.map((each) => each.folder).reduce(commonFolder)
    const file = isAlone ? target.file : posix.join(folder, "slipway-reactor.xml")
    return { file, target, projects, poms: unique([...projects, ...inherited]), isMade: !isAlone }
  }
  const needed = new Set([...projects, ...inherited])
  const gathering = [root, ...membersOf(workspace, root)].filter((each) =>
    membersOf(workspace, each).some((member) => needed.has(member)),
  )
  return { file: root.file, target, projects, poms: unique([...needed, ...gathering]), isMade: false }
}

/** The projects that a project of the repository names, in pom order. */
export function namedProjects(workspace: Workspace, pom: Pom): readonly Pom[] {
  const named = referencesOf(pom).flatMap((element) => coordinatesOf(element) ?? [])
  return unique(
    named
      .map((coordinates) => projectNamed(workspace, pom, coordinates))
      .filter((found) => found !== undefined && found !== pom),
  ) as readonly Pom[]
}

/** Tells of projects that need each other. */
export function cycleProblems(workspace: Workspace, { projects }: Reactor): readonly Problem[] {
  const done = new Set<Pom>()
  const visit = (pom: Pom, path: readonly Pom[]): readonly Problem[] => {
    const start = path.indexOf(pom)
    if (start >= 0) {
      const names = [...path.slice(start), pom].map((each) => each.artifactId).join(" → ")
      return [{ file: pom.file, message: `these modules need each other: ${names}. Take one of them apart.` }]
    }
    if (done.has(pom)) return []
    done.add(pom)
    return namedProjects(workspace, pom).flatMap((next) => visit(next, [...path, pom]))
  }
  return projects.flatMap((pom) => visit(pom, []))
}

function reach(workspace: Workspace, target: Pom) {
  const projects = new Set([target])
  const inherited = new Set<Pom>()
  const visit = (pom: Pom): void => {
    for (const named of namedProjects(workspace, pom)) {
      if (projects.has(named)) continue
      projects.add(named)
      visit(named)
    }
    const parent = parentIn(workspace, pom)
    if (parent === undefined || inherited.has(parent)) return
    inherited.add(parent)
    visit(parent)
  }
  visit(target)
  return { projects: [...projects], inherited: [...inherited] }
}

/** The outermost pom of the repository whose modules are all of the projects. */
function gatheringPom(workspace: Workspace, target: Pom, projects: readonly Pom[]): Pom | undefined {
  const gathering = [...workspace.poms.values()].filter((pom) => {
    const members = membersOf(workspace, pom)
    return members.includes(target) && projects.every((each) => each === pom || members.includes(each))
  })
  const isGathered = (pom: Pom) =>
    gathering.some((other) => other !== pom && presentModules(workspace, other).includes(pom))
  return gathering
    .filter((pom) => !isGathered(pom))
    .sort((left, right) => left.file.length - right.file.length)[0]
}

function commonFolder(left: string, right: string): string {
  return isWithin(right, left) ? left : commonFolder(posix.dirname(left), right)
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)]
}
