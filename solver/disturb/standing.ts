/**
 * How far each route has got: what it has done, when, and where it is heading. Recorded times count; where none are, what was planned
 * up to now is taken as done. Times follow the roads of the plan: what was recorded earlier than they allow is put at their earliest,
 * so that the truck is never believed to be ahead of itself.
 */
import { openProblem } from '../direct.ts'
import type { Plan, Route, Stop } from '../plan.ts'
import type { Problem, Shipment, Travel } from '../problem.ts'
import { scheduleRoute } from '../schedule.ts'
import { visitWindows } from '../windows.ts'
import type { Mark } from './event.ts'

export interface TimedVisit {
  readonly shipment: string
  readonly kind: 'pickup' | 'delivery'
  readonly site: string
  /** index of its stop in the plan */
  readonly stop: number
  readonly startS: number
  readonly endS: number
  readonly arriveS: number
}

export interface Standing {
  readonly route: Route
  /** as they were, or are to be expected */
  readonly visits: readonly TimedVisit[]
  /** how many of them have begun */
  readonly done: number
  /** it has left its start */
  readonly left: boolean
  /** it is on the road to its next visit, or waits there */
  readonly heading: boolean
  /** nothing is left for it to do, and it is on its way home or there */
  readonly closed: boolean
  readonly departS: number
  readonly returnS: number
}

interface StopMarks {
  readonly arriveS?: number
  readonly leaveS?: number
}

/** Of each stop of the route, what was recorded; `departS` where it was. What was unloaded has left only when the loading is over as well. */
export function marksOf(route: Route, marks: readonly Mark[]): { departS: number | undefined; stops: StopMarks[] } {
  const own = marks.filter((mark) => mark.route === route.id)
  const latest = (kinds: readonly Mark['kind'][], stop?: number): number | undefined => {
    const times = own.filter((mark) => kinds.includes(mark.kind) && (stop === undefined || mark.stop === stop))
    return times.length > 0 ? Math.max(...times.map(({ atS }) => atS)) : undefined
  }
  return {
    departS: latest(['departed']),
    stops: route.stops.map(({ pickups, deliveries }, stop) => {
      const arriveS = latest(['arrived'], stop)
      const isBoth = pickups.length > 0 && deliveries.length > 0
      const goods = (['loaded', 'delivered'] as const).flatMap((kind) => latest([kind], stop) ?? [])
      const overS = goods.length > (isBoth ? 1 : 0) ? Math.max(...goods) : undefined
      const leaveS = latest(['left'], stop) ?? overS
      return { ...(arriveS !== undefined && { arriveS }), ...(leaveS !== undefined && { leaveS }) }
    }),
  }
}

/** One for each route of the plan, and the problem with the minutes that services really took. */
export function standingOf(
  problem: Problem,
  travel: Travel,
  plan: Plan,
  nowOf: (route: string) => number,
  marks: readonly Mark[],
): { readonly standings: readonly Standing[]; readonly problem: Problem } {
  const recorded = new Map(plan.routes.map((route) => [route, marksOf(route, marks)]))
  const free = withoutWindows(problem, plan, recorded)
  const first = timesOf(free, travel, plan, recorded, nowOf)
  const worked = withDurations(problem, plan, recorded, first)
  if (worked === problem) return { standings: first, problem }
  const shipmentOf = new Map(worked.shipments.map((shipment) => [shipment.id, shipment]))
  const freeAgain = {
    ...free,
    shipments: free.shipments.map((entry) => {
      const { loadS, unloadS } = shipmentOf.get(entry.id)!
      return { ...entry, ...(loadS !== undefined && { loadS }), ...(unloadS !== undefined && { unloadS }) }
    }),
  }
  return { standings: timesOf(freeAgain, travel, plan, recorded, nowOf), problem: worked }
}

type Recorded = ReadonlyMap<Route, ReturnType<typeof marksOf>>

/** What was recorded as over happened, whether the gate should have been open or not; all else keeps the hours of its site. */
function withoutWindows(problem: Problem, plan: Plan, recorded: Recorded): Problem {
  const over = new Set<string>()
  for (const route of plan.routes)
    route.stops.forEach((stop, index) => {
      if (recorded.get(route)!.stops[index].leaveS === undefined) return
      for (const { shipment, kind } of stop.visits) over.add(`${kind} ${shipment}`)
    })
  if (over.size === 0) return problem
  const siteOf = new Map(problem.sites.map((site) => [site.id, site]))
  const hours = (shipment: Shipment, kind: 'pickup' | 'delivery') =>
    over.has(`${kind} ${shipment.id}`)
      ? undefined
      : visitWindows(shipment, siteOf.get(kind === 'pickup' ? shipment.from : shipment.to)!, kind).map(
          ([open, close]): [number, number] => [open, close],
        )
  return {
    ...problem,
    sites: problem.sites.map(({ windows: _, ...site }) => site),
    shipments: problem.shipments.map((shipment) => {
      const { ready: _, due: __, pickupWindows: ___, deliveryWindows: ____, ...rest } = shipment
      const [pickupWindows, deliveryWindows] = [hours(shipment, 'pickup'), hours(shipment, 'delivery')]
      return { ...rest, ...(pickupWindows && { pickupWindows }), ...(deliveryWindows && { deliveryWindows }) }
    }),
  }
}

function timesOf(
  problem: Problem,
  travel: Travel,
  plan: Plan,
  recorded: Recorded,
  nowOf: (route: string) => number,
): Standing[] {
  const { instance, vehicleOf } = openProblem(problem, travel)
  const orderOf = new Map(problem.shipments.map(({ id }, order) => [id, order]))
  return plan.routes.map((route): Standing => {
    const { departS: departedS, stops } = recorded.get(route)!
    const nowS = nowOf(route.id)
    const flat = route.stops.flatMap((stop, index) => stop.visits.map((visit, k) => ({ ...visit, stop: index, k })))
    const lastKnown = stops.findLastIndex(({ arriveS, leaveS }) => arriveS !== undefined || leaveS !== undefined)
    const planned = flat.map(({ startS, stop, k }) => {
      const { arriveS, leaveS } = stops[stop]
      if (arriveS !== undefined && k === 0) return arriveS
      if (arriveS !== undefined) return 0
      if (leaveS !== undefined) return k === 0 ? Math.min(startS, leaveS - serviceOf(route.stops[stop])) : 0
      return startS
    })
    // whatever came before something that was recorded came before it
    for (let k = planned.length - 2; k >= 0; k--)
      if (flat[k].stop < lastKnown && planned[k + 1] > 0) planned[k] = Math.min(planned[k], planned[k + 1])
    if (departedS !== undefined && planned.length > 0)
      planned[0] = Math.max(planned[0], lastKnown < 0 ? departedS + route.stops[0].legS : planned[0])
    const visits = flat.map(({ shipment, kind }) => 2 * orderOf.get(shipment)! + (kind === 'pickup' ? 0 : 1))
    const type = vehicleOf.findIndex(
      (vehicle, candidate) =>
        problem.vehicles[vehicle].id === route.vehicle &&
        route.departS >= instance.types[candidate].opensS &&
        route.returnS <= instance.types[candidate].closesS,
    )
    const schedule = scheduleRoute(instance, Math.max(0, type), visits, planned)
    const isTold = departedS !== undefined || lastKnown >= 0
    const timed = flat.map(({ shipment, kind, stop, startS, endS }, k): TimedVisit => {
      const { site, arriveS } = route.stops[stop]
      // of a truck that nobody has told of, the plan is what is known
      const times = isTold
        ? { arriveS: schedule.arriveS[k], startS: schedule.startS[k], endS: schedule.leaveS[k] }
        : { arriveS, startS, endS }
      return { shipment, kind, stop, site, ...times }
    })
    const known = flat.findLastIndex(
      ({ stop, k }) => stop < lastKnown || (stop === lastKnown && (k === 0 || stops[stop].leaveS !== undefined)),
    )
    const begun = timed.findIndex(({ startS }, k) => k > known && startS > nowS)
    const done = begun < 0 ? timed.length : begun
    const departS = departedS ?? route.departS
    const left = done > 0 || departedS !== undefined || departS <= nowS
    const isFree = done === 0 || timed[done - 1].endS <= nowS
    return {
      route,
      visits: timed,
      done,
      left,
      heading: left && done < timed.length && isFree,
      closed: left && done === timed.length && isFree,
      departS,
      returnS: isTold ? schedule.returnS : route.returnS,
    }
  })
}

const serviceOf = (stop: Stop): number => stop.visits.reduce((sum, { startS, endS }) => sum + endS - startS, 0)

/** The last service of a stop took until the truck left, shorter or longer than it was to. */
function withDurations(problem: Problem, plan: Plan, recorded: Recorded, standings: readonly Standing[]): Problem {
  const tookS = new Map<string, number>()
  standings.forEach(({ visits }, index) => {
    const { stops } = recorded.get(plan.routes[index])!
    visits.forEach((visit, k) => {
      const leaveS = stops[visit.stop].leaveS
      if (leaveS === undefined || visits[k + 1]?.stop === visit.stop) return
      // the time at the gate stays
      tookS.set(`${visit.kind} ${visit.shipment}`, leaveS - visit.endS)
    })
  })
  if (tookS.size === 0) return problem
  const longer = (seconds: number | undefined, byS: number | undefined) =>
    byS === undefined ? seconds : Math.max(0, (seconds ?? 0) + byS)
  return {
    ...problem,
    shipments: problem.shipments.map((shipment) => {
      const loadS = longer(shipment.loadS, tookS.get(`pickup ${shipment.id}`))
      const unloadS = longer(shipment.unloadS, tookS.get(`delivery ${shipment.id}`))
      return { ...shipment, ...(loadS !== undefined && { loadS }), ...(unloadS !== undefined && { unloadS }) }
    }),
  }
}
