/**
 * When orders are let go: each on a day of its pattern, when its lane's truck is full, or when it has waited for the longest that is
 * stated. What is still held on the last day goes then, so that exactly what was ordered is fetched.
 */
import { DAILY, type Pattern } from './schema.ts'

export interface HeldOrder {
  /** of the dates, on which it is ordered */
  readonly day: number
  readonly pair: string
  readonly lane: string
  readonly weightKg: number
  readonly mayWait: boolean
}
export interface Patience {
  readonly patternOf: (pair: string) => Pattern
  /** the truck of a lane is full */
  readonly fullKg: number
  /** working days */
  readonly longestWaitDays: number
}
export interface Release {
  readonly day: number
  /** calendar days from one collection to the next, as this order meets it */
  readonly cycleDays: number
}

/** Of one working day in five: what nobody waits for. */
export const DAILY_CYCLE_DAYS = 7 / DAILY.length
const DAY_MS = 86_400_000

export const calendarDays = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS
/** 1 Monday … 7 Sunday */
const weekdayOf = (date: string): number => ((new Date(date).getUTCDay() + 6) % 7) + 1

/** Whether a pattern collects on a working day: on its weekdays, or for those that fell on days off since the last one. */
export function collects(pattern: readonly number[], dates: readonly string[], day: number): boolean {
  const today = weekdayOf(dates[day])
  const since = day === 0 ? 1 : Math.min(7, calendarDays(dates[day - 1], dates[day]))
  return Array.from({ length: since }, (_, k) => ((today - 1 - k + 7) % 7) + 1).some((weekday) =>
    pattern.includes(weekday),
  )
}

/** [order] the day on which it goes. `dates`: working days, ascending. */
export function releaseOrders(orders: readonly HeldOrder[], dates: readonly string[], patience: Patience): Release[] {
  const { patternOf, fullKg, longestWaitDays } = patience
  const last = dates.length - 1
  const releases: Release[] = orders.map(({ day }) => ({ day, cycleDays: DAILY_CYCLE_DAYS }))
  const waitingFor = new Map<string, number[]>()
  for (const [k, { day, pair, lane, mayWait }] of orders.entries()) {
    if (!mayWait) continue
    const pattern = patternOf(pair)
    if (pattern === 'full') {
      waitingFor.set(lane, [...(waitingFor.get(lane) ?? []), k])
      continue
    }
    let until = day
    while (until < last && until - day < longestWaitDays && !collects(pattern, dates, until)) until++
    releases[k] = { day: until, cycleDays: 7 / pattern.length }
  }
  for (const queue of waitingFor.values()) fillTrucks(queue)
  return releases

  /** Of one lane, from the first day on: everything held goes together. */
  function fillTrucks(queue: readonly number[]): void {
    let before = -1
    let held: number[] = []
    for (const [day, date] of dates.entries()) {
      held.push(...queue.filter((k) => orders[k].day === day))
      const kg = held.reduce((sum, k) => sum + orders[k].weightKg, 0)
      const longest = Math.max(0, ...held.map((k) => day - orders[k].day))
      if (held.length === 0 || (kg < fullKg && longest < longestWaitDays && day < last)) continue
      const cycleDays = before < 0 ? calendarDays(dates[0], date) + 1 : calendarDays(dates[before], date)
      for (const k of held) releases[k] = { day, cycleDays: Math.max(DAILY_CYCLE_DAYS, cycleDays) }
      held = []
      before = day
    }
  }
}
