/** Complexes, their days, and the problems and shipments of these. */
import { type Static, Type } from 'typebox'
import { IssueSchema, ShipmentSchema } from '../../solver/index.ts'
import { Names, strict } from './common.ts'

/** One day of a complex that can be planned. `problem` is its id under /problems. */
export const DaySchema = Type.Object(
  {
    problem: Type.String(),
    date: Type.String({ description: 'ISO date in the time zone of the complex' }),
    shipments: Type.Integer(),
    plan: Type.Optional(Type.String({ description: 'id of its newest plan' })),
    planState: Type.Optional(Type.Enum(['draft', 'confirmed', 'withdrawn'], { description: 'of that plan' })),
    confirmed: Type.Optional(Type.String({ description: 'id of its plan that is confirmed' })),
    job: Type.Optional(Type.String({ description: 'id of the search that waits or runs for it' })),
    revises: Type.Optional(
      Type.String({
        description: 'id of the plan that it goes on from: the day was under way when it was planned anew',
      }),
    ),
    waiting: Type.Optional(
      Type.Integer({ description: 'its orders that are not in the problem because an address is not placed' }),
    ),
  },
  strict,
)
/** GET /complexes */
export const ComplexSchema = Type.Object(
  {
    id: Type.String(),
    name: Names,
    lng: Type.Number(),
    lat: Type.Number(),
    timeZone: Type.String(),
    synthetic: Type.Boolean({ description: 'true: generated firms and orders, said so on every screen' }),
    days: Type.Array(DaySchema),
  },
  strict,
)

/** GET /problems */
export const ProblemSummarySchema = Type.Object(
  {
    id: Type.String(),
    complex: Type.String(),
    name: Type.String(),
    startsAt: Type.String(),
    days: Type.Integer(),
    sites: Type.Integer(),
    shipments: Type.Integer(),
    vehicles: Type.Integer(),
    plan: Type.Optional(Type.String({ description: 'id of its newest plan' })),
  },
  strict,
)
/** POST /problems answers 201 with this, or 422 with every fault */
export const CreatedProblemSchema = Type.Object(
  {
    id: Type.String(),
    warnings: Type.Array(IssueSchema, { description: 'can be planned, probably not what was meant' }),
  },
  strict,
)

/** GET /shipments */
export const ListedShipmentSchema = Type.Object(
  { problem: Type.String(), startsAt: Type.String(), shipment: ShipmentSchema },
  strict,
)

export type Complex = Static<typeof ComplexSchema>
export type Day = Static<typeof DaySchema>
