/**
 * Serialisers and validators of the routes, made once for each schema in a process: every route answers with the same refusals, and to
 * compile a schema takes longer than anything else at the start.
 */
import ValidatorSelector from '@fastify/ajv-compiler'
import SerializerSelector, { type SerializerFactory } from '@fastify/fast-json-stringify-compiler'

type Serializer = ReturnType<ReturnType<SerializerFactory>>

const serializers = new Map<string, Serializer>()
/** Of schemas that several apps share: to write one down as a key takes its time, too. */
const keys = new WeakMap<object, string>()
const keyOf = (schema: object): string => {
  const key = keys.get(schema) ?? JSON.stringify(schema)
  keys.set(schema, key)
  return key
}
const buildSerializer: SerializerFactory = (externalSchemas, options) => {
  const compile = SerializerSelector()(externalSchemas, options)
  const shared = JSON.stringify([externalSchemas, options])
  return (route) => {
    const key = shared + keyOf(route.schema as object)
    const known = serializers.get(key) ?? compile(route)
    serializers.set(key, known)
    return known
  }
}

/** One of each for all apps; Ajv remembers by itself what it has compiled. */
export const compilersFactory = { buildValidator: ValidatorSelector(), buildSerializer }
