import { z } from "zod"

/** How a page is served. */
export const staticSite = z
  .strictObject({
    spa: z
      .boolean()
      .default(false)
      .describe("Whether addresses that are no files get index.html; missing assets never do"),
    base: z
      .string()
      .regex(/^\/([\w.~-]+\/)*$/, { error: "is no base path. Begin and end it with a slash, as in /shop/." })
      .default("/")
      .describe("Path below which the page is served"),
    headers: z
      .record(
        z.string().regex(/^[A-Za-z0-9-]+$/, { error: "is no name of a header." }),
        z.string().regex(/^[\x20-\x7e]*$/, { error: "is no value of a header." }),
      )
      .default({})
      .describe("Headers of every response; an empty value takes a default away"),
    env: z
      .array(
        z.string().regex(/^PUBLIC_[A-Z0-9_]+$/, {
          error: "is no public variable. Its name begins with PUBLIC_, as in PUBLIC_API_URL.",
        }),
      )
      .default([])
      .describe("Variables of the running service that /env.json tells to the page"),
  })
  .describe("static: how the page is served")

/** A `static:` part, checked and with its defaults. */
export type StaticSite = z.output<typeof staticSite>
