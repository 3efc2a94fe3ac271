/**
 * Puts absent orders back, one after another in a random order criterion, each where it adds least, passing positions over at random.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2): greedy
 * insertion with blinks.
 * Differs from the paper: an order whose best place costs more than going direct stays out; unless fewest routes come first, a route is
 * opened wherever that is the cheapest place, with a truck of any type that is left (the paper: only when no other takes the order), and
 * sometimes for less than it costs, because no single order pays for a truck that several would fill; a truck that is too small gives way
 * to a larger one.
 */
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import { Groups } from './groups.ts'
import type { Homes } from './homes.ts'
import type { Inserter } from './insertion.ts'
import type { Neighbours } from './neighbours.ts'
import { fareAs, refresh, SearchRoute } from './route.ts'
import type { Solution } from './solution.ts'
import type { Tuning } from './tuning.ts'

/** Cost of a route of its own for every order and type: [type * orders + order], Infinity where it is not possible. */
export type SoloCosts = Float64Array

/** Above so many orders the farther routes are looked at in part only. */
export const FEW_ORDERS = 1000
/** There, so many of them are looked at beside those of listed neighbours. */
export const FAR_ROUTES = 16

/** Ways to rank absent orders, with their weights. The first four after the paper; the three by windows were chosen here, not tuned. */
const SORTS: readonly { readonly name: string; readonly weight: number }[] = [
  { name: 'random', weight: 4 },
  { name: 'demand', weight: 4 },
  { name: 'far', weight: 2 },
  { name: 'close', weight: 1 },
  { name: 'tight', weight: 2 },
  { name: 'early', weight: 2 },
  { name: 'late', weight: 2 },
]

interface RecreateOptions {
  readonly blinking?: boolean
  readonly again?: boolean
  readonly missed?: Float64Array | null
  readonly offer?: { readonly type: number; readonly share: number } | null
  readonly portion?: { readonly from: number; readonly most: number } | null
  readonly mostCost?: number
}

export class Recreator {
  private readonly instance: Instance
  private readonly tuning: Tuning
  private readonly inserter: Inserter
  private readonly random: Random
  private readonly solo: SoloCosts
  /** [sort][order] smaller first */
  private readonly keys: readonly Float64Array[]
  private readonly weights: readonly number[]
  private readonly opensFreely: boolean
  /** some truck drives in several shifts */
  private readonly changesShift: boolean
  private readonly queue: Int32Array
  private readonly scratch = new SearchRoute()
  private near = new Int32Array(16)
  private seen = new Int32Array(16)
  private looks = 0
  /** every route is looked at before an order stays out: the first solution, where it cannot simply open one more */
  private thorough = false
  /** orders in the queue */
  private queued = 0
  /** orders that some truck can carry on a route */
  readonly routable: Int32Array
  private readonly isRoutable: Uint8Array
  private readonly neighbours: Neighbours
  private readonly groups: Groups | null
  private readonly homes: Homes | null

  constructor(
    instance: Instance,
    tuning: Tuning,
    inserter: Inserter,
    random: Random,
    solo: SoloCosts,
    neighbours: Neighbours,
    opensFreely: boolean,
    homes: Homes | null = null,
  ) {
    this.homes = homes
    this.instance = instance
    this.tuning = tuning
    this.inserter = inserter
    this.random = random
    this.solo = solo
    this.neighbours = neighbours
    const { company } = instance
    this.groups = company === null ? null : new Groups(instance, company, inserter, random, solo)
    this.isRoutable = new Uint8Array(instance.orders)
    for (let cell = 0; cell < solo.length; cell++)
      if (solo[cell] !== Number.POSITIVE_INFINITY) this.isRoutable[cell % instance.orders] = 1
    this.routable = Int32Array.from(this.isRoutable.keys()).filter((order) => this.isRoutable[order] === 1)
    this.queue = new Int32Array(instance.orders)
    const { keys, weights } = sortKeys(instance, solo)
    this.keys = keys
    this.weights = weights
    this.opensFreely = opensFreely
    this.changesShift = new Set(instance.types.map(({ vehicle }) => vehicle)).size < instance.types.length
  }

  /**
   * Offers absent orders a place. `directFactor` multiplies the price of going direct. `limits[type]`: routes that may be in use.
   * `ruin`: the seed of the ruin, and how many orders were absent before it; of those, only some near the seed are offered again. Without
   * it every order is; with `again` false none of them. `missed`: where given, orders go in by it, largest first, instead of by a random
   * criterion. `offer`: the first route may be opened with a truck of the type for that share of its cost. `portion`: only so many of them,
   * from there on in the order of the portion that began at 0. `mostCost`: it ends as soon as the routes cost so much, since nothing
   * good can come of it. Returns false where none are left.
   */
  recreate(
    solution: Solution,
    directFactor: number,
    limits: ArrayLike<number>,
    ruin: { readonly seed: number; readonly before: number } | null,
    {
      blinking = true,
      again = true,
      missed = null,
      offer = null,
      portion = null,
      mostCost = Number.POSITIVE_INFINITY,
    }: RecreateOptions = {},
  ): boolean {
    const { instance, tuning, random, inserter, queue, solo, scratch, homes } = this
    const { orders, directCost, types, roster } = instance
    this.thorough =
      !blinking && !(this.opensFreely && types.some((_, type) => limits[type] === Number.POSITIVE_INFINITY))
    inserter.blink(blinking ? tuning.blinkRate : 0)
    if (portion === null || portion.from === 0) this.queued = this.sort(this.collect(solution, ruin, again), missed)
    const until = portion === null ? this.queued : Math.min(this.queued, portion.from + portion.most)
    // how much a larger truck's price counts: the cheapest step is not the way from two large trucks to three small ones, or back
    const eager = types.length > 1 && random.unit() < tuning.eagerRate ? tuning.eagerBase ** (2 * random.unit() - 1) : 1
    let offered = offer
    for (let q = portion?.from ?? 0; q < until; q++) {
      if (solution.routeCost >= mostCost) break
      const order = queue[q]
      if (this.groups?.has(order)) {
        this.groups.place(solution, order, limits)
        continue
      }
      let best = directFactor * directCost[order]
      let bestRoute = -1
      let bestType = -1
      let pickupAfter = 0
      let deliveryAfter = 0
      const { routes } = solution
      const near = this.findNear(solution, order)
      let listed = routes.length
      for (let n = 0; n < listed; n++) {
        // the farther routes only where no near one takes it
        if (n === near) {
          if (bestRoute >= 0) break
          listed = this.listFar(solution, near, order)
          if (n >= listed) break
        }
        const index = this.near[n]
        if (homes !== null && !homes.admits(solution, index, order)) continue
        const route = routes[index]
        const delta = inserter.find(route, order, best)
        if (delta < best) {
          best = delta
          bestRoute = index
          bestType = route.type
          pickupAfter = inserter.pickupAfter
          deliveryAfter = inserter.deliveryAfter
        }
        // a truck that is too small may give way to a larger one
        const held = types.length === 1 || !tuning.outgrow || this.holds(route.type, route, order)
        // and one that holds it come in another shift, where the order cannot ride in this one
        const changes = held && this.changesShift && solo[route.type * orders + order] === Number.POSITIVE_INFINITY
        if (held && !changes) continue
        for (let type = 0; type < types.length; type++) {
          if (changes && types[type].vehicle !== types[route.type].vehicle) continue
          if (type === route.type || solution.used[type] >= limits[type] || !this.holds(type, route, order)) continue
          let dearer = fareAs(instance, route, type) - route.cost
          if (eager * dearer >= best) continue
          if (roster && !roster.admits(solution.used, type, route.type)) continue
          let added = inserter.recall(route, type, order, best - eager * dearer)
          if (Number.isNaN(added)) {
            scratch.copyVisits(route, instance.dimensions)
            scratch.type = type
            if (!refresh(instance, scratch)) continue
            scratch.stamp = inserter.stampAs(route, type)
            dearer = scratch.cost - route.cost
            added = inserter.find(scratch, order, best - eager * dearer)
          }
          const grown = eager * dearer + added
          if (grown >= best) continue
          best = grown
          bestRoute = index
          bestType = type
          pickupAfter = inserter.pickupAfter
          deliveryAfter = inserter.deliveryAfter
        }
      }
      if ((bestRoute < 0 || this.opensFreely) && (homes === null || homes.mayOpen(solution, order)))
        for (let type = 0; type < types.length; type++) {
          const alone = solo[type * orders + order]
          const cost = type === offered?.type ? offered.share * alone : alone
          if (cost < best && solution.used[type] < limits[type] && !(roster && !roster.admits(solution.used, type))) {
            best = cost
            bestRoute = -1
            bestType = type
          }
        }
      if (bestType < 0) continue
      if (bestRoute < 0) {
        solution.open(bestType, instance.paired[order] ? [2 * order, 2 * order + 1] : [2 * order])
        offered = null
      } else {
        if (bestType !== routes[bestRoute].type && !solution.retype(bestRoute, bestType)) continue
        if (!solution.insert(order, bestRoute, pickupAfter, deliveryAfter)) {
          // sums of doubles in another order: just possible became just impossible
          solution.remove(bestRoute, new Uint8Array(orders).fill(1, order, order + 1))
        }
      }
    }
    return until < this.queued
  }

  /** True where a truck of the type may carry the order beside everything the route has on board at its fullest. */
  private holds(type: number, route: SearchRoute, order: number): boolean {
    const { dimensions, demand, types, allowed, orders } = this.instance
    if (allowed[type * orders + order] === 0) return false
    for (let d = 0; d < dimensions; d++)
      if (route.peak[d] + demand[order * dimensions + d] > types[type].capacity[d]) return false
    return true
  }

  /** Lists the routes worth a look in `near`: all where they are few, else those that hold one of the nearest orders. */
  private findNear(solution: Solution, order: number): number {
    const { routes } = solution
    const { neighbours, tuning } = this
    if (this.near.length < routes.length) {
      this.near = new Int32Array(2 * routes.length)
      this.seen = new Int32Array(2 * routes.length)
    }
    const { near } = this
    let found = 0
    if (routes.length <= tuning.fewRoutes) {
      for (let index = 0; index < routes.length; index++) near[found++] = index
      return found
    }
    this.looks++
    return this.listRoutesOf(solution, order, 0, Math.min(neighbours.kept, tuning.nearOrders), found)
  }

  /** Adds the routes of the neighbours of these ranks that are not listed yet. */
  private listRoutesOf({ routeOf }: Solution, order: number, from: number, to: number, listed: number): number {
    const { near, seen, neighbours, instance, looks: look } = this
    const first = order * neighbours.kept
    let found = listed
    for (let rank = first + from; rank < first + to; rank++) {
      const other = neighbours.list[rank]
      for (let visit = 2 * other; visit <= 2 * other + instance.paired[other]; visit++) {
        const index = routeOf[visit]
        if (index < 0 || seen[index] === look) continue
        seen[index] = look
        near[found++] = index
      }
    }
    return found
  }

  /**
   * Lists the other routes behind those of `findNear`, and returns how many are listed then. Of a large instance those of the
   * neighbours on the list and a few others, from a random one on: an order that none of these takes is offered again, or gets a route of
   * its own, though some other route could have taken it.
   */
  private listFar(solution: Solution, near: number, order: number): number {
    const { near: list, seen, looks, random, neighbours, tuning } = this
    const { length } = solution.routes
    let found = near
    if (this.instance.orders <= FEW_ORDERS || this.thorough) {
      for (let index = 0; index < length; index++) if (seen[index] !== looks) list[found++] = index
      return found
    }
    found = this.listRoutesOf(solution, order, tuning.nearOrders, neighbours.kept, found)
    const first = random.below(length)
    for (let k = 0; k < length && k < FAR_ROUTES; k++) {
      const index = first + k < length ? first + k : first + k - length
      if (seen[index] !== looks) list[found++] = index
    }
    return found
  }

  private collect(
    solution: Solution,
    ruin: { readonly seed: number; readonly before: number } | null,
    again: boolean,
  ): number {
    const { queue, isRoutable, neighbours, tuning } = this
    const { absent, absentAt, absentCount } = solution
    const all = ruin === null || (again && ruin.before <= tuning.mostOffered)
    let length = 0
    for (let k = all ? 0 : ruin.before; k < absentCount; k++) if (isRoutable[absent[k]]) queue[length++] = absent[k]
    if (all || !again) return length
    const most = length + tuning.mostOffered
    for (let rank = 0; rank < neighbours.kept && length < most; rank++) {
      const order = neighbours.list[ruin.seed * neighbours.kept + rank]
      if (absentAt[order] >= 0 && absentAt[order] < ruin.before && isRoutable[order]) queue[length++] = order
    }
    return length
  }

  private sort(length: number, missed: Float64Array | null): number {
    const { queue, random, keys } = this
    if (missed) {
      queue.subarray(0, length).sort((a, b) => missed[b] - missed[a] || a - b)
      return length
    }
    random.shuffle(queue, length)
    let draw = random.unit() * this.weights.reduce((sum, weight) => sum + weight, 0)
    let sort = 0
    while (sort < this.weights.length - 1 && draw >= this.weights[sort]) draw -= this.weights[sort++]
    if (sort === 0 || length < 2) return length
    const key = keys[sort]
    queue.subarray(0, length).sort((a, b) => key[a] - key[b] || a - b)
    return length
  }
}

/** Sort keys that tell orders apart; criteria that do not are left out. */
export function sortKeys(instance: Instance, solo: SoloCosts): { keys: Float64Array[]; weights: number[] } {
  const { orders, dimensions, demand, windowFrom, opensS, closesS, types, paired } = instance
  const keys: Float64Array[] = []
  const weights: number[] = []
  for (const { name, weight } of SORTS) {
    const key = new Float64Array(orders)
    for (let order = 0; order < orders; order++) {
      const pickup = 2 * order
      const last = paired[order] ? pickup + 1 : pickup
      let far = Number.POSITIVE_INFINITY
      for (let type = 0; type < types.length; type++) far = Math.min(far, solo[type * orders + order])
      const opens = opensS[windowFrom[pickup]] ?? 0
      const closes = closesS[windowFrom[last + 1] - 1] ?? 0
      let large = 0
      for (let d = 0; d < dimensions; d++) {
        const limit = types.reduce((most, type) => Math.max(most, type.capacity[d]), 0)
        if (Number.isFinite(limit) && limit > 0) large = Math.max(large, demand[order * dimensions + d] / limit)
      }
      key[order] =
        name === 'demand'
          ? -large
          : name === 'far'
            ? -far
            : name === 'close'
              ? far
              : name === 'tight'
                ? closes - opens
                : name === 'early'
                  ? opens
                  : name === 'late'
                    ? -closes
                    : 0
    }
    if (name !== 'random' && key.every((value) => value === key[0])) continue
    keys.push(key)
    weights.push(weight)
  }
  return { keys, weights }
}
