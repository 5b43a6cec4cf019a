import type { EnvironmentName } from "../../ids.js"
import type { RecipeRequest } from "../language.js"
import { script, type Stage } from "../steps.js"
import { programs } from "./toolchain.js"

/** Where an image has its Java. */
export const javaHome = "/opt/java"

/** Modules that nothing names and everybody expects: TLS with elliptic curves, jars as file systems. */
const always = ["java.base", "jdk.crypto.ec", "jdk.zipfs"]

/** What completes modules and is only looked for by name: figures of the process, DNS below JNDI. */
const companions: Readonly<Record<string, string>> = {
  "java.management": "jdk.management",
  "java.naming": "jdk.naming.dns",
}

/** Modules with which a running service can be looked into. */
const debugging = ["jdk.jcmd", "jdk.jdwp.agent", "jdk.jfr", "jdk.management.agent"]

/** The stage whose /out holds a Java of exactly the modules that libraries and classes need, and the service adds. */
export function javaRuntime({ service, environment }: RecipeRequest): Stage {
  const added = [
    ...always,
    ...(environment === "development" ? debugging : []),
    ...(service.java?.modules ?? []),
  ]
  return {
    name: "java-runtime",
    steps: [
      { do: "fromStage", stage: "toolchain" },
      { do: "copyFrom", stage: "libraries", path: "/modules", to: "/modules" },
      { do: "copyFrom", stage: "classes", path: "/modules", to: "/modules", byContent: true },
      // The closure's own file: in a command's container the machine's authorities would be added to it.
      { do: "copyFrom", stage: "runtime", path: "/etc/ssl/certs", to: "/authorities" },
      script(
        "jlink",
        `printf '%s\\n' ${added.join(" ")} > /modules/added`,
        ...Object.entries(companions).map(
          ([module, companion]) => `! grep -qsx ${module} /modules/* || echo ${companion} >> /modules/added`,
        ),
        "modules=$(sort -u /modules/* | tr '\\n' ',')",
        `jlink --add-modules "\${modules%,}" ${options(environment).join(" ")} --output /out${javaHome}`,
        `java ${programs}/TrustStore.java /authorities/ca-certificates.crt /out${javaHome}/lib/security/cacerts`,
        `rm -f /out${javaHome}/lib/jexec /out${javaHome}/lib/jrt-fs.jar`,
        ...(environment === "development" ? [] : [`find /out${javaHome}/bin -type f ! -name java -delete`]),
        "mkdir -p /out/usr/share/doc",
        `cp -R /usr/share/doc/openjdk-${service.version}-jre-headless /out/usr/share/doc`,
      ),
    ],
  }
}

function options(environment: EnvironmentName): readonly string[] {
  const strip = environment === "development" ? [] : ["--strip-debug"]
  return [...strip, "--no-header-files", "--no-man-pages", "--compress=zip-6"]
}
