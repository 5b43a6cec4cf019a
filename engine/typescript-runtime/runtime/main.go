// Slipway's runtime for TypeScript modules: scans and bundles a module once for each edit, so that a call only starts node.
package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/Khan/genqlient/graphql"

	"typescript-sdk/internal/dagger"
)

const (
	// The scan takes places in the source relative to the second "src" of a path, as upstream's runtime does.
	moduleDir = "/src"
	sdkDir    = "/opt/slipway/sdk"
	npmCache  = "/root/.npm"
)

func New(
	// The content: a root filesystem with node, the SDK's programs under /opt/slipway and this module as /runtime.
	// +optional
	sdkSourceDir *dagger.Directory,
) *TypescriptSdk {
	return &TypescriptSdk{SDKSourceDir: sdkSourceDir}
}

type TypescriptSdk struct {
	SDKSourceDir *dagger.Directory
}

// The container in which the engine calls the module's functions.
func (t *TypescriptSdk) ModuleRuntime(
	ctx context.Context,
	modSource *dagger.ModuleSource,
	introspectionJSON *dagger.File,
) (*dagger.Container, error) {
	name, err := modSource.ModuleOriginalName(ctx)
	if err != nil {
		return nil, err
	}
	source, err := moduleFiles(ctx, modSource)
	if err != nil {
		return nil, err
	}
	container, err := t.withPackages(ctx, source)
	if err != nil {
		return nil, err
	}
	built := container.
		WithDirectory(moduleDir, source, dagger.ContainerWithDirectoryOpts{Exclude: []string{"node_modules", "sdk", ".slipway"}}).
		WithDirectory(moduleDir+"/sdk", t.moduleSDK(introspectionJSON)).
		// The scan's compiler finds the SDK as a package.
		WithExec([]string{"sh", "-c", "mkdir -p node_modules/@dagger.io && rm -rf node_modules/@dagger.io/dagger && ln -s ../../sdk node_modules/@dagger.io/dagger && exec node " + sdkDir + "/build.mjs \"$0\"", name}).
		WithEntrypoint([]string{"node", "--no-deprecation", moduleDir + "/.slipway/main.mjs"})
	return withEngineVariable(ctx, built, "SLIPWAY_REGISTRY")
}

// The files that let an editor understand the module: `sdk`, and what a new module lacks.
func (t *TypescriptSdk) Codegen(
	ctx context.Context,
	modSource *dagger.ModuleSource,
	introspectionJSON *dagger.File,
) (*dagger.GeneratedCode, error) {
	subpath, err := modSource.SourceSubpath(ctx)
	if err != nil {
		return nil, err
	}
	name, err := modSource.ModuleOriginalName(ctx)
	if err != nil {
		return nil, err
	}
	context := modSource.ContextDirectory()
	missing, err := missingFiles(ctx, context.Directory(subpath), name)
	if err != nil {
		return nil, err
	}
	sdk := t.moduleSDK(introspectionJSON).WithDirectory(".", t.SDKSourceDir.Directory(sdkDir+"/editor"))
	return dag.GeneratedCode(context.WithDirectory(subpath, missing.WithDirectory("sdk", sdk))).
		WithVCSGeneratedPaths([]string{"sdk/**"}).
		WithVCSIgnoredPaths([]string{"sdk", "node_modules"}), nil
}

func moduleFiles(ctx context.Context, modSource *dagger.ModuleSource) (*dagger.Directory, error) {
	subpath, err := modSource.SourceSubpath(ctx)
	if err != nil {
		return nil, err
	}
	return modSource.ContextDirectory().Directory(subpath), nil
}

// The content is the root filesystem itself: a folder of it would be copied at each call.
//
// Without update-ca-certificates the engine adds its own certificates to the bundle itself: where a machine has some, that
// command would run before and after each exec, 0.7 s each time.
func (t *TypescriptSdk) node() *dagger.Container {
	return dag.Container().
		WithRootfs(t.SDKSourceDir).
		WithoutFile("/usr/sbin/update-ca-certificates").
		WithEnvVariable("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin").
		WithEnvVariable("NODE_EXTRA_CA_CERTS", "/etc/ssl/certs/ca-certificates.crt")
}

// Node with the build program's compiled code kept in the layer: made once for each content.
func (t *TypescriptSdk) toolchain() *dagger.Container {
	return t.node().WithExec([]string{"node", sdkDir + "/build.mjs", "--prime"}).WithWorkdir(moduleDir)
}

// Adds the module's npm packages, in a layer that depends on its two package files only.
func (t *TypescriptSdk) withPackages(ctx context.Context, source *dagger.Directory) (*dagger.Container, error) {
	container := t.toolchain()
	files, err := source.Entries(ctx)
	if err != nil {
		return nil, err
	}
	has := make(map[string]bool, len(files))
	for _, file := range files {
		has[file] = true
	}
	if !has["package.json"] {
		return container, nil
	}
	text, err := source.File("package.json").Contents(ctx)
	if err != nil {
		return nil, err
	}
	needed, err := needsPackages(text)
	if err != nil || !needed {
		return container, err
	}
	install := "install"
	if has["package-lock.json"] || has["npm-shrinkwrap.json"] {
		install = "ci"
	}
	// A single file is known by its content, a filtered directory is not: that would install anew at each edit.
	for _, file := range []string{"package.json", "package-lock.json", "npm-shrinkwrap.json", ".npmrc"} {
		if has[file] {
			container = container.WithFile(moduleDir+"/"+file, source.File(file))
		}
	}
	return container.
		WithMountedCache(npmCache, dag.CacheVolume("slipway-npm")).
		WithExec([]string{"npm", install, "--omit=dev", "--no-audit", "--no-fund", "--no-update-notifier"}).
		WithoutMount(npmCache), nil
}

// The SDK and the compiler come with the runtime: a module that asks for nothing else needs no network.
func needsPackages(packageJSON string) (bool, error) {
	var manifest struct {
		Dependencies         map[string]string `json:"dependencies"`
		OptionalDependencies map[string]string `json:"optionalDependencies"`
	}
	if err := json.Unmarshal([]byte(packageJSON), &manifest); err != nil {
		return false, fmt.Errorf("the module's package.json is not valid: %w", err)
	}
	delete(manifest.Dependencies, "@dagger.io/dagger")
	delete(manifest.Dependencies, "typescript")
	return len(manifest.Dependencies)+len(manifest.OptionalDependencies) > 0, nil
}

// The module's sdk folder. Nothing in it names the module, so all modules that see the same schema share it.
func (t *TypescriptSdk) moduleSDK(introspectionJSON *dagger.File) *dagger.Directory {
	bindings := t.node().
		WithMountedFile("/schema.json", introspectionJSON).
		WithWorkdir("/gen").
		WithExec([]string{
			"/opt/slipway/codegen", "generate-module", "--lang", "typescript", "--bundle",
			"--output", "/gen", "--module-name", "module", "--module-source-path", "/gen",
			"--introspection-json-path", "/schema.json",
		}).
		File("/gen/sdk/src/api/client.gen.ts")
	return t.SDKSourceDir.Directory(sdkDir+"/module").WithFile("client.gen.ts", bindings)
}

// Lets the container see a variable of the engine's own process (there: _DAGGER_ENGINE_SYSTEMENV_<name>). Its value is no part
// of any cache key. The field is the engine's own and in no schema for modules, hence the plain request.
func withEngineVariable(ctx context.Context, container *dagger.Container, name string) (*dagger.Container, error) {
	id, err := container.ID(ctx)
	if err != nil {
		return nil, err
	}
	var response struct {
		Container struct {
			With struct {
				ID dagger.ContainerID `json:"id"`
			} `json:"with"`
		} `json:"container"`
	}
	err = dag.GraphQLClient().MakeRequest(ctx,
		&graphql.Request{
			Query:     `query($id: ContainerID!, $name: String!) { container: loadContainerFromID(id: $id) { with: __withSystemEnvVariable(name: $name) { id } } }`,
			Variables: map[string]any{"id": id, "name": name},
		},
		&graphql.Response{Data: &response},
	)
	if err != nil {
		return nil, fmt.Errorf("the engine does not pass on %s: %w", name, err)
	}
	return dag.LoadContainerFromID(response.Container.With.ID), nil
}
