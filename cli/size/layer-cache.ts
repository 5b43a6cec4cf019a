import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { layerContent, type LayerContent } from "../../ci/core/image/layer-content.js"
import type { Home } from "../../engine/home.js"

/** What a layer holds, from memory or by `read`; a digest names the same bytes for ever, so it is read once. */
export async function rememberLayer(
  home: Home,
  digest: string,
  read: () => Promise<LayerContent>,
): Promise<LayerContent> {
  const folder = join(home.cache, "layers")
  const file = join(folder, `${digest.replace(":", "-")}.json`)
  const known = await readFile(file, "utf8").then(parse, () => undefined)
  if (known !== undefined) return known
  const content = await read()
  await mkdir(folder, { recursive: true })
  await writeFile(`${file}.${process.pid}`, JSON.stringify(content))
  await rename(`${file}.${process.pid}`, file)
  return content
}

/** A memory of another version, or a broken one, is none. */
function parse(text: string): LayerContent | undefined {
  try {
    return layerContent.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
