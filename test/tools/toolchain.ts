import { loadAll } from "../unit/helpers/load.js"
import { builtInLock } from "../../ci/core/lock/built-in.js"
import { engineSession } from "../../cli/engine-session.js"
import { runInToolchain } from "../../cli/suites/toolchain.js"
import type { Question } from "./compare.js"

/**
 * Asks a tool in the toolchain that builds a service, in the version that the lock pins: the machine need not have it.
 * What lies in /tools stays for the next question. Returns all that it printed.
 */
export async function askInToolchain(
  { root, service }: Pick<Question, "root" | "service">,
  ...script: readonly string[]
): Promise<string> {
  const { targets } = await loadAll(root, { baseLock: builtInLock })
  const target = targets.find((each) => each.service === service)
  if (!target) throw new Error(`there is no service ${service} in ${root}`)
  let output = ""
  await engineSession(async () => {
    const ended = await runInToolchain({
      target,
      root,
      parts: ["**"],
      folder: ".",
      script,
      caches: ["/tools"],
    })
    if (ended.exitCode !== 0)
      throw new Error(`${script.join("\n")}\nended with ${ended.exitCode}:\n${ended.output}`)
    output = ended.output
  })
  return output
}
