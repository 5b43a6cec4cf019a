import { existsSync, statSync } from "node:fs"
import { homedir } from "node:os"
import { basename, dirname, resolve } from "node:path"
import { existingServices, type ExistingService } from "../../ci/io/existing-services.js"
import { readRepository, type Repository } from "../../ci/io/read-repository.js"
import type { Options } from "../arguments.js"
import { hasFleet, rootAbove } from "../root-above.js"
import { UserError } from "../user-error.js"

/** A repository that may know nothing of Slipway yet. */
export interface OpenRepository {
  readonly root: string
  /** What its folder is called. */
  readonly title: string
  readonly repository: Repository
  readonly hasFleet: boolean
  readonly existing: readonly ExistingService[]
}

/** Opens the repository that the options name, else the one around here: of the nearest slipway.yaml, or of git. */
export async function openRepository(options: Options): Promise<OpenRepository> {
  const here = process.cwd()
  const root = options.directory === undefined ? rootAround(here) : resolve(options.directory)
  if (!existsSync(root) || !statSync(root).isDirectory())
    throw new UserError(`--directory ${options.directory}: there is no such folder.`)
  const repository = await readRepository(root)
  const existing = await existingServices(repository)
  return { root, title: basename(root), repository, hasFleet: hasFleet(root), existing }
}

/** The repository around a folder, else that folder, if it is not one in which everything lies. */
function rootAround(here: string): string {
  const root = rootAbove(here)
  if (root === undefined && (dirname(here) === here || here === homedir()))
    throw new UserError(
      `${here} is no git repository, and too much lies in it to be searched. Run this in a repository, or name one with -C.`,
    )
  return root ?? here
}
