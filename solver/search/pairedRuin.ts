/**
 * Ruins routes of pairs that are changed in place: takes strings of visits out of a few near one end of a random order. Unlike in ruin.ts
 * every string is at the visit that is near, not at either end of its order.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2),
 * eq. 5 to 9. Differs from the paper: a pickup leaves together with its delivery; strings are counted in visits.
 */
import type { Random } from '../random.ts'
import type { NearNodes } from './nearNodes.ts'
import type { PairedRoutes } from './pairedRoutes.ts'
import type { Tuning } from './tuning.ts'

export class PairedRuiner {
  /** orders of the last ruin, from 1 on */
  readonly removed: Int32Array
  count = 0
  private readonly routes: PairedRoutes
  private readonly tuning: Tuning
  private readonly random: Random
  private readonly near: Int32Array
  private readonly kept: number
  private readonly gone: Uint8Array
  /** chance that the first route goes as a whole */
  private readonly wholeRate: number

  /** `mayDissolve`: which trucks to use, and whether at all, is part of the question. */
  constructor(routes: PairedRoutes, tuning: Tuning, random: Random, { near, kept }: NearNodes, mayDissolve = false) {
    this.wholeRate = mayDissolve ? tuning.wholeRate : 0
    this.removed = new Int32Array(routes.orders)
    this.gone = new Uint8Array(routes.orders)
    this.routes = routes
    this.tuning = tuning
    this.random = random
    this.near = near
    this.kept = kept
  }

  /** Takes strings out of a few routes near an order, counted from 1 on. */
  ruin(seed: number, absentCount: number): void {
    const { random, tuning, near, kept, routes, removed, gone } = this
    const { routeOf, list } = routes
    routes.begin()
    this.count = 0
    const visits = 2 * (routes.orders - absentCount)
    const longest = Math.min(tuning.longestString, visits / routes.used) // eq. 5
    const most = (4 * tuning.meanRemoved) / (1 + longest) - 1 // eq. 6
    const strings = Math.floor(random.unit() * most + 1) // eq. 7
    const center = 2 * seed - (random.next() & 1)
    const whole = this.wholeRate > 0 && random.unit() < this.wholeRate
    const ruined: number[] = []
    for (let rank = -1; rank < kept && ruined.length < strings; rank++) {
      const node = rank < 0 ? center : near[center * kept + rank]
      const route = routeOf[(node + 1) >> 1]
      if (route < 0 || ruined.includes(route)) continue
      ruined.push(route)
      const { length } = list[route]
      if (whole && ruined.length === 1) {
        this.cut(route, node, length)
        continue
      }
      const string = Math.floor(random.unit() * Math.min(length, longest) + 1) // eq. 8 and 9
      this.cut(route, node, Math.min(string, length))
    }
    for (const route of ruined) routes.strip(route, gone)
    for (let k = 0; k < this.count; k++) gone[removed[k] - 1] = 0
  }

  /** Marks a string of visits around a node, sometimes with visits in the middle left where they are. */
  private cut(route: number, node: number, string: number): void {
    const { random, gone, removed, tuning } = this
    const { nodes, length } = this.routes.list[route]
    let position = 1
    while (nodes[position] !== node) position++
    let spared = 0
    if (string > 1 && string < length && random.unit() < tuning.splitRate) {
      spared = 1
      while (string + spared < length && random.unit() < tuning.spareMoreRate) spared++
    }
    const span = string + spared
    const lowest = Math.max(1, position - span + 1)
    const highest = Math.min(position, length - span + 1)
    const first = lowest + random.below(highest - lowest + 1)
    const spareFrom = spared > 0 ? first + random.below(string + 1) : 0
    for (let k = first; k < first + span; k++) {
      if (spared > 0 && k >= spareFrom && k < spareFrom + spared) continue
      const order = (nodes[k] - 1) >> 1
      if (gone[order]) continue
      gone[order] = 1
      removed[this.count++] = order + 1
    }
  }
}
