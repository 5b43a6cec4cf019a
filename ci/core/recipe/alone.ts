import type { Stage } from "./steps.js"

/**
 * A stage with nothing but a folder of another one. Stages that mount it begin sooner on an engine that has to fetch it
 * than those that copy it: one by one the layers of an image are unpacked, but several images side by side.
 */
export function alone(name: string, stage: string, folder: string): Stage {
  return {
    name,
    steps: [
      { do: "from", image: "scratch" },
      { do: "copyFrom", stage, path: folder, to: folder },
    ],
  }
}
