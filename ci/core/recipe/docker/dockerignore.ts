/** Tells whether a path of a build's context is left out of it, and by which line. */
export type IgnoredBy = (path: string) => string | undefined

interface Rule {
  readonly text: string
  readonly pattern: RegExp
  readonly isException: boolean
}

/**
 * The rules of a .dockerignore: one pattern a line, the last one that matches a path or a folder above it decides,
 * `!` brings back, `**` is any number of folders, `*` and `?` stay within a name.
 */
export function dockerIgnore(text: string | undefined): IgnoredBy {
  const rules = (text ?? "")
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap(ruleOf)
  return (path) => {
    const parents = path.split("/").map((_name, index, all) => all.slice(0, index + 1).join("/"))
    const last = rules.filter(({ pattern }) => parents.some((parent) => pattern.test(parent))).at(-1)
    return last === undefined || last.isException ? undefined : last.text
  }
}

function ruleOf(line: string): readonly Rule[] {
  if (line.startsWith("#")) return []
  const text = line.trim()
  const isException = text.startsWith("!")
  const pattern = cleaned(isException ? text.slice(1).trim() : text)
  return pattern === "" ? [] : [{ text, pattern: expression(pattern), isException }]
}

/** As Go's filepath.Clean does, and from the context's root whether or not a slash leads. */
function cleaned(pattern: string): string {
  const names: string[] = []
  for (const name of pattern.split("/")) {
    if (name === "..") names.pop()
    else if (name !== "" && name !== ".") names.push(name)
  }
  return names.join("/")
}

function expression(pattern: string): RegExp {
  let source = ""
  for (let index = 0; index < pattern.length; index++) {
    const letter = pattern[index] ?? ""
    if (letter === "*" && pattern[index + 1] === "*") {
      index++
      if (pattern[index + 1] === "/") index++
      source += index + 1 >= pattern.length ? ".*" : "(.*/)?"
    } else if (letter === "*") source += "[^/]*"
    else if (letter === "?") source += "[^/]"
    else if (letter === "[") {
      const end = pattern.indexOf("]", index + 2)
      if (end === -1) source += "\\["
      else {
        source += `[${pattern.slice(index + 1, end).replace(/\\/g, "\\\\")}]`
        index = end
      }
    } else if (letter === "\\") {
      index++
      source += quoted(pattern[index] ?? "\\")
    } else source += quoted(letter)
  }
  return new RegExp(`^${source}$`, "su")
}

function quoted(letter: string): string {
  return letter.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
}
