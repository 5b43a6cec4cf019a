/** Files of a Go service that compiles for a few seconds: time enough to interrupt it. */
export function slowService(name: string): Readonly<Record<string, string>> {
  const functions = Array.from(
    { length: 8_000 },
    (_, index) =>
      `func f${index}(n int) int { for i := 0; i < n; i++ { n = n*31 + i*${index} }; return n }\n`,
  )
  return {
    [`services/${name}/service.yaml`]: "language: go\n",
    [`services/${name}/go.mod`]: `module example.com/${name}\n\ngo 1.26.8\n`,
    [`services/${name}/main.go`]: `package main\n\nfunc main() { println("${name}", f0(1)) }\n`,
    [`services/${name}/many.go`]: `package main\n\n${functions.join("\n")}`,
  }
}
