import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"

const minutes = 60_000

/** What builds with an empty engine goes first: the files after it find that engine warm. */
class ColdFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isCold = ({ moduleId }: TestSpecification) => moduleId.endsWith("/reproducible.test.ts")
    const sorted = await super.sort(files)
    return [...sorted.filter(isCold), ...sorted.filter((file) => !isCold(file))]
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: ColdFirst },
    projects: [
      {
        test: {
          name: "unit",
          sequence: { groupOrder: 0 },
          include: ["test/unit/**/*.test.ts", "test/engine-unit/**/*.test.ts", "test/*.test.ts"],
          testTimeout: 20_000,
        },
      },
      {
        // Runs the real CLI as a process; no engine.
        test: {
          name: "cli",
          sequence: { groupOrder: 1 },
          include: ["test/cli/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Asks the package managers and build tools of the languages what a service has, and holds slices to it.
        test: {
          name: "tools",
          sequence: { groupOrder: 2 },
          include: ["test/tools/*.test.ts"],
          globalSetup: ["test/tools/set-up.ts"],
          maxWorkers: 3, // each waits most of its time
          testTimeout: 2 * minutes,
          hookTimeout: 10 * minutes,
        },
      },
      {
        // A real engine, which is one for all files: they run one after another. Nothing here ever skips.
        test: {
          name: "engine",
          sequence: { groupOrder: 3 },
          include: ["test/engine/*.test.ts"],
          globalSetup: ["test/engine/set-up.ts"],
          fileParallelism: false,
          testTimeout: 10 * minutes,
          hookTimeout: 30 * minutes,
        },
      },
      {
        // The same engine; a small service for each package manager and kind of project.
        test: {
          name: "languages",
          sequence: { groupOrder: 4 },
          include: ["test/engine/languages/*.test.ts"],
          globalSetup: ["test/engine/set-up.ts"],
          fileParallelism: false,
          testTimeout: 20 * minutes,
          hookTimeout: 30 * minutes,
        },
      },
    ],
  },
})
