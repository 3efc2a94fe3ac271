/** One leg from a moment on, at the pace of its hours, with the rests that are meant and those that the law asks for beside them. */
import { NO_ROAD, type TravelTable } from '../problem.ts'
import { leftOf, periodAt, type Slices } from '../slices.ts'
import type { Pause } from './habits.ts'

export interface Way {
  readonly arriveS: number
  readonly rests: readonly { readonly startS: number; readonly endS: number }[]
  /** seconds at the wheel since the last rest, on arrival */
  readonly drivenS: number
}

export type Drive = (
  from: string | null,
  to: string | null,
  leaveS: number,
  drivenS: number,
  pauses: readonly Pause[],
) => Way

/** `indexOf`: of a site in the table. */
export function legDriver(
  table: TravelTable,
  slices: Slices | null,
  { driveS, restS }: { readonly driveS: number; readonly restS: number },
  indexOf: (site: string) => number,
  sites: number,
): Drive {
  return (from, to, leaveS, drivenS, pauses) => {
    // a truck without a place to come from or to go to begins and ends with its cargo
    if (from === null || to === null) return { arriveS: leaveS, rests: [], drivenS }
    const [row, column] = [indexOf(from), indexOf(to)]
    const legS = table.durationS[row * sites + column]
    if (legS === NO_ROAD) return { arriveS: leaveS, rests: [], drivenS }
    const durationIn = (period: number) => (slices ? slices.durationS[period][row * slices.size + column] : legS)
    const rests: { startS: number; endS: number }[] = []
    let clock = leaveS
    let period = slices ? periodAt(slices, clock) : 0
    let left = durationIn(period)
    let wheelS = 0
    let since = drivenS
    let next = 0
    const rest = (lengthS: number) => {
      rests.push({ startS: clock, endS: clock + lengthS })
      clock += lengthS
      if (lengthS >= restS) since = 0
    }
    for (;;) {
      const toPause = next < pauses.length ? pauses[next].afterS - wheelS : Number.POSITIVE_INFINITY
      const mayS = Math.max(0, driveS - since)
      const roomS = slices ? leftOf(slices, period, clock) : Number.POSITIVE_INFINITY
      if (left <= Math.min(roomS, mayS) && left < toPause)
        return { arriveS: clock + left, rests, drivenS: since + left }
      const stretch = Math.max(0, Math.min(left, roomS, mayS, toPause))
      clock += stretch
      left -= stretch
      since += stretch
      wheelS += stretch
      if (stretch === toPause) rest(pauses[next++].lengthS)
      else if (stretch === mayS) rest(restS)
      if (!slices) continue
      const now = periodAt(slices, clock)
      if (now !== period) left = Math.ceil((left * durationIn(now)) / durationIn(period))
      period = now
    }
  }
}
