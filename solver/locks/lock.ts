/**
 * What people have fixed in a plan, for the next search that starts from it. A lock names a part of that plan; it binds the search,
 * never a person: an edited plan that breaks one is no worse in the eyes of `evaluate` and `checkPlan`, only `checkLocks` tells.
 * The locks of a request travel in the provenance of the plan, with what each of them fixed or why it could not be kept.
 */
import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 80 })
const RouteId = Type.String({ minLength: 1, maxLength: 80, description: 'id of a route of the plan that is locked' })
const Kind = Type.Enum(['pickup', 'delivery'])

export const LockSchema = Type.Union(
  [
    Type.Object(
      { grade: Type.Literal('route'), route: RouteId },
      {
        ...strict,
        description: 'the whole route: same vehicle, same stops, every service starts when it did, nothing added',
      },
    ),
    Type.Object(
      { grade: Type.Literal('truck'), shipment: Id },
      {
        ...strict,
        description: 'the shipment stays on its route of its vehicle; its place there is free, others may join',
      },
    ),
    Type.Object(
      {
        grade: Type.Literal('sequence'),
        route: RouteId,
        shipments: Type.Optional(Type.Array(Id, { minItems: 1, description: 'default: all that ride on the route' })),
      },
      {
        ...strict,
        description: 'the shipments stay on the route, their visits in the order they are in; others may go between',
      },
    ),
    Type.Object(
      {
        grade: Type.Literal('head'),
        route: RouteId,
        visits: Type.Integer({ minimum: 1, maximum: 20_000, description: 'services, from the first one on' }),
      },
      {
        ...strict,
        description:
          'these services stay the first ones of the route, in their order, nothing before or between them; what follows is free',
      },
    ),
    Type.Object(
      { grade: Type.Literal('time'), shipment: Id, kind: Kind },
      {
        ...strict,
        description:
          'the shipment stays on its route and this service of it starts at the planned second, others before it or not; the first service of a stop begins with the time at the gate',
      },
    ),
    Type.Object(
      { grade: Type.Literal('direct'), shipment: Id },
      { ...strict, description: 'the shipment stays off the routes, in the mode it goes by' },
    ),
  ],
  { description: 'a part of the earlier plan that the search must leave as it is' },
)

export const LockRecordSchema = Type.Object(
  {
    lock: LockSchema,
    route: Type.Optional(
      Type.String({ description: 'the route as the earlier plan names it: locks of one stay on one' }),
    ),
    vehicle: Type.Optional(Type.String()),
    visits: Type.Optional(
      Type.Array(Type.Object({ shipment: Type.String(), kind: Kind, startS: Type.Integer() }, strict), {
        description: 'the services it speaks of, in the order and at the times of the earlier plan',
      }),
    ),
    mode: Type.Optional(Type.Enum(['hired', 'terminal'])),
    refused: Type.Optional(
      Type.Object(
        {
          rule: Type.String({
            description: "rule that stands in the way today, or 'notInPlan', 'unknownId', 'fleet', 'modes'",
          }),
          excess: Type.Optional(Type.Number({ description: "by how much, in the rule's unit" })),
          unit: Type.Optional(Type.String()),
        },
        { ...strict, description: 'why it could not be kept; absent: it was kept' },
      ),
    ),
  },
  strict,
)

export type Lock = Static<typeof LockSchema>
export type LockRecord = Static<typeof LockRecordSchema>
export type LockRefusal = NonNullable<LockRecord['refused']>
