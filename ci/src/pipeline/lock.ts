import { dag, type Container, type Platform as EnginePlatform } from "@dagger.io/dagger"
import { randomUUID } from "node:crypto"
import { Digest, type Platform } from "../../core/ids.js"
import { dataPackages, debianArchitecture } from "../../core/lock/closures.js"
import type { LockNeeds, WantedVersions } from "../../core/lock/lock-needs.js"
import { lockedPackage, type Lock, type LockedPackage } from "../../core/lock/lock.js"
import { pickVersion } from "../../core/lock/pick-version.js"
import { mavenCentral } from "../../core/recipe/java/toolchain.js"
import { nodePackage } from "../../core/recipe/node/toolchain.js"
import { seed } from "../images/seed.js"
import { StepFailure } from "../images/step-failure.js"
import { tool } from "../images/install.js"
import { ask } from "./ask.js"
import { askRequirements } from "./lock-requirements.js"

/**
 * Asks Debian, registries and indexes for what is needed and returns it as lock entries for a platform. Looks at
 * the outside world each time. Throws a StepFailure that names what could not be found.
 */
export async function pin(
  needs: LockNeeds,
  platform: Platform,
  onStep: (what: string) => void,
): Promise<Partial<Lock>> {
  const packages: Lock["debian"]["packages"] = {}
  const index = packageIndex(platform)
  for (const [name, roots] of Object.entries(needs.closures)) {
    onStep(`Debian packages of ${name}`)
    packages[name] = { roots: [...roots], packages: await resolveClosure(roots, platform, index) }
  }
  const node: Lock["node"] = {}
  for (const wanted of needs.node) {
    onStep(`node ${wanted}`)
    const { version, integrity } = await askNpm(nodePackage(platform), wanted)
    node[version] = { [platform]: integrity }
  }
  const npm: Lock["npm"] = {}
  for (const [name, wanted] of wantedTools(needs.npm)) {
    onStep(`${name} ${wanted}`)
    const { version, integrity } = await askNpm(name, wanted)
    npm[name] = { ...npm[name], [version]: integrity }
  }
  const pypi: Lock["pypi"] = {}
  for (const [name, wanted] of wantedTools(needs.pypi)) {
    onStep(`${name} ${wanted}`)
    const { version, sha256 } = await askPyPI(name, wanted, platform)
    pypi[name] = { ...pypi[name], [version]: { [platform]: sha256 } }
  }
  const requirements: Lock["requirements"] = {}
  for (const [file, need] of Object.entries(needs.requirements)) {
    onStep(`packages of ${file}`)
    requirements[file] = { [platform]: await askRequirements(file, need, platform) }
  }
  const maven: Lock["maven"] = {}
  for (const [name, wanted] of wantedTools(needs.maven)) {
    onStep(`${name} ${wanted}`)
    const { version, sha512 } = await askMaven(name, wanted)
    maven[name] = { ...maven[name], [version]: sha512 }
  }
  const go: Lock["go"] = {}
  for (const version of needs.go) {
    onStep(`go ${version}`)
    go[version] = { [platform]: await askGo(version, platform) }
  }
  const images: Lock["images"] = {}
  for (const reference of needs.images) {
    onStep(reference)
    images[reference] = { [platform]: await askImage(reference, platform) }
  }
  const urls: Lock["urls"] = {}
  for (const url of needs.urls) {
    onStep(url)
    urls[url] = await askUrl(url)
  }
  return { debian: { suite: "trixie", packages }, node, go, npm, pypi, requirements, maven, images, urls }
}

function wantedTools(tools: WantedVersions): readonly (readonly [name: string, version: string])[] {
  return Object.entries(tools).flatMap(([name, versions]) =>
    versions.map((version) => [name, version] as const),
  )
}

/** The seed with Debian's package index of this moment. */
function packageIndex(platform: Platform): Container {
  const architecture = debianArchitecture(platform)
  const apt = `-o APT::Architecture=${architecture} -o APT::Architectures::=${architecture}`
  return dag
    .container()
    .from(seed)
    .withEnvVariable("NONCE", randomUUID())
    .withExec(["sh", "-euc", `apt-get -qq -o Acquire::Retries=3 ${apt} update`])
}

async function resolveClosure(
  roots: readonly string[],
  platform: Platform,
  index: Container,
): Promise<LockedPackage[]> {
  const libraries = roots.filter((root) => !dataPackages.includes(root))
  const data = roots.filter((root) => dataPackages.includes(root))
  const args = [debianArchitecture(platform), libraries.join(" "), data.join(" ")]
  const text = await ask(index, resolveScript, args, `Debian packages ${roots.join(", ")}`)
  return text.split("\n").map((line) => {
    const [name, version, architecture, sha256] = line.split(" ")
    return lockedPackage.parse({ name, version, architecture, sha256 })
  })
}

/** Name, version, architecture and sha256 of each package of a closure, as if nothing were installed. */
const resolveScript = `
architecture=$1 libraries=$2 data=$3
apt="-o APT::Architecture=$architecture -o APT::Architectures::=$architecture"
: > /tmp/status
: > /tmp/plan
[ -z "$libraries" ] ||
  apt-get -s $apt -o Dir::State::status=/tmp/status --no-install-recommends install $libraries > /tmp/plan
{
  sed -n 's/^Inst \\([^ ]*\\) (\\([^ ]*\\) .*/\\1=\\2/p' /tmp/plan
  for name in $data; do echo "$name"; done
} | sort | xargs apt-cache $apt show --no-all-versions |
  awk -F': ' '$1=="Package"{n=$2} $1=="Version"{v=$2} $1=="Architecture"{a=$2} $1=="SHA256"{print n, v, a, $2}' | sort -u
`

async function askNpm(name: string, wanted: string): Promise<{ version: string; integrity: string }> {
  const exactly = wanted === "latest" ? name : `${name}@${wanted}`
  const found = await ask(
    tool(["ca-certificates", "nodejs", "npm"]),
    `npm view "$1" version dist.integrity --json`,
    [exactly],
    exactly,
  )
  interface Answer {
    readonly version: string
    readonly "dist.integrity": string
  }
  const answers = [JSON.parse(found) as Answer | readonly Answer[]].flat() as readonly Answer[]
  const version = pickVersion(
    answers.map((answer) => answer.version),
    undefined,
  )
  const answer = answers.find((each) => each.version === version)
  if (!answer) throw new Error(`npm knows no ${exactly}`)
  return { version: answer.version, integrity: answer["dist.integrity"] }
}

async function askGo(version: string, platform: Platform): Promise<string> {
  const release = `golang.org/toolchain@v0.0.1-go${version}.${platform.replace("/", "-")}`
  const json = await ask(
    tool(["ca-certificates", "golang-go"]),
    `go mod download -json "$1"`,
    [release],
    `go ${version}`,
  )
  return (JSON.parse(json) as { readonly Sum: string }).Sum
}

/** The wheel that pip takes for this platform, by its hash. */
async function askPyPI(
  name: string,
  wanted: string,
  platform: Platform,
): Promise<{ version: string; sha256: string }> {
  const machine = platform === "linux/arm64" ? "aarch64" : "x86_64"
  const wheels = ["manylinux_2_28", "manylinux_2_17", "manylinux2014"].map(
    (abi) => `--platform ${abi}_${machine}`,
  )
  const script = `pip download --quiet --no-deps --only-binary=:all: ${wheels.join(" ")} --dest /wheel "$1"
cd /wheel && sha256sum -- *.whl`
  const found = await ask(
    tool(["ca-certificates", "python3-pip"]),
    script,
    [`${name}==${wanted}.*`],
    `${name} ${wanted}`,
  )
  const [sha256 = "", file = ""] = found.split(/\s+/)
  return { version: file.split("-")[1] ?? "", sha256 }
}

/** The -bin.tar.gz of GROUP:ARTIFACT: its newest version that begins as wanted, and its hash. */
async function askMaven(name: string, wanted: string): Promise<{ version: string; sha512: string }> {
  const [group = "", artifact = ""] = name.split(":")
  const url = `${mavenCentral}/${group.replaceAll(".", "/")}/${artifact}`
  const curl = tool(["ca-certificates", "curl"])
  const metadata = await ask(curl, `curl -fsS --retry 3 "$1"`, [`${url}/maven-metadata.xml`], name)
  const versions = [...metadata.matchAll(/<version>([\d.]+)<\/version>/g)].map(([, version]) => version ?? "")
  const version = pickVersion(versions, wanted)
  if (version === undefined) throw new Error(`Maven Central knows no ${name} ${wanted}`)
  const file = `${url}/${version}/${artifact}-${version}-bin.tar.gz.sha512`
  return { version, sha512: (await ask(curl, `curl -fsS --retry 3 "$1"`, [file], name)).slice(0, 128) }
}

/** The digest that a registry has for a reference now. */
async function askImage(reference: string, platform: Platform): Promise<Digest> {
  try {
    const image = dag.container({ platform: platform as string as EnginePlatform }).from(reference)
    return Digest.parse((await image.imageRef()).split("@").at(-1))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StepFailure({ stage: "lock", step: reference }, 1, reason, { cause: error })
  }
}

/** The checksum of what an address serves now. */
async function askUrl(url: string): Promise<string> {
  const script = `curl -fsSL --retry 3 "$1" -o /file && sha256sum < /file`
  return (await ask(tool(["ca-certificates", "curl"]), script, [url], url)).slice(0, 64)
}
