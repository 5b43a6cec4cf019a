import { readFileSync } from "node:fs"
import { join, posix } from "node:path"
import { globSync } from "tinyglobby"
import ts from "typescript"

/** Slipway's own checkout. */
export const project = join(import.meta.dirname, "../..")

/** Paths of files relative to the project, with slashes, sorted; never those of packages, generated bindings or fixtures. */
export function files(...globs: readonly string[]): readonly string[] {
  const ignore = ["**/node_modules/**", "**/.slipway/**", "ci/sdk/**", "test/fixtures/**"]
  return globSync([...globs], { cwd: project, ignore, dot: true }).sort()
}

export function read(path: string): string {
  return readFileSync(join(project, path), "utf8")
}

export function readJson<T>(path: string): T {
  return JSON.parse(read(path)) as T
}

/** A file's syntax tree. */
export function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2023, true)
}

const packages = "node_modules/"

/** One import of a file. */
export interface Import {
  /** The file that imports. */
  readonly from: string
  /** A file of the project, relative to it, or a package or module of Node. */
  readonly to: string
  readonly isFile: boolean
  /** Gone after compiling. */
  readonly isType: boolean
  /** Loaded only when the code comes by. */
  readonly isDynamic: boolean
  /** Imported names, as their module calls them. */
  readonly names: readonly string[]
}

/** Every import and re-export of a file. */
export function importsOf(from: string): readonly Import[] {
  const found: Import[] = []
  const add = (
    specifier: ts.Node,
    { isType = false, isDynamic = false, names = [] as readonly string[] },
  ): void => {
    if (!ts.isStringLiteral(specifier))
      throw new Error(`${from} imports ${specifier.getText()}, which is no text`)
    const path = specifier.text.startsWith(".") ? posix.join(posix.dirname(from), specifier.text) : undefined
    const isFile = path !== undefined && !path.startsWith(packages)
    const to = isFile ? path.replace(/\.js$/, ".ts") : (path?.slice(packages.length) ?? specifier.text)
    found.push({ from, to, isFile, isType, isDynamic, names })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const bindings = node.importClause?.namedBindings
      const elements = bindings && ts.isNamedImports(bindings) ? [...bindings.elements] : []
      const names = elements.map((element) => (element.propertyName ?? element.name).text)
      add(node.moduleSpecifier, { isType: node.importClause?.isTypeOnly === true, names })
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node.moduleSpecifier, { isType: node.isTypeOnly })
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments
      if (specifier) add(specifier, { isDynamic: true })
    }
    ts.forEachChild(node, visit)
  }
  visit(parse(from))
  return found
}

/** The name of the package that a specifier is in: `zod` for `zod/v4`, `@scope/name` for `@scope/name/part`. */
export function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")
}
