/** The board as it is drawn: one axis for all rounds, blocks of planned, recorded and expected time. */
import type { Board, BoardRound, BoardStop } from '../../server/api.ts'
import type { Span } from './timeline.ts'

const HOUR_S = 3600

export function boardSpan({ rounds, nowS, over }: Board): Span {
  const times = rounds.flatMap(({ planned, departS, returnS }) => [planned.departS, planned.returnS, departS, returnS])
  // the night before a day is not worth an axis
  const firstS = Math.min(...times)
  if (!over && nowS > firstS - HOUR_S) times.push(nowS)
  const fromS = Math.floor((Math.min(...times) - 300) / HOUR_S) * HOUR_S
  const toS = Math.ceil((Math.max(...times) + 300) / HOUR_S) * HOUR_S
  return times.length > 0 ? { fromS, toS } : { fromS: 8 * HOUR_S, toS: 18 * HOUR_S }
}

/** How a stop is drawn and spoken of. */
export type StopTone = 'done' | 'late' | 'expected' | 'unknown'
export const toneOfStop = ({ state, lateS }: BoardStop): StopTone =>
  state === 'passed' ? 'unknown' : lateS > 0 ? 'late' : state === 'left' ? 'done' : 'expected'

export const isOpen = ({ state }: BoardStop): boolean => state === 'ahead' || state === 'there'
export const doneStops = ({ stops }: BoardRound): number => stops.filter((stop) => !isOpen(stop)).length

/** Less than this from the plan is as planned. */
export const ON_PLAN_S = 90

export function countNeeds({ rounds }: Board) {
  const has = (test: (round: BoardRound) => boolean) => rounds.filter(test).length
  return {
    rounds: rounds.length,
    late: rounds.reduce((sum, { lateStops }) => sum + lateStops, 0),
    quiet: has(({ need }) => need === 'quiet'),
    problem: has(({ problems }) => problems.some(({ open }) => open)),
    finished: has(({ state }) => state === 'finished'),
  }
}
