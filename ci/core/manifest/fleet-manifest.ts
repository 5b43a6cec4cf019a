import { z } from "zod"
import { EnvironmentName, Platform, ServiceName } from "../ids.js"
import { health } from "./health.js"
import { hasPossiblePort, noRegistry, registryPattern } from "./registry.js"
import { environments, innerPath, variables } from "./values.js"

const defaults = z
  .strictObject({
    environment: EnvironmentName.default("production").describe(
      "Environment that is built when none is named",
    ),
    platform: Platform.default("linux/amd64").describe("Platform that images are made for"),
    health: health.optional(),
    args: variables.default({}).describe("Build arguments of every service"),
    variables: variables.default({}).describe("Environment variables of every running service"),
  })
  .describe("What holds for every service that does not say otherwise")

const limits = z
  .strictObject({
    parallel: z
      .int()
      .min(1)
      .max(256)
      .optional()
      .describe("Targets built at once; from the machine's cores by default"),
    imageSizeMB: z
      .number()
      .min(1)
      .default(200)
      .describe("Megabytes of an image, uncompressed, above which a build fails"),
    buildMinutes: z
      .number()
      .min(0.1)
      .default(10)
      .describe("Minutes after which the build of one service fails"),
    logTailLines: z.int().min(1).max(1000).default(40).describe("Lines of the log that a failure shows"),
  })
  .describe("Budgets")

const up = z
  .strictObject({
    door: ServiceName.optional().describe(
      "Service that people open; the only one that no other calls by default",
    ),
  })
  .describe("How the services run together on one machine: ./slipway up")

/** What a `slipway.yaml` may say; every key has a default. */
export const fleetManifest = z
  .strictObject({
    services: z
      .array(innerPath)
      .min(1)
      .default(["services/*"])
      .describe("Globs of the folders that hold a service.yaml; a leading ! takes folders away"),
    registry: z
      .string()
      .regex(registryPattern, { error: (issue) => noRegistry(String(issue.input)) })
      .refine(hasPossiblePort, { error: "its port is not from 1 to 65535. Correct it." })
      .optional()
      .describe("Where images are published: host[:port][/prefix]"),
    defaults: defaults.default(() => defaults.parse({})),
    environments: environments.default({}),
    stages: z
      .union(
        [
          z.literal(false),
          z.string().regex(/^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/, {
            error:
              "is no name of a repository at a registry. Write it as in slipway-stages, or false for none.",
          }),
        ],
        {
          error: "the name of a repository at a registry is needed, as in slipway-stages, or false for none.",
        },
      )
      .default("slipway-stages")
      .describe(
        "Repository at the registry that keeps toolchains, dependencies and other stages for engines that have not made them; false for none",
      ),
    up: up.optional(),
    limits: limits.default(() => limits.parse({})),
  })
  .describe("A Slipway fleet: the services of one repository")

/** A `slipway.yaml`, checked and with its defaults. */
export type FleetManifest = z.output<typeof fleetManifest>
