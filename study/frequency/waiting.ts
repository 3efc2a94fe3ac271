/** What waiting does to the orders of one day: days, stock, and what the stock costs. */
import type { DrawnOrder } from '../pickup/demand.ts'
import { calendarDays, DAILY_CYCLE_DAYS, type Release } from './release.ts'
import type { ChosenPatterns, Stock } from './schema.ts'

/** Sums over the orders that go on one day. */
export interface Waiting {
  readonly orders: number
  /** of them */
  readonly mayWait: number
  readonly waited: number
  /** working days, of all that may wait */
  readonly waitDays: number
  readonly longestDays: number
  /** goods lying that would not lie if they were fetched daily: kg × calendar days */
  readonly kgDays: number
  readonly stockKrw: number
  /** of the first run of a setting whose patterns are chosen */
  readonly patterns?: ChosenPatterns
}

export interface WaitedOrder {
  readonly order: DrawnOrder
  readonly mayWait: boolean
  readonly day: number
  readonly release: Release
}

const DAYS_A_YEAR = 365

export const krwPerKgOf = ({ krwPerKg, flows = [] }: Stock, flow: string): number =>
  flows.find((entry) => entry.flow === flow)?.krwPerKg ?? krwPerKg

/** Half a cycle longer than a daily one lies at the firm; the wait itself lies at the supplier. */
export const lyingDays = ({ day, release }: Pick<WaitedOrder, 'day' | 'release'>, dates: readonly string[]): number =>
  (release.cycleDays - DAILY_CYCLE_DAYS) / 2 + calendarDays(dates[day], dates[release.day])

/** value × rate × (cycle ÷ 2 + delay) */
export const lyingKrw = (stock: Stock, { flow, weightKg }: DrawnOrder, days: number): number =>
  (krwPerKgOf(stock, flow.id) * weightKg * stock.carryingRate * days) / DAYS_A_YEAR

export function waitingOf(orders: readonly WaitedOrder[], dates: readonly string[], stock: Stock): Waiting {
  const patient = orders.filter(({ mayWait }) => mayWait)
  const waits = patient.map(({ day, release }) => release.day - day)
  const sum = (of: (order: WaitedOrder) => number): number => patient.reduce((all, order) => all + of(order), 0)
  return {
    orders: orders.length,
    mayWait: patient.length,
    waited: waits.filter((days) => days > 0).length,
    waitDays: waits.reduce((all, days) => all + days, 0),
    longestDays: Math.max(0, ...waits),
    kgDays: sum((order) => order.order.weightKg * lyingDays(order, dates)),
    stockKrw: Math.round(sum((order) => lyingKrw(stock, order.order, lyingDays(order, dates)))),
  }
}
