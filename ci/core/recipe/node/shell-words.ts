/** The commands of a script that are joined by `&&`, each as its words. */
export type Commands = readonly (readonly string[])[]

/** A word, quoted or plain; whatever a shell would look into or expand is none. */
const word = /\s*(?:(&&)|((?:"[^"$`\\]*"|'[^']*'|[^\s"'$`\\;&|<>()*?#~])+))\s*/y

/** Reads a script as far as no shell is needed to understand it; undefined for all else. */
export function parseCommands(text: string): Commands | undefined {
  const commands: string[][] = [[]]
  word.lastIndex = 0
  while (word.lastIndex < text.length) {
    const match = word.exec(text)
    if (match === null) return undefined
    const [, and, written] = match
    if (and !== undefined) commands.push([])
    else if (written !== undefined) commands.at(-1)?.push(written.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"))
  }
  return commands.every((words) => words.length > 0) ? commands : undefined
}
