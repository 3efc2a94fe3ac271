/**
 * What the best place for an order on a route was, by the route's stamp: most routes an order is offered to are as they were the last
 * time it was. A table without chains: a later entry pushes an earlier one out, which costs time and changes no answer.
 */

const SLOTS = 1 << 17

export class InsertionMemory {
  private readonly stamp = new Int32Array(SLOTS)
  private readonly order = new Int32Array(SLOTS)
  /** 1: `cost` is the least; 0: there is no place below `cost` */
  readonly found = new Uint8Array(SLOTS)
  readonly cost = new Float64Array(SLOTS)
  readonly pickupAfter = new Int32Array(SLOTS)
  readonly deliveryAfter = new Int32Array(SLOTS)

  /** Where the pair belongs. Stamps start at 1. */
  slot(stamp: number, order: number): number {
    return (Math.imul(stamp, 0x9e3779b1) ^ Math.imul(order, 0x85ebca6b)) >>> 15
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
  }
}
