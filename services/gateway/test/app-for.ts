import { buildApp } from "../src/app.js"
import { serviceNames, type ServiceName } from "../src/config.js"

/** Port 9 is for discarding: nobody listens there. */
const nobody = "http://127.0.0.1:9"

/** The gateway over these services; those that are not named are down. */
export function appFor(urls: Partial<Record<ServiceName, string>>, timeout = 2_000) {
  const all = Object.fromEntries(serviceNames.map((name) => [name, urls[name] ?? nobody]))
  return buildApp({ urls: all as Record<ServiceName, string>, timeout })
}
