import { describe, expect, test } from "vitest"
import { folderSizes } from "../../../../ci/core/image/folder-sizes.js"
import { packagesOf } from "../../../../ci/core/image/image-packages.js"
import { stackLayers, type LayerContent, type LayerFile } from "../../../../ci/core/image/layer-content.js"
import { sizeHints } from "../../../../ci/core/image/size-hints.js"

/** A layer of files by path: their size, or what else is to be said of them. */
function layer(
  files: Readonly<Record<string, number | Partial<LayerFile>>>,
  texts: Readonly<Record<string, string>> = {},
): LayerContent {
  const entries = Object.entries(files).map(([path, said]) => ({
    ...{ path, size: 0, sha256: path },
    ...(typeof said === "number" ? { size: said } : said),
  }))
  return { version: 1, files: entries, texts }
}

function packages(...layers: readonly LayerContent[]) {
  return packagesOf(stackLayers(layers)).map(({ kind, name, version, bytes }) => [kind, name, version, bytes])
}

describe("packages of an image", () => {
  test("Debian's, by documentation, by the names of libraries, and by what is known of them", () => {
    const debian = layer(
      {
        "usr/lib/x86_64-linux-gnu/libc.so.6": 2000,
        "usr/lib/x86_64-linux-gnu/libz.so.1.3.1": 300,
        "usr/lib/x86_64-linux-gnu/libssl.so.3": 700,
        "usr/share/zoneinfo/Europe/Berlin": 5,
        "usr/share/doc/zlib1g/copyright": 1,
        "srv/unknown": 1,
      },
      {
        "var/lib/dpkg/status.d/libc6": "Package: libc6\nVersion: 2.41-12\n",
        "var/lib/dpkg/status.d/zlib1g": "Package: zlib1g\nVersion: 1:1.3\n",
        "var/lib/dpkg/status.d/libssl3t64": "Package: libssl3t64\nVersion: 3.5\n",
        "var/lib/dpkg/status.d/tzdata": "Package: tzdata\nVersion: 2026a\n",
      },
    )
    expect(packages(debian)).toEqual([
      ["debian", "libc6", "2.41-12", 2000],
      ["debian", "libssl3t64", "3.5", 700],
      ["debian", "zlib1g", "1:1.3", 301],
      ["debian", "tzdata", "2026a", 5],
    ])
  })

  test("npm's, the innermost folder counting", () => {
    const npm = layer(
      {
        "app/node_modules/a/index.js": 10,
        "app/node_modules/a/node_modules/@s/b/index.js": 4,
        "app/node_modules/@s/b/index.js": 5,
      },
      {
        "app/node_modules/a/package.json": '{"version":"1.2.3"}',
        "app/node_modules/@s/b/package.json": "broken",
      },
    )
    expect(packages(npm)).toEqual([
      ["npm", "a", "1.2.3", 10],
      ["npm", "@s/b", undefined, 5],
      ["npm", "@s/b", undefined, 4],
    ])
  })

  test("Python's, by their records, however their folders are called", () => {
    const site = "app/lib/python3.13/site-packages"
    const python = layer(
      {
        ...{ [`${site}/yaml/__init__.py`]: 50, [`${site}/_yaml.so`]: 20, [`${site}/loose/x.py`]: 3 },
        [`${site}/yaml/__pycache__/__init__.cpython-313.pyc`]: 30,
      },
      {
        [`${site}/pyyaml-6.0.2.dist-info/RECORD`]: "yaml/__init__.py,sha256=x,50\n_yaml.so,,\n",
        [`${site}/pyyaml-6.0.2.dist-info/METADATA`]: "Metadata-Version: 2.1\nName: PyYAML\nVersion: 6.0.2\n",
      },
    )
    expect(packages(python)).toEqual([
      ["python", "PyYAML", "6.0.2", 100],
      ["python", "loose", undefined, 3],
    ])
  })

  test("Java's archives, with the versions of their names", () => {
    expect(packages(layer({ "app/lib/jackson-core-2.18.1.jar": 9, "app/orders.jar": 2 }))).toEqual([
      ["java", "jackson-core", "2.18.1", 9],
      ["java", "orders", undefined, 2],
    ])
  })
})

describe("what would make an image smaller", () => {
  function hints(layers: readonly LayerContent[], developmentOnly: readonly string[] = []) {
    const content = stackLayers(layers)
    return sizeHints({ content, environment: "production", developmentOnly: new Set(developmentOnly) }).map(
      ({ what, bytes }) => [what, bytes],
    )
  }

  test("nothing is said where nothing is found", () => {
    expect(hints([layer({ "app/main.js": 1_000_000, "app/test/data.json": 50_000 })])).toEqual([])
  })

  test("files that no run reads are counted once each", () => {
    const big = layer({
      "app/dist/main.js.map": 90_000,
      "app/node_modules/a/test/index.js": 40_000,
      "app/node_modules/a/test/index.ts": 20_000,
      "app/node_modules/a/locale/de.json": 30_000,
      "app/node_modules/a/tiny.map": 1,
    })
    expect(hints([big])).toEqual([
      ["source maps: 2 files that no run reads", 90_001],
      ["test folders of packages: 1 file that no run reads", 40_000],
      ["translations: 1 file that no run reads", 30_000],
      ["TypeScript sources: 1 file that no run reads", 20_000],
    ])
  })

  test("what development alone needs may be in an image for development", () => {
    const content = stackLayers([layer({ "app/main.js.map": 90_000 })])
    expect(sizeHints({ content, environment: "development", developmentOnly: new Set() })).toEqual([])
  })

  test("a package that is there twice, and one that only development needs", () => {
    const npm = layer(
      {
        "app/node_modules/a/index.js": 50_000,
        "app/node_modules/b/node_modules/a/index.js": 40_000,
        "app/node_modules/typescript/tsc.js": 70_000,
      },
      {
        "app/node_modules/a/package.json": '{"version":"2.0.0"}',
        "app/node_modules/b/node_modules/a/package.json": '{"version":"1.0.0"}',
      },
    )
    expect(hints([npm], ["app/node_modules/typescript"])).toEqual([
      ["packages that the lockfile needs for development alone: 1 package", 70_000],
      ["a is there 2 times (1.0.0, 2.0.0): one version for all would do", 40_000],
    ])
  })

  test("symbols, equal files, and files that a higher layer replaces", () => {
    const lower = layer({ "app/run": 60_000, "usr/bin/x": { size: 80_000, strippable: 30_000 } })
    const higher = layer({
      "app/run": { size: 50_000, sha256: "same" },
      "app/again": { size: 50_000, sha256: "same" },
    })
    expect(hints([lower, higher])).toEqual([
      ["files that a higher layer replaces: 1 file, stored and never seen", 60_000],
      ["equal files under several names: 1 copy", 50_000],
      ["symbols for debuggers in 1 program or library: strip them", 30_000],
    ])
  })
})

test("a folder stands for those that hold little beside it", () => {
  const { files } = stackLayers([layer({ "usr/local/bin/node": 1000, "usr/x": 1, "app/main.js": 30 })])
  expect(folderSizes(files, 10)).toEqual([
    { path: "usr/local/bin", files: 1, bytes: 1000 },
    { path: "app", files: 1, bytes: 30 },
  ])
})
