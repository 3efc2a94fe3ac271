/**
 * What a route that has come so far must still pay at least, and can still earn at most. Places are joined to clusters, always the two
 * nearest; around every cluster lies a moat as wide as the leg at which it is joined to another, less the moats inside it. A leg crosses no
 * more moat than it is long, so a route pays the moats around whatever it must still come to, and what lies behind a moat is worth
 * going for only if it earns more than the crossing. The moats of all places are as wide as the shortest spanning tree: Goemans and
 * Williamson (1995), A general approximation technique for constrained forest problems, SIAM Journal on Computing 24(2).
 * A second left may be priced too: whatever the price, what the seconds used cost beyond those there are is no more than nothing.
 */
import type { Network } from './network.ts'

/** Prices of a second, won; quarters, so that no sum is rounded. */
const SECOND_KRW = [0, 0.25, 0.5, 1, 2, 4, 8, 16, 32]
export const SECOND_PRICES = SECOND_KRW.length

export interface State {
  readonly place: number
  readonly timeS: number
  readonly aboard: readonly number[]
}

export class Moats {
  private readonly network: Network
  private readonly lastS: number
  /** [price][cluster] */
  private readonly parent: Int32Array[] = []
  private readonly width: Float64Array[] = []
  private readonly worth: Float64Array
  private readonly entered: Int32Array
  private turn = 0

  /** `feeKrw`: of each stop. `far`: false: legs cost their time only. */
  constructor(network: Network, lastS: number, feeKrw: number, far: boolean) {
    this.network = network
    this.lastS = lastS
    const { places, legKrw, legS, stopS } = network
    const clusters = 2 * places.length - 1
    this.worth = new Float64Array(clusters)
    this.entered = new Int32Array(clusters)
    for (const secondKrw of SECOND_KRW) {
      const long = (a: number, b: number) => (far ? legKrw[a][b] : 0) + secondKrw * legS[a][b]
      const { parent, width } = join(places.length, (a, b) => Math.min(long(a, b), long(b, a)))
      for (const place of places.keys()) width[place] += feeKrw + secondKrw * stopS[place]
      // coming home is no stop
      if (network.end >= 0 && !network.riders.some((rider) => rider.places.includes(network.end)))
        width[network.end] -= feeKrw + secondKrw * stopS[network.end]
      this.parent.push(parent)
      this.width.push(width)
    }
  }

  /** Won that completing the route adds to its reduced cost at least; `open`: riders that may still be picked up. */
  least(price: number, { place, timeS, aboard }: State, open: readonly number[]): number {
    const { network, worth, entered } = this
    const { riders } = network
    const parent = this.parent[price]
    const width = this.width[price]
    const secondKrw = SECOND_KRW[price]
    const root = parent.length - 1
    const turn = ++this.turn
    let must = secondKrw * (timeS - this.lastS)
    for (let at = place; at !== root; at = parent[at]) entered[at] = turn
    entered[root] = turn
    const enter = (to: number) => {
      for (let at = to; entered[at] !== turn; at = parent[at]) {
        entered[at] = turn
        must += width[at]
      }
    }
    for (const rider of aboard) {
      enter(riders[rider].places[1])
      must += secondKrw * riders[rider].goods.serviceS[1]
    }
    // where it ends at a place of goods, being home may be a stop as well: not paid for
    if (network.end >= 0 && entered[network.end] !== turn) {
      const free = riders.some((rider) => rider.places.includes(network.end)) ? width[network.end] : 0
      enter(network.end)
      must -= free
    }
    for (const rider of open) {
      const { gainKrw, goods, places } = riders[rider]
      const earns = gainKrw - secondKrw * (goods.serviceS[0] + goods.serviceS[1])
      if (earns <= 0) continue
      const [from, to] = places
      const share = entered[from] === turn ? 0 : entered[to] === turn ? earns : earns / 2
      worth[from] += share
      worth[to] += earns - share
    }
    // clusters come after what they are made of
    for (let at = 0; at < root; at++) {
      const rest = worth[at] - (entered[at] === turn ? 0 : width[at])
      worth[at] = 0
      if (rest > 0) worth[parent[at]] += rest
    }
    const earned = worth[root]
    worth[root] = 0
    return must - earned
  }
}

/** Single linkage: clusters are numbered after the places, in the order in which they come about. */
function join(places: number, long: (a: number, b: number) => number) {
  const parent = new Int32Array(2 * places - 1).fill(-1)
  const width = new Float64Array(2 * places - 1)
  const height = new Float64Array(2 * places - 1)
  const clusterOf = Array.from({ length: places }, (_, place) => place)
  const pairs = clusterOf.flatMap((a) => clusterOf.slice(0, a).map((b) => ({ a, b, krw: long(a, b) })))
  pairs.sort((x, y) => x.krw - y.krw)
  let next = places
  for (const { a, b, krw } of pairs) {
    const [first, second] = [clusterOf[a], clusterOf[b]]
    if (first === second) continue
    for (const cluster of [first, second]) {
      parent[cluster] = next
      width[cluster] = krw - height[cluster]
    }
    height[next] = krw
    for (const place of clusterOf.keys())
      if (clusterOf[place] === first || clusterOf[place] === second) clusterOf[place] = next
    next++
  }
  return { parent, width }
}
