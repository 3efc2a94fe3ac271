import { describe, expect, it } from 'vitest'
import type { Route } from '../../solver/index.ts'
import {
  hourPxOf,
  hourTicks,
  makeTimeline,
  nowWithin,
  scrollAfterZoom,
  snapS,
  type TimelineRow,
} from '../../web/state/timeline.ts'
import { editOver } from '../../web/views/timeline/useTimelineDrag.ts'
import { makeDay, plan, problem, route } from './makeDay.ts'

const HOUR = 3600

describe('a row of the timeline', () => {
  it('drives only between its stops, and not while it rests', () => {
    // 07:30 out, 07:40 at A1; 08:15 on to heat at 09:00, with a rest from 08:30 to 08:45; 09:15 to A2 at 10:00; 10:15 home at 10:30
    const resting: Route = { ...route, rests: [{ beforeStop: 1, startS: 8.5 * HOUR, endS: 8.75 * HOUR }] }
    const [row] = makeTimeline(makeDay({ plan: { ...plan, routes: [resting] } }))!.rows
    expect(row!.drives.map(({ fromS, toS }) => [fromS / HOUR, toS / HOUR])).toEqual([
      [7.5, 8 - 1200 / HOUR],
      [8.25, 8.5],
      [8.75, 9],
      [9.25, 10],
      [10.25, 10.5],
    ])
    expect(row!.whole).toEqual({ fromS: 7.5 * HOUR, toS: 10.5 * HOUR })
  })
})

describe('the scale of the timeline', () => {
  const span = { fromS: 6 * HOUR, toS: 18 * HOUR }

  it('shows the day, a shift or two hours, never an hour too narrow to read, never less than the room there is', () => {
    expect(hourPxOf('day', span, 1200)).toBe(100)
    expect(hourPxOf('day', span, 240)).toBe(46)
    expect(hourPxOf('shift', span, 1200)).toBeCloseTo(1200 / 9)
    expect(hourPxOf('hour', span, 1200)).toBe(600)
    expect(hourPxOf(10, span, 1200)).toBe(100)
    expect(hourPxOf(99_999, span, 1200)).toBe(2400)
  })

  it('keeps under the pointer what was there', () => {
    // 500 px from the left edge, scrolled 100: 600 px into the day; twice as wide that is 1,200
    expect(scrollAfterZoom(100, 500, 100, 200)).toBe(700)
    expect(scrollAfterZoom(0, 500, 200, 100)).toBe(0)
  })

  it('labels every five minutes at most', () => {
    expect(hourTicks(span, 1200, 58).map((s) => s / HOUR)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18])
    expect(hourTicks({ fromS: 0, toS: HOUR }, 2400, 58)).toHaveLength(13)
  })
})

describe('now', () => {
  it('is told on the days of the problem where the complex is, whatever the clock of the viewer', () => {
    // the problem starts at midnight in Seoul, which is 15:00 UTC of the day before
    const at = (iso: string) => nowWithin(problem, Date.parse(iso))
    expect(at('2026-11-22T15:00:00Z')).toBe(0)
    expect(at('2026-11-23T03:00:00Z')).toBe(12 * HOUR)
    expect(at('2026-11-22T14:59:59Z')).toBeUndefined()
    expect(at('2026-11-23T15:00:00Z')).toBeUndefined()
    expect(nowWithin({ ...problem, days: 2 }, Date.parse('2026-11-23T15:00:00Z'))).toBe(24 * HOUR)
  })
})

describe('what is dragged over the timeline', () => {
  const rows = makeTimeline(makeDay())!.rows as readonly TimelineRow[]
  const held = { shipments: ['S1', 'S2'], from: 'pointer', origin: { route: 'r1', stop: 1 } } as const

  it('changes the time along its own row, in steps of five minutes, of one where an hour is wide', () => {
    // 100 px an hour: 52 px are 31 minutes and 12 seconds after nine
    expect(editOver(rows[0]!, held, 52, 100)).toEqual({ kind: 'time', route: 'r1', stop: 1, startS: 9.5 * HOUR })
    expect(editOver(rows[0]!, held, 520, 1000)).toMatchObject({ startS: 9 * HOUR + 31 * 60 })
    expect(editOver(rows[0]!, held, 2, 100)).toBeUndefined()
    expect(snapS(149, 100)).toBe(0)
  })

  it('moves the whole row by its first stop, and goes to another truck over that one', () => {
    expect(editOver(rows[0]!, { ...held, origin: { route: 'r1' } }, 100, 100)).toMatchObject({
      stop: 0,
      startS: 9 * HOUR,
    })
    expect(editOver(rows[0]!, { ...held, origin: { route: 'r9', stop: 1 } }, 0, 100)).toEqual({
      kind: 'move',
      shipments: ['S1', 'S2'],
      to: { route: 'r1' },
    })
  })
})
