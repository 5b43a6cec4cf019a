import { expect, test } from "vitest"
import type { ImageConfig } from "../../../../ci/core/image/image-config.js"
import { inheritConfig } from "../../../../ci/core/image/inherit-config.js"

const own: ImageConfig = {
  architecture: "amd64",
  os: "linux",
  created: "1970-01-01T00:00:00Z",
  config: { Entrypoint: [], Env: ["A=own", "B=own"], StopSignal: "", User: "", WorkingDir: "" },
}

const built = {
  config: {
    Entrypoint: ["/entry"],
    Cmd: ["run"],
    Env: ["PATH=/bin", "A=built=x"],
    ExposedPorts: { "80/tcp": {} },
    Volumes: { "/data": {} },
    StopSignal: "SIGINT",
    User: "1000:1000",
    WorkingDir: "/srv",
  },
}

test("what was built stays, and the service's variables win", () => {
  expect(inheritConfig(own, built).config).toEqual({
    Entrypoint: ["/entry"],
    Cmd: ["run"],
    Env: ["A=own", "B=own", "PATH=/bin"],
    ExposedPorts: { "80/tcp": {} },
    Volumes: { "/data": {} },
    StopSignal: "SIGINT",
    User: "1000:1000",
    WorkingDir: "/srv",
  })
})

test("a service's own command has no arguments of the Dockerfile's", () => {
  const config = { ...own.config, Entrypoint: ["/other"] }
  expect(inheritConfig({ ...own, config }, built).config).toMatchObject({ Entrypoint: ["/other"] })
  expect(inheritConfig({ ...own, config }, built).config).not.toHaveProperty("Cmd")
})

test.each(["", "root", "0", "0:0", "root:root"])(
  "an image left to %j runs as nobody all the same",
  (User) => {
    expect(inheritConfig(own, { config: { User } }).config.User).toBe("65532:65532")
  },
)
