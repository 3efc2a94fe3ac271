/** A month settled: what each firm pays, what each carrier gets, by what was really driven, and the corrections with their trail. */
import { type Static, Type } from 'typebox'
import { CostLineSchema, SourceSchema } from '../../solver/index.ts'
import { Names, strict } from './common.ts'

/** 2026-11 */
export const MonthName = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'as 2026-11' })
const DateName = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'ISO date' })
const Krw = Type.Integer()
const Reason = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })

export const CORRECTION_KINDS = ['waiting', 'toll', 'handling', 'damage', 'rounding', 'other'] as const
/**
 * POST /complexes/:complex/months/:month/corrections. Of a route: its carrier gets it, and the firms whose goods it was sent for pay it,
 * the same for each shipment, unless firm or carrier say otherwise. Of a firm or a carrier alone: the joint account stands on the other side.
 */
export const NewCorrectionSchema = Type.Union([
  Type.Object(
    {
      date: Type.String({ ...DateName, description: 'day of the month that it is about' }),
      route: Type.Optional(Type.String({ maxLength: 90, description: 'id of a round of that day' })),
      firm: Type.Optional(Type.String({ maxLength: 80 })),
      carrier: Type.Optional(Type.String({ maxLength: 80 })),
      kind: Type.Enum(CORRECTION_KINDS),
      krw: Type.Integer({
        minimum: -1_000_000_000,
        maximum: 1_000_000_000,
        description: 'whole won without VAT; below 0: the firm pays less, the carrier gets less',
      }),
      reason: Reason,
    },
    strict,
  ),
  Type.Object(
    { voids: Type.String({ maxLength: 40, description: 'id of the line that it takes back' }), reason: Reason },
    strict,
  ),
])
const PayerSchema = Type.Object({ firm: Type.String(), krw: Krw }, strict)
export const CorrectionSchema = Type.Object(
  {
    id: Type.String(),
    month: Type.String({ description: 'the month whose sums hold it' }),
    date: Type.String(),
    corrects: Type.Optional(Type.String({ description: 'the closed month that it is about' })),
    route: Type.Optional(Type.String()),
    kind: Type.Enum(CORRECTION_KINDS),
    krw: Krw,
    reason: Type.String(),
    payers: Type.Array(PayerSchema, { description: 'none: the joint account' }),
    carrier: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: 'null: no carrier is named for its round; absent: the joint account',
      }),
    ),
    at: Type.String(),
    by: Type.String(),
    voids: Type.Optional(Type.String()),
    voidedBy: Type.Optional(Type.String()),
  },
  strict,
)

export const LEFT_OUT_REASONS = ['noPlan', 'waitingOrders'] as const
const MonthDaySchema = Type.Object(
  {
    date: Type.String(),
    plan: Type.Optional(Type.String({ description: 'the confirmed one that stands for it' })),
    state: Type.Enum(['ready', 'working', 'noPlan']),
    basis: Type.Optional(
      Type.Enum(['recorded', 'partly', 'planned'], { description: 'planned: nothing was recorded, the plan counts' }),
    ),
    revised: Type.Boolean({ description: 'another plan of the day was driven before' }),
    estimated: Type.Boolean({ description: 'roads or tolls are estimates' }),
    method: Type.Optional(Type.String({ description: 'of the split' })),
    rounds: Type.Integer(),
    unrecorded: Type.Integer({ description: 'rounds that count as planned' }),
    missed: Type.Array(Type.Object({ route: Type.String(), shipment: Type.String(), why: Type.String() }, strict)),
    waitingOrders: Type.Integer({ description: 'orders without a place on the map' }),
    plannedKrw: Krw,
    executedKrw: Krw,
    b1Krw: Krw,
    leftOut: Type.Optional(Type.String({ description: 'why what the day lacks is left out' })),
  },
  strict,
)
const FirmDaySchema = Type.Object(
  {
    date: Type.String(),
    shipments: Type.Integer(),
    plannedKrw: Krw,
    shareKrw: Krw,
    vainKrw: Type.Integer({ description: 'rounds that came for its goods and took nothing' }),
    waitingKrw: Krw,
    b1Krw: Krw,
  },
  strict,
)
const Money = {
  sumKrw: Type.Integer({ description: '공급가액, without VAT' }),
  vatKrw: Krw,
  totalKrw: Krw,
}
export const FirmMonthSchema = Type.Object(
  {
    firm: Type.String(),
    name: Type.String(),
    businessNumber: Type.Optional(Type.String()),
    days: Type.Array(FirmDaySchema),
    shipments: Type.Integer(),
    plannedKrw: Type.Integer({ description: 'share of the confirmed plans' }),
    shareKrw: Type.Integer({ description: 'share of what was driven' }),
    vainKrw: Krw,
    waitingKrw: Type.Integer({ description: 'by the rule and by corrections' }),
    extrasKrw: Type.Integer({ description: 'all other corrections' }),
    b1Krw: Type.Integer({ description: 'baseline B1: each shipment that went, alone, by its cheapest mode' }),
    savingKrw: Type.Integer({ description: 'B1 less everything that it pays' }),
    ...Money,
  },
  strict,
)
export const CarrierRoundSchema = Type.Object(
  {
    date: Type.String(),
    plan: Type.String(),
    route: Type.String(),
    vehicle: Type.String(),
    basis: Type.Enum(['recorded', 'planned']),
    timed: Type.Boolean({ description: 'departure and return were recorded' }),
    paidS: Type.Integer({ description: 'from departure to return' }),
    stops: Type.Integer({ description: 'really made' }),
    plannedStops: Type.Integer(),
    shipments: Type.Integer(),
    plannedKrw: Krw,
    lines: Type.Array(CostLineSchema),
    costKrw: Krw,
    waitS: Type.Integer({ description: 'stood longer than the services take' }),
    waitingKrw: Krw,
  },
  strict,
)
export const CarrierMonthSchema = Type.Object(
  {
    carrier: Type.Union([Type.String(), Type.Null()], { description: 'null: rounds of trucks that no carrier names' }),
    name: Type.String(),
    businessNumber: Type.Optional(Type.String()),
    rounds: Type.Array(CarrierRoundSchema),
    lines: Type.Array(CostLineSchema, { description: 'of all rounds, by kind' }),
    plannedKrw: Krw,
    tariffKrw: Type.Integer({ description: 'by the tariff, without tolls' }),
    tollKrw: Type.Integer({ description: 'charged beside the fare, and corrections of tolls' }),
    waitingKrw: Krw,
    extrasKrw: Krw,
    ...Money,
  },
  strict,
)
const VatSchema = Type.Object(
  { percent: Type.Number(), ...SourceSchema.properties },
  { ...strict, description: 'shown apart; sums agree without it' },
)
/** GET /complexes/:complex/months/:month. What firms pay = what carriers and terminal freight get + the joint account, to the won. */
export const MonthSchema = Type.Object(
  {
    complex: Type.String(),
    name: Names,
    synthetic: Type.Boolean(),
    month: Type.String(),
    state: Type.Enum(['open', 'closed']),
    closedAt: Type.Optional(Type.String()),
    closedBy: Type.Optional(Type.String()),
    baseline: Type.Literal('B1'),
    estimated: Type.Boolean({ description: 'a day rests on estimated roads or tolls' }),
    vat: VatSchema,
    days: Type.Array(MonthDaySchema),
    firms: Type.Array(FirmMonthSchema),
    carriers: Type.Array(CarrierMonthSchema),
    terminal: Type.Object({ shipments: Type.Integer(), sumKrw: Krw }, strict),
    programme: Type.Object(
      { sumKrw: Krw },
      {
        ...strict,
        description: 'joint account: corrections that only one side has; above 0: firms pay more than others get',
      },
    ),
    corrections: Type.Array(CorrectionSchema),
    sums: Type.Object(
      {
        plannedKrw: Krw,
        firmsKrw: Krw,
        carriersKrw: Krw,
        terminalKrw: Krw,
        programmeKrw: Krw,
        b1Krw: Krw,
        savingKrw: Krw,
      },
      strict,
    ),
    missing: Type.Array(
      Type.Object({ date: Type.String(), why: Type.Enum([...LEFT_OUT_REASONS, 'working']) }, strict),
      { description: 'what keeps the month from being closed' },
    ),
  },
  strict,
)
/** Of a correction what one of its sides is shown: its own part of it. */
const OwnCorrectionSchema = Type.Object(
  {
    id: Type.String(),
    date: Type.String(),
    kind: Type.Enum(CORRECTION_KINDS),
    krw: Krw,
    reason: Type.String(),
    corrects: Type.Optional(Type.String()),
    voids: Type.Optional(Type.String()),
  },
  strict,
)
const own = {
  state: Type.Enum(['open', 'closed']),
  working: Type.Integer({ description: 'days that the sums lack' }),
  estimated: Type.Boolean({ description: 'a day rests on estimated roads or tolls' }),
  vat: VatSchema,
  corrections: Type.Array(OwnCorrectionSchema),
}
/** In GET /my/statement: what was really driven, beside what was planned. */
export const OwnFirmMonthSchema = Type.Object({ ...own, row: Type.Optional(FirmMonthSchema) }, strict)
/** GET /my/carrier-statement */
export const CarrierStatementSchema = Type.Object(
  { month: Type.String(), complex: Type.String(), ...own, row: Type.Optional(CarrierMonthSchema) },
  strict,
)
/** GET /complexes/:complex/months */
export const MonthListSchema = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          month: Type.String(),
          state: Type.Enum(['open', 'closed']),
          days: Type.Integer(),
          closedAt: Type.Optional(Type.String()),
          closedBy: Type.Optional(Type.String()),
        },
        strict,
      ),
    ),
  },
  strict,
)
/** POST /complexes/:complex/months/:month/close */
export const CloseMonthSchema = Type.Object(
  {
    leftOut: Type.Optional(
      Type.Array(Type.Object({ date: DateName, reason: Reason }, strict), {
        maxItems: 31,
        description: 'days that lack something, and why that is left out',
      }),
    ),
  },
  strict,
)

export type NewCorrection = Static<typeof NewCorrectionSchema>
export type Correction = Static<typeof CorrectionSchema>
export type MonthDay = Static<typeof MonthDaySchema>
export type FirmMonth = Static<typeof FirmMonthSchema>
export type CarrierMonth = Static<typeof CarrierMonthSchema>
export type OwnFirmMonth = Static<typeof OwnFirmMonthSchema>
export type CarrierStatement = Static<typeof CarrierStatementSchema>
export type Month = Static<typeof MonthSchema>
export type MonthList = Static<typeof MonthListSchema>
