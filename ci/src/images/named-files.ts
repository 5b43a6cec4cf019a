import { posix } from "node:path"
import type { Directory, File } from "@dagger.io/dagger"

/**
 * Copies single inputs so that the repository's root lands at `to`. One by one: the engine knows a file by its content,
 * but a filtered directory by the whole that it comes from.
 */
export function withNamedFiles<Into extends { withFile(path: string, file: File): Into }>(
  into: Into,
  {
    files,
    inputs,
    to,
  }: { readonly files: readonly string[]; readonly inputs: Directory; readonly to: string },
): Into {
  return files.reduce((all, path) => all.withFile(posix.join(to, path), inputs.file(path)), into)
}
