/**
 * Removes strings of consecutive visits from a few routes near a random seed order.
 * Christiaens & Vanden Berghe (2020), Slack Induction by String Removals for Vehicle Routing Problems, Transportation Science 54(2),
 * eq. 5 to 9.
 * Differs from the paper: where the choice of trucks is open, the first route sometimes goes as a whole; a pickup leaves together with its
 * delivery; strings are counted in visits; absent orders near the seed are passed over (they are offered to the recreate step anyway).
 */
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import { markGroups } from './groups.ts'
import type { Neighbours } from './neighbours.ts'
import type { Solution } from './solution.ts'
import type { Tuning } from './tuning.ts'

export class Ruiner {
  private readonly instance: Instance
  private readonly tuning: Tuning
  private readonly neighbours: Neighbours
  private readonly random: Random
  private readonly gone: Uint8Array
  /** [route] last iteration that ruined it */
  private ruined = new Int32Array(64)
  private turn = 0
  /** which trucks to use, and whether at all, is part of the question */
  private readonly mayDissolve: boolean
  private readonly seeds: Int32Array

  /** orders that are never taken out */
  private readonly fixed: Int32Array

  /** `seeds`: orders that may be the centre of a ruin. */
  constructor(
    instance: Instance,
    tuning: Tuning,
    neighbours: Neighbours,
    random: Random,
    seeds: Int32Array,
    fixed: Int32Array = new Int32Array(0),
  ) {
    this.seeds = seeds
    this.fixed = fixed
    this.instance = instance
    this.tuning = tuning
    this.neighbours = neighbours
    this.random = random
    this.gone = new Uint8Array(instance.orders)
    this.mayDissolve =
      instance.types.length > 1 || instance.directCost.some((cost) => cost !== Number.POSITIVE_INFINITY)
  }

  /** Takes strings out of the solution's routes around an order, and returns that order. */
  ruin(solution: Solution, seed = this.drawSeed()): number {
    const { instance, neighbours, random, gone } = this
    if (solution.routes.length === 0) return seed
    this.turn++
    if (this.ruined.length < solution.routes.length) this.ruined = new Int32Array(2 * solution.routes.length)
    const longest = Math.min(this.tuning.longestString, solution.visitCount / solution.routes.length) // eq. 5
    const most = (4 * this.tuning.meanRemoved) / (1 + longest) - 1 // eq. 6
    const strings = Math.floor(random.unit() * most + 1) // eq. 7
    const whole = this.mayDissolve && random.unit() < this.tuning.wholeRate
    const touched: number[] = []
    gone.fill(0)
    for (let rank = 0; rank < neighbours.kept && touched.length < strings; rank++) {
      const order = neighbours.list[seed * neighbours.kept + rank]
      const visit = instance.paired[order] && random.next() & 1 ? 2 * order + 1 : 2 * order
      const index = solution.routeOf[visit]
      if (index < 0 || this.ruined[index] === this.turn) continue
      this.ruined[index] = this.turn
      touched.push(index)
      const length = solution.routes[index].length
      if (whole && touched.length === 1) {
        this.markAll(solution, index)
        continue
      }
      const string = Math.floor(random.unit() * Math.min(length, longest) + 1) // eq. 8 and 9
      this.cutString(solution, index, solution.positionOf[visit], Math.min(string, length))
    }
    if (instance.company !== null) markGroups(instance.company, gone)
    for (const order of this.fixed) gone[order] = 0
    // closing an emptied route moves the last one: highest index first
    for (const index of touched.toSorted((a, b) => b - a)) solution.remove(index, gone)
    return seed
  }

  private drawSeed(): number {
    return this.seeds[this.random.below(this.seeds.length)]
  }

  private markAll(solution: Solution, index: number): void {
    const { visits, length } = solution.routes[index]
    for (let k = 1; k <= length; k++) this.gone[visits[k] >> 1] = 1
  }

  /** Marks a string of visits around a position, sometimes with visits in the middle left where they are. */
  private cutString(solution: Solution, index: number, position: number, string: number): void {
    const { random, gone } = this
    const { visits, length } = solution.routes[index]
    let spared = 0
    if (string > 1 && string < length && random.unit() < this.tuning.splitRate) {
      spared = 1
      while (string + spared < length && random.unit() < this.tuning.spareMoreRate) spared++
    }
    const span = string + spared
    const lowest = Math.max(1, position - span + 1)
    const highest = Math.min(position, length - span + 1)
    const first = lowest + random.below(highest - lowest + 1)
    const spareFrom = spared > 0 ? first + random.below(string + 1) : 0
    for (let k = first; k < first + span; k++)
      if (spared === 0 || k < spareFrom || k >= spareFrom + spared) gone[visits[k] >> 1] = 1
  }
}
