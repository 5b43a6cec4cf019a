// Package distconsts names the places where a Dagger engine looks for its parts. Upstream's package is not
// served as a module of its own, so this one stands in for it (see the replace in ../go.mod).
//
// Every path lies under /run, which is a private tmpfs in the engine's mount namespace (see ../../namespace.ts):
// two engines of one machine therefore never share a file through a compiled-in path.
package distconsts

const (
	DefaultEngineSockAddr = "unix:///run/dagger/engine.sock"
	EngineContainerName   = "dagger-engine"

	RuncPath                         = "/run/slipway/bin/runc"
	DaggerInitPath                   = "/run/slipway/bin/init"
	EngineDefaultStateDir            = "/run/slipway/state"
	EngineContainerBuiltinContentDir = "/run/slipway/content"

	GoSDKManifestDigestEnvName         = "DAGGER_GO_SDK_MANIFEST_DIGEST"
	PythonSDKManifestDigestEnvName     = "DAGGER_PYTHON_SDK_MANIFEST_DIGEST"
	TypescriptSDKManifestDigestEnvName = "DAGGER_TYPESCRIPT_SDK_MANIFEST_DIGEST"

	// Directory.terminal and friends start from this image: the seed, since no other image is to be had.
	AlpineVersion  = "trixie-slim"
	AlpineImage    = "debian:" + AlpineVersion
	GolangVersion  = "1.25.5"
	GolangImage    = "golang:" + GolangVersion + "-alpine"
	BusyboxVersion = "1.37.0"
	BusyboxImage   = "busybox:" + BusyboxVersion

	OCIVersionAnnotation = "org.opencontainers.image.version"

	EngineCustomCACertsDir = "/usr/local/share/ca-certificates"
)
