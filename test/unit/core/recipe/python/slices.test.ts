import { join } from "node:path"
import { expect, test } from "vitest"
import { layOut, workspaceOf } from "../../../../helpers/workspaces.js"
import { loadAll } from "../../../helpers/load.js"
import { temporaryFolder } from "../../../helpers/repository.js"

test.each(["uv", "poetry", "pip"])(
  "no lock of %s is an input: its slice is in the recipe",
  async (format) => {
    const { targets } = await loadAll(layOut(workspaceOf(format), temporaryFolder(), "repository"))
    const inputs = targets.flatMap((target) => target.inputs)
    expect(inputs.map(({ path }) => path)).toContain(join("services", "a", "main.py"))
    const locks = inputs.filter(({ path }) => /\.lock$|requirements\.txt$/.test(path))
    expect(locks.filter(({ text }) => text !== "")).toEqual([])
  },
)
