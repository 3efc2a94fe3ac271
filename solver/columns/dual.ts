/**
 * Proved prices for a split: of all that prove nearly the whole bound those nearest to what the split wants (split/prices.ts), priced
 * until no route undercuts them.
 */
import { openProblem } from '../direct.ts'
import { improveOpened } from '../improve.ts'
import type { Certificate, Plan } from '../plan.ts'
import type { Problem, Travel } from '../problem.ts'
import type { ChooseDual } from '../split/dual.ts'
import { choosePrices } from '../split/prices.ts'
import { readCertificate } from './certificate.ts'
import type { Highs } from './lp.ts'
import { blendPrices, type Prices, sumOf } from './master.ts'
import { Pool } from './pool.ts'
import type { Effort, Priced } from './pricing.ts'
import { Proof } from './proof.ts'

/** Of the search that gathers routes, unless told otherwise. */
const SEARCH_ITERATIONS = 20_000
/** Share of the time for the bound; the rest is for choosing among its prices. */
const BOUND_UPTO = 0.35
/** Share of the time after which no more routes are sought: what is chosen by then is still to be proved. */
const CHOICE_UPTO = 0.5
/** Of the bound, what the prices keep. */
const KEPT = 0.999
/** Of the bound, what prices must prove at least. */
const LEAST = 0.99
const ROUNDS = 200
/** Routes are sought lightly first; where none are found pricing is meant to finish: a choice that is not proved is none. */
const LIGHT: Effort = { labels: 20_000, nodes: 0, slackKrw: 20 }
const FULL: Effort = { labels: 2_000_000, nodes: 2_000, slackKrw: 20 }

export interface DualOptions {
  readonly seed: number
  readonly iterations?: number | undefined
  /** of this plan: it saves the time of proving the bound again */
  readonly certificate?: Certificate | undefined
  /** for all of it, on the clock of `elapsedS`; default: no clock, the same input gives the same prices */
  readonly limit?: { readonly seconds: number; readonly elapsedS: () => number } | undefined
}

export function proveDual(
  highs: Highs,
  problem: Problem,
  travel: Travel,
  plan: Plan,
  options: DualOptions,
): ChooseDual {
  const { seed, limit, certificate, iterations = SEARCH_ITERATIONS } = options
  return ({ groupOf, weight }) => {
    const opened = openProblem(problem, travel, plan.parts)
    const pool = new Pool(opened.instance)
    for (const _ of improveOpened(opened, { seed, pool, from: plan, iterations }));
    const proof = new Proof(highs, opened, plan, pool.list())
    try {
      const past = (share: number) => limit !== undefined && limit.elapsedS() >= limit.seconds * share
      const left = () => (limit ? limit.seconds * BOUND_UPTO - limit.elapsedS() : undefined)
      const { relaxed, pricers, columns } = proof
      let best = certificate && readCertificate(opened, relaxed, certificate)
      if (!best) {
        const steps = proof.bound()
        for (let step = steps.next(); !step.done; step = steps.next(left())) best = step.value
      }
      const { lowerKrw: boundKrw, prices: bestPrices } = best!
      const { pooled, kinds, directKrw, alone, aloneKrw } = relaxed
      /** of prices chosen and proved, those with the highest bound */
      let nearest: Prices | undefined
      const idOf = (order: number) => opened.problem.shipments[order].id
      const chosen = choosePrices({
        highs,
        orders: pooled,
        directKrw,
        counts: kinds.map(({ count }) => count),
        columns,
        lowerKrw: boundKrw - aloneKrw,
        target: { groupOf: opened.problem.shipments.map(({ id }) => groupOf.get(id) ?? -1), weight },
        price(prices, kindKrw) {
          const settling = past(CHOICE_UPTO)
          const light = pricers.flatMap((pricer, kind) => pricer.price(prices, kindKrw[kind], LIGHT).columns)
          if (light.length > 0 && !settling) return { columns: light, leastKrw: null }
          const priced: Priced[] = []
          for (const [kind, pricer] of pricers.entries()) {
            // one pricing can take seconds, and there may be a dozen of them; some choice has to be proved all the same
            if (past(1) && nearest) return { columns: [], leastKrw: null }
            priced.push(pricer.price(prices, kindKrw[kind], FULL))
          }
          const kind = kindKrw.map((krw, k) => krw + Math.min(0, Math.floor(priced[k].leastKrw)))
          const found = { order: prices, kind }
          if (!nearest || sumOf(relaxed, found) > sumOf(relaxed, nearest)) nearest = found
          return {
            columns: settling ? [] : priced.flatMap((found) => found.columns),
            leastKrw: priced.map(({ leastKrw }) => leastKrw),
          }
        },
        kept: KEPT,
        rounds: ROUNDS,
      })
      const kept = chosen.proved && chosen.lowerKrw + aloneKrw >= LEAST * boundKrw
      const { order: orderKrw, kind: kindKrw } = kept ? { order: chosen.prices, kind: chosen.kindKrw } : inBetween()
      return {
        prices: new Map([
          ...pooled.map((order) => [idOf(order), orderKrw[order]] as const),
          ...alone.map(({ order, krw }) => [idOf(order), krw] as const),
        ]),
        fleet: kinds.map(({ types, count }, kind) => ({
          vehicle: opened.problem.vehicles[opened.vehicleOf[types[0]]].id,
          shift: opened.instance.types[types[0]].shift,
          count,
          krw: kindKrw[kind],
        })),
        lowerKrw: kept ? chosen.lowerKrw + aloneKrw : sumOf(relaxed, { order: orderKrw, kind: kindKrw }),
        proved: true,
      }

      /**
       * Out of time before the choice was settled: between prices that no route undercuts there are no others, so as far from the bound's
       * towards the best of those chosen as the bound may give way. A certificate's are proved again, here and now.
       */
      function inBetween(): Prices {
        const { order, kind } = bestPrices
        const proved = certificate
          ? {
              order,
              kind: kind.map((krw, k) => krw + Math.min(0, Math.floor(pricers[k].price(order, krw, FULL).leastKrw))),
            }
          : bestPrices
        const [top, low] = [sumOf(relaxed, proved), nearest ? sumOf(relaxed, nearest) : 0]
        if (!nearest || low >= top) return nearest ?? proved
        return blendPrices(relaxed, nearest, proved, Math.min(1, ((1 - LEAST) * top) / (top - low)))
      }
    } finally {
      proof.dispose()
    }
  }
}
