import { execa } from "execa"
import { join } from "node:path"
import type { Home } from "./home.js"

/**
 * Runs `action` while no other process does the same kind of work in this home. The lock is `flock`'s: it ends
 * with the process that holds it, however that ends, so there is never a stale one to remove.
 * `onWait` is called once when somebody else holds the lock.
 */
export async function exclusively<T>(
  home: Home,
  what: string,
  action: () => Promise<T>,
  onWait?: () => void,
): Promise<T> {
  const holder = execa(
    "flock",
    ["--exclusive", join(home.run, `${what}.lock`), "sh", "-c", "echo held; exec cat"],
    {
      stdin: "pipe",
      reject: false,
      cleanup: true,
    },
  )
  const timer = setTimeout(() => onWait?.(), 300)
  await new Promise<void>((held, failed) => {
    holder.stdout.once("data", () => held())
    holder.once("error", failed)
    holder.once("exit", (code) => failed(new Error(`flock ended with ${code} before it held ${what}.lock`)))
  })
  clearTimeout(timer)
  try {
    return await action()
  } finally {
    holder.stdin.end()
    await holder
  }
}
