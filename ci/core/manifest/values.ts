import { z } from "zod"

/** Text that must say something. */
export const text = z.string().min(1)

/** A TCP port. */
export const port = z.int().min(1).max(65535)

/** Names of environment variables with their values; numbers and true/false become their text. */
export const variables = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
    error: "is no variable name. Use letters, digits and underscores, not a digit first.",
  }),
  z.union([z.string(), z.number(), z.boolean()]).transform(String),
)

/** A folder or file inside the repository or the service, with slashes. */
export const innerPath = text.refine((path) => !path.startsWith("/") && !path.split("/").includes(".."), {
  error: (issue) =>
    `"${String(issue.input)}" leads out of the repository. Give a path inside it, without "..".`,
})

/** The `environments:` map: what one variant adds to, or sets otherwise than, the rest. */
export const environments = z
  .strictObject({
    development: variant().optional(),
    testing: variant().optional(),
    production: variant().optional(),
  })
  .describe("What single environments add or set otherwise")

function variant() {
  return z.strictObject({
    args: variables.optional().describe("Build arguments: environment variables of the builder"),
    variables: variables.optional().describe("Environment variables of the running service"),
  })
}
