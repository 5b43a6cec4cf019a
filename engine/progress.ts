/** Where set-up says what it does and why. The host decides how that looks; nothing here prints. */
export interface Progress {
  /** Runs one named step; `why` says what it is for. Its end and duration are the host's to show. */
  step<T>(title: string, action: (detail: (text: string) => void) => Promise<T>): Promise<T>
  /** One line that is not a step: something was repaired, somebody else is waited for. */
  note(text: string): void
}
