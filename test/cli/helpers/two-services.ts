import { goService, repository } from "../../unit/helpers/repository.js"

/** A repository with the services hello and other, which is gone after the test. */
export function twoServices(files: Readonly<Record<string, string>> = {}): string {
  const other = Object.entries(goService).map(([path, text]) => [path.replace("/hello/", "/other/"), text])
  return repository({ "slipway.yaml": "{}\n", ...goService, ...Object.fromEntries(other), ...files })
}
