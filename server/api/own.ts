/** What a firm, a carrier and a policymaker see. */
import { type Static, Type } from 'typebox'
import { BurnSchema, CostLineSchema } from '../../solver/index.ts'
import { Names, strict } from './common.ts'
import { DispatchSchema } from './dispatch.ts'
import { OwnFirmMonthSchema } from './settle.ts'

/** GET /my/shipments: of the firm of who asks */
export const MyShipmentSchema = Type.Object(
  {
    problem: Type.String(),
    date: Type.String(),
    shipment: Type.String(),
    item: Type.Optional(Type.String()),
    from: Type.String(),
    to: Type.String(),
    weightKg: Type.Number(),
    startsAt: Type.String(),
    timeZone: Type.String(),
    way: Type.Enum(['open', 'route', 'hired', 'terminal', 'unserved'], {
      description: 'open: no plan of the day is confirmed yet',
    }),
    pickupS: Type.Optional(Type.Integer({ description: 's since startsAt, where a truck of ours fetches it' })),
    deliveryS: Type.Optional(Type.Integer()),
  },
  strict,
)
/** GET /my/share: of each confirmed plan what the firm of who asks pays; its own row of the split and nobody else's */
export const MyShareSchema = Type.Object(
  {
    plan: Type.String(),
    date: Type.String(),
    state: Type.Enum(['ready', 'working'], { description: 'working: being worked out, ask again in half a minute' }),
    method: Type.Optional(Type.String()),
    shipments: Type.Optional(Type.Integer()),
    shareKrw: Type.Optional(Type.Integer()),
    b1Krw: Type.Optional(Type.Integer({ description: 'each of its shipments by its cheapest mode' })),
  },
  strict,
)
/** GET /my/statement */
export const StatementSchema = Type.Object(
  {
    month: Type.String(),
    firm: Type.String(),
    firmName: Type.String(),
    days: Type.Array(MyShareSchema),
    shipments: Type.Integer(),
    shareKrw: Type.Integer({ description: 'sum of the days that are ready' }),
    b1Krw: Type.Integer(),
    working: Type.Integer({ description: 'days that the sums lack' }),
    settled: Type.Optional(OwnFirmMonthSchema),
  },
  strict,
)
const PieceSchema = Type.Object(
  {
    shipment: Type.String(),
    weightKg: Type.Number(),
    item: Type.Optional(Type.String()),
    pallets: Type.Optional(Type.Number()),
  },
  strict,
)
/** GET /my/sheets: of the carrier of who asks, in confirmed plans */
export const SheetSchema = Type.Object(
  {
    plan: Type.String(),
    route: Type.String(),
    startsAt: Type.String(),
    timeZone: Type.String(),
    vehicle: Type.String(),
    truck: Type.String(),
    driver: Type.Optional(Type.String()),
    departS: Type.Integer(),
    returnS: Type.Integer(),
    distanceM: Type.Integer(),
    tollKrw: Type.Integer({ description: 'expected on the road' }),
    estimated: Type.Boolean({ description: 'distances, times and tolls are estimates' }),
    burn: Type.Optional(
      Type.Object(BurnSchema.properties, {
        ...strict,
        description: 'fuel and CO2 to expect; absent: its roads are not known now',
      }),
    ),
    peakWeightKg: Type.Number(),
    stops: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          lng: Type.Number(),
          lat: Type.Number(),
          guessed: Type.Optional(Type.Literal(true, { description: 'the point is an estimate: look for the address' })),
          arriveS: Type.Integer(),
          startS: Type.Integer(),
          leaveS: Type.Integer(),
          pickups: Type.Array(PieceSchema),
          deliveries: Type.Array(PieceSchema),
        },
        strict,
      ),
    ),
    rests: Type.Array(Type.Object({ startS: Type.Integer(), endS: Type.Integer() }, strict)),
    dispatch: DispatchSchema,
    fareKrw: Type.Integer({ description: 'what the carrier is paid for the round, by the tariff' }),
    fareLines: Type.Array(CostLineSchema, { description: 'they add up to fareKrw' }),
  },
  strict,
)
/** A sum over fewer firms would tell what one of them pays. */
export const LEAST_FIRMS = 3
/** GET /aggregates: one row a complex that opted in */
export const AggregateSchema = Type.Object(
  {
    complex: Type.String(),
    name: Names,
    month: Type.String(),
    plans: Type.Integer({ description: 'confirmed plans that the sums hold' }),
    withheld: Type.Integer({ description: `confirmed plans left out: fewer than ${LEAST_FIRMS} firms` }),
    working: Type.Integer({ description: 'confirmed plans that are still being worked out' }),
    firms: Type.Integer(),
    shipments: Type.Integer(),
    distanceM: Type.Integer(),
    costKrw: Type.Integer(),
    b1Krw: Type.Integer({ description: 'each shipment by its cheapest mode' }),
    carbon: Type.Object(
      {
        plans: Type.Integer({ description: 'of the plans above, those whose CO2 was worked out' }),
        fuelMl: Type.Integer(),
        ttwCo2G: Type.Integer(),
        wtwCo2eG: Type.Integer(),
        b1TtwCo2G: Type.Integer(),
        b1WtwCo2eG: Type.Integer(),
      },
      {
        ...strict,
        description: 'tank-to-wheel CO2 and well-to-wheel CO2e, never added; b1: each shipment by its cheapest mode',
      },
    ),
  },
  strict,
)

export type MyShipment = Static<typeof MyShipmentSchema>
export type MyShare = Static<typeof MyShareSchema>
export type Statement = Static<typeof StatementSchema>
export type Sheet = Static<typeof SheetSchema>
export type Aggregate = Static<typeof AggregateSchema>
