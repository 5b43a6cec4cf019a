import { execa } from "execa"
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { addImage, writeLayer } from "../../engine/oci-layout.js"

/** Wraps a program, as a machine would whose own version behaves a little otherwise. */
const wrapped = (program: string) => `#!/bin/sh\nexec ${program} "$@"\n`

/** What the strange Debian has that the other has not: another gzip in front, other settings, one program more. */
const files: Readonly<Record<string, { readonly text: string; readonly mode: number }>> = {
  "usr/local/bin/gzip": { text: wrapped("/usr/bin/gzip -9"), mode: 0o755 },
  "usr/local/bin/more-tools": { text: wrapped("/bin/true"), mode: 0o700 },
  "usr/share/doc/more-tools/copyright": { text: "Anybody may have it.\n", mode: 0o600 },
  "etc/motd": { text: "This Debian was made on another day.\n", mode: 0o644 },
  "etc/apt/apt.conf.d/99strange": { text: 'APT::Install-Suggests "false";\n', mode: 0o640 },
}

/** Its image's own variables, which everything inherits that runs in it. */
const variables = [
  "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  "TZ=JST-9",
  "LANG=C.UTF-8",
]

/** Makes another Debian of a seed: files added and changed, all times in 2001, packed anew. */
export async function strangeSeed(seed: string, out: string): Promise<void> {
  mkdirSync(out)
  const root = mkdtempSync(join(out, "rootfs-"))
  for (const layer of layersOf(seed)) await execa("tar", ["-xzf", layer, "-C", root, "--exclude=./dev/*"])
  for (const [path, { text, mode }] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true })
    writeFileSync(join(root, path), text, { mode })
  }
  await execa("find", [root, "-exec", "touch", "--no-dereference", "--date=2001-02-03T04:05:06Z", "{}", "+"])
  addImage(out, [await writeLayer(out, ["tar", "-C", root, "-c", "."])], variables)
  rmSync(root, { recursive: true, force: true })
}

/** Files of the layers of an image layout's one image. */
function layersOf(layout: string): string[] {
  const { manifests } = readJson<{ manifests: [{ digest: string }] }>(join(layout, "index.json"))
  const manifest = readJson<{ layers: { digest: string }[] }>(blobOf(layout, manifests[0].digest))
  return manifest.layers.map(({ digest }) => blobOf(layout, digest))
}

function blobOf(layout: string, digest: string): string {
  return join(layout, "blobs", digest.replace(":", "/"))
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8")) as T
}
