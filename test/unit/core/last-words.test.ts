import { expect, test } from "vitest"
import { remedyFor } from "../../../ci/core/last-words.js"

test.each([
  ["PermissionError: [Errno 13] Permission denied: '/app/instance'", "/app", "instance"],
  ["Error: EACCES: permission denied, open '/app/apps/api/data/shop.db'", "/app/apps/api", "data"],
  ["open /app/shop.db: permission denied", "/app", "."],
  ["sqlite3.OperationalError: unable to open database file", "/app", "data"],
])("%s", (line, start, folder) => {
  expect(remedyFor(`starting\n${line}\n`, { folder: start, port: 80 })).toContain(`"writable: [${folder}]"`)
})

test("a port that is refused is no folder", () => {
  const line = "Error: listen EACCES: permission denied 0.0.0.0:80"
  expect(remedyFor(line, { folder: "/app", port: 80 })).toContain("such as 8080, and name that as its port")
  expect(remedyFor("failed to bind to [::]:80\nPermission denied (os error 13)", { port: 80 })).toContain(
    "Ports below 1024 are root's",
  )
  expect(remedyFor(line, { folder: "/app", port: 8080 })).toBeUndefined()
  expect(remedyFor("connection refused", { folder: "/app", port: 80 })).toBeUndefined()
})

test("where a Dockerfile says who may write, nothing is told", () => {
  expect(remedyFor("open /data: permission denied", { port: 8080 })).toBeUndefined()
})
