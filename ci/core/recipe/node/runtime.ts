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
      { do: "copyFrom", stage: "node", path: folder, to: "/node" },
      script(
        "strip node",
        "mkdir -p /out/usr/local/bin /out/usr/share/doc/node",
        "strip -o /out/usr/local/bin/node /node/bin/node",
        "chmod 755 /out/usr/local/bin/node",
        "cp /node/LICENSE /out/usr/share/doc/node/copyright",
      ),
    ],
  }
}
