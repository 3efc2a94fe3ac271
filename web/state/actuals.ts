/** Real times beside the plan: what holds of each stop, how late it is, and what a person types. */
import type { Actual } from '../../server/api.ts'
import type { Plan, Problem } from '../../solver/index.ts'

export interface StopActual {
  readonly arriveS?: number
  readonly leaveS?: number
  /** ids of the records that these come from, for who corrects them */
  readonly arriveId?: string
  readonly leaveId?: string
}

/** Later than planned by so much: shown as late. */
export const LATE_FROM_S = 600

const keyOf = (route: string, stop: number) => `${route}/${stop}`

export function stopActuals(actuals: readonly Actual[], { startsAt }: Pick<Problem, 'startsAt'>) {
  const startMs = Date.parse(startsAt)
  const found = new Map<string, StopActual>()
  for (const { id, route, stop, kind, at, corrected, void: gone } of actuals) {
    if (corrected || gone || stop === undefined) continue
    const atS = Math.round((Date.parse(at) - startMs) / 1000)
    const before = found.get(keyOf(route, stop)) ?? {}
    if (kind === 'arrived') found.set(keyOf(route, stop), { ...before, arriveS: atS, arriveId: id })
    if (kind === 'left') found.set(keyOf(route, stop), { ...before, leaveS: atS, leaveId: id })
    if ((kind === 'loaded' || kind === 'delivered') && before.leaveId === undefined)
      found.set(keyOf(route, stop), { ...before, leaveS: atS })
  }
  return (route: string, stop: number): StopActual => found.get(keyOf(route, stop)) ?? {}
}

/** Seconds later than planned; undefined: nothing was recorded. */
export function lateness(
  plan: Plan,
  actualOf: (route: string, stop: number) => StopActual,
  route: string,
  index: number,
) {
  const stop = plan.routes.find(({ id }) => id === route)?.stops[index]
  const { arriveS, leaveS } = actualOf(route, index)
  if (!stop) return undefined
  return arriveS !== undefined ? arriveS - stop.arriveS : leaveS !== undefined ? leaveS - stop.leaveS : undefined
}

/** 8:12, 0812, 812, 8.12, +1 00:20 as seconds of the problem; undefined: no time. */
export function readClock(text: string): number | undefined {
  const found = /^\s*(?:\+(\d)\s+)?(\d{1,2})[:.시\s]?\s*([0-5]\d)분?\s*$/.exec(text)
  if (!found) return undefined
  const [hours, minutes] = [Number(found[2]), Number(found[3])]
  return hours > 24 ? undefined : Number(found[1] ?? 0) * 86_400 + hours * 3600 + minutes * 60
}

/** What a column of a sheet is pasted as: a time a line, empty lines kept. */
export const readColumn = (text: string): (number | undefined)[] =>
  text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => readClock(line.split('\t')[0] ?? ''))

/** The clock on the wall of the complex now, in seconds of the problem. */
export const nowIn = ({ startsAt }: Pick<Problem, 'startsAt'>, nowMs: number): number =>
  Math.floor((nowMs - Date.parse(startsAt)) / 1000)
