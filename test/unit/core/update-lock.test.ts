import { expect, test } from "vitest"
import { addToLock } from "../../../ci/core/lock/add-to-lock.js"
import type { LockNeeds } from "../../../ci/core/lock/lock-needs.js"
import type { Lock } from "../../../ci/core/lock/lock.js"
import {
  chosenNeeds,
  lockChanges,
  namesOf,
  unknownNeed,
  withoutNeeds,
} from "../../../ci/core/lock/update-lock.js"
import { testLock } from "../helpers/test-lock.js"

const needs: LockNeeds = {
  closures: { node: ["libc6"], static: ["tzdata"] },
  node: ["22.23.3"],
  go: [],
  npm: { npm: ["11"] },
  pypi: {},
  maven: {},
  requirements: {},
  images: [],
  urls: [],
}
const asked = { lines: ["flask"], constraints: [], python: "3.13", builderPackages: [], kept: {} }
const newer = { name: "libc6", version: "2.0-1", architecture: "amd64", sha256: "b".repeat(64) } as const

test("words choose what is updated, and no word chooses everything", () => {
  expect(namesOf(needs)).toEqual(["node", "npm", "static"])
  expect(chosenNeeds(needs, [])).toBe(needs)
  expect(chosenNeeds(needs, ["static"])).toMatchObject({
    closures: { static: ["tzdata"] },
    node: [],
    npm: {},
  })
  expect(unknownNeed(needs, ["static"])).toBeUndefined()
  expect(unknownNeed(needs, ["statik"])).toMatchInlineSnapshot(
    `"statik: the services need no such thing. Did you mean static? They need: node, npm, static."`,
  )
})

test("what is pinned anew takes the place of what was pinned, and the change is told", () => {
  const chosen = chosenNeeds(needs, ["node"])
  const packages = { node: { roots: ["libc6"], packages: [newer] } }
  const updated = addToLock(withoutNeeds(testLock, chosen, "linux/amd64"), {
    debian: { suite: "trixie", packages },
  })
  expect(updated.debian.packages["node"]?.packages).toEqual([newer])
  expect(updated.debian.packages["static"]).toEqual(testLock.debian.packages["static"])
  expect(lockChanges(testLock, updated)).toEqual(["node libc6 (amd64) 1.0-1 → 2.0-1"])
  expect(lockChanges(testLock, testLock)).toEqual([])
})

test("packages that a file asks for the first time are counted, later ones are named", () => {
  const asking = (packages: Readonly<Record<string, string>>): Lock => ({
    ...testLock,
    requirements: {
      "api/requirements.txt": {
        "linux/amd64": {
          asked: "a".repeat(64),
          packages: Object.fromEntries(
            Object.entries(packages).map(([name, version]) => [
              name,
              { version, sha256: ["b".repeat(64)], ...(name === "wrapt" ? { built: true } : {}) },
            ]),
          ),
        },
      },
    },
  })
  const first = asking({ flask: "3.1.0", click: "8.1.7", wrapt: "1.16.0" })
  expect(lockChanges(testLock, first)).toEqual([
    "api/requirements.txt (linux/amd64) 3 packages are new; built from sources: wrapt",
  ])
  expect(lockChanges(first, asking({ flask: "3.1.2", wrapt: "1.16.0" }))).toEqual([
    "api/requirements.txt click (linux/amd64) 8.1.7 is no longer needed",
    "api/requirements.txt flask (linux/amd64) 3.1.0 → 3.1.2",
  ])
  const chosen = chosenNeeds(
    { ...needs, requirements: { "api/requirements.txt": asked, "web/requirements.txt": asked } },
    ["api/requirements.txt"],
  )
  expect(Object.keys(chosen.requirements)).toEqual(["api/requirements.txt"])
  expect(withoutNeeds(first, chosen, "linux/amd64").requirements).toEqual({})
})
