import { execa } from "execa"
import { accessSync, constants, existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { EngineError } from "./failure.js"
import type { Progress } from "./progress.js"

interface Requirement {
  readonly what: string
  readonly present: () => boolean
  /** Debian package that brings it. */
  readonly debian: string
}

/** What the embedded engine needs from the machine, and the Debian package that brings each. */
const requirements: readonly Requirement[] = [
  command("runc", "runc"),
  {
    what: "CNI plugins",
    present: () => existsSync("/usr/lib/cni/bridge"),
    debian: "containernetworking-plugins",
  },
  command("iptables", "iptables"),
  command("dnsmasq", "dnsmasq-base"),
  command("git", "git"),
  command("mmdebstrap", "mmdebstrap"),
  command("skopeo", "skopeo"),
  {
    what: "certificates",
    present: () => existsSync("/etc/ssl/certs/ca-certificates.crt"),
    debian: "ca-certificates",
  },
  command("ip", "iproute2"),
  command("nsenter", "util-linux"),
  command("tar", "tar"),
  command("gzip", "gzip"),
  // The engine unpacks gzipped layers by it, in a fraction of the time that it takes itself.
  command("igzip", "isal"),
]

/** Oldest Go that can fetch the toolchain that the engine's module asks for. */
const oldestGo = [1, 24] as const

/**
 * Makes sure that everything the embedded engine needs is there. Installs Debian packages when it may; otherwise
 * throws one {@link EngineError} that names all that is missing with the commands that install it.
 */
export async function ensurePrerequisites(progress: Progress): Promise<void> {
  const missing = requirements.filter((r) => !r.present())
  const root = process.getuid?.() === 0
  const packages = [...new Set(missing.map((r) => r.debian))]
  const install = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(" ")}`
  const complaints: string[] = []
  if (missing.length > 0 && root && findOnPath("apt-get")) {
    await progress.step(`Debian packages: ${packages.join(", ")}`, () => aptInstall(packages))
  } else if (missing.length > 0) {
    complaints.push(`${missing.map((r) => r.what).join(", ")}:  ${root ? "" : "sudo "}sh -c '${install}'`)
  }
  if (!root)
    complaints.push("root, for network and mount namespaces:  run as root, or start Docker or Podman instead")
  const go = await goVersion()
  if (!go) complaints.push("Go ≥ 1.24, which compiles the engine once:  install a current Go")
  else if (older(go, oldestGo)) complaints.push(`Go ≥ 1.24 (found ${go}):  install a current Go`)
  if (complaints.length > 0) {
    throw new EngineError(
      `The embedded engine needs ${complaints.length} thing${complaints.length > 1 ? "s" : ""} that this machine lacks:\n` +
        complaints.map((c) => `  ${c}`).join("\n"),
    )
  }
}

/** Version of the Go that `go` starts, such as `1.26.8`; undefined when there is none. */
export async function goVersion(): Promise<string | undefined> {
  const { stdout, failed } = await execa("go", ["env", "GOVERSION"], {
    reject: false,
    cwd: "/",
    env: { GOTOOLCHAIN: "local" },
  })
  return failed ? undefined : stdout.trim().replace(/^go/, "")
}

async function aptInstall(packages: readonly string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: "noninteractive" }
  await execa("apt-get", ["update"], { env, reject: false }) // a stale third-party source must not stop us
  const done = await execa("apt-get", ["install", "-y", "--no-install-recommends", ...packages], {
    env,
    reject: false,
    all: true,
  })
  if (done.failed) {
    throw new EngineError(
      `Debian packages could not be installed:\n${done.all.split("\n").slice(-8).join("\n")}\nTry:  apt-get install -y ${packages.join(" ")}`,
    )
  }
}

function command(name: string, debian: string): Requirement {
  return { what: name, present: () => findOnPath(name) !== undefined, debian }
}

/** Absolute path of a program; sbin folders count, for not every user has them on PATH. */
export function findOnPath(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/local/sbin", "/usr/sbin", "/sbin"]
  return folders.map((folder) => join(folder, name)).find(executable)
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function older(found: string, wanted: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = found.split(".").map((part) => Number.parseInt(part, 10))
  return major < wanted[0] || (major === wanted[0] && minor < wanted[1])
}
