import * as fs from "node:fs"
import * as os from "node:os"
import * as path from "node:path"

import { afterEach, beforeEach, expect, test } from "vitest"

import {
  DaggerEnum,
  DaggerObject,
  DaggerTypeObject,
} from "../../engine/typescript-runtime/sdk/dagger-call.js"
import { type ModuleTypes, reviveModuleTypes } from "../../engine/typescript-runtime/sdk/module-types.js"
import { scanModule } from "../../engine/typescript-runtime/sdk/scan-module.js"

let directory: string

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "typescript-runtime-"))
})

afterEach(() => {
  fs.rmSync(directory, { recursive: true })
})

/** What a call finds: the scan's types, after their way through the file. */
function scanned(source: string): ReturnType<typeof reviveModuleTypes> {
  const file = path.join(directory, "index.ts")
  fs.writeFileSync(file, source)
  const kept = JSON.stringify(scanModule("ship-yard", [file]))
  return reviveModuleTypes(JSON.parse(kept) as ModuleTypes)
}

test("kept types are the SDK's own objects again", () => {
  const module = scanned(`
    export enum Color { Red = "red" }
    export type Part = { size: number }
    @object() export class ShipYard {
      constructor(readonly name = "x") {}
      @func({ cache: "never" }) parts(color: Color, all = true, ...rest: string[]): Part[] { return [] }
    }`)

  expect(module.name).toBe("ShipYard")
  expect(module.objects.ShipYard).toBeInstanceOf(DaggerObject)
  expect(module.objects.Part).toBeInstanceOf(DaggerTypeObject)
  expect(module.enums.Color).toBeInstanceOf(DaggerEnum)
  const parts = module.objects.ShipYard?.methods.parts
  expect(parts?.getArgsOrder()).toEqual(["color", "all", "rest"])
  expect(parts?.cache).toBe("never")
  expect(parts?.arguments.all?.defaultValue).toBe(true)
  expect(parts?.arguments.rest?.isVariadic).toBe(true)
  expect(parts?.getLocation()).toMatchObject({ line: 6 })
})

test("a signature inferred from a browser type is read, though those types are left out at first", () => {
  const module = scanned(`
    @object() export class ShipYard {
      @func() async page() { return (await fetch("https://slipway.test")).text() }
    }`)

  expect(module.objects.ShipYard?.methods.page?.returnType).toEqual({ kind: "STRING_KIND" })
})

test("a type that Dagger cannot express is refused with its place", () => {
  expect(() =>
    scanned(`@object() export class ShipYard { @func() a(m: Map<string, string>): string { return "" } }`),
  ).toThrow(/could not resolve type Map at .*index\.ts/)
})
