/** Fuel and CO2 as documents: what an answer, a comparison and a plan file hold. */
import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false } as const
const Id = Type.String()

/** Of a truck, or of several. Of terminal freight only grams are known: it rides on somebody else's trucks. */
export const BurnSchema = Type.Object(
  {
    distanceM: Type.Integer({ description: 'driven by trucks' }),
    fuelMl: Type.Integer({ description: 'diesel, millilitres' }),
    fuelKrw: Type.Integer({ description: 'at the pump; in no cost line' }),
    subsidyKrw: Type.Integer({ description: 'of that, paid back to the carrier' }),
    ttwCo2G: Type.Integer({ description: 'grams of CO2, tank-to-wheel' }),
    wtwCo2eG: Type.Integer({ description: 'grams of CO2e, well-to-wheel; contains the former, never added to it' }),
  },
  strict,
)
export const FOOTPRINT_MODES = ['route', 'hired', 'terminal'] as const
export const FootprintSumSchema = Type.Object(
  {
    total: BurnSchema,
    modes: Type.Object({ route: BurnSchema, hired: BurnSchema, terminal: BurnSchema }, strict),
    emptyReturn: Type.Object(BurnSchema.properties, {
      ...strict,
      description: 'all hired trucks back empty from last stop to first; energy.hiredReturnShare of it is in the total',
    }),
    tonneKm: Type.Number({ description: 'of the shipments, by the shortest road' }),
  },
  strict,
)
export const FootprintSchema = Type.Object(
  {
    ...FootprintSumSchema.properties,
    routes: Type.Array(Type.Object({ route: Id, ...BurnSchema.properties }, strict)),
    direct: Type.Array(
      Type.Object({ shipment: Id, mode: Type.Enum(['hired', 'terminal']), ...BurnSchema.properties }, strict),
    ),
    shipments: Type.Array(
      Type.Object(
        {
          shipment: Id,
          firm: Id,
          fuelMl: Type.Integer(),
          ttwCo2G: Type.Integer(),
          wtwCo2eG: Type.Integer(),
          tonneKm: Type.Number(),
        },
        strict,
      ),
      { description: 'shares by tonne-kilometres; they add up to the total' },
    ),
    expresswaysKnown: Type.Boolean({ description: 'false: every kilometre burns as on the mix of roads' }),
  },
  strict,
)
export type Burn = Static<typeof BurnSchema>
export type FootprintSum = Static<typeof FootprintSumSchema>
export type Footprint = Static<typeof FootprintSchema>
