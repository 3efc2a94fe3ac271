/**
 * Who orders what, from where, how heavy: the demand of a complex as a model with stated assumptions. One stream of random numbers for
 * each seed, day, firm and flow, so that a firm draws the same whatever is changed about the others.
 */
import { type Static, Type } from 'typebox'
import { SourceSchema } from '../../solver/index.ts'
import { type Random, randomOf } from '../random.ts'

const strict = { additionalProperties: false } as const

/** Goods that firms order: in to a firm, out of it. */
export const FlowSchema = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    items: Type.Array(Type.String(), { minItems: 1 }),
    direction: Type.Enum(['in', 'out']),
    perWeek: Type.Record(Type.String(), Type.Number({ minimum: 0 }), {
      description: 'orders a week of one firm, by its size, before `scale`',
    }),
    perFirm: Type.Optional(
      Type.Record(Type.String(), Type.Number({ minimum: 0 }), {
        description: 'id of a firm → orders a week, before `scale`; a firm that is not named: by its size',
      }),
    ),
    processes: Type.Optional(
      Type.Array(Type.String(), { minItems: 1, description: 'only firms of these processes; default: all firms' }),
    ),
    medianKg: Type.Number({ exclusiveMinimum: 0 }),
    sigma: Type.Optional(
      Type.Number({ minimum: 0, maximum: 3, description: 'of its weights; default: that of all flows' }),
    ),
    boundsKg: Type.Tuple([Type.Number({ minimum: 0 }), Type.Number({ minimum: 0 })]),
    partners: Type.Record(Type.String(), Type.Number({ minimum: 0 }), { description: 'site → share of the orders' }),
    itemShares: Type.Optional(
      Type.Record(Type.String(), Type.Number({ minimum: 0 }), { description: 'item → share; default: all alike' }),
    ),
    times: Type.Optional(
      Type.Record(Type.String(), Type.Number({ minimum: 0 }), {
        description: 'wished time, as a person writes it, empty for none → share; default: by what the flow is',
      }),
    ),
    note: Type.Optional(SourceSchema),
    pieceKg: Type.Number({
      exclusiveMinimum: 0,
      description: 'no piece is heavier: an order of more is several pieces',
    }),
    handling: Type.Optional(Type.String()),
    sameDay: Type.Optional(Type.Boolean()),
    mustGoAlone: Type.Optional(Type.Boolean()),
    appointment: Type.Optional(Type.Boolean()),
  },
  strict,
)
/** By direction; 1 is as usual. */
const busy = (count: number, description: string) => {
  const times = Type.Array(Type.Number({ minimum: 0, maximum: 100 }), { minItems: count, maxItems: count })
  return Type.Optional(
    Type.Object({ in: times, out: times }, { ...strict, description: `${description}; default: all alike` }),
  )
}

export const DemandSchema = Type.Object(
  {
    note: Type.Optional(SourceSchema),
    from: Type.String({ description: 'ISO date of the first day' }),
    workingDays: Type.Integer({ minimum: 1, maximum: 366, description: 'drawn for each seed' }),
    workingDaysPerYear: Type.Integer({ minimum: 1, maximum: 366 }),
    scale: Type.Number({ minimum: 0, maximum: 100, description: 'of all frequencies' }),
    sigma: Type.Number({ minimum: 0, maximum: 3, description: 'of the logarithm of the weights' }),
    flows: Type.Array(FlowSchema, { minItems: 1 }),
    byWeekday: busy(5, 'times as many orders, Monday to Friday'),
    byMonth: busy(12, 'times as many orders, January to December'),
    far: Type.Optional(
      Type.Array(Type.String(), { description: 'sites whose appointments are in the afternoon; default: none' }),
    ),
  },
  // the fixture keeps more beside it
  { additionalProperties: true },
)
export type Flow = Static<typeof FlowSchema>
export type Demand = Static<typeof DemandSchema>

export interface DemandFirm {
  readonly id?: string
  readonly name: string
  /** where it loads and unloads */
  readonly site?: string
  readonly size?: string
  readonly process?: string
}

/** An order as the model draws it, before a person writes it down. */
export interface DrawnOrder {
  readonly flow: Flow
  readonly firm: string
  readonly from: string
  readonly to: string
  readonly item: string
  readonly weightKg: number
  readonly pieces: number
}

const WORKING_DAYS_A_WEEK = 5

/**
 * Orders of one working day (0 …), in the order of firms and flows. One stream per seed, day, firm and flow. `date`: for busy weekdays and
 * months; without it all days are alike.
 */
export function drawDay(
  demand: Demand,
  firms: readonly DemandFirm[],
  seed: number,
  day: number,
  date?: string,
): DrawnOrder[] {
  const { flows, scale, sigma } = demand
  const busy = { in: busyOn(demand, 'in', date), out: busyOn(demand, 'out', date) }
  return firms.flatMap((firm, firmIndex) =>
    flows.flatMap((flow, flowIndex) => {
      const random = randomOf(seed, day, firmIndex, flowIndex)
      const count = random.poisson((perWeekOf(flow, firm) * scale * busy[flow.direction]) / WORKING_DAYS_A_WEEK)
      return Array.from({ length: count }, () =>
        drawOrder(random, flow, { firm: firm.name, site: firm.site ?? '' }, flow.sigma ?? sigma),
      )
    }),
  )
}

/** Orders a week of a firm, before `scale`. */
export function perWeekOf(flow: Flow, { id, size, process }: DemandFirm): number {
  const own = id === undefined ? undefined : flow.perFirm?.[id]
  if (own !== undefined) return own
  if (flow.processes && !flow.processes.includes(process ?? '')) return 0
  return flow.perWeek[size ?? ''] ?? 0
}

function busyOn({ byWeekday, byMonth }: Demand, direction: Flow['direction'], date: string | undefined): number {
  if (date === undefined) return 1
  const day = new Date(`${date}T00:00:00Z`)
  return (byWeekday?.[direction][(day.getUTCDay() + 6) % 7] ?? 1) * (byMonth?.[direction][day.getUTCMonth()] ?? 1)
}

function drawOrder(random: Random, flow: Flow, own: { firm: string; site: string }, sigma: number): DrawnOrder {
  const partner = random.pickByShare(flow.partners)
  const weightKg = roundWeight(random.logNormal(flow.medianKg, sigma, flow.boundsKg))
  const [from, to] = flow.direction === 'in' ? [partner, own.site] : [own.site, partner]
  const pieces = Math.ceil(weightKg / flow.pieceKg)
  const item = flow.itemShares ? random.pickByShare(flow.itemShares) : random.pick(flow.items)
  return { flow, firm: own.firm, from, to, item, weightKg, pieces }
}

/** As a person would say it: 7 kg, 85 kg, 640 kg, 1,250 kg. */
function roundWeight(kg: number): number {
  const step = kg < 50 ? 1 : kg < 1000 ? 5 : 10
  return Math.round(kg / step) * step
}

/** What the row of an order says of its time: appointments for molds, heat treatment by its closing, a few orders with a wish. */
export function wishedTime({ flow, to }: DrawnOrder, far: readonly string[], random: Random): string {
  if (flow.times) return random.pickByShare(flow.times)
  if (flow.appointment)
    return random.pick(
      far.includes(to) ? ['오후', '14:00-17:00', '17시까지'] : ['10:00-12:00', '오전', '오후', '13:30~16:00'],
    )
  if (flow.sameDay && flow.direction === 'out') return random.pick(['', '17:30까지', '오후 5시 30분까지', '당일'])
  if (flow.sameDay) return random.pick(['', '', '오후', '당일'])
  return ''
}

/** The orders of a day as rows under ORDER_COLUMNS: what a coordinator would import. `nameOf`: of a site. */
export function orderRows(
  orders: readonly DrawnOrder[],
  at: {
    readonly seed: number
    readonly day: number
    readonly date: string
    readonly far: readonly string[]
    /** of the first order, among those of its day; default 0 */
    readonly from?: number
  },
  nameOf: (site: string) => string,
): string[][] {
  return orders
    .map((order, k) => ({ order, index: (at.from ?? 0) + k }))
    .map(({ order, index }) => [
      `${at.date.slice(5).replace('-', '')}-${String(index + 1).padStart(2, '0')}`,
      at.date,
      order.firm,
      nameOf(order.from),
      nameOf(order.to),
      order.item,
      String(order.pieces),
      'EA',
      String(order.weightKg),
      wishedTime(order, at.far, randomOf(at.seed, 1_000 + at.day, index)),
      order.flow.handling ?? '',
    ])
}
export const ORDER_COLUMNS = [
  '접수번호',
  '상차일',
  '업체명',
  '상차지',
  '하차지',
  '품목',
  '수량',
  '단위',
  '중량',
  '도착요청',
  '상하차방식',
] as const
