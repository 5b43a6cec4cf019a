import { join } from "node:path"
import { format, resolveConfig } from "prettier"
import { expect, test } from "vitest"
import { manifestJsonSchemas } from "../../ci/core/manifest/json-schema.js"
import { languagesWithRecipe } from "../../ci/core/recipe/languages.js"
import { manifestReference } from "./helpers/manifest-reference.js"

const file = join(import.meta.dirname, "../../docs/manifest.md")

const introduction = `# slipway.yaml and service.yaml

Written by \`test/unit/manifest-reference.test.ts\` from the schemas that check the files (\`ci/core/manifest/\`). For
editors there are JSON schemas beside them: \`slipway.schema.json\` and \`service.schema.json\`.

A folder with a \`service.yaml\` is a service; languages with a recipe today: ${languagesWithRecipe().join(", ")}. \`slipway.yaml\`
stands in the repository's root and may be absent. \`./slipway config SERVICE\` prints a service with every default
filled in.

Build arguments and variables are laid over each other, the last one wins: the fleet's defaults, the fleet's
environment, the service, the service's environment.

`

test("docs/manifest.md is as the parser's schemas say; vitest -u writes it", async () => {
  const schemas = manifestJsonSchemas()
  const text =
    introduction +
    manifestReference({
      "service.yaml": schemas["service.schema.json"],
      "slipway.yaml": schemas["slipway.schema.json"],
    })
  const formatted = await format(text, { ...(await resolveConfig(file)), parser: "markdown" })
  await expect(formatted).toMatchFileSnapshot(file)
})
