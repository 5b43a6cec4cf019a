import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { chmodSync, linkSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { configTemplate, type ImageConfig } from "../../../../ci/core/image/image-config.js"
import { imageScript } from "../../../../ci/core/image/image-script.js"
import { imageSummary } from "../../../../ci/core/image/image-summary.js"
import { layerScript } from "../../../../ci/core/image/layer-script.js"
import { temporaryFolder } from "../../helpers/repository.js"

const config: ImageConfig = {
  architecture: "amd64",
  os: "linux",
  created: "1970-01-01T00:00:00Z",
  config: {
    Entrypoint: ["/app/x"],
    Env: [`TRICK="@DIFF_IDS@"`, "PIPE=a|b&c"],
    StopSignal: "SIGTERM",
    User: "1:1",
    WorkingDir: "/app",
  },
}

function runScript(script: string, umask: string, ...args: readonly string[]): void {
  execFileSync("sh", ["-c", `umask ${umask}\n${script}`, "script", ...args], { encoding: "utf8" })
}

/** A folder with the names, links and modes that are easy to lose. */
function awkwardFolder(options: { readonly mode: number; readonly time: number }): string {
  const folder = join(temporaryFolder(), "layer")
  const inner = join(folder, "a b/é")
  mkdirSync(inner, { recursive: true })
  mkdirSync(join(folder, "tmp"))
  mkdirSync(join(folder, "empty"))
  writeFileSync(join(inner, "text"), "hello\n")
  writeFileSync(join(folder, "new\nline"), "x")
  writeFileSync(join(folder, "-dash"), "y")
  writeFileSync(join(folder, "n".repeat(200)), "long")
  writeFileSync(join(folder, "program"), "#!/bin/sh\n")
  linkSync(join(inner, "text"), join(folder, "hard"))
  symlinkSync("./a b/é", join(folder, "soft"))
  chmodSync(join(inner, "text"), options.mode)
  chmodSync(join(folder, "program"), options.mode | 0o4100)
  chmodSync(join(folder, "tmp"), 0o1777)
  utimesSync(join(inner, "text"), options.time, options.time)
  return folder
}

function packLayer(folder: string, umask: string): string {
  const out = join(temporaryFolder(), "out")
  runScript(layerScript, umask, folder, out)
  return out
}

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), "utf8").trim()
}

test("a layer is the same bytes from another place, umask, clock and inode layout", () => {
  const first = packLayer(awkwardFolder({ mode: 0o644, time: 1 }), "022")
  const copied = join(temporaryFolder(), "copy")
  execFileSync("cp", ["-R", "--preserve=mode", awkwardFolder({ mode: 0o600, time: 1e9 }), copied])
  const second = packLayer(copied, "077")
  expect(read(second, "digest")).toBe(read(first, "digest"))
  expect(read(second, "diff-id")).toBe(read(first, "diff-id"))
})

test("a layer keeps names, links, executable bits and the sticky bit, and nothing else", () => {
  const out = packLayer(awkwardFolder({ mode: 0o640, time: 1 }), "022")
  const listed = execFileSync("tar", ["tvzf", join(out, "layer.tar.gz"), "--utc", "--quoting-style=escape"], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  })
  const found = listed
    .trim()
    .split("\n")
    .map((line) => line.replace(/ +\d+ 1970-01-01 00:00/, ""))
  expect(found).toEqual([
    "-rw-r--r-- 0/0 -dash",
    "drwxr-xr-x 0/0 a b/",
    "drwxr-xr-x 0/0 a b/é/",
    "-rw-r--r-- 0/0 a b/é/text",
    "drwxr-xr-x 0/0 empty/",
    "-rw-r--r-- 0/0 hard",
    "-rw-r--r-- 0/0 new\\nline",
    `-rw-r--r-- 0/0 ${"n".repeat(200)}`,
    "-rwxr-xr-x 0/0 program",
    "lrwxr-xr-x 0/0 soft -> ./a b/é",
    "drwxrwxrwt 0/0 tmp/",
  ])
})

test("an image is an OCI layout whose every digest and size is right, and equal bytes twice", () => {
  const layers = temporaryFolder()
  runScript(layerScript, "022", awkwardFolder({ mode: 0o644, time: 1 }), join(layers, "0"))
  runScript(layerScript, "022", awkwardFolder({ mode: 0o755, time: 1 }), join(layers, "1"))
  const template = join(temporaryFolder(), "config")
  writeFileSync(template, configTemplate(config))
  const [first, second] = ["022", "077"].map((umask) => {
    const out = temporaryFolder()
    runScript(imageScript, umask, layers, template, out)
    return out
  }) as [string, string]
  expect(hash(readFileSync(join(first, "image.tar")))).toBe(hash(readFileSync(join(second, "image.tar"))))

  const summary = imageSummary.parse(JSON.parse(read(first, "image.json")))
  const layout = temporaryFolder()
  execFileSync("tar", ["xf", join(first, "image.tar"), "-C", layout])
  const blob = (descriptor: { readonly digest: string; readonly size: number }): Buffer => {
    const content = readFileSync(join(layout, "blobs", descriptor.digest.replace(":", "/")))
    expect(`sha256:${hash(content)}`).toBe(descriptor.digest)
    expect(content.length).toBe(descriptor.size)
    return content
  }
  const [descriptor] = JSON.parse(read(layout, "index.json")).manifests
  expect(descriptor.digest).toBe(summary.digest)
  const manifest = JSON.parse(blob(descriptor).toString())
  expect(manifest.layers).toHaveLength(2)
  manifest.layers.forEach(blob)
  expect(manifest.annotations["dev.slipway.uncompressed-bytes"]).toBe(String(summary.uncompressedBytes))
  expect(JSON.parse(blob(manifest.config).toString())).toEqual({
    ...config,
    rootfs: { type: "layers", diff_ids: summary.layers.map(({ diffId }) => diffId) },
  })
})

function hash(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex")
}
