import { script, shellWord, type Step } from "../steps.js"
import { programs } from "./toolchain.js"

/** Where the paths of a project's libraries are written, from its folder. */
export const classPathFile = "target/slipway.classpath"

/** Where Maven keeps what it has fetched. */
export const repository = "/root/.m2/repository"

/** What every run of Maven is told: no clock, no tests, no checks of style, and what is fetched must match its checksum. */
const always = [
  ...["--batch-mode", "--no-transfer-progress", "--strict-checksums"],
  ...["-Dstyle.color=never", `-Dmaven.repo.local=${repository}`],
  "-Dproject.build.outputTimestamp=1980-01-01T00:00:02Z",
  ...["-DskipTests", "-Dmaven.test.skip=true"],
  ...["checkstyle", "jacoco", "maven.gitcommitid", "pmd", "spotbugs", "spotless.check"].map(
    (name) => `-D${name}.skip=true`,
  ),
]

const listClassPath = [
  "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
  "-DincludeScope=runtime",
  `-Dmdep.outputFile=${classPathFile}`,
  "-Dmdep.pathSeparator=:",
  `-DexcludeArtifactIds=${[
    "lombok",
    "spring-boot-configuration-processor",
    "spring-boot-devtools",
    "spring-boot-docker-compose",
  ].join(",")}`,
]

/** Fetches what a project needs and writes the path of its libraries, in Maven's order. */
export function mavenDependencies(file: string): Step {
  return maven("mvn dependencies", ["-f", file, "process-classes", ...listClassPath])
}

/** Compiles: everything up to the classes, and nothing that packs, tests or publishes them. */
export function mavenClasses(file: string): Step {
  return maven("mvn process-classes", ["-f", file, "process-classes"])
}

function maven(name: string, args: readonly string[]): Step {
  return script(name, ...runMaven([...always, ...args]))
}

/**
 * Lines of a script that run Maven in a Java toolchain. Java has its own list of authorities; builders trust what their
 * Debian trusts, machine's own authorities included.
 */
export function runMaven(args: readonly string[]): readonly string[] {
  return [
    `java ${programs}/TrustStore.java /etc/ssl/certs/ca-certificates.crt /tmp/authorities`,
    'export MAVEN_OPTS="-Djavax.net.ssl.trustStore=/tmp/authorities ${MAVEN_OPTS:-}"',
    ["mvn", ...args].map(shellWord).join(" "),
    "rm /tmp/authorities",
  ]
}
