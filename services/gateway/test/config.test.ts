import { expect, test } from "vitest"
import { readConfig } from "../src/config.js"

test("without variables the neighbours are hosts of their names", () => {
  expect(readConfig({})).toEqual({
    ok: true,
    config: {
      port: 8080,
      logLevel: "info",
      timeout: 3_000,
      urls: {
        catalog: "http://catalog:8080",
        orders: "http://orders:8080",
        pricing: "http://pricing:8080",
        recommendations: "http://recommendations:8080",
        notifications: "http://notifications:8080",
        storefront: "http://storefront:8080",
      },
    },
  })
})

test("an empty variable is as good as none", () => {
  expect(readConfig({ PORT: "", CATALOG_URL: "" })).toEqual(readConfig({}))
})

test("variables are taken, an address without a slash at its end", () => {
  const result = readConfig({
    PORT: "9000",
    LOG_LEVEL: "warn",
    CATALOG_URL: "https://shop.example/c/",
    SERVICE_TIMEOUT_MS: "50",
  })
  expect(result).toMatchObject({
    ok: true,
    config: { port: 9000, logLevel: "warn", timeout: 50, urls: { catalog: "https://shop.example/c" } },
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
