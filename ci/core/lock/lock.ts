import { z } from "zod"
import { Digest, Platform } from "../ids.js"

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: "is no sha256: 64 hexadecimal digits are." })
const sha512 = z
  .string()
  .regex(/^sha512-[A-Za-z0-9+/]{86}==$/, { error: "is no npm integrity: sha512-… is." })
const hex512 = z.string().regex(/^[0-9a-f]{128}$/, { error: "is no sha512: 128 hexadecimal digits are." })
const goSum = z.string().regex(/^h1:[A-Za-z0-9+/]{43}=$/, { error: "is no Go module hash: h1:… is." })

/** One Debian package, exactly; its file is `<name>.deb` wherever scripts see it. */
export const lockedPackage = z.strictObject({
  name: z.string(),
  version: z.string(),
  architecture: z.enum(["amd64", "arm64", "all"]),
  sha256,
})
export type LockedPackage = z.output<typeof lockedPackage>

/** A Python package: its version, and the checksums of the files that may be installed, all wheels or all sources. */
const lockedDistribution = z.strictObject({
  version: z.string(),
  /** Where it comes from, in place of an index. */
  url: z.string().exactOptional(),
  sha256: z.array(sha256).min(1),
  /** Only sources fit: it is built. */
  built: z.literal(true).exactOptional(),
})

const closure = z.strictObject({ roots: z.array(z.string()), packages: z.array(lockedPackage) })

/** Everything from outside of the repository that can reach an image's bytes. */
export const lockSchema = z.strictObject({
  version: z.literal(1),
  debian: z
    .strictObject({
      suite: z.literal("trixie").default("trixie"),
      /** Sets of packages that are unpacked together, by name. */
      packages: z.record(z.string(), closure).default({}),
    })
    .prefault({}),
  /** Integrity of the npm package node-linux-<cpu>, by version and platform. */
  node: z.record(z.string(), z.partialRecord(Platform, sha512)).default({}),
  /** Integrity of programs from the npm registry that run in builders, by name and version. */
  npm: z.record(z.string(), z.record(z.string(), sha512)).default({}),
  /** Checksum of the wheel of programs from PyPI that run in builders, by name, version and platform. */
  pypi: z.record(z.string(), z.record(z.string(), z.partialRecord(Platform, sha256))).default({}),
  /** Checksum of the archive GROUP:ARTIFACT, a -bin.tar.gz from Maven Central, by name and version. */
  maven: z.record(z.string(), z.record(z.string(), hex512)).default({}),
  /** What requirements without hashes became, by the file that asks and platform. */
  requirements: z
    .record(
      z.string(),
      z.partialRecord(
        Platform,
        z.strictObject({
          /** Digest of what was asked for. */
          asked: sha256,
          packages: z.record(z.string(), lockedDistribution),
        }),
      ),
    )
    .default({}),
  /** Hash of the module golang.org/toolchain, by Go version and platform. */
  go: z.record(z.string(), z.partialRecord(Platform, goSum)).default({}),
  /** Digest of images that Dockerfiles and manifests name, by reference and platform. */
  images: z.record(z.string(), z.partialRecord(Platform, Digest)).default({}),
  /** Checksum of files that Dockerfiles fetch, by address. */
  urls: z.record(z.string(), sha256).default({}),
})

/** Pinned inputs from outside: the built-in ones, a repository's own, or both merged. */
export type Lock = z.output<typeof lockSchema>
