import { join } from "node:path"
import { expect, inject, test } from "vitest"
import { pullImage } from "../helpers/images.js"
import { build, call, checkout, status } from "../helpers/slipway.js"

const home = inject("firstHome")
const cwd = join(checkout, "examples/consumer")

test("a module of somebody else lets Slipway build, adds a step of its own and publishes", async () => {
  const { registry } = await status(home)
  const { targets } = await build(["catalog"], { home })
  const place = `${registry.address}/consumer`
  const args = ["--service", "catalog", "--version", "1.2.0", "--registry", place]
  const reference = await call(["release", ...args], { home, cwd })
  expect(reference).toMatch(new RegExp(`^${place}/catalog:1\\.2\\.0@sha256:[0-9a-f]{64}$`))
  const [stamped, original] = await Promise.all([
    pullImage(reference.replace(":1.2.0@", "@")),
    pullImage(targets["catalog"]?.image ?? ""),
  ])
  const layers = original.config.rootfs.diff_ids
  expect(stamped.config.rootfs.diff_ids.slice(0, layers.length)).toEqual(layers)
  expect(stamped.entries.map(({ path }) => path)).toContain("/app/VERSION")
  expect(stamped.config.config).toMatchObject({
    User: original.config.config.User,
    Entrypoint: original.config.config.Entrypoint,
    Labels: { "org.opencontainers.image.version": "1.2.0" },
  })
})
