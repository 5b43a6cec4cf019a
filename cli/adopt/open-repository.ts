import { existsSync, statSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { fleetFile } from "../../ci/core/manifest/parse.js"
import { existingServices, type ExistingService } from "../../ci/io/adopt-services.js"
import { readRepository, type Repository } from "../../ci/io/read-repository.js"
import type { Options } from "../arguments.js"
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
  const root =
    options.directory === undefined
      ? (above(here, fleetFile) ?? above(here, ".git") ?? here)
      : resolve(options.directory)
  if (!existsSync(root) || !statSync(root).isDirectory())
    throw new UserError(`--directory ${options.directory}: there is no such folder.`)
  const repository = await readRepository(root)
  const existing = await existingServices(repository)
  return { root, title: basename(root), repository, hasFleet: existsSync(join(root, fleetFile)), existing }
}

function above(folder: string, name: string): string | undefined {
  if (existsSync(join(folder, name))) return folder
  return dirname(folder) === folder ? undefined : above(dirname(folder), name)
}
