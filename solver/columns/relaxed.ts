/**
 * A day as the bound sees it: every way to carry shipments costs here at most what it costs in a plan, and no plan is lost. Costs are
 * whole units (won, or thousandths of the literature's distance) rounded down per arc, so that sums are exact. Left out, each of which can
 * only make plans cheaper: what bound.ts lists as relaxed. Costs and times are closed under detours (Floyd and Warshall), because
 * leaving a shipment out of a route must never make it dearer or later.
 */
import { arc } from '../arcs.ts'
import type { Instance, TruckType } from '../instance.ts'
import { restsNeeded } from '../timeline.ts'

/** Trucks of one kind in one shift. */
export interface RelaxedKind {
  /** types of the instance it stands for: several where drivers are counted */
  readonly types: readonly number[]
  /** places, -1: the route begins with its first pickup, ends with its last delivery */
  readonly start: number
  readonly end: number
  /** routes it may drive, at most one an order */
  readonly count: number
  readonly opensS: number
  readonly closesS: number
  /** longest time from departure to return */
  readonly spanS: number
  /** a route costs max(fixed + arcs, minimum) + stopFee for each stop beyond includedStops + carry of its orders */
  readonly fixedKrw: number
  readonly minimumKrw: number
  readonly stopFeeKrw: number
  readonly includedStops: number
  readonly maxStops: number
  /** [from * size + to] whole; paid time of driving and of the stop at `to` included */
  readonly arcKrw: Float64Array
  /** [from * size + to] seconds of driving, and of the rests that a leg so long needs by itself */
  readonly arcS: Float64Array
  /** [dimension] */
  readonly capacity: Float64Array
  /** that may ride, ascending */
  readonly orders: readonly number[]
  /** [order] whole: by hand, days of waiting, paid time of service */
  readonly carryKrw: Float64Array
}

export interface Relaxed {
  readonly instance: Instance
  /** units of cost in one of the instance */
  readonly scale: number
  readonly size: number
  /** orders that may share a truck: the rows of the column model */
  readonly pooled: readonly number[]
  /** [order] whole price without a route; Infinity: there is none, the order must ride */
  readonly directKrw: Float64Array
  /** orders that never share, and what the cheapest way of each costs: the same in every plan, or less */
  readonly alone: readonly number[]
  readonly aloneKrw: number
  readonly kinds: readonly RelaxedKind[]
}

/** Above so many places detours take longer to rule out than a bound is worth. */
const MOST_PLACES = 500

/**
 * `served`: the orders to be carried, by default all. Null where there are too many places. `scale`: costs of the instance are
 * multiplied by it before they are rounded down.
 */
export function relax(instance: Instance, scale = 1, served?: ReadonlySet<number>): Relaxed | null {
  const { orders, types, nowhere, size } = instance
  if (size > MOST_PLACES) return null
  const closed = new Map<object, Map<string, Float64Array>>()
  const kinds = groupTypes(instance).map((group) => relaxKind(instance, scale, group, closed))
  const asked = Array.from({ length: orders }, (_, order) => order).filter((order) => served?.has(order) ?? true)
  const directKrw = instance.directCost.map((cost) => Math.floor(cost * scale))
  const rides = (order: number) => kinds.some((kind) => kind.count > 0 && kind.orders.includes(order))
  // without a way there is nothing to price: such orders are unserved in every plan
  const alone = asked.filter((order) => (instance.alone[order] === 1 || !rides(order)) && carries(order))
  const pooled = asked.filter((order) => instance.alone[order] === 0 && rides(order))
  return {
    instance,
    scale,
    size,
    pooled,
    directKrw,
    alone,
    aloneKrw: alone.reduce((sum, order) => sum + aloneCost(order), 0),
    kinds: kinds.map((kind) => ({
      ...kind,
      count: Math.min(kind.count, pooled.length),
      orders: kind.orders.filter((order) => pooled.includes(order)),
    })),
  }

  function carries(order: number): boolean {
    return Number.isFinite(directKrw[order]) || rides(order)
  }

  function aloneCost(order: number): number {
    const pickup = instance.placeOf[2 * order]
    const delivery = instance.placeOf[2 * order + instance.paired[order]]
    const routes = kinds.flatMap((kind) => {
      if (kind.count === 0 || !kind.orders.includes(order)) return []
      const leg = (from: number, to: number) => (from < 0 || to < 0 ? 0 : kind.arcKrw[from * size + to])
      const arcs = leg(kind.start, pickup) + leg(pickup, delivery) + leg(delivery, kind.end)
      return [Math.max(kind.fixedKrw + arcs, kind.minimumKrw) + kind.carryKrw[order]]
    })
    return Math.min(directKrw[order], ...routes)
  }

  /** Types of one vehicle and shift share its trucks. */
  function groupTypes({ roster }: Instance): number[][] {
    const groups = new Map<string, number[]>()
    for (const [type, { vehicle, shift }] of types.entries()) {
      const key = `${vehicle} ${shift}`
      groups.set(key, [...(groups.get(key) ?? []), type])
    }
    if (!roster && [...groups.values()].some((group) => group.length > 1))
      throw new Error('types that share their trucks')
    return [...groups.values()].filter((group) => group.some((type) => types[type].count > 0))
  }

  function relaxKind(
    instance: Instance,
    scale: number,
    group: number[],
    closed: Map<object, Map<string, Float64Array>>,
  ): RelaxedKind {
    const trucks = group.map((type) => types[type])
    const [truck] = trucks
    const opensS = Math.min(...trucks.map((each) => each.opensS))
    const closesS = Math.max(...trucks.map((each) => each.closesS))
    const place = (index: number) => (index === nowhere ? -1 : index)
    const paid = (seconds: number) => Math.floor((truck.perHour * scale * seconds) / 3600)
    const inside = Array.from({ length: orders }, (_, order) => order)
    return {
      types: group,
      start: place(truck.start),
      end: place(truck.end),
      count: truck.count === 0 ? Math.max(...trucks.map((each) => each.count)) : truck.count,
      opensS,
      closesS,
      spanS: Math.min(closesS - opensS, instance.maxWorkS),
      fixedKrw: Math.floor(truck.baseCost * scale),
      minimumKrw: Math.floor(truck.minimumCost * scale),
      stopFeeKrw: Math.floor(truck.stopFee * scale),
      includedStops: truck.includedStops,
      maxStops: truck.maxStops,
      arcKrw: once(truck.arcCost, `krw ${truck.perHour}`, () =>
        closeUnderDetours(
          instance,
          (from, to) =>
            Math.floor(arc(truck.arcCost, from, to) * scale) +
            paid(arc(truck.durationS, from, to) + (from === to ? 0 : instance.stopS[to])),
        ),
      ),
      arcS: once(truck.durationS, 's', () =>
        closeUnderDetours(instance, (from, to) => legS(instance, truck, from, to)),
      ),
      capacity: truck.capacity,
      orders: inside.filter((order) => group.some((type) => instance.allowed[type * orders + order] === 1)),
      carryKrw: Float64Array.from(
        inside,
        (order) =>
          Math.floor(Math.min(...group.map((type) => instance.carryCost[type * orders + order])) * scale) +
          paid(instance.serviceS[2 * order] + (instance.paired[order] ? instance.serviceS[2 * order + 1] : 0)),
      ),
    }

    function once(table: object, key: string, make: () => Float64Array): Float64Array {
      const known = closed.get(table) ?? new Map<string, Float64Array>()
      closed.set(table, known)
      const made = known.get(key) ?? make()
      known.set(key, made)
      return made
    }
  }
}

/** A leg driven by a rested driver: nobody needs fewer rests on it. */
function legS({ driveS, restS }: Instance, { durationS }: TruckType, from: number, to: number): number {
  const seconds = arc(durationS, from, to)
  return seconds + (Number.isFinite(driveS) ? restsNeeded(0, seconds, driveS) * restS : 0)
}

/** Least over all ways round; the places of start and end that cost nothing to reach take no part. */
function closeUnderDetours({ size, nowhere }: Instance, figure: (from: number, to: number) => number): Float64Array {
  const cells = new Float64Array(size * size)
  for (let from = 0; from < size; from++)
    for (let to = 0; to < size; to++)
      cells[from * size + to] = from === to || from === nowhere || to === nowhere ? 0 : figure(from, to)
  for (let via = 0; via < size; via++) {
    if (via === nowhere) continue
    for (let from = 0; from < size; from++) {
      const first = cells[from * size + via]
      if (from === nowhere || from === via) continue
      for (let to = 0; to < size; to++) {
        const round = first + cells[via * size + to]
        if (to !== nowhere && round < cells[from * size + to]) cells[from * size + to] = round
      }
    }
  }
  return cells
}
