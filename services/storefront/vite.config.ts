import { defineConfig } from "vitest/config"

const port = Number(process.env["PORT"] || 8080)

export default defineConfig({
  // The contracts are TypeScript and take their zod from here.
  resolve: { preserveSymlinks: true },
  // For work on the pages: vite's own server, and a gateway for the rest.
  server: { proxy: { "/api": process.env["GATEWAY_URL"] || "http://localhost:8080" } },
  preview: { host: true, port, strictPort: true, allowedHosts: ["storefront"] },
  test: { include: ["test/**/*.test.{ts,tsx}"], server: { deps: { inline: ["@shop/contracts"] } } },
})
