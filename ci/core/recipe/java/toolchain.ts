import { debianArchitecture } from "../../lock/closures.js"
import { pickVersion } from "../../lock/pick-version.js"
import type { ResolvedService } from "../../resolve/resolved-service.js"
import { failure, problemsOf, success, type Result } from "../../result.js"
import { builderClosure, closureStage } from "../closure-stage.js"
import type { RecipeRequest } from "../language.js"
import { notLocked } from "../not-locked.js"
import { envSteps, script, type Stage } from "../steps.js"
import { moduleFinder, trustStore } from "./programs.js"

/** The JDKs that the lock has, by their closures; the first one is taken unless a project asks for more. */
export const jdks: Readonly<Record<string, string>> = { 21: "jdk", 25: "jdk-25" }

/** The closure of a Java service's builder. */
export function jdkClosure(service: Pick<ResolvedService, "version" | "builderPackages">): string {
  return builderClosure(jdks[service.version] ?? "jdk", service)
}

/** The Maven that runs in builders. */
export const mavenName = "org.apache.maven:apache-maven"
export const mavenVersion = "3"

/** Where Maven's own artifacts come from: its default. */
export const mavenCentral = "https://repo.maven.apache.org/maven2"

/** Where Slipway's own small Java programs lie in a builder. */
export const programs = "/opt/slipway"

/** The stages that hold Maven, checked against the lock, and with it the locked JDK. */
export function javaToolchain(request: RecipeRequest): Result<readonly Stage[]> {
  const { service, platform, lock } = request
  const locked = lock.maven[mavenName] ?? {}
  const version = pickVersion(Object.keys(locked), mavenVersion)
  const jdk = closureStage("toolchain", jdkClosure(service), request)
  const checksum = version === undefined ? undefined : locked[version]
  if (version === undefined || checksum === undefined || !jdk.ok) {
    const missing = checksum === undefined ? [notLocked(service, "Maven 3", platform)] : []
    return failure(...missing, ...problemsOf(jdk))
  }
  const home = `/usr/lib/jvm/java-${service.version}-openjdk-${debianArchitecture(platform)}`
  return success([
    mavenStage(version, checksum),
    {
      name: jdk.value.name,
      steps: [
        ...jdk.value.steps,
        { do: "copyFrom", stage: "maven", path: "/maven", to: "/opt/maven" },
        { do: "write", path: `${programs}/TrustStore.java`, text: trustStore },
        { do: "write", path: `${programs}/ModuleFinder.java`, text: moduleFinder },
        ...envSteps({
          HOME: "/root",
          JAVA_HOME: home,
          LC_ALL: "C.UTF-8",
          PATH: `/opt/maven/bin:${home}/bin:/usr/bin`,
          TZ: "UTC",
        }),
      ],
    },
  ])
}

/** Debian's curl only fetches it. */
function mavenStage(version: string, checksum: string): Stage {
  const path = `org/apache/maven/apache-maven/${version}/apache-maven-${version}-bin.tar.gz`
  return {
    name: "maven",
    steps: [
      { do: "from", image: "debian:trixie-slim" },
      { do: "install", packages: ["ca-certificates", "curl"] },
      script(
        "maven",
        `curl -fsSL --retry 3 -o /tmp/maven.tar.gz ${mavenCentral}/${path}`,
        `echo "${checksum}  /tmp/maven.tar.gz" | sha512sum --check --quiet`,
        "mkdir /maven",
        "tar -xzf /tmp/maven.tar.gz -C /maven --strip-components=1 --no-same-owner",
        "rm /tmp/maven.tar.gz",
      ),
    ],
  }
}
