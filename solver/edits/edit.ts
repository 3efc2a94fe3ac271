/**
 * What a person does to a plan by hand, as a value: judged before it is done, applied, kept in the plan's ledger with what it has cost,
 * and applied again to a plan that somebody else has changed meanwhile. Shipments and routes are named as the plan names them.
 */
import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 80 })
const Kind = Type.Enum(['pickup', 'delivery'])
const Position = Type.Integer({
  minimum: 0,
  description: 'among the visits of the truck without those that move; 0: the first',
})
/** A truck that drives already, or one of a vehicle of which one is left. */
const Target = Type.Union([Type.Object({ route: Id }, strict), Type.Object({ vehicle: Id }, strict)])

export const EditSchema = Type.Union(
  [
    Type.Object(
      {
        kind: Type.Literal('move'),
        shipments: Type.Array(Id, { minItems: 1 }),
        to: Target,
        pickupAt: Type.Optional(Position),
        deliveryAt: Type.Optional(Position),
      },
      {
        ...strict,
        description: 'to another truck, or another place on the same; without a position: where it costs least',
      },
    ),
    Type.Object(
      { kind: Type.Literal('swap'), one: Id, other: Id },
      { ...strict, description: 'two shipments take each other’s truck, each where it costs least' },
    ),
    Type.Object(
      {
        kind: Type.Literal('order'),
        route: Id,
        visits: Type.Array(Type.Object({ shipment: Id, kind: Kind }, strict), { minItems: 2 }),
      },
      { ...strict, description: 'the visits of a route in another order' },
    ),
    Type.Object(
      { kind: Type.Literal('reverse'), route: Id },
      { ...strict, description: 'its stops the other way round' },
    ),
    Type.Object(
      { kind: Type.Literal('split'), route: Id, shipments: Type.Array(Id, { minItems: 1 }), vehicle: Id },
      { ...strict, description: 'these leave the route together, on a truck of this vehicle' },
    ),
    Type.Object(
      { kind: Type.Literal('retype'), route: Id, vehicle: Id },
      { ...strict, description: 'the same stops on another vehicle' },
    ),
    Type.Object(
      { kind: Type.Literal('time'), route: Id, stop: Type.Integer({ minimum: 0 }), startS: Type.Integer() },
      { ...strict, description: 'service at this stop begins no sooner; what follows moves with it' },
    ),
    Type.Object(
      {
        kind: Type.Literal('direct'),
        shipments: Type.Array(Id, { minItems: 1 }),
        mode: Type.Optional(Type.Enum(['hired', 'terminal'], { description: 'default: the cheaper' })),
      },
      { ...strict, description: 'without a route' },
    ),
    Type.Object(
      { kind: Type.Literal('leave'), shipments: Type.Array(Id, { minItems: 1 }) },
      { ...strict, description: 'for a person to see to: nobody carries them' },
    ),
  ],
  { description: 'one change of a plan by hand' },
)

export const LedgerEntrySchema = Type.Object(
  {
    edit: EditSchema,
    krw: Type.Integer({
      description: 'cost of the plan after it, less before; above 0: somebody wanted it all the same',
    }),
    at: Type.Optional(Type.String({ format: 'date-time' })),
    by: Type.Optional(Type.String({ maxLength: 120 })),
  },
  strict,
)

export type Edit = Static<typeof EditSchema>
export type LedgerEntry = Static<typeof LedgerEntrySchema>
