/** A problem as an instance: ids to dense indices and typed arrays. document.ts goes the other way. */
import { type Arcs, arcsFromCells } from './arcs.ts'
import { isBalanced } from './balance.ts'
import { makeCompany } from './company.ts'
import { type Instance, LOAD_SLACK, type TruckType, traitsOf } from './instance.ts'
import { type CostLine, sumLines } from './plan.ts'
import type { Balance, Problem, Shipment, Site, Tariff, Travel, TravelTable, Vehicle } from './problem.ts'
import { dayIndex, lawOf, NO_ROAD } from './problem.ts'
import { NO_ROAD_KRW, NO_ROAD_M, NO_ROAD_S, reachIn } from './roads.ts'
import { Roster, type RosterType, turnsOf } from './roster.ts'
import { STATIC_RULES } from './rules/static.ts'
import { leastOf, makeSlices, periodsOf, type Slices } from './slices.ts'
import {
  fareShape,
  handVisits,
  holdKrw,
  isTruckTariff,
  legKrw,
  softWindow,
  type TruckTariff,
  terminalLines,
  terminalRefusal,
} from './tariff.ts'
import { visitWindows } from './windows.ts'

export interface TerminalOffer {
  readonly tariff: string
  readonly krw: number
  readonly lines: CostLine[]
}

/** A problem as arrays, with what it takes to name things again. */
export interface Dense {
  readonly instance: Instance
  readonly problem: Problem
  readonly travel: Travel
  readonly siteIndex: ReadonlyMap<string, number>
  /** [type] index into problem.vehicles */
  readonly vehicleOf: readonly number[]
  /** [order] cheapest terminal tariff that takes it, and its price, waiting and soft windows included */
  readonly terminal: readonly (TerminalOffer | null)[]
}

export function travelTable(travel: Travel, truck: Vehicle['truck']): TravelTable {
  const table = travel.tables.find(({ trucks }) => trucks.includes(truck))
  if (!table) throw new Error(`no travel figures for truck class ${truck}`)
  return table
}

/**
 * Builds the arrays. `directCost` holds terminal freight only; hired trucks alone need a timetable and are
 * added by direct.ts, as are docks. The problem must have no issues (`findIssues`).
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

  // one type per vehicle and shift; where drivers are counted, per span of it that some driver could take
  const vehicleOf: number[] = []
  const rosterTypes: RosterType[] = []
  const types: TruckType[] = []
  const matrices = makeMatrices(sites.length)
  for (const [index, vehicle] of vehicles.entries()) {
    const tariff = tariffs.get(vehicle.tariff)
    if (!isTruckTariff(tariff)) throw new Error(`vehicle ${vehicle.id} has no truck tariff`)
    const fare = fareShape(tariff)
    for (const turn of turnsOf(vehicle, problem.drivers)) {
      const [opensS, closesS] = turn.window
      vehicleOf.push(index)
      rosterTypes.push({ vehicle, turn })
      types.push({
        vehicle: index,
        start: vehicle.start ? siteIndex.get(vehicle.start)! : nowhere,
        end: vehicle.end ? siteIndex.get(vehicle.end)! : nowhere,
        shift: turn.shift,
        shiftOpensS: vehicle.shifts[turn.shift][0],
        opensS,
        closesS,
        count: turn.idle ? 0 : vehicle.count,
        capacity: Float64Array.of(
          vehicle.capacityKg + LOAD_SLACK,
          (vehicle.bedL ?? Number.POSITIVE_INFINITY) + LOAD_SLACK,
          (vehicle.pallets ?? Number.POSITIVE_INFINITY) + LOAD_SLACK,
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
        maxTrips: vehicle.maxTrips ?? Number.POSITIVE_INFINITY,
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
  const reaches = new Map(travel.tables.map((table) => [table, reachIn(table, sites.length)]))
  for (let type = 0; type < types.length; type++) {
    const vehicle = vehicles[vehicleOf[type]]
    const tariff = tariffs.get(vehicle.tariff) as TruckTariff
    const isReached = reaches.get(travelTable(travel, vehicle.truck))!
    const { start, end } = types[type]
    for (const [order, shipment] of shipments.entries()) {
      const from = siteOf(shipment.from)
      const to = siteOf(shipment.to)
      const cell = type * orders + order
      STATIC_RULES.forEach((rule, index) => {
        barred[index][cell] = rule.bars(shipment, vehicle, from, to)
      })
      const pooled = !shipment.modes || shipment.modes.includes('route')
      const [loads, unloads] = [placeOf[2 * order], placeOf[2 * order + 1]]
      const onRoads =
        (start === nowhere || isReached(start, loads)) &&
        isReached(loads, unloads) &&
        (end === nowhere || isReached(unloads, end))
      allowed[cell] = pooled && onRoads && barred.every((amounts) => amounts[cell] === 0) ? 1 : 0
      carryCost[cell] =
        Math.round(tariff.handLoadKrw ?? 0) * handVisits(shipment, from, to, vehicle) +
        holdKrw(shipment, types[type].shiftOpensS)
    }
  }

  const soft = shipments.flatMap((shipment) =>
    (['pickup', 'delivery'] as const).map((kind) => softWindow(shipment, kind) ?? null),
  )
  const terminal = shipments.map((shipment) => cheapestTerminal(problem, travel, shipment, siteIndex))
  const instance = {
    roster: problem.drivers ? new Roster(rosterTypes, problem.drivers) : null,
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
    soft: soft.some((window) => window !== null) ? soft : null,
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
    company: makeCompany(
      problem,
      vehicleOf.map((index) => vehicles[index]),
    ),
    docks: null,
    frozen: null,
    balance: problem.balance ? denseBalance(problem.balance, vehicles, vehicleOf, types) : null,
  }
  return { problem, travel, siteIndex, vehicleOf, terminal, instance: { ...instance, traits: traitsOf(instance) } }
}

const denseBalance = (
  balance: Balance,
  vehicles: readonly Vehicle[],
  vehicleOf: readonly number[],
  types: readonly TruckType[],
): Instance['balance'] => ({
  unit: balance.unit,
  spread: balance.spread,
  dayOf: Int32Array.from(types, ({ shiftOpensS }, type) =>
    isBalanced(balance, vehicles[vehicleOf[type]]) ? dayIndex(shiftOpensS) : -1,
  ),
})

function cheapestTerminal(
  problem: Problem,
  travel: Travel,
  shipment: Shipment,
  siteIndex: ReadonlyMap<string, number>,
) {
  let best: TerminalOffer | null = null
  const distanceM = terminalDistanceM(problem, travel, shipment, siteIndex)
  for (const tariff of problem.tariffs) {
    if (tariff.kind !== 'terminal' || terminalRefusal(tariff, shipment, distanceM)) continue
    const lines = terminalLines(tariff, shipment, distanceM)
    const krw = sumLines(lines)
    if (!best || krw < best.krw) best = { tariff: tariff.id, krw, lines }
  }
  return best
}

/** Road metres that terminal freight is zoned by: those of the first travel table in which a road leads there; NO_ROAD where none does. */
export function terminalDistanceM(
  problem: Problem,
  travel: Travel,
  shipment: Shipment,
  siteIndex: ReadonlyMap<string, number>,
): number {
  const cell = siteIndex.get(shipment.from)! * problem.sites.length + siteIndex.get(shipment.to)!
  return travel.tables.find(({ distanceM }) => distanceM[cell] !== NO_ROAD)?.distanceM[cell] ?? NO_ROAD
}

/**
 * Widens travel tables by a place that costs nothing to reach; equal tables and tariffs share their arrays. Where a table has slices of
 * the day, these are its least figures, and the slices stand beside them.
 */
function makeMatrices(sites: number) {
  const size = sites + 1
  const widen = (cells: (cell: number) => number): Arcs => {
    const wide = new Float64Array(size * size)
    for (let from = 0; from < sites; from++)
      for (let to = 0; to < sites; to++) wide[from * size + to] = cells(from * sites + to)
    return arcsFromCells(size, wide)
  }
  const isMissing = (table: TravelTable, cell: number) => table.durationS[cell] === NO_ROAD
  const travelOf = new Map<TravelTable, { durationS: Arcs; distanceM: Arcs }>()
  const costOf = new Map<TravelTable, Map<TruckTariff, { arcCost: Arcs; slices: Slices | null }>>()
  return (table: TravelTable, tariff: TruckTariff) => {
    if (!travelOf.has(table)) {
      const leastS = leastOf(periodsOf(table).map(({ durationS }) => durationS))
      travelOf.set(table, {
        durationS: widen((cell) => (isMissing(table, cell) ? NO_ROAD_S : leastS(cell))),
        distanceM: widen((cell) => (isMissing(table, cell) ? NO_ROAD_M : table.distanceM[cell])),
      })
      costOf.set(table, new Map())
    }
    const costs = costOf.get(table)!
    if (!costs.has(tariff)) {
      const least = leastOf(periodsOf(table).map(({ tollKrw }) => tollKrw))
      const toll = (cell: number) => (tariff.tollIncluded ? 0 : least(cell))
      costs.set(tariff, {
        arcCost: widen((cell) =>
          isMissing(table, cell) ? NO_ROAD_KRW : legKrw(tariff, table.distanceM[cell]) + toll(cell),
        ),
        slices: makeSlices(table, sites, !tariff.tollIncluded),
      })
    }
    return { ...travelOf.get(table)!, ...costs.get(tariff)! }
  }
}
