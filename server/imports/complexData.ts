/** The data file of a complex: places, firms, fleet, tariffs, law and the rules that turn an order row into a shipment. */
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import {
  EnergySchema,
  FirmSchema,
  findIssues,
  type Issue,
  LawSchema,
  type Locale,
  SiteSchema,
  SourceSchema,
  TariffSchema,
  TimeOfDaySchema,
  TollDiscountsSchema,
  VehicleSchema,
} from '../../solver/index.ts'
import { type Carrier, CarrierSchema, PhoneSchema } from '../api.ts'

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

export const ComplexDataSchema = Type.Object(
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
    carriers: Type.Optional(Type.Array(CarrierSchema)),
    coordinator: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String({ maxLength: 80 })),
          businessNumber: Type.Optional(Type.String({ description: 'NNN-NN-NNNNN, for statements' })),
          phone: PhoneSchema,
        },
        strict,
      ),
    ),
    waiting: Type.Optional(
      Type.Object(
        {
          freeS: Type.Integer({
            minimum: 0,
            description: 'seconds at a stop, beyond the planned service, that cost nothing',
          }),
          perHourKrw: Type.Number({
            minimum: 0,
            maximum: 1e9,
            description: 'won for each hour beyond them, to the second',
          }),
          note: Type.Optional(SourceSchema),
        },
        {
          ...strict,
          description:
            'what hired trucks are paid for waiting (대기료), from recorded times; contract trucks are paid by the hour. Default: nothing',
        },
      ),
    ),
    law: Type.Optional(LawSchema),
    energy: Type.Optional(EnergySchema),
    timeOfDay: Type.Optional(TimeOfDaySchema),
    tollDiscounts: Type.Optional(TollDiscountsSchema),
    orders: OrderRulesSchema,
    demand: Type.Optional(Type.Unknown({ description: 'read by the generator of the fixture' })),
  },
  strict,
)

export type ComplexFirm = Static<typeof ComplexFirmSchema>
export type ComplexData = Static<typeof ComplexDataSchema>

/** Every fault of what is to become a complex: its form, and where that is right, what its places, firms and trucks contradict. */
export function findComplexIssues(value: unknown, locale: Locale): Issue[] {
  const form = Value.Errors(ComplexDataSchema, value).map(
    ({ instancePath, message }): Issue => ({
      code: 'complex.form',
      severity: 'error',
      path: instancePath.slice(1) || '/',
      message,
      remedy: locale === 'ko' ? '형식은 /api/openapi.json 을 보세요.' : 'See /api/openapi.json for the form.',
    }),
  )
  if (form.length > 0) return form
  const { complex, sites, firms, fleet, tariffs, carriers = [], law, energy, timeOfDay } = value as ComplexData
  // judged as a day without shipments
  const day = {
    name: complex.name.ko,
    startsAt: '2026-01-05T00:00:00+09:00',
    timeZone: complex.timeZone,
    days: 1,
    sites: sites.map(({ aliases: _, role: __, town: ___, ...site }) => site),
    firms: firms.map(({ aliases: _, size: __, ...firm }) => firm),
    shipments: [],
    vehicles: fleet,
    tariffs,
    ...(law && { law }),
    ...(energy && { energy }),
    ...(timeOfDay && { timeOfDay }),
  }
  const found = findIssues(day, locale)
    .filter(
      ({ code, path, severity }) =>
        (severity === 'error' || code === 'businessNumber.form') && !path.startsWith('shipments'),
    )
    // in the register of the firms a slip would be found by nobody later
    .map((issue) => ({ ...issue, severity: 'error' as const, path: issue.path.replace(/^vehicles/, 'fleet') }))
  return [...found, ...sharedNumbers(firms, locale), ...carrierFaults(carriers, fleet, locale)]
}

/** A carrier with a truck that the fleet does not know would never be given a round. */
function carrierFaults(carriers: readonly Carrier[], fleet: ComplexData['fleet'], locale: Locale): Issue[] {
  const known = new Set(fleet.map(({ id }) => id))
  const ids = carriers.map(({ id }) => id)
  const ko = locale === 'ko'
  const fault = (path: string, code: string, message: string, remedy: string): Issue => ({
    code,
    severity: 'error',
    path,
    message,
    remedy,
  })
  return carriers.flatMap(({ id, vehicles, trucks = [] }, index) => [
    ...(ids.indexOf(id) < index
      ? [
          fault(
            `carriers/${index}/id`,
            'carrier.twice',
            ko ? `운송사 id 가 두 번 있습니다: ${id}` : `There are two carriers ${id}.`,
            ko ? '하나의 id 를 바꾸세요.' : 'Change the id of one of them.',
          ),
        ]
      : []),
    ...[
      ...vehicles.map((vehicle, at) => [vehicle, `carriers/${index}/vehicles/${at}`] as const),
      ...trucks.map(({ vehicle }, at) => [vehicle, `carriers/${index}/trucks/${at}/vehicle`] as const),
    ]
      .filter(([vehicle]) => !known.has(vehicle))
      .map(([vehicle, path]) =>
        fault(
          path,
          'carrier.vehicle',
          ko ? `fleet 에 없는 차량입니다: ${vehicle}` : `The fleet has no vehicle ${vehicle}.`,
          ko ? 'fleet 에 있는 id 를 적으세요.' : 'Give an id of the fleet.',
        ),
      ),
  ])
}

/** One number for two firms: orders that name a number only would go to the first of them. */
function sharedNumbers(firms: readonly ComplexFirm[], locale: Locale): Issue[] {
  const first = new Map<string, string>()
  return firms.flatMap(({ name, businessNumber }, index): Issue[] => {
    const digits = businessNumber?.replace(/\D/g, '') ?? ''
    const owner = first.get(digits)
    if (digits !== '' && owner === undefined) first.set(digits, name)
    if (digits === '' || owner === undefined) return []
    const base = { code: 'businessNumber.shared', severity: 'error', path: `firms/${index}/businessNumber` } as const
    return [
      locale === 'ko'
        ? {
            ...base,
            message: `${owner}의 사업자등록번호와 같습니다: ${businessNumber}`,
            remedy: '두 기업의 번호를 확인하세요.',
          }
        : {
            ...base,
            message: `${owner} has the business number ${businessNumber} too.`,
            remedy: 'Check the numbers of both firms.',
          },
    ]
  })
}

/** Checks a parsed complex.json. Throws with the places at fault: the file belongs to the installation, not to a request. */
export function parseComplexData(value: unknown): ComplexData {
  if (Value.Check(ComplexDataSchema, value)) return value
  const faults = Value.Errors(ComplexDataSchema, value).map(
    ({ instancePath, message }) => `${instancePath}: ${message}`,
  )
  throw new Error(`complex.json: ${faults.join('; ')}`)
}
