import { script, shellWord, type Step } from "../steps.js"

/**
 * Lets Cargo take out of a lock what this build cannot reach, which only the features of every package can tell. It may
 * take packages away, and none may come or change: then the lock was not for these manifests.
 */
export function pruneLock(lock: string, kept: string): Step {
  return script(
    "check Cargo.lock",
    `lock=${shellWord(lock)}`,
    String.raw`packages() { gawk '/^\[\[/ { one = "" } /^(name|version|source|checksum) = / { one = one " " $3 } /^$/ { print one; one = "" } END { print one }' "$1" | sort -u; }`,
    'packages "$lock" > /tmp/before',
    "cargo update --quiet --workspace",
    'packages "$lock" > /tmp/after',
    "added=$(comm -13 /tmp/before /tmp/after)",
    'if [ -n "$added" ]; then',
    '  echo "Cargo.lock does not hold what its manifests ask for; it lacks:" "$added" >&2',
    "  exit 1",
    "fi",
    `mkdir -p "$(dirname ${shellWord(kept)})"`,
    `cp "$lock" ${shellWord(kept)}`,
    "rm /tmp/before /tmp/after",
  )
}
