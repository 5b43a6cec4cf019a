import { z } from "zod"
import { languages, ServiceName } from "../ids.js"
import { health } from "./health.js"
import { java } from "./java.js"
import { noSignal, signalPattern } from "./signals.js"
import { staticSite } from "./static-site.js"
import { environments, innerPath, port, text, variables } from "./values.js"

const docker = z
  .strictObject({
    file: text.optional().describe("The Dockerfile, relative to the service's folder; Dockerfile by default"),
    context: text
      .optional()
      .describe("Folder that COPY and ADD copy from, relative to the service's; ../.. may lead above it"),
    target: text.optional().describe("Stage to build; the last one by default"),
    targets: z
      .strictObject({
        development: text.optional(),
        testing: text.optional(),
        production: text.optional(),
      })
      .optional()
      .describe("Stages that single environments build"),
  })
  .describe("Of language docker: where the Dockerfile is and what of it is built")

/** What a `service.yaml` may say. Everything but the language has a default. */
export const serviceManifest = z
  .strictObject({
    name: ServiceName.optional().describe("Name of the service and its image; the folder's name by default"),
    language: z.enum(languages).describe("Which recipe builds it"),
    version: z
      .union([z.string(), z.number()])
      .transform(String)
      .refine((version) => /^\d+(\.\d+){0,2}$/.test(version), {
        error: (issue) => `"${String(issue.input)}" is no version. Write it as in 24 or 24.1.0.`,
      })
      .optional()
      .describe("Version of the language: exact, or the start of one of the lock's"),
    port: port.optional().describe("Port that the service listens on; also its variable PORT"),
    health: health.optional(),
    entrypoint: innerPath
      .optional()
      .describe(
        "node: the file to run. go: the package to build. Both relative to the service's folder. java: the main class",
      ),
    command: z
      .array(text)
      .min(1)
      .optional()
      .describe(
        "Program and arguments that start the service in /app, in place of what its language makes of the entrypoint; no shell reads it",
      ),
    build: z
      .array(text)
      .min(1)
      .optional()
      .describe(
        "node, static: the scripts of package.json that build it, one after the other; build by default",
      ),
    args: variables.optional().describe("Build arguments: environment variables of the builder"),
    variables: variables.optional().describe("Environment variables of the running service"),
    environments: environments.optional(),
    packages: z
      .array(text.regex(/^[a-z0-9][a-z0-9+.-]+$/, { error: "is no Debian package name." }))
      .optional()
      .describe("Debian packages that the running service needs besides its language's own"),
    builderPackages: z
      .array(text.regex(/^[a-z0-9][a-z0-9+.-]+$/, { error: "is no Debian package name." }))
      .optional()
      .describe("Debian packages that the build needs besides its language's own, such as libpq-dev"),
    static: staticSite.optional(),
    uses: z
      .array(innerPath)
      .optional()
      .describe(
        "Other folders or files of the repository that the build reads, beside those that the language finds itself",
      ),
    java: java.optional(),
    include: z.array(text).optional().describe("Globs in the service's folder: only these files are inputs"),
    ignore: z.array(text).optional().describe("Globs in the service's folder: these files are no inputs"),
    user: z
      .string()
      .regex(/^\d+(:\d+)?$/, { error: "is no numeric user. Write it as in 65532:65532." })
      .refine((user) => !/^0+(:|$)/.test(user), {
        error: "a service does not run as root. Leave the key out, or name another user.",
      })
      .optional()
      .describe("User and group that the service runs as; 65532:65532 by default"),
    stopSignal: z
      .string()
      .regex(signalPattern, { error: (issue) => noSignal(String(issue.input)) })
      .optional()
      .describe("Signal that asks the service to stop; SIGTERM by default"),
    docker: docker.optional(),
    assets: z
      .array(
        z.union([innerPath, z.strictObject({ from: innerPath, to: innerPath })], {
          error: "a path is needed, or a map of from and to.",
        }),
      )
      .min(1)
      .optional()
      .describe(
        "Files, folders or globs that lie beside the program in /app: of the service's folder, else of the repository under uses; `from` and `to` put a file or folder elsewhere in the folder that the service starts in",
      ),
    writable: z
      .array(innerPath)
      .min(1)
      .optional()
      .describe(
        "Folders in which the running service may write, in the folder that it starts in: [data], or [.] for that folder itself; all else belongs to root",
      ),
    images: z
      .strictObject({
        builder: text.optional().describe("Image that builds, in place of the language's toolchain"),
        runtime: text.optional().describe("Image that the service runs on, in place of Debian packages"),
      })
      .optional()
      .describe("Images of one's own; ./slipway lock pins them by digest"),
    labels: z
      .record(
        z.string().regex(/^[A-Za-z0-9]([\w./-]*[A-Za-z0-9])?$/, {
          error:
            "is no name of a label. Use letters and digits, parted by dots, dashes, slashes or underscores.",
        }),
        z.string(),
      )
      .optional()
      .describe("Labels of the image; part of its content key"),
  })
  .describe("One service of a Slipway fleet")

/** A `service.yaml` as written, checked. */
export type ServiceManifest = z.output<typeof serviceManifest>
