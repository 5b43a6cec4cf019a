package main

import (
	"context"
	"fmt"
	"strings"

	"typescript-sdk/internal/dagger"
)

const newPackage = `{
  "type": "module"
}
`

const newTsconfig = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "ESNext",
    "moduleResolution": "Bundler",
    "experimentalDecorators": true,
    "strict": true,
    "skipLibCheck": true,
    "noEmit": true,
    "paths": {
      "@dagger.io/dagger": ["./sdk/index.ts"],
      "@dagger.io/dagger/telemetry": ["./sdk/telemetry.ts"]
    }
  }
}
`

const newSource = `import { dag, Container, func, object } from "@dagger.io/dagger"

@object()
export class %s {
  /** A container that prints the given text */
  @func()
  echo(text: string): Container {
    return dag.container().from("debian:trixie-slim").withExec(["echo", text])
  }
}
`

// What a new module lacks. A file that exists is never touched.
func missingFiles(ctx context.Context, source *dagger.Directory, name string) (*dagger.Directory, error) {
	missing := dag.Directory()
	for file, text := range map[string]string{
		"package.json":  newPackage,
		"tsconfig.json": newTsconfig,
		"src/index.ts":  fmt.Sprintf(newSource, pascalCase(name)),
	} {
		pattern := file
		if strings.HasPrefix(file, "src/") {
			pattern = "src/**/*.ts"
		}
		found, err := source.Glob(ctx, pattern)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			missing = missing.WithNewFile(file, text)
		}
	}
	return missing, nil
}

func pascalCase(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == ' ' || r == '.' })
	for i, word := range words {
		words[i] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}
