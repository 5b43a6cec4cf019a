import { dag, type Container } from "@dagger.io/dagger"
import { seed } from "./seed.js"

/**
 * Tools that handle finished images and ask services how they are: skopeo and curl, from the seed's Debian. Nothing
 * that they do reaches an image's bytes, so their versions are not pinned.
 */
export function workbench(): Container {
  return dag.container().from(seed).withExec(["sh", "-ec", install])
}

const install = `
export DEBIAN_FRONTEND=noninteractive
apt-get -qq -o Acquire::Retries=3 update
apt-get -qq -o Acquire::Retries=3 install -y --no-install-recommends ca-certificates curl skopeo >/dev/null
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/log/*
`
