/** What the search is tuned by, in one place, so that `tests/bench/ablation.ts` can say what each of them earns. */

export interface Tuning {
  /** first and last temperature, as shares of the cost of one order in the first solution; in the paper 100 and 1, where that is about 100 */
  readonly hot: number
  readonly cold: number
  /** the first where routes come first: they are few and long, and an order costs little beside what a change of order can cost */
  readonly hotForFewestRoutes: number
  /** with fewer iterations an order than this the start is as much less hot, where the choice of trucks is not open */
  readonly hotIterations: number
  /** where the choice of trucks is open, the search cools again and again: iterations an order for each time */
  readonly cycleIterations: number
  /**
   * there, on routes that are changed in place, the share of the budget from which it cools for the last time, from the best so far, and
   * from what share of the first temperature
   */
  readonly finishFrom: number
  readonly finishHot: number
  /**
   * how many times dearer going direct looks to the first solution and at the start of every other cooling, and the share of that from which
   * on it is at its true price
   */
  readonly directFactor: number
  readonly directTrueFrom: number
  /** where orders may go direct: how often a recreate may open its first route for less than it costs, and the least share of that */
  readonly openRate: number
  readonly openLeast: number
  /** mean visits removed, longest string, chance of a split string, and of sparing one visit more in it: the paper's values */
  readonly meanRemoved: number
  readonly longestString: number
  readonly splitRate: number
  readonly spareMoreRate: number
  /** chance that the route of the seed goes as a whole, where the choice of trucks is open */
  readonly wholeRate: number
  /**
   * chance that two ruined routes exchange their tails: where there are windows, where there are only loads; and the most that may add, in
   * mean costs of a visit
   */
  readonly tailRate: number
  readonly loadTailRate: number
  readonly tailMost: number
  /** chance that the best place on a route is passed over: the paper's rate, there for each position */
  readonly blinkRate: number
  /** up to so many routes all are looked at; above, those of so many nearest orders */
  readonly fewRoutes: number
  readonly nearOrders: number
  /** orders that were out before, offered again to a recreate */
  readonly mostOffered: number
  /**
   * fewer routes first: temperature as a share of the cost of one order; share of the budget it takes at least, plus so many times the
   * share after which the last route went, and at most
   */
  readonly fleetTemperature: number
  readonly fleetLeast: number
  readonly fleetPatience: number
  /** there, of pairs, the least share where the budget is for more iterations an order than so many */
  readonly fleetLong: number
  readonly fleetPlenty: number
  readonly fleetMost: number
  /**
   * there, up to so many orders a route: temperature, ruins from one order placed to the next; both again where on routes that are changed
   * in place others push in, from so many iterations an order on; and the most that give way to one
   */
  readonly fleetShort: number
  readonly fleetShakeTemperature: number
  readonly fleetShakes: number
  readonly fleetPushTemperature: number
  readonly fleetPushes: number
  readonly fleetPushFrom: number
  readonly fleetEjected: number
  /** wherever orders are out that are to come back: how often those left out longest are put in first, and the ruin is at one */
  readonly missedFirst: number
  readonly ruinAtMissed: number
  /** how often a recreate sees larger trucks cheaper or dearer than they are, and up to how many times */
  readonly eagerRate: number
  readonly eagerBase: number
  /**
   * first price of an order that nobody takes, in costs of an order, where trucks of several types are limited or fewest routes come first;
   * for these the least, and how many times the price each iteration adds that an order is left out
   */
  readonly missing: number
  readonly missingLeast: number
  readonly missingGrowth: number
  /** a route gets the cheapest type that is left or changes trucks with another; a truck that is too small gives way to a larger one */
  readonly retype: boolean
  readonly outgrow: boolean
}

export const TUNING: Tuning = {
  hot: 1,
  cold: 0.01,
  hotForFewestRoutes: 2,
  hotIterations: 500,
  cycleIterations: 300,
  finishFrom: 0.5,
  finishHot: 0.2,
  directFactor: 3,
  directTrueFrom: 0.8,
  openRate: 0.2,
  openLeast: 0.1,
  meanRemoved: 10,
  longestString: 10,
  splitRate: 0.5,
  spareMoreRate: 0.01,
  wholeRate: 0.2,
  tailRate: 0.5,
  loadTailRate: 0.25,
  tailMost: 2,
  blinkRate: 0.01,
  fewRoutes: 8,
  nearOrders: 20,
  mostOffered: 24,
  fleetTemperature: 0.3,
  fleetLeast: 0.25,
  fleetPatience: 2.5,
  fleetLong: 0.5,
  fleetPlenty: 1000,
  fleetMost: 0.6,
  fleetShort: 18,
  fleetShakeTemperature: 0.1,
  fleetShakes: 3,
  fleetPushTemperature: 0.06,
  fleetPushes: 12,
  fleetPushFrom: 250,
  fleetEjected: 2,
  missedFirst: 0.8,
  ruinAtMissed: 0.2,
  eagerRate: 0.3,
  eagerBase: 16,
  missing: 10,
  missingLeast: 0.01,
  missingGrowth: 0.002,
  retype: true,
  outgrow: true,
}
