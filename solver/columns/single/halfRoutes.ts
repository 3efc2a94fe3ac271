/**
 * Half routes from one end, each the best of its kind: forwards up to a moment, backwards down to it. A half route is a label: where it
 * stands, its reduced cost, the figure that grows (clock or load), the load, what it remembers, which subset rows it has half a pair of.
 * One label makes another superfluous where it is no worse in all of them (Desrochers, Desrosiers, Solomon 1992); rows it has half a
 * pair of and the other has not may cost it their price (Jepsen et al. 2008). Labels are kept in lists by node and memory, ascending in
 * cost: only lists whose memory is a subset are looked at.
 */

import { MOST_NEIGHBOURS, type Neighbours } from './neighbours.ts'
import { type Completion, type Network, successors } from './network.ts'
import type { SubsetRow } from './subsetRows.ts'

/** Rows with a price that labels can tell apart. */
export const MOST_ROWS = 128
export const ROW_WORDS = MOST_ROWS / 32

/** Subset rows as labels meet them. */
export class PricedRows {
  readonly words: number
  /** [node * ROW_WORDS + word] rows that remember there */
  readonly keep: Int32Array
  /** [node * ROW_WORDS + word] rows of the node */
  readonly toggle: Int32Array
  /** [row] what a pair costs: whole, above 0 */
  readonly pay: Float64Array

  /** `prices`: whole, 0 or less; rows without a price play no part. */
  constructor(nodes: number, rows: readonly SubsetRow[], prices: ArrayLike<number>) {
    this.keep = new Int32Array(nodes * ROW_WORDS)
    this.toggle = new Int32Array(nodes * ROW_WORDS)
    this.pay = new Float64Array(MOST_ROWS)
    let bit = 0
    for (const [index, row] of rows.entries()) {
      if (prices[index] >= 0) continue
      if (bit === MOST_ROWS) throw new Error('too many subset rows')
      const mask = 1 << (bit & 31)
      for (let node = 0; node < nodes; node++) if (row.memory[node]) this.keep[node * ROW_WORDS + (bit >> 5)] |= mask
      for (const node of row.nodes) this.toggle[node * ROW_WORDS + (bit >> 5)] |= mask
      this.pay[bit++] = -prices[index]
    }
    this.words = (bit + 31) >> 5
  }
}

/** 32-bit words of a label: doubles 0 cost, 1 figure, 2 load; words 6 memory, 7 node, 8.. rows, 12 parent, 13 next of its list, 14 next of its slot, 15 list. */
export const WIDTH = 16
export const MEMORY = 6
export const NODE = 7
export const ROWS = 8
export const PARENT = 12
export const NEXT = 13
const WAITING = 14
const LIST = 15

const SLOTS = 4096
const FIRST_ROOM = 1 << 14

export interface Question {
  /** [node] whole, collected on arrival */
  readonly prices: Float64Array
  /** of the label at the start */
  readonly initial: number
  readonly rows: PricedRows
  readonly completion: Completion | null
  /** labels end here; the next visit is the other half's */
  readonly upto: number
  /** routes that cost so much or more are of no interest */
  readonly below: number
  /** false: memory, load and rows are left out of the comparison, which loses routes */
  readonly exact: boolean
}

export class HalfRoutes {
  readonly network: Network
  private readonly memories: Neighbours
  arcs: Int32Array[]
  private buffer = new ArrayBuffer(FIRST_ROOM * WIDTH * 4)
  words = new Int32Array(this.buffer)
  figures = new Float64Array(this.buffer)
  /** labels made, those dropped since included */
  count = 0
  /** [node] first list; lists of a node follow each other, by memory without the node's own bit */
  readonly firstList: Int32Array
  /** [list] */
  head = new Int32Array(0)
  least = new Float64Array(0)
  private readonly waiting = new Int32Array(SLOTS + 1)
  private slot = 0
  private question: Question | null = null
  private readonly state = new Int32Array(ROW_WORDS)

  constructor(network: Network, memories: Neighbours) {
    this.network = network
    this.memories = memories
    this.arcs = successors(network)
    this.firstList = new Int32Array(network.nodes + 1)
  }

  begin(question: Question): void {
    const { nodes, opens } = this.network
    this.question = question
    let lists = 0
    for (let node = 0; node < nodes; node++) {
      this.firstList[node] = lists
      lists += question.exact ? 1 << (this.memories.count[node] - 1) : 1
    }
    this.firstList[nodes] = lists
    if (this.head.length < lists) {
      this.head = new Int32Array(lists)
      this.least = new Float64Array(lists)
    }
    this.head.fill(-1)
    this.least.fill(Number.POSITIVE_INFINITY)
    this.waiting.fill(-1)
    // the start
    this.words.fill(0, 0, WIDTH)
    this.figures[0] = question.initial
    this.figures[1] = opens[nodes]
    this.words[NODE] = nodes
    this.words[PARENT] = -1
    this.words[WAITING] = -1
    this.words[LIST] = -1
    this.waiting[0] = 0
    this.slot = 0
    this.count = 1
  }

  /** Goes on until about `most` labels have been extended; true: done. */
  advance(most: number): boolean {
    const { waiting } = this
    let left = most
    while (this.slot <= SLOTS) {
      const label = waiting[this.slot]
      if (label < 0) {
        this.slot++
        continue
      }
      if (left-- <= 0) return false
      waiting[this.slot] = this.words[label * WIDTH + WAITING]
      // others have come since it was made
      if (label > 0 && this.isBeaten(label)) this.drop(label)
      else this.extend(label)
    }
    return true
  }

  /** Another has made it superfluous. */
  isDropped(label: number): boolean {
    return label > 0 && this.words[label * WIDTH + LIST] < 0
  }

  private extend(label: number): void {
    const { network, memories, state } = this
    const { nodes, cost: arcCost, step, opens, closes, load: loads, capacity } = network
    const { prices, rows, completion, upto, below, exact } = this.question!
    const { members, bitOf } = memories
    const { keep, toggle, pay, words: rowWords } = rows
    const across = nodes + 1
    const from = this.words[label * WIDTH + NODE]
    const cost = this.figures[label * 8]
    const at = this.figures[label * 8 + 1]
    const load = this.figures[label * 8 + 2]
    const memory = this.words[label * WIDTH + MEMORY]
    const scale = SLOTS / (upto - opens[nodes])
    const reach = this.arcs[from]
    for (let k = 0; k < reach.length; k++) {
      const to = reach[k]
      const cell = from * across + to
      let then = at + step[cell]
      if (then > closes[to] || then > upto) continue
      if (then < opens[to]) then = opens[to]
      if (then > upto) continue
      const carried = load + loads[to]
      if (carried > capacity) continue
      // known at the place left: no return
      if (from < nodes) {
        const bit = bitOf[from * nodes + to]
        if (bit >= 0 && (memory >> bit) & 1) continue
      }
      let total = cost + arcCost[cell] - prices[to]
      for (let word = 0; word < rowWords; word++) {
        const kept = this.words[label * WIDTH + ROWS + word] & keep[to * ROW_WORDS + word]
        const both = toggle[to * ROW_WORDS + word]
        for (let paired = kept & both; paired !== 0; paired &= paired - 1)
          total += pay[word * 32 + 31 - Math.clz32(paired & -paired)]
        state[word] = kept ^ both
      }
      if (completion !== null) {
        const there = to * completion.slots + Math.floor((then - completion.from) / completion.width)
        if (total + completion.least[there] >= below) continue
      }
      let known = 1
      for (let rest = memory; rest !== 0; rest &= rest - 1) {
        const other = members[from * MOST_NEIGHBOURS + 31 - Math.clz32(rest & -rest)]
        const bit = bitOf[to * nodes + other]
        if (bit >= 0) known |= 1 << bit
      }
      const lists = exact ? known >> 1 : 0
      if (this.isRefused(this.firstList[to], lists, total, then, carried, -1)) continue
      this.add(
        label,
        to,
        total,
        then,
        carried,
        known,
        this.firstList[to] + lists,
        Math.floor((then - opens[nodes]) * scale),
      )
    }
  }

  private isBeaten(label: number): boolean {
    const { words, figures, state } = this
    for (let word = 0; word < ROW_WORDS; word++) state[word] = words[label * WIDTH + ROWS + word]
    const first = this.firstList[words[label * WIDTH + NODE]]
    const at = label * 8
    const list = words[label * WIDTH + LIST] - first
    return this.isRefused(first, list, figures[at], figures[at + 1], figures[at + 2], label)
  }

  /** Whether a label of one of the subsets' lists is no worse. `state`: rows of the label in question. */
  private isRefused(first: number, list: number, cost: number, at: number, load: number, self: number): boolean {
    const { words, figures, head, least, state } = this
    const { rows, exact } = this.question!
    const rowWords = exact ? rows.words : 0
    const { pay } = rows
    for (let subset = list; ; subset = (subset - 1) & list) {
      if (least[first + subset] <= cost)
        for (let other = head[first + subset]; other >= 0; other = words[other * WIDTH + NEXT]) {
          let total = figures[other * 8]
          if (total > cost) break
          if (figures[other * 8 + 1] > at || other === self) continue
          if (exact && figures[other * 8 + 2] > load) continue
          for (let word = 0; word < rowWords && total <= cost; word++)
            for (let more = words[other * WIDTH + ROWS + word] & ~state[word]; more !== 0; more &= more - 1)
              total += pay[word * 32 + 31 - Math.clz32(more & -more)]
          if (total <= cost) return true
        }
      if (subset === 0) return false
    }
  }

  private add(
    parent: number,
    node: number,
    cost: number,
    at: number,
    load: number,
    memory: number,
    list: number,
    slot: number,
  ): void {
    if (this.count * WIDTH === this.words.length) this.grow()
    const { words, figures, state, head, waiting } = this
    const label = this.count++
    const base = label * WIDTH
    figures[label * 8] = cost
    figures[label * 8 + 1] = at
    figures[label * 8 + 2] = load
    words[base + MEMORY] = memory
    words[base + NODE] = node
    for (let word = 0; word < ROW_WORDS; word++) words[base + ROWS + word] = state[word]
    words[base + PARENT] = parent
    words[base + LIST] = list
    // a slot that has been passed cannot come again
    const place = Math.max(this.slot, Math.min(SLOTS, slot))
    words[base + WAITING] = waiting[place]
    waiting[place] = label
    let before = -1
    let next = head[list]
    while (next >= 0 && figures[next * 8] <= cost) {
      before = next
      next = words[next * WIDTH + NEXT]
    }
    words[base + NEXT] = next
    if (before >= 0) words[before * WIDTH + NEXT] = label
    else {
      head[list] = label
      this.least[list] = cost
    }
  }

  private drop(label: number): void {
    const { words, figures, head } = this
    const list = words[label * WIDTH + LIST]
    let before = -1
    for (let other = head[list]; other !== label; other = words[other * WIDTH + NEXT]) before = other
    const next = words[label * WIDTH + NEXT]
    if (before >= 0) words[before * WIDTH + NEXT] = next
    else {
      head[list] = next
      this.least[list] = next >= 0 ? figures[next * 8] : Number.POSITIVE_INFINITY
    }
    words[label * WIDTH + LIST] = -1
  }

  private grow(): void {
    const larger = new ArrayBuffer(this.buffer.byteLength * 2)
    const words = new Int32Array(larger)
    words.set(this.words)
    this.buffer = larger
    this.words = words
    this.figures = new Float64Array(larger)
  }
}
