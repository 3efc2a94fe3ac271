/**
 * Insertion of pairs: see inPlaceInsertion.ts. What the best place on a route is stays known until the route changes, and is known again
 * when that is taken back. A delivery is looked for only where it could be without its pickup, and nothing where there is no time for its
 * service alone: on roads where a detour is faster a place may be overlooked.
 */
import { InPlaceInserter } from './inPlaceInsertion.ts'
import type { PairedRoute, PairedRoutes } from './pairedRoutes.ts'

/** What is known of an order on a route: the stamp it is true of, what it adds, behind which positions, and which order it is; see `find`. */
const CELLS = 5
/** Of so many orders at most, of two that are so many apart the last that looked. */
const MOST_KNOWN = 2048

export class PairedInserter extends InPlaceInserter<PairedRoutes> {
  /** positions of the last place found */
  pickupAfter = 0
  deliveryAfter = 0
  /** of the best one */
  private placePickupAfter = 0
  private placeDeliveryAfter = 0
  /** [level][route][CELLS * slot] the best places there that are known; types that hold the same are of one level */
  private readonly levels = [...new Set(this.routes.capacity)]
  private readonly levelOf = Array.from(this.routes.capacity, (capacity) => this.levels.indexOf(capacity))
  private readonly known: Float64Array[][] = this.levels.map(() => new Array(this.routes.most))
  /** [position] what the delivery alone adds there, Infinity where it does not fit, and the least of it from there on */
  private added = new Float64Array(64)
  private least = new Float64Array(64)
  /** what `scan` has learnt: neither before nor behind anybody is there time for it */
  private fitsNowhere = false

  protected look(rider: number, route: number): void {
    const { routes } = this
    const { type, peak } = routes.list[route]
    this.lookWith(rider, route, type, 0)
    if (!this.mayOutgrow) return
    const load = peak + routes.demand[2 * rider - 1]
    if (load > routes.capacity[type]) this.outgrow(rider, route, type, load)
  }

  protected lookWith(rider: number, route: number, type: number, dearer: number): void {
    const unit = this.routes.unitCost[type]
    const cost = dearer + unit * this.findOrBlink(rider - 1, route, type, (this.placeCost - dearer) / unit)
    if (cost >= this.placeCost) return
    this.placeCost = cost
    this.placeRoute = route
    this.placeType = type
    this.placePickupAfter = this.pickupAfter
    this.placeDeliveryAfter = this.deliveryAfter
  }

  protected carryOut(rider: number, isFirst: boolean): void {
    const { routes, placeRoute, placeType } = this
    if (isFirst) routes.put(rider - 1, placeRoute, 0, 0, placeType)
    else routes.put(rider - 1, placeRoute, this.placePickupAfter, this.placeDeliveryAfter, placeType)
  }

  /** The best place on a route is passed over by chance, and then half of the others. */
  private findOrBlink(order: number, route: number, type: number, limit: number): number {
    const cost = this.find(order, route, type, limit)
    if (cost >= limit || !this.blinks()) return cost
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
