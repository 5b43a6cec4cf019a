import { isWithin } from "../../listing.js"
import { script, shellWord, type Stage } from "../steps.js"
import { constraintsFile, type PythonContext } from "./context.js"
import { compileLines, moveLines, packagesFolder, trimLines } from "./install.js"
import { minorOf } from "./interpreter.js"
import { downloadCache } from "./toolchain.js"

/** The stage whose /out holds the packages of the repository that the service uses; undefined where there are none. */
export function sharedStage({ request, project, constraints }: PythonContext): Stage | undefined {
  const { folders } = project.reached
  if (folders.length === 0) return undefined
  const { service, environment, inputs } = request
  const minor = minorOf(service.version)
  const files = inputs
    .map(({ path }) => path)
    .filter((path) => folders.some((folder) => isWithin(path, folder)) && !isWithin(path, service.folder))
  const inside = inputs
    .map(({ path }) => path)
    .filter((path) => folders.some((folder) => isWithin(folder, service.folder) && isWithin(path, folder)))
  return {
    name: "shared",
    steps: [
      { do: "fromStage", stage: "toolchain" },
      downloadCache,
      { do: "write", path: constraintsFile, text: constraints },
      { do: "copy", files: [...files, ...inside], to: "/src" },
      script(
        "build shared packages",
        ...folders.map((folder) => buildWheel(`/src/${folder}`)),
        installWheels,
        ...moveLines(minor),
        ...trimLines(environment, "/out/usr/local/lib"),
        ...compileLines(environment, minor, `/out${packagesFolder(minor)}`),
      ),
    ],
  }
}

/** The line that makes a wheel of a folder in /wheels, with nothing but what the constraints pin. */
export function buildWheel(folder: string): string {
  const pinned = `--build-constraints ${constraintsFile} --require-hashes`
  return `uv build --quiet --wheel --no-sources --out-dir /wheels ${pinned} ${shellWord(folder)}`
}

/** The line that installs the wheels of /wheels, and nothing else. */
export const installWheels = "uv pip install --no-deps --no-index --no-cache --prefix /install /wheels/*.whl"
