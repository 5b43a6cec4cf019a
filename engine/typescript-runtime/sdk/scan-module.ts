import ts from "typescript"

import { AST } from "../../../node_modules/@dagger.io/dagger/dist/src/module/introspector/typescript_module/index.js"
import { convertToPascalCase } from "../../../node_modules/@dagger.io/dagger/dist/src/module/introspector/case_convertor.js"
import { DaggerModule } from "../../../node_modules/@dagger.io/dagger/dist/src/module/introspector/dagger_module/index.js"
import type { ModuleTypes } from "./module-types.js"

// The compiler's objects behind each scanned thing: needed to scan, not to serve.
const compilerFields = new Set([
  "__node",
  "_returnTypeRef",
  "_typeRef",
  "ast",
  "node",
  "references",
  "signature",
  "symbol",
  "userModule",
])

/**
 * Reads the types that a module's files expose, as JSON from which `reviveModuleTypes` makes the SDK's objects again.
 *
 * The browser's types are left out at first, a third of the compiler's work. A signature that is only inferred from one of them
 * (`fetch`) cannot be read then, so a failure counts only with all of them.
 */
export function scanModule(moduleName: string, files: string[]): ModuleTypes {
  const allTypes = readFile
  ts.sys.readFile = (file, encoding) => lighten(file, allTypes(file, encoding))
  try {
    return scan(moduleName, files)
  } catch {
    ts.sys.readFile = allTypes
    return scan(moduleName, files)
  }
}

const readFile = ts.sys.readFile.bind(ts.sys)

function lighten(file: string, text: string | undefined): string | undefined {
  if (file.endsWith("/lib.es2022.full.d.ts")) return `/// <reference lib="es2022" />`
  // Only names are looked up in the bindings, never their documentation, which is half of the file.
  if (file.endsWith("/sdk/client.gen.ts")) return text?.replace(/\/\*\*[\s\S]*?\*\//g, "")
  return text
}

function scan(moduleName: string, files: string[]): ModuleTypes {
  const module = new DaggerModule(convertToPascalCase(moduleName), [], new AST(files, []))
  return dump(module) as ModuleTypes
}

function dump(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dump)
  if (typeof value !== "object" || value === null) return value
  const dumped: Record<string, unknown> = {}
  const type = value.constructor.name
  if (type !== "Object") dumped.$type = type
  if ("getLocation" in value) dumped.$at = (value as { getLocation(): unknown }).getLocation()
  for (const [name, field] of Object.entries(value)) {
    if (type === "Object" || !compilerFields.has(name)) dumped[name] = dump(field)
  }
  return dumped
}
