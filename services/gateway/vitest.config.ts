import { defineConfig } from "vitest/config"

// Its own, or vitest would take that of a folder above.
export default defineConfig({
  // The contracts are TypeScript and take their zod from here.
  resolve: { preserveSymlinks: true },
  test: { include: ["test/**/*.test.ts"], server: { deps: { inline: ["@shop/contracts"] } } },
})
