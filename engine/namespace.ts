import { join } from "node:path"
import type { Home } from "./home.js"
import type { Network } from "./network.js"
import { findOnPath } from "./prerequisites.js"

/** What the engine finds under the paths that are compiled into it (dagger/distconsts). */
export interface EngineParts {
  readonly home: Home
  readonly network: Network
  /** Folder of the compiled binaries. */
  readonly binaries: string
  /** Folder of the SDK content. */
  readonly content: string
}

/**
 * Command line that runs the engine in namespaces of its own:
 *
 * - network: the home's, so that bridge, iptables rules and port 53 of several engines do not meet;
 * - mount: /run is a private tmpfs that holds all compiled-in paths, and a private copy of resolv.conf takes the
 *   engine's edits, so that the host's stays intact;
 * - pid: whatever the engine started (dnsmasq, containers) ends with it, however it ends.
 */
export function enterNamespaces({ home, network, binaries, content }: EngineParts): {
  command: string
  args: string[]
} {
  const quoted = (path: string) => `'${path.replaceAll("'", "'\\''")}'`
  const cgroups = join(home.run, "cgroup")
  const resolver = join(home.run, "resolv.conf")
  const script = `
set -eu
# The engine needs the host's cgroup tree and a sysfs of its own network namespace.
mkdir -p ${quoted(cgroups)}
mount --rbind /sys/fs/cgroup ${quoted(cgroups)}
mount -t sysfs sysfs /sys
mount --rbind ${quoted(cgroups)} /sys/fs/cgroup
umount -l ${quoted(cgroups)}
# A resolver that listens on loopback cannot be reached from here: take the addresses that it forwards to.
source=/etc/resolv.conf
if ! grep -qE '^nameserver +([^1:]|1[^2]|12[^7])' "$source" && [ -e /run/systemd/resolve/resolv.conf ]; then
  source=/run/systemd/resolve/resolv.conf
fi
cat "$source" > ${quoted(resolver)}
target=$(readlink -f /etc/resolv.conf)
mount -t tmpfs -o mode=755 tmpfs /run
[ -e "$target" ] || { mkdir -p "$(dirname "$target")"; : > "$target"; }
mount --bind ${quoted(resolver)} "$target"
mkdir -p /run/lock /run/dagger /run/buildkit /run/containers/cni /run/slipway/bin /run/slipway/cni /run/slipway/content /run/slipway/state
mount --bind ${quoted(content)} /run/slipway/content
mount --bind ${quoted(home.state)} /run/slipway/state
ln -s ${quoted(findOnPath("runc") ?? "runc")} /run/slipway/bin/runc
ln -s ${quoted(join(binaries, "init"))} /run/slipway/bin/init
ln -s ${quoted(join(binaries, "dnsname"))} /run/slipway/cni/dnsname
for plugin in /usr/lib/cni/*; do ln -s "$plugin" /run/slipway/cni/; done
ulimit -n 1048576 2>/dev/null || ulimit -n "$(ulimit -Hn)" || true
exec "$0" "$@"
`
  return {
    command: "nsenter",
    args: [
      `--net=/run/netns/${network.namespace}`,
      "unshare",
      ...["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child=SIGKILL", "--mount-proc"],
      ...["sh", "-c", script, join(binaries, "engine")],
    ],
  }
}
