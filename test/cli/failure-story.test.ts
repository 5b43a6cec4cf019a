import { readFileSync, existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { expect, test } from "vitest"
import {
  forgetStory,
  reasonOf,
  tellFailure,
  writeStory,
  type FailedTarget,
} from "../../cli/build/failure-story.js"
import { StepFailure } from "../../ci/src/images/step-failure.js"
import { loadOne } from "../unit/helpers/load.js"
import { goService, repository, temporaryFolder } from "../unit/helpers/repository.js"

const place = { stage: "builder", step: "go build" }

async function failed(error: unknown): Promise<FailedTarget> {
  return { target: await loadOne(repository(goService)), error, place, seconds: 6.2 }
}

/** A command's failure as the engine's client tells it. */
function compileError(output: string): StepFailure {
  const cause = Object.assign(new Error("exit code: 1"), { cmd: ["go", "build", "."] })
  return new StepFailure(place, 1, output, { cause })
}

test("a failed command is told with its place and its last words, readable", async () => {
  const output = "one\ntwo\nprogress 10 %\rprogress 100 %\n\x1b[31mstore.go:41:9: undefined: rows\x1b[0m\n"
  const it = await failed(compileError(output))
  expect(tellFailure(it, ".slipway/failures/hello-production.json", 2)).toBe(
    [
      "hello · production · builder stage · go build (exit code 1)",
      "  … 2 lines before",
      "  progress 100 %",
      "  store.go:41:9: undefined: rows",
      "Whole story: .slipway/failures/hello-production.json",
    ].join("\n"),
  )
  expect(reasonOf(it)).toBe("builder · go build failed")
})

test("the whole story holds everything, and goes when it is no longer true", async () => {
  const root = temporaryFolder()
  const output = Array.from({ length: 500 }, (_, line) => `line ${line}`).join("\n")
  const it = await failed(compileError(output))
  const file = writeStory(root, it)
  expect(resolve(file)).toBe(join(root, ".slipway/failures/hello-production.json"))
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
    version: 1,
    ...{ service: "hello", environment: "production", platform: "linux/amd64", key: it.target.key },
    ...{
      stage: "builder",
      step: "go build",
      command: ["go", "build", "."],
      exitCode: 1,
      output,
      seconds: 6.2,
    },
  })
  forgetStory(root, it.target)
  expect(existsSync(file)).toBe(false)
  forgetStory(root, it.target) // nothing to forget is fine
})

test("a session that broke is told by its innermost cause", async () => {
  const socket = new Error("socket hang up")
  const error = Object.assign(new Error("Encountered an unknown error", { cause: socket }), {
    name: "UnknownDaggerError",
  })
  const it = await failed(error)
  expect(tellFailure(it, "story.json", 40)).toBe(
    "hello · production · builder stage · go build\n  the engine was stopped or ended: socket hang up\n  The same command builds the rest.\nWhole story: story.json",
  )
  expect(reasonOf(it)).toBe("builder · go build failed: the engine was stopped or ended: socket hang up")
})
