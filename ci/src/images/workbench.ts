import { dag, type Container } from "@dagger.io/dagger"
import { installScript } from "./install-script.js"
import { seed } from "./seed.js"

/**
 * Tools that handle finished images and ask services how they are: skopeo and curl, from the seed's Debian. Nothing
 * that they do reaches an image's bytes, so their versions are not pinned.
 */
export function workbench(): Container {
  return dag
    .container()
    .from(seed)
    .withExec(["sh", "-ec", installScript, "install", "ca-certificates", "curl", "skopeo"])
}
