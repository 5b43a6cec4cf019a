import { dag, type Container } from "@dagger.io/dagger"
import { seed } from "./seed.js"

/**
 * Index and packages in one command: a kept index of yesterday names packages that the mirror has dropped.
 * Without update-ca-certificates the engine adds a machine's own authorities to the bundle by itself, in no time.
 */
const script = `
export DEBIAN_FRONTEND=noninteractive
apt-get -qq -o Acquire::Retries=3 update
apt-get -qq -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 install -y --no-install-recommends "$@" >/dev/null
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/log/* /usr/sbin/update-ca-certificates
`

/** The command that installs Debian packages as they are today. */
export function installCommand(packages: readonly string[]): string[] {
  return ["sh", "-ec", script, "install", ...packages]
}

/** A container with Debian packages, made by the same first step as a builder's, so that the engine has it already. */
export function tool(packages: readonly string[]): Container {
  return dag.container().from(seed).withExec(installCommand(packages))
}
