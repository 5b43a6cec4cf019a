import * as sdk from "./dagger-call.js"

/** A scanned module as plain JSON; `$type` names the SDK's class and `$at` keeps the place in the source. */
export type ModuleTypes = { readonly [key: string]: unknown }

const classes: Record<string, { prototype: object } | undefined> = {
  DaggerArgument: sdk.DaggerArgument,
  DaggerConstructor: sdk.DaggerConstructor,
  DaggerEnum: sdk.DaggerEnum,
  DaggerEnumClass: sdk.DaggerEnumClass,
  DaggerEnumClassValue: sdk.DaggerEnumClassValue,
  DaggerEnumValue: sdk.DaggerEnumValue,
  DaggerFunction: sdk.DaggerFunction,
  DaggerInterface: sdk.DaggerInterface,
  DaggerInterfaceFunction: sdk.DaggerInterfaceFunction,
  DaggerModule: sdk.DaggerModule,
  DaggerObject: sdk.DaggerObject,
  DaggerObjectTypeProperty: sdk.DaggerObjectTypeProperty,
  DaggerProperty: sdk.DaggerProperty,
  DaggerTypeObject: sdk.DaggerTypeObject,
}

/** Gives scanned types back the SDK's prototypes, so that its own code registers and invokes from them. */
export function reviveModuleTypes(types: ModuleTypes): sdk.DaggerModule {
  return revive(types) as sdk.DaggerModule
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive)
  if (typeof value !== "object" || value === null) return value
  const { $type, $at, ...fields } = value as Record<string, unknown>
  const revived = Object.create(prototypeOf($type)) as Record<string, unknown>
  for (const [name, field] of Object.entries(fields)) revived[name] = revive(field)
  if ($at !== undefined) Object.defineProperty(revived, "getLocation", { value: () => $at })
  return revived
}

function prototypeOf(type: unknown): object {
  if (type === undefined) return Object.prototype
  const found = classes[String(type)]
  if (!found) throw new Error(`the scan kept a ${String(type)}, which this runtime does not know`)
  return found.prototype
}
