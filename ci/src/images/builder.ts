import type { Container } from "@dagger.io/dagger"
import type { Stages } from "./interpret.js"

/** The container in which a service is built. */
export function builderContainer(stages: Stages): Container {
  const builder = stages.get("builder")
  if (!builder) throw new Error("the recipe has no stage builder")
  return builder
}
