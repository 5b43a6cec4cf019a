import type { RepositoryView } from "./project.js"

/** What the survey read, as a project is read from it. */
export function projectView(texts: ReadonlyMap<string, string>): RepositoryView {
  return { text: (path) => texts.get(path), paths: () => [...texts.keys()] }
}
