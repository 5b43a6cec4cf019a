import { failure, success, type Result } from "../../result.js"
import { builderClosure, closureStage } from "../closure-stage.js"
import type { RecipeRequest } from "../language.js"
import { lockedPypi } from "../locked-pypi.js"
import { notLocked } from "../not-locked.js"
import { envSteps, script, type Stage, type Step } from "../steps.js"
import { minorOf } from "./interpreter.js"
import { buildBackends, uvVersion } from "./tools.js"

/** Closures of builders: with an interpreter alone, and with compilers. */
export const plainClosure = "python-build"
export const nativeClosure = "native-python"

/** uv's cache of downloads, which holds nothing that was built. */
export const downloadCache: Step = {
  do: "cache",
  path: "/root/.cache/uv",
  id: "slipway-uv",
  sharing: "shared",
}

/** The stages before all others: uv as the lock pins it, and a Python that installs and builds with it. */
export function toolchainStages(
  request: RecipeRequest,
  { isNative }: { readonly isNative: boolean },
): Result<readonly Stage[]> {
  const { service, platform, lock } = request
  const uv = lockedPypi(lock, "uv", uvVersion, platform)
  if (uv === undefined) return failure(notLocked(service, "uv", platform))
  const closure = isNative ? builderClosure(nativeClosure, service) : plainClosure
  const base = closureStage("toolchain", closure, request)
  if (!base.ok) return base
  const steps: readonly Step[] = [
    ...base.value.steps,
    { do: "copyFrom", stage: "uv", path: "/out", to: "/usr/local/bin" },
    ...envSteps({ ...environment(minorOf(service.version)), ...(isNative ? compilerFlags : {}) }),
  ]
  return success([uvStage(uv), { ...base.value, steps }])
}

/** Debian's pip only fetches uv: its hash is the lock's. */
function uvStage({ version, sha256 }: { readonly version: string; readonly sha256: string }): Stage {
  return {
    name: "uv",
    steps: [
      { do: "from", image: "debian:trixie-slim" },
      { do: "install", packages: ["ca-certificates", "python3-pip"] },
      script(
        "uv",
        `printf '%s' 'uv==${version} --hash=sha256:${sha256}' > /tmp/uv.txt`,
        "pip download --quiet --no-deps --only-binary=:all: --require-hashes --dest /tmp/uv --requirement /tmp/uv.txt",
        "python3 -m zipfile -e /tmp/uv/*.whl /tmp/uv",
        "install -D -m 755 -t /out /tmp/uv/uv-*.data/scripts/uv",
      ),
    ],
  }
}

/** Symbols for debuggers name the folder that something was built in, and uv builds in one with a random name. */
const compilerFlags: Readonly<Record<string, string>> = { CFLAGS: "-g0", CXXFLAGS: "-g0" }

/** What makes installing and building the same everywhere, and keeps it from fetching an interpreter. */
function environment(minor: string): Readonly<Record<string, string>> {
  return {
    HOME: "/root",
    LC_ALL: "C.UTF-8",
    PATH: "/usr/local/bin:/usr/bin:/bin",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONHASHSEED: "0",
    // The earliest moment that zip archives know, so that wheels can be made.
    SOURCE_DATE_EPOCH: "315532800",
    SSL_CERT_FILE: "/etc/ssl/certs/ca-certificates.crt",
    TZ: "UTC",
    UV_CACHE_DIR: "/root/.cache/uv",
    UV_LINK_MODE: "copy",
    UV_NO_CONFIG: "1",
    UV_NO_PROGRESS: "1",
    UV_PREVIEW_FEATURES: "build-dependency-hashes",
    UV_PYTHON: `/usr/bin/python${minor}`,
    UV_PYTHON_DOWNLOADS: "never",
    // A version that is taken from git is none here: the repository's history is no input.
    PDM_BUILD_SCM_VERSION: "0.0.0",
    POETRY_DYNAMIC_VERSIONING_BYPASS: "0.0.0",
    SETUPTOOLS_SCM_PRETEND_VERSION: "0.0.0",
  }
}

/** The usual build backends as the lock pins them, or what it lacks. */
export function lockedBackends({
  service,
  platform,
  lock,
}: RecipeRequest): Result<
  readonly { readonly name: string; readonly version: string; readonly hash: string }[]
> {
  const found = Object.entries(buildBackends).map(
    ([name, wanted]) => [name, lockedPypi(lock, name, wanted, platform)] as const,
  )
  const missing = found.filter(([, each]) => each === undefined).map(([name]) => name)
  if (missing.length > 0) return failure(notLocked(service, missing.join(", "), platform))
  return success(
    found.flatMap(([name, each]) =>
      each === undefined ? [] : [{ name, version: each.version, hash: `sha256:${each.sha256}` }],
    ),
  )
}
