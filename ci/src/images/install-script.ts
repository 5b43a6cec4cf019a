/**
 * Index and packages in one command: a kept index of yesterday names packages that the mirror has dropped.
 * Without update-ca-certificates the engine adds a machine's own authorities to the bundle by itself, in no time.
 */
export const installScript = `
export DEBIAN_FRONTEND=noninteractive
apt-get -qq -o Acquire::Retries=3 update
apt-get -qq -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 install -y --no-install-recommends "$@" >/dev/null
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/log/* /usr/sbin/update-ca-certificates
`
