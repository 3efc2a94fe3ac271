/**
 * What the best place for an order on a route was, by the route's stamp: most routes an order is offered to are as they were the last
 * time it was. A table without chains: a later entry pushes an earlier one out, which costs time and changes no answer. It begins small,
 * because most searches are short, and doubles while there is more to remember.
 */

const FEWEST_BITS = 10
const MOST_BITS = 17

export class InsertionMemory {
  private bits = FEWEST_BITS
  /** kept since it has doubled last */
  private kept = 0
  private stamp = new Int32Array(1 << FEWEST_BITS)
  private order = new Int32Array(1 << FEWEST_BITS)
  /** 1: `cost` is the least; 0: there is no place below `cost` */
  found = new Uint8Array(1 << FEWEST_BITS)
  cost = new Float64Array(1 << FEWEST_BITS)
  pickupAfter = new Int32Array(1 << FEWEST_BITS)
  deliveryAfter = new Int32Array(1 << FEWEST_BITS)

  /** Where the pair belongs, until something is kept. Stamps start at 1. */
  slot(stamp: number, order: number): number {
    return (Math.imul(stamp, 0x9e3779b1) ^ Math.imul(order, 0x85ebca6b)) >>> (32 - this.bits)
  }

  /** True where the pair is in the slot, with an answer for this limit. */
  knows(slot: number, stamp: number, order: number, limit: number): boolean {
    return (
      this.stamp[slot] === stamp && this.order[slot] === order && (this.found[slot] === 1 || limit <= this.cost[slot])
    )
  }

  /** `cost` Infinity: nothing was found below `limit`. */
  keep(
    slot: number,
    stamp: number,
    order: number,
    cost: number,
    limit: number,
    pickup: number,
    delivery: number,
  ): void {
    this.stamp[slot] = stamp
    this.order[slot] = order
    this.found[slot] = cost < limit ? 1 : 0
    this.cost[slot] = cost < limit ? cost : limit
    this.pickupAfter[slot] = pickup
    this.deliveryAfter[slot] = delivery
    if (++this.kept === 1 << this.bits && this.bits < MOST_BITS) this.double()
  }

  private double(): void {
    const { stamp, order, found, cost, pickupAfter, deliveryAfter } = this
    this.bits++
    this.kept = 0
    const size = 1 << this.bits
    this.stamp = new Int32Array(size)
    this.order = new Int32Array(size)
    this.found = new Uint8Array(size)
    this.cost = new Float64Array(size)
    this.pickupAfter = new Int32Array(size)
    this.deliveryAfter = new Int32Array(size)
    for (let old = 0; old < stamp.length; old++) {
      if (stamp[old] === 0) continue
      const slot = this.slot(stamp[old], order[old])
      this.stamp[slot] = stamp[old]
      this.order[slot] = order[old]
      this.found[slot] = found[old]
      this.cost[slot] = cost[old]
      this.pickupAfter[slot] = pickupAfter[old]
      this.deliveryAfter[slot] = deliveryAfter[old]
    }
  }
}
