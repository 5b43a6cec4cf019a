import { z } from "zod"
import { innerPath, text } from "./values.js"

/** What only services in Java say. */
export const java = z
  .strictObject({
    project: innerPath
      .optional()
      .describe(
        "The Maven module that runs, relative to the service's folder, where its pom only gathers modules",
      ),
    modules: z
      .array(
        text.regex(/^[a-z][a-z0-9]*(\.[a-z][a-z0-9]*)+$/, {
          error: "is no JDK module. Write it as in jdk.localedata.",
        }),
      )
      .optional()
      .describe("JDK modules that the running service needs beside those that jdeps finds"),
    options: z
      .array(text)
      .optional()
      .describe("Options of the java command, such as -Xss512k; they come after Slipway's own"),
  })
  .describe("What only services in Java say")
