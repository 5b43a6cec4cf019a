import type { Recipe } from "../../../ci/core/recipe/recipe.js"
import type { Step } from "../../../ci/core/recipe/steps.js"

/** A recipe in one short line a step, so that a snapshot of it can be read. */
export function renderRecipe(recipe: Recipe): string {
  return [
    ...recipe.stages.flatMap((stage) => [
      `${stage.name}:`,
      ...stage.steps.map((step) => `  ${renderStep(step)}`),
    ]),
    `layers: ${recipe.layers.map(({ name, stage, path }) => `${name} (${stage}:${path})`).join(", ")}`,
    `run: ${recipe.config.config.Entrypoint.join(" ")}`,
    ...recipe.config.config.Env.map((pair) => `  ${pair}`),
  ].join("\n")
}

function renderStep(step: Step): string {
  switch (step.do) {
    case "from":
      return `from ${step.image}`
    case "fromStage":
      return `from stage ${step.stage}`
    case "install":
      return `install ${step.packages.join(" ")}`
    case "closure":
      return `closure ${step.name}`
    case "workdir":
      return `cd ${step.path}`
    case "env":
      return `${step.name}=${step.value}`
    case "cache":
      return `cache ${step.path}`
    case "write":
      return `write ${step.path}`
    case "copy":
      return `copy ${step.files === "all" ? "all" : step.files.join(" ")}`
    case "copyFrom":
      return `copy ${step.stage}:${step.path} to ${step.to}`
    case "mountFrom":
      return `mount ${step.stage}:${step.path} at ${step.to}`
    case "dockerBuild":
      return `docker build ${step.source} in ${step.context}${step.target === undefined ? "" : ` to ${step.target}`}`
    case "run":
      return `run ${step.command[0] === "sh" ? step.name : step.command.join(" ")}`
  }
}
