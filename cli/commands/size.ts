import { storedOnce, type ImageDetail, type SizeReport } from "../../ci/core/image/size-report.js"
import { openHome } from "../../engine/home.js"
import { storeOf } from "../build/publish-missing.js"
import type { CommandRun } from "../commands.js"
import { openFleet, pickServices, planTargets } from "../fleet.js"
import { imageDetail } from "../size/image-detail.js"
import { publishedSizes } from "../size/published-sizes.js"
import { renderDetail } from "../size/render-detail.js"
import { renderMarkdown, renderSizes } from "../size/render-sizes.js"
import { asTyped } from "../output/as-typed.js"
import { terminalOf, typingOf } from "../terminal-of.js"
import { exitCodes, UserError } from "../user-error.js"

/** `slipway size [SERVICE …]`: how big the published images are, and what the named ones consist of; no engine needed. */
export async function size(it: CommandRun): Promise<number> {
  const { options, words } = it
  if (options.markdown === true && words.length > 0)
    throw new UserError("--markdown writes the table of the whole fleet. Leave the names out, or the option.")
  const fleet = await openFleet(options, "nothing was measured")
  const named = words.length === 0 ? [] : pickServices(fleet, words).map(({ name }) => name as string)
  const sound = fleet.services.map(({ name }) => name)
  const targets = await planTargets(fleet, words.length === 0 ? [] : sound, options)
  const store = await storeOf(it, fleet, terminalOf(options))
  const images = await publishedSizes(targets, store)
  const details: Record<string, ImageDetail> = {}
  for (const target of targets) {
    const image = images.find(({ service }) => service === target.service)?.image
    if (!image || !named.includes(target.service)) continue
    details[target.service] = await imageDetail(target, image, {
      ...{ store, home: openHome(process.env), texts: fleet.texts },
    })
  }
  const report: SizeReport = {
    ...{ version: 1, budgetBytes: fleet.fleet.limits.imageSizeMB * 1_000_000, images },
    ...{ stored: storedOnce(images), details },
  }
  const text = rendered(report, named, options)
  // The page is read elsewhere than where it is written.
  process.stdout.write(`${options.markdown === true ? text : asTyped(text, typingOf(options))}\n`)
  return named.some((name) => details[name] === undefined) ? exitCodes.failed : exitCodes.done
}

function rendered(
  report: SizeReport,
  named: readonly string[],
  { json, markdown }: CommandRun["options"],
): string {
  if (json === true) return JSON.stringify(report)
  if (markdown === true) return renderMarkdown(report)
  if (named.length === 0) return renderSizes(report)
  const nothing: ImageDetail = { packages: [], folders: [], biggest: [], hints: [] }
  return report.images
    .filter(({ service }) => named.includes(service))
    .map((image) => renderDetail(image, report.details[image.service] ?? nothing))
    .join("\n\n")
}
