/**
 * Slipway builds, proves and publishes the container images of a repository of microservices.
 *
 * Services are folders with a service.yaml. The same calls give the same images on a laptop and in any CI.
 */
import {
  argument,
  dag,
  func,
  object,
  type Container,
  type Directory,
  type File,
  type Platform,
  type Secret,
  type Service,
} from "@dagger.io/dagger"
import { assemble, runtimeContainer } from "./images/assemble.js"
import { describeStages } from "./images/interpret.js"
import { builderContainer } from "./images/builder.js"
import { withReachableImages } from "./images/reachable-images.js"
import { publishOnce } from "./pipeline/publish-once.js"
import { openFleet, openTarget, type OpenTarget } from "./pipeline/open-target.js"

/** Builds, proves and publishes the container images of a repository of microservices */
@object()
export class Slipway {
  /** The repository */
  @func()
  source: Directory

  constructor(
    @argument({ defaultPath: ".", ignore: ["**/.git", "**/node_modules", "**/.slipway"] })
    source: Directory,
  ) {
    this.source = source
  }

  /** Names of the repository's services */
  @func()
  async services(): Promise<string[]> {
    const { services } = await openFleet(this.source)
    return services.map((service) => service.name)
  }

  /**
   * The builder stage of a service: toolchain, dependencies, sources and what was built of them
   *
   * @param service Name of the service
   * @param env Environment: development, testing or production (default: the repository's)
   * @param platform Platform of the image (default: the repository's)
   */
  @func()
  async builder(service: string, env?: string, platform?: Platform): Promise<Container> {
    const { target, inputs } = await this.open(service, env, platform)
    return builderContainer(describeStages(target.recipe, inputs))
  }

  /**
   * The runtime stage of a service: what its final image holds beside the service itself
   *
   * @param service Name of the service
   * @param env Environment: development, testing or production (default: the repository's)
   * @param platform Platform of the image (default: the repository's)
   */
  @func()
  async runtime(service: string, env?: string, platform?: Platform): Promise<Container> {
    const { target, inputs } = await this.open(service, env, platform)
    return runtimeContainer(target.recipe, describeStages(target.recipe, inputs))
  }

  /**
   * Build a service: its final image as a container that composes with everything in Dagger
   *
   * @param service Name of the service
   * @param env Environment: development, testing or production (default: the repository's)
   * @param platform Platform of the image (default: the repository's)
   */
  @func()
  async build(service: string, env?: string, platform?: Platform): Promise<Container> {
    const { target, inputs } = await this.open(service, env, platform)
    const image = await assemble(target.recipe, describeStages(target.recipe, inputs))
    return dag.container({ platform: target.platform as string as Platform }).import_(image.file("image.tar"))
  }

  /**
   * The final image of a service as an OCI archive: the bytes that publish pushes
   *
   * @param service Name of the service
   * @param env Environment: development, testing or production (default: the repository's)
   * @param platform Platform of the image (default: the repository's)
   */
  @func()
  async image(service: string, env?: string, platform?: Platform): Promise<File> {
    const { target, inputs } = await this.open(service, env, platform)
    const image = await assemble(target.recipe, describeStages(target.recipe, inputs))
    return image.file("image.tar")
  }

  /**
   * The content key of a service: the hash of everything that can change its image
   *
   * @param service Name of the service
   * @param env Environment: development, testing or production (default: the repository's)
   * @param platform Platform of the image (default: the repository's)
   */
  @func()
  async key(service: string, env?: string, platform?: Platform): Promise<string> {
    return (await this.open(service, env, platform)).target.key
  }

  /**
   * Build a service, boot it once to ask its health, and publish it; what is published already is left alone
   *
   * Returns the image's reference by digest.
   *
   * @param service Name of the service
   * @param env Environment: development, testing or production (default: the repository's)
   * @param platform Platform of the image (default: the repository's)
   * @param registry Where the image goes: HOST[:PORT][/PATH] (default: slipway.yaml's, else the embedded registry)
   * @param registryService The registry itself, for one that containers cannot reach: tcp://127.0.0.1:5000
   * @param username Account at the registry
   * @param password Its password or token
   */
  @func({ cache: "never" })
  async publish(
    service: string,
    env?: string,
    platform?: Platform,
    registry?: string,
    registryService?: Service,
    username?: string,
    password?: Secret,
  ): Promise<string> {
    const open = await this.open(service, env, platform)
    return publishOnce(open, {
      ...(registry ? { registry } : {}),
      ...(registryService ? { service: registryService } : {}),
      ...(username ? { username } : {}),
      ...(password ? { password } : {}),
    })
  }

  private async open(service: string, env?: string, platform?: Platform): Promise<OpenTarget> {
    const open = await openTarget(this.source, {
      service,
      ...(env ? { environment: env } : {}),
      ...(platform ? { platform } : {}),
    })
    const recipe = await withReachableImages(open.target.recipe, console.warn)
    return { ...open, target: { ...open.target, recipe } }
  }
}
