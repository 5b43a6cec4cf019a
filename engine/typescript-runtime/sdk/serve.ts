import * as fs from "node:fs"

import {
  closeTelemetry,
  connection,
  convertToPascalCase,
  dag,
  type DaggerError,
  Executor,
  globalConnection,
  invoke,
  Register,
} from "./dagger-call.js"
import { type ModuleTypes, reviveModuleTypes } from "./module-types.js"

type ModuleNamespace = Record<string, unknown>

type Call = {
  currentModule: { name: string }
  currentFunctionCall: {
    parentName: string
    name: string
    parent: string
    inputArgs: { name: string; value: string }[]
  }
}

// One request instead of the dozen that the SDK's generated client would make.
const callQuery = "{currentModule{name} currentFunctionCall{parentName name parent inputArgs{name value}}}"

/**
 * Answers the engine's current call with the module's exports: registers its types or runs one of its functions.
 *
 * `typesFile` is what the scan kept. A function's error is handed to the engine and the process ends with 1.
 */
export async function serve(modules: readonly ModuleNamespace[], typesFile: string): Promise<void> {
  const types = JSON.parse(fs.readFileSync(typesFile, "utf8")) as ModuleTypes
  await connection(async () => {
    const { currentModule, currentFunctionCall: call } = await globalConnection
      .getGQLClient()
      .request<Call>(callQuery)
    // Under a blueprint the module has the name that its user gave it.
    const module = Object.assign(reviveModuleTypes(types), { name: convertToPascalCase(currentModule.name) })
    const result =
      call.parentName === "" ? await new Register(module).run() : await run(modules, module, call).catch(fail)
    await dag.currentFunctionCall().returnValue(toJson(result ?? null))
  })
}

async function run(
  modules: readonly ModuleNamespace[],
  module: ReturnType<typeof reviveModuleTypes>,
  call: Call["currentFunctionCall"],
): Promise<unknown> {
  const executor = new Executor([...modules] as never, module)
  const result: unknown = await invoke(executor, module, {
    parentName: call.parentName,
    fnName: call.name,
    parentArgs: (JSON.parse(call.parent) ?? {}) as Record<string, unknown>,
    fnArgs: Object.fromEntries(call.inputArgs.map(({ name, value }) => [name, JSON.parse(value) as unknown])),
  })
  return result
}

async function fail(thrown: unknown): Promise<never> {
  if (isBug(thrown)) console.error(thrown.stack)
  await dag.currentFunctionCall().returnError(describe(thrown))
  // Ending the process skips every `finally`, so the spans are flushed here.
  await closeTelemetry()
  process.exit(1)
}

/** A mistake in the code rather than a failure that it reports: only there does a stack trace help. */
function isBug(thrown: unknown): thrown is Error {
  return [TypeError, ReferenceError, RangeError, SyntaxError].some((bug) => thrown instanceof bug)
}

function describe(thrown: unknown): DaggerError {
  if (!(thrown instanceof Error)) return dag.error(printable(thrown))
  let error = dag.error(thrown.message)
  // The engine's own failures carry the command, its exit code and its output as extensions.
  const extensions = (thrown as { extensions?: Record<string, unknown> }).extensions
  for (const [key, value] of Object.entries(extensions ?? {})) {
    if (value !== "" && value !== undefined && value !== null) error = error.withValue(key, toJson(value))
  }
  return error
}

function printable(thrown: unknown): string {
  try {
    return JSON.stringify(thrown) ?? String(thrown)
  } catch {
    return String(thrown)
  }
}

function toJson(value: unknown): string & { __JSON: never } {
  return JSON.stringify(value) as string & { __JSON: never }
}
