import type { Container } from "@dagger.io/dagger"

/** Waits until an image's layers are there, and not only known. Never throws: whoever needs them is told. */
export async function fetched(image: Container | undefined): Promise<void> {
  await image
    ?.rootfs()
    .entries()
    .catch(() => {})
}
