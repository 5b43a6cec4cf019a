import { createServer } from "node:net"
import { UserError } from "../user-error.js"

/** How many ports after the wanted one are tried. */
const tries = 100

/** The port that was asked for, which must be free; else the first free one from `wanted` on. */
export async function localPort(asked: string | undefined, wanted: number): Promise<number> {
  if (asked !== undefined) return askedPort(asked)
  const start = wanted < 1024 ? wanted + 8000 : wanted
  for (let port = start; port < start + tries && port < 65_536; port++) if (await isFree(port)) return port
  throw new UserError(`None of the ports ${start} to ${start + tries - 1} is free. Name another with --port.`)
}

async function askedPort(asked: string): Promise<number> {
  const port = /^\d{1,5}$/.test(asked) ? Number(asked) : 0
  if (port < 1 || port > 65_535) throw new UserError(`--port ${asked}: a number from 1 to 65535 is needed.`)
  if (await isFree(port)) return port
  throw taken(port)
}

/** What is said of a port at which something else listens. */
export function taken(port: number): UserError {
  return new UserError(
    `Port ${port}: something else listens there. The same command without --port takes a free one.`,
  )
}

/** Whether the port can be listened on at this machine's own address. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once("error", () => resolve(false))
    server.listen({ port, host: "127.0.0.1" }, () => server.close(() => resolve(true)))
  })
}
