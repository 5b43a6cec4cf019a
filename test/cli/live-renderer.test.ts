import { Listr } from "listr2"
import { setTimeout as sleep } from "node:timers/promises"
import { stripVTControlCharacters } from "node:util"
import { expect, onTestFinished, test, vi } from "vitest"
import { LiveRenderer } from "../../cli/output/live-renderer.js"

const escape = "\x1b"

/** Runs tasks in a window of some size and returns what was written to each stream. */
async function watch(
  window: { readonly rows: number; readonly columns: number },
  titles: readonly string[],
  task: (index: number) => Promise<void>,
) {
  const { rows, columns } = process.stderr
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true)
  const stdout = vi.spyOn(process.stdout, "write").mockReturnValue(true)
  Object.assign(process.stderr, window)
  const tasks = titles.map((title, index) => ({ title, task: () => task(index) }))
  await new Listr(tasks, {
    concurrent: 2,
    exitOnError: false,
    registerSignalListeners: false,
    renderer: LiveRenderer,
    rendererOptions: { heading: () => `Building ${titles.length} targets` },
  }).run()
  Object.assign(process.stderr, { rows, columns })
  const written = stderr.mock.calls.map(([text]) => String(text))
  const toOutput = stdout.mock.calls.map(([text]) => String(text))
  stderr.mockRestore()
  stdout.mockRestore()
  const pictures = written
    .filter((text) => text.includes("\n"))
    .map((text) => stripVTControlCharacters(text).replace(/^\r/, "").trimEnd().split("\n"))
  return { written, pictures, toOutput }
}

const forty = Array.from({ length: 40 }, (_, index) => `service-${index}`)

test("of many tasks a small window shows what runs and what failed, and counts the others", async () => {
  const { pictures } = await watch({ rows: 12, columns: 100 }, forty, async (index) => {
    await sleep(60)
    if (index === 3) throw new Error("broken")
  })
  const live = pictures.slice(0, -1)
  expect(live.length).toBeGreaterThan(5)
  for (const picture of live) {
    expect(picture.length).toBeLessThan(12)
    expect(picture[0]).toBe("Building 40 targets")
  }
  const late = live.at(-2) ?? []
  expect(late.filter((line) => /^ {2}[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] service-3\d$/.test(line)).length).toBeGreaterThan(0)
  expect(late).toContain("  ✖ service-3")
  expect(late.at(-1)).toMatch(/^ {4}… \d+ more done(, \d+ more waiting)?$/)
})

test("at the end each task has its line, in order", async () => {
  const { pictures } = await watch({ rows: 12, columns: 100 }, forty, () => sleep(5))
  expect(pictures.at(-1)).toEqual(["Building 40 targets", ...forty.map((name) => `  ✔ ${name}`)])
})

test("no line is longer than the window, so that each picture replaces the one before", async () => {
  const { pictures, written } = await watch({ rows: 24, columns: 40 }, ["a".repeat(60), "b"], () =>
    sleep(250),
  )
  for (const line of pictures.flat()) expect(line.length).toBeLessThan(40)
  expect(pictures.at(-1)?.[1]).toBe(`  ✔ ${"a".repeat(34)}…`)
  expect(pictures.length).toBeGreaterThan(2)
  for (const text of written.filter((text) => text.includes("\n")).slice(1))
    expect(text.startsWith(`${escape}[3A\r${escape}[2K`)).toBe(true)
})

test("standard output stays untouched, and the cursor comes back", async () => {
  const { toOutput, written } = await watch({ rows: 24, columns: 80 }, ["one"], () => sleep(5))
  expect(toOutput).toEqual([])
  expect(written[0]).toBe(`${escape}[?25l`)
  expect(written.at(-1)).toBe(`${escape}[?25h`)
})

test("colour is decoration: without it the lines are the same", async () => {
  const run = async (noColor: string) => {
    process.env["NO_COLOR"] = noColor
    return watch({ rows: 24, columns: 80 }, ["one", "two"], (index) =>
      index === 1 ? Promise.reject(new Error("broken")) : Promise.resolve(),
    )
  }
  const before = process.env["NO_COLOR"]
  onTestFinished(() => {
    if (before === undefined) delete process.env["NO_COLOR"]
    else process.env["NO_COLOR"] = before
  })
  const coloured = await run("")
  const plain = await run("1")
  for (const code of [31, 32]) {
    expect(coloured.written.join("")).toContain(`${escape}[${code}m`)
    expect(plain.written.join("")).not.toContain(`${escape}[${code}m`)
  }
  expect(plain.pictures.at(-1)).toEqual(["Building 2 targets", "  ✔ one", "  ✖ two"])
  expect(coloured.pictures.at(-1)).toEqual(plain.pictures.at(-1))
})
