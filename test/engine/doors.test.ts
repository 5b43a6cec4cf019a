import { join } from "node:path"
import { beforeAll, describe, expect, inject, test } from "vitest"
import { folderOfFile } from "../helpers/folders.js"
import { readArchive } from "../helpers/images.js"
import { build, call, type Built } from "../helpers/slipway.js"

const home = inject("firstHome")
const folder = folderOfFile()
let cli: Built

beforeAll(async () => {
  cli = await build([], { home })
  expect(cli.exitCode, cli.stderr).toBe(0)
})

describe.each(["catalog", "gateway"])("%s through dagger call and through slipway build", (service) => {
  const ours = () => cli.targets[service]

  test("has one key", async () => {
    expect(await call(["key", "--service", service], { home })).toBe(ours()?.key)
  })

  test("has one digest, which is that of the exported archive's manifest", async () => {
    const file = join(folder, `${service}.tar`)
    await call(["image", "--service", service, "export", "--path", file], { home })
    expect((await readArchive(file)).digest).toBe(ours()?.digest)
  })

  test("is published as one image", async () => {
    expect(await call(["publish", "--service", service], { home })).toBe(ours()?.image)
  })

  test("has the same layers and settings as the container that build returns", async () => {
    const file = join(folder, `${service}-container.tar`)
    await call(["build", "--service", service, "as-tarball", "export", "--path", file], { home })
    const [container, image] = [await readArchive(file), await readArchive(join(folder, `${service}.tar`))]
    expect(container.config.rootfs.diff_ids).toEqual(image.config.rootfs.diff_ids)
    const { User, Entrypoint, Env } = container.config.config
    expect({ User, Entrypoint, Env }).toMatchObject({
      User: image.config.config.User,
      Entrypoint: image.config.config.Entrypoint,
      Env: image.config.config.Env,
    })
  })
})
