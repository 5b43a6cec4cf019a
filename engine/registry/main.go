// Command registry is the OCI registry beside the embedded engine: distribution v3 with only the storage
// driver that it needs, so that it compiles in seconds.
package main

import (
	"os"

	"github.com/distribution/distribution/v3/registry"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/filesystem"
)

func main() {
	if err := registry.RootCmd.Execute(); err != nil {
		os.Exit(1)
	}
}
