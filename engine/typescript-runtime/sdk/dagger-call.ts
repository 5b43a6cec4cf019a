// The parts of the npm SDK that answer a function call, by file: its package only exports the library for clients.
export { connection } from "../../../node_modules/@dagger.io/dagger/dist/src/connect.js"
export { Executor } from "../../../node_modules/@dagger.io/dagger/dist/src/module/executor.js"
export { invoke } from "../../../node_modules/@dagger.io/dagger/dist/src/module/entrypoint/invoke.js"
export { Register } from "../../../node_modules/@dagger.io/dagger/dist/src/module/entrypoint/register.js"
export { close as closeTelemetry } from "../../../node_modules/@dagger.io/dagger/dist/src/telemetry/telemetry.js"
export { globalConnection } from "../../../node_modules/@dagger.io/dagger/dist/src/common/graphql/connection.js"
export { convertToPascalCase } from "../../../node_modules/@dagger.io/dagger/dist/src/module/introspector/case_convertor.js"
export {
  DaggerArgument,
  DaggerConstructor,
  DaggerEnum,
  DaggerEnumClass,
  DaggerEnumClassValue,
  DaggerEnumValue,
  DaggerFunction,
  DaggerInterface,
  DaggerModule,
  DaggerObject,
  DaggerTypeObject,
} from "../../../node_modules/@dagger.io/dagger/dist/src/module/introspector/dagger_module/index.js"
export { DaggerProperty } from "../../../node_modules/@dagger.io/dagger/dist/src/module/introspector/dagger_module/property.js"
export { DaggerObjectTypeProperty } from "../../../node_modules/@dagger.io/dagger/dist/src/module/introspector/dagger_module/typeObjectProperty.js"
export { DaggerInterfaceFunction } from "../../../node_modules/@dagger.io/dagger/dist/src/module/introspector/dagger_module/interfaceFunction.js"
export {
  dag,
  type Error as DaggerError,
} from "../../../node_modules/@dagger.io/dagger/dist/src/api/client.gen.js"
