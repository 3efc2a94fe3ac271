/** Seconds of a problem as the clock on the wall of its complex shows them. */
import dayjs from 'dayjs'
import timezone from 'dayjs/plugin/timezone.js'
import utc from 'dayjs/plugin/utc.js'
import type { Problem } from '../../solver/index.ts'
import type { WallClock } from '../sheets/value.ts'

dayjs.extend(utc)
dayjs.extend(timezone)

export type ClockOf = (atS: number) => WallClock

export function clockOf({ startsAt, timeZone }: Problem): ClockOf {
  const start = dayjs(startsAt)
  // a plan has few minutes and many visits: the library takes its time with time zones
  const known = new Map<number, WallClock>()
  return (atS) => {
    const minute = Math.floor(atS / 60)
    const clock = known.get(minute) ?? {
      clock: start.add(minute, 'minute').tz(timeZone).format('YYYY-MM-DD HH:mm'),
    }
    known.set(minute, clock)
    return clock
  }
}
