import type { RecipeRequest } from "../language.js"
import { script, type Stage } from "../steps.js"
import { compileLines } from "./install.js"
import { minorOf } from "./interpreter.js"

/** Modules that few services import, and that are compiled when they are: old character sets, debuggers, spare parts. */
const rare = [
  "encodings/__pycache__/[b-tv-z]*",
  "__pycache__/_py[adi]*",
  "__pycache__/doctest.*",
  "__pycache__/p[dy][bd]*.*",
]
  .map((path) => `-path '*/${path}'`)
  .join(" -o ")

/** The stage whose /out holds the bytecode of the runtime's standard library, and Python's usual names. */
export function standardLibrary({ service, environment }: RecipeRequest): Stage {
  const minor = minorOf(service.version)
  const library = `/usr/lib/python${minor}`
  return {
    name: "standard-library",
    steps: [
      { do: "fromStage", stage: "toolchain" },
      { do: "copyFrom", stage: "runtime", path: library, to: `/out${library}` },
      script(
        "compile standard library",
        ...compileLines(environment, minor, `/out${library}`),
        `find /out${library} '(' ${rare} ')' -delete`,
        `find /out${library} ! -type d ! -path '*/__pycache__/*' -delete`,
        "find /out -type d -empty -delete",
        "mkdir -p /out/usr/local/bin",
        `ln -s /usr/bin/python${minor} /out/usr/local/bin/python`,
        `ln -s /usr/bin/python${minor} /out/usr/local/bin/python3`,
      ),
    ],
  }
}
