import type { Container } from "@dagger.io/dagger"
import type { Stages } from "./interpret.js"

/** The container in which a service is built: the recipe's last stage. */
export function builderContainer(stages: Stages): Container {
  const last = [...stages.values()].at(-1)
  if (!last) throw new Error("the recipe has no stages")
  return last
}
