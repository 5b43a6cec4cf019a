import { posix } from "node:path"
import type { z } from "zod"
import { failure, success, type Result } from "../result.js"
import type { SourceText } from "../yaml/decode.js"
import { readYaml, type YamlFile } from "../yaml/read-yaml.js"
import { checkSchema, problemAt } from "../yaml/schema-problems.js"
import { fleetManifest, type FleetManifest } from "./fleet-manifest.js"
import { serviceManifest, type ServiceManifest } from "./service-manifest.js"

/** A checked manifest together with the file it stands in, so that later problems can name lines. */
export interface Parsed<T> {
  readonly manifest: T
  readonly yaml: YamlFile
}

/** The manifest file of a fleet, in the repository's root. */
export const fleetFile = "slipway.yaml"

/** The manifest file of a service, in the service's folder. */
export const serviceFile = "service.yaml"

/** The names that people give to a manifest file by mistake; whoever looks for the file looks for these, too, to say so. */
export function mistakenNames(file: typeof fleetFile | typeof serviceFile): readonly string[] {
  return [file.replace(/yaml$/, "yml")]
}

/** True for a `service.yaml` that is meant for Kubernetes, as it is or made from a template. */
export function isForKubernetes(text: string): boolean {
  return /^apiVersion\s*:/m.test(text) && /^kind\s*:/m.test(text)
}

/** Reads a `slipway.yaml`; without one, everything has its default. */
export function parseFleet(source: SourceText | undefined): Result<Parsed<FleetManifest>> {
  if (source === undefined) return success({ manifest: fleetManifest.parse({}), yaml: absent(fleetFile) })
  return parse(fleetManifest, source, fleetFile)
}

/** Reads a `service.yaml`. */
export function parseService(source: SourceText): Result<Parsed<ServiceManifest>> {
  return parse(serviceManifest, source, serviceFile)
}

/** The name that a `service.yaml` gives, as far as its text tells one, else its folder's: also of one that is no YAML. */
export function likelyName({ file, text }: SourceText): string {
  const [, name] = (text.ok ? /^name:\s*["']?([\w.-]+)/m.exec(text.value) : undefined) ?? []
  return name ?? posix.basename(posix.dirname(file))
}

const examples = { [fleetFile]: "services: [services/*]", [serviceFile]: "language: go" } as const

function parse<T>(
  schema: z.ZodType<T>,
  { file, text }: SourceText,
  name: keyof typeof examples,
): Result<Parsed<T>> {
  if (posix.basename(file) !== name)
    return failure({ file, message: `is not read under this name. Rename it to ${name}.` })
  if (!text.ok) return text
  if (isForKubernetes(text.value)) return failure({ file, message: notOurs(file) })
  const yaml = readYaml(text.value, file, `Give at least one setting, such as ${examples[name]}.`)
  if (!yaml.ok) return yaml
  const { value } = yaml.value
  if (typeof value !== "object" || Array.isArray(value)) {
    const found = Array.isArray(value) ? "a list" : "a single value"
    return failure(
      problemAt(yaml.value, [], `the file holds ${found}; settings such as ${examples[name]} are needed.`),
    )
  }
  const checked = checkSchema(schema, yaml.value)
  return checked.ok ? success({ manifest: checked.value, yaml: yaml.value }) : checked
}

function notOurs(file: string): string {
  const folder = posix.dirname(file)
  return `is meant for Kubernetes. Where ${folder} is no service, take it out of ${fleetFile}: a line "!${folder}" among its services; else rename this file, and run ./slipway adopt ${folder}.`
}

function absent(file: string): YamlFile {
  return { file, value: {}, line: () => undefined }
}
