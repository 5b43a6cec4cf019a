import { failure, type Result } from "../result.js"
import { readYaml } from "../yaml/read-yaml.js"
import { checkSchema } from "../yaml/schema-problems.js"
import { type Lock, lockSchema } from "./lock.js"

/** Reads a `slipway.lock`: JSON, which YAML's reader takes too, so that its problems have lines. */
export function parseLock(text: string, file: string): Result<Lock> {
  const conflict = text.split("\n").findIndex((line) => /^(<{7}|>{7}) /.test(line))
  if (conflict !== -1) {
    const message =
      "holds a merge conflict. Take either side, then run ./slipway lock, which adds what is missing."
    return failure({ file, line: conflict + 1, message })
  }
  const yaml = readYaml(text, file, "Delete it, or let ./slipway lock write it.")
  if (yaml.ok) return checkSchema(lockSchema, yaml.value)
  const [first] = yaml.problems
  const message = "is no JSON. Take it from the last commit, or delete it and run ./slipway lock."
  return text.trim() === ""
    ? yaml
    : failure({ file, ...(first?.line === undefined ? {} : { line: first.line }), message })
}

/** A lock as its file: stable order, so that diffs show only what changed. */
export function renderLock(lock: Lock): string {
  return `${JSON.stringify(inOrder(lock), undefined, 2)}\n`
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== "object" || value === null) return value
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]))
}
