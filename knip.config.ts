import type { KnipConfig } from "knip"

const config: KnipConfig = {
  entry: [
    "slipway",
    "cli/main.ts",
    "ci/src/index.ts",
    // vitest's global set-ups.
    "test/engine/set-up.ts",
    "test/tools/set-up.ts",
    // Measurements, run by hand.
    "bench/*.ts",
    // Programs of their own, which typescript-runtime/bundle.ts bundles by path.
    "engine/typescript-runtime/sdk/{build,scan,core,node-sdk,serve}.ts",
  ],
  project: ["{ci,cli,engine,test,bench}/**/*.ts", "*.{js,ts}", "slipway"],
  // The sample shop's services and libraries have packages and tools of their own.
  ignore: ["test/fixtures/**", "ci/sdk/**", "services/**", "libs/**"],
  // The SDK brings them, and what is bundled with it must be the SDK's own.
  ignoreDependencies: ["graphql-request", "@opentelemetry/.+"],
  // Programs of the machine: engine/prerequisites.ts checks those that are not on every Linux.
  ignoreBinaries: [".+"],
  // Types that a function of the same file speaks of are part of its contract.
  ignoreExportsUsedInFile: true,
}

export default config
