import { posix } from "node:path"
import { dag, type Directory } from "@dagger.io/dagger"
import { inputRoots } from "../../core/resolve/inputs.js"
import type { Target } from "../../io/load-target.js"
import { onDisk } from "../../io/stage-inputs.js"
import { seed } from "../images/seed.js"

/**
 * A target's inputs out of a repository that is a Directory: the listed files alone, with modes 0644 and 0755.
 *
 * The engine keeps what a module's function returned for longer than the module's own container lives, so nothing in
 * it may refer to a folder of that container: the files come from the caller's Directory.
 */
export async function inputsOf(source: Directory, target: Target, exported: string): Promise<Directory> {
  const onDiskInputs = target.inputs.filter((entry) => entry.text === undefined)
  const names = await Promise.all(
    onDiskInputs.map(async (entry) => posix.relative(exported, await onDisk(exported, entry.path))),
  )
  const plain = onDiskInputs.filter((entry) => entry.link === undefined && !entry.executable)
  const lists = [
    names,
    onDiskInputs.flatMap(({ path }, index) => (path === names[index] ? [] : [names[index] ?? "", path])),
    plain.map((entry) => entry.path),
    onDiskInputs.filter((entry) => entry.executable).map((entry) => entry.path),
  ]
  const stdin = lists.map((paths) => `${paths.map((path) => `./${path}\n`).join("")}\n`).join("")
  const roots = inputRoots(target.resolved)
  const files = roots.filter((root) => isFile(root, target))
  const folders = roots.filter((root) => !isFile(root, target))
  const single = files.reduce((all, path) => all.withFile(path, source.file(path)), dag.directory())
  const copied = folders
    .reduce(
      (container, root) =>
        container.withMountedDirectory(posix.join("/source", root), source.directory(root)),
      dag.container().from(seed).withDirectory("/source", single),
    )
    .withExec(["sh", "-euc", copyScript], { stdin })
    .directory("/inputs")
  return target.inputs.reduce(
    (all, { path, text }) => (text === undefined ? all : all.withNewFile(path, text, { permissions: 0o644 })),
    copied,
  )
}

/** What a service uses may be a single file. */
function isFile(root: string, target: Target): boolean {
  return target.inputs.some((entry) => entry.path === root)
}

/** Its input: four lists of paths, an empty line behind each. */
const copyScript = `
umask 022
mkdir /lists
for list in all renamed plain executable; do
  while IFS= read -r path && [ -n "$path" ]; do printf "%s\\n" "$path"; done > /lists/$list
done
mkdir /inputs
cd /source
tar --create --file=- --no-recursion --verbatim-files-from --files-from=/lists/all |
  tar --extract --file=- --directory=/inputs --no-same-owner
cd /inputs
while IFS= read -r from && IFS= read -r to; do
  mkdir -p "$(dirname "$to")"
  mv "$from" "$to"
done < /lists/renamed
find . -mindepth 1 -type d -empty -delete
xargs -r -d '\\n' chmod 644 < /lists/plain
xargs -r -d '\\n' chmod 755 < /lists/executable
`
