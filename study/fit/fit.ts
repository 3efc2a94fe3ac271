/**
 * The demand model of a complex from its orders: for each firm and flow a Poisson rate, busy weekdays and months by direction, log-normal
 * weights, partners, items and wished times by their shares. Every fourth working day is held out: what a fit of the others says of them
 * shows how good it is; the model itself is of all days.
 */
import type { Demand, Flow } from '../pickup/demand.ts'
import type { CalendarFit } from './calendar.ts'
import { DIRECTIONS, type Direction, fitDays, SIGMA } from './days.ts'
import { poissonInterval } from './distributions.ts'
import { type Goodness, goodnessOf } from './goodness.ts'
import type { FitInput, FitOrder } from './orders.ts'
import { shrink } from './shrink.ts'
import type { WeightFit } from './weights.ts'

export interface RateFit {
  readonly firm: string
  readonly flow: string
  readonly orders: number
  /** as counted; what is drawn lies between it and the mean of firms of its size */
  readonly perWeek: number
  /** 95 %, wider where the firm's days scatter more than the model's */
  readonly interval: readonly [number, number]
}
export interface DemandFit {
  readonly demand: Demand
  readonly orders: number
  readonly days: number
  /** orders on days on which a study draws nothing: weekends and holidays; they are left out */
  readonly offDays: number
  readonly rates: readonly RateFit[]
  readonly calendar: Readonly<Record<Direction, CalendarFit>>
  readonly weights: readonly ({ readonly flow: string } & WeightFit)[]
  readonly goodness: Goodness
}

const WEEK = 5
const HELD_OUT_EACH = 4
/** Fewer days say too little of days that are held out. */
const LEAST_HELD_OUT = 5

export function fitDemand(input: FitInput): DemandFit {
  const { firms, workingDates, workingDaysPerYear, from, note } = input
  const working = new Set(workingDates)
  const orders = input.orders.filter(({ date }) => working.has(date))
  const fitted = fitDays(orders, workingDates)
  const held = heldOut(workingDates)
  const goodness = goodnessOf(input, orders, fitted, held.length >= LEAST_HELD_OUT ? held : [])
  const scatter = new Map(goodness.firms.map(({ firm, dispersion }) => [firm, Math.max(1, dispersion)]))
  const rates: RateFit[] = []
  const flows = [...fitted.flows].map(([id, own]): Flow => {
    const { direction } = own[0]
    for (const firm of firms) {
      const count = own.filter((order) => order.firm === firm.id).length
      const toWeek = (value: number): number => (value * WEEK) / fitted.exposure[direction]
      const [low, high] = poissonInterval(count)
      const wider = Math.sqrt(scatter.get(firm.id) ?? 1)
      const interval = [
        Math.max(0, toWeek(count - (count - low) * wider)),
        toWeek(count + (high - count) * wider),
      ] as const
      rates.push({ firm: firm.id, flow: id, orders: count, perWeek: toWeek(count), interval })
    }
    const drawn = new Map<string, number>()
    const perWeek: Record<string, number> = {}
    for (const [size, alike] of Map.groupBy(firms, (firm) => firm.size ?? '')) {
      const counts = alike.map(({ id: firm }) => own.filter((order) => order.firm === firm).length)
      const days = fitted.exposure[direction]
      for (const [k, rate] of shrink(counts, days).entries()) drawn.set(alike[k].id, round(rate * WEEK))
      if (size !== '')
        perWeek[size] = round((counts.reduce((sum, count) => sum + count, 0) * WEEK) / (alike.length * days))
    }
    const { medianKg, sigma, boundsKg } = fitted.weights.get(id)!
    const items = sharesOf(own.map(({ item }) => item))
    return {
      id,
      items: Object.keys(items),
      itemShares: items,
      direction,
      perWeek,
      perFirm: Object.fromEntries(firms.map(({ id: firm }) => [firm, drawn.get(firm)!])),
      medianKg: round(medianKg),
      sigma: round(sigma),
      boundsKg: [boundsKg[0], boundsKg[1]],
      partners: sharesOf(own.map(({ partner }) => partner)),
      pieceKg: Math.max(...own.map(({ pieceKg }) => pieceKg)),
      times: sharesOf(own.map(({ time }) => time)),
      ...handlingOf(own),
      ...(own[0].mustGoAlone && { mustGoAlone: true }),
    }
  })
  const monthly = DIRECTIONS.some((direction) => fitted.calendar[direction].month.used)
  const daily = DIRECTIONS.some((direction) => fitted.calendar[direction].weekday.used)
  const busy = (direction: Direction, of: 'weekday' | 'month'): number[] => {
    const { used, times } = fitted.calendar[direction][of]
    return times.map((time) => (used ? round(time) : 1))
  }
  return {
    demand: {
      note,
      from,
      workingDays: Math.min(20, workingDates.length),
      workingDaysPerYear,
      scale: 1,
      sigma: SIGMA,
      flows: flows.toSorted((a, b) => a.id.localeCompare(b.id)),
      ...(daily && { byWeekday: { in: busy('in', 'weekday'), out: busy('out', 'weekday') } }),
      ...(monthly && { byMonth: { in: busy('in', 'month'), out: busy('out', 'month') } }),
    },
    orders: orders.length,
    days: workingDates.length,
    offDays: input.orders.length - orders.length,
    rates,
    calendar: fitted.calendar,
    weights: [...fitted.weights].map(([flow, fit]) => ({ flow, ...fit })),
    goodness,
  }
}

/** Every fourth working day: weeks have five, so that each weekday is held out as often. */
export const heldOut = (dates: readonly string[]): readonly string[] =>
  dates.filter((_, k) => k % HELD_OUT_EACH === HELD_OUT_EACH - 1)

function sharesOf(values: readonly string[]): Record<string, number> {
  const counts = [...Map.groupBy(values, (value) => value)].map(([value, own]) => [value, own.length] as const)
  return Object.fromEntries(
    counts
      .toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
      .map(([value, count]) => [value, round(count / values.length)]),
  )
}

/** As most of its orders have it. */
function handlingOf(orders: readonly FitOrder[]): { readonly handling?: string } {
  const [most] = Object.keys(sharesOf(orders.map(({ handling }) => handling)))
  return most ? { handling: most } : {}
}

/** Four figures say more than the orders do. */
const round = (value: number): number => Number(value.toPrecision(4))
