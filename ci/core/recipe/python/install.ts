import type { EnvironmentName } from "../../ids.js"

/** Where Debian's Python looks for packages that are not Debian's. */
export function packagesFolder(minor: string): string {
  return `/usr/local/lib/python${minor}/dist-packages`
}

/** What installers note down: it differs from machine to machine, or says nothing here. */
const notes = ["INSTALLER", "REQUESTED", "direct_url.json", "uv_build.json", "uv_cache.json"]

/** Lines that move what uv installed below /install to /out, without an installer's notes; the list of files is sorted. */
export function moveLines(minor: string): readonly string[] {
  const target = `/out${packagesFolder(minor)}`
  const named = notes.map((name) => `-name ${name}`).join(" -o ")
  const listed = notes.map((name) => `-e '/\\.dist-info\\/${name},/d'`).join(" ")
  return [
    `site=$(find /install -type d -name '*-packages' -path '*/python${minor}/*' -prune)`,
    `mkdir -p ${target}`,
    `cp -R "$site/." ${target}`,
    `base=\${site%/lib/python${minor}/*}`,
    'for part in bin etc share; do [ ! -d "$base/$part" ] || cp -R "$base/$part" /out/usr/local/; done',
    `rm -f ${target}/.lock`,
    `find ${target} -path '*.dist-info/*' -maxdepth 2 -type f '(' ${named} ')' -delete`,
    `find ${target} -maxdepth 2 -path '*.dist-info/RECORD' -exec sed -i ${listed} {} ';' -exec sort -o {} {} ';'`,
  ]
}

/**
 * Lines that compile modules to bytecode which is never compared with its source's time: a time is no part of an
 * image. Development compares it with the source's content, so that a changed source runs.
 */
export function compileLines(
  environment: EnvironmentName,
  minor: string,
  ...folders: readonly string[]
): readonly string[] {
  const mode = environment === "development" ? "checked-hash" : "unchecked-hash"
  const compile = `python${minor} -m compileall -q -j 1 --invalidation-mode ${mode} -s /out -p /`
  // A file that is no Python of this version, such as a template, is left as it is.
  return folders.map((folder) => `[ ! -d ${folder} ] || ${compile} ${folder} || true`)
}

/** Lines that delete type stubs and bytecode of an unknown origin from installed packages. */
export function trimLines(environment: EnvironmentName, folder: string): readonly string[] {
  const stubs = environment === "development" ? "" : " -o -name '*.pyi'"
  return [
    `find ${folder} -depth -name __pycache__ -exec rm -rf {} +`,
    `find ${folder} -type f '(' -name '*.pyc'${stubs} ')' -delete`,
  ]
}
