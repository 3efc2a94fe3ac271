/**
 * What the same shipments would cost without the milk run, by the same tariffs, and where the difference comes from.
 * B0: each alone on its own smallest sufficient hired truck, an upper bound. B1: each by its cheapest mode, the headline. B2: each firm
 * alone, planned by the same solver with the same vehicles and modes. Soft windows cost the same everywhere; the trucks of B0 and B1 come
 * when they like, docks or not, while each firm of B2 waits for its own trucks only.
 */
import { cheapestDirect, type Opened, openProblem } from './direct.ts'
import { writeAlone, writeDirect } from './document.ts'
import { addCarriages, type Carriage, carriages } from './footprint/footprint.ts'
import { improve } from './improve.ts'
import { type Baseline, type Comparison, type CostLine, type Direct, mergeLines, type Plan, sumLines } from './plan.ts'
import type { Problem, Travel } from './problem.ts'

/** Search effort per firm for B2: firms have few shipments, most days one to three. */
const B2_ITERATIONS = 2_000

interface Carried {
  readonly shipment: string
  readonly mode: 'route' | 'hired' | 'terminal'
  readonly tariff: string
  readonly costKrw: number
  readonly lines: readonly CostLine[]
  /** of the truck it rides on; absent: another shipment has named that truck already */
  readonly carriage?: Carriage
}
type Carriages = ReturnType<typeof carriages>

/** The plan against its baselines. Shipments that the plan leaves unserved are left out of every side. `iterations`: per firm of B2. */
export function comparePlan(whole: Problem, travel: Travel, plan: Plan, iterations = B2_ITERATIONS): Comparison {
  // split as the plan has split them: the same shipments on every side
  const opened = openProblem(whole, travel, plan.parts ?? [])
  const { problem } = opened
  const unserved = plan.unserved.map(({ shipment }) => shipment)
  const orders = problem.shipments
    .map((_, order) => order)
    .filter((order) => !unserved.includes(problem.shipments[order].id))
  const of = carriages(problem, travel)
  const b1 = baseline('B1', opened, orders, plan, (order) => carryDirect(opened, of, order))
  return {
    planKrw: plan.costKrw,
    planCostLines: plan.costLines,
    planFootprint: addCarriages([...plan.routes.map(of.ofRoute), ...plan.direct.map(of.ofDirect)]),
    unserved,
    baselines: [
      baseline('B0', opened, orders, plan, (order) => carryAlone(opened, of, order)),
      b1,
      alonePlans(opened, of, orders, plan, iterations),
    ],
    ...waterfall(opened, plan, b1),
  }
}

/** Baseline B1 alone: what the shipments that the plan serves cost one by one. */
export function oneByOne(whole: Problem, travel: Travel, plan: Plan): Baseline {
  const opened = openProblem(whole, travel, plan.parts ?? [])
  const unserved = new Set(plan.unserved.map(({ shipment }) => shipment))
  const orders = opened.problem.shipments.flatMap(({ id }, order) => (unserved.has(id) ? [] : [order]))
  const of = carriages(opened.problem, travel)
  return baseline('B1', opened, orders, plan, (order) => carryDirect(opened, of, order))
}

/** What every shipment costs alone as B1 carries it, won; those that nothing carries are missing. */
export function aloneKrw(whole: Problem, travel: Travel): Map<string, number> {
  const { problem, offers } = openProblem(whole, travel)
  return new Map(
    offers.flatMap((offer, order) => {
      const krw = (cheapestDirect(offer) ?? offer.smallest)?.krw
      return krw === undefined ? [] : [[problem.shipments[order].id, krw] as const]
    }),
  )
}

const idOf = (opened: Opened, order: number): string => opened.problem.shipments[order].id

function carryAlone(opened: Opened, of: Carriages, order: number): Carried | null {
  const { smallest } = opened.offers[order]
  if (!smallest) return null
  const { tariff } = opened.problem.vehicles[opened.vehicleOf[smallest.type]]
  const route = writeAlone(opened, order, smallest.type)
  const shipment = idOf(opened, order)
  const carriage = of.ofDirect({ shipment, route, distanceM: route.distanceM })
  return { shipment, mode: 'hired', tariff, costKrw: smallest.krw, lines: route.costLines, carriage }
}

/** Its cheapest direct way; a shipment that may only ride a route would, without one, hire the truck of B0. */
function carryDirect(opened: Opened, of: Carriages, order: number): Carried | null {
  const direct = writeDirect(opened, order)
  return direct ? carriedDirect(of, direct) : carryAlone(opened, of, order)
}

function carriedDirect(of: Carriages, direct: Direct): Carried {
  const { shipment, mode, tariff, costKrw, costLines } = direct
  return { shipment, mode, tariff, costKrw, lines: costLines, carriage: of.ofDirect(direct) }
}

function baseline(
  id: Baseline['id'],
  opened: Opened,
  orders: readonly number[],
  plan: Plan,
  carry: (order: number) => Carried | null,
): Baseline {
  const ways = orders.map((order) => ({ order, way: carry(order) }))
  const carried = ways.flatMap(({ way }) => way ?? [])
  const excluded = ways.filter(({ way }) => way === null).map(({ order }) => idOf(opened, order))
  return summarise(id, carried, excluded, plan)
}

function summarise(id: Baseline['id'], carried: readonly Carried[], excluded: string[], plan: Plan): Baseline {
  const costLines = mergeLines(carried.map(({ lines }) => lines))
  const costKrw = sumLines(costLines)
  const savingKrw = costKrw - plan.costKrw
  return {
    id,
    costKrw,
    costLines,
    savingKrw,
    savingShare: costKrw > 0 ? savingKrw / costKrw : 0,
    excluded,
    shipments: carried.map(({ lines: _, carriage: __, ...rest }) => rest),
    footprint: addCarriages(carried.flatMap(({ carriage }) => carriage ?? [])),
  }
}

/** B2. A firm's plan is never dearer than its shipments one by one, so B2 is at most B1. */
function alonePlans(
  opened: Opened,
  of: Carriages,
  orders: readonly number[],
  plan: Plan,
  iterations: number,
): Baseline {
  const { problem, travel } = opened
  const carried: Carried[] = []
  const excluded: string[] = []
  for (const firm of problem.firms) {
    const shipments = orders.map((order) => problem.shipments[order]).filter((shipment) => shipment.firm === firm.id)
    if (shipments.length === 0) continue
    let own: Plan | undefined
    for (const step of improve({ ...problem, shipments }, travel, { seed: 1, iterations })) own = step.plan ?? own
    carried.push(...own!.direct.map((direct) => carriedDirect(of, direct)))
    excluded.push(...own!.unserved.map(({ shipment }) => shipment))
    for (const route of own!.routes) {
      // a route's won go to its first shipment's line in the sum; shares of firms are another matter
      const ids = [...new Set(route.stops.flatMap((stop) => stop.pickups))]
      const { tariff } = problem.vehicles.find(({ id }) => id === route.vehicle)!
      ids.forEach((shipment, k) => {
        const first = k === 0
        carried.push({
          shipment,
          mode: 'route',
          tariff,
          costKrw: first ? route.costKrw : 0,
          lines: first ? route.costLines : [],
          ...(first ? { carriage: of.ofRoute(route) } : {}),
        })
      })
    }
  }
  return summarise('B2', carried, excluded, plan)
}

/**
 * From B1 to the plan in three steps that add up to the won:
 * mode: what rides on routes is priced alone on its cheapest hired truck instead of its B1 mode, and direct shipments as the plan sends them;
 * truck size: the same loaded kilometres at the won per km that the routes' trucks cost, day prices and fees included;
 * routing: the kilometres that routes save, at that price.
 */
function waterfall(opened: Opened, plan: Plan, b1: Baseline): Pick<Comparison, 'waterfall' | 'soloKm' | 'routeKm'> {
  const orderOf = new Map(opened.problem.shipments.map(({ id }, order) => [id, order]))
  const routed = [...new Set(plan.routes.flatMap((route) => route.stops.flatMap((stop) => stop.pickups)))]
  let soloKrw = 0
  let soloM = 0
  for (const id of routed) {
    const order = orderOf.get(id)!
    const { hired, smallest } = opened.offers[order]
    const offer = hired ?? smallest
    // no hired truck takes it: its B1 way stands in
    if (!offer) soloKrw += cheapestDirect(opened.offers[order])?.krw ?? 0
    else {
      soloKrw += offer.krw
      soloM += writeAlone(opened, order, offer.type).distanceM
    }
  }
  const routeKrw = plan.routes.reduce((sum, route) => sum + route.costKrw, 0)
  const routeM = plan.routes.reduce((sum, route) => sum + route.distanceM, 0)
  const directKrw = plan.costKrw - routeKrw
  const mode = soloKrw + directKrw - b1.costKrw
  const truckSize = soloM > 0 && routeM > 0 ? Math.round((routeKrw / routeM) * soloM - soloKrw) : 0
  return {
    waterfall: [
      { step: 'mode', krw: mode },
      { step: 'truckSize', krw: truckSize },
      { step: 'routing', krw: plan.costKrw - b1.costKrw - mode - truckSize },
    ],
    soloKm: soloM / 1000,
    routeKm: routeM / 1000,
  }
}
