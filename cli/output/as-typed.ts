import { basename, dirname, join, relative } from "node:path"
import { commands } from "../commands.js"
import { shellPath } from "./format.js"

/** From where and how Slipway was called. */
export interface Typing {
  /** Absolute path of the program that was called. */
  readonly script: string
  readonly workingFolder: string
  /** Folders in which a shell looks for programs. */
  readonly programFolders: readonly string[]
  /** The value of `--directory`. */
  readonly directory?: string | undefined
  /** The repository around the working folder. */
  readonly root: string
}

/** Messages name commands as `./slipway build`, typed in the repository; this makes them what can be typed here. */
export function asTyped(text: string, typing: Typing): string {
  const program = programAsTyped(typing)
  return text.replace(/(?<![\w./])\.\/slipway(?= |$)( [a-z]+)?/gm, (_, word: string = "") => {
    const directory = directoryFor(word.trim(), typing)
    return `${program}${directory === undefined ? "" : ` -C ${shellPath(directory)}`}${word}`
  })
}

function programAsTyped({ script, workingFolder, programFolders }: Typing): string {
  const name = basename(script)
  if (dirname(script) === workingFolder) return `./${name}`
  if (programFolders.some((folder) => join(folder, name) === script)) return name
  const near = relative(workingFolder, script)
  return shellPath(near.length < script.length ? near : script)
}

/** The repository of a command, where it is not found by itself; the paths of `adopt` are seen from its root. */
function directoryFor(word: string, { directory, root, workingFolder }: Typing): string | undefined {
  const command = Object.entries(commands).find(([name]) => name === word)?.[1]
  if (command?.options.includes("directory") !== true) return undefined
  const isBelow = word === "adopt" && root !== workingFolder
  return directory ?? (isBelow ? relative(workingFolder, root) : undefined)
}
