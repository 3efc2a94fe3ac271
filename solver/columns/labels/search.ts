/**
 * A label is a way to have come to a site by some time with some orders on board and others done. One dominates another at the same site
 * where it is no later and no dearer, and could complete every route of the other with the deliveries that it does not owe left out.
 * Dumas, Desrosiers, Soumis (1991), The pickup and delivery problem with time windows, EJOR 54(1); Ropke, Cordeau (2009), Branch and cut and
 * price for the pickup and delivery problem with time windows, Transportation Science 43(3).
 * Differs from the papers: labels are by site, not by visit, because arcs are. The price of an order is earned at its pickup. What one label
 * has done the other may still earn: it dominates where it is cheaper by so much. A fare is max(A, B), A by distance and B the minimum,
 * and labels carry both. A bound on the completion (moats.ts) ends labels that cannot beat the best route.
 *
 * Labels are extended in buckets of time, so that most of those that dominate come first. Where they run out of their number, the least bound of
 * those not extended holds for all that would have come of them.
 */

import type { RelaxedKind } from '../relaxed.ts'
import { Loads, moreDoubles, moreInts } from './loads.ts'
import { Moats, PRICES } from './moats.ts'
import type { Network } from './network.ts'

const BUCKETS = 4096
const SHORTEST_S = 2 ** -14
const FIRST_LABELS = 1 << 12

interface Found {
  readonly reducedKrw: number
  readonly visits: readonly number[]
}

export class LabelSearch {
  /** made so far; each array below holds one figure of each */
  labels = 0
  private load = new Int32Array(FIRST_LABELS)
  private timeS = new Float64Array(FIRST_LABELS)
  private a = new Float64Array(FIRST_LABELS)
  private b = new Float64Array(FIRST_LABELS)
  /** no completion has a reduced cost below */
  private bound = new Float64Array(FIRST_LABELS)
  /** [label * words + word] orders done, on board, or too late for a pickup */
  private gone: Int32Array<ArrayBuffer>
  private parent = new Int32Array(FIRST_LABELS)
  /** end of an order, as the network counts them */
  private end = new Int32Array(FIRST_LABELS)
  private stops = new Uint16Array(FIRST_LABELS)
  /** in the list of its load, ascending in A */
  private next = new Int32Array(FIRST_LABELS)
  private nextInBucket = new Int32Array(FIRST_LABELS)
  private dead = new Uint8Array(FIRST_LABELS)
  /** prices of a second that gave the best bound by A and by B */
  private secondA = new Uint8Array(FIRST_LABELS)
  private secondB = new Uint8Array(FIRST_LABELS)

  private readonly kind: RelaxedKind
  private readonly network: Network
  private readonly active: Int32Array
  private readonly values: Float64Array
  private readonly kindKrw: number
  private readonly most: number
  private readonly words: number
  private readonly loads: Loads
  private readonly moatsA: Moats
  /** null: B is never above A */
  private readonly moatsB: Moats | null
  /** stops are charged as if the included ones were refunded: too little for a route that has fewer of them */
  private readonly mayStopLess: boolean
  private readonly limitsStops: boolean
  /** [bucket] first of its labels */
  private readonly bucket = new Int32Array(BUCKETS + 1).fill(-1)
  private readonly bucketS: number
  private now = 0
  private bestKrw = 0
  private readonly found = new Map<string, Found>()
  private worstKept = 0
  /** orders on board and gone of the label in the making */
  private readonly aboard: Int32Array
  private readonly done: Int32Array

  /** `active`: orders of the network that may be carried, `values`: what each of them earns, `most`: routes to be kept. */
  constructor(
    kind: RelaxedKind,
    network: Network,
    active: Int32Array,
    values: Float64Array,
    kindKrw: number,
    most: number,
  ) {
    this.kind = kind
    this.network = network
    this.active = active
    this.values = values
    this.kindKrw = kindKrw
    this.most = most
    this.words = Math.ceil(active.length / 32)
    this.gone = new Int32Array(this.words * FIRST_LABELS)
    this.aboard = new Int32Array(this.words)
    this.done = new Int32Array(this.words)
    this.loads = new Loads(network, active, this.words)
    this.moatsA = new Moats(network, active, values, kind.stopFeeKrw, true)
    this.moatsB = kind.minimumKrw > kind.fixedKrw ? new Moats(network, active, values, kind.stopFeeKrw, false) : null
    const leastStops = active.some((k) => network.siteOf[2 * k] === network.siteOf[2 * k + 1]) ? 1 : 2
    this.mayStopLess = kind.stopFeeKrw > 0 && kind.includedStops > leastStops
    this.limitsStops = kind.maxStops < 2 * active.length
    this.bucketS = Math.max((network.lastS - network.opensS) / (BUCKETS - 1), network.stepS, SHORTEST_S)
  }

  /** A beam of labels for routes to begin with, so many extended in all: it proves nothing. */
  look(extensions: number, labels: number): void {
    const { bucket, network } = this
    const beam = Math.ceil((extensions * this.bucketS) / (network.lastS - network.opensS + this.bucketS))
    this.begin()
    for (this.now = 0; this.now <= BUCKETS && this.labels <= labels; this.now++) {
      const open: number[] = []
      for (let label = bucket[this.now]; label >= 0; label = this.nextInBucket[label]) open.push(label)
      bucket[this.now] = -1
      open.sort((x, y) => this.bound[x] - this.bound[y])
      let extended = 0
      for (const label of open) {
        if (extended === beam) break
        if (this.isHopeless(label)) continue
        this.extend(label)
        extended++
      }
    }
  }

  /** The least reduced cost there is, or less where so many labels are not enough; 0: none below it. */
  prove(labels: number): number {
    const { bucket } = this
    this.begin()
    for (this.now = 0; this.now <= BUCKETS; this.now++)
      while (bucket[this.now] >= 0) {
        if (this.labels > labels) return this.leastOpen()
        const label = bucket[this.now]
        bucket[this.now] = this.nextInBucket[label]
        if (!this.isHopeless(label)) this.extend(label)
      }
    return this.bestKrw
  }

  /** The best found, one for each set of orders, the best first. */
  routes(): Found[] {
    return [...this.found.values()].sort((x, y) => x.reducedKrw - y.reducedKrw).slice(0, this.most)
  }

  private leastOpen(): number {
    let least = this.bestKrw
    for (let k = this.now; k <= BUCKETS; k++)
      for (let label = this.bucket[k]; label >= 0; label = this.nextInBucket[label])
        if (!this.dead[label] && this.bound[label] < least && !this.isBounded(label))
          least = Math.min(least, this.bound[label])
    return least
  }

  /** One label for each first pickup, and no others. */
  private begin(): void {
    const { kind, network, active, values, words, done, aboard, loads, moatsA, moatsB } = this
    this.labels = 0
    this.now = 0
    this.bucket.fill(-1)
    loads.clear()
    const feeKrw = kind.stopFeeKrw * (1 - kind.includedStops)
    for (let order = 0; order < active.length; order++) {
      const end = 2 * active[order]
      const site = network.siteOf[end]
      // what lies beyond the last order is gone
      for (let w = 0; w < words; w++) done[w] = active.length - 32 * w >= 32 ? 0 : -1 << (active.length - 32 * w)
      aboard.fill(0)
      aboard[order >> 5] |= 1 << (order & 31)
      done[order >> 5] |= 1 << (order & 31)
      const timeS = network.serve(end, network.opensS + network.startS[site], true)
      const krw = feeKrw - values[order] - this.kindKrw
      const secondA = moatsA.bestPrice(site, timeS, aboard, done, words)
      const secondB = moatsB === null ? 0 : moatsB.bestPrice(site, timeS, aboard, done, words)
      const hash = loads.siteWord[site] ^ loads.orderWord[order]
      const a = kind.fixedKrw + network.startKrw[site] + krw
      this.add(-1, end, site, hash, timeS, a, kind.minimumKrw + krw, 1, secondA, secondB)
    }
  }

  private extend(label: number): void {
    const { kind, network, active, values, words, done, aboard } = this
    const { aboard: aboardHere, room, siteWord, orderWord } = this.loads
    const { siteOf, arcS, arcKrw, sites, latestS } = network
    const { gone } = this
    const here = this.load[label]
    const site = this.loads.site[here]
    const hash = this.loads.hash[here] ^ siteWord[site]
    const timeS = this.timeS[label]
    const a = this.a[label]
    const b = this.b[label]
    const stopsHere = this.stops[label]
    const secondA = this.secondA[label]
    const secondB = this.secondB[label]
    // deliveries, then pickups
    for (let side = 1; side >= 0; side--)
      for (let v = 0; v < words; v++) {
        const ways = side === 1 ? aboardHere[here * words + v] : room[here * words + v] & ~gone[label * words + v]
        for (let bits = ways; bits !== 0; bits &= bits - 1) {
          const bit = bits & -bits
          const order = 32 * v + 31 - Math.clz32(bit)
          const end = 2 * active[order] + side
          if (timeS > latestS[site * siteOf.length + end]) continue
          const to = siteOf[end]
          const begins = to !== site
          const stops = begins ? stopsHere + 1 : stopsHere
          if (stops > kind.maxStops) continue
          for (let w = 0; w < words; w++) {
            aboard[w] = aboardHere[here * words + w]
            done[w] = gone[label * words + w]
          }
          aboard[v] ^= bit
          done[v] |= bit
          const leaveS = network.serve(end, timeS + arcS[site * sites + to], begins)
          const krw = (begins ? kind.stopFeeKrw : 0) - (side === 0 ? values[order] : 0)
          const next = hash ^ orderWord[order] ^ siteWord[to]
          this.add(label, end, to, next, leaveS, a + krw + arcKrw[site * sites + to], b + krw, stops, secondA, secondB)
        }
      }
  }

  /** A label with what is `aboard` and `done`, unless it leads to nothing. */
  private add(
    parent: number,
    end: number,
    site: number,
    hash: number,
    timeS: number,
    a: number,
    b: number,
    stops: number,
    secondA: number,
    secondB: number,
  ): void {
    const { network, active, words, aboard, done, loads } = this
    const { latestS } = network
    const row = site * network.siteOf.length
    const known = loads.find(site, hash, aboard)
    if (known >= 0) {
      if (timeS > loads.leaveBy[known]) return
    } else
      for (let w = 0; w < words; w++)
        for (let bits = aboard[w]; bits !== 0; bits &= bits - 1)
          if (timeS > latestS[row + 2 * active[32 * w + 31 - Math.clz32(bits & -bits)] + 1]) return

    // what can no longer be picked up in time is as good as done
    let empty = true
    for (let w = 0; w < words; w++) {
      if (aboard[w] !== 0) empty = false
      for (let bits = ~done[w]; bits !== 0; bits &= bits - 1)
        if (timeS > latestS[row + 2 * active[32 * w + 31 - Math.clz32(bits & -bits)]]) done[w] |= bits & -bits
    }

    const label = this.labels
    if (label === this.load.length) this.grow()
    this.parent[label] = parent
    this.end[label] = end
    if (empty) this.finish(label, site, a, b, stops)

    // bounds at the prices of a second that suited the parent
    let bound = a + this.moatsA.bound(secondA, site, timeS, aboard, 0, done, 0, words, false)
    if (bound >= this.bestKrw) return
    if (this.moatsB !== null) {
      const byB = b + this.moatsB.bound(secondB, site, timeS, aboard, 0, done, 0, words, false)
      if (byB > bound) bound = byB
      if (bound >= this.bestKrw) return
    }

    const load = known >= 0 ? known : loads.add(site, hash, aboard)
    for (let w = 0; w < words; w++) this.gone[label * words + w] = done[w]
    this.timeS[label] = timeS
    this.a[label] = a
    this.b[label] = b
    this.stops[label] = stops
    if (!this.insert(label, load)) return
    this.labels++
    this.load[label] = load
    // reduced costs are whole
    this.bound[label] = Math.ceil(bound)
    this.secondA[label] = secondA
    this.secondB[label] = secondB
    this.dead[label] = 0
    const slot = Math.max(this.now, Math.floor((timeS - network.opensS) / this.bucketS))
    this.nextInBucket[label] = this.bucket[slot]
    this.bucket[slot] = label
  }

  /** Into the list of its load, unless one there dominates it; those that it dominates leave. */
  private insert(label: number, load: number): boolean {
    const { next, a } = this
    const { head } = this.loads
    let before = -1
    let other = head[load]
    for (; other >= 0 && a[other] <= a[label]; before = other, other = next[other])
      if (this.dominates(other, label)) return false
    next[label] = other
    if (before < 0) head[load] = label
    else next[before] = label
    for (before = label; other >= 0; other = next[other])
      if (this.dominates(label, other)) {
        next[before] = next[other]
        this.dead[other] = 1
      } else before = other
    return true
  }

  private isHopeless(label: number): boolean {
    return (
      this.dead[label] === 1 ||
      this.bound[label] >= this.bestKrw ||
      this.isDominatedByLess(label) ||
      this.isBounded(label)
    )
  }

  /** True where some label with one or two orders less on board dominates it. */
  private isDominatedByLess(label: number): boolean {
    const { words, aboard, loads } = this
    const { orderWord } = loads
    const load = this.load[label]
    const site = loads.site[load]
    const hash = loads.hash[load]
    for (let w = 0; w < words; w++) aboard[w] = loads.aboard[load * words + w]
    for (let v = 0; v < words; v++)
      for (let bits = loads.aboard[load * words + v]; bits !== 0; bits &= bits - 1) {
        const bit = bits & -bits
        const less = hash ^ orderWord[32 * v + 31 - Math.clz32(bit)]
        aboard[v] ^= bit
        if (this.isDominatedAmong(loads.find(site, less, aboard), label)) return true
        for (let w = v; w < words; w++) {
          const rest = w === v ? bits & (bits - 1) : loads.aboard[load * words + w]
          for (let others = rest; others !== 0; others &= others - 1) {
            const other = others & -others
            aboard[w] ^= other
            const found = loads.find(site, less ^ orderWord[32 * w + 31 - Math.clz32(other)], aboard)
            aboard[w] ^= other
            if (this.isDominatedAmong(found, label)) return true
          }
        }
        aboard[v] ^= bit
      }
    return false
  }

  private isDominatedAmong(load: number, label: number): boolean {
    if (load < 0) return false
    const { a, next } = this
    for (let other = this.loads.head[load]; other >= 0 && a[other] <= a[label]; other = next[other])
      if (this.dominates(other, label)) return true
    return false
  }

  /** Whether the first dominates the second, which is at the same site with the same orders on board or more. */
  private dominates(first: number, second: number): boolean {
    if (this.timeS[first] > this.timeS[second]) return false
    const { words, values, gone } = this
    let slack = this.a[second] - this.a[first]
    if (slack < 0) return false
    if (this.moatsB !== null) {
      const slackB = this.b[second] - this.b[first]
      if (slackB < 0) return false
      if (slackB < slack) slack = slackB
    }
    if (this.limitsStops && this.stops[first] > this.stops[second]) return false
    if (this.mayStopLess) {
      // a refund for stops that the first may never make
      const { includedStops, stopFeeKrw } = this.kind
      const free = (label: number) => Math.max(0, includedStops - this.stops[label])
      slack -= Math.max(0, free(first) - free(second)) * stopFeeKrw
      if (slack < 0) return false
    }
    for (let w = 0; w < words; w++)
      for (let bits = gone[first * words + w] & ~gone[second * words + w]; bits !== 0; bits &= bits - 1) {
        slack -= values[32 * w + 31 - Math.clz32(bits & -bits)]
        if (slack < 0) return false
      }
    return true
  }

  /** Whether it cannot beat the best route: before it is extended a label is worth more trouble than when it is made. */
  private isBounded(label: number): boolean {
    const { words, gone } = this
    const { aboard, site } = this.loads
    const load = this.load[label]
    for (const moats of [this.moatsA, this.moatsB]) {
      if (moats === null) continue
      const krw = moats === this.moatsA ? this.a[label] : this.b[label]
      const second = moats === this.moatsA ? this.secondA : this.secondB
      const first = second[label]
      let best = Number.NEGATIVE_INFINITY
      for (let price = Math.max(0, first - 1); price <= first + 1 && price < PRICES; price++) {
        const at = this.timeS[label]
        const rest = moats.bound(price, site[load], at, aboard, load * words, gone, label * words, words, true)
        if (rest <= best) continue
        best = rest
        second[label] = price
      }
      if (krw + best > this.bound[label]) this.bound[label] = Math.ceil(krw + best)
      if (this.bound[label] >= this.bestKrw) return true
    }
    return false
  }

  /** A route ends here: kept where it is among the best. */
  private finish(label: number, site: number, a: number, b: number, stops: number): void {
    const { kind, network, found } = this
    const homeKrw = network.end < 0 ? 0 : network.arcKrw[site * network.sites + network.end]
    const refundKrw = this.mayStopLess ? Math.max(0, kind.includedStops - stops) * kind.stopFeeKrw : 0
    const reducedKrw = Math.max(a + homeKrw, b) + refundKrw
    if (reducedKrw >= 0 || reducedKrw > this.worstKept) return
    const visits: number[] = []
    for (let at = label; at >= 0; at = this.parent[at])
      visits.push(2 * kind.orders[this.end[at] >> 1] + (this.end[at] & 1))
    visits.reverse()
    const set = visits
      .filter((visit) => (visit & 1) === 0)
      .sort((x, y) => x - y)
      .join()
    const known = found.get(set)
    if (known && known.reducedKrw <= reducedKrw) return
    found.set(set, { reducedKrw, visits })
    this.bestKrw = Math.min(this.bestKrw, reducedKrw)
    if (found.size < 2 * this.most) return
    const kept = [...found].sort(([, x], [, y]) => x.reducedKrw - y.reducedKrw).slice(0, this.most)
    found.clear()
    for (const [key, each] of kept) found.set(key, each)
    this.worstKept = kept[kept.length - 1][1].reducedKrw
  }

  private grow(): void {
    this.load = moreInts(this.load)
    this.timeS = moreDoubles(this.timeS)
    this.a = moreDoubles(this.a)
    this.b = moreDoubles(this.b)
    this.bound = moreDoubles(this.bound)
    this.gone = moreInts(this.gone)
    this.parent = moreInts(this.parent)
    this.end = moreInts(this.end)
    this.stops = moreInts(this.stops)
    this.next = moreInts(this.next)
    this.nextInBucket = moreInts(this.nextInBucket)
    this.dead = moreInts(this.dead)
    this.secondA = moreInts(this.secondA)
    this.secondB = moreInts(this.secondB)
  }
}
