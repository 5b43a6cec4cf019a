import { readdirSync } from "node:fs"
import { join } from "node:path"

/** Pids of the processes, this one aside, for which a look into their folder of /proc says yes. */
export function processes(isMeant: (folder: string) => boolean): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return isMeant(join("/proc", pid))
      } catch {
        return false // it ended meanwhile
      }
    })
    .map(Number)
}

/** Waits until a stream has said something; fails when it ends before. */
export async function untilSaid(stream: NodeJS.ReadableStream, words: string): Promise<void> {
  await new Promise<void>((said, ended) => {
    let seen = ""
    stream.on("data", (chunk: Buffer) => {
      seen += chunk.toString()
      if (seen.includes(words)) said()
    })
    stream.once("end", () => ended(new Error(`It ended before it said "${words}":\n${seen}`)))
  })
}
