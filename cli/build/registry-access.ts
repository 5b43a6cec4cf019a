import { dag, type Container, type Secret } from "@dagger.io/dagger"
import type { ImageStore } from "./published.js"

/** The account at the registry as the engine takes it; undefined where none is needed. */
export function registryAccount({
  place,
  credentials,
}: ImageStore): { readonly username: string; readonly password: Secret } | undefined {
  if (!credentials) return undefined
  const { username, password } = credentials
  return { username, password: dag.setSecret(`registry ${place.host}`, password) }
}

/** A container that may pull from the registry and push there. */
export function authorized(container: Container, store: ImageStore): Container {
  const account = registryAccount(store)
  return account
    ? container.withRegistryAuth(store.place.host, account.username, account.password)
    : container
}
