import { z } from "zod"
import { fleetManifest } from "./fleet-manifest.js"
import { serviceManifest } from "./service-manifest.js"

/** The JSON schemas that editors complete manifests with, by file name; generated from what the parser checks. */
export function manifestJsonSchemas(): Readonly<
  Record<"slipway.schema.json" | "service.schema.json", string>
> {
  return { "slipway.schema.json": render(fleetManifest), "service.schema.json": render(serviceManifest) }
}

function render(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), undefined, 2)}\n`
}
