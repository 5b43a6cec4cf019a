import type { Target } from "../../ci/io/load-target.js"
import { repositoryOf } from "../../ci/io/registry/reference.js"
import type { TargetOutcome } from "./build-targets.js"
import type { ImageStore, PublishedImage } from "./published.js"
import type { TargetReport } from "./report.js"

/** A target that needed no build. */
export function skippedReport(target: Target, image: PublishedImage, store: ImageStore): TargetReport {
  const { digest } = image.manifest
  return {
    ...identityOf(target),
    status: "skipped",
    reason: "published already under this key",
    image: imageOf(target, digest, store),
    digest,
    seconds: 0,
    healthySeconds: null,
    compressedBytes: image.compressedBytes,
    uncompressedBytes: image.uncompressedBytes,
  }
}

/** A target that was built, proven and published. */
export function builtReport(
  target: Target,
  { digest, built }: TargetOutcome,
  seconds: number,
  store: ImageStore,
): TargetReport {
  return {
    ...identityOf(target),
    status: "built",
    reason: "no image with this key was published",
    image: imageOf(target, digest, store),
    digest,
    seconds,
    healthySeconds: built.health?.seconds ?? null,
    compressedBytes: built.summary.compressedBytes,
    uncompressedBytes: built.summary.uncompressedBytes,
  }
}

/** A target that could not be built or published. */
export function failedReport(target: Target, reason: string, seconds: number): TargetReport {
  const nothing = {
    image: null,
    digest: null,
    healthySeconds: null,
    compressedBytes: null,
    uncompressedBytes: null,
  }
  return { ...identityOf(target), status: "failed", reason, seconds, ...nothing }
}

function identityOf({
  service,
  environment,
  platform,
  key,
}: Target): Pick<TargetReport, "service" | "environment" | "platform" | "key"> {
  return { service, environment, platform, key }
}

function imageOf(target: Target, digest: string, { place }: ImageStore): string {
  return `${place.host}/${repositoryOf(place, target.service)}@${digest}`
}
