import ts from "typescript"
import { describe, expect, test } from "vitest"
import { files, importsOf, parse, read, readJson } from "../helpers/sources.js"

// What Dagger's own TypeScript runtime asks of a module, so that a stock engine loads the same ci/ as ours does.

const dagger = "@dagger.io/dagger"
const sdk = "node_modules/@dagger.io/dagger/dist/src"
const config = readJson<{ name: string; source: string; sdk: { source: string } }>("dagger.json")
const scanned = files("ci/src/**/*.ts")
const trees = scanned.map(parse)
const classes = trees.flatMap((tree) => all(tree, ts.isClassDeclaration))

describe("what is shipped", () => {
  test("dagger.json names ci as the source of a TypeScript module", () => {
    expect(config).toMatchObject({ source: "ci", sdk: { source: "typescript" } })
    expect(scanned).toContain("ci/src/index.ts")
  })

  test("the SDK is the engine's: the module's packages do not hold it", () => {
    for (const file of ["ci/package.json", "ci/package-lock.json"]) expect(read(file)).not.toContain(dagger)
    const { compilerOptions } = readJson<{ compilerOptions: { paths: Record<string, string[]> } }>(
      "ci/tsconfig.json",
    )
    expect(compilerOptions.paths).toMatchObject({ [dagger]: ["./sdk/index.ts"] })
  })

  test("the lockfile is committed and of a form that npm ci takes", () => {
    expect(files("ci/package-lock.json")).toHaveLength(1)
    expect(read(".gitignore")).not.toMatch(/package-lock/)
    expect(readJson<{ lockfileVersion: number }>("ci/package-lock.json").lockfileVersion).toBe(3)
  })

  test("nothing outside ci is imported", () => {
    const outside = files("ci/**/*.ts").flatMap((path) =>
      importsOf(path).filter(({ to, isFile }) => isFile && !to.startsWith("ci/")),
    )
    expect(outside).toEqual([])
  })
})

describe("every file of ci/src is loaded on each call", () => {
  test("none is a test", () => {
    expect(scanned.filter((path) => /\.(test|spec|d)\.ts$/.test(path))).toEqual([])
    expect(scanned.flatMap(importsOf).filter(({ to }) => to === "vitest")).toEqual([])
  })

  test("none does anything but declare", () => {
    const quiet = [
      ts.SyntaxKind.ImportDeclaration,
      ts.SyntaxKind.ExportDeclaration,
      ts.SyntaxKind.FunctionDeclaration,
      ts.SyntaxKind.ClassDeclaration,
      ts.SyntaxKind.InterfaceDeclaration,
      ts.SyntaxKind.TypeAliasDeclaration,
      ts.SyntaxKind.EnumDeclaration,
      ts.SyntaxKind.VariableStatement,
    ]
    const loud = trees.flatMap((tree) =>
      tree.statements.filter(({ kind }) => !quiet.includes(kind)).map(place),
    )
    expect(loud).toEqual([])
  })

  test("no constant is the result of a call to the engine", () => {
    const constants = trees.flatMap((tree) => tree.statements.filter(ts.isVariableStatement))
    const calls = constants.flatMap((statement) =>
      [...all(statement, ts.isCallExpression), ...all(statement, ts.isAwaitExpression)].filter(
        (node) => !isInFunction(node) && /\b(dag|await)\b/.test(node.getText()),
      ),
    )
    expect(calls.map(place)).toEqual([])
  })

  test("the SDK's error classes, which a module does not see, are known by name", () => {
    const errors = [...read(`${sdk}/common/errors/index.d.ts`).matchAll(/export \{ (\w+) \}/g)].map(
      ([, name]) => name,
    )
    expect(errors).toContain("ExecError")
    const used = files("ci/**/*.ts")
      .flatMap(importsOf)
      .filter(({ to, names }) => to.startsWith(dagger) && names.some((name) => errors.includes(name)))
    expect(used).toEqual([])
  })

  test("no class has the name of a type of Dagger's", () => {
    const core = [...read(`${sdk}/api/client.gen.d.ts`).matchAll(/^export declare class (\w+)/gm)].map(
      ([, name]) => name ?? "",
    )
    expect(core).toEqual(expect.arrayContaining(["Container", "Service", "File", "Secret"]))
    const own = classes.map(({ name }) => name?.text ?? "")
    expect(own).not.toEqual([])
    expect(own.filter((name) => [...core, "Platform", "Check"].includes(name))).toEqual([])
  })
})

describe("the published API", () => {
  const objects = classes.filter((each) => decorator(each, "object"))
  const functions = objects.flatMap((each) =>
    each.members.filter(ts.isMethodDeclaration).filter((method) => decorator(method, "func")),
  )

  test("the main class bears the module's name, and its file says what the module does", () => {
    const main = config.name.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase())
    expect(objects.map(({ name }) => name?.text)).toContain(main)
    expect(read("ci/src/index.ts")).toMatch(/^\/\*\*\n \* \S/)
    expect(objects.filter((each) => documentation(each) === "").map(place)).toEqual([])
  })

  test("signatures speak in Dagger's types and the module's own", () => {
    const fromDagger = scanned.flatMap(importsOf).filter(({ to }) => to === dagger)
    const known = [
      "Promise",
      ...fromDagger.flatMap(({ names }) => names),
      ...objects.map(({ name }) => name?.text),
    ]
    for (const method of functions) {
      expect(method.type, `${place(method)} has no return type`).toBeDefined()
      const types = [method.type, ...method.parameters.map(({ type }) => type)].filter(
        (type) => type !== undefined,
      )
      expect(types, place(method)).toHaveLength(method.parameters.length + 1)
      const named = types
        .flatMap((type) => all(type, ts.isTypeReferenceNode))
        .map(({ typeName }) => typeName.getText())
      expect(
        named.filter((name) => !known.includes(name)),
        place(method),
      ).toEqual([])
    }
  })

  test("every function, argument and field is documented", () => {
    expect(functions).not.toEqual([])
    expect(functions.filter((method) => documentation(method) === "").map(place)).toEqual([])
    const silent = functions.flatMap(({ parameters }) =>
      parameters.filter((each) => argumentDoc(each) === ""),
    )
    expect(silent.map(place)).toEqual([])
    const fields = objects.flatMap(({ members }) => members.filter(ts.isPropertyDeclaration))
    const shown = fields.filter((field) => decorator(field, "func"))
    expect(shown.filter((field) => documentation(field) === "").map(place)).toEqual([])
  })

  test("what looks at the outside world is never answered from the cache", () => {
    const outward = functions.filter((method) =>
      /^(publish|verify|release|promote)/.test(method.name.getText()),
    )
    expect(outward.map((method) => method.name.getText())).toContain("publish")
    const cached = outward.filter((method) => !/cache:\s*"never"/.test(decorator(method, "func") ?? ""))
    expect(cached.map(place)).toEqual([])
  })
})

function all<T extends ts.Node>(root: ts.Node, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = is(root) ? [root] : []
  ts.forEachChild(root, (child) => {
    found.push(...all(child, is))
  })
  return found
}

function isInFunction(node: ts.Node): boolean {
  return ts.findAncestor(node, (each) => ts.isFunctionLike(each)) !== undefined
}

/** The text of a decorator, such as `@func({ cache: "never" })`. */
function decorator(node: ts.HasDecorators, name: string): string | undefined {
  return ts
    .getDecorators(node)
    ?.map((each) => each.getText())
    .find((text) => text.startsWith(`@${name}(`))
}

function documentation(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  return comments
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
    .join("")
    .trim()
}

function argumentDoc(parameter: ts.ParameterDeclaration): string {
  const tags = ts.getJSDocParameterTags(parameter)
  return tags
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
    .join("")
    .trim()
}

/** Where a node stands and how it begins. */
function place(node: ts.Node): string {
  const { fileName } = node.getSourceFile()
  const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart())
  return `${fileName}:${line + 1} ${node.getText().split("\n")[0]}`
}
