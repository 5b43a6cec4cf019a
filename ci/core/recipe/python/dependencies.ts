import { envSteps, script, type Stage, type Step } from "../steps.js"
import { constraintsFile, type PythonContext } from "./context.js"
import { compileLines, moveLines, packagesFolder, trimLines } from "./install.js"
import { minorOf } from "./interpreter.js"
import { requirementLines, type LockedDistribution } from "./packages.js"
import { downloadCache } from "./toolchain.js"

const wheels = "/requirements.txt"
const sources = "/requirements-built.txt"

/** The stage whose /out holds the packages of the lock's slice; undefined where there are none. */
export function dependencyStage({ request, project, constraints }: PythonContext): Stage | undefined {
  const { distributions, indexes } = project.reached
  if (distributions.length === 0) return undefined
  const { service, environment } = request
  const minor = minorOf(service.version)
  const [ready, built] = [
    distributions.filter(({ isBuilt }) => !isBuilt),
    distributions.filter(({ isBuilt }) => isBuilt),
  ]
  const lines = indexes.map((index) => `--extra-index-url ${index}\n`).join("")
  const install = "uv pip install --no-deps --require-hashes --prefix /install"
  return {
    name: "dependencies",
    steps: [
      { do: "fromStage", stage: "toolchain" },
      downloadCache,
      ...archives(distributions),
      ...(ready.length === 0
        ? []
        : [
            { do: "write", path: wheels, text: lines + requirementLines(ready) } as const,
            script("uv pip install", `${install} --only-binary :all: --requirement ${wheels}`),
          ]),
      ...(built.length === 0
        ? []
        : [
            { do: "write", path: constraintsFile, text: constraints } as const,
            { do: "write", path: sources, text: lines + requirementLines(built) } as const,
            ...envSteps(request.service.environments[environment].args),
            // What is built depends on compilers and arguments: it is never taken from a cache.
            script(
              "build packages",
              `${install} --no-cache ${noBinary(built)} --build-constraints ${constraintsFile} --require-build-hashes --requirement ${sources}`,
            ),
          ]),
      script(
        "collect packages",
        ...moveLines(minor),
        ...trimLines(environment, "/out/usr/local/lib"),
        ...compileLines(environment, minor, `/out${packagesFolder(minor)}`),
      ),
    ],
  }
}

/** By name: what packages are built with comes as wheels. */
function noBinary(built: readonly LockedDistribution[]): string {
  return built.map(({ name }) => `--no-binary ${name}`).join(" ")
}

/** Wheels and sources that lie in the repository. */
function archives(distributions: readonly LockedDistribution[]): readonly Step[] {
  const prefix = "file:///src/"
  const files = distributions.flatMap(({ url }) =>
    url?.startsWith(prefix) === true ? [url.slice(prefix.length)] : [],
  )
  return files.length === 0 ? [] : [{ do: "copy", files: files.sort(), to: "/src" }]
}
