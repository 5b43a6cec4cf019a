import { expect } from "vitest"
import { findServices, type Found, type FoundService } from "../../../ci/core/adopt/find-services.js"
import type { Proposal } from "../../../ci/core/adopt/proposal.js"
import { renderManifest } from "../../../ci/core/adopt/render-manifest.js"
import { RepositoryView } from "../../../ci/core/adopt/view.js"
import { parseService } from "../../../ci/core/manifest/parse.js"
import { success } from "../../../ci/core/result.js"

/** Files by path. */
type Files = Readonly<Record<string, string>>

/** What is found in files, all of them read. */
export function find(files: Files, { existing = [] as readonly string[], start = "." } = {}): Found {
  return findServices(existing, new RepositoryView(Object.keys(files), new Map(Object.entries(files)), start))
}

/** The one service that is found, with the manifest that is preferred. */
export function findOne(files: Files): FoundService & { readonly proposal: Proposal } {
  const { services } = find(files)
  const [service] = services
  if (service === undefined || services.length > 1) throw new Error(`found ${JSON.stringify(services)}`)
  return { ...service, proposal: service.options[0] }
}

/** The service.yaml of the one service that is found; it, and it with any one hint taken, is a valid manifest. */
export function manifestOf(files: Files): string {
  const { proposal } = findOne(files)
  return checked(proposal)
}

/** A proposal as text, held against the schema with and without its hints. */
export function checked(proposal: Proposal): string {
  const text = renderManifest(proposal, undefined)
  for (const each of [text, ...proposal.hints.map((hint) => uncommented(text, Object.keys(hint.example)))])
    expect(parseService({ file: "service.yaml", text: success(each) })).toMatchObject({ ok: true })
  return text
}

/** A text with the commented settings of these names, and what is below them, uncommented. */
function uncommented(text: string, names: readonly string[]): string {
  let isInside = false
  return text
    .split("\n")
    .map((line) => {
      const setting = /^# (\w+):/.exec(line)?.[1]
      if (setting !== undefined) isInside = names.includes(setting)
      else if (!line.startsWith("#   ")) isInside = false
      return isInside ? line.slice(2) : line
    })
    .join("\n")
}
