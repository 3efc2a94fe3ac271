/** What labels share: a site, and the orders on board there. With it, all that depends on no more than the two. */
import type { Network } from './network.ts'

const SEED = 0x2545f491

export class Loads {
  size = 0
  /** [load] */
  site = new Int32Array(1 << 10)
  /** exclusive or of a random word for the site and for each order on board */
  hash = new Int32Array(1 << 10)
  /** latest time to leave the site for any of the deliveries */
  leaveBy = new Float64Array(1 << 10)
  /** first of its labels, -1: none */
  head = new Int32Array(1 << 10)
  /** [load * words + word] orders on board; those that there is room for as well */
  aboard: Int32Array<ArrayBuffer>
  room: Int32Array<ArrayBuffer>
  readonly siteWord: Int32Array
  readonly orderWord: Int32Array

  private readonly network: Network
  private readonly active: Int32Array
  private readonly words: number
  private table = new Int32Array(1 << 12).fill(-1)
  private readonly free: Float64Array

  constructor(network: Network, active: Int32Array, words: number) {
    this.network = network
    this.active = active
    this.words = words
    this.aboard = new Int32Array(words << 10)
    this.room = new Int32Array(words << 10)
    this.free = new Float64Array(network.capacity.length)
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

  clear(): void {
    this.size = 0
    this.table.fill(-1)
  }

  /** -1: nobody has been at the site with these orders. */
  find(site: number, hash: number, orders: Int32Array): number {
    const { table, words, aboard } = this
    const mask = table.length - 1
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const load = table[slot]
      if (load < 0) return -1
      if (this.hash[load] !== hash || this.site[load] !== site) continue
      let same = true
      for (let w = 0; w < words; w++) if (aboard[load * words + w] !== orders[w]) same = false
      if (same) return load
    }
  }

  add(site: number, hash: number, orders: Int32Array): number {
    const { network, active, words, free } = this
    const { capacity, demand, siteOf, latestS } = network
    if (this.size === this.site.length) this.grow()
    const load = this.size++
    this.site[load] = site
    this.hash[load] = hash
    this.head[load] = -1
    free.set(capacity)
    let leaveBy = Number.POSITIVE_INFINITY
    for (let w = 0; w < words; w++) {
      this.aboard[load * words + w] = orders[w]
      this.room[load * words + w] = 0
      for (let bits = orders[w]; bits !== 0; bits &= bits - 1) {
        const k = active[32 * w + 31 - Math.clz32(bits & -bits)]
        leaveBy = Math.min(leaveBy, latestS[site * siteOf.length + 2 * k + 1])
        for (let d = 0; d < free.length; d++) free[d] -= demand[k * free.length + d]
      }
    }
    this.leaveBy[load] = leaveBy
    for (let order = 0; order < active.length; order++) {
      let fits = true
      for (let d = 0; d < free.length; d++) if (demand[active[order] * free.length + d] > free[d]) fits = false
      if (fits) this.room[load * words + (order >> 5)] |= 1 << (order & 31)
    }
    if (2 * this.size > this.table.length) {
      this.table = new Int32Array(2 * this.table.length).fill(-1)
      for (let other = 0; other < load; other++) this.hang(other)
    }
    this.hang(load)
    return load
  }

  private hang(load: number): void {
    const { table } = this
    const hash = this.hash[load]
    const mask = table.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    while (table[slot] >= 0) slot = (slot + 1) & mask
    table[slot] = load
  }

  private grow(): void {
    this.site = moreInts(this.site)
    this.hash = moreInts(this.hash)
    this.leaveBy = moreDoubles(this.leaveBy)
    this.head = moreInts(this.head)
    this.aboard = moreInts(this.aboard)
    this.room = moreInts(this.room)
  }
}

/** Twice as long. */
export function moreInts<T extends Int32Array | Uint16Array | Uint8Array>(list: T): T {
  const more = new (list.constructor as new (length: number) => T)(2 * list.length)
  more.set(list)
  return more
}

export function moreDoubles(list: Float64Array): Float64Array<ArrayBuffer> {
  const more = new Float64Array(2 * list.length)
  more.set(list)
  return more
}
