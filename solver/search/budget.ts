/**
 * How much of the budget a search has used. The search has no clock: it counts its iterations, or is told by whoever pulls it, or, with
 * neither, cools in rounds that double.
 */
import type { Told } from './incumbent.ts'
import type { Assignment } from './solution.ts'

/** A search pauses after so much work, roughly 10 ms. */
const PAUSE_POSITIONS = 200_000
const PAUSE_ITERATIONS = 100
/** Iterations of the first round of cooling where nobody says how long the search may take. */
const FIRST_ROUND = 20_000

/** Shares after which the iterations to come are reckoned anew: a program is slow at first, on a busy machine for long. */
const RECKONED_AT = [0.02, 0.04, 0.08, 0.16]

export class Budget {
  iterations = 0
  /** what another search has found, until it is taken */
  private incumbent: Assignment | null = null
  readonly limit: number | undefined
  private told: number | undefined
  private round = FIRST_ROUND
  private roundFrom = 0
  private pauseAt = PAUSE_ITERATIONS

  constructor(limit: number | undefined) {
    this.limit = limit
  }

  get over(): boolean {
    return this.limit !== undefined && this.iterations >= this.limit
  }

  /** Share used, 0 to 1. */
  get used(): number {
    if (this.limit !== undefined) return this.iterations / this.limit
    if (this.told !== undefined) return this.told
    if (this.iterations - this.roundFrom >= this.round) {
      this.roundFrom = this.iterations
      this.round *= 2
    }
    return (this.iterations - this.roundFrom) / this.round
  }

  /** What the caller passed to `next`. */
  hear(told: Told): void {
    if (told === undefined) return
    const used = typeof told === 'number' ? told : told.used
    if (used !== undefined) this.told = Math.min(1, used)
    if (typeof told !== 'number') this.incumbent = told.incumbent
  }

  takeIncumbent(): Assignment | null {
    const { incumbent } = this
    this.incumbent = null
    return incumbent
  }

  /** True where it is time to hand control back; `positions`: looked at since the last pause. */
  pauses(positions: number): boolean {
    if (this.iterations < this.pauseAt && positions < PAUSE_POSITIONS) return false
    this.pauseAt = this.iterations + PAUSE_ITERATIONS
    return true
  }
}

/** How many iterations what is left of a budget holds, reckoned by the pace of late. */
export class Pace {
  private readonly budget: Budget
  private readonly from: number
  private next = 0
  private seenUsed: number
  private seenIterations: number

  /** From here on. */
  constructor(budget: Budget) {
    this.budget = budget
    this.from = this.seenUsed = budget.used
    this.seenIterations = budget.iterations
  }

  /** Share of what was left at the start that is used, 0 to 1. */
  get used(): number {
    return Math.max(0, (this.budget.used - this.from) / (1 - this.from))
  }

  /** Iterations from the start to the end; undefined where nothing new is known about them. */
  news(): number | undefined {
    const { budget, from, used } = this
    if (!(used > RECKONED_AT[this.next])) return undefined
    while (used > RECKONED_AT[this.next]) this.next++
    if (budget.limit !== undefined) return budget.limit * (1 - from)
    const pace = (budget.iterations - this.seenIterations) / (budget.used - this.seenUsed)
    this.seenUsed = budget.used
    this.seenIterations = budget.iterations
    return pace * (1 - from)
  }
}
