import { didYouMean } from "../suggest.js"

/** The signals of Linux by their names; those of real time by their distance from the first and the last. */
const names =
  "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS"
    .split(" ")
    .map((name) => `SIG${name}`)

/** Matches the name of a signal. */
export const signalPattern = new RegExp(`^(${names.join("|")}|SIGRTM(IN(\\+\\d{1,2})?|AX(-\\d{1,2})?))$`)

/** What is told of a text that names no signal. */
export function noSignal(found: string): string {
  const meant = didYouMean(/^sig/i.test(found) ? found : `SIG${found}`, names)
  return `is no signal.${meant === "" ? " Write it as in SIGTERM." : meant}`
}
