/** The one version of engine, CLI and SDK. `test/architecture.test.ts` holds every pin to it. */
export const daggerVersion = "0.19.10"
