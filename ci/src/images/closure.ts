import { dag, type Container, type Directory } from "@dagger.io/dagger"
import { checksumList } from "../../core/image/unpack-script.js"
import type { LockedPackage } from "../../core/lock/lock.js"
import { seed } from "./seed.js"

/**
 * Root filesystem made of exactly these Debian packages, unpacked and trimmed by the recipe's script. What a
 * machine's seed holds cannot reach it: the packages come by name, version and sha256 from the lock.
 */
export function closureRootfs(
  packages: readonly LockedPackage[],
  unpackScript: string,
  frozen = false,
): Directory {
  return fetchedPackages(packages, frozen)
    .withExec(["sh", "-c", unpackScript, "unpack.sh", "/debs", "/checksums", "/rootfs"])
    .directory("/rootfs")
}

/** True where others than these packages were taken. */
export async function hasDrifted(packages: readonly LockedPackage[], frozen: boolean): Promise<boolean> {
  return (await fetchedPackages(packages, frozen).file("/drift").size()) > 0
}

function fetchedPackages(packages: readonly LockedPackage[], frozen: boolean): Container {
  const lists = [packageList(packages), checksumList(packages)]
  return dag
    .container()
    .from(seed)
    .withExec(["sh", "-euc", fetchScript, "fetch.sh", ...lists, ...(frozen ? ["frozen"] : [])])
}

function packageList(packages: readonly LockedPackage[]): string {
  return packages.map(({ name, version, architecture }) => `${name} ${version} ${architecture}\n`).join("")
}

/**
 * Fetches the packages that its first argument lists to /debs/NAME.deb and writes its second, their checksums, to
 * /checksums. A version that the mirror has dropped is replaced by the current one, and said, also in /drift: a fresh
 * machine must not fail because Debian moved; with a third argument it fails.
 */
const fetchScript = `
printf %s "$1" > /packages
printf %s "$2" > /checksums
: > /drift
apt="apt-get -qq -o Acquire::Retries=3 -o APT::Sandbox::User=root"
$apt update
mkdir -p /debs
cd /debs
wanted=$(while read -r name version architecture; do echo "$name:$architecture=$version"; done < /packages)
$apt download $wanted 2>/dev/null || while read -r name version architecture; do
  [ ! -e "$name"_*.deb ] || continue
  $apt download "$name:$architecture=$version" 2>/dev/null && continue
  if [ $# -gt 2 ]; then
    echo "$name $version is gone from the mirror, and nothing else may be taken. Run ./slipway lock --update." >&2
    exit 1
  fi
  $apt download "$name:$architecture"
  echo "$name $version is gone from the mirror: $(dpkg-deb -f "$name"_*.deb Version) is taken instead" | tee -a /drift >&2
  sum=$(sha256sum "$name"_*.deb | cut -d ' ' -f 1)
  sed -i "s/^[0-9a-f]*  $name\\.deb\\$/$sum  $name.deb/" /checksums
done < /packages
while read -r name version architecture; do mv "$name"_*.deb "$name.deb"; done < /packages
`
