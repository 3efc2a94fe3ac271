/**
 * What to do about an outage, in two phases: at once what delivers within weeks (fetch from who can deliver, lend each other stock, count
 * what is not known), then what makes the next one smaller (qualify alternatives, a second supplier, more stock). Each line with its
 * figures. What the lines gain does not add up: `Phases` says what all of a phase gain together.
 */
import { type Diversified, withOnly, withSecond } from './diversify.ts'
import { alternativesOf, type FetchResult, fetchKey, missingShare, type NoRoute, servedShare } from './fetch.ts'
import { courseOf, firstDayOf, hitSuppliers, NO_HELP, type OutageCourse, useOf } from './outage.ts'
import type { Alternative, Item, Outage, Register } from './schema.ts'

/** What delivers within so many days is urgent; what takes longer is of the medium term. */
export const URGENT_DAYS = 28

export const RESPONSE_KINDS = ['count', 'share', 'fetch', 'qualify', 'find', 'raise', 'joint', 'second'] as const
export type ResponseKind = (typeof RESPONSE_KINDS)[number]

/** Transport of an alternative while the outage lasts. */
export interface ResponseTransport {
  readonly fetches: number
  readonly aloneKrw: number
  readonly pooledKrw: number
  /** of the supplier of today, over the same time; null: it has no place here, nothing is taken off */
  readonly todayKrw: { readonly aloneKrw: number; readonly pooledKrw: number } | null
}

export interface ResponseLine {
  readonly phase: 'urgent' | 'medium'
  readonly kind: ResponseKind
  readonly item: string
  readonly supplier?: string
  readonly stage?: Alternative['stage']
  /** who: units that each gives (above 0) or takes (below 0), gets, or adds to its stock */
  readonly firms: readonly { readonly firm: string; readonly units: number }[]
  /** units in all */
  readonly units: number
  /** from when it helps, and until when, days since the outage began; null: as long as it lasts */
  readonly fromDay: number
  readonly untilDay: number | null
  /** firm days on which the item was lacking, without and with this line alone */
  readonly before: number
  readonly after: number
  /** firms that stop because of it and would not otherwise */
  readonly harmed: readonly string[]
  /** of goods lent, or more for goods, or put into stock, won; null: no price is known */
  readonly goodsKrw: number | null
  /** carrying more stock, or a second supplier, won a year; null: not known, or nothing */
  readonly perYearKrw: number | null
  readonly transport: ResponseTransport | { readonly why: NoRoute } | null
  /** of a second supplier */
  readonly verdict?: Diversified['verdict']
  readonly alonePerYearKrw?: number | null
}

export interface Phases {
  /** firm days stopped, over all items: nothing done, all of the first phase, and all of both with what they qualify */
  readonly nothing: number
  readonly urgent: number
  readonly both: number
}
export interface Response {
  readonly lines: readonly ResponseLine[]
  readonly phases: Phases
}

export function responseOf(
  register: Register,
  outage: Outage,
  fetches: readonly FetchResult[],
  second: readonly Diversified[],
): Response {
  const hit = hitSuppliers(register, outage)
  const nothing = courseOf(register, outage, NO_HELP)
  const items = register.items.filter((item) => missingShare(item, hit) > 0)
  const lines = items.flatMap((item) => linesOf(register, outage, item, hit, nothing, fetches, second))
  const soon = (item: Item) => alternativesOf(item, hit).filter((other) => firstDayOf(register, other) <= URGENT_DAYS)
  const urgentOnly = { ...register, items: register.items.map((item) => ({ ...item, alternatives: soon(item) })) }
  const help = { alternatives: true, shared: lines.some(({ kind }) => kind === 'share'), jointDays: 0 }
  return {
    lines: lines.toSorted((a, b) => Number(a.phase === 'medium') - Number(b.phase === 'medium')),
    phases: {
      nothing: nothing.daysLost,
      urgent: courseOf(urgentOnly, outage, help).daysLost,
      both: courseOf(prepared(register), outage, { ...help, jointDays: outage.jointDays ?? 0 }).daysLost,
    },
  }
}

/** The same complex after the second phase: alternatives adopted, stock at its target. */
const prepared = (register: Register): Register => ({
  ...register,
  items: register.items.map((item) => ({
    ...raised(item),
    alternatives: alternativesOf(item).map((other) => ({ ...other, stage: 'adopted' })),
  })),
})

const raised = (item: Item): Item => ({
  ...item,
  uses: item.uses.map((use) => ({
    ...use,
    ...(use.stock !== undefined && { stock: Math.max(use.stock, (item.targetDays ?? 0) * use.perDay) }),
  })),
})

const lackOf = ({ firms }: OutageCourse, item: string): number =>
  firms.reduce((sum, firm) => sum + (firm.item === item ? firm.daysLost : 0), 0)

function linesOf(
  register: Register,
  outage: Outage,
  item: Item,
  hit: ReadonlySet<string>,
  nothing: OutageCourse,
  fetches: readonly FetchResult[],
  second: readonly Diversified[],
): ResponseLine[] {
  const before = lackOf(nothing, item.id)
  const price = (units: number): number | null => (item.unitKrw === undefined ? null : Math.round(item.unitKrw * units))
  const carry = (units: number): number | null => {
    const krw = price(units)
    return krw === null ? null : Math.round(krw * register.carryingRate)
  }
  const line = (rest: Partial<ResponseLine> & Pick<ResponseLine, 'phase' | 'kind'>): ResponseLine => ({
    item: item.id,
    firms: [],
    units: 0,
    fromDay: 0,
    untilDay: null,
    before,
    after: before,
    harmed: [],
    goodsKrw: null,
    perYearKrw: null,
    transport: null,
    ...rest,
  })
  const stoppedIn = ({ firms }: OutageCourse): Set<string> =>
    new Set(firms.flatMap((firm) => (firm.item === item.id && firm.stopsOnDay !== null ? firm.firm : [])))

  const dark = item.uses.filter(({ perDay, stock }) => perDay > 0 && stock === undefined)
  const count =
    dark.length > 0
      ? [line({ phase: 'urgent', kind: 'count', firms: dark.map(({ firm }) => ({ firm, units: 0 })), untilDay: 7 })]
      : []

  const alone = { ...register, items: [item] }
  const shared = courseOf(alone, outage, { ...NO_HELP, shared: true })
  const lenders = shared.lent.filter(({ units }) => units > 0)
  const stops = shared.firms.flatMap(({ stopsOnDay }) => stopsOnDay ?? [])
  const lent = lenders.reduce((sum, { units }) => sum + units, 0)
  const share =
    lackOf(shared, item.id) < before - 1e-9
      ? [
          line({
            phase: 'urgent',
            kind: 'share',
            firms: shared.lent.map(({ firm, units }) => ({ firm, units })),
            units: lent,
            fromDay: Math.min(
              ...nothing.firms.flatMap((firm) => (firm.item === item.id ? (firm.stopsOnDay ?? []) : [])),
            ),
            untilDay: stops.length > 0 ? Math.min(...stops) : null,
            after: lackOf(shared, item.id),
            harmed: [...stoppedIn(shared)].filter((firm) => !stoppedIn(nothing).has(firm)),
            goodsKrw: price(lent),
          }),
        ]
      : []

  const others = alternativesOf(item, hit)
  const lastDay = lastDayOf(item, hit, outage)
  const fetched = others.flatMap((other): ResponseLine[] => {
    const served = servedShare(item, other, missingShare(item, hit))
    const fromDay = firstDayOf(register, other)
    const now = courseOf(withOnly(register, item, other), outage, { ...NO_HELP, alternatives: true })
    const ready: Alternative = { ...other, stage: 'adopted' }
    const then = courseOf(withOnly(register, item, ready), outage, { ...NO_HELP, alternatives: true })
    const found = fetches.find(
      (fetch) => fetchKey(fetch.item, fetch.supplier, fetch.share) === fetchKey(item.id, other.supplier, served),
    )
    const over = (from: number) => {
      const days = Math.max(0, lastDay - from)
      const units = useOf(item) * served * days
      return {
        supplier: other.supplier,
        stage: other.stage,
        units,
        firms: item.uses.map(({ firm, perDay }) => ({ firm, units: perDay * served * days })),
        goodsKrw: other.goodsKrw === undefined ? null : Math.round(other.goodsKrw * units),
        transport: transportOver(found, days),
      }
    }
    const urgent = fromDay <= URGENT_DAYS
    return [
      ...(fromDay < lastDay
        ? [
            line({
              phase: urgent ? 'urgent' : 'medium',
              kind: 'fetch',
              ...over(fromDay),
              fromDay,
              untilDay: lastDay,
              after: lackOf(now, item.id),
            }),
          ]
        : []),
      ...(other.stage === 'adopted'
        ? []
        : [
            line({
              phase: 'medium',
              kind: 'qualify',
              ...over(other.leadDays),
              fromDay: 0,
              untilDay: register.stageDays[other.stage],
              after: lackOf(then, item.id),
            }),
          ]),
    ]
  })
  const find =
    others.length === 0 ? [line({ phase: 'medium', kind: 'find', units: useOf(item) * missingShare(item, hit) })] : []

  const more = item.uses.flatMap(({ firm, perDay, stock }) => {
    const units = stock === undefined ? 0 : (item.targetDays ?? 0) * perDay - stock
    return units > 0 ? [{ firm, units }] : []
  })
  const added = more.reduce((sum, { units }) => sum + units, 0)
  const raise =
    added > 0
      ? [
          line({
            phase: 'medium',
            kind: 'raise',
            firms: more,
            units: added,
            after: lackOf(courseOf({ ...register, items: [raised(item)] }, outage, NO_HELP), item.id),
            goodsKrw: price(added),
            perYearKrw: carry(added),
          }),
        ]
      : []

  const jointDays = outage.jointDays ?? 0
  const joint = courseOf(alone, outage, { ...NO_HELP, jointDays })
  const endsOn = joint.firms.flatMap(({ stopsOnDay }) => stopsOnDay ?? [])
  const jointUnits = jointDays * useOf(item)
  const pool =
    jointUnits > 0
      ? [
          line({
            phase: 'medium',
            kind: 'joint',
            units: jointUnits,
            untilDay: endsOn.length > 0 ? Math.min(...endsOn) : null,
            after: lackOf(joint, item.id),
            goodsKrw: price(jointUnits),
            perYearKrw: carry(jointUnits),
          }),
        ]
      : []

  const seconds = second
    .filter((entry) => entry.item === item.id && !hit.has(entry.supplier))
    .flatMap((entry) => {
      const other = others.find(({ supplier }) => supplier === entry.supplier)
      if (!other) return []
      const with2 = { ...register, items: [withSecond(item, other, entry.share)] }
      return line({
        phase: 'medium',
        kind: 'second',
        supplier: entry.supplier,
        units: useOf(item) * entry.share * 365,
        after: lackOf(courseOf(with2, outage, NO_HELP), item.id),
        goodsKrw: entry.goodsKrw,
        perYearKrw: entry.pooledKrw,
        alonePerYearKrw: entry.aloneKrw,
        verdict: entry.verdict,
      })
    })
  return [...count, ...share, ...fetched, ...find, ...raise, ...pool, ...seconds]
}

function transportOver(fetch: FetchResult | undefined, days: number): ResponseLine['transport'] {
  if (!fetch) return { why: 'notAsked' }
  if (fetch.kind === 'none') return { why: fetch.why }
  const fetches = Math.ceil(days / fetch.everyDays)
  const times = ({ aloneKrw, pooledKrw }: { aloneKrw: number; pooledKrw: number }) => ({
    aloneKrw: Math.round(aloneKrw * fetches),
    pooledKrw: Math.round(pooledKrw * fetches),
  })
  return { fetches, ...times(fetch), todayKrw: fetch.instead && times(fetch.instead) }
}

/** The day on which the last of those who are out delivers again. */
const lastDayOf = (item: Item, hit: ReadonlySet<string>, { weeks }: Outage): number =>
  Math.ceil(
    Math.max(
      ...item.sources.filter(({ supplier }) => hit.has(supplier)).map(({ leadDays = 0 }) => weeks * 7 + leadDays),
    ),
  )
