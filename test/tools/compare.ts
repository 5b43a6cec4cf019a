import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { builtInLock } from "../../ci/core/lock/built-in.js"
import { folderOfFile } from "../helpers/folders.js"
import { answerFile, answerText, layOut, workspaceOf } from "../helpers/workspaces.js"
import { loadAll } from "../unit/helpers/load.js"

/** What a tool is asked: what does a service have, in a workspace that lies in a folder of its own? */
export interface Question {
  readonly root: string
  readonly service: string
  /** One of the workspace's variants. */
  readonly variant: string
}

/** Asks an ecosystem's own tool; the answer is packages as name@version, and whatever else the format's slice holds. */
export type Tool = (question: Question) => Promise<readonly string[]>

const states = ["repository", "bumped"] as const

/**
 * Tests that a tool answers today what is recorded beside its workspace, which the unit tests hold the slices to, and
 * that a service's key changes when the tool's answer does, and only then.
 */
export function compareWithTool(format: string, tool: Tool): void {
  const workspace = workspaceOf(format)
  const { services, variants, bumped } = workspace
  const folder = folderOfFile()
  const rootOf = (state: string) => join(folder, format, state)
  const answers = new Map<string, string>()
  const questions = services.flatMap((service) => variants.map((variant) => ({ service, variant })))

  describe(`a workspace of ${format}`, () => {
    beforeAll(async () => {
      for (const state of states) {
        mkdirSync(rootOf(state), { recursive: true })
        layOut(workspace, rootOf(state), state)
        for (const { service, variant } of questions) {
          const answer = await tool({ root: rootOf(state), service, variant })
          answers.set(`${state} ${service} ${variant}`, answerText(answer))
        }
      }
    })

    test.each(questions)(
      "its tool says what is recorded: $service, $variant",
      async ({ service, variant }) => {
        const answer = answers.get(`repository ${service} ${variant}`) ?? ""
        expect(answer).not.toBe("")
        await expect(answer).toMatchFileSnapshot(answerFile(workspace, service, variant))
      },
    )

    test("a key changes when the tool's answer does", async () => {
      const changedForTool = services.filter((service) =>
        variants.some(
          (variant) =>
            answers.get(`repository ${service} ${variant}`) !== answers.get(`bumped ${service} ${variant}`),
        ),
      )
      const [before, after] = await Promise.all(states.map(async (state) => keysOf(rootOf(state))))
      expect(changedForTool).toEqual([bumped])
      expect(services.filter((service) => before?.[service] !== after?.[service])).toEqual(changedForTool)
    })
  })
}

async function keysOf(root: string): Promise<Readonly<Record<string, string>>> {
  const { targets, problems } = await loadAll(root, { baseLock: builtInLock })
  expect(problems).toEqual([])
  return Object.fromEntries(targets.map(({ service, key }) => [service, key]))
}
