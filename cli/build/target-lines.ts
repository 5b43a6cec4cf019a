import type { Target } from "../../ci/io/load-target.js"
import { bytes, duration, elapsed, shortDigest } from "../output/format.js"
import { reasonOf, type FailedTarget } from "./failure-story.js"
import type { TargetReport } from "./report.js"

/** The one line of each target in each of its states; columns align over all targets. */
export class TargetLines {
  readonly #nameWidth: number
  readonly #languageWidth: number

  constructor(targets: readonly Target[]) {
    this.#nameWidth = Math.max(...targets.map(({ service }) => service.length)) + 3
    this.#languageWidth = Math.max(...targets.map(({ resolved }) => resolved.language.length)) + 3
  }

  waiting(target: Target): string {
    return `${this.#begin(target)}waiting`
  }

  begun(target: Target): string {
    return `${this.#begin(target)}building`
  }

  running(target: Target, what: string, seconds: number): string {
    return `${this.#begin(target)}${what} · ${elapsed(seconds)}`
  }

  built(target: Target, report: TargetReport): string {
    const { seconds, uncompressedBytes, digest, healthySeconds } = report
    const healthy = healthySeconds === null ? "" : `   healthy in ${duration(healthySeconds)}`
    return `${this.#begin(target)}${duration(seconds).padEnd(13)}${bytes(uncompressedBytes ?? 0).padEnd(9)}${shortDigest(digest ?? "")}${healthy}`
  }

  failed(failed: FailedTarget): string {
    return `${this.#begin(failed.target)}${reasonOf(failed)} after ${duration(failed.seconds)}`
  }

  /** How long it had been built when a signal came; not at all when it had not begun. */
  interrupted(target: Target, seconds: number | undefined): string {
    return `${this.#begin(target)}${seconds === undefined ? "not begun" : `interrupted after ${duration(seconds)}`}`
  }

  #begin({ service, resolved }: Target): string {
    return service.padEnd(this.#nameWidth) + resolved.language.padEnd(this.#languageWidth)
  }
}
