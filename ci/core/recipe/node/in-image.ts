import { posix } from "node:path"
import type { EnvironmentName } from "../../ids.js"
import type { RecipeRequest } from "../language.js"
import { isNextServer, nextInImage } from "./next.js"
import type { Project } from "./project.js"
import { resolveFile, startOf, type Start } from "./start.js"

/** What the environment of a service is for node and its packages. */
export const nodeEnvironments: Readonly<Record<EnvironmentName, string>> = {
  development: "development",
  testing: "test",
  production: "production",
}

/** What becomes /app: the service's folder, or the repository when the service uses other folders of it. */
export function treeRoot({ service }: RecipeRequest): string {
  return service.uses.length === 0 ? posix.join("/src", service.folder) : "/src"
}

export function pathInImage({ service }: RecipeRequest): string {
  return service.uses.length === 0 ? "." : service.folder
}

/** How package.json starts the entrypoint, where it starts this very file. */
export function startOfEntrypoint({ service, inputs }: RecipeRequest, project: Project): Start | undefined {
  const manifest = project.members.get(project.service)?.manifest
  const start = manifest && startOf(manifest)
  const isThere = (path: string) => inputs.some((entry) => entry.path === posix.join(project.service, path))
  return start !== undefined && resolveFile(start.file, isThere) === service.entrypoint ? start : undefined
}

/** Node with the options and arguments that package.json gives. */
export function entrypoint(request: RecipeRequest, start: Start | undefined): readonly string[] {
  const { service } = request
  const node = "/usr/local/bin/node"
  if (isNextServer(service.entrypoint)) return [node, nextInImage(service.entrypoint)]
  const file = posix.join("/app", pathInImage(request), service.entrypoint)
  return [node, ...(start?.options ?? []), file, ...(start?.args ?? [])]
}
