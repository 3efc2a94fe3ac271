/** Which pricer proves a kind of truck: exact labels where routes are short, an integer program where labels run out. */
import { LabelPricer } from './labels/pricer.ts'
import type { Highs } from './lp.ts'
import type { Column, Effort, Priced, Pricer } from './pricing.ts'
import type { Relaxed } from './relaxed.ts'
import { TourPricer } from './tours/pricer.ts'

/** [kind] */
export function makePricers(highs: Highs, relaxed: Relaxed): Pricer[] {
  return relaxed.kinds.map(({ start, end }, kind) => {
    const labels = new LabelPricer(relaxed, kind)
    return start < 0 && end < 0 ? labels : new EitherPricer(labels, new TourPricer(highs, relaxed, kind))
  })
}

/** Share of the labels that is still spent, for the routes they find, once they have run out. */
const LABELS_AFTER = 0.1

/** Labels while they suffice, for they are exact; after that what the integer program proves, and the routes of both. */
class EitherPricer implements Pricer {
  private readonly labels: LabelPricer
  private readonly tours: TourPricer
  private ranOutAt = 0

  constructor(labels: LabelPricer, tours: TourPricer) {
    this.labels = labels
    this.tours = tours
  }

  price(prices: Float64Array, kindKrw: number, effort: Effort): Priced {
    const hopeless = effort.labels <= this.ranOutAt
    const labels = hopeless ? effort.labels * LABELS_AFTER : effort.labels
    const routes = this.labels.price(prices, kindKrw, { ...effort, labels })
    const { leastKrw } = routes
    const reducedKrw = ({ orders, krw }: Column) =>
      krw - kindKrw - orders.reduce((sum, order) => sum + prices[order], 0)
    // exact where a route reaches what was proved
    if (effort.nodes === 0 || leastKrw >= 0 || routes.columns.some((column) => reducedKrw(column) <= leastKrw))
      return routes
    this.ranOutAt = Math.max(this.ranOutAt, effort.labels)
    const tours = this.tours.price(prices, kindKrw, effort)
    return {
      leastKrw: Math.max(leastKrw, tours.leastKrw),
      columns: [...routes.columns, ...tours.columns],
    }
  }

  dispose(): void {
    this.labels.dispose()
    this.tours.dispose()
  }
}
