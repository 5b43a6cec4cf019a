/** A module that a go.mod asks for. */
export interface GoRequire {
  readonly path: string
  readonly version: string
  readonly line: number
}

/** What a go.mod or go.work takes in place of a module: a folder, or another module in one version. */
export interface GoReplace {
  readonly path: string
  /** The one version that is replaced; absent where all are. */
  readonly version?: string
  /** As written; begins with `./` or `../` where it is a folder. */
  readonly to: string
  readonly toVersion?: string
  readonly line: number
}

/** One line's value. */
export interface GoLine {
  readonly value: string
  readonly line: number
}

/** The parts of a go.mod, or of a go.work, that building looks at. */
export interface GoMod {
  readonly module?: string
  /** The lowest Go that will do: `1.26.0`, or only `1.26`. */
  readonly go?: GoLine
  /** The Go that is wanted, without its prefix `go`. */
  readonly toolchain?: GoLine
  readonly requires: readonly GoRequire[]
  readonly replaces: readonly GoReplace[]
  /** Folders of a go.work's modules. */
  readonly uses: readonly GoLine[]
}

/** One directive of a go.mod or go.work, also where it stands in a block. */
export interface GoDirective {
  readonly verb: string
  readonly words: readonly string[]
  readonly line: number
}

/** Reads a go.mod or a go.work; what is none of their directives is left to Go to complain of. */
export function readGoMod(text: string): GoMod {
  const all = goDirectives(text)
  const named = (verb: string) => all.filter((directive) => directive.verb === verb)
  const first = (verb: string): GoLine | undefined => {
    const [found] = named(verb)
    return found?.words[0] === undefined ? undefined : { value: found.words[0], line: found.line }
  }
  const [module, go, toolchain] = [first("module"), first("go"), first("toolchain")]
  const isNamed = toolchain?.value.startsWith("go") === true
  return {
    ...(module === undefined ? {} : { module: module.value }),
    ...(go === undefined ? {} : { go }),
    ...(isNamed ? { toolchain: { value: toolchain.value.slice(2), line: toolchain.line } } : {}),
    requires: named("require").flatMap(requireOf),
    replaces: named("replace").flatMap(replaceOf),
    uses: named("use").flatMap(({ words: [value], line }) => (value === undefined ? [] : [{ value, line }])),
  }
}

/** The directives of a go.mod or go.work in their order. */
export function goDirectives(text: string): readonly GoDirective[] {
  let block: string | undefined
  return text.split("\n").flatMap((written, index) => {
    const words = wordsOf(written)
    const [first, second] = words
    if (first === undefined) return []
    if (first === ")") {
      block = undefined
      return []
    }
    if (second === "(") {
      block = first
      return []
    }
    const line = index + 1
    return [block === undefined ? { verb: first, words: words.slice(1), line } : { verb: block, words, line }]
  })
}

/** True for a replacement that is a folder. */
export function isFolder({ to }: GoReplace): boolean {
  return /^(\.{1,2}(\/|$)|\/)/.test(to)
}

function wordsOf(line: string): readonly string[] {
  const code = line.replace(/(^|\s)\/\/.*$/, "")
  return [...code.matchAll(/"([^"]*)"|`([^`]*)`|[()]|[^\s()]+/g)].map(
    ([word, quoted, raw]) => quoted ?? raw ?? word,
  )
}

function requireOf({ words: [path, version], line }: GoDirective): readonly GoRequire[] {
  return path === undefined || version === undefined ? [] : [{ path, version, line }]
}

function replaceOf({ words, line }: GoDirective): readonly GoReplace[] {
  const arrow = words.indexOf("=>")
  const [path, version] = words.slice(0, arrow)
  const [to, toVersion] = words.slice(arrow + 1)
  if (arrow < 1 || path === undefined || to === undefined) return []
  const versions = {
    ...(version === undefined ? {} : { version }),
    ...(toVersion === undefined ? {} : { toVersion }),
  }
  return [{ path, to, line, ...versions }]
}
