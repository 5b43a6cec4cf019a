import { dag, type Directory } from "@dagger.io/dagger"
import { artifactLayout } from "../../core/image/artifact-layout.js"
import { canonicalJson } from "../../core/canonical-json.js"
import { recordMediaType, type BuildRecord } from "../../core/record.js"
import { environmentTag, keyTag, recordTag } from "../../core/tags.js"
import type { Target } from "../../io/load-target.js"
import type { BuiltTarget } from "./build-target.js"
import { publish, type Destination } from "./publish.js"

/**
 * Publishes a built target under its key and its environment, with the record of how it came about beside it.
 * Returns the digest that the registry serves, which is the image's own; anything else is an error.
 */
export async function publishTarget(target: Target, built: BuiltTarget, to: Destination): Promise<string> {
  const { digest } = built.summary
  const served = await publish(
    {
      image: built.image,
      digest,
      record: recordDirectory(target, built),
      recordTag: recordTag(target.key),
      tags: [keyTag(target.key), environmentTag(target.environment, target.platform)],
    },
    to,
  )
  if (served !== digest)
    throw new Error(`${to.host}/${to.repository} serves ${served} where ${digest} was pushed`)
  return served
}

function recordDirectory(target: Target, built: BuiltTarget): Directory {
  const { service, environment, platform, key, recipe, inputs, resolved } = target
  const record: BuildRecord = {
    version: 1,
    ...{ service, environment, platform, key, recipe, inputs: [...inputs], manifest: resolved },
    ...{ image: built.summary, seconds: built.seconds },
    ...(built.health ? { health: built.health } : {}),
  }
  const subject = { digest: built.summary.digest, size: built.summary.manifestBytes }
  const files = artifactLayout(recordMediaType, canonicalJson(record), subject)
  return [...files].reduce((directory, [path, text]) => directory.withNewFile(path, text), dag.directory())
}
