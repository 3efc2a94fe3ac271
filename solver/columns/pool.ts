/** Routes that a search has met: of each type and set of orders the cheapest. What recombination and the bound start from. */
import type { Instance } from '../instance.ts'
import { Random } from '../random.ts'

export interface PooledRoute {
  readonly type: number
  readonly visits: readonly number[]
  readonly cost: number
}

const MOST_ROUTES = 40_000
/** Two keys of so many bits make one exact number. */
const KEY = 2 ** 26

export class Pool {
  private readonly orderKeys: Int32Array
  private readonly typeKeys: Int32Array
  /** the ones met longest ago come first */
  private readonly routes = new Map<number, PooledRoute>()

  constructor({ orders, types }: Instance) {
    const random = new Random(1)
    const draw = (count: number) => Int32Array.from({ length: 2 * count }, () => random.below(KEY))
    this.orderKeys = draw(orders)
    this.typeKeys = draw(types.length)
  }

  get size(): number {
    return this.routes.size
  }

  /** `visits` from position 1 on. */
  offer(route: { type: number; visits: Int32Array; length: number; cost: number }): void {
    const { type, visits, length, cost } = route
    const { orderKeys, typeKeys } = this
    let high = typeKeys[2 * type]
    let low = typeKeys[2 * type + 1]
    for (let k = 1; k <= length; k++) {
      if ((visits[k] & 1) === 1) continue
      high ^= orderKeys[visits[k]]
      low ^= orderKeys[visits[k] + 1]
    }
    // another set with the same key, if there ever is one, is lost; nothing wrong comes of it
    const key = high * KEY + low
    const known = this.routes.get(key)
    if (known && known.cost <= cost) return
    if (known) this.routes.delete(key)
    this.routes.set(key, { type, visits: Array.from(visits.subarray(1, length + 1)), cost })
    if (this.routes.size > MOST_ROUTES) this.routes.delete(this.routes.keys().next().value!)
  }

  list(): PooledRoute[] {
    return [...this.routes.values()]
  }
}
