import sources from "./server-sources.json" with { type: "json" }

/** The server's sources by path, as `server/` has them: part of the recipe, so that a change of theirs changes keys. */
export const serverSources: Readonly<Record<string, string>> = sources
