import { expect, test } from "vitest"
import { find, manifestOf } from "../../helpers/adopt.js"

const json = JSON.stringify

test("a page that Vite builds, with views of its own", () => {
  const text = manifestOf({
    "web/package.json": json({
      scripts: { build: "vite build" },
      dependencies: { "react-router-dom": "7" },
      devDependencies: { vite: "7" },
    }),
    "web/index.html": "",
  })
  expect(text).toBe(`language: static
port: 8080 # any will do
health:
  http: /health # Slipway's own server answers it
static:
  spa: true # react-router-dom
`)
})

test("Angular's page is where its configuration says", () => {
  const files = (builder: string, outputPath: unknown) => ({
    "web/package.json": json({
      scripts: { build: "ng build", start: "ng serve" },
      devDependencies: { "@angular/cli": "19" },
    }),
    "web/angular.json": json({
      projects: { shop: { architect: { build: { builder, options: { outputPath } } } } },
    }),
  })
  expect(manifestOf(files("@angular/build:application", "dist/shop"))).toContain(
    "entrypoint: dist/shop/browser # angular.json\n",
  )
  expect(manifestOf(files("@angular-devkit/build-angular:browser", "dist/old"))).toContain(
    "entrypoint: dist/old # angular.json\n",
  )
})

test("a page without any build is a service where it belongs to nothing else", () => {
  const { services } = find({
    "site/public/index.html": "",
    "site/public/about/index.html": "",
    "api/go.mod": "module api\n",
    "api/main.go": "package main\n",
    "api/web/index.html": "",
    "mail/templates/index.html": "",
    "docs/index.html": "",
  })
  expect(services.map(({ folder, options }) => [folder, options[0].language])).toEqual([
    ["api", "go"],
    ["site", "static"],
  ])
})

test("a page that a program of a package serves to developers", () => {
  const text = manifestOf({
    "web/package.json": json({
      scripts: { build: "react-scripts build", start: "react-scripts start" },
      dependencies: { "react-scripts": "5" },
    }),
  })
  expect(text).toContain("language: static\n")
})

test("a server that also has Vite is no page", () => {
  const text = manifestOf({
    "package.json": json({
      scripts: { build: "vite build", start: "node server.js" },
      dependencies: { express: "4" },
      devDependencies: { vite: "7" },
    }),
    "server.js": "",
    "index.html": "",
  })
  expect(text).toContain("language: node\n")
})
