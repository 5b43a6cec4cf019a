import { dag, type Container, type File, type Platform, type Service } from "@dagger.io/dagger"
import type { ResolvedService } from "../../ci/core/resolve/resolved-service.js"
import type { Target } from "../../ci/io/load-target.js"
import { repositoryOf } from "../../ci/io/registry/reference.js"
import { workbench } from "../../ci/src/images/workbench.js"
import type { ImageStore } from "../build/published.js"
import { authorized } from "../build/registry-access.js"
import { newTrace } from "./traces.js"

/** A published image that is to run as a service under its name. */
export interface FleetService {
  readonly resolved: ResolvedService
  readonly image: Container
  /** Every container of the session reaches it by its service's name. */
  readonly service: Service
  /** Under which the engine tells what it prints and how it ends. */
  readonly trace: string
}

/** Describes a target's published image as a service that answers to the service's name; starts nothing. */
export async function fleetService(target: Target, digest: string, store: ImageStore): Promise<FleetService> {
  const { resolved } = target
  const image = await publishedImage(target, digest, store)
  const ports = new Set([
    resolved.port,
    resolved.health && "port" in resolved.health ? resolved.health.port : undefined,
  ])
  const listening = [...ports].reduce(
    (container, port) => (port === undefined ? container : container.withExposedPort(port)),
    image,
  )
  const service = listening.asService({ useEntrypoint: true }).withHostname(resolved.name)
  return { resolved, image, service, trace: newTrace() }
}

async function publishedImage(target: Target, digest: string, store: ImageStore): Promise<Container> {
  const { place, insecure, embedded } = store
  const reference = `${place.host}/${repositoryOf(place, target.service)}@${digest}`
  const blank = dag.container({ platform: target.platform as string as Platform })
  // The engine itself speaks plain HTTP to no registry but the embedded one; a container on it does.
  if (insecure && !embedded) return blank.import_(await copied(reference))
  return authorized(blank, store).from(reference)
}

async function copied(reference: string): Promise<File> {
  const copy = [
    "skopeo",
    "copy",
    "--quiet",
    "--src-tls-verify=false",
    `docker://${reference}`,
    "oci-archive:/image.tar",
  ]
  return (await workbench()).withExec(copy).file("/image.tar")
}
