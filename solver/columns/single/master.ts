/**
 * The least that trucks with single visits can cost (CVRP, VRPTW), by columns: the linear program over ng-routes, tightened where its
 * routes return and by subset rows. At any prices the sum of the orders' prices, the trucks' and the rows', and for every truck what the
 * best route is still worth, is a bound (Lagrange; Luebbecke and Desrosiers 2005): the best so far holds whenever one stops. Prices are whole,
 * so the bound is an identity and HiGHS need not be believed. Pricing asks between the last prices and the best known (Wentges 1997).
 */

import { type Highs, type LpSolution, Program } from '../lp.ts'
import type { Relaxed } from '../relaxed.ts'
import { MOST_ROWS, PricedRows } from './halfRoutes.ts'
import { Neighbours } from './neighbours.ts'
import { makeNetwork, type Network } from './network.ts'
import { type PricedRoutes, routeKrw, VisitPricer } from './pricer.ts'
import { blend, firstPrices, type Prices, reducedKrw, type SingleColumn, shortestLegs } from './routePrices.ts'
import { countPairs, findRows, type SubsetRow } from './subsetRows.ts'

export interface SingleOptions {
  /** routes of plans that are known: a kind, and orders as driven */
  readonly routes?: readonly { readonly kind: number; readonly orders: readonly number[] }[]
  /** cost of a plan that is known: a bound as high as that is high enough; whole */
  readonly upperKrw?: number
  /** [kind] routes of a plan at most; by default what the kind has */
  readonly trucks?: readonly number[]
  /** neighbours that a route remembers at first */
  readonly memory?: number
  /** labels after which a pricing gives up, and with it the bound */
  readonly labels?: number
  /** subset rows at a time; 0: none */
  readonly rows?: number
}

export interface SingleStep {
  /** no plan costs less; whole */
  readonly lowerKrw: number
  /** the linear program over the columns so far: what the bound is on the way to */
  readonly programKrw: number
  readonly rounds: number
  readonly columns: number
  readonly cuts: number
  readonly labels: number
  /** the bound of the linear program over ng-routes, before subset rows; null: not closed yet */
  readonly rootKrw: number | null
  /** nothing is left that this method could tighten */
  readonly ended: boolean
}

/** Share of the best prices known in those that are asked. */
const SMOOTHING = 0.6
/** Neighbours remembered at first, the node itself among them. */
const MEMORY = 8
/** 128 MB for each half. */
const MOST_LABELS = 2_000_000
/** Four times dearer each: then no prices will do. */
const MOST_RAISES = 12
/** Known routes that fill so little of their trucks: loads will hardly matter. */
const LIGHT = 0.75
const ROWS_AT_A_TIME = 25
/** Share of the program by which the bound may stay behind before the program is tightened. */
const CLOSE = 2e-5
const QUICK_IN_A_ROW = 30
/** Such a proof is worth so many labels. */
const PROBE_LABELS = 100_000
/** Beyond so many the half that is furthest from being of use is forgotten. */
const MOST_COLUMNS = 4000
const ROUTES_AT_A_TIME = 100
/** By how much right-hand sides differ from one, and the step that spreads them evenly. */
const BIT = 1e-5
const GOLDEN = 0.6180339887498949

/** Null where an order has two visits, or there is nothing to carry. Each step holds the best bound so far; stop pulling at any time. */
export function boundSingle(
  highs: Highs,
  relaxed: Relaxed,
  options: SingleOptions = {},
): Generator<SingleStep, void> | null {
  const { instance, pooled, kinds } = relaxed
  if (pooled.length === 0 || kinds.length === 0 || pooled.some((order) => instance.paired[order] === 1)) return null
  return new Master(highs, relaxed, options).run()
}

class Master {
  private readonly highs: Highs
  private readonly relaxed: Relaxed
  private readonly nodes: number
  private networks: Network[]
  /** [node] */
  private readonly loads: Float64Array
  /** false: loads are left out as long as no route of the program is too heavy */
  private weighs: boolean
  private nearest: number
  private memories: Neighbours
  private pricers: VisitPricer[]
  private readonly trucks: readonly number[]
  private readonly upper: number
  private readonly mostLabels: number
  private readonly rowsAtATime: number
  private columns: SingleColumn[] = []
  private known = new Set<string>()
  private rows: SubsetRow[] = []
  private program: Program | null = null
  /** [node] what a truck that does not exist asks for an order, so that the program has a solution */
  private stopgapKrw: Float64Array
  private best: Prices | null = null
  private lower: number
  private root: number | null = null
  private programKrw = Number.POSITIVE_INFINITY
  private rounds = 0
  private labels = 0

  constructor(highs: Highs, relaxed: Relaxed, options: SingleOptions) {
    const { instance } = relaxed
    this.highs = highs
    this.relaxed = relaxed
    this.nodes = relaxed.pooled.length
    this.loads = Float64Array.from(relaxed.pooled, (order) => instance.demand[order * instance.dimensions])
    const known = options.routes ?? []
    this.weighs = !(
      known.length > 0 &&
      known.every(({ kind, orders }) => {
        const load = orders.reduce((sum, order) => sum + instance.demand[order * instance.dimensions], 0)
        return load <= LIGHT * relaxed.kinds[kind].capacity[0]
      })
    )
    this.networks = relaxed.kinds.map((kind) => makeNetwork(relaxed, kind, this.weighs))
    this.nearest = options.memory ?? MEMORY
    this.memories = new Neighbours(this.networks[0], this.nearest)
    this.pricers = this.networks.map((network) => new VisitPricer(network, this.memories))
    this.upper = options.upperKrw ?? Number.POSITIVE_INFINITY
    this.trucks = options.trucks ?? mostTrucks(relaxed, this.networks)
    this.mostLabels = options.labels ?? MOST_LABELS
    this.rowsAtATime = options.rows ?? ROWS_AT_A_TIME
    const nodeOf = new Map(relaxed.pooled.map((order, node) => [order, node]))
    for (const { kind, orders } of options.routes ?? [])
      this.addColumn(
        kind,
        orders.map((order) => nodeOf.get(order)!),
      )
    for (const kind of this.networks.keys()) for (let node = 0; node < this.nodes; node++) this.addColumn(kind, [node])
    this.stopgapKrw = Float64Array.from({ length: this.nodes }, (_, node) => {
      const alone = this.networks.map((network) => routeKrw(network, [node])).filter(Number.isFinite)
      return 3 * Math.max(0, ...alone) + relaxed.scale
    })
    this.best = firstPrices(relaxed, this.networks, this.columns)
    this.lower = shortestLegs(relaxed, this.networks)
  }

  *run(): Generator<SingleStep, void> {
    try {
      let tolerance = CLOSE
      let raises = 0
      for (;;) {
        const closed = yield* this.close(tolerance)
        if (this.lower >= this.upper) break
        if (!closed) {
          if (this.root === null && this.rememberLess()) continue
          break
        }
        const weighed = this.weigh()
        if (weighed === null) {
          // after so many the trucks are too few
          if (raises++ === MOST_RAISES) break
          for (let node = 0; node < this.nodes; node++) this.stopgapKrw[node] *= 4
          this.forget()
          continue
        }
        if (this.tighten(weighed)) tolerance = CLOSE
        else if (tolerance > 0) tolerance = 0
        else break
        yield this.step(false)
      }
      yield this.step(true)
    } finally {
      this.program?.dispose()
    }
  }

  /** Columns until the bound has come up to the program; false: a pricing was too much. */
  private *close(tolerance: number): Generator<SingleStep, boolean> {
    let smoothing = SMOOTHING
    let quick = true
    let inARow = 0
    for (;;) {
      yield this.step(false)
      const solution = this.solve()
      const now = this.pricesOf(solution)
      this.programKrw = this.worth(now)
      if (this.programKrw - this.lower <= tolerance * this.programKrw) return true
      if (this.columns.length > MOST_COLUMNS) this.purge(now)
      const asked = this.best ? blend(this.best, now, smoothing) : now
      this.rounds++
      // now and then a proof, for who stops early, and for the prices to start from
      if (quick && inARow++ < QUICK_IN_A_ROW) {
        const priced = yield* this.ask(asked, false, this.mostLabels)
        if (this.addRoutes(priced, now) > 0) continue
        quick = false
      }
      inARow = 0
      const priced = yield* this.ask(asked, true, quick ? PROBE_LABELS : this.mostLabels)
      this.judge(asked, priced)
      yield this.step(false)
      if (priced.some(({ gaveUp }) => gaveUp)) {
        if (!quick) return false
        continue
      }
      const added = this.addRoutes(priced, now)
      if (added > 0) {
        quick = true
        smoothing = SMOOTHING
      } else if (asked === now || smoothing === 0) return true
      else smoothing = smoothing > 0.3 ? 0.3 : 0
    }
  }

  private *ask(prices: Prices, exact: boolean, labels: number): Generator<SingleStep, PricedRoutes[]> {
    const priced: PricedRoutes[] = []
    const rows = new PricedRows(
      this.nodes,
      this.rows,
      this.rows.map((row) => prices.rows.get(row) ?? 0),
    )
    for (const [kind, pricer] of this.pricers.entries()) {
      const question = { prices: prices.orders, kindKrw: prices.kinds[kind], rows, exact, labels }
      const asking = pricer.price(question)
      for (;;) {
        const { value, done } = asking.next()
        if (done) {
          this.labels += value.labels
          priced.push(value)
          break
        }
        yield this.step(false)
      }
    }
    return priced
  }

  /** The bound, if no route prices out. */
  private worth({ orders, kinds, rows }: Prices): number {
    let krw = this.relaxed.aloneKrw
    for (const price of orders) krw += price
    for (const price of rows.values()) krw += price
    for (const [kind, price] of kinds.entries()) krw += this.trucks[kind] * price
    return krw
  }

  /** What the prices prove. */
  private judge(prices: Prices, priced: readonly PricedRoutes[]): void {
    const lower = priced.reduce(
      (sum, { leastKrw }, kind) => sum + this.trucks[kind] * Math.min(0, leastKrw),
      this.worth(prices),
    )
    if (lower <= this.lower) return
    this.lower = lower
    this.best = prices
  }

  private addRoutes(priced: readonly PricedRoutes[], now: Prices): number {
    let added = 0
    for (const [kind, { routes }] of priced.entries()) {
      let left = ROUTES_AT_A_TIME
      for (const { visits } of routes) {
        if (left === 0) break
        if (reducedKrw(this.networks[kind], { kind, visits }, now) >= 0 || !this.addColumn(kind, visits)) continue
        left--
        added++
      }
    }
    return added
  }

  private addColumn(kind: number, visits: readonly number[]): boolean {
    const krw = routeKrw(this.networks[kind], visits)
    const key = `${kind} ${visits.join(' ')}`
    if (krw === Number.POSITIVE_INFINITY || this.known.has(key) || !this.memories.allows(visits)) return false
    this.known.add(key)
    const column = { kind, visits, krw }
    this.columns.push(column)
    if (this.program) this.addToProgram(this.program, column)
    return true
  }

  private addToProgram(program: Program, { kind, visits, krw }: SingleColumn): void {
    const values = new Map<number, number>()
    for (const node of visits) values.set(node, (values.get(node) ?? 0) + 1)
    values.set(this.nodes + kind, 1)
    for (const [index, row] of this.rows.entries()) {
      const pairs = countPairs(row, visits)
      if (pairs > 0) values.set(this.nodes + this.networks.length + index, pairs)
    }
    program.add({
      cost: krw / this.relaxed.scale,
      lower: 0,
      upper: Number.POSITIVE_INFINITY,
      rows: [...values.keys()],
      values: [...values.values()],
    })
  }

  /** The program anew: rows may have changed. */
  private rebuild(): Program {
    this.program?.dispose()
    const { relaxed, nodes } = this
    const endless = Number.POSITIVE_INFINITY
    const program = new Program(this.highs, [
      // a little less than one, each by another bit: a few long routes make the program so degenerate that the simplex may never end
      ...relaxed.pooled.map((_, node) => ({ lower: 1 - BIT * (1 + ((node * GOLDEN) % 1)), upper: endless })),
      ...this.trucks.map((count) => ({ lower: -endless, upper: count })),
      ...this.rows.map(() => ({ lower: -endless, upper: 1 })),
    ])
    for (let node = 0; node < nodes; node++) {
      const direct = relaxed.directKrw[relaxed.pooled[node]]
      const cost = Math.min(direct, this.stopgapKrw[node]) / relaxed.scale
      program.add({ cost, lower: 0, upper: endless, rows: [node], values: [1] })
    }
    for (const column of this.columns) this.addToProgram(program, column)
    // columns that come leave the program feasible: the primal simplex goes on from there
    program.model.options.set({ simplex_strategy: 4, simplex_iteration_limit: 20000 })
    this.program = program
    return program
  }

  private solve(): LpSolution {
    return (this.program ?? this.rebuild()).solve()
  }

  private pricesOf({ prices }: LpSolution): Prices {
    const { relaxed, nodes } = this
    // a thousandth, so that a price that is whole but for the last digits stays
    const whole = (price: number) => Math.floor(price * relaxed.scale + 1e-3)
    const kinds = this.networks.length
    return {
      orders: Float64Array.from(relaxed.pooled, (order, node) =>
        Math.min(relaxed.directKrw[order], Math.max(0, whole(prices[node]))),
      ),
      kinds: Float64Array.from({ length: kinds }, (_, kind) => Math.min(0, whole(prices[nodes + kind]))),
      rows: new Map(this.rows.map((row, index) => [row, Math.min(0, whole(prices[nodes + kinds + index]))])),
    }
  }

  /** Routes of the program with their shares; null where it needs trucks that there are not. */
  private weigh(): (SingleColumn & { readonly weight: number })[] | null {
    const { values } = this.solve()
    for (let node = 0; node < this.nodes; node++)
      if (values[node] > 1e-6 && this.stopgapKrw[node] < this.relaxed.directKrw[this.relaxed.pooled[node]]) return null
    return this.columns
      .map((column, index) => ({ ...column, weight: values[this.nodes + index] }))
      .filter(({ weight }) => weight > 1e-6)
  }

  /** Shuts out some of what the program does and no plan can; false: there is nothing, or nothing more is allowed. */
  private tighten(weighed: readonly (SingleColumn & { readonly weight: number })[]): boolean {
    let grown = false
    if (!this.weighs && weighed.some((column) => this.isTooHeavy(column))) {
      this.weighs = true
      this.networks = this.relaxed.kinds.map((kind) => makeNetwork(this.relaxed, kind))
      this.pricers = this.networks.map((network) => new VisitPricer(network, this.memories))
      this.columns = this.columns.filter((column) => !this.isTooHeavy(column))
      grown = true
    }
    for (const { visits } of weighed)
      if (new Set(visits).size < visits.length && this.memories.forbid(visits)) grown = true
    if (!grown) {
      this.root ??= this.lower
      if (this.rowsAtATime === 0) return false
      const found = findRows(this.nodes, weighed, this.rowsAtATime, this.rows)
      if (found.length === 0 || !this.replaceRows(found)) return false
    }
    this.columns = this.columns.filter(({ visits }) => this.memories.allows(visits))
    this.forget()
    return true
  }

  private isTooHeavy({ kind, visits }: SingleColumn): boolean {
    return visits.reduce((sum, node) => sum + this.loads[node], 0) > this.relaxed.kinds[kind].capacity[0]
  }

  /** For where the labels are too many: weaker, but proved. False: less is nothing. */
  private rememberLess(): boolean {
    this.nearest >>= 1
    if (this.nearest === 0) return false
    this.memories = new Neighbours(this.networks[0], this.nearest)
    this.pricers = this.networks.map((network) => new VisitPricer(network, this.memories))
    return true
  }

  /** Rows that bind nothing make room; false: there is none. */
  private replaceRows(found: ReturnType<typeof findRows>): boolean {
    const { best } = this
    const prices = this.pricesOf(this.solve())
    const fresh = new Map(found.map(({ row, replaces }) => [replaces, row]))
    this.rows = this.rows.flatMap((row) => {
      const wider = fresh.get(row)
      // what its price was is a good guess of what it will be
      if (wider) best?.rows.set(wider, best.rows.get(row) ?? 0)
      return wider ? [wider] : prices.rows.get(row) === 0 ? [] : [row]
    })
    const added = found.filter(({ replaces }) => replaces === null).slice(0, MOST_ROWS - this.rows.length)
    this.rows.push(...added.map(({ row }) => row))
    return added.length > 0 || found.some(({ replaces }) => replaces !== null)
  }

  /** Keeps the columns nearest to the program's solution. */
  private purge(prices: Prices): void {
    const ranked = this.columns.map((column) => ({
      column,
      reduced: reducedKrw(this.networks[column.kind], column, prices),
    }))
    ranked.sort((a, b) => a.reduced - b.reduced)
    this.columns = ranked.slice(0, MOST_COLUMNS / 2).map(({ column }) => column)
    this.forget()
  }

  private forget(): void {
    this.known = new Set(this.columns.map(({ kind, visits }) => `${kind} ${visits.join(' ')}`))
    this.program?.dispose()
    this.program = null
  }

  private step(ended: boolean): SingleStep {
    return {
      lowerKrw: this.lower,
      programKrw: this.programKrw,
      rounds: this.rounds,
      columns: this.columns.length,
      cuts: this.rows.length,
      labels: this.labels,
      rootKrw: this.root,
      ended,
    }
  }
}

/**
 * Routes of a plan that loses nothing. Where nobody asks when, two routes whose loads fit on one truck are no dearer as one, so that of all
 * routes but one more than half is full. Fewer trucks, and the bound is near long before the program is solved.
 */
function mostTrucks({ kinds, pooled, instance }: Relaxed, networks: readonly Network[]): number[] {
  const counts = kinds.map(({ count }) => count)
  const demand = pooled.reduce((sum, order) => sum + instance.demand[order * instance.dimensions], 0)
  const [{ timeless, capacity }] = networks
  if (kinds.length > 1 || !timeless) return counts
  return [Math.min(counts[0], Math.floor((2 * demand) / capacity) + 1)]
}
