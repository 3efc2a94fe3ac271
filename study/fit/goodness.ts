/**
 * How well the model tells days that it has not seen, and where it does not: firm by firm whether orders come as scattered as drawn,
 * whether the firm has weekdays of its own, whether days that are held out bring as many as the others promise; flow by flow whether the
 * weights of held-out days are those of the fitted curve. A test speaks only where chance would do so in one of twenty fits (Bonferroni).
 */
import { type CalendarFit, timesOn, weekdayOf } from './calendar.ts'
import { DIRECTIONS, type Direction, type Fitted, fitDays, flowOf } from './days.ts'
import { chiSquareAbove, normalBelow } from './distributions.ts'
import type { FitInput, FitOrder } from './orders.ts'
import { shrink } from './shrink.ts'
import { testWeights } from './weights.ts'

export interface FirmGoodness {
  readonly firm: string
  readonly orders: number
  /** variance of a day's orders / what the model draws: 1 fits */
  readonly dispersion: number
  readonly dispersionP: number
  readonly weekdayP: number
  /** orders of the held-out days, and how many the other days promise; null: none are held out */
  readonly heldOut: { readonly seen: number; readonly promised: number; readonly p: number } | null
  /** clumped: in bursts; weekday: on weekdays of its own; level: held-out days are busier or quieter */
  readonly misfits: readonly ('clumped' | 'weekday' | 'level')[]
}
export interface FlowGoodness {
  readonly flow: string
  readonly orders: number
  /** Kolmogorov–Smirnov on weights of held-out days inside the bounds; null: too few */
  readonly weights: { readonly count: number; readonly distance: number; readonly p: number } | null
  readonly fits: boolean
}
export interface Goodness {
  readonly heldOutDays: number
  /**
   * mean log likelihood of a held-out day's orders, more is better: of the model, of one without busy weekdays and months, of one in which
   * firms of a size order alike, and of one in which each firm is taken by itself; null: none are held out
   */
  readonly perDay: {
    readonly model: number
    readonly even: number
    readonly bySize: number
    readonly alone: number
  } | null
  readonly firms: readonly FirmGoodness[]
  readonly flows: readonly FlowGoodness[]
  /** orders of the first and second half of the days, and how likely so much growth, decline or season would be chance */
  readonly drift: { readonly first: number; readonly second: number; readonly p: number; readonly fits: boolean }
  readonly tests: number
  /** a test speaks below this */
  readonly level: number
}

const SURE = 0.05
/** Of a firm with fewer orders nothing is tested. */
const FEW_ORDERS = 10
/** Smoothing: what was never seen is seldom, not impossible (Jeffreys). */
const HALF = 0.5

export function goodnessOf(
  { firms }: FitInput,
  orders: readonly FitOrder[],
  all: Fitted,
  held: readonly string[],
): Goodness {
  const isHeld = new Set(held)
  const rest = all.dates.filter((date) => !isHeld.has(date))
  const [seen, unseen] = [orders.filter(({ date }) => !isHeld.has(date)), orders.filter(({ date }) => isHeld.has(date))]
  const train = held.length > 0 ? fitDays(seen, rest) : null
  const ofFirm = Map.groupBy(orders, ({ firm }) => firm)
  const tested = firms.map(({ id }) => testFirm(id, ofFirm.get(id) ?? [], all, train && { train, held, isHeld }))
  const flows = [...all.flows].map(([flow, own]) => {
    const fit = train?.weights.get(flow)
    const weights = fit
      ? testWeights(
          own.filter(({ date }) => isHeld.has(date)).map(({ weightKg }) => weightKg),
          fit,
        )
      : null
    return { flow, orders: own.length, weights }
  })
  const drift = driftOf(orders, all)
  const tests = 1 + tested.reduce((sum, { ps }) => sum + ps.length, 0) + flows.filter(({ weights }) => weights).length
  const level = SURE / tests
  return {
    heldOutDays: held.length,
    perDay: train && likelihoods(firms, seen, unseen, train, held),
    firms: tested.map(({ ps, ...firm }) => ({
      ...firm,
      misfits: ps.flatMap(([misfit, p]) => (p < level ? [misfit] : [])),
    })),
    flows: flows.map((flow) => ({ ...flow, fits: !flow.weights || flow.weights.p >= level })),
    drift: { ...drift, fits: drift.p >= level },
    tests,
    level,
  }
}

interface HeldOut {
  readonly train: Fitted
  readonly held: readonly string[]
  readonly isHeld: ReadonlySet<string>
}

function testFirm(firm: string, orders: readonly FitOrder[], all: Fitted, heldOut: HeldOut | null) {
  const rate = (direction: Direction, own: readonly FitOrder[], exposure: Fitted['exposure']): number =>
    own.filter((order) => order.direction === direction).length / Math.max(1e-9, exposure[direction])
  const rates = DIRECTIONS.map((direction) => [direction, rate(direction, orders, all.exposure)] as const)
  const meanOn = (date: string): number =>
    rates.reduce((sum, [direction, perDay]) => sum + perDay * timesOn(all.calendar[direction], date), 0)
  const counts = new Map(all.dates.map((date) => [date, 0]))
  for (const { date } of orders) counts.set(date, counts.get(date)! + 1)
  let [pearson, variance] = [0, 0]
  const weekdays = Array.from({ length: 5 }, () => ({ seen: 0, meant: 0 }))
  for (const [date, count] of counts) {
    const mean = meanOn(date)
    if (mean === 0) continue
    pearson += (count - mean) ** 2 / mean
    // of Pearson's sum where means are small: McCullagh & Nelder (1989), 4.4.5
    variance += 2 + 1 / mean
    const weekday = weekdays[weekdayOf(date)]
    weekday.seen += count
    weekday.meant += mean
  }
  const degrees = Math.max(1, all.dates.length - 1)
  const few = orders.length < FEW_ORDERS
  const dispersion = orders.length > 0 ? pearson / degrees : 1
  const dispersionP = few ? 1 : 1 - normalBelow((pearson - degrees) / Math.sqrt(variance))
  const scattered = Math.max(1, dispersion)
  const weekdayP = few
    ? 1
    : chiSquareAbove(
        weekdays.reduce((sum, { seen, meant }) => sum + (meant > 0 ? (seen - meant) ** 2 / meant : 0), 0) / scattered,
        weekdays.filter(({ meant }) => meant > 0).length - 1,
      )
  const level = heldOut && levelOf(orders, heldOut, rate, scattered)
  const ps: (readonly [FirmGoodness['misfits'][number], number])[] = few
    ? []
    : [['clumped', dispersionP], ['weekday', weekdayP], ...(level ? [['level', level.p] as const] : [])]
  return { firm, orders: orders.length, dispersion, dispersionP, weekdayP, heldOut: level, ps }
}

function levelOf(
  orders: readonly FitOrder[],
  { train, held, isHeld }: HeldOut,
  rate: (direction: Direction, own: readonly FitOrder[], exposure: Fitted['exposure']) => number,
  scattered: number,
): NonNullable<FirmGoodness['heldOut']> {
  const known = orders.filter(({ date }) => !isHeld.has(date))
  const seen = orders.length - known.length
  let [promised, unsure] = [0, 0]
  for (const direction of DIRECTIONS) {
    const days = exposureOn(train.calendar[direction], held)
    const mean = rate(direction, known, train.exposure) * days
    promised += mean
    // what is promised is itself an estimate
    unsure += mean * (1 + days / Math.max(1e-9, train.exposure[direction]))
  }
  const z = unsure > 0 ? Math.max(0, Math.abs(seen - promised) - 0.5) / Math.sqrt(unsure * scattered) : seen > 0 ? 9 : 0
  return { seen, promised, p: 2 * (1 - normalBelow(z)) }
}

const exposureOn = (calendar: CalendarFit, dates: readonly string[]): number =>
  dates.reduce((sum, date) => sum + timesOn(calendar, date), 0)

/** Growth within a year looks like a season: the model takes it for one, so it is asked for apart from the months. */
function driftOf(orders: readonly FitOrder[], { dates, calendar }: Fitted) {
  const middle = dates[dates.length >> 1]
  const first = orders.filter(({ date }) => date < middle).length
  const share = (dates.length >> 1) / dates.length
  const noise = Math.max(1, ...DIRECTIONS.map((direction) => calendar[direction].dispersion))
  const sd = Math.sqrt(Math.max(1e-9, orders.length * share * (1 - share) * noise))
  const z = Math.max(0, Math.abs(first - orders.length * share) - 0.5) / sd
  return { first, second: orders.length - first, p: 2 * (1 - normalBelow(z)) }
}

/** Without the factorials, which are the same for all. */
function likelihoods(
  firms: FitInput['firms'],
  seen: readonly FitOrder[],
  unseen: readonly FitOrder[],
  train: Fitted,
  held: readonly string[],
): NonNullable<Goodness['perDay']> {
  const flows = [...new Set([...seen, ...unseen].map(flowOf))]
  const directionOf = (flow: string): Direction => (flow.startsWith('in ') ? 'in' : 'out')
  const countBy = (orders: readonly FitOrder[]): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const order of orders) {
      const at = `${order.firm} ${flowOf(order)}`
      counts.set(at, (counts.get(at) ?? 0) + 1)
    }
    return counts
  }
  const [known, found] = [countBy(seen), countBy(unseen)]
  const sizes = [...Map.groupBy(firms, ({ size }) => size ?? '').values()]
  const score = (rates: (counts: readonly number[], days: number) => readonly number[], busy: boolean): number => {
    let sum = 0
    for (const flow of flows) {
      const direction = directionOf(flow)
      const days = busy ? train.exposure[direction] : train.dates.length
      const heldDays = busy ? exposureOn(train.calendar[direction], held) : held.length
      for (const own of sizes) {
        const perDay = rates(
          own.map(({ id }) => (known.get(`${id} ${flow}`) ?? 0) + HALF / own.length),
          days,
        )
        for (const [k, { id }] of own.entries())
          sum += (found.get(`${id} ${flow}`) ?? 0) * Math.log(perDay[k]) - perDay[k] * heldDays
      }
    }
    if (busy)
      for (const { direction, date } of unseen)
        sum += Math.log(Math.max(1e-9, timesOn(train.calendar[direction], date)))
    return sum / held.length
  }
  const alone = (counts: readonly number[], days: number) => counts.map((count) => count / days)
  const bySize = (counts: readonly number[], days: number) => {
    const all = counts.reduce((sum, count) => sum + count, 0)
    return counts.map(() => all / counts.length / days)
  }
  return {
    model: score(shrink, true),
    even: score(shrink, false),
    bySize: score(bySize, true),
    alone: score(alone, true),
  }
}
