import { defineConfig } from "vitest/config"

// Its own, or vitest would take that of a folder above.
export default defineConfig({ test: { include: ["test/**/*.test.ts"] } })
