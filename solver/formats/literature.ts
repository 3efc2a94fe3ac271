/**
 * What the literature's files have in common: nodes with coordinates or a matrix, trucks by kind, pairs or single visits. The parsers
 * end here, the search starts from `makeInstance`, and `evaluate.ts` judges solutions from this alone.
 */
import { type Arcs, scaleArcs } from '../arcs.ts'
import { type Instance, LOAD_SLACK, type TruckType, traitsOf } from '../instance.ts'

export interface Node {
  /** number in the literature's solution files */
  readonly id: number
  readonly demand: number
  readonly ready: number
  readonly due: number
  readonly service: number
}

export interface Fleet {
  readonly count: number
  readonly capacity: number
  readonly fixed: number
  readonly unitCost: number
}

export interface Literature {
  readonly name: string
  /** node 0 is the depot */
  readonly nodes: readonly Node[]
  /** between nodes; time as well as distance */
  readonly distance: Arcs
  readonly fleet: readonly Fleet[]
  /** orders by node index: one visit, or pickup and delivery, with a price of going direct */
  readonly orders: readonly { readonly pickup: number; readonly delivery?: number; readonly directCost?: number }[]
  /** what counts first in this class */
  readonly objective: Objective
}

export const OBJECTIVES = ['distance', 'vehicles', 'cost'] as const
export type Objective = (typeof OBJECTIVES)[number]

/** Slack on closing times: sums of doubles forward and backward differ in the last digits. */
const TIME_SLACK = 1e-7

/** Visit 2r is the pickup (or only) node of order r, 2r + 1 its delivery. */
export const nodeOfVisit = (literature: Literature, visit: number): Node => {
  const order = literature.orders[visit >> 1]
  return literature.nodes[(visit & 1) === 0 ? order.pickup : order.delivery!]
}

export function makeInstance(literature: Literature): Instance {
  const { nodes, distance, fleet, orders } = literature
  const size = nodes.length
  const scaled = new Map<number, Arcs>([[1, distance]])
  const types = fleet.map(({ count, capacity, fixed, unitCost }, vehicle): TruckType => {
    if (!scaled.has(unitCost)) scaled.set(unitCost, scaleArcs(distance, unitCost))
    return {
      vehicle,
      start: 0,
      end: 0,
      shift: 0,
      shiftOpensS: nodes[0].ready,
      opensS: nodes[0].ready,
      closesS: nodes[0].due + TIME_SLACK,
      count,
      capacity: Float64Array.of(capacity + LOAD_SLACK),
      slices: null,
      durationS: distance,
      arcCost: scaled.get(unitCost)!,
      distanceM: distance,
      baseCost: fixed,
      minimumCost: 0,
      stopFee: 0,
      includedStops: 0,
      perHour: 0,
      overtimeAfterS: Number.POSITIVE_INFINITY,
      overtimePerHour: 0,
      maxStops: Number.POSITIVE_INFINITY,
      maxRouteM: Number.POSITIVE_INFINITY,
      maxTrips: Number.POSITIVE_INFINITY,
    }
  })
  const visits = 2 * orders.length
  const placeOf = new Int32Array(visits)
  const serviceS = new Float64Array(visits)
  const opensS = new Float64Array(visits)
  const closesS = new Float64Array(visits)
  const paired = new Uint8Array(orders.length)
  const demand = new Float64Array(orders.length)
  const directCost = new Float64Array(orders.length)
  orders.forEach((order, index) => {
    paired[index] = order.delivery === undefined ? 0 : 1
    demand[index] = nodes[order.pickup].demand
    directCost[index] = order.directCost ?? Number.POSITIVE_INFINITY
    for (const side of [0, 1]) {
      const node = side === 0 ? order.pickup : (order.delivery ?? order.pickup)
      const visit = 2 * index + side
      placeOf[visit] = node
      serviceS[visit] = nodes[node].service
      opensS[visit] = nodes[node].ready
      closesS[visit] = nodes[node].due + TIME_SLACK
    }
  })
  const instance = {
    roster: null,
    orders: orders.length,
    size,
    nowhere: -1,
    paired,
    placeOf,
    serviceS,
    stopS: new Float64Array(size),
    windowFrom: Int32Array.from({ length: visits + 1 }, (_, visit) => visit),
    opensS,
    closesS,
    soft: null,
    dimensions: 1,
    demand,
    alone: new Uint8Array(orders.length),
    directCost,
    types,
    allowed: new Uint8Array(types.length * orders.length).fill(1),
    barred: [],
    carryCost: new Float64Array(types.length * orders.length),
    driveS: Number.POSITIVE_INFINITY,
    restS: 0,
    maxWorkS: Number.POSITIVE_INFINITY,
    company: null,
    docks: null,
    frozen: null,
    balance: null,
  }
  return { ...instance, traits: traitsOf(instance) }
}
