/**
 * What a truck's day needs at least, as an integer program; for trucks that call at so many places that labels are too many.
 *
 * The day falls into parts, between which nobody opens. A place in a part is a node. A shipment rides or does not, loaded in one part and
 * unloaded in the same or a later one; the truck's legs are a flow from its departure to its return; how often it enters a node, or a
 * cluster of places, is a whole number, and each time it brings in and takes out no more than it holds. The work of a part fits into
 * the part, all of it into the day. Two kinds of rows are added where a solution breaks them: nodes with something to serve are reached from the
 * departure, and a place is reached after loading what is unloaded there. Every true route is a solution that costs no more here. What is left out: the order
 * of visits within a part, windows narrower than the part, and the load along the way.
 *
 * Staying at home costs nothing, so the least is 0 where no route undercuts its prices. Costs of true routes are whole won: a bound above
 * -1 proves that, with half a won to spare for the solver's tolerances, of which 1e-9 in each row and column is asked.
 */
import type { Highs, Model } from 'highs'
import { type Arc, type Flow, findCuts, HOME, type Way } from './cuts.ts'
import { type Documents, firstOpen, type Windows } from './documents.ts'
import { searchLabels } from './labels.ts'
import { along, latest, type Network, openNetwork, type Rider } from './network.ts'
import type { Answer, Offer } from './offer.ts'

const SPARE_KRW = 0.5
const TOLERANCE = 1e-9
const MOST_PARTS = 3
/** Rounds of rows before branching, and branchings with more rows after it. */
const ROUNDS = 40
const BRANCHINGS = 8
/** Labels spent on making a route of what the program found. */
const EXAMPLE_LABELS = 100_000

/** Compiles HiGHS once, about a second. */
export async function loadProver(): Promise<Highs> {
  // the package is typed as a CommonJS module, and is none
  const { default: load } = (await import('highs')) as unknown as { default: () => Promise<Highs> }
  return load()
}

interface Node {
  readonly place: number
  readonly part: number
}

/** Seconds left go to `next`. */
export function* solveProgram(
  highs: Highs,
  documents: Documents,
  offer: Offer,
  nodes: number,
): Generator<void, Answer, number | undefined> {
  const network = openNetwork(documents, offer)
  const { truck, truckKrw } = offer
  const worst =
    Math.max(truck.fixedKrw, truck.minimumKrw) - truckKrw - sum(network.riders.map(({ gainKrw }) => gainKrw))
  let answer: Answer = { how: 'program', work: 0, leastKrw: Math.min(0, worst), counterexample: null }
  if (network.riders.length === 0 || worst >= 0) return answer
  const model = highs.createModel()
  try {
    const flow = new DayProgram(model, documents, offer, network, highs)
    model.options.set({
      output_flag: false,
      random_seed: 1,
      primal_feasibility_tolerance: TOLERANCE,
      dual_feasibility_tolerance: TOLERANCE,
      mip_feasibility_tolerance: TOLERANCE,
      mip_abs_gap: SPARE_KRW / 2,
      mip_rel_gap: 0,
      mip_max_nodes: nodes,
    })
    const status = highs.constants.modelStatus
    const addCuts = (): boolean => {
      const cuts = findCuts(flow, model.getSolution().colValue)
      for (const { columns, values } of cuts) model.addRow(0, Number.POSITIVE_INFINITY, { indices: columns, values })
      return cuts.length > 0
    }
    model.options.set({ solve_relaxation: true })
    for (let round = 0; round < ROUNDS; round++) {
      const left = yield
      if ((left ?? 1) <= 0) return answer
      if (run(model, left) !== status.optimal) break
      const leastKrw = wholeKrw(model.getObjectiveValue())
      answer = { ...answer, leastKrw: Math.max(answer.leastKrw, leastKrw) }
      if (leastKrw >= 0 || !addCuts()) break
    }
    model.options.set({ solve_relaxation: false })
    for (let branching = 0; branching < BRANCHINGS && answer.leastKrw < 0; branching++) {
      const left = yield
      if ((left ?? 1) <= 0) return answer
      run(model, left)
      const leastKrw = wholeKrw(Number(model.info.get('mip_dual_bound')))
      const work = answer.work + Math.max(0, Number(model.info.get('mip_node_count')))
      answer = { ...answer, work, leastKrw: Math.max(answer.leastKrw, leastKrw) }
      const isFound = Number(model.info.get('primal_solution_status')) === 2
      if (!isFound || answer.leastKrw >= 0) break
      const { colValue } = model.getSolution()
      if (addCuts()) continue
      // no more rows to add: a route may be behind it
      const carried = flow.ways.filter(({ column }) => colValue[column] > 0.5).map(({ rider }) => network.riders[rider])
      const search = searchLabels(documents, offer, EXAMPLE_LABELS, { ...network, riders: carried })
      let step = search.next()
      while (!step.done) step = search.next(yield)
      return { ...answer, counterexample: step.value?.counterexample ?? null }
    }
    return answer
  } finally {
    model.dispose()
  }
}

function run(model: Model, seconds: number | undefined): number {
  model.zeroAllClocks()
  model.options.set({ time_limit: seconds ?? 1e9 })
  try {
    return model.run().modelStatus
  } catch (error) {
    // the message of a crash carries the whole compiled module
    throw new Error(`HiGHS: ${String(error instanceof Error ? error.message : error).slice(0, 200)}`)
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)

/** A bound on whole won, as whole won. */
const wholeKrw = (bound: number): number =>
  bound >= SPARE_KRW - 1 ? 0 : Number.isFinite(bound) ? Math.floor(bound - SPARE_KRW) : -1e15

type Terms = [column: number, value: number][]

class DayProgram implements Flow {
  readonly nodes: Node[] = []
  readonly ways: Way[] = []
  readonly arcs: Arc[] = []
  /** column: 1 where the truck leaves home */
  readonly drives: number
  private readonly model: Model
  private readonly integer: Parameters<Model['changeColIntegrality']>[1]
  private columns = 0

  constructor(model: Model, documents: Documents, offer: Offer, network: Network, highs: Highs) {
    this.model = model
    this.integer = highs.constants.variableType.integer
    const { truck, truckKrw } = offer
    const { riders, legKrw, legS, stopS, start, end } = network
    const parts = partDay(offer, network)
    const place = (node: number) => (node === HOME ? -1 : this.nodes[node].place)

    // fares: the dearer of distance and minimum, then fees
    const hasMinimum = truck.minimumKrw > truck.fixedKrw
    this.drives = this.column(hasMinimum ? -truckKrw : truck.fixedKrw - truckKrw, 1, true)
    const fare = hasMinimum ? this.column(1, Number.POSITIVE_INFINITY, false) : -1

    const nodeOf = new Map<string, number>()
    const node = (at: number, part: number) => {
      const key = `${at} ${part}`
      if (!nodeOf.has(key)) nodeOf.set(key, this.nodes.push({ place: at, part }) - 1)
      return nodeOf.get(key)!
    }
    for (const [rider, { gainKrw, places }] of riders.entries()) {
      const mine: Terms = [[this.drives, -1]]
      for (const [loaded, unloaded] of waysOf(network, riders[rider], parts)) {
        const column = this.column(-gainKrw, 1, true)
        this.ways.push({ rider, from: node(places[0], loaded), to: node(places[1], unloaded), column })
        mine.push([column, 1])
      }
      this.row(Number.NEGATIVE_INFINITY, 0, mine)
    }
    const endsAt = this.nodes.map((_, at) => this.ways.filter(({ from, to }) => from === at || to === at))

    // legs; staying where it is into the next part is none
    const legCost: Terms = []
    const stops: Terms = []
    const atWork: Terms = []
    const partWork: Terms[] = parts.map(() => [])
    const addArc = (from: number, to: number, most: number) => {
      const [a, b] = [from === HOME ? start : place(from), to === HOME ? end : place(to)]
      const krw = along(legKrw, a, b)
      const column = this.column(hasMinimum ? 0 : krw, most, false)
      this.arcs.push({ from, to, column })
      if (hasMinimum && krw > 0) legCost.push([column, -krw])
      const isStop = to !== HOME && (from === HOME || a !== b)
      if (isStop) stops.push([column, 1])
      const driveS = along(legS, a, b)
      const stopsS = isStop ? stopS[b] : 0
      atWork.push([column, driveS + stopsS])
      if (to === HOME) return
      const { part } = this.nodes[to]
      const within = from !== HOME && this.nodes[from].part === part
      // what is left out may have made the stop before
      const isCounted = within || network.isWhole[b]
      partWork[part].push([column, (isCounted ? stopsS : 0) + (within ? driveS : 0)])
    }
    for (const from of this.nodes.keys()) {
      addArc(HOME, from, 1)
      addArc(from, HOME, 1)
      for (const [to, { part }] of this.nodes.entries())
        if (to !== from && this.nodes[from].part <= part)
          addArc(from, to, Math.min(endsAt[from].length, endsAt[to].length))
    }
    const columnsOf = (match: (arc: Arc) => boolean, value = 1): Terms =>
      this.arcs.filter(match).map(({ column }) => [column, value])
    this.row(0, 0, [...columnsOf(({ from }) => from === HOME), [this.drives, -1]])
    this.row(0, 0, [...columnsOf(({ to }) => to === HOME), [this.drives, -1]])
    for (const at of this.nodes.keys())
      this.row(0, 0, [...columnsOf(({ to }) => to === at), ...columnsOf(({ from }) => from === at, -1)])

    // how often nodes and clusters are entered, and what that lets in and out
    const clusters = clusterPlaces(network)
    const sets = [
      ...this.nodes.map((_, at) => new Set([at])),
      ...clusters.flatMap((cluster) => {
        const inside = this.nodes.flatMap((one, at) => (cluster.has(one.place) ? [at] : []))
        return [inside, ...parts.map((_, part) => inside.filter((at) => this.nodes[at].part === part))]
          .filter(({ length }) => length > 1)
          .map((list) => new Set(list))
      }),
    ]
    for (const set of new Map(sets.map((one) => [[...one].sort().join(), one])).values()) {
      const touching = this.ways.filter(({ from, to }) => set.has(from) || set.has(to))
      if (touching.length === 0 || set.size === this.nodes.length) continue
      const times = this.column(0, 2 * touching.length, true)
      this.row(0, 0, [...columnsOf(({ from, to }) => !set.has(from) && set.has(to)), [times, -1]])
      for (const rider of new Set(touching.map((way) => way.rider))) {
        const mine = touching.filter((way) => way.rider === rider)
        this.row(0, Number.POSITIVE_INFINITY, [[times, 1], ...mine.map(({ column }): [number, number] => [column, -1])])
      }
      const entering = touching.filter(({ from }) => !set.has(from))
      const leaving = touching.filter(({ to }) => !set.has(to))
      for (const crossing of [entering, leaving])
        for (const [d, most] of truck.capacity.entries()) {
          const loads = crossing.map(({ rider, column }): [number, number] => [column, -riders[rider].goods.amounts[d]])
          if (sum(loads.map(([, amount]) => -amount)) > most)
            this.row(0, Number.POSITIVE_INFINITY, [[times, most], ...loads])
        }
    }

    // time: between the first and the last start in a part lies all its work but the last visit
    const service = (end: 0 | 1, { rider }: Way) => riders[rider].goods.serviceS[end]
    for (const [part, [opensS, closesS]] of parts.entries()) {
      const here = this.ways.filter(({ from, to }) => [from, to].some((at) => this.nodes[at].part === part))
      const visits = here.flatMap((way) =>
        ([0, 1] as const)
          .filter((end) => this.nodes[end === 0 ? way.from : way.to].part === part)
          .map((end) => ({ column: way.column, seconds: service(end, way), place: riders[way.rider].places[end] })),
      )
      const last = Math.max(0, ...visits.map(({ seconds, place: at }) => seconds + stopS[at]))
      const work = visits.map(({ column, seconds }): [number, number] => [column, seconds])
      this.atMost(closesS - opensS + last, [...partWork[part], ...work])
    }
    const spanS = Math.min(truck.closesS - truck.opensS, documents.maxWorkS)
    for (const way of this.ways) atWork.push([way.column, service(0, way) + service(1, way)])
    this.atMost(spanS, atWork)
    if (truck.vehicle.maxStops !== undefined) this.atMost(truck.vehicle.maxStops, stops)
    if (truck.stopFeeKrw > 0) {
      const beyond = this.column(truck.stopFeeKrw, Number.POSITIVE_INFINITY, false)
      const minus = stops.map(([column]): [number, number] => [column, -1])
      this.row(0, Number.POSITIVE_INFINITY, [[beyond, 1], [this.drives, truck.includedStops], ...minus])
    }
    if (fare >= 0) {
      this.row(0, Number.POSITIVE_INFINITY, [[fare, 1], [this.drives, -truck.fixedKrw], ...legCost])
      this.row(0, Number.POSITIVE_INFINITY, [
        [fare, 1],
        [this.drives, -truck.minimumKrw],
      ])
    }
  }

  private column(cost: number, upper: number, whole: boolean): number {
    this.model.addCol(cost, 0, upper, { indices: [], values: [] })
    if (whole) this.model.changeColIntegrality(this.columns, this.integer)
    return this.columns++
  }

  /** Of a truck that drives; one that does not has none at all. */
  private atMost(most: number, terms: Terms): void {
    this.row(Number.NEGATIVE_INFINITY, 0, [...terms, [this.drives, -most]])
  }

  /** Terms of one column are added up. */
  private row(lower: number, upper: number, terms: Terms): void {
    const values = new Map<number, number>()
    for (const [column, value] of terms) values.set(column, (values.get(column) ?? 0) + value)
    const used = [...values].filter(([, value]) => value !== 0)
    this.model.addRow(lower, upper, { indices: used.map(([column]) => column), values: used.map(([, value]) => value) })
  }
}

/** When the truck may serve each end of a rider. */
function startsOf({ legS, stopS, start, end }: Network, offer: Offer, { goods, places }: Rider): [Windows, Windows] {
  const clip = (windows: Windows, fromS: number, uptoS: number) =>
    windows.map(([a, b]) => [Math.max(a, fromS), Math.min(b, uptoS)] as const).filter(([a, b]) => a <= b)
  const [from, to] = places
  const rideS = stopS[from] + goods.serviceS[0] + legS[from][to]
  const firstS = firstOpen(goods.windows[0], offer.truck.opensS + along(legS, start, from))
  const lastS = offer.truck.closesS - stopS[to] - goods.serviceS[1] - along(legS, to, end)
  return [clip(goods.windows[0], firstS, lastS - rideS), clip(goods.windows[1], firstS + rideS, lastS)]
}

/** Stretches of time in which some visit may start, the shortest pauses closed until few are left. */
function partDay(offer: Offer, network: Network): [number, number][] {
  const spans = network.riders.flatMap((rider) => startsOf(network, offer, rider).flat())
  const parts: [number, number][] = []
  for (const [opensS, closesS] of [...spans].sort(([a], [b]) => a - b)) {
    const last = parts.at(-1)
    if (last && opensS <= last[1]) last[1] = Math.max(last[1], closesS)
    else parts.push([opensS, closesS])
  }
  while (parts.length > MOST_PARTS) {
    const pauses = parts.slice(1).map(([opensS], k) => opensS - parts[k][1])
    const shortest = pauses.indexOf(Math.min(...pauses))
    const [[, closesS]] = parts.splice(shortest + 1, 1)
    parts[shortest][1] = closesS
  }
  return parts
}

/** Parts in which a shipment can be loaded and unloaded. */
function waysOf(
  { legS, stopS }: Network,
  rider: Rider,
  parts: readonly (readonly [number, number])[],
): [number, number][] {
  const { goods, places } = rider
  const rideS = stopS[places[0]] + goods.serviceS[0] + legS[places[0]][places[1]]
  return parts.flatMap(([opensS, closesS], loaded) =>
    parts.flatMap(([fromS, uptoS], unloaded): [number, number][] => {
      const loadS = firstOpen(goods.windows[0], opensS)
      const unloadS = firstOpen(goods.windows[1], Math.max(fromS, loadS + rideS))
      return loaded <= unloaded && loadS <= closesS && unloadS <= Math.min(uptoS, latest(rider, 1))
        ? [[loaded, unloaded]]
        : []
    }),
  )
}

/** Places joined one after another by the shortest way between them: every set on the way to all of them. */
function clusterPlaces({ places, riders, legKrw, legS }: Network): Set<number>[] {
  const used = [...new Set(riders.flatMap((rider) => rider.places))]
  const far = (a: number, b: number) => legKrw[a][b] + legKrw[b][a] + legS[a][b] + legS[b][a]
  const pairs = used.flatMap((a) => used.filter((b) => a < b).map((b) => [a, b] as const))
  pairs.sort(([a, b], [c, d]) => far(a, b) - far(c, d))
  const clusterOf = places.map((_, place) => new Set([place]))
  const found: Set<number>[] = []
  for (const [a, b] of pairs) {
    if (clusterOf[a] === clusterOf[b]) continue
    const joined = new Set([...clusterOf[a], ...clusterOf[b]])
    for (const place of joined) clusterOf[place] = joined
    found.push(joined)
  }
  return found
}
