/**
 * Temperature, and what going direct costs, over the budget of a search. Where the choice of trucks is open, the search cools again and
 * again, since one cooling ends in one of many mixes of trucks; on routes that are changed in place the last goes on from the best of these.
 */
import { type Budget, Pace } from './budget.ts'
import type { Tuning } from './tuning.ts'

/** Share of a cooling before which a search keeps its own way whatever others have found, and its routes are not worth keeping. */
const OWN_WAY = 0.5

export class Cooling {
  temperature = 0
  /** what multiplies the price of going direct */
  factor = 1
  /** true where the last of several coolings begins, which goes on from the best so far, not as hot */
  goesBack = false
  private finishes = false
  private fraction = 0
  private cycles = 1
  private hot: number
  private readonly hottest: number
  private readonly cold: number
  private readonly pace: Pace
  private readonly tuning: Tuning
  private readonly orders: number
  private readonly again: boolean
  private readonly mayFinish: boolean

  /** From here on, from `hot` to `cold`; `again`: in several coolings; `mayFinish`: the last of which goes on from the best. */
  constructor(
    budget: Budget,
    tuning: Tuning,
    orders: number,
    { hot, cold, again, mayFinish }: { hot: number; cold: number; again: boolean; mayFinish: boolean },
  ) {
    this.pace = new Pace(budget)
    this.tuning = tuning
    this.orders = orders
    this.hot = this.hottest = hot
    this.cold = cold
    this.again = again
    this.mayFinish = mayFinish
  }

  /** True while the search keeps its own way. */
  get ownWay(): boolean {
    return this.fraction < OWN_WAY
  }

  /** The temperature as a share of the first. */
  get heat(): number {
    return this.temperature / this.hottest
  }

  /** Reckons temperature and factor from how much of the budget is used. */
  update(): void {
    const { pace, tuning, orders, cold, again } = this
    const share = pace.used
    const expected = pace.news()
    if (expected !== undefined) {
      const perOrder = expected / orders
      if (again) this.cycles = Math.max(1, Math.round(perOrder / tuning.cycleIterations))
      // where there are few iterations for each order, a hot start would be all there is
      else this.hot = Math.max(2 * cold, this.hottest * Math.min(1, perOrder / tuning.hotIterations))
    }
    const { cycles } = this
    const last = this.mayFinish && cycles > 1 ? tuning.finishFrom : 1
    const finishes = last < 1 && share >= last
    this.goesBack = finishes && !this.finishes
    this.finishes = finishes
    const coolings = last < 1 ? cycles - 1 : cycles
    const turn = (share / last) * coolings
    if (finishes) this.fraction = (share - last) / (1 - last)
    else this.fraction = share < 1 && cycles > 1 ? turn % 1 : share
    const hot = finishes ? Math.max(2 * cold, this.hot * tuning.finishHot) : this.hot
    this.temperature = hot * (cold / hot) ** this.fraction
    // where there is time for several coolings every other begins with orders that hardly ever stay out; the last does not
    const dear = cycles > 2 && !finishes && (coolings - Math.floor(turn)) % 2 === 0
    this.factor = dear ? 1 + (tuning.directFactor - 1) * Math.max(0, 1 - this.fraction / tuning.directTrueFrom) : 1
  }
}
