import type { Platform } from "../../core/ids.js"
import type { RequirementsNeed } from "../../core/lock/lock-needs.js"
import { askedDigest, type LockedRequirements } from "../../core/lock/requirements.js"
import { machineOf } from "../../core/recipe/python/interpreter.js"
import { readPylock } from "../../core/recipe/python/pylock.js"
import { uvVersion } from "../../core/recipe/python/tools.js"
import { StepFailure } from "../images/step-failure.js"
import { tool } from "../images/install.js"
import { ask } from "./ask.js"

/**
 * Lets uv find every package that requirements lead to, at the versions that indexes have now; what fits stays at the
 * version that it had. Throws a StepFailure that names the file.
 */
export async function askRequirements(
  file: string,
  { builderPackages, kept, ...asked }: RequirementsNeed,
  platform: Platform,
): Promise<LockedRequirements> {
  const versions = Object.entries(kept).map(([name, version]) => `${name}==${version}`)
  const container = tool(["ca-certificates", "python3-pip", ...builderPackages])
    .withNewFile("/asked/requirements.txt", lines(asked.lines))
    .withNewFile("/asked/constraints.txt", lines(asked.constraints))
    .withNewFile("/asked/found.txt", lines(versions))
  const place = `${machineOf(platform)}-manylinux_2_40`
  const text = await ask(container, findScript, [uvVersion, asked.python, place], file)
  const packages = readPylock(text, { version: asked.python, platform })
  if (!packages.ok) {
    const reasons = packages.problems.map(({ message }) => message).join("\n")
    throw new StepFailure({ stage: "lock", step: file }, 1, reasons)
  }
  return { asked: askedDigest(asked), packages: packages.value }
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("")
}

/** The first run stays at the versions that it finds in its output, the second one tells the files of what was found. */
const findScript = `
uv=$1 python=$2 place=$3
pip install --quiet --root-user-action=ignore --break-system-packages "uv==$uv.*"
cd /asked
export SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt UV_NO_PROGRESS=1
find() { uv pip compile --quiet --python-version "$python" --python-platform "$place" "$@" requirements.txt; }
find --constraints constraints.txt --output-file found.txt > /dev/null
find --constraints found.txt --format pylock.toml --output-file pylock.toml > /dev/null
cat pylock.toml
`
