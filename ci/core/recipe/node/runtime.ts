import type { Platform } from "../../ids.js"
import { script, type Stage } from "../steps.js"
import { nodePackage } from "./toolchain.js"

/** The stage whose /out holds node alone, without the symbols that only its developers need. */
export function nodeRuntime(platform: Platform): Stage {
  const folder = `/toolchain/node_modules/${nodePackage(platform)}`
  return {
    name: "node-runtime",
    steps: [
      { do: "fromStage", stage: "tools" },
      { do: "copyFrom", stage: "toolchain", path: `${folder}/bin/node`, to: "/out/usr/local/bin/node" },
      {
        do: "copyFrom",
        stage: "toolchain",
        path: `${folder}/LICENSE`,
        to: "/out/usr/share/doc/node/copyright",
      },
      script("strip node", "strip /out/usr/local/bin/node", "chmod 755 /out/usr/local/bin/node"),
    ],
  }
}
