import type { Container, Directory, Secret, Service } from "@dagger.io/dagger"
import { randomUUID } from "node:crypto"
import { stepFailure } from "../images/step-failure.js"
import type { StageStore } from "../images/stage-store.js"
import { workbench } from "../images/workbench.js"

/** Where an image goes and how the registry is reached. */
export interface Destination {
  /** `HOST[:PORT]` of the registry. */
  readonly host: string
  /** Path of the repository there. */
  readonly repository: string
  /** Plain HTTP. */
  readonly insecure: boolean
  readonly username?: string
  readonly password?: Secret
  /** The registry itself as a service, for one that containers cannot reach under its name. */
  readonly service?: Service
  /** Where the tools that push are kept. */
  readonly stages?: StageStore
}

/** What is published together. */
export interface Publication {
  /** Folder with `image.tar`, an OCI archive. */
  readonly image: Directory
  readonly digest: string
  /** OCI layout of the record that says how the image came about. */
  readonly record: Directory
  readonly recordTag: string
  /** Tags that make the image found; moved last, in this order. */
  readonly tags: readonly string[]
}

/**
 * Pushes an image by its digest, then its record, and only then moves the tags: whoever finds a tag finds all of it,
 * even when this was cut short. Returns the digest that the registry serves under the first tag, read back.
 */
export async function publish(publication: Publication, to: Destination): Promise<string> {
  const bench = (await bound(to))
    .withMountedDirectory("/image", publication.image)
    .withMountedDirectory("/record", publication.record)
    .withEnvVariable("DIGEST", publication.digest)
    .withEnvVariable("RECORD_TAG", publication.recordTag)
  return asked(bench, [pushScript, ...publication.tags], to, "push")
}

/** The digest that a tag names at the registry; undefined when there is no such tag. */
export async function publishedDigest(tag: string, to: Destination): Promise<string | undefined> {
  return (await asked(await bound(to), [lookupScript, tag], to, "look-up")) || undefined
}

/** The workbench with its way to the registry. */
async function bound(to: Destination): Promise<Container> {
  const host = to.service ? `registry:${portOf(to.host)}` : to.host
  let bench = (await workbench(to.stages))
    .withEnvVariable("HOST", host)
    .withEnvVariable("REPOSITORY", `${host}/${to.repository}`)
    .withEnvVariable("TLS", String(!to.insecure))
  if (to.service) bench = bench.withServiceBinding("registry", to.service)
  if (to.username === undefined || !to.password) return bench
  return bench.withEnvVariable("USERNAME", to.username).withMountedSecret("/run/password", to.password)
}

/** Runs a script now, whatever the engine remembers, and returns its last line. */
async function asked(
  bench: Container,
  [script = "", ...args]: readonly string[],
  to: Destination,
  what: string,
): Promise<string> {
  const nonce = randomUUID() // what a registry holds is never a matter of the engine's cache
  try {
    const output = await bench
      .withEnvVariable("NONCE", nonce)
      .withExec(["sh", "-euc", loginScript + script, what, ...args])
      .stdout()
    return output.trim().split("\n").at(-1) ?? ""
  } catch (error) {
    throw stepFailure(error, { stage: "publish", step: `${what} at ${to.host}/${to.repository}` })
  }
}

const loginScript = `
login=
if [ -e /run/password ]; then
  skopeo login --tls-verify="$TLS" --authfile /tmp/auth.json --username "$USERNAME" --password-stdin "$HOST" < /run/password >&2
  login="--authfile /tmp/auth.json"
fi
`

/** Only the registry's plain "there is none" counts as absent; every other answer is a failure. */
const lookupScript = `
if skopeo inspect --raw --retry-times 4 --tls-verify="$TLS" $login "docker://$REPOSITORY:$1" > /tmp/manifest 2> /tmp/error; then
  echo "sha256:$(sha256sum < /tmp/manifest | cut -d ' ' -f 1)"
elif ! grep -qiE 'manifest unknown|name unknown|not found' /tmp/error; then
  cat /tmp/error >&2
  exit 1
fi
`

const pushScript = `
push() {
  skopeo copy --quiet --preserve-digests --retry-times 4 --src-tls-verify="$TLS" --dest-tls-verify="$TLS" $login "$1" "docker://$2" >&2
}
push oci-archive:/image/image.tar "$REPOSITORY@$DIGEST"
push oci:/record "$REPOSITORY:$RECORD_TAG"
for tag in "$@"; do push "docker://$REPOSITORY@$DIGEST" "$REPOSITORY:$tag"; done
skopeo inspect --raw --tls-verify="$TLS" $login "docker://$REPOSITORY:$1" > /tmp/manifest
echo "sha256:$(sha256sum < /tmp/manifest | cut -d ' ' -f 1)"
`

function portOf(host: string): string {
  return /:(\d+)$/.exec(host)?.[1] ?? "5000"
}
