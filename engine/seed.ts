import { execa } from "execa"
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { cached, hashOf, isCached } from "./cached.js"
import { EngineError } from "./failure.js"
import type { Home } from "./home.js"
import { addImage, writeLayer } from "./oci-layout.js"
import type { Progress } from "./progress.js"
import type { Sources } from "./sources.js"

/** Name under which the registry serves the seed: what `from("debian:trixie-slim")` asks its mirror for. */
export const seedName = "library/debian:trixie-slim"

const suite = "trixie"

/** A minimal Debian 13 as an OCI image layout. Made once per home. */
export async function ensureSeed(home: Home, sources: Sources, progress: Progress): Promise<string> {
  const engine = join(sources.project, "engine")
  const hash = hashOf({ file: join(engine, "seed.ts") }, { file: join(engine, "oci-layout.ts") })
  if (isCached(home, "seed", hash)) return cached(home, "seed", hash, async () => {})
  return progress.step("Debian 13 seed: the image that build tools run in", () =>
    cached(home, "seed", hash, async (folder) => {
      const tar = join(folder, "rootfs.tar")
      await makeDebian(tar, [])
      addImage(
        folder,
        [await writeLayer(folder, ["cat", tar])],
        ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
      )
      rmSync(tar)
    }),
  )
}

/** Writes a minimal Debian 13 with some packages more as a tar. */
export async function makeDebian(tar: string, packages: readonly string[]): Promise<void> {
  const more = packages.length > 0 ? [`--include=${packages.join(",")}`] : []
  const done = await execa("mmdebstrap", ["--variant=minbase", "--quiet", ...more, suite, tar], {
    reject: false,
    all: true,
    cwd: "/",
  })
  if (!done.failed) return
  throw new EngineError(
    `mmdebstrap could not make a Debian 13:\n${done.all.split("\n").slice(-8).join("\n")}\nIs a Debian mirror reachable? Then run the same command again.`,
  )
}

/** Puts the seed into the registry unless it holds just this one. */
export async function publishSeed(seed: string, registry: string): Promise<void> {
  const [name = "", tag = ""] = seedName.split(":")
  const index = JSON.parse(readFileSync(join(seed, "index.json"), "utf8")) as {
    manifests: { digest: string }[]
  }
  const there = await fetch(`http://${registry}/v2/${name}/manifests/${tag}`, {
    method: "HEAD",
    headers: { accept: "application/vnd.oci.image.manifest.v1+json" },
  })
  if (there.ok && there.headers.get("docker-content-digest") === index.manifests[0]?.digest) return
  const done = await execa(
    "skopeo",
    ["copy", "--quiet", "--dest-tls-verify=false", `oci:${seed}`, `docker://${registry}/${seedName}`],
    {
      reject: false,
      all: true,
    },
  )
  if (done.failed)
    throw new EngineError(`The seed could not be stored in the registry ${registry}: ${done.all}`)
}
