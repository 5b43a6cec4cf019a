/**
 * A pipeline of somebody's own on top of Slipway
 */
import { argument, dag, func, object, type Container, type Directory } from "@dagger.io/dagger"

/** A pipeline of somebody's own on top of Slipway */
@object()
export class Consumer {
  /** The repository with the services */
  @func()
  source: Directory

  constructor(@argument({ defaultPath: "/", ignore: ["**/node_modules", "**/.slipway"] }) source: Directory) {
    this.source = source
  }

  /** A service's image, built by Slipway, with the version of a release in it */
  @func()
  stamped(service: string, version: string): Container {
    return dag
      .slipway({ source: this.source })
      .build(service)
      .withLabel("org.opencontainers.image.version", version)
      .withNewFile("/app/VERSION", `${version}\n`)
  }

  /** Publish the stamped image under its version; returns its reference */
  @func({ cache: "never" })
  async release(service: string, version: string, registry: string): Promise<string> {
    return this.stamped(service, version).publish(`${registry}/${service}:${version}`)
  }
}
