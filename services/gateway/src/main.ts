import { buildApp } from "./app.js"
import { readConfig } from "./config.js"

/** Milliseconds for the requests in flight after a signal; container runtimes usually kill after ten seconds. */
const SHUTDOWN_GRACE = 8_000

const read = readConfig(process.env)
if (!read.ok) {
  console.error(read.problems.join("\n"))
  process.exit(2)
}
const { config } = read

const app = buildApp(config, { level: config.logLevel, base: null })

// Before listening, so that a signal during the start is not the default kill.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void stop(signal))
}

try {
  await app.listen({ host: "0.0.0.0", port: config.port })
} catch (error) {
  app.log.fatal(error, "cannot listen")
  process.exitCode = 1
}

async function stop(signal: string): Promise<void> {
  app.log.info({ signal }, "stopping")
  setTimeout(() => {
    app.log.error("requests did not finish in time")
    process.exit(1)
  }, SHUTDOWN_GRACE).unref()
  await app.close()
  app.log.info("stopped")
}
