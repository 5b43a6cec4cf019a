import { reactorOf, type Reactor } from "./reactor.js"
import { targetOf, type Target } from "./target.js"
import { exploreWorkspace, type Texts, type Workspace } from "./workspace.js"

/** What is known of a Java service before its poms are read. */
export interface ServicePlace {
  readonly folder: string
  /** Other folders that it names as used. */
  readonly uses: readonly string[]
  /** The Maven module that runs, where the manifest names one. */
  readonly project: string | undefined
  readonly texts: Texts
}

/** A service's Maven projects, as far as its poms were read. */
export interface Understood {
  readonly workspace: Workspace
  readonly target: Target
  /** Absent while the target is not known. */
  readonly reactor?: Reactor
}

/** Finds the project that runs and all that is built for it. */
export function understand({ folder, uses, project, texts }: ServicePlace): Understood {
  const workspace = exploreWorkspace(folder, uses, texts)
  const target = targetOf(workspace, folder, project)
  if (!("pom" in target)) return { workspace, target }
  return { workspace, target, reactor: reactorOf(workspace, target.pom) }
}
