/**
 * A day as the bound sees it: every way to carry shipments costs here at most what it costs in a plan, and no plan is lost. Costs are
 * whole units (won, or thousandths of the literature's distance) rounded down per arc, so that sums are exact. Left out, each of which can
 * only make plans cheaper: what bound.ts lists as relaxed. Where travel depends on the time of day every leg counts at its fastest hour and
 * its least toll. Costs and times are closed under detours (Floyd and Warshall), because
 * leaving a shipment out of a route must never make it dearer or later.
 */
import { arc } from '../arcs.ts'
import type { Instance } from '../instance.ts'
import { hasRoad } from '../roads.ts'
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
  /** [from * size + to] whole; paid time of driving included, of stops not */
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
  readonly alone: readonly { readonly order: number; readonly krw: number }[]
  readonly aloneKrw: number
  readonly kinds: readonly RelaxedKind[]
  /** somewhere a way round costs less or takes less time than the figure given */
  readonly roundabout: boolean
  /** too many places to price routes: arcs cost nothing here, and hold nothing */
  readonly vast: boolean
}

/** Above so many places no route is priced: what is left is the bound that needs no pricing. */
const MOST_PLACES = 500

/**
 * `served`: the orders to be carried, by default all. `scale`: costs of the instance are multiplied by it before they are rounded down.
 */
export function relax(instance: Instance, scale = 1, served?: ReadonlySet<number>): Relaxed {
  const every = Array.from({ length: instance.orders }, (_, order) => order)
  const detours = new Detours(instance)
  const all = groupTypes(instance).map((group) => relaxKind(instance, scale, group, detours))
  const directKrw = instance.directCost.map((cost) => Math.floor(cost * scale))
  const rides = (order: number) => all.some(({ orders }) => orders.includes(order))
  const mayPool = (order: number) => instance.alone[order] === 0 && rides(order)
  const asked = every.filter((order) => served?.has(order) ?? true)
  const pooled = asked.filter(mayPool)
  const kinds = all.map((kind) => ({
    ...kind,
    count: Math.min(kind.count, pooled.length),
    orders: kind.orders.filter((order) => pooled.includes(order)),
  }))
  // without a way there is nothing to price: such orders are unserved in every plan
  const alone = asked
    .filter((order) => !mayPool(order))
    .map((order) => ({ order, krw: aloneKrw(instance, all, directKrw, order) }))
    .filter(({ krw }) => krw !== Number.POSITIVE_INFINITY)
  return {
    instance,
    scale,
    size: instance.size,
    pooled,
    directKrw,
    alone,
    aloneKrw: alone.reduce((sum, { krw }) => sum + krw, 0),
    kinds,
    roundabout: detours.found,
    vast: detours.tooMany,
  }
}

/** The cheapest way of an order by itself, on whatever truck. */
function aloneKrw(
  { placeOf, paired, size }: Instance,
  kinds: readonly RelaxedKind[],
  directKrw: Float64Array,
  order: number,
): number {
  const pickup = placeOf[2 * order]
  const delivery = placeOf[2 * order + paired[order]]
  const riding = kinds
    .filter(({ orders }) => orders.includes(order))
    .map(({ arcKrw, start, end, fixedKrw, minimumKrw, carryKrw }) => {
      const leg = (from: number, to: number) => (from < 0 || to < 0 ? 0 : (arcKrw[from * size + to] ?? 0))
      const arcs = leg(start, pickup) + leg(pickup, delivery) + leg(delivery, end)
      return Math.max(fixedKrw + arcs, minimumKrw) + carryKrw[order]
    })
  return Math.min(directKrw[order], ...riding)
}

/** Types that share their trucks: those of one vehicle and shift. Only trucks that may be given a route. */
function groupTypes({ types }: Instance): number[][] {
  const groups = new Map<string, number[]>()
  for (const [type, { vehicle, shift, count }] of types.entries()) {
    if (count === 0) continue
    const key = `${vehicle} ${shift}`
    groups.set(key, [...(groups.get(key) ?? []), type])
  }
  return [...groups.values()]
}

function relaxKind(instance: Instance, scale: number, group: readonly number[], detours: Detours): RelaxedKind {
  const { types, orders, nowhere, serviceS, paired, allowed, carryCost } = instance
  const trucks = group.map((type) => types[type])
  const [truck] = trucks
  const opensS = Math.min(...trucks.map((each) => each.opensS))
  const closesS = Math.max(...trucks.map((each) => each.closesS))
  const place = (index: number) => (index === nowhere ? -1 : index)
  // rounded down leg by leg, so that the sum is at most the price of the day
  const paidKrw = (seconds: number) => Math.floor((truck.perHour * scale * seconds) / 3600)
  const inside = Array.from({ length: orders }, (_, order) => order)
  return {
    types: group,
    start: place(truck.start),
    end: place(truck.end),
    count: truck.count,
    opensS,
    closesS,
    spanS: Math.min(closesS - opensS, instance.maxWorkS),
    fixedKrw: Math.floor(truck.baseCost * scale),
    minimumKrw: Math.floor(truck.minimumCost * scale),
    stopFeeKrw: Math.floor(truck.stopFee * scale),
    includedStops: truck.includedStops,
    maxStops: truck.maxStops,
    arcKrw: detours.close(truck.arcCost, `krw ${truck.perHour}`, (from, to) => {
      if (!hasRoad(truck.durationS, from, to)) return Number.POSITIVE_INFINITY
      return Math.floor(arc(truck.arcCost, from, to) * scale) + paidKrw(arc(truck.durationS, from, to))
    }),
    arcS: detours.close(truck.durationS, 's', (from, to) => {
      if (!hasRoad(truck.durationS, from, to)) return Number.POSITIVE_INFINITY
      const seconds = arc(truck.durationS, from, to)
      return seconds + restsOn(instance, seconds) * instance.restS
    }),
    capacity: truck.capacity,
    orders: inside.filter((order) => group.some((type) => allowed[type * orders + order] === 1)),
    carryKrw: Float64Array.from(inside, (order) => {
      const carry = Math.min(...group.map((type) => carryCost[type * orders + order]))
      const workS = serviceS[2 * order] + (paired[order] ? serviceS[2 * order + 1] : 0)
      return Math.floor(carry * scale) + paidKrw(workS)
    }),
  }
}

/** Rests on a leg that a rested driver begins: nobody needs fewer. */
const restsOn = ({ driveS }: Instance, seconds: number): number =>
  Number.isFinite(driveS) ? restsNeeded(0, seconds, driveS) : 0

/**
 * Where no road leads, by whatever way: as far as anything, and no shift is so long. The least figures that do so: won that nobody ever
 * pays may as well be few, and numbers of one size are kinder to a linear program.
 */
function fillGaps(cells: Float64Array, longestS: number): void {
  const most = cells.reduce((far, cell) => (cell < Number.POSITIVE_INFINITY ? Math.max(far, cell) : far), longestS + 1)
  for (let cell = 0; cell < cells.length; cell++) if (cells[cell] === Number.POSITIVE_INFINITY) cells[cell] = most
}

/** Tables in which no way round is better than the direct one, each made once. */
class Detours {
  readonly tooMany: boolean
  found = false
  private readonly instance: Instance
  /** of a shift */
  private readonly longestS: number
  private readonly made = new Map<object, Map<string, Float64Array>>()

  constructor(instance: Instance) {
    this.instance = instance
    this.tooMany = instance.size > MOST_PLACES
    this.longestS = instance.types.reduce((most, { opensS, closesS }) => Math.max(most, closesS - opensS), 0)
  }

  /** [from * size + to]; empty where there are too many places. */
  close(table: object, key: string, figure: (from: number, to: number) => number): Float64Array {
    const known = this.made.get(table) ?? new Map<string, Float64Array>()
    this.made.set(table, known)
    const made = known.get(key) ?? this.make(figure)
    known.set(key, made)
    return made
  }

  /** Floyd (1962), Algorithm 97: Shortest path. The place that costs nothing to reach is no way round. */
  private make(figure: (from: number, to: number) => number): Float64Array {
    if (this.tooMany) return new Float64Array(0)
    const { size, nowhere } = this.instance
    const cells = new Float64Array(size * size)
    for (let from = 0; from < size; from++)
      for (let to = 0; to < size; to++)
        if (from !== to && from !== nowhere && to !== nowhere) cells[from * size + to] = figure(from, to)
    for (let via = 0; via < size; via++)
      for (let from = 0; from < size; from++) {
        if (via === nowhere || from === nowhere || from === via) continue
        const first = cells[from * size + via]
        for (let to = 0; to < size; to++) {
          if (to === nowhere || first + cells[via * size + to] >= cells[from * size + to]) continue
          cells[from * size + to] = first + cells[via * size + to]
          this.found = true
        }
      }
    fillGaps(cells, this.longestS)
    return cells
  }
}
