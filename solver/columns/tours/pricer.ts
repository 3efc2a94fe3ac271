/**
 * Prices routes of contract trucks by an integer program that needs no more than they do (program.ts), one for each kind, kept and
 * changed in its costs from call to call. What it proves is HiGHS's dual bound, never a solution, less a margin for its tolerances: a
 * column may miss its whole value by TOLERANCE, and a reduced cost its sign by less, so the bound may be off by TOLERANCE times what all
 * columns of a route can cost, and one won more.
 */
import { type Highs, type MipLimits, Program, TOLERANCE } from '../lp.ts'
import type { Column, Effort, Priced, Pricer } from '../pricing.ts'
import type { Relaxed, RelaxedKind } from '../relaxed.ts'
import { findCuts } from './cuts.ts'
import { buildTours, type TourProgram } from './program.ts'

/** Cuts gain a few hundred won and make the program twice as slow: not before that much is asked. */
const CUTS_FROM_KRW = 200
const CUT_ROUNDS = 8
const MOST_CUTS = 600
/** A long proof about one set gains a few won. */
const NODES_OF_SET = 200
/** Of the seconds there are, for the proof about the set found. */
const SHARE_OF_SET = 0.2

export class TourPricer implements Pricer {
  private readonly tours: TourProgram
  private readonly program: Program
  private readonly kindIndex: number
  private readonly kind: RelaxedKind
  private cuts = 0

  constructor(highs: Highs, relaxed: Relaxed, kind: number) {
    this.kindIndex = kind
    this.kind = relaxed.kinds[kind]
    this.tours = buildTours(relaxed, this.kind)
    this.program = new Program(highs, this.tours.rows, this.tours.columns)
  }

  price(prices: Float64Array, kindKrw: number, { nodes, slackKrw, seconds }: Effort): Priced {
    const { orders, carryKrw, fixedKrw, minimumKrw } = this.kind
    // no route costs less than its fare for nowhere and all that pays to carry
    let leastSum = Math.max(fixedKrw, minimumKrw)
    let most = this.tours.mostKrw
    for (const { order, column } of this.tours.served) {
      const krw = carryKrw[order] - prices[order]
      this.program.setCost(column, krw)
      leastSum += Math.min(0, krw)
      most += Math.abs(krw)
    }
    const marginKrw = 1 + TOLERANCE * most
    const proved = (bound: number) => Math.max(Math.floor(bound - marginKrw), leastSum)
    const none = { leastKrw: Math.abs(kindKrw), columns: [] }
    if (orders.length === 0) return none
    if (slackKrw <= CUTS_FROM_KRW) this.cut()
    const within = (share: number) => (seconds === undefined ? undefined : seconds * share)
    const limits = { nodes, gap: slackKrw, seconds: within(1 - SHARE_OF_SET) }
    const { bound, values, krw } = this.program.solveWhole(limits)
    // nothing can be served
    if (bound === Number.POSITIVE_INFINITY) return none
    const least = proved(bound)
    const columns: Column[] = []
    if (values) {
      const set = this.tours.served.filter(({ column }) => values[column] > 0.5).map(({ order }) => order)
      // near the bound the set's own is hardly better
      const near = krw - least <= 2 * marginKrw + 20
      const alone = { nodes: NODES_OF_SET, gap: 10, seconds: within(SHARE_OF_SET) }
      const own = near ? least : Math.max(least, proved(this.boundOf(set, alone)))
      if (own < kindKrw) {
        const sum = set.reduce((total, order) => total + prices[order], 0)
        columns.push({ kind: this.kindIndex, orders: set, krw: own + sum, visits: null })
      }
    }
    return { leastKrw: least - kindKrw, columns }
  }

  dispose(): void {
    this.program.dispose()
  }

  /** Bound on routes that serve exactly the set. */
  private boundOf(set: readonly number[], limits: MipLimits): number {
    const members = new Set(set)
    const { served, columns } = this.tours
    for (const { order, column } of served) {
      const share = members.has(order) ? 1 : 0
      this.program.setBounds(column, share, share)
    }
    const { bound } = this.program.solveWhole(limits)
    for (const { column } of served) this.program.setBounds(column, columns[column].lower, columns[column].upper)
    return bound
  }

  /** Adds rows that the program without whole numbers breaks: they hold for every route, whatever the prices. */
  private cut(): void {
    for (let round = 0; round < CUT_ROUNDS && this.cuts < MOST_CUTS; round++) {
      const solution = this.program.solveRelaxed()
      const cuts = solution ? findCuts(this.tours, solution.values) : []
      if (cuts.length === 0) return
      this.cuts += cuts.length
      for (const { lower, columns, values } of cuts)
        this.program.addRow({ lower, upper: Number.POSITIVE_INFINITY }, columns, values)
    }
  }
}
