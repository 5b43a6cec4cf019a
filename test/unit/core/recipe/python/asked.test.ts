import { describe, expect, test } from "vitest"
import { allNeeds, missingNeeds } from "../../../../../ci/core/lock/lock-needs.js"
import { renderLock } from "../../../../../ci/core/lock/parse-lock.js"
import { askedDigest, type LockedRequirements } from "../../../../../ci/core/lock/requirements.js"
import { emptyLock } from "../../../../../ci/core/lock/add-to-lock.js"
import type { Lock } from "../../../../../ci/core/lock/lock.js"
import type { Target } from "../../../../../ci/io/load-target.js"
import { loadFleet } from "../../../../../ci/io/load-fleet.js"
import { loadAll, loadOne } from "../../../helpers/load.js"
import { pythonService, repository } from "../../../helpers/repository.js"
import { testLock } from "../../../helpers/test-lock.js"

type Files = Readonly<Record<string, string>>
type Packages = LockedRequirements["packages"]

const file = "services/greeter/requirements.txt"
const loose = { ...pythonService, [file]: "flask>=3\ngunicorn\n" }
const found: Packages = {
  flask: { version: "3.1.2", sha256: ["a".repeat(64)] },
  gunicorn: { version: "23.0.0", sha256: ["b".repeat(64)] },
  markupsafe: { version: "2.1.3", sha256: ["c".repeat(64)], built: true },
}

async function needsOf(files: Files, lock: Lock = testLock) {
  const { services } = await loadFleet(repository(files), { baseLock: lock })
  const all = allNeeds(services)
  return { all, missing: missingNeeds(all, lock, "linux/amd64").requirements }
}

/** A lock in which some packages answer what files ask now. */
async function lockFor(files: Files, packages: Packages = found): Promise<Lock> {
  const { all } = await needsOf(files)
  const answers = Object.entries(all.requirements).map(
    ([name, asked]) => [name, { "linux/amd64": { asked: askedDigest(asked), packages } }] as const,
  )
  return { ...emptyLock, requirements: Object.fromEntries(answers) }
}

const locked = async (files: Files, packages?: Packages): Promise<Files> => ({
  ...files,
  "slipway.lock": renderLock(await lockFor(files, packages)),
})

function written({ recipe }: Target): string {
  return recipe.stages
    .flatMap(({ steps }) => steps)
    .flatMap((step) => (step.do === "write" && step.path.startsWith("/requirements") ? [step.text] : []))
    .join("\n")
}

describe("requirements without hashes", () => {
  test("are installed as slipway.lock says, with what they lead to", async () => {
    const target = await loadOne(repository(await locked(loose)))
    expect(written(target)).toMatchInlineSnapshot(`
      "flask==3.1.2 \\
          --hash=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
      gunicorn==23.0.0 \\
          --hash=sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb

      markupsafe==2.1.3 \\
          --hash=sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
      "
    `)
  })

  test("have a key that follows what is installed, and no comment", async () => {
    const keyOf = async (files: Files) => (await loadOne(repository(files))).key
    const key = await keyOf(await locked(loose))
    const commented = { ...(await locked(loose)), [file]: "# why\nflask >= 3\ngunicorn\n" }
    expect(await keyOf(commented)).toBe(key)
    const newer = { ...found, flask: { version: "3.1.2", sha256: ["d".repeat(64)] } }
    expect(await keyOf(await locked(loose, newer))).not.toBe(key)
  })

  test("are asked for with constraints, options and what packages of the repository depend on", async () => {
    const { all } = await needsOf({
      ...pythonService,
      "services/greeter/service.yaml": "language: python\nbuilderPackages: [libpq-dev]\n",
      [file]: `-c versions.txt
--extra-index-url https://packages.acme.test/simple
--no-binary psycopg2
./libs/common
Flask [async] >= 3 ; python_version > "3.8"
psycopg2==2.9.9
`,
      "services/greeter/versions.txt": "werkzeug<4\n",
      "services/greeter/libs/common/pyproject.toml":
        '[project]\nname = "common"\nversion = "1"\ndependencies = ["PyYAML>=6"]\n',
    })
    expect(all.requirements).toMatchInlineSnapshot(`
      {
        "services/greeter/requirements.txt": {
          "builderPackages": [
            "libpq-dev",
          ],
          "constraints": [
            "werkzeug<4",
          ],
          "kept": {},
          "lines": [
            "--extra-index-url https://packages.acme.test/simple",
            "--no-binary psycopg2",
            "flask[async]>=3 ; python_version > "3.8"",
            "psycopg2==2.9.9",
            "pyyaml>=6",
          ],
          "python": "3.13",
        },
      }
    `)
  })

  test("stay at the versions that they had when others are asked for", async () => {
    const lock = await lockFor(loose)
    const { missing } = await needsOf(
      { ...loose, [file]: "flask>=3\n" },
      { ...testLock, requirements: lock.requirements },
    )
    expect(missing[file]?.kept).toEqual({ flask: "3.1.2", gunicorn: "23.0.0", markupsafe: "2.1.3" })
    expect((await needsOf(loose, { ...testLock, requirements: lock.requirements })).missing).toEqual({})
  })
})

test("a project that has no lock asks for what its pyproject.toml names", async () => {
  const files = {
    "services/greeter/service.yaml": "language: python\n",
    "services/greeter/main.py": "",
    "services/greeter/pyproject.toml":
      '[project]\nname = "greeter"\nversion = "1"\ndependencies = ["flask>=3", "gunicorn"]\n',
  }
  const [problem] = (await loadAll(repository(files))).problems
  expect(problem).toEqual({
    file: "services/greeter/pyproject.toml",
    message:
      "it names packages without hashes, and slipway.lock has none for linux/amd64. Run ./slipway lock.",
  })
  expect(written(await loadOne(repository(await locked(files))))).toContain("gunicorn==23.0.0")
})
