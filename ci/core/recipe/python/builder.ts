import { posix } from "node:path"
import type { EnvironmentName } from "../../ids.js"
import { isWithin } from "../../listing.js"
import { envSteps, script, shellWord, type Stage, type Step } from "../steps.js"
import { constraintsFile, type PythonContext } from "./context.js"
import { compileLines, moveLines, packagesFolder, trimLines } from "./install.js"
import { minorOf } from "./interpreter.js"
import { buildWheel, installWheels } from "./shared.js"
import { downloadCache } from "./toolchain.js"

/** What no run of a service reads: files of its developers, and what their tools leave behind. */
const idle = [
  ...["tests", "test", "conftest.py", ".python-version", "uv.lock", "poetry.lock", "requirements*.txt"],
  ...["requirements*.in", "Dockerfile", ".dockerignore", ".gitignore", "Makefile", "*.md"],
]
const leftBehind = [
  ".venv",
  "venv",
  ".tox",
  ".nox",
  ".pytest_cache",
  ".mypy_cache",
  ".ruff_cache",
  "*.egg-info",
]

/** The stage whose /out holds the service in /app; where it is a package, its metadata and programs too. */
export function builderStage(context: PythonContext, before: readonly Stage[]): Stage {
  const { request, project, constraints } = context
  const { service, environment } = request
  const minor = minorOf(service.version)
  const source = posix.join("/src", service.folder)
  const packages = `/out${packagesFolder(minor)}`
  return {
    name: "builder",
    steps: [
      { do: "fromStage", stage: "toolchain" },
      ...before.map((stage): Step => ({ do: "copyFrom", stage: stage.name, path: "/out", to: "/" })),
      { do: "workdir", path: source },
      ...envSteps(service.environments[environment].args),
      { do: "copy", files: "all", to: "/src" },
      script(
        "collect service",
        "mkdir -p /out/app",
        `cp -R ${shellWord(source)}/. /out/app`,
        ...usedLines(context),
        ...idleLines(environment),
      ),
      ...(project.isPackage
        ? [
            downloadCache,
            { do: "write", path: constraintsFile, text: constraints } as const,
            script(
              "build package",
              buildWheel(source),
              installWheels,
              ...moveLines(minor),
              ...mergeLines(packages),
            ),
          ]
        : []),
      script(
        "compile service",
        `mkdir -p ${packages}`,
        // Modules of the service are found from everywhere, after all installed ones.
        `printf '/app\\n' > ${packages}/service.pth`,
        `[ ! -d /out/app/src ] || printf '/app/src\\n' >> ${packages}/service.pth`,
        ...trimLines(environment, "/out"),
        ...compileLines(environment, minor, "/out/app", packages),
      ),
    ],
  }
}

/** Folders that the service uses and that are no packages lie in /app as they lie in the repository. */
function usedLines({ request: { service, inputs }, project }: PythonContext): readonly string[] {
  const isPackage = (used: string): boolean =>
    project.reached.folders.some((folder) => isWithin(used, folder)) || /\.(whl|tar\.gz|zip)$/.test(used)
  return service.uses
    .filter((used) => !isPackage(used) && inputs.some(({ path }) => isWithin(path, used)))
    .map((used) => `(cd /src && cp -R --parents ${shellWord(used)} /out/app)`)
}

function idleLines(environment: EnvironmentName): readonly string[] {
  const left = leftBehind.map((name) => `-name '${name}'`).join(" -o ")
  return [
    ...(environment === "development"
      ? []
      : idle.map((name) => `find /out/app -mindepth 1 -maxdepth 1 -name '${name}' -exec rm -rf {} +`)),
    `find /out/app -depth '(' ${left} ')' -exec rm -rf {} +`,
    "find /out/app -mindepth 1 -type d -empty -delete",
  ]
}

/**
 * A package runs from where its sources lie, as it does for its developers: files beside the modules are there, and
 * nothing is there twice. What building added, such as compiled modules, joins them.
 */
function mergeLines(packages: string): readonly string[] {
  return [
    `for entry in ${packages}/*; do`,
    '  name=$(basename "$entry")',
    "  for place in /out/app/src /out/app; do",
    '    [ -e "$place/$name" ] || continue',
    '    if [ -d "$entry" ]; then cp -R "$entry/." "$place/$name/"; fi',
    '    rm -rf "$entry"',
    "    break",
    "  done",
    "done",
    `rm -f ${packages}/*.dist-info/RECORD ${packages}/*.egg-info/RECORD`,
  ]
}
