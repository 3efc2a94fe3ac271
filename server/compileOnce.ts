/**
 * Serialisers and validators of the routes, made once for each schema in a process: every route answers with the same refusals, and to
 * compile a schema takes longer than anything else at the start.
 */
import ValidatorSelector from '@fastify/ajv-compiler'
import SerializerSelector, { type SerializerFactory } from '@fastify/fast-json-stringify-compiler'

type Serializer = ReturnType<ReturnType<SerializerFactory>>

const serializers = new Map<string, Serializer>()
const buildSerializer: SerializerFactory = (externalSchemas, options) => {
  const compile = SerializerSelector()(externalSchemas, options)
  const shared = JSON.stringify([externalSchemas, options])
  return (route) => {
    const key = shared + JSON.stringify(route.schema)
    const known = serializers.get(key) ?? compile(route)
    serializers.set(key, known)
    return known
  }
}

/** One of each for all apps; Ajv remembers by itself what it has compiled. */
export const compilersFactory = { buildValidator: ValidatorSelector(), buildSerializer }
