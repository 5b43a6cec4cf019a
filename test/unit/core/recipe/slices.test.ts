import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { builtInLock } from "../../../../ci/core/lock/built-in.js"
import type { EnvironmentName } from "../../../../ci/core/ids.js"
import type { Target } from "../../../../ci/io/load-target.js"
import { answerFile, answerText, layOut, workspaces, type Workspace } from "../../../helpers/workspaces.js"
import { loadAll } from "../../helpers/load.js"
import { temporaryFolder } from "../../helpers/repository.js"

async function load(
  workspace: Workspace,
  state: "repository" | "bumped",
  environment: EnvironmentName = "production",
): Promise<{ readonly root: string; readonly targets: Readonly<Record<string, Target>> }> {
  const root = layOut(workspace, temporaryFolder(), state)
  const { targets, problems } = await loadAll(root, { baseLock: builtInLock, environment })
  expect(problems).toEqual([])
  return { root, targets: Object.fromEntries(targets.map((target) => [target.service, target])) }
}

/** The answers are those of the tools themselves: the suite `tools` asks them again. */
describe.each(workspaces)("a service's slice of a lock of $format", (workspace) => {
  const { services, variants, bumped, slice } = workspace

  test.each(variants)("is what its tool says: %s", async (variant) => {
    const environment = variant === "development" ? variant : "production"
    const { root, targets } = await load(workspace, "repository", environment)
    expect(Object.keys(targets)).toEqual(services)
    for (const [service, target] of Object.entries(targets)) {
      const answer = readFileSync(answerFile(workspace, service, variant), "utf8")
      expect(answerText(slice(target, { variant, root })), service).toBe(answer)
    }
  })

  test("changes its key when a dependency of its own moves, and no other service's", async () => {
    const [before, after] = [await load(workspace, "repository"), await load(workspace, "bumped")]
    expect(
      services.filter((service) => before.targets[service]?.key !== after.targets[service]?.key),
    ).toEqual([bumped])
  })
})
