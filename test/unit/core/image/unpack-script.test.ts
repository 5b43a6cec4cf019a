import { execFileSync, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { lstatSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, test } from "vitest"
import { checksumList, unpackScript } from "../../../../ci/core/image/unpack-script.js"
import type { LockedPackage } from "../../../../ci/core/lock/lock.js"
import { temporaryFolder } from "../../helpers/repository.js"

const hasDpkg = spawnSync("dpkg-deb", ["--version"]).status === 0

/** Makes a package of files by path and returns its lock entry. */
function makePackage(debs: string, name: string, files: Readonly<Record<string, string>>): LockedPackage {
  const folder = temporaryFolder()
  const control = `Package: ${name}\nVersion: 1.0\nArchitecture: all\nMaintainer: a <a@b.c>\nDescription: d\n`
  for (const [path, content] of Object.entries({ "DEBIAN/control": control, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  execFileSync("chmod", ["-R", "u=rwX,go=rX", folder])
  const file = join(debs, `${name}.deb`)
  execFileSync("dpkg-deb", ["--build", "--root-owner-group", folder, file], { stdio: "ignore" })
  const sha256 = createHash("sha256").update(readFileSync(file)).digest("hex")
  return { name, version: "1.0", architecture: "all", sha256 }
}

function unpack(debs: string, packages: readonly LockedPackage[]): { root: string; status: number | null } {
  const root = join(temporaryFolder(), "rootfs")
  const list = join(temporaryFolder(), "list")
  writeFileSync(list, checksumList(packages))
  const { status } = spawnSync("sh", ["-c", unpackScript, "unpack", debs, list, root], { encoding: "utf8" })
  return { root, status }
}

test.runIf(hasDpkg)(
  "makes a root of packages: merged /usr, certificates, users, licences, no documents",
  () => {
    const debs = temporaryFolder()
    const packages = [
      makePackage(debs, "ca-certificates", {
        "usr/share/ca-certificates/mozilla/B.crt": "second\n",
        "usr/share/ca-certificates/mozilla/A.crt": "first\n",
        "usr/sbin/update-ca-certificates": "#!/bin/sh\n",
      }),
      makePackage(debs, "lib", {
        "lib64/ld.so": "interpreter",
        "usr/lib64/other.so": "other",
        "usr/share/doc/lib/copyright": "MIT",
        "usr/share/doc/lib/changelog": "much",
        "usr/share/man/man1/lib.1": "manual",
      }),
    ]
    const { root, status } = unpack(debs, packages)
    const read = (path: string): string => readFileSync(join(root, path), "utf8")
    expect(status).toBe(0)
    expect(read("etc/ssl/certs/ca-certificates.crt")).toBe("first\nsecond\n")
    expect([readlinkSync(join(root, "lib64")), read("lib64/ld.so"), read("lib64/other.so")]).toEqual([
      "usr/lib64",
      "interpreter",
      "other",
    ])
    expect(read("usr/share/doc/lib/copyright")).toBe("MIT")
    expect(read("etc/passwd")).toContain("nonroot:x:65532:65532:")
    expect(read("var/lib/dpkg/status.d/lib")).toContain("Package: lib")
    expect(lstatSync(join(root, "tmp")).mode & 0o7777).toBe(0o1777)
    for (const gone of [
      "usr/share/doc/lib/changelog",
      "usr/share/man",
      "usr/sbin",
      "sbin",
      "usr/share/ca-certificates",
    ]) {
      expect(lstatSync(join(root, gone), { throwIfNoEntry: false }), gone).toBeUndefined()
    }
  },
)

test.runIf(hasDpkg)("refuses a package with another hash than the lock's", () => {
  const debs = temporaryFolder()
  const locked = makePackage(debs, "lib", { "usr/lib/x": "x" })
  expect(unpack(debs, [{ ...locked, sha256: "0".repeat(64) }]).status).not.toBe(0)
})
