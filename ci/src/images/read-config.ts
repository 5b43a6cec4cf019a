import { ImageLayerCompression, type Container } from "@dagger.io/dagger"
import type { z } from "zod"
import { inheritedConfig } from "../../core/image/inherit-config.js"

/** Builds a container and reads its image's config; the API of containers tells only parts of it. */
export async function readConfig(
  built: Container,
  tools: Container,
): Promise<z.output<typeof inheritedConfig>> {
  const archive = built.asTarball({ forcedCompression: ImageLayerCompression.Uncompressed })
  const text = await tools
    .withMountedFile("/image.tar", archive)
    .withExec(["sh", "-euc", configScript])
    .stdout()
  return inheritedConfig.parse(JSON.parse(text))
}

/** Follows an OCI archive from its index by digests to the config, the first object that a manifest names. */
const configScript = `
blob() { tar -xOf /image.tar "blobs/sha256/$1"; }
digests() { sed 's/"sha256:/\\n&/g' | sed -n 's/^"sha256:\\([0-9a-f]*\\)".*/\\1/p'; }
text=$(tar -xOf /image.tar index.json)
while :; do
  case $text in *'"config"'*) break ;; esac
  text=$(blob "$(printf '%s\\n' "$text" | digests | sed -n 1p)")
done
blob "$(printf '%s\\n' "$text" | sed 's/.*"config"//' | digests | sed -n 1p)"
`
