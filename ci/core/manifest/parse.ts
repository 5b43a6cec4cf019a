import type { z } from "zod"
import { failure, success, type Result } from "../result.js"
import { readYaml, type YamlFile } from "../yaml/read-yaml.js"
import { checkSchema, problemAt } from "../yaml/schema-problems.js"
import { fleetManifest, type FleetManifest } from "./fleet-manifest.js"
import { serviceManifest, type ServiceManifest } from "./service-manifest.js"

/** A checked manifest together with the file it stands in, so that later problems can name lines. */
export interface Parsed<T> {
  readonly manifest: T
  readonly yaml: YamlFile
}

/** Reads a `slipway.yaml`; without one, everything has its default. */
export function parseFleet(text: string | undefined, file: string): Result<Parsed<FleetManifest>> {
  if (text === undefined) return success({ manifest: fleetManifest.parse({}), yaml: absent(file) })
  return parse(fleetManifest, text, file)
}

/** Reads a `service.yaml`. */
export function parseService(text: string, file: string): Result<Parsed<ServiceManifest>> {
  return parse(serviceManifest, text, file)
}

function parse<T>(schema: z.ZodType<T>, text: string, file: string): Result<Parsed<T>> {
  const yaml = readYaml(text, file)
  if (!yaml.ok) return yaml
  const { value } = yaml.value
  if (typeof value !== "object" || Array.isArray(value)) {
    const found = Array.isArray(value) ? "a list" : "a single value"
    return failure(
      problemAt(yaml.value, [], `the file holds ${found}; settings such as language: go are needed.`),
    )
  }
  const checked = checkSchema(schema, yaml.value)
  return checked.ok ? success({ manifest: checked.value, yaml: yaml.value }) : checked
}

function absent(file: string): YamlFile {
  return { file, value: {}, line: () => undefined }
}
