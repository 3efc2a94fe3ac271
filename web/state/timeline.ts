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
  readonly drive: Span
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
/** A wait that is narrower than a minute cannot be seen. */
const WAIT_FROM_S = 60

export function makeTimeline(day: DayModel): Timeline | undefined {
  const solo = (day.plan?.direct ?? []).flatMap(({ shipment, route }): RowOwner[] =>
    route ? [{ kind: 'solo', shipment, route, vehicle: day.vehicles.get(route.vehicle) }] : [],
  )
  const owners: RowOwner[] = [...day.routes.map((model) => ({ kind: 'route', model }) as const), ...solo]
  const rows = owners.map((owner) => rowOf(owner, day))
  if (rows.length === 0) return undefined
  const first = Math.min(...rows.map(({ drive }) => drive.fromS))
  const last = Math.max(...rows.map(({ drive }) => drive.toS))
  const fromS = Math.floor((first - 600) / HOUR_S) * HOUR_S
  const toS = Math.ceil((last + 600) / HOUR_S) * HOUR_S
  return { rows, fromS, toS, closed: commonGaps(day.problem, { fromS, toS }) }
}

export const routeOfRow = (owner: RowOwner): Route => (owner.kind === 'route' ? owner.model.route : owner.route)

function rowOf(owner: RowOwner, day: DayModel): TimelineRow {
  const route = routeOfRow(owner)
  return {
    owner,
    drive: { fromS: route.departS, toS: route.returnS },
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

/** Hours to label, so many that labels `minPx` wide fit. */
export function hourTicks({ fromS, toS }: Span, widthPx: number, minPx: number): number[] {
  const hours = (toS - fromS) / HOUR_S
  const step = [1, 2, 3, 6, 12, 24].find((candidate) => (widthPx / hours) * candidate >= minPx) ?? 24
  const ticks: number[] = []
  for (let s = Math.ceil(fromS / (step * HOUR_S)) * step * HOUR_S; s <= toS; s += step * HOUR_S) ticks.push(s)
  return ticks
}

/** Brackets that would be drawn on top of one another, once. */
export function distinctWindows(windows: readonly StopSpan[]): Span[] {
  const seen = new Map(windows.map(({ fromS, toS }) => [`${fromS} ${toS}`, { fromS, toS }]))
  return [...seen.values()].sort((a, b) => a.fromS - b.fromS || a.toS - b.toS)
}
