/**
 * Exact pricing of routes with pickups and deliveries by labels: open routes of hired trucks and closed tours.
 *
 * A label is a way to have come to a site by some time with some orders on board and others done. One dominates another at the same site
 * where it is no later and no dearer, and could complete every route of the other with the deliveries it does not owe left out. Dumas,
 * Desrosiers, Soumis (1991), The pickup and delivery problem with time windows, EJOR 54(1); Ropke, Cordeau (2009), Branch and cut and price
 * for the pickup and delivery problem with time windows, Transportation Science 43(3).
 * Differs from the papers: labels are by site, not by visit, because arcs are; the price of an order is earned at its pickup; of what a label
 * has done and the other has not, the other may still earn the price, so the first dominates where it is cheaper by that much; fares are
 * max(A, B), both carried along; a bound on the completion (moats.ts) ends labels that lead to nothing.
 *
 * Labels are extended in buckets of time. Where they run out of their number, the least bound of those not extended holds for all that would have
 * come of them.
 */
import { Moats, PRICES } from './moats.ts'
import { Network } from './network.ts'
import type { Column, Effort, Priced, Pricer } from './pricing.ts'
import type { Relaxed, RelaxedKind } from './relaxed.ts'

/** Columns returned at most. */
const MOST_COLUMNS = 50
const BUCKETS = 4096
/** Sites and orders have random words; their sum by exclusive or names a site with a load. */
const SEED = 0x2545f491

/** Labels worth no more than this share of the best route found so far are dropped. */
const BEAM = Number((globalThis as any).process.env.BEAM ?? 40)
const ROUGHV = (globalThis as any).process.env.ROUGHV === '1'
const KEEP = Number((globalThis as any).process.env.KEEP ?? 0)
const REFINE = (globalThis as any).process.env.REFINE !== '0'

export interface LabelCounts {
  created: number
  extended: number
  loads: number
}

export class RoutePricer implements Pricer {
  /** of the last pricing */
  readonly counts: LabelCounts = { created: 0, extended: 0, loads: 0 }
  private readonly kind: RelaxedKind
  private readonly kindIndex: number
  private readonly network: Network

  constructor(relaxed: Relaxed, kind: number) {
    this.kind = relaxed.kinds[kind]
    this.kindIndex = kind
    this.network = new Network(relaxed, kind)
  }

  price(prices: Float64Array, kindKrw: number, effort: Effort): Priced {
    const { kind, network } = this
    const active: number[] = []
    // an order that earns nothing can be left out of every route, which gets no dearer by it
    kind.orders.forEach((order, k) => {
      if (prices[order] - kind.carryKrw[order] > 0 && network.rides(k)) active.push(k)
    })
    if (active.length === 0) return { leastKrw: 0, columns: [] }
    const values = Float64Array.from(active, (k) => prices[kind.orders[k]] - kind.carryKrw[kind.orders[k]])
    const search = new LabelSearch(kind, network, Int32Array.from(active), values, kindKrw)
    search.look(BEAM)
    const roughly=JSON.stringify([search.bestKrw,search.counts().created])
    search.clear()
    const leastKrw = search.run(effort.labels)
    if ((globalThis as any).process.env.LOG) console.log('rough',roughly,'exact',leastKrw,search.bestKrw)
    Object.assign(this.counts, search.counts())
    return { leastKrw, columns: search.columns(this.kindIndex) }
  }

  dispose(): void {}
}

interface Found {
  readonly krw: number
  readonly reducedKrw: number
  readonly orders: readonly number[]
  readonly visits: readonly number[]
}

class LabelSearch {
  private readonly kind: RelaxedKind
  private readonly network: Network
  private readonly active: Int32Array
  private readonly values: Float64Array
  private readonly kindKrw: number
  private readonly words: number
  /** with stop fees beyond the included ones, as if those were refunded: exact where the route has so many stops */
  private readonly fewStops: boolean
  private readonly countsStops: boolean
  private readonly usesB: boolean
  private readonly moatsA: Moats
  private readonly moatsB: Moats | null

  // labels
  private labels = 0
  private group = new Int32Array(1 << 12)
  private time = new Float64Array(1 << 12)
  private a = new Float64Array(1 << 12)
  private b = new Float64Array(1 << 12)
  private bound = new Float64Array(1 << 12)
  private gone: Int32Array<ArrayBuffer>
  private parent = new Int32Array(1 << 12)
  private visit = new Int32Array(1 << 12)
  private next = new Int32Array(1 << 12)
  private nextInBucket = new Int32Array(1 << 12)
  private stops = new Uint16Array(1 << 12)
  private priceA = new Uint8Array(1 << 12)
  private priceB = new Uint8Array(1 << 12)
  private dead = new Uint8Array(1 << 12)
  private extended = 0

  // groups: labels of one site and load
  private groups = 0
  private groupSite = new Int32Array(1 << 10)
  private groupHash = new Int32Array(1 << 10)
  private groupBy = new Float64Array(1 << 10)
  private groupHead = new Int32Array(1 << 10)
  private aboard: Int32Array<ArrayBuffer>
  private room: Int32Array<ArrayBuffer>
  private table = new Int32Array(1 << 12).fill(-1)
  private readonly siteWord: Int32Array
  private readonly orderWord: Int32Array

  private readonly bucket = new Int32Array(BUCKETS + 1).fill(-1)
  private readonly bucketS: number
  private now = 0
  private cutoff = 0
  private readonly found = new Map<string, Found>()
  private worstKept = 0
  bestKrw = 0
  rough = false

  // scratch of one label
  private readonly load: Int32Array
  private readonly done: Int32Array

  constructor(kind: RelaxedKind, network: Network, active: Int32Array, values: Float64Array, kindKrw: number) {
    this.kind = kind
    this.network = network
    this.active = active
    this.values = values
    this.kindKrw = kindKrw
    this.words = Math.max(1, Math.ceil(active.length / 32))
    this.gone = new Int32Array(this.words << 12)
    this.aboard = new Int32Array(this.words << 10)
    this.room = new Int32Array(this.words << 10)
    this.load = new Int32Array(this.words)
    this.done = new Int32Array(this.words)
    const bothEnds = (k: number) => network.siteOf[2 * k] === network.siteOf[2 * k + 1]
    const leastStops = active.some(bothEnds) ? 1 : 2
    this.fewStops = kind.stopFeeKrw > 0 && kind.includedStops > leastStops
    this.countsStops = this.fewStops || kind.maxStops < 2 * active.length
    this.usesB = kind.minimumKrw > kind.fixedKrw
    this.moatsA = new Moats(network, active, values, kind.stopFeeKrw, true)
    this.moatsB = this.usesB ? new Moats(network, active, values, kind.stopFeeKrw, false) : null
    this.bucketS = Math.max((network.lastS - network.opensS) / (BUCKETS - 1), network.stepS, 2 ** -14)
    let word = SEED
    const random = () => {
      word ^= word << 13
      word ^= word >>> 17
      word ^= word << 5
      return word
    }
    this.siteWord = Int32Array.from({ length: network.sites }, random)
    this.orderWord = Int32Array.from(active, random)
  }

  /** The least reduced cost there is, or less where the labels run out; 0: none below it. */
  run(most: number): number {
    this.begin()
    const { bucket } = this
    for (this.now = 0; this.now <= BUCKETS; this.now++)
      while (bucket[this.now] >= 0) {
        if (this.labels > most) return Math.min(this.bestKrw, this.leastOpen())
        const label = bucket[this.now]
        bucket[this.now] = this.nextInBucket[label]
        if (this.dead[label] || this.bound[label] >= this.cutoff || this.isDominated(label) || this.isBounded(label))
          continue
        this.extend(label)
      }
    return this.bestKrw
  }

  /** A beam of labels for routes to begin with: it proves nothing. */
  look(beam: number): void {
    const { bucket } = this
    this.rough = true
    this.begin()
    for (this.now = 0; this.now <= BUCKETS; this.now++) {
      const labels: number[] = []
      for (let label = bucket[this.now]; label >= 0; label = this.nextInBucket[label]) labels.push(label)
      bucket[this.now] = -1
      labels.sort((x, y) => this.bound[x] - this.bound[y])
      let extended = 0
      for (const label of labels) {
        if (extended === beam) break
        if (this.dead[label] || this.bound[label] >= this.cutoff || this.isDominated(label) || this.isBounded(label))
          continue
        this.extend(label)
        extended++
      }
    }
  }

  clear(): void {
    this.rough = false
    this.labels = 0
    this.groups = 0
    this.extended = 0
    this.table.fill(-1)
    this.bucket.fill(-1)
  }

  counts(): LabelCounts {
    return { created: this.labels, extended: this.extended, loads: this.groups }
  }

  columns(kind: number): Column[] {
    return [...this.found.values()]
      .sort((x, y) => x.reducedKrw - y.reducedKrw)
      .slice(0, MOST_COLUMNS)
      .map(({ orders, krw, visits }) => ({ kind, orders, krw, visits }))
  }

  private leastOpen(): number {
    let least = 0
    for (let k = this.now; k <= BUCKETS; k++)
      for (let label = this.bucket[k]; label >= 0; label = this.nextInBucket[label])
        if (!this.dead[label] && this.bound[label] < least && !this.isBounded(label))
          least = Math.min(least, this.bound[label])
    return least
  }

  private begin(): void {
    this.now = 0
    const { kind, network, active, words, done, load } = this
    const feeKrw = kind.stopFeeKrw * (1 - kind.includedStops)
    for (let order = 0; order < active.length; order++) {
      const end = 2 * active[order]
      const site = network.siteOf[end]
      // orders beyond the last are gone
      for (let w = 0; w < words; w++) {
        const left = active.length - 32 * w
        done[w] = left >= 32 ? 0 : -1 << left
        load[w] = 0
      }
      load[order >> 5] |= 1 << (order & 31)
      done[order >> 5] |= 1 << (order & 31)
      const leaveS = network.serve(end, network.opensS + network.startS[site], true)
      const fixed = feeKrw - this.values[order] - this.kindKrw
      this.add(
        -1,
        end,
        site,
        this.siteWord[site] ^ this.orderWord[order],
        leaveS,
        kind.fixedKrw + network.startKrw[site] + fixed,
        kind.minimumKrw + fixed,
        1,
        0,
        0,
      )
    }
  }

  private extend(label: number): void {
    const { kind, network, active, values, words, aboard, room, gone, load, done, group, siteWord, orderWord } = this
    const { siteOf, arcS, arcKrw, sites, latestS } = network
    const ends = siteOf.length
    this.extended++
    const here = group[label]
    const site = this.groupSite[here]
    const hash = this.groupHash[here] ^ siteWord[site]
    const t = this.time[label]
    const a = this.a[label]
    const b = this.b[label]
    const stopsHere = this.stops[label]
    const priceA = this.priceA[label]
    const priceB = this.priceB[label]
    for (let side = 1; side >= 0; side--)
      for (let v = 0; v < words; v++) {
        const bits0 = side === 1 ? aboard[here * words + v] : room[here * words + v] & ~gone[label * words + v]
        for (let bits = bits0; bits !== 0; bits &= bits - 1) {
          const order = 32 * v + 31 - Math.clz32(bits & -bits)
          const end = 2 * active[order] + side
          const to = siteOf[end]
          if (t > latestS[site * ends + end]) continue
          const begins = to !== site
          const stops = begins ? stopsHere + 1 : stopsHere
          if (stops > kind.maxStops) continue
          const leaveS = network.serve(end, t + arcS[site * sites + to], begins)
          const krw = (begins ? kind.stopFeeKrw : 0) - (side === 0 ? values[order] : 0)
          const bit = 1 << (order & 31)
          for (let w = 0; w < words; w++) {
            load[w] = this.aboard[here * words + w]
            done[w] = this.gone[label * words + w]
          }
          if (side === 1) load[v] &= ~bit
          else {
            load[v] |= bit
            done[v] |= bit
          }
          this.add(
            label,
            end,
            to,
            hash ^ orderWord[order] ^ siteWord[to],
            leaveS,
            a + krw + arcKrw[site * sites + to],
            b + krw,
            stops,
            priceA,
            priceB,
          )
        }
      }
  }

  /** A label with `load` and `done`, unless it is of no use. */
  private add(
    parent: number,
    end: number,
    site: number,
    hash: number,
    timeS: number,
    a: number,
    b: number,
    stops: number,
    priceA: number,
    priceB: number,
  ): void {
    const { network, active, words, load, done } = this
    const row = site * network.siteOf.length
    const known = this.find(site, hash)
    if (known >= 0) {
      if (timeS > this.groupBy[known]) return
    } else
      for (let w = 0; w < words; w++)
        for (let bits = load[w]; bits !== 0; bits &= bits - 1) {
          const order = 32 * w + 31 - Math.clz32(bits & -bits)
          if (timeS > network.latestS[row + 2 * active[order] + 1]) return
        }

    // what can no longer be picked up in time is as good as done
    let empty = true
    for (let w = 0; w < words; w++) {
      if (load[w] !== 0) empty = false
      for (let bits = ~done[w]; bits !== 0; bits &= bits - 1) {
        const order = 32 * w + 31 - Math.clz32(bits & -bits)
        if (timeS > network.latestS[row + 2 * active[order]]) done[w] |= bits & -bits
      }
    }

    const label = this.labels
    if (label === this.group.length) this.growLabels()
    this.parent[label] = parent
    this.visit[label] = end
    if (empty) this.finish(label, site, a, b, stops)

    // completion bound at the price of a second that serves the parent best
    if (parent < 0) {
      for (let step=0;step<2;step++) { const moats=step===0?this.moatsA:this.moatsB; if(!moats) continue
      let best = Number.NEGATIVE_INFINITY
      for (let price = 0; price < PRICES; price++) {
        const krw = moats.bound(price, site, timeS, load, 0, done, 0, words, false)
        if (krw > best) {
          best = krw
          if (step===0) priceA = price; else priceB=price
        }
      }}
    }
    this.priceA[label] = priceA
    this.priceB[label] = priceB
    let bound = a + this.moatsA.bound(priceA, site, timeS, load, 0, done, 0, words, false)
    if (bound >= this.cutoff) return
    if (this.moatsB !== null)
      bound = Math.max(bound, b + this.moatsB.bound(priceB, site, timeS, load, 0, done, 0, words, false))
    if (bound >= this.cutoff) return

    const group = known >= 0 ? known : this.addGroup(site, hash)
    if (!this.insert(label, group, timeS, a, b, stops)) return
    this.labels++
    this.group[label] = group
    this.time[label] = timeS
    this.a[label] = a
    this.b[label] = b
    this.bound[label] = Math.ceil(bound)
    for (let w = 0; w < words; w++) this.gone[label * words + w] = done[w]
    this.stops[label] = stops
    this.dead[label] = 0
    const slot = Math.max(this.now, Math.floor((timeS - network.opensS) / this.bucketS))
    this.nextInBucket[label] = this.bucket[slot]
    this.bucket[slot] = label
  }

  /** Once a label is to be extended its bound is worth more trouble: other prices of a second, other shares of what is earned. */
  private isBounded(label: number): boolean {
    const { words, aboard, gone } = this
    const group = this.group[label]
    const site = this.groupSite[group]
    const timeS = this.time[label]
    for (let step = 0; step < 2; step++) {
      const moats = step === 0 ? this.moatsA : this.moatsB
      if (moats === null) continue
      const krw = step === 0 ? this.a[label] : this.b[label]
      const chosen = step === 0 ? this.priceA : this.priceB
      const first = chosen[label]
      let best = Number.NEGATIVE_INFINITY
      const isRoot = this.parent[label] < 0
      const from = isRoot ? 0 : Math.max(0, first - 1)
      const upto = isRoot ? PRICES - 1 : Math.min(PRICES - 1, first + 1)
      for (let price = from; price <= upto; price++) {
        const least = krw + moats.bound(price, site, timeS, aboard, group * words, gone, label * words, words, REFINE)
        if (least <= best) continue
        best = least
        chosen[label] = price
        if (least >= this.cutoff) return true
      }
      if (best > this.bound[label]) this.bound[label] = Math.ceil(best)
    }
    return false
  }

  /** Into the list of its group, ascending in A, unless one there dominates it; those that it dominates leave. */
  private insert(label: number, group: number, timeS: number, a: number, b: number, stops: number): boolean {
    const { next, groupHead, done, gone } = this
    let before = -1
    let other = groupHead[group]
    for (; other >= 0 && this.a[other] <= a; before = other, other = next[other])
      if (this.beats(other, timeS, a, b, stops, done, 0)) return false
    next[label] = other
    if (before < 0) groupHead[group] = label
    else next[before] = label
    const { words } = this
    for (let w = 0; w < words; w++) gone[label * words + w] = done[w]
    this.time[label] = timeS
    this.a[label] = a
    this.b[label] = b
    this.stops[label] = stops
    for (before = label; other >= 0; other = next[other])
      if (this.beats(label, this.time[other], this.a[other], this.b[other], this.stops[other], gone, other * words)) {
        next[before] = next[other]
        this.dead[other] = 1
      } else before = other
    return true
  }

  /** True where some label with one or two orders less on board dominates it. */
  private isDominated(label: number): boolean {
    const { words, aboard, orderWord, active } = this
    const group = this.group[label]
    const site = this.groupSite[group]
    const hash = this.groupHash[group]
    const { load } = this
    for (let w = 0; w < words; w++) load[w] = aboard[group * words + w]
    for (let first = 0; first < active.length; first++) {
      const v = first >> 5
      const bit = 1 << (first & 31)
      if ((load[v] & bit) === 0) continue
      load[v] &= ~bit
      if (this.isBeatenIn(this.find(site, hash ^ orderWord[first]), label)) return true
      for (let second = first + 1; second < active.length; second++) {
        const w = second >> 5
        const bit2 = 1 << (second & 31)
        if ((load[w] & bit2) === 0) continue
        load[w] &= ~bit2
        const beaten = this.isBeatenIn(this.find(site, hash ^ orderWord[first] ^ orderWord[second]), label)
        load[w] |= bit2
        if (beaten) return true
      }
      load[v] |= bit
    }
    return false
  }

  private isBeatenIn(group: number, label: number): boolean {
    if (group < 0) return false
    const { next, words } = this
    const t = this.time[label]
    const a = this.a[label]
    const b = this.b[label]
    const stops = this.stops[label]
    for (let other = this.groupHead[group]; other >= 0 && this.a[other] <= a; other = next[other])
      if (this.beats(other, t, a, b, stops, this.gone, label * words)) return true
    return false
  }

  /** True where `label` dominates one with these figures and a load that holds its own. */
  private beats(
    label: number,
    timeS: number,
    a: number,
    b: number,
    stops: number,
    gone: Int32Array,
    goneAt: number,
  ): boolean {
    if (this.time[label] > timeS || this.a[label] > a) return false
    const { usesB, words, values } = this
    if (usesB && this.b[label] > b) return false
    let slack = a - this.a[label]
    if (usesB && b - this.b[label] < slack) slack = b - this.b[label]
    if (this.countsStops) {
      if (stops < this.stops[label] && this.kind.maxStops < 2 * this.active.length) return false
      // stops still free count against the one that has fewer of them
      const { includedStops, stopFeeKrw } = this.kind
      const free = Math.max(0, includedStops - this.stops[label]) - Math.max(0, includedStops - stops)
      if (free > 0) slack -= free * stopFeeKrw
      if (slack < 0) return false
    }
    if (this.rough && ROUGHV) return true
    for (let w = 0; w < words; w++)
      for (let bits = this.gone[label * words + w] & ~gone[goneAt + w]; bits !== 0; bits &= bits - 1) {
        // the other may still earn it
        slack -= values[32 * w + 31 - Math.clz32(bits & -bits)]
        if (slack < 0) return false
      }
    return true
  }

  /** A route ends here: kept where it is among the best. */
  private finish(label: number, site: number, a: number, b: number, stops: number): void {
    const { kind, network, active } = this
    const homeKrw = network.end < 0 ? 0 : network.arcKrw[site * network.sites + network.end]
    const unused = this.fewStops && stops < kind.includedStops ? (kind.includedStops - stops) * kind.stopFeeKrw : 0
    const reducedKrw = Math.max(a + homeKrw, b) + unused
    if (reducedKrw >= 0 || reducedKrw > this.worstKept) return
    const visits: number[] = []
    let priceKrw = this.kindKrw
    let carryKrw = 0
    for (let at = label; at >= 0; at = this.parent[at]) {
      const order = kind.orders[this.visit[at] >> 1]
      visits.push(2 * order + (this.visit[at] & 1))
      carryKrw += this.visit[at] & 1 ? 0 : kind.carryKrw[order]
    }
    visits.reverse()
    const orders = visits.flatMap((visit) => (visit & 1 ? [] : [visit >> 1])).sort((x, y) => x - y)
    for (let k = 0; k < active.length; k++) if (orders.includes(kind.orders[active[k]])) priceKrw += this.values[k]
    const key = orders.join()
    const known = this.found.get(key)
    if (known && known.reducedKrw <= reducedKrw) return
    this.found.set(key, { krw: reducedKrw + priceKrw + carryKrw, reducedKrw, orders, visits })
    if (reducedKrw < this.bestKrw) {
      this.bestKrw = reducedKrw
      this.cutoff = Math.floor(KEEP * reducedKrw)
    }
    if (this.found.size < 2 * MOST_COLUMNS) return
    const kept = [...this.found].sort(([, x], [, y]) => x.reducedKrw - y.reducedKrw).slice(0, MOST_COLUMNS)
    this.found.clear()
    for (const [set, each] of kept) this.found.set(set, each)
    this.worstKept = kept[kept.length - 1][1].reducedKrw
  }

  private find(site: number, hash: number): number {
    const { table, words, aboard, load, groupHash, groupSite } = this
    const mask = table.length - 1
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const group = table[slot]
      if (group < 0) return -1
      if (groupHash[group] !== hash || groupSite[group] !== site) continue
      let same = true
      for (let w = 0; w < words; w++) if (aboard[group * words + w] !== load[w]) same = false
      if (same) return group
    }
  }

  private addGroup(site: number, hash: number): number {
    const { network, active, words, load } = this
    const { capacity, demand, siteOf, latestS } = network
    if (this.groups === this.groupSite.length) this.growGroups()
    const group = this.groups++
    this.groupSite[group] = site
    this.groupHash[group] = hash
    this.groupHead[group] = -1
    let by = Number.POSITIVE_INFINITY
    const free = Float64Array.from(capacity)
    for (let order = 0; order < active.length; order++) {
      if ((load[order >> 5] & (1 << (order & 31))) === 0) continue
      const k = active[order]
      by = Math.min(by, latestS[site * siteOf.length + 2 * k + 1])
      for (let d = 0; d < free.length; d++) free[d] -= demand[k * free.length + d]
    }
    if (by === Number.POSITIVE_INFINITY) by = Number.MAX_VALUE
    this.groupBy[group] = by
    for (let w = 0; w < words; w++) {
      this.aboard[group * words + w] = load[w]
      this.room[group * words + w] = 0
    }
    for (let order = 0; order < active.length; order++) {
      let fits = true
      for (let d = 0; d < free.length; d++) if (demand[active[order] * free.length + d] > free[d]) fits = false
      if (fits) this.room[group * words + (order >> 5)] |= 1 << (order & 31)
    }
    if (2 * this.groups > this.table.length) this.rehash()
    else this.hang(group)
    return group
  }

  private hang(group: number): void {
    const { table } = this
    const hash = this.groupHash[group]
    const mask = table.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    while (table[slot] >= 0) slot = (slot + 1) & mask
    table[slot] = group
  }

  private rehash(): void {
    this.table = new Int32Array(2 * this.table.length).fill(-1)
    for (let group = 0; group < this.groups; group++) this.hang(group)
  }

  private growGroups(): void {
    this.groupSite = moreInts(this.groupSite)
    this.groupHash = moreInts(this.groupHash)
    this.groupHead = moreInts(this.groupHead)
    this.groupBy = moreDoubles(this.groupBy)
    this.aboard = moreInts(this.aboard)
    this.room = moreInts(this.room)
  }

  private growLabels(): void {
    this.group = moreInts(this.group)
    this.time = moreDoubles(this.time)
    this.a = moreDoubles(this.a)
    this.b = moreDoubles(this.b)
    this.bound = moreDoubles(this.bound)
    this.gone = moreInts(this.gone)
    this.parent = moreInts(this.parent)
    this.visit = moreInts(this.visit)
    this.next = moreInts(this.next)
    this.nextInBucket = moreInts(this.nextInBucket)
    this.stops = moreInts(this.stops)
    this.priceA = moreInts(this.priceA)
    this.priceB = moreInts(this.priceB)
    this.dead = moreInts(this.dead)
  }
}

function moreInts<T extends Int32Array | Uint16Array | Uint8Array>(list: T): T {
  const more = new (list.constructor as new (length: number) => T)(2 * list.length)
  more.set(list)
  return more
}

function moreDoubles(list: Float64Array<ArrayBuffer>) {
  const more = new Float64Array(2 * list.length)
  more.set(list)
  return more
}
