import type { StaticSite } from "../manifest/static-site.js"
import type { AskedRequirements } from "../lock/requirements.js"
import type { EnvironmentName, Language, Platform, ServiceName } from "../ids.js"

/** How to see that a service works, with everything filled in; times in seconds. */
export type Health = { readonly timeoutSeconds: number } & (
  | { readonly kind: "http"; readonly port: number; readonly path: string }
  | { readonly kind: "grpc"; readonly port: number; readonly service: string }
  | { readonly kind: "tcp"; readonly port: number }
  | { readonly kind: "command"; readonly command: readonly string[] }
)

/** What one environment gives to the builder and to the running service. */
export interface Variant {
  readonly args: Readonly<Record<string, string>>
  readonly variables: Readonly<Record<string, string>>
}

/** A file or folder, and where it is in the folder that the service starts in. */
export interface MovedAsset {
  readonly from: string
  readonly to: string
}

/** References of images, as the manifest writes them. */
export interface OwnImages {
  readonly builder?: string
  readonly runtime?: string
}

/** What a Dockerfile service is built from; paths from the repository's root. */
export interface ResolvedDocker {
  readonly file: string
  /** The folder that COPY and ADD copy from. */
  readonly context: string
  /** The file that leaves files of the context out. */
  readonly ignoreFile?: string
  /** The stage that each environment builds; the last one where none is named. */
  readonly targets: Readonly<Partial<Record<EnvironmentName, string>>>
  /** What must be in the lock. */
  readonly images: readonly string[]
  readonly urls: readonly string[]
  /** What the manifest says, and not the Dockerfile. */
  readonly user?: string
  readonly stopSignal?: string
}

/** A service with every default filled in; plain JSON, as `slipway config` prints it. */
export interface ResolvedService {
  readonly name: ServiceName
  /** Its folder and its manifest, relative to the repository's root. */
  readonly folder: string
  readonly file: string
  readonly language: Language
  /** Exact where the lock or the service says so; else what was asked for, which no recipe accepts. */
  readonly version: string
  /** node: the file to run; go: the package to build; relative to the folder. java: the main class. */
  readonly entrypoint: string
  /** Program and arguments in place of what the language runs. */
  readonly command?: readonly string[]
  /** Scripts of its package.json that build it, where it says which. */
  readonly build?: readonly string[]
  /** The package manager of its lockfile where a language has several: its name in its registry, and the beginning of a version. */
  readonly installer?: { readonly name: string; readonly version: string }
  /** How a page is served; only of pages. */
  readonly static?: StaticSite
  readonly port?: number
  /** Absent for a service that only has to start and stay. */
  readonly health?: Health
  readonly environments: Readonly<Record<EnvironmentName, Variant>>
  /** What only Java knows: the Maven module that runs, more JDK modules, options of the java command. */
  readonly java?: {
    readonly project?: string | undefined
    readonly modules?: readonly string[] | undefined
    readonly options?: readonly string[] | undefined
  }
  /** Python packages that its files ask for without hashes, by file: the lock says what they became. */
  readonly requirements?: Readonly<Record<string, AskedRequirements>>
  readonly packages: readonly string[]
  readonly builderPackages: readonly string[]
  readonly uses: readonly string[]
  readonly include: readonly string[]
  readonly ignore: readonly string[]
  readonly user: string
  readonly stopSignal: string
  readonly labels: Readonly<Record<string, string>>
  readonly docker?: ResolvedDocker
  /** Globs of what lies beside the program in /app, and what lies elsewhere than in the repository. */
  readonly assets?: readonly (string | MovedAsset)[]
  /** Folders in the one that it starts in, in which it may write. */
  readonly writable?: readonly string[]
  /** Images in place of the language's own builder and runtime. */
  readonly images?: OwnImages
}

/** What is built: one service for one environment and platform. */
export interface TargetId {
  readonly service: ServiceName
  readonly environment: EnvironmentName
  readonly platform: Platform
}
