import { expect, test } from "vitest"
import { failedRun } from "../../../../../ci/core/recipe/docker/run-log.js"

const text = `FROM a
RUN one
FROM b AS b
RUN --mount=type=cache,target=/c two \\
 # why
 && three
RUN <<EOT
four
five
EOT
RUN ["six", "seven"]
USER 1
`

test("a line is found by its command, over comments and continuations", () => {
  const found = failedRun(text, "/bin/sh -c two  && three")
  expect(found).toMatchObject({ line: 4, command: "two  && three" })
  expect(found?.logDockerfile).toBe(`FROM a
RUN one
FROM b AS b
RUN --mount=type=cache,target=/c trap 'exit 0' EXIT; exec >/tmp/.slipway-run.log 2>&1; two \\
 # why
 && three
FROM scratch
COPY --from=1 /tmp/.slipway-run.log /log
`)
})

test("a here-document prints to the file from its first line", () => {
  const found = failedRun(text, "/bin/sh -c four\nfive\n")
  expect(found?.line).toBe(7)
  expect(found?.logDockerfile).toContain(
    "RUN <<EOT\ntrap 'exit 0' EXIT; exec >/tmp/.slipway-run.log 2>&1\nfour\nfive\nEOT\nFROM scratch\n",
  )
})

test("a line without a shell has no log, and another command no line", () => {
  expect(failedRun(text, "six seven")).toEqual({ line: 11, command: '["six", "seven"]' })
  expect(failedRun(text, "/bin/sh -c nine")).toBeUndefined()
})
