import type { LockedPackage } from "../lock/lock.js"

/** What no service reads at run time. Copyright files stay: they are the licences' condition. */
const unwanted = [
  "usr/share/man",
  "usr/share/info",
  "usr/share/locale",
  "usr/share/lintian",
  "usr/share/bug",
  "usr/share/bash-completion",
  "usr/share/zsh",
  "usr/share/doc-base",
  "usr/share/gcc",
  "usr/share/gdb",
  "usr/share/pixmaps",
  "usr/share/menu",
  "usr/share/zoneinfo/posix",
  "usr/share/zoneinfo/right",
  "usr/lib/*/gconv",
  "usr/lib/*/audit",
  ...[
    ...["_pyrepl", "ensurepip", "idlelib", "pydoc_data", "test", "turtle.py", "turtledemo"],
    ...["lib-dynload/_test*", "lib-dynload/xx*"],
  ].map((idle) => `usr/lib/python3*/${idle}`),
  "usr/share/debconf",
  "usr/share/perl5/Debconf",
  "usr/lib/systemd",
  "var/lib/systemd",
  "etc/cron.*",
  "etc/default",
  "etc/init.d",
  "etc/logrotate.d",
]

/** The list that the unpack script checks packages against, in the form of sha256sum. */
export function checksumList(packages: readonly LockedPackage[]): string {
  return packages.map(({ name, sha256 }) => `${sha256}  ${name}.deb\n`).join("")
}

/**
 * Makes a root file system of packages: `sh unpack.sh DEBS LIST OUT`, where DEBS holds <name>.deb for each line of LIST,
 * a text of `checksumList`. Needs dpkg-deb, whose version cannot reach the bytes. No package's own scripts run;
 * what the few needed ones would do is done here: certificates in one file, links of the merged /usr, users, /tmp.
 * Each package's control data stays in var/lib/dpkg/status.d, where scanners look for it.
 */
export const unpackScript = `set -eu
export LC_ALL=C
umask 022
debs=$1
list=$2
out=$3
mkdir -p "$out/etc" "$out/tmp" "$out/usr" "$out/var/lib/dpkg/status.d"
cd "$debs"
sha256sum --check --strict --quiet "$list"

one=$(mktemp -d)
while read -r _sum deb; do
  dpkg-deb --extract "$deb" "$one"
  for folder in bin sbin lib lib32 lib64 libx32; do
    if [ -d "$one/$folder" ] && [ ! -L "$one/$folder" ]; then
      mkdir -p "$one/usr/$folder"
      cp -a "$one/$folder/." "$one/usr/$folder/"
      rm -rf "\${one:?}/$folder"
    fi
  done
  cp -a "$one/." "$out/"
  rm -rf "$one"
  mkdir "$one"
  dpkg-deb --field "$deb" > "$out/var/lib/dpkg/status.d/\${deb%.deb}"
done < "$list"
rmdir "$one"

cd "$out"
if [ -d usr/share/doc ]; then
  find usr/share/doc ! -type d ! -name copyright -delete
  find usr/share/doc -type l -delete
fi
rm -rf ${unwanted.join(" ")}

if [ -d usr/share/ca-certificates/mozilla ]; then
  mkdir -p etc/ssl/certs
  find usr/share/ca-certificates/mozilla -name '*.crt' | sort | xargs cat > etc/ssl/certs/ca-certificates.crt
  rm -rf usr/share/ca-certificates usr/sbin/update-ca-certificates etc/ca-certificates
fi

printf 'root:x:0:0:root:/root:/sbin/nologin\\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\\n' > etc/passwd
printf 'root:x:0:\\nnonroot:x:65532:\\n' > etc/group
printf 'hosts: files dns\\n' > etc/nsswitch.conf
if [ ! -e etc/os-release ]; then
  printf 'NAME="Debian GNU/Linux"\\nID=debian\\nVERSION_ID="13"\\nVERSION_CODENAME=trixie\\n' > etc/os-release
fi
find . -mindepth 1 -type d -empty ! -path ./tmp -delete
for folder in bin sbin lib lib32 lib64 libx32; do
  if [ -d "usr/$folder" ] && [ ! -L "$folder" ]; then
    ln -s "usr/$folder" "$folder"
  fi
done
chmod 1777 tmp
# Times of packages and folders reach no image, but layers of stages: so they are the same wherever they were unpacked.
find . -exec touch --no-dereference --date=@0 {} +
`
