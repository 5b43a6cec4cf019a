import { expect, test } from "vitest"
import { readConfig } from "../src/config.js"

test("without variables the defaults hold", () => {
  expect(readConfig({})).toEqual({
    ok: true,
    config: { port: 8080, logLevel: "info", catalogUrl: "http://catalog:8080", catalogTimeout: 2_000 },
  })
})

test("an empty variable is as good as none", () => {
  expect(readConfig({ PORT: "", CATALOG_URL: "" })).toEqual(readConfig({}))
})

test("variables are taken", () => {
  expect(
    readConfig({
      PORT: "9000",
      LOG_LEVEL: "warn",
      CATALOG_URL: "https://shop.example/c",
      CATALOG_TIMEOUT_MS: "50",
    }),
  ).toEqual({
    ok: true,
    config: { port: 9000, logLevel: "warn", catalogUrl: "https://shop.example/c", catalogTimeout: 50 },
  })
})

test("every wrong variable is named with its value", () => {
  const result = readConfig({ PORT: "70000", LOG_LEVEL: "loud", CATALOG_URL: "catalog:8080" })
  expect(result.ok).toBe(false)
  const text = result.ok ? "" : result.problems.join("\n")
  for (const part of ["PORT", "70000", "LOG_LEVEL", "loud", "CATALOG_URL", "catalog:8080"]) {
    expect(text).toContain(part)
  }
})
