import { below, manifest, upFrom, type Files, type PlannedService } from "./shape.js"

const version = "1.26.8"
const kit = "common/go-kit"

/** A module that services share, in a folder that is not called libs. */
export const goKit: Files = below(kit, {
  "go.mod": `module example.org/go-kit\n\ngo ${version}\n`,
  "answer/answer.go": `// Package answer serves one text and the health of a service.
package answer

import (
	"fmt"
	"log"
	"net/http"
)

// Forever serves on port 8080.
func Forever(name, text string) {
	http.HandleFunc("/health", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("/", func(response http.ResponseWriter, request *http.Request) {
		log.Printf("%s %s", request.Method, request.URL.Path)
		fmt.Fprintf(response, "%s: %s\\n", name, text)
	})
	log.Printf("%s listens", name)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
`,
  "unused/unused.go": "// Package unused is imported by nobody.\npackage unused\n",
})

/** A module of its own that finds the kit by a replacement, and brings a text whose name has more than ASCII in it. */
export function goModule(service: PlannedService, finds: "replacement" | "workspace"): Files {
  const replace = `\nreplace example.org/go-kit => ${upFrom(service.folder)}/${kit}\n`
  return below(service.folder, {
    ...manifest(service),
    "go.mod": `module example.org/${service.name}\n\ngo ${version}\n\nrequire example.org/go-kit v0.0.0\n${finds === "replacement" ? replace : ""}`,
    "texts/grüße an alle.txt": `servus ${service.mark}\n`,
    "main.go": `// Command ${service.name} greets.
package main

import (
	_ "embed"

	"example.org/go-kit/answer"
)

//go:embed "texts/grüße an alle.txt"
var greeting string

func main() { answer.Forever("${service.name}", greeting) }
`,
  })
}

/** A go.work over the kit and these modules. */
export function goWorkspace(services: readonly PlannedService[]): Files {
  const folders = [kit, ...services.map(({ folder }) => folder)]
  return {
    "go.work": `go ${version}\n\nuse (\n${folders.map((folder) => `\t${quotedPath(`./${folder}`)}\n`).join("")})\n`,
  }
}

function quotedPath(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : JSON.stringify(path)
}

/** The module whose programs {@link goProgram} writes: its root is above all of them. */
export function goPlatform(root: string): Files {
  return below(root, {
    "go.mod": `module example.org/platform\n\ngo ${version}\n`,
    "internal/clock/clock.go": `// Package clock tells the time.
package clock

import "time"

// Now is the time in UTC.
func Now() string { return time.Now().UTC().Format(time.RFC3339) }
`,
  })
}

/** A program in a module that it shares with others. */
export function goProgram(service: PlannedService): Files {
  return below(service.folder, {
    ...manifest(service),
    "main.go": `// Command ${service.name} tells the time.
package main

import (
	"fmt"
	"log"
	"net/http"

	"example.org/platform/internal/clock"
)

func main() {
	http.HandleFunc("/health", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("/", func(response http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(response, "${service.name} ${service.mark}", clock.Now())
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
`,
  })
}
