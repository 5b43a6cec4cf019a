/** What resolving may know of a repository's files: their names, and the texts of those that languages read. */
export interface Sources {
  /** Paths of the files that are not ignored, by the folder or file that a service reads: its own and all it uses. */
  readonly paths: ReadonlyMap<string, readonly string[]>
  /** What languages found that services use beside what their manifests name, by manifest file. */
  readonly uses: ReadonlyMap<string, readonly string[]>
  /** Texts of the files that the languages read, by path. */
  readonly texts: ReadonlyMap<string, string>
}
