import type { Lock } from "./lock.js"

/** Lays a repository's own lock over the built-in one, entry by entry: its entries win, the others stay. */
export function mergeLocks(base: Lock, own: Lock | undefined): Lock {
  if (own === undefined) return base
  return {
    version: 1,
    debian: { suite: own.debian.suite, packages: { ...base.debian.packages, ...own.debian.packages } },
    node: { ...base.node, ...own.node },
    npm: { ...base.npm, ...own.npm },
    pypi: { ...base.pypi, ...own.pypi },
    requirements: { ...base.requirements, ...own.requirements },
    maven: { ...base.maven, ...own.maven },
    go: { ...base.go, ...own.go },
    images: { ...base.images, ...own.images },
    urls: { ...base.urls, ...own.urls },
  }
}
