import type { Container } from "@dagger.io/dagger"
import { randomUUID } from "node:crypto"
import { stepFailure } from "../images/step-failure.js"

/**
 * Runs a script that looks at the outside world, each time anew, and returns what it prints. Throws a StepFailure that
 * names what was asked for.
 */
export async function ask(
  container: Container,
  script: string,
  args: readonly string[],
  what: string,
): Promise<string> {
  try {
    const answer = await container
      .withEnvVariable("NONCE", randomUUID())
      .withExec(["sh", "-euc", script, "ask", ...args])
      .stdout()
    if (answer.trim() === "") throw new Error(`${what}: nothing was found`)
    return answer.trim()
  } catch (error) {
    throw stepFailure(error, { stage: "lock", step: what })
  }
}
