/**
 * Who gives way: of all ways to take a few orders off a route so that another fits, the one whose orders have failed least often to find a
 * place, added up. What a route is and where an order fits is said by those who extend this: ejection.ts, inPlaceEjection.ts, which name
 * their papers.
 */

/** Up to so many orders it is kept which of them a route can hold together: 16 MB. */
const MOST_IN_TABLE = 4000
const TOGETHER = 1
const APART = 2

export abstract class GivingWay {
  protected readonly most: number
  /** [order] how often it has found no place */
  protected counters: Float64Array = new Float64Array(0)
  /** the set looked at, of which the first are in the way */
  protected readonly leaving: number[] = []
  protected inTheWay = 0
  /** the counters of the best set so far, added up */
  protected least = 0
  /** orders of the route looked at; of these, those that may go, the easiest to place first */
  protected readonly aboard: Int32Array
  private readonly riders: Int32Array
  private riderCount = 0
  private readonly orders: number
  /** [order * orders + other] TOGETHER, APART, or 0: not asked yet; nothing where none is kept, and nobody is in the way */
  private readonly pairs: Uint8Array

  /** `most`: orders that may give way to one. */
  constructor(orders: number, most: number) {
    this.orders = orders
    this.most = most
    this.aboard = new Int32Array(orders)
    this.riders = new Int32Array(orders)
    this.pairs = new Uint8Array(orders > MOST_IN_TABLE ? 0 : orders ** 2)
  }

  /** Writes the orders of a route to `aboard`, and returns how many they are. */
  protected abstract listAboard(route: number): number
  /** True where a route like this one can hold both. */
  protected abstract canRideTogether(one: number, other: number, route: number): boolean
  /** True where the order fits once those in `leaving` have gone. */
  protected abstract fitsWithout(route: number): boolean
  /** Those in `leaving` are the best set so far, of which the sum is `least`. */
  protected abstract take(route: number): void

  /** Divides the route's orders into those in the way of `order` and the others; returns the sum of the counters of the former. */
  protected listRiders(route: number, order: number): number {
    const { riders, leaving, counters, aboard } = this
    const count = this.listAboard(route)
    this.riderCount = leaving.length = 0
    let sum = 0
    for (let k = 0; k < count; k++) {
      const rider = aboard[k]
      if (this.areTogether(rider, order, route)) {
        let at = this.riderCount++
        for (; at > 0 && counters[riders[at - 1]] > counters[rider]; at--) riders[at] = riders[at - 1]
        riders[at] = rider
      } else {
        leaving.push(rider)
        sum += counters[rider]
        if (leaving.length > this.most) break
      }
    }
    this.inTheWay = leaving.length
    return sum
  }

  private areTogether(a: number, b: number, route: number): boolean {
    const { pairs, orders } = this
    if (pairs.length === 0) return true
    const cell = a * orders + b
    if (pairs[cell] === 0) pairs[cell] = pairs[b * orders + a] = this.canRideTogether(a, b, route) ? TOGETHER : APART
    return pairs[cell] === TOGETHER
  }

  /** Tries every set of `size` orders that holds those in `leaving`, of which the sum is `sum`, and others, the easiest to place first. */
  protected look(route: number, size: number, sum: number, from = 0): void {
    const { riders, leaving, counters } = this
    if (leaving.length === size) {
      if (!this.fitsWithout(route)) return
      this.least = sum
      this.take(route)
      return
    }
    for (let k = from; k < this.riderCount; k++) {
      const more = sum + counters[riders[k]]
      if (more >= this.least) return
      leaving.push(riders[k])
      this.look(route, size, more, k + 1)
      leaving.pop()
    }
  }
}
