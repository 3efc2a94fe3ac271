/** What was recorded of a round, stop by stop: which stops it made, what it took on and set down, when it left and came back. */
import { MARK_KINDS } from '../disturb/event.ts'
import type { Plan, Route, Stop } from '../plan.ts'

const DONE_KINDS = [...MARK_KINDS, 'problem'] as const
type DoneKind = (typeof DONE_KINDS)[number]

/** One thing that was recorded and holds. `arrived` without a stop: the truck is back. */
export interface DoneMark {
  readonly route: string
  readonly stop?: number
  readonly kind: DoneKind
  /** s since `problem.startsAt` */
  readonly atS: number
  readonly quantityKg?: number
}
export const asDoneKind = (kind: string): DoneKind | undefined => DONE_KINDS.find((known) => known === kind)

export interface DoneStop {
  readonly recorded: boolean
  readonly made: boolean
  readonly arriveS?: number
  readonly leaveS?: number
  /** of its pickups and deliveries, those that took place */
  readonly loaded: readonly string[]
  readonly delivered: readonly string[]
  /** kg taken on here, where somebody has said */
  readonly loadedKg?: number
}
export interface DoneRound {
  /** false: nothing of it was recorded, the plan counts */
  readonly recorded: boolean
  readonly departS?: number
  readonly returnS?: number
  readonly stops: readonly DoneStop[]
}

/**
 * A problem at a stop where nothing was loaded or delivered afterwards means that it was not; a quantity of 0 means the same. What was
 * not loaded is not delivered, and a stop that is left with nothing to do is not made unless somebody was seen there.
 */
export function doneOf(route: Route, marks: readonly DoneMark[]): DoneRound {
  const own = marks.filter((mark) => mark.route === route.id)
  const wayS = (kind: DoneKind) => latest(own.filter((mark) => mark.stop === undefined && mark.kind === kind))?.atS
  const gone = new Set<string>()
  const stops = route.stops.map((stop, index) => {
    const here = own.filter((mark) => mark.stop === index)
    const done = doneAt(stop, here, gone)
    for (const id of stop.pickups) if (!done.loaded.includes(id)) gone.add(id)
    return done
  })
  const [departS, returnS] = [wayS('departed'), wayS('arrived')]
  return {
    recorded: own.length > 0,
    ...(departS !== undefined && { departS }),
    ...(returnS !== undefined && { returnS }),
    stops,
  }
}

function doneAt({ pickups, deliveries }: Stop, here: readonly DoneMark[], gone: ReadonlySet<string>): DoneStop {
  const of = (kind: DoneKind) => latest(here.filter((mark) => mark.kind === kind))
  const [loading, unloading, problem] = [of('loaded'), of('delivered'), of('problem')]
  const happened = (mark: DoneMark | undefined) => (mark ? mark.quantityKg !== 0 : problem === undefined)
  const loaded = happened(loading) ? pickups : []
  const delivered = happened(unloading) ? deliveries.filter((id) => !gone.has(id)) : []
  const [arriveS, leaveS] = [of('arrived')?.atS, (of('left') ?? unloading ?? loading)?.atS]
  const seen = here.some(({ kind }) => kind !== 'problem')
  return {
    recorded: here.length > 0,
    made: seen || loaded.length + delivered.length > 0,
    ...(arriveS !== undefined && { arriveS }),
    ...(leaveS !== undefined && { leaveS }),
    loaded,
    delivered,
    ...(loading?.quantityKg !== undefined && { loadedKg: loading.quantityKg }),
  }
}

const latest = (marks: readonly DoneMark[]): DoneMark | undefined =>
  marks.reduce<DoneMark | undefined>((last, mark) => (last && last.atS > mark.atS ? last : mark), undefined)

/** Rounds of a plan and of what goes alone on a truck. */
export const drivenIn = ({ routes, direct }: Pick<Plan, 'routes' | 'direct'>): Route[] => [
  ...routes,
  ...direct.flatMap(({ route }) => route ?? []),
]

/** What was recorded under a plan that another took the place of, at the stops of the other where the same goods are served. */
export function carryMarks(before: Plan, after: Plan, marks: readonly DoneMark[]): DoneMark[] {
  const stopOf = new Map<string, { readonly route: string; readonly stop: number }>()
  for (const { id, stops } of drivenIn(after))
    stops.forEach(({ visits }, stop) => {
      for (const { shipment, kind } of visits) stopOf.set(`${kind} ${shipment}`, { route: id, stop })
    })
  const routeOf = new Map(drivenIn(before).map((route) => [route.id, route]))
  return marks.flatMap((mark): DoneMark[] => {
    const visits = routeOf.get(mark.route)?.stops.flatMap((stop, k) => (k === (mark.stop ?? 0) ? stop.visits : []))
    const there = visits?.flatMap(({ shipment, kind }) => stopOf.get(`${kind} ${shipment}`) ?? [])[0]
    if (!there) return []
    return [mark.stop === undefined ? { ...mark, route: there.route } : { ...mark, ...there }]
  })
}
