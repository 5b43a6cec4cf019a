import { createHash } from "node:crypto"
import { accessSync, constants, mkdirSync } from "node:fs"
import { homedir } from "node:os"
import { join, resolve } from "node:path"

/** Unix socket paths end at 108 bytes, and the engine's socket lies this deep under the home. */
const longestHome = 108 - "/run/engine.sock".length - 1

/** Where Slipway keeps everything that it makes outside a repository: one folder, `SLIPWAY_HOME`. */
export interface Home {
  readonly root: string
  /** Things that can be made again from sources, each in a folder named by the hash of what it is made from. */
  readonly cache: string
  /** Sockets, process ids, generated configuration; meaningless after a reboot. */
  readonly run: string
  /** Logs of the engine and the registry. */
  readonly log: string
  /** The engine's own state: layers, cache volumes. */
  readonly state: string
  /** What the embedded registry stores. */
  readonly registry: string
}

/** The home that the environment names, made if absent. Throws a {@link HomeError} when it cannot be one. */
export function openHome(env: NodeJS.ProcessEnv): Home {
  const root = resolve(env["SLIPWAY_HOME"] || join(homedir(), ".slipway"))
  if (Buffer.byteLength(root) > longestHome) {
    throw new HomeError(
      `SLIPWAY_HOME is ${Buffer.byteLength(root)} bytes long, and a socket below it allows ${longestHome}: ${root}\nPoint SLIPWAY_HOME at a shorter path.`,
    )
  }
  const home: Home = {
    root,
    cache: join(root, "cache"),
    run: join(root, "run"),
    log: join(root, "log"),
    state: join(root, "state"),
    registry: join(root, "registry"),
  }
  for (const folder of Object.values(home) as string[]) openFolder(folder)
  return home
}

function openFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === "EACCES" ? `${folder} belongs to another user` : message
    throw new HomeError(
      `SLIPWAY_HOME cannot be used: ${why}.\nPoint SLIPWAY_HOME at a folder that may be written.`,
    )
  }
}

/** A home that cannot be used; the message says why and what to do. */
export class HomeError extends Error {
  override readonly name = "HomeError"
}

/** A number in 0…255 that starts the search for this home's subnet, so that homes rarely ask for the same one. */
export function preferredSubnet(home: Home): number {
  return createHash("sha256").update(home.root).digest()[0] ?? 0
}
