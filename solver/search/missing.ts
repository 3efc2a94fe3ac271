/**
 * What orders that nobody takes cost under search. Where trucks are tight the way to a better plan leads over plans that leave an order
 * out, so once some plan serves all, the price is kept low enough that a tenth to a fifth of the plans on the way do not. The best plan
 * is judged by the full penalty.
 * Where fewest routes come first the price grows for each order with the time that this order has been left out, so that one that is hard
 * to place gets in where another can wait more easily: the penalties of Nagata & Bräysy (2009), A powerful route minimization heuristic
 * for the vehicle routing problem with time windows, Operations Research Letters 37(5). Differs from the paper: they guide the search for
 * shorter routes, after that for fewer (fleet.ts).
 */
import type { Instance } from '../instance.ts'

/**
 * Plans that leave somebody out are counted over one iteration for each order, and so many at least: a large plan takes longer to answer a
 * price. Between these shares of them it stays, otherwise it moves by so much.
 */
const LEAST_WINDOW = 100
const MOST_LEFT = 0.2
const LEAST_LEFT = 0.1
const STEP = 1.2
/** Below this share of the first temperature weights grow slower with it, or who is left out would change at random in a cold plan. */
const FULL_GROWTH = 1 / 3

/** What is asked of a solution: the orders on no route, and how many of them have no other way. */
interface Left {
  readonly absent: Int32Array
  readonly absentCount: number
  readonly stranded: number
}

export class MissingPrice {
  /** [order] how many times the price it costs */
  readonly weights: Float64Array
  private readonly instance: Instance
  private readonly penalty: number
  private readonly window: number
  private krw: number
  private least: number
  private most: number
  private growth = 0
  private iterations = 0
  private leaves = 0
  private moves = false

  constructor(instance: Instance, penalty: number) {
    this.instance = instance
    this.window = Math.max(LEAST_WINDOW, instance.orders)
    this.penalty = this.krw = this.least = this.most = penalty
    this.weights = new Float64Array(instance.orders).fill(1)
  }

  /**
   * From now on the price moves, from `first`, never below `least`. `growth`: what an iteration of being left out adds to the weight of an
   * order; with it the price stays below `first`, which could otherwise outweigh who has waited.
   */
  open(first: number, least: number, growth: number): void {
    if (this.moves) return
    this.moves = true
    this.krw = Math.min(this.penalty, first)
    this.least = Math.min(this.penalty, least)
    this.growth = growth
    if (growth > 0) this.most = this.krw
  }

  /** Of all that the plan leaves out. */
  of(solution: Left): number {
    if (solution.stranded === 0) return 0
    if (!this.moves) return this.penalty * solution.stranded
    let weight = 0
    for (let k = 0; k < solution.absentCount; k++) {
      const order = solution.absent[k]
      if (this.instance.directCost[order] === Number.POSITIVE_INFINITY) weight += this.weights[order]
    }
    return this.krw * weight
  }

  /** Of one more order that nobody takes. */
  priceOf(order: number): number {
    return this.moves ? this.krw * this.weights[order] : this.penalty
  }

  /** True where orders are left out that weigh more the longer they are. */
  presses(solution: Left): boolean {
    return this.growth > 0 && solution.stranded > 0
  }

  /** Once an iteration: the plan it has led to. `heat`: the temperature as a share of the first. */
  hear(solution: Left, heat: number): void {
    if (solution.stranded > 0) this.leaves++
    if (this.presses(solution)) {
      const growth = this.growth * Math.min(1, heat / FULL_GROWTH)
      for (let k = 0; k < solution.absentCount; k++) this.weights[solution.absent[k]] += growth
    }
    if (++this.iterations < this.window) return
    if (this.leaves > MOST_LEFT * this.window) this.krw = Math.min(this.most, this.krw * STEP)
    else if (this.leaves < LEAST_LEFT * this.window) this.krw = Math.max(this.least, this.krw / STEP)
    this.iterations = this.leaves = 0
  }
}
