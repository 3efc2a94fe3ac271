/**
 * What an order that nobody takes costs under search. Where trucks are tight the way to a better plan leads over plans that leave an order
 * out, so once some plan serves all, the price is kept low enough that a tenth to a fifth of the plans on the way do not. The best plan
 * is judged by the full penalty.
 */

/** The price is looked at after so many iterations, and moves by so much. */
const WINDOW = 100
const MOST_LEFT = 20
const LEAST_LEFT = 10
const STEP = 1.2

export class MissingPrice {
  krw: number
  private readonly penalty: number
  private least: number
  private iterations = 0
  private leaves = 0
  private moves = false

  constructor(penalty: number) {
    this.penalty = this.least = this.krw = penalty
  }

  /** From now on the price moves, from `first`, never below `least`. */
  open(first: number, least: number): void {
    if (this.moves) return
    this.moves = true
    this.krw = Math.min(this.penalty, first)
    this.least = Math.min(this.penalty, least)
  }

  /** Once an iteration: whether the plan leaves an order out. */
  hear(leavesOut: boolean): void {
    if (leavesOut) this.leaves++
    if (++this.iterations < WINDOW) return
    if (this.leaves > MOST_LEFT) this.krw = Math.min(this.penalty, this.krw * STEP)
    else if (this.leaves < LEAST_LEFT) this.krw = Math.max(this.least, this.krw / STEP)
    this.iterations = this.leaves = 0
  }
}
