import picomatch from "picomatch"

/** A test of paths. */
export type Matcher = (path: string) => boolean

/** Matches exactly what the globs name; a glob with `!` in front takes paths away again. */
export function exactMatcher(globs: readonly string[]): Matcher {
  return withExceptions(globs, (glob) => [glob])
}

/** Like exactMatcher, and a glob that names a folder also matches everything in it. */
export function treeMatcher(globs: readonly string[]): Matcher {
  return withExceptions(globs, (glob) => [glob, `${glob}/**`])
}

/** The folder in which everything that a glob can match lies, and how deep: `services/*` reaches 1 below `services`. */
export function globReach(glob: string): { readonly base: string; readonly depth: number } {
  const { base, glob: rest } = picomatch.scan(tidy(glob))
  if (rest === "") return { base: base === "" ? "." : base, depth: 0 }
  return { base: base === "" ? "." : base, depth: rest.includes("**") ? Infinity : rest.split("/").length }
}

function withExceptions(globs: readonly string[], expand: (glob: string) => readonly string[]): Matcher {
  const wanted = globs.filter((glob) => !glob.startsWith("!"))
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1))
  const matches = anyOf(wanted.flatMap((glob) => expand(tidy(glob))))
  const excluded = anyOf(unwanted.flatMap((glob) => expand(tidy(glob))))
  return (path) => matches(path) && !excluded(path)
}

function anyOf(globs: readonly string[]): Matcher {
  return globs.length === 0 ? () => false : picomatch([...globs], { dot: true })
}

function tidy(glob: string): string {
  return glob.replace(/^\.\//, "").replace(/\/+$/, "")
}
