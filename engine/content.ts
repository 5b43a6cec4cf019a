import type { Home } from "./home.js"
import type { Progress } from "./progress.js"
import type { Sources } from "./sources.js"

export async function ensureContent(
  _home: Home,
  _sources: Sources,
  _from: { binaries: string; seed: string },
  _progress: Progress,
): Promise<Record<string, string>> {
  return {}
}
