import { createHash } from "node:crypto"
import { dag, type Container, type Platform as EnginePlatform } from "@dagger.io/dagger"
import type { Platform } from "../../core/ids.js"
import { unpackScript } from "../../core/image/unpack-script.js"
import { builtInLock } from "../../core/lock/built-in.js"
import { closurePackages, workshop } from "../../core/lock/closures.js"
import { closureRootfs } from "./closure.js"
import { fetched } from "./fetched.js"
import { installCommand, tool } from "./install.js"
import type { StageStore } from "./stage-store.js"

const programs = ["curl", "skopeo"]

/** Puts programs of the seed, the libraries that they load and the settings of containers' tools into /out. */
const collectScript = `
mkdir -p /out/usr/bin /out/usr/lib /out/etc /out/usr/share /out/var/tmp
for program in "$@"; do
  cp "/usr/bin/$program" /out/usr/bin
  for library in $(ldd "/usr/bin/$program" | grep -o '/[^ ]*'); do cp -L "$library" /out/usr/lib; done
done
cp -R /etc/containers /out/etc
cp -R /usr/share/containers /out/usr/share
`

const installed = ["ca-certificates", ...programs]
const collect = ["sh", "-ec", collectScript, "collect", ...programs]
const platform: Platform = "linux/amd64"
const packages = closurePackages(builtInLock, workshop, platform)
const key = createHash("sha256")
  .update(JSON.stringify({ install: installCommand(installed), collect, packages }))
  .digest("hex")

/**
 * Tools that handle finished images and ask services how they are: skopeo and curl, from the seed's Debian. Nothing
 * that they do reaches an image's bytes, so their versions are not pinned. Only they are taken of their packages,
 * beside the packages in which services are built: an engine that has these fetches little more.
 */
export async function workbench(store?: StageStore): Promise<Container> {
  const fill = await store?.find(key)
  if (fill) return fill(bare())
  const tools = tool(installed).withExec(collect).directory("/out")
  const made = await bare()
    .withDirectory("/", closureRootfs(packages, unpackScript))
    .withDirectory("/", tools)
    .withEnvVariable("PATH", "/usr/bin")
    .sync()
  store?.keep(key, made)
  return made
}

/** Begins to fetch the workbench where it is kept, so that it is there when it is needed. */
export async function fetchWorkbench(store: StageStore | undefined): Promise<void> {
  const fill = await store?.find(key)
  if (fill) await fetched(fill(bare()))
}

/** As stages begin, so that both share their first layer. */
function bare(): Container {
  return dag.container({ platform: platform as string as EnginePlatform })
}
