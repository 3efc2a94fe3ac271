/** The day as rows of time: what each truck does when, ready to be drawn at any width. */
import type { Problem, Route, Vehicle } from '../../solver/index.ts'
import type { DayModel, RouteModel } from './day.ts'

export interface Span {
  readonly fromS: number
  readonly toS: number
}
export interface StopSpan extends Span {
  readonly stop: number
}

/** A truck that drives a route, or one that carries a single shipment. */
export type RowOwner =
  | { readonly kind: 'route'; readonly model: RouteModel }
  | { readonly kind: 'solo'; readonly shipment: string; readonly route: Route; readonly vehicle: Vehicle | undefined }

export interface TimelineRow {
  readonly owner: RowOwner
  /** From the first start to the last arrival. */
  readonly whole: Span
  /** Wheels turning: without loading, waiting and rests. */
  readonly drives: readonly Span[]
  readonly loads: readonly StopSpan[]
  readonly waits: readonly StopSpan[]
  readonly rests: readonly Span[]
  /** Opening hours of the stops' sites, cut to the one that was used. */
  readonly windows: readonly StopSpan[]
}

export interface Timeline extends Span {
  readonly rows: readonly TimelineRow[]
  /** Times within the day when every site with opening hours is shut, between two openings. */
  readonly closed: readonly Span[]
}

const HOUR_S = 3600
const TICKS_S = [300, 600, 900, 1800, ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR_S)]
/** A wait that is narrower than a minute cannot be seen. */
const WAIT_FROM_S = 60

export function makeTimeline(day: DayModel): Timeline | undefined {
  const solo = (day.plan?.direct ?? []).flatMap(({ shipment, route }): RowOwner[] =>
    route ? [{ kind: 'solo', shipment, route, vehicle: day.vehicles.get(route.vehicle) }] : [],
  )
  const owners: RowOwner[] = [...day.routes.map((model) => ({ kind: 'route', model }) as const), ...solo]
  const rows = owners.map((owner) => rowOf(owner, day))
  if (rows.length === 0) return undefined
  const first = rows.reduce((least, { whole }) => Math.min(least, whole.fromS), Number.POSITIVE_INFINITY)
  const last = rows.reduce((most, { whole }) => Math.max(most, whole.toS), 0)
  const fromS = Math.floor((first - 600) / HOUR_S) * HOUR_S
  const toS = Math.ceil((last + 600) / HOUR_S) * HOUR_S
  return { rows, fromS, toS, closed: commonGaps(day.problem, { fromS, toS }) }
}

export const routeOfRow = (owner: RowOwner): Route => (owner.kind === 'route' ? owner.model.route : owner.route)

function rowOf(owner: RowOwner, day: DayModel): TimelineRow {
  const route = routeOfRow(owner)
  return {
    owner,
    whole: { fromS: route.departS, toS: route.returnS },
    drives: drivesOf(route),
    loads: route.stops.map(({ startS, leaveS }, stop) => ({ stop, fromS: startS, toS: leaveS })),
    waits: route.stops.flatMap(({ arriveS, startS }, stop) =>
      startS - arriveS >= WAIT_FROM_S ? [{ stop, fromS: arriveS, toS: startS }] : [],
    ),
    rests: route.rests.map(({ startS, endS }) => ({ fromS: startS, toS: endS })),
    windows: route.stops.flatMap(({ site, startS }, stop) => {
      const open = day.sites.get(site)?.windows?.find(([from, to]) => from <= startS && startS <= to)
      return open ? [{ stop, fromS: open[0], toS: open[1] }] : []
    }),
  }
}

/** Gaps between openings that all sites with opening hours share, such as lunch. */
export function commonGaps(problem: Pick<Problem, 'sites'>, within: Span): Span[] {
  const openings = problem.sites.flatMap(({ windows }) => windows ?? []).sort((a, b) => a[0] - b[0])
  const gaps: Span[] = []
  let shutS = openings[0]?.[1] ?? Number.POSITIVE_INFINITY
  for (const [open, close] of openings) {
    if (open > shutS) gaps.push({ fromS: shutS, toS: open })
    shutS = Math.max(shutS, close)
  }
  // nights are no news
  return gaps.filter(({ fromS, toS }) => toS - fromS <= 3 * HOUR_S && fromS >= within.fromS && toS <= within.toS)
}

/** What lies between the stops, less the rests taken there. */
function drivesOf({ departS, returnS, stops, rests }: Route): Span[] {
  const starts = [departS, ...stops.map(({ leaveS }) => leaveS)]
  const ends = [...stops.map(({ arriveS }) => arriveS), returnS]
  return starts.flatMap((startS, leg) => {
    const endS = ends[leg]!
    const breaks = rests.filter((rest) => rest.startS < endS && rest.endS > startS)
    const edges = [startS, ...breaks.flatMap((rest) => [rest.startS, rest.endS]), endS]
    return edges.flatMap((fromS, index) => {
      const toS = edges[index + 1]
      return index % 2 === 0 && toS !== undefined && toS > fromS ? [{ fromS, toS }] : []
    })
  })
}

/** Times to label, so many that labels `minPx` wide fit. */
export function hourTicks({ fromS, toS }: Span, widthPx: number, minPx: number): number[] {
  const pxPerS = widthPx / (toS - fromS)
  const stepS = TICKS_S.find((candidate) => pxPerS * candidate >= minPx) ?? TICKS_S.at(-1)!
  const ticks: number[] = []
  for (let s = Math.ceil(fromS / stepS) * stepS; s <= toS; s += stepS) ticks.push(s)
  return ticks
}

/** How wide the timeline is drawn: the whole day, one shift or one hour in sight, or any width of an hour that somebody has zoomed to. */
export type TimelineScale = 'day' | 'shift' | 'hour' | number
export const TIMELINE_SCALES = ['day', 'shift', 'hour'] as const

const SHIFT_HOURS = 9
const HOURS_OF_HOUR = 2
/** Below this an hour is too narrow to read; the axis scrolls instead. */
const LEAST_HOUR_PX = 46
const MOST_HOUR_PX = 2400

/** Pixels of an hour, where so many are in sight. */
export function hourPxOf(scale: TimelineScale, span: Span, viewPx: number): number {
  const hours = (span.toS - span.fromS) / HOUR_S
  const whole = viewPx / hours
  const wanted =
    scale === 'day'
      ? whole
      : scale === 'shift'
        ? viewPx / SHIFT_HOURS
        : scale === 'hour'
          ? viewPx / HOURS_OF_HOUR
          : scale
  return Math.min(MOST_HOUR_PX, Math.max(wanted, whole, LEAST_HOUR_PX))
}

/** What the person sees stays under the pointer: how far to have scrolled after the zoom. */
export const scrollAfterZoom = (scrollPx: number, pointerPx: number, before: number, after: number): number =>
  Math.max(0, (scrollPx + pointerPx) * (after / before) - pointerPx)

/** A drag goes in steps that one can see: five minutes, one where an hour is wide. */
export function snapS(seconds: number, hourPx: number): number {
  const stepS = hourPx >= 360 ? 60 : 300
  return Math.round(seconds / stepS) * stepS
}

/** Seconds since the start of the problem, while it is one of its days where the complex is; otherwise none. */
export function nowWithin(problem: Pick<Problem, 'startsAt' | 'timeZone' | 'days'>, nowMs: number): number | undefined {
  const startMs = Date.parse(problem.startsAt)
  if (Number.isNaN(startMs)) return undefined
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: problem.timeZone })
  const dayOf = (ms: number) => Date.parse(`${format.format(ms)}T00:00:00Z`) / 86_400_000
  const day = dayOf(nowMs) - dayOf(startMs)
  return day >= 0 && day < (problem.days ?? 1) ? (nowMs - startMs) / 1000 : undefined
}

/** Brackets that would be drawn on top of one another, once. */
export function distinctWindows(windows: readonly StopSpan[]): Span[] {
  const seen = new Map(windows.map(({ fromS, toS }) => [`${fromS} ${toS}`, { fromS, toS }]))
  return [...seen.values()].sort((a, b) => a.fromS - b.fromS || a.toS - b.toS)
}
