/**
 * One set of prices among the many that prove the same bound. What a firm is charged by dual prices can range over most of its size, so
 * that "the prices" of a solver mean nothing. Chosen here is, of all that prove nearly the whole bound, the set with least rent for
 * trucks, and of those the one nearest to proportional: the largest relative change of a group is least, then the next, and so on,
 * which is unique in the sums of the groups and treats equals as equals. (The least sum of changes is neither: it leaves most groups
 * where they are and loads one.) Columns known are fewer than columns there are: the choice is priced again until no column costs
 * less than its prices.
 */
import type { Highs } from '../columns/lp.ts'
import type { Column } from '../columns/pricing.ts'
import { ANY, levelTerms, NONE, type SumRow, solveRows, type Term, type Variable } from './linear.ts'

export interface PriceTarget {
  /** [order] group whose sum counts; -1: pays its own way, whatever its price */
  readonly groupOf: ArrayLike<number>
  /** [group] sums in these proportions would be best; above 0 */
  readonly weight: ArrayLike<number>
}

export interface Repriced {
  /** that cost less than the prices of their orders and kind together */
  readonly columns: readonly Column[]
  /** [kind] least reduced cost, proved, whole; null: nothing is proved */
  readonly leastKrw: ArrayLike<number> | null
}

export interface PriceQuestion {
  readonly highs: Highs
  /** rows of the column model */
  readonly orders: readonly number[]
  /** [order] whole; Infinity: it must ride */
  readonly directKrw: ArrayLike<number>
  /** [kind] trucks */
  readonly counts: ArrayLike<number>
  readonly columns: readonly Column[]
  /** bound of these orders: what prices and kinds should add up to */
  readonly lowerKrw: number
  readonly target: PriceTarget
  readonly price: (prices: Float64Array, kindKrw: Float64Array) => Repriced
  /** of the bound, what prices and kinds keep; default: all of it for some rounds, then a little less */
  readonly kept?: number
  /** how often prices are chosen at most */
  readonly rounds?: number
}

export interface ChosenPrices {
  /** [order] whole, 0 up to the direct price */
  readonly prices: Float64Array
  /** [kind] whole, 0 or less */
  readonly kindKrw: Float64Array
  /** prices and kinds added up: where proved, no plan of these orders costs less */
  readonly lowerKrw: number
  readonly proved: boolean
  readonly columns: readonly Column[]
}

const KEPT = 0.999
/** Rounds in which the whole bound is asked for, before KEPT of it will do: without that prices and columns may chase each other for long. */
const WHOLE_ROUNDS = 8
const MOST_ROUNDS = 60
/** Weight of a won of the bound that prices fail to reach, against one of rent. */
const SHORT = 4
/** Won of rent that the choice may add, against the tolerance of the solver. */
const SETTLED_KRW = 1e-4
/** Values of the solver this much below a whole won are that won: columns of up to a thousand orders still cost at least their prices. */
const NEARLY = 1e-3

export function choosePrices({ rounds = MOST_ROUNDS, ...question }: PriceQuestion): ChosenPrices {
  const { directKrw, orders, counts, lowerKrw: boundKrw, price } = question
  const columns = [...question.columns]
  for (let round = 1; ; round++) {
    // levelling takes many programs: left for prices that may last
    const kept = question.kept ?? (round <= WHOLE_ROUNDS ? 1 : KEPT)
    let found = settle(chooseOnce({ ...question, kept, columns }, false))
    let answer = price(found.prices, found.kindKrw)
    if (answer.columns.length === 0 || round >= rounds) {
      found = settle(chooseOnce({ ...question, kept, columns }, true))
      answer = price(found.prices, found.kindKrw)
    }
    columns.push(...answer.columns)
    if (answer.columns.length > 0 && round < rounds) continue
    const { leastKrw } = answer
    // what is left below 0 is folded into the price of the kind
    const kindKrw = found.kindKrw.map((krw, kind) => krw + Math.min(0, leastKrw?.[kind] ?? 0))
    const lowerKrw = sumOf(found.prices, kindKrw)
    return { prices: found.prices, kindKrw, lowerKrw, proved: leastKrw !== null, columns }
  }

  /** Whole won downwards, so that columns of whole cost stay above their prices; then single won back where no column known minds. */
  function settle(values: { prices: Float64Array; kindKrw: Float64Array }) {
    const prices = values.prices.map((krw, order) => Math.max(0, Math.min(directKrw[order], Math.floor(krw + NEARLY))))
    const kindKrw = values.kindKrw.map((krw) => Math.min(0, Math.floor(krw + NEARLY)) + 0)
    const slack = columns.map(({ kind, orders: carried, krw }) =>
      carried.reduce((left, order) => left - prices[order], krw - kindKrw[kind]),
    )
    const of = (kind: number) => columns.flatMap((column, k) => (column.kind === kind ? [k] : []))
    const holding = (order: number) => columns.flatMap(({ orders: carried }, k) => (carried.includes(order) ? [k] : []))
    let missing = boundKrw - sumOf(prices, kindKrw)
    const raise = (inside: readonly number[], worth: number) => {
      if (missing < worth || inside.some((k) => slack[k] < 1)) return 0
      for (const k of inside) slack[k]--
      missing -= worth
      return 1
    }
    if (missing > 0) {
      for (const kind of kindKrw.keys()) if (kindKrw[kind] < 0) kindKrw[kind] += raise(of(kind), counts[kind])
      for (const order of orders) if (prices[order] + 1 <= directKrw[order]) prices[order] += raise(holding(order), 1)
    }
    return { prices, kindKrw }
  }

  function sumOf(prices: Float64Array, kindKrw: Float64Array): number {
    const paid = orders.reduce((sum, order) => sum + prices[order], 0)
    return kindKrw.reduce((sum, krw, kind) => sum + counts[kind] * krw, paid)
  }
}

/** The most that prices and kinds can add up to over the columns: the linear relaxation. Whole, rounded down. */
export function mostOverColumns(
  question: Pick<PriceQuestion, 'highs' | 'orders' | 'directKrw' | 'counts' | 'columns'>,
): number {
  const { highs, orders, counts } = question
  const { rows, limits } = priceRows(question)
  const variables = [
    ...limits.slice(0, orders.length).map((limit) => ({ ...limit, cost: -1 })),
    ...limits.slice(orders.length).map((limit, kind) => ({ ...limit, cost: -counts[kind] })),
  ]
  return Math.floor(-solveRows(highs, variables, rows).krw + NEARLY)
}

/** Variables: a price an order, then a price a kind. Rows: no column below its prices. */
function priceRows({
  orders,
  directKrw,
  counts,
  columns,
}: Pick<PriceQuestion, 'orders' | 'directKrw' | 'counts' | 'columns'>) {
  const at = new Map(orders.map((order, k) => [order, k]))
  const limits = [
    ...orders.map((order) => ({ lower: 0, upper: directKrw[order] })),
    ...Array.from(counts, () => ({ lower: NONE, upper: 0 })),
  ]
  const rows = columns.map(({ kind, orders: carried, krw }): SumRow => {
    const prices = carried.flatMap((order) => (at.has(order) ? [[at.get(order)!, 1] as const] : []))
    return { sum: [...prices, [orders.length + kind, 1]], lower: NONE, upper: krw }
  })
  return { limits, rows }
}

function chooseOnce(question: PriceQuestion, level: boolean) {
  const { highs, orders, directKrw, counts, lowerKrw, target, kept = 1 } = question
  const { limits, rows } = priceRows(question)
  const groups = Array.from(target.weight, (weight, group) => ({
    weight,
    members: orders.flatMap((order, k) => (target.groupOf[order] === group ? [k] : [])),
  })).filter(({ members, weight }) => members.length > 0 && weight > 0)
  const ungrouped = orders.filter((order) => target.groupOf[order] < 0)
  const shared = Math.max(1, lowerKrw - ungrouped.reduce((sum, order) => sum + directKrw[order], 0))
  const weights = groups.reduce((sum, { weight }) => sum + weight, 0)
  const wanted = groups.map(({ weight }) => (shared * weight) / weights)

  // prices, kinds, shortfall of the bound, largest change
  const shortfall = limits.length
  const largest = shortfall + 1
  const variables = (leastOf: 'rent' | 'change'): Variable[] => [
    ...limits.slice(0, orders.length).map((limit) => ({ ...limit, cost: 0 })),
    ...limits.slice(orders.length).map((limit, kind) => ({ ...limit, cost: leastOf === 'rent' ? -counts[kind] : 0 })),
    { lower: 0, upper: ANY, cost: leastOf === 'rent' ? SHORT : 0 },
    { lower: 0, upper: ANY, cost: leastOf === 'change' ? 1 : 0 },
  ]
  const rented = Array.from(counts, (count, kind) => [orders.length + kind, -count] as const)
  const model: SumRow[] = [
    ...rows,
    {
      sum: [
        ...orders.map((_, k) => [k, 1] as const),
        ...rented.map(([kind, count]) => [kind, -count] as const),
        [shortfall, 1],
      ],
      lower: kept * lowerKrw,
      upper: ANY,
    },
  ]
  const least = solveRows(highs, variables('rent'), model).krw
  const priced: SumRow[] = [...model, { sum: [...rented, [shortfall, SHORT]], lower: NONE, upper: least + SETTLED_KRW }]
  const changes = groups.flatMap(({ members }, k): Term[] =>
    [1, -1].map((sign) => ({ sum: members.map((member) => [member, sign / wanted[k]] as const), constant: -sign })),
  )
  const values = level
    ? levelTerms(highs, variables('change'), priced, changes)
    : solveRows(highs, variables('change'), [
        ...priced,
        ...changes.map(({ sum, constant }) => ({
          sum: [...sum, [largest, -1] as const],
          lower: NONE,
          upper: -constant,
        })),
      ]).values
  const size = Math.max(...orders, -1) + 1
  const prices = new Float64Array(Math.max(size, directKrw.length))
  for (const [k, order] of orders.entries()) prices[order] = values[k]
  return { prices, kindKrw: values.slice(orders.length, orders.length + counts.length) }
}
