import { createHash } from "node:crypto"
import { copyFileSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { compareWithTool, type Question } from "./compare.js"
import { askInToolchain } from "./toolchain.js"

/** Poetry and pip, by hash. */
const list = "python-tools.txt"
const listed = createHash("sha256")
  .update(readFileSync(join(import.meta.dirname, list)))
  .digest("hex")
  .slice(0, 16)

/** What pip would install of a list that a tool exports, with the very Python of the service: only it knows what markers say. */
async function installed(question: Question, ...lines: readonly string[]): Promise<readonly string[]> {
  copyFileSync(join(import.meta.dirname, list), join(question.root, list))
  const output = await askInToolchain(
    question,
    `tools=/tools/${listed}`,
    'if [ ! -e "$tools/done" ]; then',
    '  uv venv --quiet --clear "$tools"',
    `  uv pip install --quiet --python "$tools/bin/python" --require-hashes --requirement ${list}`,
    '  touch "$tools/done"',
    "fi",
    "PATH=$tools/bin:$PATH",
    ...lines,
    "pip install --quiet --dry-run --ignore-installed --require-hashes --requirement /tmp/list.txt --cache-dir /root/.cache/uv/pip --report /tmp/report.json",
    `python -c 'import json; [print("would install", one["metadata"]["name"], one["metadata"]["version"]) for one in json.load(open("/tmp/report.json"))["install"]]'`,
  )
  return [...output.matchAll(/^would install (\S+) (\S+)$/gm)].map(
    ([, name = "", version]) => `${name.toLowerCase().replaceAll(/[-_.]+/g, "-")}@${version}`,
  )
}

compareWithTool("uv", (question) => {
  const groups = question.variant === "development" ? "" : "--no-default-groups"
  return installed(
    question,
    `uv export --quiet --frozen --no-emit-local ${groups} --package ${question.service} --output-file /tmp/list.txt`,
  )
})

compareWithTool("poetry", (question) => {
  const groups = question.variant === "development" ? "--all-groups" : ""
  return installed(
    question,
    `cd services/${question.service}`,
    "poetry check --lock --quiet",
    `poetry export --quiet ${groups} --output /tmp/whole.txt`,
    "grep -vE ' @ file:|^-e file:' /tmp/whole.txt > /tmp/list.txt",
  )
})

compareWithTool("pip", (question) =>
  installed(question, `grep -v '^-e ' services/${question.service}/requirements.txt > /tmp/list.txt`),
)
