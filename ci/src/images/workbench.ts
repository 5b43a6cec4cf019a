import { createHash } from "node:crypto"
import { dag, type Container } from "@dagger.io/dagger"
import { installScript } from "./install-script.js"
import { seed } from "./seed.js"
import type { StageStore } from "./stage-store.js"

const command = ["sh", "-ec", installScript, "install", "ca-certificates", "curl", "skopeo"]

const key = createHash("sha256").update(command.join("\0")).digest("hex")

/**
 * Tools that handle finished images and ask services how they are: skopeo and curl, from the seed's Debian. Nothing
 * that they do reaches an image's bytes, so their versions are not pinned.
 */
export async function workbench(store?: StageStore): Promise<Container> {
  const fill = await store?.find(key)
  if (fill) return fill(dag.container())
  const made = await dag.container().from(seed).withExec(command).sync()
  store?.keep(key, made)
  return made
}

/** Begins to fetch the workbench where it is kept, so that it is there when it is needed. */
export async function fetchWorkbench(store: StageStore | undefined): Promise<void> {
  const fill = await store?.find(key)
  await fill?.(dag.container())
    .sync()
    .catch(() => {}) // told by whoever needs it
}
