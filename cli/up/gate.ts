import { dag, type Container, type Service } from "@dagger.io/dagger"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { connect, createServer, type Socket } from "node:net"
import { tool } from "../../ci/src/images/install.js"
import type { Door } from "./door.js"
import { taken } from "./free-port.js"

/** The only way from outside to the services of a run. */
export interface Gate {
  /** Ends every connection and all that the gate runs in the engine. */
  close(): Promise<void>
}

/** Where the keeper listens in its own container. */
const keeperPort = 8000

/** Lets a connection through to the door if it begins with the run's password. */
const keeperScript = `
IFS= read -r -t 5 said
[ "$said" = "$PASSWORD" ] && exec socat STDIO "TCP:$DOOR"
`

/**
 * Opens the door at a local port, for this machine alone. Dagger's tunnel listens on every address of the machine, so
 * it leads to a keeper that wants a password, which nobody has but the listener here. Throws a UserError when
 * something else listens at the port by now.
 */
export async function openGate(door: Door, port: number, tools: Container): Promise<Gate> {
  const password = randomBytes(32).toString("hex")
  const tunnel = await dag
    .host()
    .tunnel(keeper(door, password, tools), { ports: [{ backend: keeperPort }] })
    .start()
  const [, inner] = /:(\d+)$/.exec(await tunnel.endpoint()) ?? []
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (outside) => {
    const inside = connect({ host: "127.0.0.1", port: Number(inner), allowHalfOpen: true })
    inside.write(`${password}\n`)
    join(outside, inside, sockets)
  })
  server.listen(port, "127.0.0.1")
  await once(server, "listening").catch(() => Promise.reject(taken(port)))
  return {
    close: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      await tunnel.stop()
    },
  }
}

/** What the keeper is made of; to be had before services are up, since an engine makes it once. */
export function gateTools(): Promise<Container> {
  return tool(["socat"]).sync()
}

function keeper(door: Door, password: string, tools: Container): Service {
  const listener = `TCP-LISTEN:${keeperPort},fork,reuseaddr,backlog=256`
  return tools
    .withEnvVariable("PASSWORD", password)
    .withEnvVariable("DOOR", `${door.name}:${door.port}`)
    .withNewFile("/keeper", keeperScript)
    .withExposedPort(keeperPort)
    .asService({ args: ["socat", listener, "EXEC:bash /keeper"] })
}

/** Hands on what comes from either side; where one breaks, the other ends. */
function join(left: Socket, right: Socket, open: Set<Socket>): void {
  for (const [from, to] of [
    [left, right],
    [right, left],
  ] as const) {
    open.add(from)
    from.setNoDelay(true)
    from.pipe(to)
    from.on("error", () => to.destroy())
    from.on("close", () => {
      open.delete(from)
      to.end()
    })
  }
}
