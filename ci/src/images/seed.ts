/** The image that build tools run in. Nothing of it reaches an image's bytes. */
export const seed = "debian:trixie-slim"
