import { readFileSync } from "node:fs"
import { Readable } from "node:stream"
import { createGzip } from "node:zlib"
import { pack } from "tar-stream"
import { expect, test } from "vitest"
import { readLayer } from "../../../../cli/size/read-layer.js"

function layer(files: Readonly<Record<string, string | Buffer>>): ReadableStream<Uint8Array> {
  const tar = pack()
  tar.entry({ name: "./app", type: "directory" })
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content)
  tar.entry({ name: "app/link", type: "symlink", linkname: "x" })
  tar.finalize()
  return Readable.toWeb(Readable.from(tar).pipe(createGzip())) as ReadableStream<Uint8Array>
}

test("files with size and hash; texts only of what tells packages", async () => {
  const text = '{"version":"1.0.0"}'
  const content = await readLayer(
    layer({ "./app/main.js": "hello", "app/node_modules/a/package.json": text }),
  )
  expect(content).toEqual({
    version: 1,
    files: [
      {
        path: "app/main.js",
        size: 5,
        sha256: "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
      },
      { path: "app/node_modules/a/package.json", size: text.length, sha256: expect.any(String) },
    ],
    texts: { "app/node_modules/a/package.json": text },
  })
})

test("a program's symbols are measured as its section table says", async () => {
  const node = readFileSync(process.execPath)
  const { files } = await readLayer(
    layer({ node, broken: node.subarray(0, 100), short: node.subarray(0, 10) }),
  )
  expect(files.map(({ strippable }) => strippable)).toEqual([expect.any(Number), 0, undefined])
  expect(files[0]?.strippable).toBeLessThan(node.length)
})

test("a layer that is cut off is an error, not a smaller layer", async () => {
  const whole = await new Response(layer({ "app/main.js": "x".repeat(100_000) })).arrayBuffer()
  const half = new Response(whole.slice(0, whole.byteLength / 2)).body as ReadableStream<Uint8Array>
  await expect(readLayer(half)).rejects.toThrow()
})
