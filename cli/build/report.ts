/** What became of one target: a row of `slipway build --json`. Sizes in bytes; absent facts are null. */
export interface TargetReport {
  readonly service: string
  readonly environment: string
  readonly platform: string
  readonly status: "built" | "skipped" | "failed"
  /** Why it was built, skipped, or failed, in one line. */
  readonly reason: string
  /** `REGISTRY/SERVICE@DIGEST`, ready for `docker run`. */
  readonly image: string | null
  readonly digest: string | null
  readonly key: string
  readonly seconds: number
  /** Seconds from the container's start to its first healthy answer; null when it was not booted now. */
  readonly healthySeconds: number | null
  readonly compressedBytes: number | null
  readonly uncompressedBytes: number | null
}

/** The whole of `slipway build --json`. */
export interface BuildReport {
  readonly version: 1
  readonly targets: readonly TargetReport[]
  readonly seconds: number
}
