import { expect, test } from "vitest"
import { dockerIgnore } from "../../../../../ci/core/recipe/docker/dockerignore.js"

const paths = ["README.md", "a.md", "src/a.md", "src/main.go", "src/deep/x/y.txt", "tmp/a", ".env", "[x]"]

/** Which of the paths a context still has. */
function kept(rules: string): string {
  const ignoredBy = dockerIgnore(rules)
  return paths.filter((path) => ignoredBy(path) === undefined).join(" ")
}

test.each([
  ["", "README.md a.md src/a.md src/main.go src/deep/x/y.txt tmp/a .env [x]"],
  ["# *.md\n*.md", "src/a.md src/main.go src/deep/x/y.txt tmp/a .env [x]"],
  ["**/*.md", "src/main.go src/deep/x/y.txt tmp/a .env [x]"],
  ["*.md\n!README.md", "README.md src/a.md src/main.go src/deep/x/y.txt tmp/a .env [x]"],
  ["!README.md\n*.md", "src/a.md src/main.go src/deep/x/y.txt tmp/a .env [x]"],
  ["*\n!src", "src/a.md src/main.go src/deep/x/y.txt"],
  ["*\n!src/**/*.txt", "src/deep/x/y.txt"],
  ["/src/", "README.md a.md tmp/a .env [x]"],
  ["src/../tmp", "README.md a.md src/a.md src/main.go src/deep/x/y.txt .env [x]"],
  ["*/a*", "README.md a.md src/main.go src/deep/x/y.txt .env [x]"],
  ["?.md", "README.md src/a.md src/main.go src/deep/x/y.txt tmp/a .env [x]"],
  ["[R-S]*", "a.md src/a.md src/main.go src/deep/x/y.txt tmp/a .env [x]"],
  ["\\[x\\]", "README.md a.md src/a.md src/main.go src/deep/x/y.txt tmp/a .env"],
  ["src/**", "README.md a.md tmp/a .env [x]"],
  ["  .env  \n\n! .env", "README.md a.md src/a.md src/main.go src/deep/x/y.txt tmp/a .env [x]"],
])("%j keeps %s", (rules, expected) => {
  expect(kept(rules)).toBe(expected)
})
