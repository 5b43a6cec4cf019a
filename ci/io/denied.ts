import type { Problem } from "../core/problem.js"

/** True where the system does not let us read. */
export function isDenied(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === "EACCES" || code === "EPERM"
}

/** The problem of a file or folder that we may not read. */
export function deniedProblem(file: string): Problem {
  const message =
    "may not be read by the user that runs this. Change its permissions, or name it in .gitignore."
  return { file, message }
}
