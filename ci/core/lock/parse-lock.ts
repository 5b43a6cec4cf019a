import type { Result } from "../result.js"
import { readYaml } from "../yaml/read-yaml.js"
import { checkSchema } from "../yaml/schema-problems.js"
import { type Lock, lockSchema } from "./lock.js"

/** Reads a `slipway.lock`: JSON, which YAML's reader takes too, so that its problems have lines. */
export function parseLock(text: string, file: string): Result<Lock> {
  const yaml = readYaml(text, file, "Delete it, or let ./slipway lock write it.")
  return yaml.ok ? checkSchema(lockSchema, yaml.value) : yaml
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
