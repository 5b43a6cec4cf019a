import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { onTestFinished } from "vitest"

/** A fresh folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "slipway-test-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A repository made of files by path, in a folder that is gone after the test. */
export function repository(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

/** The files of the smallest Go service. */
export const goService: Readonly<Record<string, string>> = {
  "services/hello/service.yaml": "language: go\nport: 8080\n",
  "services/hello/go.mod": "module hello\n\ngo 1.26.8\n",
  "services/hello/main.go": "package main\n\nfunc main() {}\n",
}

/** The files of the smallest Node service that has a build and a dependency. */
export const nodeService: Readonly<Record<string, string>> = {
  "services/web/service.yaml": "language: node\nport: 3000\n",
  "services/web/package.json": JSON.stringify({
    main: "dist/main.js",
    scripts: { build: "tsc" },
    dependencies: { fastify: "^5.0.0" },
  }),
  "services/web/package-lock.json": JSON.stringify({
    lockfileVersion: 3,
    packages: {
      "": { dependencies: { fastify: "^5.0.0" } },
      "node_modules/fastify": { version: "5.0.0", integrity: "sha512-AA==" },
    },
  }),
  "services/web/src/main.ts": "export {}\n",
}

/** The files of the smallest Python service that has a dependency. */
export const pythonService: Readonly<Record<string, string>> = {
  "services/greeter/service.yaml": "language: python\nport: 8000\n",
  "services/greeter/requirements.txt": `idna==3.20 --hash=sha256:${"a".repeat(64)}\n`,
  "services/greeter/main.py": "import idna\n",
}

/** The files of the smallest Rust service that has a dependency. */
export const rustService: Readonly<Record<string, string>> = {
  "services/price/service.yaml": "language: rust\nport: 8080\n",
  "services/price/Cargo.toml": `[package]
name = "price"
version = "0.1.0"
edition = "2024"

[dependencies]
itoa = "1"
`,
  "services/price/Cargo.lock": `version = 4

[[package]]
name = "itoa"
version = "1.0.11"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "${"a".repeat(64)}"

[[package]]
name = "price"
version = "0.1.0"
dependencies = [
 "itoa",
]
`,
  "services/price/src/main.rs": "fn main() {}\n",
}

/** The files of the smallest page that is served as it is. */
export const plainPage: Readonly<Record<string, string>> = {
  "services/page/service.yaml": "language: static\nport: 8080\n",
  "services/page/index.html": "<h1>Hello</h1>\n",
}

/** The files of the smallest page that is built: those of the Node service under another name. */
export const builtPage: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(nodeService).map(([path, text]) => [path.replace("/web/", "/page/"), text]),
  ),
  "services/page/service.yaml": "language: static\nport: 8080\n",
}

/** The files of the smallest Java service. */
export const javaService: Readonly<Record<string, string>> = {
  "services/hello/service.yaml": "language: java\nport: 8080\n",
  "services/hello/pom.xml":
    "<project><groupId>com.acme</groupId><artifactId>hello</artifactId><version>1</version></project>\n",
  "services/hello/src/main/java/com/acme/Main.java":
    "package com.acme;\n\nclass Main {\n  public static void main(String[] args) {}\n}\n",
}
