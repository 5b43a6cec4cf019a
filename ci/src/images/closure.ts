import { dag, type Directory } from "@dagger.io/dagger"
import { closureScript } from "../../core/image/closure-script.js"
import type { LockedPackage } from "../../core/lock/lock.js"
import { seed } from "../../core/recipe/seed.js"

/**
 * Root filesystem made of exactly these Debian packages, unpacked and trimmed; no maintainer script runs. What a
 * machine's seed holds cannot reach it: the packages come by name, version and sha256 from the lock.
 */
export function closureRootfs(packages: readonly LockedPackage[]): Directory {
  return dag
    .container()
    .from(seed)
    .withNewFile("/closure.sh", closureScript)
    .withNewFile("/fetch.sh", fetchScript)
    .withNewFile("/packages", packages.map((p) => `${p.name} ${p.version} ${p.architecture} ${p.sha256}\n`).join(""))
    .withExec(["sh", "-e", "/fetch.sh"])
    .withExec(["sh", "-e", "/closure.sh"])
    .directory("/rootfs")
}

/**
 * Fetches the packages that /packages lists into /debs. A version that the mirror has dropped is replaced by the
 * current one, and said: a fresh machine must not fail because Debian moved. The check sums of the others hold.
 */
const fetchScript = `
mkdir -p /debs && cd /debs
apt-get -qq -o Acquire::Retries=3 update
get() { apt-get -qq -o Acquire::Retries=3 -o APT::Sandbox::User=root download "$1"; }
set --
while read -r name version architecture sha256; do set -- "$@" "$name:$architecture=$version"; done < /packages
[ $# -eq 0 ] || apt-get -qq -o Acquire::Retries=3 -o APT::Sandbox::User=root download "$@" 2>/tmp/error || {
  rm -f ./*.deb
  while read -r name version architecture sha256; do
    get "$name:$architecture=$version" 2>/dev/null && continue
    get "$name:$architecture"
    echo "$name $version is gone from the mirror, $(dpkg-deb -f "$name"_*.deb Version) taken instead" | tee -a /debs/drift
  done < /packages
}
`
