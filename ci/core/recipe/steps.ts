import type { LockedPackage } from "../lock/lock.js"

/** One thing that is done to a container; pure data, one kind a line, interpreted where the engine is. */
export type Step =
  /** Begin with an image; `scratch` is the empty one. Only tools come from here, never bytes of an image. */
  | { readonly do: "from"; readonly image: string }
  /** Begin where another stage of the recipe ended. */
  | { readonly do: "fromStage"; readonly stage: string }
  /** Install Debian packages as they are today: tools whose version cannot reach the bytes. */
  | { readonly do: "install"; readonly packages: readonly string[] }
  /** Unpack locked Debian packages into `/`, by the recipe's script `unpack`. */
  | { readonly do: "closure"; readonly name: string; readonly packages: readonly LockedPackage[] }
  | { readonly do: "workdir"; readonly path: string }
  | { readonly do: "env"; readonly name: string; readonly value: string }
  /**
   * Mount a cache from here on; what is in it is never part of a layer. A new one begins with what the folder `path` of
   * `stage` holds.
   */
  | {
      readonly do: "cache"
      readonly path: string
      readonly id: string
      readonly sharing: "shared" | "private" | "locked"
      readonly stage?: string
    }
  | { readonly do: "write"; readonly path: string; readonly text: string }
  /** Copy inputs so that the repository's root lands at `to`: the named files, or everything. */
  | { readonly do: "copy"; readonly files: readonly string[] | "all"; readonly to: string }
  /**
   * Copy what is in a folder of another stage, so that it lands in the folder `to`. `byContent` where sources reach that
   * folder and seldom change it: a stage that depends on sources in no other way has a key as soon as it is there.
   */
  | {
      readonly do: "copyFrom"
      readonly stage: string
      readonly path: string
      readonly to: string
      readonly byContent?: true
    }
  /** Mount a folder of another stage from here on, without copying it; what is in it is never part of a layer. */
  | { readonly do: "mountFrom"; readonly stage: string; readonly path: string; readonly to: string }
  /**
   * Build a Dockerfile by the engine's own frontend. `file` is its name in the folder `context` of the inputs, `source`
   * the one that people know; `text` is what is built. `files` are the inputs that it copies where these are no sources.
   */
  | {
      readonly do: "dockerBuild"
      readonly context: string
      readonly file: string
      readonly source: string
      readonly text: string
      /** The images in it that a lock pins, as `reference@digest`. */
      readonly images: readonly string[]
      readonly target?: string
      readonly args: Readonly<Record<string, string>>
      readonly files?: readonly string[]
      /** Parts of it that other stages hold. */
      readonly held?: readonly HeldLines[]
    }
  /** Run a command; its name is what people see. */
  | { readonly do: "run"; readonly name: string; readonly command: readonly string[] }

/** Lines of a Dockerfile, from a FROM, whose outcome is in a stage: whoever has its image can begin from that. */
export interface HeldLines {
  readonly stage: string
  /** Both from 1. */
  readonly first: number
  readonly last: number
  /** The name that the Dockerfile gives to what begins there. */
  readonly name?: string
  /** What an image does not hold of these lines: each on a line. */
  readonly again: readonly string[]
}

/** Containers in the making: steps in order, under a name that other stages can refer to. */
export interface Stage {
  readonly name: string
  /** The name under which people know it, where that is another. */
  readonly place?: string
  readonly steps: readonly Step[]
}

/** A step that runs a shell script, which stops at the first failing command. */
export function script(name: string, ...lines: readonly string[]): Step {
  return { do: "run", name, command: ["sh", "-euc", lines.join("\n")] }
}

/** A text as one word of a shell script, whatever is in it. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** Steps that set environment variables, in the order of their names. */
export function envSteps(variables: Readonly<Record<string, string>>): readonly Step[] {
  return Object.entries(variables)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => ({ do: "env", name, value }))
}
