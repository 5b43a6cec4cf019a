import { environmentNames, type Platform } from "../ids.js"
import { runtimeClosure } from "../recipe/closure-stage.js"
import { isPinnedImage } from "../recipe/own-images.js"
import type { OutsideNeeds } from "../recipe/language.js"
import { languageRecipe } from "../recipe/languages.js"
import type { ResolvedService } from "../resolve/resolved-service.js"
import { closurePackages, rootsOf, workshop } from "./closures.js"
import type { Lock } from "./lock.js"
import { pickVersion } from "./pick-version.js"
import { heldRequirements, type AskedRequirements } from "./requirements.js"

/** Programs by name, each with the beginnings of the versions that are wanted. */
export type WantedVersions = Readonly<Record<string, readonly string[]>>

/** Python packages to find, with what finding them needs. */
export interface RequirementsNeed extends AskedRequirements {
  /** Debian packages that sources may ask for when they tell what they depend on. */
  readonly builderPackages: readonly string[]
  /** Versions to stay at where they still fit, by package. */
  readonly kept: Readonly<Record<string, string>>
}

/** What services need from outside. */
export interface LockNeeds {
  /** Sets of Debian packages by name, each with its roots. */
  readonly closures: Readonly<Record<string, readonly string[]>>
  /** Versions of Node as the services write them: exact, or the beginning of one. */
  readonly node: readonly string[]
  /** Exact versions of Go. */
  readonly go: readonly string[]
  readonly npm: WantedVersions
  readonly pypi: WantedVersions
  readonly maven: WantedVersions
  /** Python packages without hashes, by the file that asks for them. */
  readonly requirements: Readonly<Record<string, RequirementsNeed>>
  /** References of images, as Dockerfiles and manifests write them. */
  readonly images: readonly string[]
  /** Addresses of files that Dockerfiles fetch. */
  readonly urls: readonly string[]
}

/** Everything that services need from outside, pinned or not. */
export function allNeeds(services: readonly ResolvedService[]): LockNeeds {
  const needs = services.flatMap((service) => languageRecipe(service.language)?.needs(service) ?? [])
  const requirements = services.flatMap(({ requirements: asked = {}, builderPackages }) =>
    Object.entries(asked).map(([file, each]) => [file, { ...each, builderPackages, kept: {} }] as const),
  )
  const closures = [
    ...(services.length === 0 ? [] : [workshop]),
    ...services.flatMap(runtimeClosures),
    ...needs.flatMap((each) => each.closures ?? []),
  ]
  return {
    closures: Object.fromEntries([...new Set(closures)].sort().map((name) => [name, rootsOf(name)])),
    node: unique(needs.map((each) => each.node)),
    go: unique(needs.map((each) => each.go)),
    npm: versions(needs, "npm"),
    pypi: versions(needs, "pypi"),
    maven: versions(needs, "maven"),
    requirements: Object.fromEntries(requirements),
    images: unique([...needs.flatMap((each) => each.images ?? []), ...services.flatMap(ownImages)]),
    urls: unique(needs.flatMap((each) => each.urls ?? [])),
  }
}

/** What of some needs a lock does not pin yet for a platform. */
export function missingNeeds(all: LockNeeds, lock: Lock, platform: Platform): LockNeeds {
  const isHeld = (entry: Partial<Record<Platform, string>> | undefined) => entry?.[platform] !== undefined
  return {
    closures: Object.fromEntries(
      Object.entries(all.closures).filter(([name]) => closurePackages(lock, name, platform).length === 0),
    ),
    node: all.node.filter((version) => !isHeld(lock.node[version])),
    go: all.go.filter((version) => !isHeld(lock.go[version])),
    npm: missing(all.npm, (name) => Object.keys(lock.npm[name] ?? {})),
    pypi: missing(all.pypi, (name) =>
      Object.entries(lock.pypi[name] ?? {}).flatMap(([version, held]) => (isHeld(held) ? [version] : [])),
    ),
    maven: missing(all.maven, (name) => Object.keys(lock.maven[name] ?? {})),
    requirements: missingRequirements(all, lock, platform),
    images: all.images.filter((reference) => !isHeld(lock.images[reference])),
    urls: all.urls.filter((url) => lock.urls[url] === undefined),
  }
}

/** True when there is nothing left to pin. */
export function isPinned(needs: LockNeeds): boolean {
  const { closures, node, go, npm, pypi, maven, requirements, images, urls } = needs
  return (
    [closures, npm, pypi, maven, requirements].every((each) => Object.keys(each).length === 0) &&
    node.length + go.length + images.length + urls.length === 0
  )
}

function runtimeClosures(service: ResolvedService): readonly string[] {
  const recipe = languageRecipe(service.language)
  return recipe === undefined
    ? []
    : environmentNames.flatMap((environment) => runtimeClosure(recipe, service, environment) ?? [])
}

function versions(needs: readonly OutsideNeeds[], kind: "npm" | "pypi" | "maven"): WantedVersions {
  const wanted: Record<string, readonly string[]> = {}
  for (const [name, version] of needs.flatMap((each) => Object.entries(each[kind] ?? {})))
    wanted[name] = unique([...(wanted[name] ?? []), version])
  return wanted
}

function missing(wanted: WantedVersions, held: (name: string) => readonly string[]): WantedVersions {
  const entries = Object.entries(wanted).map(
    ([name, each]) =>
      [name, each.filter((version) => pickVersion(held(name), version) === undefined)] as const,
  )
  return Object.fromEntries(entries.filter(([, each]) => each.length > 0))
}

/** Requirements that the lock does not answer, each with the answer to what was asked before. */
function missingRequirements(all: LockNeeds, lock: Lock, platform: Platform): LockNeeds["requirements"] {
  const open = Object.entries(all.requirements).filter(
    ([file, asked]) => heldRequirements(lock, file, asked, platform) === undefined,
  )
  return Object.fromEntries(
    open.map(([file, need]) => {
      const packages = Object.entries(lock.requirements[file]?.[platform]?.packages ?? {})
      return [
        file,
        { ...need, kept: Object.fromEntries(packages.map(([name, { version }]) => [name, version])) },
      ]
    }),
  )
}

function unique(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== undefined))]
}

function ownImages({ images = {} }: ResolvedService): readonly string[] {
  return [images.builder, images.runtime].filter(
    (reference) => reference !== undefined && !isPinnedImage(reference),
  ) as readonly string[]
}
