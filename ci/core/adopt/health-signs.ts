import type { z } from "zod"
import type { health } from "../manifest/health.js"
import type { Told } from "./proposal.js"
import { placeOf, type Source } from "./sources.js"

/** A health check as a person would write it. */
export type HealthSettings = z.input<typeof health>

/** Paths that only a health check has, the likeliest first. */
const names = ["health", "healthz", "_healthz", "_health", "healthcheck", "livez", "live", "readyz", "ready"]
const path = `/(?:[\\w-]+/)*(?:${names.join("|")})/?`

/** Calls by which frameworks register a route, and comparisons of a request's path. */
const routes = [
  new RegExp(
    `\\b\\w*(?:get|head|all|use|any|route|handle|handler|handlefunc|path|url|map\\w*|mapping|endpoint|healthchecks|service|add_\\w+)!?\\s*\\(\\s*(?:path\\s*=\\s*|value\\s*=\\s*|\\w+\\s*\\+\\s*)?["'\`](?:GET |HEAD )?(${path})["'\`]`,
    "gi",
  ),
  new RegExp(`(?:===?|case|url:)\\s*["'\`](${path})["'\`]`, "g"),
]

/** Signs that a server answers the health protocol of gRPC; clients of it have none of them. */
const grpc =
  /\bRegisterHealthServer\(|\bHealthServicer\b|add_HealthServicer_to_server|grpc-health-check|grpc\.health\.v1(?!\.\w*Stub)|\bHealthStatusManager\b|tonic_health::server|\bAddGrpcHealthChecks\b|\bHealthCheckService\b|health\.v1\.Health\.service/

/** The health check that sources show: a route of a usual name, else the protocol of gRPC. */
export function healthIn(sources: readonly Source[], folder: string): Told<HealthSettings> | undefined {
  for (const route of routes) {
    const found = sources.flatMap((source) =>
      [...source.text.matchAll(route)].map((match) => ({
        value: match[1] ?? "",
        from: placeOf(source, match.index, folder),
      })),
    )
    const [best] = found.sort((left, right) => rank(left.value) - rank(right.value))
    if (best !== undefined) return { value: { http: best.value }, from: best.from }
  }
  return grpcHealthIn(sources, folder)
}

function grpcHealthIn(sources: readonly Source[], folder: string): Told<HealthSettings> | undefined {
  const [first] = sources.flatMap((source) => {
    const match = grpc.exec(source.text)
    return match === null ? [] : [placeOf(source, match.index, folder)]
  })
  return first === undefined ? undefined : { value: { grpc: "" }, from: first }
}

/** The likeliest name first; of the same name, the shorter path. */
function rank(found: string): number {
  const last = found.replace(/\/$/, "").split("/").at(-1) ?? ""
  return names.indexOf(last.toLowerCase()) * 1000 + found.length
}
