/**
 * Ids to dense indices and typed arrays: what the search runs on. Literature instances are built straight into this shape.
 * Order r has the visits 2r (pickup) and 2r + 1 (delivery). An unpaired order (CVRP, VRPTW) has only the first; its load stays on
 * board to the end of the route, which binds capacity exactly as deliveries from a depot do.
 */
import type { Problem, Shipment, Site, Tariff, Travel, TravelTable, Vehicle } from './problem.ts'
import { lawOf } from './problem.ts'
import { STATIC_RULES } from './rules/static.ts'
import {
  fareShape,
  handVisits,
  isTruckTariff,
  legKrw,
  type TruckTariff,
  terminalKrw,
  terminalRefusal,
} from './tariff.ts'

/** A kind of truck in one shift. Matrices are row-major [from * size + to]. */
export interface TruckType {
  /** place where the route starts and ends; `Instance.nowhere` for trucks that begin and end with their cargo */
  readonly start: number
  readonly end: number
  readonly opensS: number
  readonly closesS: number
  /** routes it may drive; 0: only alone with one order */
  readonly count: number
  /** [dimension] */
  readonly capacity: Float64Array
  readonly durationS: Float64Array
  readonly arcCost: Float64Array
  readonly distanceM: Float64Array
  readonly baseCost: number
  readonly minimumCost: number
  readonly stopFee: number
  readonly includedStops: number
  readonly perHour: number
  readonly overtimeAfterS: number
  readonly overtimePerHour: number
  readonly maxStops: number
  readonly maxRouteM: number
}

export interface Instance {
  readonly orders: number
  /** number of places, the one that costs nothing to reach included */
  readonly size: number
  readonly nowhere: number
  /** [order] 1: pickup and delivery, 0: one visit */
  readonly paired: Uint8Array
  /** [visit] */
  readonly placeOf: Int32Array
  readonly serviceS: Float64Array
  /** [place] seconds once per stop */
  readonly stopS: Float64Array
  /** windows of visit v: opensS[k], closesS[k] for k in windowFrom[v] .. windowFrom[v + 1]; ascending, disjoint */
  readonly windowFrom: Int32Array
  readonly opensS: Float64Array
  readonly closesS: Float64Array
  readonly dimensions: number
  /** [order * dimensions + dimension] */
  readonly demand: Float64Array
  /** [order] 1: nothing else on its truck */
  readonly alone: Uint8Array
  /** [order] cost of going without a route; Infinity: it cannot */
  readonly directCost: Float64Array
  readonly types: readonly TruckType[]
  /** [type * orders + order] 1: it may ride on such a route, no static rule stands in the way */
  readonly allowed: Uint8Array
  /** [static rule][type * orders + order] by how much the rule is broken, 0 where it is kept */
  readonly barred: readonly Float64Array[]
  /** [type * orders + order] cost of carrying it whatever the way: loading by hand */
  readonly carryCost: Float64Array
  /** longest continuous driving, Infinity where no rest is asked for */
  readonly driveS: number
  readonly restS: number
  readonly maxWorkS: number
}

/** Latest and earliest instants of a visit that may start at no time at all. */
const NEVER: readonly (readonly [number, number])[] = []

/** The closed intervals common to both lists, ascending. */
export function intersectWindows(
  a: readonly (readonly [number, number])[],
  b: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const common: [number, number][] = []
  for (const [openA, closeA] of a)
    for (const [openB, closeB] of b) {
      const open = Math.max(openA, openB)
      const close = Math.min(closeA, closeB)
      if (open <= close) common.push([open, close])
    }
  return common.sort((x, y) => x[0] - y[0])
}

/** When service of a shipment may start at a site: opening hours, its own windows, ready and due, all at once. */
export function visitWindows(
  shipment: Shipment,
  site: Site,
  kind: 'pickup' | 'delivery',
): readonly (readonly [number, number])[] {
  const always = [[0, Number.MAX_SAFE_INTEGER]] as const
  const own = (kind === 'pickup' ? shipment.pickupWindows : shipment.deliveryWindows) ?? always
  const span = [[shipment.ready ?? 0, shipment.due ?? Number.MAX_SAFE_INTEGER]] as const
  if (span[0][0] > span[0][1]) return NEVER
  return intersectWindows(intersectWindows(site.windows ?? always, own), span)
}

/** A problem as arrays, with what it takes to name things again. */
export interface Dense {
  readonly instance: Instance
  readonly problem: Problem
  readonly travel: Travel
  readonly siteIndex: ReadonlyMap<string, number>
  /** [type] index into problem.vehicles */
  readonly vehicleOf: readonly number[]
  /** [order] cheapest terminal tariff that takes it, and its price */
  readonly terminal: readonly ({ readonly tariff: string; readonly krw: number } | null)[]
}

export function travelTable(travel: Travel, truck: Vehicle['truck']): TravelTable {
  const table = travel.tables.find(({ trucks }) => trucks.includes(truck))
  if (!table) throw new Error(`no travel figures for truck class ${truck}`)
  return table
}

/**
 * Builds the arrays. `directCost` holds terminal freight only; hired trucks alone need a timetable and are
 * added by direct.ts. The problem must have no issues (`findIssues`).
 */
export function makeDense(problem: Problem, travel: Travel): Dense {
  const { sites, shipments, vehicles } = problem
  const siteIndex = new Map(sites.map((site, index) => [site.id, index]))
  const siteOf = (id: string): Site => sites[siteIndex.get(id)!]
  const tariffs = new Map<string, Tariff>(problem.tariffs.map((tariff) => [tariff.id, tariff]))
  const { driveS, restS, maxWorkS } = lawOf(problem)
  const nowhere = sites.length
  const size = sites.length + 1
  const orders = shipments.length

  // one type per vehicle and shift
  const vehicleOf: number[] = []
  const types: TruckType[] = []
  const matrices = makeMatrices(sites.length)
  for (const [index, vehicle] of vehicles.entries()) {
    const tariff = tariffs.get(vehicle.tariff)
    if (!isTruckTariff(tariff)) throw new Error(`vehicle ${vehicle.id} has no truck tariff`)
    const fare = fareShape(tariff)
    for (const [opensS, closesS] of vehicle.shifts) {
      vehicleOf.push(index)
      types.push({
        start: vehicle.start ? siteIndex.get(vehicle.start)! : nowhere,
        end: vehicle.end ? siteIndex.get(vehicle.end)! : nowhere,
        opensS,
        closesS,
        count: vehicle.count,
        capacity: Float64Array.of(
          vehicle.capacityKg,
          vehicle.bedL ?? Number.POSITIVE_INFINITY,
          vehicle.pallets ?? Number.POSITIVE_INFINITY,
        ),
        ...matrices(travelTable(travel, vehicle.truck), tariff),
        baseCost: fare.baseKrw,
        minimumCost: fare.minimumKrw,
        stopFee: fare.stopFeeKrw,
        includedStops: fare.includedStops,
        perHour: fare.perHourKrw,
        overtimeAfterS: fare.overtimeAfterS,
        overtimePerHour: fare.overtimePerHourKrw,
        maxStops: vehicle.maxStops ?? Number.POSITIVE_INFINITY,
        maxRouteM: vehicle.maxRouteM ?? Number.POSITIVE_INFINITY,
      })
    }
  }

  // visits
  const visits = 2 * orders
  const placeOf = new Int32Array(visits)
  const serviceS = new Float64Array(visits)
  const windowFrom = new Int32Array(visits + 1)
  const opens: number[] = []
  const closes: number[] = []
  const demand = new Float64Array(orders * 3)
  for (const [order, shipment] of shipments.entries()) {
    for (const [side, id] of [shipment.from, shipment.to].entries()) {
      const visit = 2 * order + side
      placeOf[visit] = siteIndex.get(id)!
      serviceS[visit] = (side === 0 ? shipment.loadS : shipment.unloadS) ?? 0
      for (const [open, close] of visitWindows(shipment, siteOf(id), side === 0 ? 'pickup' : 'delivery')) {
        opens.push(open)
        closes.push(close)
      }
      windowFrom[visit + 1] = opens.length
    }
    demand[3 * order] = shipment.weightKg
    demand[3 * order + 1] = shipment.volumeL ?? 0
    demand[3 * order + 2] = shipment.pallets ?? 0
  }

  // what never goes together, whatever the route
  const allowed = new Uint8Array(types.length * orders)
  const barred = STATIC_RULES.map(() => new Float64Array(types.length * orders))
  const carryCost = new Float64Array(types.length * orders)
  for (let type = 0; type < types.length; type++) {
    const vehicle = vehicles[vehicleOf[type]]
    const tariff = tariffs.get(vehicle.tariff) as TruckTariff
    for (const [order, shipment] of shipments.entries()) {
      const from = siteOf(shipment.from)
      const to = siteOf(shipment.to)
      const cell = type * orders + order
      STATIC_RULES.forEach((rule, index) => {
        barred[index][cell] = rule.bars(shipment, vehicle, from, to)
      })
      const pooled = !shipment.modes || shipment.modes.includes('route')
      allowed[cell] = pooled && barred.every((amounts) => amounts[cell] === 0) ? 1 : 0
      carryCost[cell] = Math.round(tariff.handLoadKrw ?? 0) * handVisits(shipment, from, to, vehicle)
    }
  }

  const terminal = shipments.map((shipment) => cheapestTerminal(problem, travel, shipment, siteIndex))
  return {
    problem,
    travel,
    siteIndex,
    vehicleOf,
    terminal,
    instance: {
      orders,
      size,
      nowhere,
      paired: new Uint8Array(orders).fill(1),
      placeOf,
      serviceS,
      stopS: Float64Array.from([...sites.map((site) => site.stopS ?? 0), 0]),
      windowFrom,
      opensS: Float64Array.from(opens),
      closesS: Float64Array.from(closes),
      dimensions: 3,
      demand,
      alone: Uint8Array.from(shipments, (shipment) => (shipment.mustGoAlone ? 1 : 0)),
      directCost: Float64Array.from(terminal, (offer) => offer?.krw ?? Number.POSITIVE_INFINITY),
      types,
      allowed,
      barred,
      carryCost,
      driveS: restS > 0 ? driveS : Number.POSITIVE_INFINITY,
      restS,
      maxWorkS,
    },
  }
}

function cheapestTerminal(
  problem: Problem,
  travel: Travel,
  shipment: Shipment,
  siteIndex: ReadonlyMap<string, number>,
) {
  let best: { tariff: string; krw: number } | null = null
  const distanceM = terminalDistanceM(problem, travel, shipment, siteIndex)
  for (const tariff of problem.tariffs) {
    if (tariff.kind !== 'terminal' || terminalRefusal(tariff, shipment, distanceM)) continue
    const krw = terminalKrw(tariff, shipment.weightKg, distanceM)
    if (!best || krw < best.krw) best = { tariff: tariff.id, krw }
  }
  return best
}

/** Road metres that terminal freight is zoned by: those of the first travel table. */
export function terminalDistanceM(
  problem: Problem,
  travel: Travel,
  shipment: Shipment,
  siteIndex: ReadonlyMap<string, number>,
): number {
  const cell = siteIndex.get(shipment.from)! * problem.sites.length + siteIndex.get(shipment.to)!
  return travel.tables[0].distanceM[cell]
}

/** Widens travel tables by a place that costs nothing to reach; equal tables and tariffs share their arrays. */
function makeMatrices(sites: number) {
  const size = sites + 1
  const widen = (cells: (cell: number) => number): Float64Array => {
    const wide = new Float64Array(size * size)
    for (let from = 0; from < sites; from++)
      for (let to = 0; to < sites; to++) wide[from * size + to] = cells(from * sites + to)
    return wide
  }
  const travelOf = new Map<TravelTable, { durationS: Float64Array; distanceM: Float64Array }>()
  const costOf = new Map<TravelTable, Map<TruckTariff, Float64Array>>()
  return (table: TravelTable, tariff: TruckTariff) => {
    if (!travelOf.has(table)) {
      travelOf.set(table, {
        durationS: widen((cell) => table.durationS[cell]),
        distanceM: widen((cell) => table.distanceM[cell]),
      })
      costOf.set(table, new Map())
    }
    const costs = costOf.get(table)!
    if (!costs.has(tariff)) {
      const toll = (cell: number) => (tariff.tollIncluded ? 0 : table.tollKrw[cell])
      costs.set(
        tariff,
        widen((cell) => legKrw(tariff, table.distanceM[cell]) + toll(cell)),
      )
    }
    return { ...travelOf.get(table)!, arcCost: costs.get(tariff)! }
  }
}
