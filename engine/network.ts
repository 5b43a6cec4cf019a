import { execa } from "execa"
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { EngineError } from "./failure.js"
import { preferredSubnet, type Home } from "./home.js"

/**
 * The private network of one home: a named namespace for the engine, joined to the host by a veth pair with a /30
 * of its own. The registry listens on the host's end, an address that host, engine and every container share.
 */
export interface Network {
  readonly namespace: string
  readonly hostDevice: string
  readonly engineDevice: string
  readonly subnet: string
  readonly hostAddress: string
  readonly engineAddress: string
}

const port = 5055

/** The home's network as it was set up last; undefined before the first time. Touches nothing but one file. */
export function knownNetwork(home: Home): Network | undefined {
  const file = fileOf(home)
  if (!existsSync(file)) return undefined
  const index = Number.parseInt(readFileSync(file, "utf8"), 10)
  return Number.isInteger(index) && index >= 0 && index < 256 ? networkOf(index) : undefined
}

/** `HOST:PORT` of the embedded registry on this network. */
export function registryAddress(network: Network): string {
  return `${network.hostAddress}:${port}`
}

/** Makes what is missing of the network: namespace, devices, addresses, routes, forwarding. Idempotent. */
export async function raiseNetwork(home: Home): Promise<Network> {
  const network = await claim(home)
  if (!(await isUp(network))) {
    await quiet("ip", "link", "delete", network.hostDevice)
    await quiet("ip", "netns", "delete", network.namespace)
    await ip("netns", "add", network.namespace)
    const mtu = await outgoingMtu()
    await ip(
      "link",
      "add",
      network.hostDevice,
      "mtu",
      mtu,
      "type",
      "veth",
      "peer",
      "name",
      network.engineDevice,
      "mtu",
      mtu,
    )
    await ip("link", "set", network.hostDevice, "alias", home.root)
    await ip("link", "set", network.engineDevice, "netns", network.namespace)
    await ip("address", "add", `${network.hostAddress}/30`, "dev", network.hostDevice)
    await ip("link", "set", network.hostDevice, "up")
    const inside = (...args: string[]) => ip("-n", network.namespace, ...args)
    await inside("link", "set", "lo", "up")
    await inside("address", "add", `${network.engineAddress}/30`, "dev", network.engineDevice)
    await inside("link", "set", network.engineDevice, "up")
    await inside("route", "add", "default", "via", network.hostAddress)
  }
  return network
}

/** Lets the engine's namespace reach the outside: forwarding and masquerading for its subnet alone. Idempotent. */
export async function openOutside(network: Network): Promise<void> {
  writeFileSync("/proc/sys/net/ipv4/ip_forward", "1")
  for (const rule of rulesOf(network)) {
    const present = await execa("iptables", rule("-C"), { reject: false })
    if (present.failed) await run("iptables", rule("-I"))
  }
}

/** Removes the rules that {@link openOutside} made. */
export async function closeOutside(network: Network): Promise<void> {
  for (const rule of rulesOf(network)) await quiet("iptables", ...rule("-D"))
}

/** Removes rules, devices and namespace. */
export async function dropNetwork(home: Home): Promise<void> {
  const network = knownNetwork(home)
  if (!network) return
  await closeOutside(network)
  await quiet("ip", "link", "delete", network.hostDevice)
  await quiet("ip", "netns", "delete", network.namespace)
  rmSync(fileOf(home), { force: true })
}

/** The home's own subnet, or, when another home took it meanwhile, the next one that nobody uses. */
async function claim(home: Home): Promise<Network> {
  const known = knownNetwork(home)
  const start = known ? Number(known.subnet.split(".")[2]) : preferredSubnet(home)
  for (let step = 0; step < 256; step++) {
    const network = networkOf((start + step) % 256)
    const owner = ownerOf(network)
    if (owner === home.root || (owner === undefined && !(await inUse(network)))) {
      writeFileSync(fileOf(home), String((start + step) % 256))
      return network
    }
  }
  throw new EngineError(
    "All 256 subnets of 10.86.0.0/16 are in use on this machine. Stop engines that you no longer need: ./slipway engine stop --all",
  )
}

function networkOf(index: number): Network {
  const subnet = `10.86.${index}`
  return {
    namespace: `slipway${index}`,
    hostDevice: `slipway${index}h`,
    engineDevice: `slipway${index}e`,
    subnet: `${subnet}.0/30`,
    hostAddress: `${subnet}.1`,
    engineAddress: `${subnet}.2`,
  }
}

/** The home that a subnet belongs to, said by the alias of its host device: seen by every home, gone at reboot. */
function ownerOf(network: Network): string | undefined {
  const alias = `/sys/class/net/${network.hostDevice}/ifalias`
  return existsSync(alias) ? readFileSync(alias, "utf8").trim() : undefined
}

async function inUse(network: Network): Promise<boolean> {
  const { stdout } = await execa("ip", ["-o", "address", "show"])
  return stdout.includes(` ${network.hostAddress.slice(0, -1)}`)
}

async function isUp(network: Network): Promise<boolean> {
  const host = await execa("ip", ["-o", "address", "show", "dev", network.hostDevice, "up"], {
    reject: false,
  })
  const inside = await execa("ip", ["-n", network.namespace, "route", "show", "default"], { reject: false })
  return host.stdout.includes(network.hostAddress) && inside.stdout.includes(network.hostAddress)
}

async function outgoingMtu(): Promise<string> {
  const route = await execa("ip", ["-o", "route", "show", "default"], { reject: false })
  const device = /dev (\S+)/.exec(route.stdout)?.[1]
  return device ? readFileSync(`/sys/class/net/${device}/mtu`, "utf8").trim() : "1500"
}

function rulesOf(network: Network): ((verb: string) => string[])[] {
  const comment = ["-m", "comment", "--comment", network.namespace]
  return [
    (verb) => [
      "-w",
      "-t",
      "nat",
      verb,
      "POSTROUTING",
      "-s",
      network.subnet,
      "!",
      "-o",
      network.hostDevice,
      ...comment,
      "-j",
      "MASQUERADE",
    ],
    (verb) => ["-w", verb, "FORWARD", "-i", network.hostDevice, ...comment, "-j", "ACCEPT"],
    (verb) => ["-w", verb, "FORWARD", "-o", network.hostDevice, ...comment, "-j", "ACCEPT"],
  ]
}

function fileOf(home: Home): string {
  return join(home.root, "network")
}

async function ip(...args: string[]): Promise<void> {
  await run("ip", args)
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const done = await execa(command, args, { reject: false })
  if (done.failed)
    throw new EngineError(`${command} ${args.join(" ")} failed: ${done.stderr || done.shortMessage}`)
}

async function quiet(command: string, ...args: string[]): Promise<void> {
  await execa(command, args, { reject: false })
}
