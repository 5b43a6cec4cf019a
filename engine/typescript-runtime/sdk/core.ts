/**
 * What a module's generated `sdk/index.ts` offers beside its bindings, and {@link serve}, which answers the engine's calls.
 * Bundled once into `core.js`; its import of the SDK's own bindings is replaced by the module's `client.gen.ts`.
 */
export { GraphQLClient } from "graphql-request"
export { connect, connection } from "../../../node_modules/@dagger.io/dagger/dist/src/connect.js"
export { Context } from "../../../node_modules/@dagger.io/dagger/dist/src/common/context.js"
export * from "../../../node_modules/@dagger.io/dagger/dist/src/common/errors/index.js"
export * from "../../../node_modules/@dagger.io/dagger/dist/src/module/decorators.js"
export { getTracer } from "../../../node_modules/@dagger.io/dagger/dist/src/telemetry/index.js"
export { serve } from "./serve.js"
export { mapStackTraces } from "./stack-traces.js"
