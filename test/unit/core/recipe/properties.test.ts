import { describe, expect, test } from "vitest"
import { environmentNames } from "../../../../ci/core/ids.js"
import { packStage } from "../../../../ci/core/recipe/recipe.js"
import { loadOne } from "../../helpers/load.js"
import {
  builtPage,
  goService,
  javaService,
  nodeService,
  plainPage,
  pythonService,
  repository,
  rustService,
} from "../../helpers/repository.js"

describe.each([
  ["go", goService],
  ["java", javaService],
  ["node", nodeService],
  ["python", pythonService],
  ["rust", rustService],
  ["static", plainPage],
  ["static with a build", builtPage],
])("every recipe of %s", (_language, files) => {
  test.each(environmentNames)("in %s", async (environment) => {
    const { recipe } = await loadOne(repository(files), { environment })
    const names = recipe.stages.map(({ name }) => name)

    expect(names.slice(-recipe.layers.length), "layers are packed last").toEqual(recipe.layers.map(packStage))
    expect(new Set(names).size, "stages have different names").toBe(names.length)
    expect(JSON.parse(JSON.stringify(recipe)), "is plain JSON").toEqual(recipe)
    expect(
      recipe.layers.every(({ stage }) => names.includes(stage)),
      "layers are of its stages",
    ).toBe(true)
    for (const [index, { steps }] of recipe.stages.entries()) {
      expect(["from", "fromStage"], "a stage begins somewhere").toContain(steps[0]?.do)
      const referred = steps.flatMap((step) => ("stage" in step ? [step.stage] : []))
      expect(names.slice(0, index), "stages refer to earlier ones").toEqual(expect.arrayContaining(referred))
    }
    expect(recipe.config.config.User).toBe("65532:65532")
  })
})
