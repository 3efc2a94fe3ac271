/** The service itself: its limits, roads, health and audit log. */
import { type Static, Type } from 'typebox'
import { strict } from './common.ts'

const auditLine = {
  seq: Type.Integer(),
  at: Type.String({ format: 'date-time' }),
  complex: Type.Optional(Type.String()),
  actor: Type.String(),
  action: Type.String(),
  noun: Type.String(),
  nounId: Type.String(),
  request: Type.Optional(Type.String({ description: 'as in the log of the service' })),
}
/** GET /audit */
export const AuditLineSchema = Type.Object(auditLine, strict)
/** GET /audit/:seq; null: there was, or is, nothing */
export const AuditEntrySchema = Type.Object({ ...auditLine, before: Type.Unknown(), after: Type.Unknown() }, strict)

/** GET /limits */
export const LimitsSchema = Type.Object(
  {
    requestsPerMinute: Type.Integer(),
    headerBytes: Type.Integer(),
    headersS: Type.Number({ description: 'all headers have to arrive within' }),
    requestS: Type.Number({ description: 'the whole request has to arrive within' }),
    stalledS: Type.Number({ description: 'an answer of which nothing is taken for so long is given up' }),
    streams: Type.Integer({ description: 'event streams open at a time' }),
    page: Type.Object({ usual: Type.Integer(), most: Type.Integer() }, strict),
    bodies: Type.Array(Type.Object({ method: Type.String(), path: Type.String(), bytes: Type.Integer() }, strict)),
  },
  strict,
)

export const ROADS_STATES = ['good', 'failing', 'resting'] as const
export const HealthSchema = Type.Object(
  {
    status: Type.Literal('ok'),
    version: Type.String(),
    roads: Type.Optional(
      Type.Enum(ROADS_STATES, { description: 'at /ready: how the source of travel times does; see /roads/source' }),
    ),
  },
  strict,
)
/** The roads that plans are made on. */
export const RoadsSchema = Type.Object(
  {
    source: Type.String({ description: 'kind and address or file' }),
    kind: Type.Enum(['trunk', 'valhalla', 'osrm', 'matrix']),
    estimated: Type.Boolean({ description: 'times and kilometres are estimates' }),
    estimatedTolls: Type.Boolean({ description: 'tolls are estimates' }),
    licence: Type.Optional(Type.String({ description: 'of its data; belongs on every map' })),
    dataDate: Type.Optional(Type.String({ description: 'day or version of its data, where it tells' })),
    fallback: Type.Boolean({ description: 'when it fails, plans are made on the trunk network, as estimates' }),
    state: Type.Enum(ROADS_STATES, {
      description: 'failing: the last try failed; resting: too many did, it is left alone for a while',
    }),
    why: Type.Optional(Type.String({ description: 'what was wrong, in the language of the caller' })),
  },
  strict,
)
export type Roads = Static<typeof RoadsSchema>
export type Health = Static<typeof HealthSchema>
