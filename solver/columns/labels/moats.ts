/**
 * What a route that has come so far must still pay, and what it can still earn, at least and at most: the completion bound of labels.
 *
 * Around every site and every cluster of sites lies a moat. Clusters are those of single linkage, and the moat of a cluster is as wide as
 * the distance at which it joins another less that at which it came about; so the moats that an arc enters are together no wider than the arc,
 * and a route pays each moat around a site of its way that its present site is not within. Orders pay for themselves only where what
 * lies behind a moat earns more than crossing it; seconds left are paid for at a price each, of which several are tried: any gives a bound.
 * The moats of all sites together are as wide as the shortest spanning tree: the dual of a prize-collecting Steiner tree, Goemans and
 * Williamson (1995), A general approximation technique for constrained forest problems, SIAM Journal on Computing 24(2), for one fixed
 * family of sets.
 *
 * Prices of a second are multiples of 1/256 and all else is whole or a multiple of 1/16384: no sum is ever rounded.
 */
import type { Network } from './network.ts'

/** Prices of a second tried, each half of the one before; the last is 0. */
export const PRICES = 12
const FINEST_PRICE = 256
const DEAREST_PRICE = 8192

export class Moats {
  /** of the active orders, and the end of the route */
  private readonly sites: number
  /** [site of the network], -1: of no active order */
  private readonly leafOf: Int32Array
  private readonly end: number
  private readonly nodes: number
  /** [price] won a second */
  readonly secondKrw = new Float64Array(PRICES)
  /** [price * nodes + node] */
  private readonly parent: Int32Array
  private readonly width: Float64Array
  /** [price * orders + order] what it earns beyond its services, and how much of that at its pickup */
  private readonly earns: Float64Array
  private readonly earnsAtPickup: Float64Array
  private readonly orders: number
  /** [order] */
  private readonly pickupSite: Int32Array
  private readonly deliverySite: Int32Array
  private readonly deliveryS: Float64Array
  private readonly lastS: number
  /** [node] what can be earned within it */
  private readonly within: Float64Array
  /** [node] equal to `turn`: the route is or must go there */
  private readonly entered: Int32Array
  /** [node] equal to `turn`: more can be earned within than its moats cost */
  private readonly pays: Int32Array
  private turn = 0

  /** `active`: the orders of the network in question. `feeKrw`: of every stop. `byArcs`: false: arcs cost nothing. */
  constructor(network: Network, active: Int32Array, values: Float64Array, feeKrw: number, byArcs: boolean) {
    const ends = [...active].flatMap((k) => [network.siteOf[2 * k], network.siteOf[2 * k + 1]])
    const used = [...new Set(network.end < 0 ? ends : [...ends, network.end])]
    this.leafOf = Int32Array.from({ length: network.sites }, (_, site) => used.indexOf(site))
    this.end = network.end < 0 ? -1 : this.leafOf[network.end]
    this.sites = used.length
    this.nodes = 2 * used.length - 1
    const { sites, nodes } = this
    const count = active.length
    this.orders = count
    this.parent = new Int32Array(PRICES * nodes)
    this.width = new Float64Array(PRICES * nodes)
    this.earns = new Float64Array(PRICES * count)
    this.earnsAtPickup = new Float64Array(PRICES * count)
    this.pickupSite = Int32Array.from(active, (k) => this.leafOf[network.siteOf[2 * k]])
    this.deliverySite = Int32Array.from(active, (k) => this.leafOf[network.siteOf[2 * k + 1]])
    this.deliveryS = Float64Array.from(active, (k) => network.serviceS[2 * k + 1])
    this.lastS = network.lastS
    this.within = new Float64Array(nodes)
    this.entered = new Int32Array(nodes)
    this.pays = new Int32Array(nodes)

    const worth = active.reduce((most, k, order) => {
      const seconds = network.serviceS[2 * k] + network.serviceS[2 * k + 1] + network.stopS[network.siteOf[2 * k + 1]]
      return Math.max(most, Math.min(DEAREST_PRICE, values[order] / Math.max(seconds, 1)))
    }, 0)
    const cells = new Float64Array(sites * sites)
    for (let price = 0; price < PRICES; price++) {
      const krw = price === PRICES - 1 ? 0 : Math.floor((worth / 2 ** price) * FINEST_PRICE) / FINEST_PRICE
      this.secondKrw[price] = krw
      for (let a = 0; a < sites; a++)
        for (let b = 0; b < sites; b++) {
          const cell = used[a] * network.sites + used[b]
          cells[a * sites + b] = (byArcs ? network.arcKrw[cell] : 0) + krw * network.arcS[cell]
        }
      this.dig(price, cells)
      // a stop is paid for where it begins; the end of the route is none
      for (let site = 0; site < sites; site++)
        if (site !== this.end) this.width[price * nodes + site] += feeKrw + krw * network.stopS[used[site]]
      for (let order = 0; order < count; order++) {
        const k = active[order]
        const seconds = network.serviceS[2 * k] + network.serviceS[2 * k + 1]
        const earns = Math.max(0, values[order] - krw * seconds)
        const toPickup = this.depth(price, this.pickupSite[order])
        const toDelivery = this.depth(price, this.deliverySite[order])
        const both = toPickup + toDelivery
        this.earns[price * count + order] = earns
        this.earnsAtPickup[price * count + order] = both > 0 ? Math.floor((earns * toPickup) / both) : 0
      }
    }
  }

  /** The price of a second that gives the greatest bound. */
  bestPrice(site: number, timeS: number, aboard: Int32Array, gone: Int32Array, words: number): number {
    const bounds = this.secondKrw.map((_, price) => this.bound(price, site, timeS, aboard, 0, gone, 0, words, false))
    return bounds.indexOf(Math.max(...bounds))
  }

  /**
   * At least what a label's completion adds to its cost: at `site` at `timeS`, with the orders `aboard` to be delivered and any but those
   * `gone` to be had. `again`: once more with what is earned at an end that pays laid on the other end where that does not.
   */
  bound(
    price: number,
    site: number,
    timeS: number,
    aboard: Int32Array,
    aboardAt: number,
    gone: Int32Array,
    goneAt: number,
    words: number,
    again: boolean,
  ): number {
    const { nodes, orders, parent, width, earns, earnsAtPickup, within, entered } = this
    const { pickupSite, deliverySite, deliveryS } = this
    const turn = ++this.turn
    const offset = price * nodes
    const secondKrw = this.secondKrw[price]
    const root = nodes - 1
    let must = 0
    entered[root] = turn
    for (let node = this.leafOf[site]; node !== root; node = parent[offset + node]) entered[node] = turn
    if (this.end >= 0)
      for (let node = this.end; entered[node] !== turn; node = parent[offset + node]) {
        entered[node] = turn
        must += width[offset + node]
      }
    let serviceS = 0
    for (let w = 0; w < words; w++)
      for (let bits = aboard[aboardAt + w]; bits !== 0; bits &= bits - 1) {
        const order = 32 * w + 31 - Math.clz32(bits & -bits)
        serviceS += deliveryS[order]
        for (let node = deliverySite[order]; entered[node] !== turn; node = parent[offset + node]) {
          entered[node] = turn
          must += width[offset + node]
        }
      }

    const first = price * orders
    for (let w = 0; w < words; w++)
      for (let bits = ~gone[goneAt + w]; bits !== 0; bits &= bits - 1) {
        const order = 32 * w + 31 - Math.clz32(bits & -bits)
        const krw = earns[first + order]
        const from = pickupSite[order]
        const to = deliverySite[order]
        if (entered[from] === turn) within[to] += krw
        else if (entered[to] === turn) within[from] += krw
        else {
          const atPickup = earnsAtPickup[first + order]
          within[from] += atPickup
          within[to] += krw - atPickup
        }
      }
    for (let node = 0; node < root; node++) {
      let krw = within[node]
      if (krw === 0) continue
      within[node] = 0
      if (entered[node] !== turn) {
        krw -= width[offset + node]
        if (krw <= 0) continue
        if (again) this.pays[node] = turn
      }
      within[parent[offset + node]] += krw
    }
    let earned = within[root]
    within[root] = 0

    if (again) {
      const { pays } = this
      // what is not entered and pays, in what is entered or pays
      for (let node = root; node >= 0; node--) {
        if (entered[node] === turn) pays[node] = turn
        else if (pays[node] === turn && pays[parent[offset + node]] !== turn) pays[node] = 0
      }
      for (let w = 0; w < words; w++)
        for (let bits = ~gone[goneAt + w]; bits !== 0; bits &= bits - 1) {
          const order = 32 * w + 31 - Math.clz32(bits & -bits)
          const krw = earns[first + order]
          const from = pickupSite[order]
          const to = deliverySite[order]
          if (entered[from] === turn) within[to] += krw
          else if (entered[to] === turn) within[from] += krw
          else {
            const fromPays = pays[from] === turn
            const toPays = pays[to] === turn
            const atPickup = fromPays === toPays ? earnsAtPickup[first + order] : fromPays ? 0 : krw
            within[from] += atPickup
            within[to] += krw - atPickup
          }
        }
      for (let node = 0; node < root; node++) {
        let krw = within[node]
        if (krw === 0) continue
        within[node] = 0
        if (entered[node] !== turn) krw -= width[offset + node]
        if (krw > 0) within[parent[offset + node]] += krw
      }
      if (within[root] < earned) earned = within[root]
      within[root] = 0
    }
    return must + secondKrw * (serviceS - (this.lastS - timeS)) - earned
  }

  /** Single linkage along a shortest spanning tree, by Prim and then by length. */
  private dig(price: number, cells: Float64Array): void {
    const { sites, nodes, parent, width } = this
    const offset = price * nodes
    const near = new Float64Array(sites).fill(Number.POSITIVE_INFINITY)
    const nearest = new Int32Array(sites)
    const inTree = new Uint8Array(sites)
    const links: { a: number; b: number; krw: number }[] = []
    for (let added = 0, site = 0; added < sites - 1; added++) {
      inTree[site] = 1
      let next = -1
      for (let other = 0; other < sites; other++) {
        if (inTree[other]) continue
        const krw = Math.min(cells[site * sites + other], cells[other * sites + site])
        if (krw < near[other]) {
          near[other] = krw
          nearest[other] = site
        }
        if (next < 0 || near[other] < near[next]) next = other
      }
      links.push({ a: nearest[next], b: next, krw: near[next] })
      site = next
    }
    links.sort((x, y) => x.krw - y.krw)
    const cluster = Int32Array.from({ length: sites }, (_, site) => site)
    const height = new Float64Array(nodes)
    links.forEach(({ a, b, krw }, index) => {
      const joined = sites + index
      height[joined] = krw
      const [from, to] = [cluster[a], cluster[b]]
      for (const part of [from, to]) {
        parent[offset + part] = joined
        width[offset + part] = krw - height[part]
      }
      for (let site = 0; site < sites; site++)
        if (cluster[site] === from || cluster[site] === to) cluster[site] = joined
    })
  }

  /** All moats between a site and the world. */
  private depth(price: number, site: number): number {
    const { nodes, parent, width } = this
    let sum = 0
    for (let node = site; node !== nodes - 1; node = parent[price * nodes + node]) sum += width[price * nodes + node]
    return sum
  }
}
