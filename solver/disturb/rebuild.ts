/** The problem of the rest of a day: what is done pinned to its second, nothing else before now, goods that stand in two legs. */
import type { Direct } from '../plan.ts'
import { DAY_S, type Problem, type Shipment, type Travel } from '../problem.ts'
import { type OwnTruck, ownTrucks } from './fleet.ts'
import { type Going, key } from './going.ts'

/** To fetch goods from a truck that stands, at least, beside the way itself. Assumed. */
const FETCH_S = 3600

/** What is known of when things happened, or have to. */
export interface Reached {
  /** [visit] the only second, or for what is to come a second at which it must be possible */
  readonly starts: Map<string, number>
  /** [route] end of the shift of its truck */
  readonly closes: Map<string, number>
}

interface Parts {
  readonly sited: Problem
  readonly travel: Travel
  readonly goings: readonly Going[]
  readonly directs: readonly Direct[]
  readonly cancelled: ReadonlySet<string>
  readonly onwardOf: ReadonlyMap<string, string>
  readonly reached: Reached
  /** terminal freight that is on its way: as it was */
  readonly kept: ReadonlySet<string>
  readonly nowS: number
}

export interface Rebuilt {
  readonly problem: Problem
  /** [route] the truck that it is now */
  readonly vehicleOf: ReadonlyMap<string, string>
}

export function rebuild({ sited, goings, directs, cancelled, onwardOf, reached, kept, nowS, travel }: Parts): Rebuilt {
  const { starts, closes } = reached
  const horizonS = Math.max(sited.days * DAY_S, ...sited.vehicles.flatMap(({ shifts }) => shifts.map(([, end]) => end)))
  const over = new Set<string>()
  const notBefore = new Map<string, number>()
  const standsIn = new Map<string, string>()
  const stoodS = new Map<string, number>()
  for (const { standing, visits, stands, aboard, lateS } of goings) {
    for (const { shipment, kind } of visits.slice(0, standing.done)) over.add(key(shipment, kind))
    const next = visits[standing.done]
    if (standing.heading && next) notBefore.set(key(next.shipment, next.kind), next.arriveS + lateS)
    if (!stands?.place) continue
    stoodS.set(stands.place.site.id, stands.atS)
    for (const shipment of aboard) standsIn.set(shipment, stands.place.site.id)
  }
  for (const { shipment, route } of directs)
    if (route) for (const kind of ['pickup', 'delivery'] as const) over.add(key(shipment, kind))
  // a truck at a stop that is late leaves it later
  const longer = new Map(
    goings.flatMap(({ standing: { visits, done, heading, closed }, lateS }) =>
      done > 0 && !heading && !closed && lateS > 0
        ? [[key(visits[done - 1].shipment, visits[done - 1].kind), lateS] as const]
        : [],
    ),
  )

  const reopened = new Map<string, number[]>()
  const reopen = (site: string, startS: number) => reopened.set(site, [...(reopened.get(site) ?? []), startS])
  const clip = (windows: readonly (readonly [number, number])[] | undefined, fromS: number): [number, number][] =>
    (windows ?? [[0, horizonS + DAY_S] as const])
      .map(([open, close]): [number, number] => [Math.max(open, fromS), close])
      .filter(([open, close]) => open <= close)
  /** the windows of one end of a shipment from now on, or the second at which it happened */
  const windowsOf = (shipment: Shipment, kind: 'pickup' | 'delivery', site: string) => {
    const name = key(shipment.id, kind)
    const startS = starts.get(name)
    const own = kind === 'pickup' ? shipment.pickupWindows : shipment.deliveryWindows
    if (startS !== undefined) reopen(site, startS)
    if (startS !== undefined && (over.has(name) || standsIn.get(shipment.id) === site))
      return { windows: [[startS, startS]] as [number, number][], startS }
    const fromS = stoodS.get(site) ?? Math.max(nowS, notBefore.get(name) ?? 0)
    const clipped = stoodS.has(site) ? clip(undefined, fromS) : clip(own, fromS)
    // it comes too late for the hours that were agreed: then when it comes
    if (startS === undefined) return { windows: clipped, startS }
    const windows: [number, number][] = [...clipped, [Math.min(fromS, startS), startS]]
    return { windows: windows.sort((a, b) => a[0] - b[0]), startS }
  }

  const shipments = sited.shipments.flatMap((shipment): Shipment[] => {
    const { id } = shipment
    if (cancelled.has(id)) return []
    if (kept.has(id)) return [shipment]
    const stand = standsIn.get(id)
    const pickup = windowsOf(shipment, 'pickup', shipment.from)
    const delivery = windowsOf(shipment, 'delivery', stand ?? shipment.to)
    const { ready, due, ...rest } = shipment
    const first = Math.min(ready ?? 0, pickup.startS ?? Number.POSITIVE_INFINITY)
    const last = due === undefined ? undefined : Math.max(due, delivery.startS ?? 0, pickup.startS ?? 0)
    const [loadS, unloadS] = (['pickup', 'delivery'] as const).map((kind) => {
      const seconds = kind === 'pickup' ? shipment.loadS : shipment.unloadS
      const more = longer.get(key(id, kind))
      return more === undefined ? seconds : (seconds ?? 0) + more
    })
    const missed = pickup.windows.length === 0
    const now: Shipment = {
      ...rest,
      ...(loadS !== undefined && { loadS }),
      ...(unloadS !== undefined && { unloadS }),
      ...(ready !== undefined && { ready: first }),
      ...(last !== undefined && { due: last }),
      // all its hours are over: none is left, and the plan says so
      pickupWindows: missed ? [[horizonS + DAY_S, horizonS + DAY_S]] : pickup.windows,
      ...(delivery.windows.length > 0 && { deliveryWindows: delivery.windows }),
    }
    if (stand === undefined) return [now]
    const { softDelivery, due: _, maxOnBoardS, ...leg } = now
    const { softPickup: __, holdKrwPerDay: ___, pickupWindows: ____, ready: _____, ...onward } = shipment
    const shortestS = nowS + (shipment.loadS ?? 0) + wayS(sited, travel, stand, shipment.to) + FETCH_S
    const closesS = Math.max(0, ...(shipment.deliveryWindows ?? [[0, horizonS]]).map(([, close]) => close))
    const lastS = Math.max(Math.min(due ?? Number.POSITIVE_INFINITY, closesS), shortestS)
    const agreed = clip(shipment.deliveryWindows, nowS)
    const modes = shipment.modes?.filter((mode) => mode !== 'terminal') ?? []
    return [
      { ...leg, to: stand, unloadS: 0, modes: ['route'] },
      {
        ...onward,
        id: onwardOf.get(id)!,
        from: stand,
        ready: nowS,
        ...(due !== undefined && { due: Math.max(due, lastS) }),
        ...(shipment.deliveryWindows && {
          deliveryWindows: lastS > closesS ? [...agreed, [nowS, lastS] as [number, number]] : agreed,
        }),
        modes: modes.length > 0 ? modes : ['route', 'hired'],
      },
    ]
  })

  const sites = sited.sites.map((site) => {
    const seconds = reopened.get(site.id)
    if (!seconds || !site.windows) return site
    const outside = [...new Set(seconds)].filter((startS) =>
      site.windows!.every(([open, close]) => startS < open || startS > close),
    )
    if (outside.length === 0) return site
    const windows = [...site.windows, ...outside.map((startS): [number, number] => [startS, startS])]
    return { ...site, windows: windows.sort((a, b) => a[0] - b[0]) }
  })

  const trucks = goings.flatMap(({ standing, stands, lateS, visits }): OwnTruck[] => {
    const { route, left, departS } = standing
    const isGone = stands !== undefined && (!left || visits.length === 0)
    if (!left && !isGone && lateS === 0) return []
    return [
      {
        route: route.id,
        vehicle: route.vehicle,
        driver: route.driver,
        departS: route.departS,
        returnS: route.returnS,
        ...(isGone && { gone: true }),
        ...(!left && lateS > 0 && { opensS: Math.max(nowS, departS + lateS) }),
        ...(stands?.place && { ends: stands.place.site.id }),
        ...(closes.has(route.id) && { closesS: closes.get(route.id)! }),
      },
    ]
  })
  // a hired truck alone that is under way began before now: its kind may
  const alone = directs.flatMap(({ shipment, route }): OwnTruck[] =>
    route && (sited.vehicles.find(({ id }) => id === route.vehicle)?.start ?? null) !== null
      ? [{ route: shipment, vehicle: route.vehicle, driver: undefined, departS: route.departS, returnS: route.returnS }]
      : [],
  )
  const legsOf = (id: string): string[] => (cancelled.has(id) ? [] : [id])
  const sets = (list: readonly (readonly string[])[] | undefined, expand: (id: string) => string[]) =>
    list?.map((ids) => [...new Set(ids.flatMap(expand))]).filter((ids) => ids.length > 1)
  const moving = (ids: readonly string[]) => ids.some((id) => standsIn.has(id))
  const together = sited.together?.flatMap((ids) => {
    const group = ids.flatMap(legsOf)
    if (!moving(group)) return [group]
    // what stands stays together where it stands; what goes on goes on together, with those that had not begun
    return [
      group.filter((id) => over.has(key(id, 'pickup'))),
      group.flatMap((id) => (over.has(key(id, 'pickup')) ? (onwardOf.get(id) ?? []) : [id])),
    ]
  })
  const fleet = ownTrucks(
    extendDrivers({ ...sited, sites, shipments }, trucks),
    [...trucks, ...alone.map((truck) => ({ ...truck, alone: true }))],
    nowS,
  )
  const apart = sets(sited.apart, (id) => [...legsOf(id), ...(onwardOf.has(id) ? [onwardOf.get(id)!] : [])])
  return {
    vehicleOf: fleet.vehicleOf,
    problem: {
      ...fleet.problem,
      ...(together && { together: sets(together, (id) => [id])! }),
      ...(apart && { apart }),
    },
  }
}

/** Who drives a truck that is back too late works as long. */
function extendDrivers(problem: Problem, trucks: readonly OwnTruck[]): Problem {
  const until = new Map(
    trucks.flatMap(({ driver, closesS, departS }) =>
      driver !== undefined && closesS !== undefined ? [[driver, { closesS, departS }] as const] : [],
    ),
  )
  if (until.size === 0 || !problem.drivers) return problem
  return {
    ...problem,
    drivers: problem.drivers.map((driver) => {
      const more = until.get(driver.id)
      if (!more || !driver.shifts) return driver
      return {
        ...driver,
        shifts: driver.shifts.map(([opens, closes]): [number, number] =>
          opens <= more.departS && more.departS <= closes ? [opens, Math.max(closes, more.closesS)] : [opens, closes],
        ),
      }
    }),
  }
}

/** The quickest of all trucks. */
function wayS({ sites }: Problem, { tables }: Travel, from: string, to: string): number {
  const [a, b] = [from, to].map((id) => sites.findIndex((site) => site.id === id))
  const seconds = tables.map(({ durationS }) => durationS[a * sites.length + b]).filter((legS) => legS >= 0)
  return seconds.length > 0 ? Math.max(...seconds) : 0
}
