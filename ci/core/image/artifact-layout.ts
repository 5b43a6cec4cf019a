import { createHash } from "node:crypto"

/** What an artifact is attached to: the descriptor of an image's manifest. */
export interface Subject {
  readonly digest: string
  /** Bytes of the manifest. */
  readonly size: number
}

const manifestType = "application/vnd.oci.image.manifest.v1+json"
const emptyConfig = "{}"

/**
 * Files of an OCI image layout that holds one artifact: a single text attached to an image by `subject`
 * (OCI image specification, "Guidance for an empty descriptor"; distribution specification, "Referrers").
 */
export function artifactLayout(
  artifactType: string,
  text: string,
  subject: Subject,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const blob = (mediaType: string, content: string) => {
    const hex = createHash("sha256").update(content).digest("hex")
    files.set(`blobs/sha256/${hex}`, content)
    return { mediaType, digest: `sha256:${hex}`, size: Buffer.byteLength(content) }
  }
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType,
    config: blob("application/vnd.oci.empty.v1+json", emptyConfig),
    layers: [blob(artifactType, text)],
    subject: { mediaType: manifestType, ...subject },
  }
  const descriptor = blob(manifestType, JSON.stringify(manifest))
  files.set("oci-layout", JSON.stringify({ imageLayoutVersion: "1.0.0" }))
  files.set("index.json", JSON.stringify({ schemaVersion: 2, manifests: [descriptor] }))
  return files
}
