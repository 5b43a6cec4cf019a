import { join } from "node:path"
import { format, resolveConfig } from "prettier"
import { expect, test } from "vitest"
import { manifestJsonSchemas } from "../../ci/core/manifest/json-schema.js"

const folder = join(import.meta.dirname, "../../ci/core/manifest")

test.each(Object.entries(manifestJsonSchemas()))("%s is as the parser's schema says", async (name, text) => {
  const file = join(folder, name)
  const formatted = await format(text, { ...(await resolveConfig(file)), parser: "json" })
  await expect(formatted).toMatchFileSnapshot(file)
})
