/** The data file of a complex: places, firms, fleet, tariffs, law and the rules that turn an order row into a shipment. */
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { FirmSchema, LawSchema, SiteSchema, SourceSchema, TariffSchema, VehicleSchema } from '../../solver/index.ts'

const strict = { additionalProperties: false } as const
const Aliases = Type.Optional(Type.Array(Type.String(), { description: 'other names that order files use' }))
const Window = Type.Tuple([Type.Integer(), Type.Integer()], { description: 'seconds since midnight' })

const ComplexSiteSchema = Type.Object(
  {
    ...SiteSchema.properties,
    aliases: Aliases,
    role: Type.Optional(Type.String()),
    town: Type.Optional(Type.String()),
  },
  strict,
)
const ComplexFirmSchema = Type.Object(
  { ...FirmSchema.properties, aliases: Aliases, size: Type.Optional(Type.String()) },
  strict,
)

/** How an order row becomes a shipment where the row itself says nothing. */
const OrderRulesSchema = Type.Object(
  {
    service: Type.Object({ fixedS: Type.Integer(), perKgS: Type.Number(), note: Type.Optional(SourceSchema) }, strict),
    nextDay: Type.Object(
      {
        maxKg: Type.Number({ description: 'heavier shipments are due on the day of their pickup' }),
        days: Type.Integer({ description: 'lighter ones without a requested time may arrive this many days later' }),
        note: Type.Optional(SourceSchema),
      },
      strict,
    ),
    newSite: Type.Object({ windows: Type.Array(Window), stopS: Type.Integer() }, strict),
    sameDayWords: Type.Array(Type.String(), { description: 'in item or note: due on the day of the pickup' }),
    aloneWords: Type.Array(Type.String(), { description: 'in item or note: nothing else on its truck' }),
    morning: Window,
    afternoon: Window,
  },
  strict,
)

const ComplexDataSchema = Type.Object(
  {
    complex: Type.Object(
      {
        id: Type.String(),
        name: Type.Object({ ko: Type.String(), en: Type.String() }, strict),
        lng: Type.Number(),
        lat: Type.Number(),
        timeZone: Type.String(),
        synthetic: Type.Boolean(),
      },
      strict,
    ),
    sites: Type.Array(ComplexSiteSchema),
    firms: Type.Array(ComplexFirmSchema),
    fleet: Type.Array(VehicleSchema),
    tariffs: Type.Array(TariffSchema),
    law: Type.Optional(LawSchema),
    orders: OrderRulesSchema,
    demand: Type.Optional(Type.Unknown({ description: 'read by the generator of the fixture' })),
  },
  strict,
)

export type ComplexFirm = Static<typeof ComplexFirmSchema>
export type ComplexData = Static<typeof ComplexDataSchema>

/** Checks a parsed complex.json. Throws with the places at fault: the file belongs to the installation, not to a request. */
export function parseComplexData(value: unknown): ComplexData {
  if (Value.Check(ComplexDataSchema, value)) return value
  const faults = Value.Errors(ComplexDataSchema, value).map(
    ({ instancePath, message }) => `${instancePath}: ${message}`,
  )
  throw new Error(`complex.json: ${faults.join('; ')}`)
}
