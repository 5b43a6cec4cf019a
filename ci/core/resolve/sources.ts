/** What resolving may know of a repository's files: their names, and the texts of those that languages read. */
export interface Sources {
  /** Every file's path that is not ignored, sorted. */
  readonly paths: readonly string[]
  /** Texts of the files that `languageFiles` names, by path. */
  readonly texts: ReadonlyMap<string, string>
}
