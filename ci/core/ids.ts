import { z } from "zod"

/** Languages that a manifest may name; not all of them have a recipe yet. */
export const languages = ["go", "node", "python", "rust", "java", "static", "docker"] as const
export type Language = (typeof languages)[number]

/** The variants of a service, each with its own bytes. */
export const environmentNames = ["development", "testing", "production"] as const
export type EnvironmentName = (typeof environmentNames)[number]
export const EnvironmentName = z.enum(environmentNames)

/** The platforms that images are made for. */
export const platforms = ["linux/amd64", "linux/arm64"] as const
export type Platform = (typeof platforms)[number]
export const Platform = z.enum(platforms)

/** A service's name: also its OCI repository name, so it keeps to that grammar. */
export const ServiceName = z
  .string()
  .regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/, {
    error:
      "is no image name. Use lower-case letters and digits, parted by single dots, dashes or underscores.",
  })
  .max(100)
  .brand("ServiceName")
export type ServiceName = z.infer<typeof ServiceName>

/** The sha256 of a blob as registries write it. */
export const Digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, { error: "is no digest. A digest is sha256: and 64 hexadecimal digits." })
  .brand("Digest")
export type Digest = z.infer<typeof Digest>

/** The hash of everything that can change an image: 64 hexadecimal digits. */
export const ContentKey = z
  .string()
  .regex(/^[0-9a-f]{64}$/, { error: "is no content key. A key is 64 hexadecimal digits." })
  .brand("ContentKey")
export type ContentKey = z.infer<typeof ContentKey>
