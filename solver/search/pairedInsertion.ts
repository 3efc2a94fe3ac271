/**
 * Puts pairs into routes that are changed in place, each where it adds least, passing places over at random. What the best place on a
 * route is stays known until the route changes, and is known again when that is taken back.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2): greedy
 * insertion with blinks. Differs from the paper: an order is offered to the routes of its nearest, and to others where none of these takes
 * it; the best place on a route is passed over by chance, and then half of the others there; a truck that is too small may give way to a
 * larger one; unless fewest routes come first, a route is opened wherever that is cheapest, and sometimes for less than it costs. A
 * delivery is looked for only where it could be without its pickup, and nothing where there is no time for its service alone: on roads
 * where a detour is faster a place may be overlooked.
 */
import type { Random } from '../random.ts'
import type { NearNodes } from './nearNodes.ts'
import type { PairedRoute, PairedRoutes } from './pairedRoutes.ts'
import { FAR_ROUTES, FEW_ORDERS } from './recreate.ts'
import type { Tuning } from './tuning.ts'

/** What is known of an order on a route: the stamp it is true of, what it adds, behind which positions, and which order it is; see `find`. */
const CELLS = 5
/** Of so many orders at most, of two that are so many apart the last that looked. */
const MOST_KNOWN = 2048

export class PairedInserter {
  /** positions of the last place found */
  pickupAfter = 0
  deliveryAfter = 0
  /** how much what a larger truck costs more counts; the first route may be opened with a truck of a type, -1 none, for a share of its cost */
  eager = 1
  offeredType = -1
  offeredShare = 1
  private readonly routes: PairedRoutes
  private readonly tuning: Tuning
  private readonly random: Random
  private readonly near: Int32Array
  private readonly kept: number
  private readonly limits: Float64Array
  private readonly solo: Float64Array
  private readonly fewestRoutes: boolean
  /** [route] last order that looked at it */
  private readonly seen: Int32Array
  private looks = 0
  /** [level][route][CELLS * slot] the best places there that are known; types that hold the same are of one level */
  private readonly known: Float64Array[][]
  private readonly levelOf: readonly number[]
  private readonly levels: readonly number[]
  private readonly blinkLog: number
  private untilBlink: number
  /** the best place for the order at hand */
  private readonly place = { cost: 0, route: -1, type: 0, pickupAfter: 0, deliveryAfter: 0 }
  /** [position] what the delivery alone adds there, Infinity where it does not fit, and the least of it from there on */
  private added = new Float64Array(64)
  private least = new Float64Array(64)
  /** what `scan` has learnt: neither before nor behind anybody is there time for it */
  private fitsNowhere = false

  /** `limits[type]`: routes there may be. `solo[type * orders + order]`: cost of a route of its own, Infinity where there can be none. */
  constructor(
    routes: PairedRoutes,
    tuning: Tuning,
    random: Random,
    { near, kept }: NearNodes,
    limits: Float64Array,
    solo: Float64Array,
    fewestRoutes: boolean,
  ) {
    this.routes = routes
    this.tuning = tuning
    this.random = random
    this.near = near
    this.kept = kept
    this.limits = limits
    this.solo = solo
    this.fewestRoutes = fewestRoutes
    this.seen = new Int32Array(routes.most)
    this.levels = [...new Set(routes.capacity)]
    this.levelOf = Array.from(routes.capacity, (capacity) => this.levels.indexOf(capacity))
    this.known = this.levels.map(() => new Array(routes.most))
    this.blinkLog = tuning.blinkRate > 0 ? 1 / Math.log(1 - tuning.blinkRate) : 0
    this.untilBlink = this.drawBlink()
  }

  private drawBlink(): number {
    return this.blinkLog === 0 ? Number.POSITIVE_INFINITY : Math.floor(Math.log(1 - this.random.unit()) * this.blinkLog)
  }

  /**
   * Puts an order, counted from 1 on, where it adds least; false: there is no place for it that costs less than `limit`. A truck that is too
   * small may give way to a larger one.
   */
  put(node: number, limit = Number.POSITIVE_INFINITY): boolean {
    const { near, kept, routes, seen, tuning, place, limits } = this
    const { routeOf, used, usedOf, most, list, orders } = routes
    const order = node - 1
    const look = ++this.looks
    place.cost = limit
    place.route = -1
    // routes of its nearest; the others only where none of these takes it
    const first = node * kept
    const listed = used > tuning.fewRoutes ? first + Math.min(kept, tuning.nearOrders) : first
    for (let k = first; k < listed; k++) {
      const route = routeOf[near[k]]
      if (route < 0 || seen[route] === look) continue
      seen[route] = look
      this.look(order, route)
    }
    const isLarge = orders > FEW_ORDERS && !this.fewestRoutes
    if (place.route < 0 && !isLarge)
      for (let route = 0; route < most; route++)
        if (list[route].length > 0 && seen[route] !== look) this.look(order, route)
    // who may go direct does not go far
    if (place.route < 0 && isLarge && limit === Number.POSITIVE_INFINITY) this.lookFar(order, first, first + kept)
    if (place.route < 0 || !this.fewestRoutes) {
      let opened = -1
      for (let type = 0; type < usedOf.length; type++) {
        if (usedOf[type] >= limits[type]) continue
        const alone = this.solo[type * orders + order]
        const cost = type === this.offeredType ? this.offeredShare * alone : alone
        if (cost >= place.cost) continue
        place.cost = cost
        opened = type
      }
      if (opened >= 0) {
        place.route = 0
        while (list[place.route].length > 0) place.route++
        place.type = opened
        place.pickupAfter = place.deliveryAfter = 0
        this.offeredType = -1
      }
    }
    if (place.route < 0) return false
    routes.put(order, place.route, place.pickupAfter, place.deliveryAfter, place.type)
    return true
  }

  /** Looks at the other routes of the neighbours on the list, and at a few from a random one on. */
  private lookFar(order: number, first: number, end: number): void {
    const { near, routes, seen, random, looks } = this
    const { routeOf, list } = routes
    for (let k = first; k < end; k++) {
      const route = routeOf[near[k]]
      if (route < 0 || seen[route] === looks) continue
      seen[route] = looks
      this.look(order, route)
    }
    const from = random.below(list.length)
    for (let k = 0, looked = 0; k < list.length && looked < FAR_ROUTES; k++) {
      const route = (from + k) % list.length
      if (list[route].length === 0 || seen[route] === looks) continue
      this.look(order, route)
      looked++
    }
  }

  /** Looks for a better place on a route. */
  private look(order: number, route: number): void {
    const { routes, place, eager } = this
    const { capacity, unitCost, usedOf } = routes
    const { type, peak } = routes.list[route]
    const unit = unitCost[type]
    const cost = unit * this.findOrBlink(order, route, type, place.cost / unit)
    if (cost < place.cost) this.note(cost, route, type)
    if (capacity.length === 1 || !this.tuning.outgrow) return
    const load = peak + routes.demand[2 * order + 1]
    if (load <= capacity[type]) return
    const now = routes.costAs(route, type)
    for (let larger = 0; larger < capacity.length; larger++) {
      if (larger === type || usedOf[larger] >= this.limits[larger] || load > capacity[larger]) continue
      const dearer = eager * (routes.costAs(route, larger) - now)
      if (dearer >= place.cost) continue
      const unit = unitCost[larger]
      const grown = dearer + unit * this.findOrBlink(order, route, larger, (place.cost - dearer) / unit)
      if (grown < place.cost) this.note(grown, route, larger)
    }
  }

  private note(cost: number, route: number, type: number): void {
    const { place } = this
    place.cost = cost
    place.route = route
    place.type = type
    place.pickupAfter = this.pickupAfter
    place.deliveryAfter = this.deliveryAfter
  }

  /** The best place on a route is passed over by chance, and then half of the others. */
  private findOrBlink(order: number, route: number, type: number, limit: number): number {
    const cost = this.find(order, route, type, limit)
    if (cost >= limit || this.untilBlink-- > 0) return cost
    this.untilBlink = this.drawBlink()
    return this.scan(order, this.routes.list[route], this.routes.capacity[type], limit, true)
  }

  /** Least distance that adding an order to a route with a truck of the type takes, if it is below `limit`; Infinity otherwise. */
  find(order: number, route: number, type: number, limit: number): number {
    const track = this.routes.list[route]
    const level = this.levelOf[type]
    const known = (this.known[level][route] ??= new Float64Array(CELLS * Math.min(MOST_KNOWN, this.routes.orders)))
    const at = CELLS * (order % MOST_KNOWN)
    const isOwn = known[at + 4] === order
    const stamp = isOwn ? known[at] : 0
    const cost = isOwn ? known[at + 1] : 0
    if (stamp === track.stamp) {
      // a negative position: nothing costs less than this
      if (known[at + 2] >= 0) {
        this.pickupAfter = known[at + 2]
        this.deliveryAfter = known[at + 3]
        return cost < limit ? cost : Number.POSITIVE_INFINITY
      }
      if (limit <= cost) return Number.POSITIVE_INFINITY
    } else if (cost === Number.POSITIVE_INFINITY) {
      // what had no room for it has none with more on board
      const isGrown = stamp === track.grownOn || (stamp >= track.grownFrom && stamp < track.stamp)
      if (isGrown) return Number.POSITIVE_INFINITY
    }
    this.fitsNowhere = false
    const added = this.scan(order, track, this.levels[level], limit, false)
    known[at] = track.stamp
    known[at + 1] = this.fitsNowhere ? Number.POSITIVE_INFINITY : added < limit ? added : limit
    known[at + 2] = added < limit ? this.pickupAfter : -1
    known[at + 3] = this.deliveryAfter
    known[at + 4] = order
    return added
  }

  /** Looks at every place; `skips`: passes over half of them. */
  private scan(order: number, track: PairedRoute, capacity: number, limit: number, skips: boolean): number {
    const { routes, random } = this
    const { leg: legs, legBack, width, opens, closes, service } = routes
    const { nodes, leg, leave, latest, load, length } = track
    const pickup = 2 * order + 1
    const delivery = pickup + 1
    const room = capacity - routes.demand[pickup]
    const openA = opens[pickup]
    const closeA = closes[pickup]
    const serviceA = service[pickup]
    const openB = opens[delivery]
    const closeB = closes[delivery]
    const serviceB = service[delivery]
    const rowA = routes.rowOf(pickup, track)
    const rowB = rowA + width

    // leaving times only grow along the route, and so do the latest arrivals: where the pickup can be, and where the delivery
    const last = lastUpTo(leave, length, closeB)
    const firstDelivery = firstFrom(latest, length + 1, openB + serviceB) - 1

    // the delivery alone
    if (this.added.length < length + 3) {
      this.added = new Float64Array(2 * length + 8)
      this.least = new Float64Array(2 * length + 8)
    }
    const { added, least } = this
    let lowest = Number.POSITIVE_INFINITY
    let lastDelivery = -1
    for (let k = last; k >= firstDelivery; k--) {
      let cost = Number.POSITIVE_INFINITY
      // a stop takes its service at the least
      if (leave[k] + leg[k] + serviceB <= latest[k + 1]) {
        const to = legBack[rowB + nodes[k]]
        let start = leave[k] + to
        if (start <= closeB) {
          if (start < openB) start = openB
          const from = legs[rowB + nodes[k + 1]]
          if (start + serviceB + from <= latest[k + 1]) {
            cost = to + from - leg[k]
            if (cost < lowest) lowest = cost
            if (lastDelivery < 0) lastDelivery = k
          }
        }
      }
      added[k] = cost
      least[k] = lowest
    }
    if (lastDelivery < 0) {
      this.fitsNowhere = true
      return Number.POSITIVE_INFINITY
    }
    const first = firstFrom(latest, lastDelivery + 1, openA + serviceA) - 1
    const lastPickup = lastUpTo(leave, lastDelivery, closeA)
    if (first > lastPickup) {
      this.fitsNowhere = true
      return Number.POSITIVE_INFINITY
    }
    least[lastDelivery + 1] = Number.POSITIVE_INFINITY

    const across = legs[rowA + delivery]
    let best = limit
    let found = false
    for (let i = first; i <= lastPickup; i++) {
      if (load[i] > room || leave[i] + leg[i] + serviceA > latest[i + 1]) continue
      const next = nodes[i + 1]
      const to = legBack[rowA + nodes[i]]
      const from = legs[rowA + next]
      const base = to - leg[i]
      const alone = base + from
      const home = legs[rowB + next]
      const together = i < firstDelivery ? Number.POSITIVE_INFINITY : base + across + home
      const later = i < firstDelivery ? lowest : least[i + 1]
      if (together >= best && alone + later >= best) continue
      let left = leave[i] + to
      if (left > closeA) continue
      if (left < openA) left = openA
      left += serviceA

      // the delivery right behind the pickup
      if (together < best) {
        let begin = left + across
        if (begin <= closeB) {
          if (begin < openB) begin = openB
          if (begin + serviceB + home <= latest[i + 1] && !(skips && random.next() < 0)) {
            best = together
            found = true
            this.pickupAfter = this.deliveryAfter = i
          }
        }
      }

      // the delivery later: carry the order past one visit after another
      if (alone + later >= best) continue
      let arrive = left + from
      for (let j = i + 1; j <= lastDelivery; j++) {
        if (arrive > latest[j] || load[j] > room) break
        const node = nodes[j]
        if (arrive < opens[node]) arrive = opens[node]
        left = arrive + service[node]
        if (left > closeB) break
        if (j >= firstDelivery) {
          if (alone + least[j] >= best) break
          const cost = alone + added[j]
          if (cost < best) {
            let begin = left + legBack[rowB + node]
            if (begin <= closeB) {
              if (begin < openB) begin = openB
              if (begin + serviceB + legs[rowB + nodes[j + 1]] <= latest[j + 1] && !(skips && random.next() < 0)) {
                best = cost
                found = true
                this.pickupAfter = i
                this.deliveryAfter = j
              }
            }
          }
        }
        arrive = left + leg[j]
      }
    }
    return found ? best : Number.POSITIVE_INFINITY
  }
}

/** First position from 1 on whose figure, of those that only grow, is not less; `last` + 1 where there is none. */
function firstFrom(figures: Float64Array, last: number, least: number): number {
  let low = 1
  let high = last + 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (figures[middle] < least) low = middle + 1
    else high = middle
  }
  return low
}

/** Last position up to `last` whose figure, of those that only grow, is not more; -1 where there is none. */
function lastUpTo(figures: Float64Array, last: number, most: number): number {
  let low = 0
  let high = last + 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (figures[middle] > most) high = middle
    else low = middle + 1
  }
  return low - 1
}
