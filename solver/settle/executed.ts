/**
 * A confirmed plan as it was driven, priced by the same tariffs as the plan: paid hours from real departure and return, fees of the stops
 * really made, roads between those. Where nothing was recorded the plan counts. What is only a price on waiting goods or on lateness is
 * no money that changes hands: it is in no line here.
 */
import { readDocuments } from '../check.ts'
import { standingOf } from '../disturb/standing.ts'
import { problemInParts } from '../parts.ts'
import { type CostKind, type CostLine, mergeLines, type Plan, type Route, sumLines } from '../plan.ts'
import type { Problem, Shipment, Travel } from '../problem.ts'
import { handVisits, isTruckTariff, truckLines } from '../tariff.ts'
import { type DoneMark, type DoneRound, doneOf, drivenIn } from './done.ts'

const NOT_PAID: readonly CostKind[] = ['hold', 'earliness', 'lateness']
export const paidLines = (lines: readonly CostLine[]): CostLine[] =>
  lines.filter(({ kind }) => !NOT_PAID.includes(kind))

/** What a hired truck is paid for standing longer than the service takes, at each stop beyond the free time. */
export interface WaitingRule {
  readonly freeS: number
  readonly perHourKrw: number
}

export interface ExecutedRound {
  readonly route: string
  readonly vehicle: string
  /** the shipment that goes alone on it */
  readonly alone?: string
  /** planned: nothing of it was recorded, so the plan counts */
  readonly basis: 'recorded' | 'planned'
  readonly departS: number
  readonly returnS: number
  /** departure and return were both recorded: the paid time is no estimate */
  readonly timed: boolean
  /** stops made, of all */
  readonly made: number
  readonly stops: number
  readonly plannedKrw: number
  readonly lines: readonly CostLine[]
  readonly costKrw: number
  readonly waits: readonly { readonly stop: number; readonly waitS: number; readonly krw: number }[]
  /** shipments that it took on */
  readonly carried: readonly string[]
  readonly missed: readonly { readonly shipment: string; readonly why: 'notLoaded' | 'notDelivered' }[]
  readonly quantities: readonly { readonly shipment: string; readonly plannedKg: number; readonly kg: number }[]
}

export interface Executed {
  readonly rounds: readonly ExecutedRound[]
  readonly terminal: readonly {
    readonly shipment: string
    readonly lines: readonly CostLine[]
    readonly costKrw: number
  }[]
  /** for a split: routes with what they carried at what they cost; those that carried nothing are in no sum of it */
  readonly plan: Plan
}

export function executedPlan(
  whole: Problem,
  travel: Travel,
  plan: Plan,
  marks: readonly DoneMark[],
  waiting?: WaitingRule,
): Executed {
  const problem = problemInParts(whole, plan.parts ?? [])
  const documents = readDocuments(problem, travel)
  const tariffOf = new Map(problem.tariffs.map((tariff) => [tariff.id, tariff]))
  const driven = drivenIn(plan)
  const aloneOf = new Map(plan.direct.flatMap(({ shipment, route }) => (route ? [[route.id, shipment] as const] : [])))
  const doneRounds = new Map(driven.map((route) => [route, doneOf(route, marks)]))
  const expectedOf = expectedTimes(problem, travel, plan, driven, marks)
  const rounds = driven.map((route) => {
    const alone = aloneOf.get(route.id)
    return { ...priceRound(route, doneRounds.get(route)!), ...(alone !== undefined && { alone }) }
  })
  const terminal = plan.direct.flatMap(({ shipment, mode, costLines }) => {
    const lines = paidLines(costLines)
    return mode === 'terminal' ? [{ shipment, lines, costKrw: sumLines(lines) }] : []
  })
  return { rounds, terminal, plan: planOf(plan, rounds) }

  function priceRound(route: Route, done: DoneRound): ExecutedRound {
    const vehicle = documents.vehicle(route.vehicle)
    const tariff = tariffOf.get(vehicle.tariff)
    const planned = paidLines(route.costLines)
    const expected = expectedOf.get(route.id)
    const departS = done.departS ?? expected?.departS ?? route.departS
    const returnS = Math.max(departS, done.returnS ?? expected?.returnS ?? route.returnS)
    const stops = route.stops.filter((_, index) => done.stops[index]!.made)
    const carried = done.stops.flatMap(({ loaded }) => loaded)
    const asPlanned = stops.length === route.stops.length && returnS - departS === route.returnS - route.departS
    const same = asPlanned && carried.length === route.stops.flatMap(({ pickups }) => pickups).length
    return {
      route: route.id,
      vehicle: route.vehicle,
      basis: done.recorded ? 'recorded' : 'planned',
      departS,
      returnS,
      timed: done.departS !== undefined && done.returnS !== undefined,
      made: stops.length,
      stops: route.stops.length,
      plannedKrw: sumLines(planned),
      ...costOf(),
      waits: waitsOf(route, done, vehicle.kind === 'hired' ? waiting : undefined),
      carried,
      missed: missedOf(route, done),
      quantities: quantitiesOf(route, done, documents.shipment),
    }

    function costOf(): Pick<ExecutedRound, 'lines' | 'costKrw'> {
      if (stops.length === 0) return { lines: [], costKrw: 0 }
      if (same || !isTruckTariff(tariff)) return { lines: planned, costKrw: sumLines(planned) }
      const places = [vehicle.start ?? null, ...stops.map(({ site }) => site), vehicle.end ?? null]
      const legs = documents.roads({ ...route, stops })
      const paid = legs.filter((_, leg) => places[leg] !== null && places[leg + 1] !== null)
      const lines = truckLines(tariff, {
        legsM: paid.map(({ distanceM }) => distanceM),
        stops: stops.length,
        paidS: returnS - departS,
        tollKrw: legs.reduce((sum, { tollKrw }) => sum + tollKrw, 0),
        handVisits: carried
          .map(documents.shipment)
          .reduce((sum, one) => sum + handVisits(one, documents.site(one.from), documents.site(one.to), vehicle), 0),
      })
      return { lines, costKrw: sumLines(lines) }
    }
  }
}

/** Where a truck has been told of: its times, those to be expected where they were not recorded. */
function expectedTimes(
  problem: Problem,
  travel: Travel,
  plan: Plan,
  driven: readonly Route[],
  marks: readonly DoneMark[],
): ReadonlyMap<string, { readonly departS: number; readonly returnS: number }> {
  const told = new Set(marks.flatMap(({ route, kind }) => (kind === 'problem' ? [] : [route])))
  const routes = driven.filter(({ id }) => told.has(id))
  if (routes.length === 0) return new Map()
  const known = marks.flatMap(({ kind, route, stop, atS }) =>
    kind === 'problem' || (stop === undefined && kind !== 'departed')
      ? []
      : [{ kind, route, atS, ...(stop !== undefined && { stop }) }],
  )
  const { parts: _, ...asIs } = plan
  const { standings } = standingOf(problem, travel, { ...asIs, routes }, () => Number.POSITIVE_INFINITY, known)
  return new Map(standings.map(({ route, departS, returnS }) => [route.id, { departS, returnS }]))
}

/** Standing longer than the services take, from when they could begin: coming early is nobody's waiting. */
function waitsOf(route: Route, done: DoneRound, rule: WaitingRule | undefined): ExecutedRound['waits'] {
  return route.stops.flatMap(({ startS, visits }, stop) => {
    const { arriveS, leaveS } = done.stops[stop]!
    if (arriveS === undefined || leaveS === undefined) return []
    const serviceS = visits.reduce((sum, visit) => sum + visit.endS - visit.startS, 0)
    const waitS = leaveS - Math.max(arriveS, startS) - serviceS
    if (waitS <= 0) return []
    const krw = rule ? Math.round((rule.perHourKrw * Math.max(0, waitS - rule.freeS)) / 3600) : 0
    return [{ stop, waitS, krw }]
  })
}

function missedOf(route: Route, { stops }: DoneRound): ExecutedRound['missed'] {
  const loaded = new Set(stops.flatMap((stop) => stop.loaded))
  const delivered = new Set(stops.flatMap((stop) => stop.delivered))
  const ids = route.stops.flatMap(({ pickups }) => pickups)
  return ids.flatMap((shipment) =>
    loaded.has(shipment) && delivered.has(shipment)
      ? []
      : [{ shipment, why: loaded.has(shipment) ? ('notDelivered' as const) : ('notLoaded' as const) }],
  )
}

/** Kilograms of a stop are said of all it loads: they are dealt over its goods by their planned weights. */
function quantitiesOf(
  route: Route,
  { stops }: DoneRound,
  shipmentOf: (id: string) => Shipment,
): ExecutedRound['quantities'] {
  return route.stops.flatMap((_, index) => {
    const { loaded, loadedKg } = stops[index]!
    const plannedKg = loaded.reduce((sum, id) => sum + shipmentOf(id).weightKg, 0)
    if (loadedKg === undefined || loaded.length === 0 || Math.abs(loadedKg - plannedKg) < 0.5) return []
    return loaded.map((shipment) => {
      const { weightKg } = shipmentOf(shipment)
      const kg = plannedKg > 0 ? (loadedKg * weightKg) / plannedKg : loadedKg / loaded.length
      return { shipment, plannedKg: weightKg, kg: Math.round(kg * 10) / 10 }
    })
  })
}

function planOf(plan: Plan, rounds: readonly ExecutedRound[]): Plan {
  const roundOf = new Map(rounds.map((round) => [round.route, round]))
  const driven = (route: Route): Route[] => {
    const { carried, lines, costKrw } = roundOf.get(route.id)!
    if (carried.length === 0) return []
    const stops = route.stops.flatMap((stop) => {
      const visits = stop.visits.filter(({ shipment }) => carried.includes(shipment))
      const of = (kind: 'pickup' | 'delivery') => visits.flatMap((visit) => (visit.kind === kind ? visit.shipment : []))
      return visits.length > 0 ? [{ ...stop, visits, pickups: of('pickup'), deliveries: of('delivery') }] : []
    })
    return [{ ...route, stops, costLines: [...lines], costKrw }]
  }
  const routes = plan.routes.flatMap(driven)
  const direct = plan.direct.flatMap((way) => {
    if (!way.route) {
      const costLines = paidLines(way.costLines)
      return [{ ...way, costLines, costKrw: sumLines(costLines) }]
    }
    return driven(way.route).map((route) => ({ ...way, route, costLines: route.costLines, costKrw: route.costKrw }))
  })
  const missed = rounds.flatMap((round) => round.missed.filter(({ why }) => why === 'notLoaded'))
  const costLines = mergeLines([...routes, ...direct].map((part) => part.costLines))
  return {
    ...plan,
    routes,
    direct,
    unserved: [...plan.unserved, ...missed.map(({ shipment }) => ({ shipment, reasons: [] }))],
    costLines,
    costKrw: sumLines(costLines),
  }
}
