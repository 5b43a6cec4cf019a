import type { Directory, Secret, Service } from "@dagger.io/dagger"
import { randomUUID } from "node:crypto"
import { stepFailure } from "../images/step-failure.js"
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
  const host = to.service ? `registry:${portOf(to.host)}` : to.host
  let bench = workbench()
    .withMountedDirectory("/image", publication.image)
    .withMountedDirectory("/record", publication.record)
    .withEnvVariable("HOST", host)
    .withEnvVariable("REPOSITORY", `${host}/${to.repository}`)
    .withEnvVariable("DIGEST", publication.digest)
    .withEnvVariable("RECORD_TAG", publication.recordTag)
    .withEnvVariable("TLS", String(!to.insecure))
    .withEnvVariable("NONCE", randomUUID()) // what a registry holds is never a matter of the engine's cache
  if (to.service) bench = bench.withServiceBinding("registry", to.service)
  if (to.username !== undefined && to.password) {
    bench = bench.withEnvVariable("USERNAME", to.username).withMountedSecret("/run/password", to.password)
  }
  try {
    const output = await bench.withExec(["sh", "-euc", pushScript, "push", ...publication.tags]).stdout()
    return output.trim().split("\n").at(-1) ?? ""
  } catch (error) {
    throw stepFailure(error, { stage: "publish", step: `push to ${to.host}/${to.repository}` })
  }
}

const pushScript = `
login=
if [ -e /run/password ]; then
  skopeo login --tls-verify="$TLS" --authfile /tmp/auth.json --username "$USERNAME" --password-stdin "$HOST" < /run/password >&2
  login="--authfile /tmp/auth.json"
fi
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
