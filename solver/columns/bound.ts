/**
 * A lower bound on the cost of every plan of a day, by column generation. The linear program over the columns met so far gives prices;
 * pricing proves how far any route of a kind can undercut them; prices lowered by that much are feasible for all routes, and their sum
 * is a bound whether or not the generation has finished (Lasdon 1970; Lübbecke and Desrosiers 2005, Selected Topics in Column Generation,
 * Operations Research 53(6)). Prices are smoothed towards the best so far (Wentges 1997). Differs from the textbook: everything is whole
 * won, so that the bound is a sum and not a tolerance.
 */
import type { Highs } from './lp.ts'
import { blendPrices, Master, type Prices, sumOf } from './master.ts'
import type { Column, Effort, Pricer } from './pricing.ts'
import type { Relaxed } from './relaxed.ts'

/** Weight of the best prices so far against those of the linear program. */
const SMOOTHING = 0.5
/** By how much the bound may miss the value of the linear program and count as closed, in whole units. */
const CLOSED_KRW = 1

export interface BoundStep {
  /** no plan costs less, whole units */
  readonly lowerKrw: number
  /** feasible for every route: `lowerKrw` is their sum */
  readonly prices: Prices
  readonly rounds: number
  readonly columns: number
  /** columns that pricing has found since the step before */
  readonly found: readonly Column[]
  /** true: no route prices out, the bound is as good as the relaxed routes allow */
  readonly closed: boolean
}

export interface BoundOptions {
  readonly pricers: readonly Pricer[]
  /** routes to start from */
  readonly columns: readonly Column[]
  /** cost of a plan of the same orders, whole units: where the bound meets it there is nothing left to prove */
  readonly upperKrw: number
  /** by how often the effort before was not enough, from 0; null: that is all */
  readonly effort: (level: number) => Effort | null
  readonly rounds: number
}

/** Yields after every pricing of a kind; pass the seconds left to `next`, or nothing where only `effort` limits. */
export function* bound(
  highs: Highs,
  relaxed: Relaxed,
  options: BoundOptions,
): Generator<BoundStep, void, number | undefined> {
  const { pricers, upperKrw, effort } = options
  const { instance, kinds, pooled } = relaxed
  const zero: Prices = { order: new Float64Array(instance.orders), kind: new Float64Array(kinds.length) }
  const master = new Master(highs, relaxed, upperKrw + 1)
  let best = { lowerKrw: sumOf(relaxed, zero), prices: zero }
  let rounds = 0
  let closed = false
  let fresh: readonly Column[] = []
  const step = (): BoundStep => {
    const found = fresh
    fresh = []
    return { ...best, rounds, columns: master.columns.length, found, closed }
  }
  try {
    for (const column of options.columns) master.add(column)
    let left = yield step()
    /** [kind] where it was priced last, and what was proved there */
    const last: ({ readonly prices: Prices; readonly leastKrw: number } | null)[] = kinds.map(() => null)
    let smoothing = 0
    let level = 0
    while (rounds < options.rounds && best.lowerKrw < upperKrw) {
      const lp = master.solve()
      // no prices prove more than the program over fewer columns than there are
      if (best.lowerKrw >= Math.min(upperKrw, lp.krw + relaxed.aloneKrw) - CLOSED_KRW) {
        closed = true
        break
      }
      const prices = blendPrices(relaxed, best.prices, lp.prices, smoothing)
      const limits = effort(level)
      if (limits === null) break
      const folded = prices.kind.slice()
      let added = 0
      let open = false
      for (const [kind, pricer] of pricers.entries()) {
        const known = last[kind] && leastFrom(last[kind], prices, kind)
        if (known !== null && known >= 0) continue
        const found = pricer.price(prices.order, prices.kind[kind], { ...limits, seconds: left })
        last[kind] = { prices, leastKrw: found.leastKrw }
        open ||= found.leastKrw < 0
        folded[kind] += Math.min(0, Math.floor(found.leastKrw))
        fresh = found.columns
        for (const column of found.columns) if (master.add(column)) added++
        left = yield step()
        if (left !== undefined && left <= 0) return
      }
      const feasible = { order: prices.order, kind: folded }
      const lowerKrw = sumOf(relaxed, feasible)
      if (lowerKrw > upperKrw) throw new Error(`a bound of ${lowerKrw} above a plan of ${upperKrw}`)
      if (lowerKrw > best.lowerKrw) best = { lowerKrw, prices: feasible }
      rounds++
      if (added === 0 && smoothing === 0) {
        closed = !open
        if (closed) break
        level++
      }
      // nothing new at smoothed prices: on to those of the program
      smoothing = added > 0 && best.lowerKrw > relaxed.aloneKrw ? SMOOTHING : 0
      left = yield step()
      if (left !== undefined && left <= 0) return
    }
    if (best.lowerKrw >= upperKrw || pooled.length === 0) closed = true
    yield step()
  } finally {
    master.dispose()
  }
}

/** What pricing at other prices has proved for these: a column's reduced cost falls by no more than its prices rise. */
function leastFrom(
  { prices, leastKrw }: { readonly prices: Prices; readonly leastKrw: number },
  now: Prices,
  kind: number,
): number {
  let least = leastKrw - (now.kind[kind] - prices.kind[kind])
  for (let order = 0; order < now.order.length; order++) least -= Math.max(0, now.order[order] - prices.order[order])
  return least
}
