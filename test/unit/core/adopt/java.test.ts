import { describe, expect, test } from "vitest"
import { find, manifestOf } from "../../helpers/adopt.js"

const pom = (artifact: string, body = "") =>
  `<project><groupId>com.acme</groupId><artifactId>${artifact}</artifactId><version>1</version>${body}</project>`
const modules = (...names: readonly string[]) =>
  `<packaging>pom</packaging><modules>${names.map((name) => `<module>${name}</module>`).join("")}</modules>`
const dependencies = (...names: readonly string[]) =>
  `<dependencies>${names.map((name) => `<dependency><groupId>org.x</groupId><artifactId>${name}</artifactId></dependency>`).join("")}</dependencies>`
const boot =
  "<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>"
const main = "package com.acme;\n\nclass Main {\n  public static void main(String[] args) {}\n}\n"

describe("Spring Boot", () => {
  const files = (resources: Readonly<Record<string, string>>, ...names: readonly string[]) => ({
    "pom.xml": pom("api", dependencies(...names) + boot),
    ...Object.fromEntries(
      Object.entries(resources).map(([name, text]) => [`src/main/resources/${name}`, text]),
    ),
  })

  test("port and health come from its configuration and its starters", () => {
    expect(
      manifestOf(
        files(
          { "application.yml": "server:\n  port: ${PORT:8081}\n---\nserver:\n  port: 9\n" },
          "spring-boot-starter-web",
          "spring-boot-starter-actuator",
        ),
      ),
    ).toBe(`language: java
port: 8081 # server.port in application.yml
health:
  http: /actuator/health # spring-boot-starter-actuator
`)
  })

  test("the actuator has a port and a path of its own where the configuration says so", () => {
    const properties =
      "server.port=8082\nmanagement.server.port=9090\nmanagement.endpoints.web.base-path=/manage\n"
    const text = manifestOf(files({ "application.properties": properties }, "spring-boot-starter-actuator"))
    expect(text).toContain("health:\n  http: /manage/health # spring-boot-starter-actuator\n  port: 9090\n")
  })

  test("its usual port holds where nothing else is said", () => {
    expect(manifestOf(files({}, "spring-boot-starter-web"))).toContain(
      "port: 8080 # the port of spring-boot-starter-web\n",
    )
  })
})

test("Helidon MP starts what has no main method, and has its port in a file of MicroProfile", () => {
  const text = manifestOf({
    "pom.xml": pom(
      "quickstart",
      "<dependencies><dependency><groupId>io.helidon.microprofile.health</groupId><artifactId>helidon-microprofile-health</artifactId></dependency></dependencies>",
    ),
    "src/main/java/com/acme/Greeting.java": "class Greeting {}",
    "src/main/resources/META-INF/microprofile-config.properties": "server.port=8085\n",
  })
  expect(text).toContain("port: 8085 # server.port in META-INF/microprofile-config.properties\n")
  expect(text).toContain("health:\n  http: /health # helidon-microprofile-health\n")
})

test("of several modules that run each is a service, and the parent pom is none", () => {
  const { services, others } = find({
    "pom.xml": pom("parent", modules("common", "one", "two")),
    "common/pom.xml": pom("common"),
    "common/src/main/java/com/acme/Common.java": "package com.acme;\n\nclass Common {}\n",
    "one/pom.xml": pom("one", boot),
    "two/pom.xml": pom("two"),
    "two/src/main/java/com/acme/Main.java": main,
  })
  expect(services.map(({ folder }) => folder)).toEqual(["one", "two"])
  expect(others).toEqual([
    { folder: ".", kind: "library", what: "a parent pom" },
    { folder: "common", kind: "library", what: "Java without a main class" },
  ])
})

test("where one module of several runs, the folder of all is the service", () => {
  const files = {
    "orders/pom.xml": pom("orders", modules("domain", "server")),
    "orders/domain/pom.xml": pom("domain"),
    "orders/server/pom.xml": pom("server"),
    "orders/server/src/main/java/com/acme/Main.java": main,
  }
  expect(find(files).services.map(({ folder }) => folder)).toEqual(["orders"])
  expect(manifestOf(files)).toContain("java:\n  project: server # the module that has a main class\n")
})

test("but not where other services lie in that folder", () => {
  const { services } = find({
    "pom.xml": pom("all", modules("api")),
    "api/pom.xml": pom("api", boot),
    "web/go.mod": "module web\n",
    "web/main.go": "package main\n",
  })
  expect(services.map(({ folder }) => folder)).toEqual(["api", "web"])
})
