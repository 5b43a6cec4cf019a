import type { z } from "zod"
import type { Problem } from "../problem.js"
import { failure, success, type Result } from "../result.js"
import { didYouMean, suggest } from "../suggest.js"
import { quoted, valueAt, withKind } from "./describe.js"
import type { YamlFile } from "./read-yaml.js"
import { keysAt } from "./schema-keys.js"

type Issue = z.core.$ZodIssue

/** Checks a read file against a schema: the parsed value, or every problem with its line and its fix. */
export function checkSchema<S extends z.ZodType>(schema: S, yaml: YamlFile): Result<z.output<S>> {
  const parsed = schema.safeParse(yaml.value)
  if (parsed.success) return success(parsed.data)
  const { issues } = parsed.error
  const misspelt = new Set(issues.flatMap((issue) => meantKeys(issue, schema)))
  const told = issues
    .filter((issue) => !(isMissing(issue, yaml) && misspelt.has(issue.path.join("."))))
    .filter(
      (issue) => !(issue.code === "custom" && issues.some((other) => hasUnknownKeys(other, issue.path))),
    )
  return failure(...told.flatMap((issue) => problemsOfIssue(issue, schema, yaml)))
}

/** The paths that unknown keys were probably meant to be: they are not missing, but misspelt. */
function meantKeys(issue: Issue, schema: z.ZodType): readonly string[] {
  if (issue.code !== "unrecognized_keys") return []
  const known = keysAt(schema, issue.path)
  return issue.keys.map((key) => [...issue.path, suggest(key, known)].join("."))
}

/** What is missed as a whole beside an unknown key is that key, misspelt. */
function hasUnknownKeys({ code, path }: Issue, at: readonly PropertyKey[]): boolean {
  return code === "unrecognized_keys" && path.join(".") === at.join(".")
}

function isMissing(issue: Issue, yaml: YamlFile): boolean {
  return issue.path.length > 0 && valueAt(yaml.value, issue.path) === undefined
}

function problemsOfIssue(issue: Issue, schema: z.ZodType, yaml: YamlFile): readonly Problem[] {
  if (issue.code !== "unrecognized_keys") return [problemAt(yaml, issue.path, messageOf(issue, yaml))]
  const known = keysAt(schema, issue.path)
  return issue.keys.map((key) => problemAt(yaml, [...issue.path, key], unknownKey(key, known)))
}

/** A problem at a path of a file, with its line. */
export function problemAt(yaml: YamlFile, path: readonly PropertyKey[], message: string): Problem {
  const line = yaml.line(path)
  return {
    file: yaml.file,
    ...(line === undefined ? {} : { line }),
    ...(path.length === 0 ? {} : { path: path.map(String).join(".") }),
    message,
  }
}

function messageOf(issue: Issue, yaml: YamlFile): string {
  const value = valueAt(yaml.value, issue.path)
  switch (issue.code) {
    case "invalid_type":
      return value === undefined ? "is missing. Add it." : wrongKind(value, issue.expected)
    case "invalid_value":
      return value === undefined || value === null
        ? missingChoice(issue.values)
        : wrongChoice(value, issue.values)
    case "invalid_union":
      return `${withKind(value)}; ${issue.message === "Invalid input" ? "text, a number or true/false is needed." : issue.message}`
    case "too_big":
      return tooMuch(value, issue.maximum)
    case "too_small":
      return tooLittle(value, issue.minimum)
    case "invalid_format":
      return `${quoted(value)} ${issue.message}`
    case "invalid_key":
      return `${quoted(issue.path.at(-1))} ${issue.issues[0]?.message ?? "is no name."}`
    default:
      return issue.message
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map of settings",
  record: "a map",
}

function wrongKind(value: unknown, expected: string): string {
  const needed = kinds[expected] ?? expected
  const isNumberInQuotes = typeof value === "string" && /^\d+$/.test(value) && needed.endsWith("number")
  const isUnquotedText = (typeof value === "number" || typeof value === "boolean") && expected === "string"
  const fix = isNumberInQuotes ? " Remove the quotes." : isUnquotedText ? " Put it in quotes." : ""
  return `${withKind(value)}; ${needed} is needed.${fix}`
}

function wrongChoice(value: unknown, choices: readonly unknown[]): string {
  const texts = choices.map(String)
  if (texts.length === 1) return `${quoted(value)} is not ${texts[0]}, the only value allowed.`
  return `${quoted(value)} is not one of ${texts.join(", ")}.${didYouMean(String(value), texts)}`
}

function missingChoice(choices: readonly unknown[]): string {
  return choices.length === 1
    ? `is missing. Write ${String(choices[0])}.`
    : `is missing. Name one of ${choices.join(", ")}.`
}

function tooMuch(value: unknown, maximum: number | bigint): string {
  if (typeof value === "number") return `${value} is above ${maximum}, the largest allowed.`
  return `${quoted(value)} is longer than ${maximum}, the most allowed.`
}

function tooLittle(value: unknown, minimum: number | bigint): string {
  if (typeof value === "number") return `${value} is below ${minimum}, the smallest allowed.`
  if (typeof value === "string") return `${quoted(value)} is empty. Fill it in, or leave it out.`
  return `${quoted(value)} is empty. Give at least ${minimum}, or leave the key out.`
}

function unknownKey(key: string, known: readonly string[]): string {
  const suggestion = didYouMean(key, known)
  if (suggestion !== "" || known.length === 0) return `unknown key.${suggestion}`
  return `unknown key. Known here: ${known.join(", ")}.`
}
