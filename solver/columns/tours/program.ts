/**
 * What the route of a truck needs at least, as an integer program: its legs are a flow on the places of its orders, and every set of
 * places is entered as often as what is delivered there and picked up there asks, by number and by load. Dropped are the order of
 * visits and all windows but this: in a pause (a lunch break) nobody opens, and a route with visits before and after it waits it out,
 * but for the visit begun before and the leg it drives meanwhile. Every true route is a solution that costs no more.
 * Loads and sets: Fisher and Jaikumar (1981), and Letchford and Salazar-Gonzalez (2006), Projection results for vehicle routing,
 * Mathematical Programming 105. Differs from both: places may be visited often, and orders be left out.
 */
import type { Instance } from '../../instance.ts'
import type { LpColumn, Row } from '../lp.ts'
import type { Relaxed, RelaxedKind } from '../relaxed.ts'

export const SOURCE = -1
export const SINK = -2

/** From place to place, by index into `places`; SOURCE and SINK where the route begins and ends. */
export interface FlowArc {
  readonly from: number
  readonly to: number
  readonly column: number
}

export interface ServedOrder {
  readonly order: number
  /** index into `places`; SINK: it stays on board */
  readonly from: number
  readonly to: number
  /** 1 where the route serves it */
  readonly column: number
}

export interface TourProgram {
  readonly rows: readonly Row[]
  readonly columns: readonly LpColumn[]
  readonly places: readonly number[]
  /** in the order of kind.orders */
  readonly served: readonly ServedOrder[]
  readonly arcs: readonly FlowArc[]
  /** [index into places] column: how often the place is entered */
  readonly entered: readonly number[]
  /** most that a route can cost, prices left out */
  readonly mostKrw: number
}

interface Part {
  readonly opensS: number
  readonly closesS: number
}

/** Pauses shorter than this cost a route nothing: a visit and a leg take longer. */
const PAUSE_S = 600
const MOST_PARTS = 3
/** Whatever fills a pause is told apart by so much. */
const FILLER_S = 150
const NONE = Number.NEGATIVE_INFINITY
const ANY = Number.POSITIVE_INFINITY

export function buildTours({ instance }: Relaxed, kind: RelaxedKind): TourProgram {
  const { size, nowhere, placeOf, serviceS, stopS, paired, demand, dimensions, company } = instance
  const { orders, arcKrw, arcS } = kind
  const start = kind.start < 0 ? nowhere : kind.start
  const end = kind.end < 0 ? nowhere : kind.end
  const draft = new Draft()
  const spans = orders.map((order) => visitSpans(instance, kind, order))
  const places = [...new Set(orders.flatMap((order) => [placeOf[2 * order], placeOf[2 * order + paired[order]]]))].sort(
    (a, b) => a - b,
  )

  const served = orders.map((order, index): ServedOrder => {
    const possible = spans[index].every((windows) => windows.length > 0)
    const column = draft.column(0, 0, possible ? 1 : 0, true)
    const at = (visit: number) => places.indexOf(placeOf[visit])
    return { order, column, from: at(2 * order), to: paired[order] ? at(2 * order + 1) : SINK }
  })
  const some = draft.row(1, ANY)
  for (const { column } of served) draft.put(column, some, 1)
  if (company) keepCompany()

  // the flow, and what its arcs cost
  const canTopUp = kind.minimumKrw > kind.fixedKrw
  const fare = canTopUp ? draft.row(kind.fixedKrw, ANY) : -1
  const fixed = draft.column(1, Math.max(kind.minimumKrw, kind.fixedKrw), canTopUp ? ANY : kind.fixedKrw, false)
  if (canTopUp) draft.put(fixed, fare, 1)
  const balance = places.map(() => draft.row(0, 0))
  const leaves = draft.row(1, 1)
  const returns = draft.row(1, 1)
  const stops = Number.isFinite(kind.maxStops) ? draft.row(NONE, kind.maxStops) : -1
  const fee = kind.stopFeeKrw > 0 ? draft.row(NONE, kind.includedStops) : -1
  if (fee >= 0) draft.put(draft.column(kind.stopFeeKrw, 0, ANY, false), fee, -1)
  const arcs: FlowArc[] = []
  for (const a of [SOURCE, ...places.keys()])
    for (const b of [SINK, ...places.keys()]) if (a !== b && !(a === SOURCE && b === SINK)) addArc(a, b)
  boundTime()

  // how often sets of places are entered
  const near = clusters(places, (a, b) => Math.min(arcS[a * size + b], arcS[b * size + a]))
  const sets = [...places.map((place) => [place]), ...near]
  const entered = sets.map((members) => addSet(new Set(members.map((place) => places.indexOf(place)))))
  for (const [index, one] of served.entries()) for (const other of served.slice(index + 1)) visitTwice(one, other)

  const stopCount = 2 * orders.length + 1
  const mostKrw =
    Math.max(kind.minimumKrw, kind.fixedKrw) +
    stopCount * (kind.stopFeeKrw + arcs.reduce((most, { from, to }) => Math.max(most, arcKrw[cellOf(from, to)]), 0))
  return {
    rows: draft.rows,
    columns: draft.columns(),
    places,
    served,
    arcs,
    entered: entered.slice(0, places.length),
    mostKrw,
  }

  function cellOf(from: number, to: number): number {
    return (from === SOURCE ? start : places[from]) * size + (to === SINK ? end : places[to])
  }

  function addArc(from: number, to: number): void {
    const krw = arcKrw[cellOf(from, to)]
    const column = draft.column(canTopUp ? 0 : krw, 0, ANY, false)
    if (canTopUp) draft.put(column, fare, -krw)
    draft.put(column, from === SOURCE ? leaves : balance[from], from === SOURCE ? 1 : -1)
    draft.put(column, to === SINK ? returns : balance[to], 1)
    if (to !== SINK && stops >= 0) draft.put(column, stops, 1)
    if (to !== SINK && fee >= 0) draft.put(column, fee, 1)
    arcs.push({ from, to, column })
  }

  function keepCompany(): void {
    for (const [index, one] of served.entries())
      for (const other of served.slice(index + 1)) {
        const group = company!.groupOf[one.order]
        const apart = company!.apartFrom[one.order].includes(other.order)
        if (!apart && (group < 0 || group !== company!.groupOf[other.order])) continue
        const row = apart ? draft.row(NONE, 1) : draft.row(0, 0)
        draft.put(one.column, row, 1)
        draft.put(other.column, row, apart ? 1 : -1)
      }
  }

  /** Column of how often the set is entered. */
  function addSet(members: ReadonlySet<number>): number {
    const column = draft.column(0, 0, ANY, true)
    const entries = draft.row(0, 0)
    draft.put(column, entries, -1)
    for (const { from, to, column: flow } of arcs)
      if (members.has(to) && !members.has(from)) draft.put(flow, entries, 1)
    // whatever is served there is served on some visit
    const touching = served.filter(({ from, to }) => members.has(from) || members.has(to))
    for (const one of touching) {
      const row = draft.row(0, ANY)
      draft.put(column, row, 1)
      draft.put(one.column, row, -1)
    }
    // and whoever visits a place serves something there
    if (members.size === 1) {
      const idle = draft.row(NONE, 0)
      draft.put(column, idle, 1)
      for (const one of touching) draft.put(one.column, idle, one.from === one.to ? -2 : -1)
    }
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const capacity = kind.capacity[dimension]
      if (!Number.isFinite(capacity)) continue
      const weight = (order: number) => demand[order * dimensions + dimension]
      for (const moved of [
        served.filter(({ from, to }) => members.has(to) && !members.has(from)),
        served.filter(({ from, to }) => members.has(from) && !members.has(to)),
      ]) {
        if (moved.reduce((sum, { order }) => sum + weight(order), 0) <= capacity) continue
        const row = draft.row(0, ANY)
        draft.put(column, row, capacity)
        for (const one of moved) if (weight(one.order) > 0) draft.put(one.column, row, -weight(one.order))
      }
      if (members.size < places.length) continue
      // what stays on board to the end
      const kept = served.filter(({ to, order }) => to === SINK && weight(order) > 0)
      const row = draft.row(NONE, capacity)
      for (const one of kept) draft.put(one.column, row, weight(one.order))
    }
    return column
  }

  /** Goods from a to b and from b to a: one of the two places is visited twice. */
  function visitTwice(one: ServedOrder, other: ServedOrder): void {
    if (one.from !== other.to || one.to !== other.from || one.from === one.to) return
    // three visits where both are served, two where one is
    for (const [twice, once] of [
      [one, other],
      [other, one],
    ]) {
      const row = draft.row(0, ANY)
      draft.put(entered[one.from], row, 1)
      draft.put(entered[one.to], row, 1)
      draft.put(twice.column, row, -2)
      draft.put(once.column, row, -1)
    }
  }

  /** Between the first start and the last lies whatever is done but for the last visit; from departure to return all of it. */
  function boundTime(): void {
    const parts = partDay(spans.flat(2))
    if (parts.length === 0) return
    // longest visit at a place, its stop included
    const longestS = places.map((place) => stopS[place])
    for (const { order, from, to } of served) {
      longestS[from] = Math.max(longestS[from], stopS[places[from]] + serviceS[2 * order])
      if (to >= 0) longestS[to] = Math.max(longestS[to], stopS[places[to]] + serviceS[2 * order + 1])
    }
    const firstS = parts[0].opensS
    const lastS = parts[parts.length - 1].closesS
    const day = work(true, true, kind.spanS)
    const all = [day, work(true, false, lastS - kind.opensS), work(false, true, kind.closesS - firstS)]
    all.push(work(false, false, lastS - firstS))
    if (!Number.isFinite(lastS)) return
    for (const [index, part] of parts.slice(1).entries()) {
      const pauseS = part.opensS - parts[index].closesS
      // is there work on both sides?
      const both = draft.column(0, 0, 1, true)
      const longestPartS = Math.max(parts[index].closesS - firstS, lastS - part.opensS)
      draft.put(both, work(false, false, longestPartS), longestPartS - (lastS - firstS))
      askBoth(both, parts[index].closesS, part.opensS)
      // what fills the pause: the last visit before it and the leg from there, by how long they take
      const where = draft.row(0, 0)
      draft.put(both, where, -1)
      const fillers = new Map<number, { longestS: number; columns: Set<number> }>()
      const fill = (seconds: number, column: number) => {
        const step = Math.min(Math.ceil(seconds / FILLER_S), Math.ceil(pauseS / FILLER_S))
        const filler = fillers.get(step) ?? { longestS: 0, columns: new Set() }
        fillers.set(step, filler)
        filler.longestS = Math.max(filler.longestS, seconds)
        filler.columns.add(column)
      }
      for (const { from, to, column } of arcs) {
        // or it stays where it is
        if (to >= 0) fill(longestS[to], column)
        if (from >= 0 && to >= 0) fill(longestS[from] + arcS[cellOf(from, to)], column)
      }
      for (const { longestS: filledS, columns } of fillers.values()) {
        const chosen = draft.column(0, 0, 1, false)
        draft.put(chosen, where, 1)
        for (const row of all) draft.put(chosen, row, Math.max(0, pauseS - filledS))
        const used = draft.row(0, ANY)
        draft.put(chosen, used, -1)
        for (const column of columns) draft.put(column, used, 1)
      }
    }

    /** Row of what is done from departure or the first start to return or the last start. */
    function work(departs: boolean, returns: boolean, roomS: number): number {
      const row = draft.row(NONE, roomS)
      for (const { from, to, column } of arcs) {
        const driveS = arcS[cellOf(from, to)]
        if (to === SINK) draft.put(column, row, returns ? driveS : -longestS[from])
        else draft.put(column, row, (from === SOURCE && !departs ? 0 : driveS) + stopS[places[to]])
      }
      for (const { order, to, column } of served)
        draft.put(column, row, serviceS[2 * order] + (to >= 0 ? serviceS[2 * order + 1] : 0))
      return row
    }

    /** Who can be visited on one side of the pause only asks for that side. */
    function askBoth(both: number, closesS: number, opensS: number): void {
      const early = draft.column(0, 0, 1, false)
      const late = draft.column(0, 0, 1, false)
      const row = draft.row(NONE, 1)
      draft.put(early, row, 1)
      draft.put(late, row, 1)
      draft.put(both, row, -1)
      for (const [index, { column }] of served.entries()) {
        const asks = (side: number, isThere: (span: readonly [number, number]) => boolean) => {
          if (!spans[index].some((windows) => windows.length > 0 && windows.every(isThere))) return
          const asked = draft.row(0, ANY)
          draft.put(side, asked, 1)
          draft.put(column, asked, -1)
        }
        asks(early, ([, close]) => close <= closesS)
        asks(late, ([open]) => open >= opensS)
      }
    }
  }
}

/** When a visit of an order may start on a truck of the kind, were it alone: [pickup, delivery][window]. */
function visitSpans(instance: Instance, kind: RelaxedKind, order: number): [number, number][][] {
  const { windowFrom, opensS, closesS, placeOf, serviceS, paired, size, nowhere } = instance
  const leg = (from: number, to: number) => kind.arcS[(from < 0 ? nowhere : from) * size + (to < 0 ? nowhere : to)]
  const cut = (visit: number, earliest: number, latest: number) => {
    const spans: [number, number][] = []
    for (let k = windowFrom[visit]; k < windowFrom[visit + 1]; k++) {
      const open = Math.max(opensS[k], earliest)
      const close = Math.min(closesS[k], latest)
      if (open <= close) spans.push([open, close])
    }
    return spans
  }
  const pickup = 2 * order
  const soonest = (place: number) => kind.opensS + leg(kind.start, place)
  const latest = (visit: number) => kind.closesS - leg(placeOf[visit], kind.end) - serviceS[visit]
  if (!paired[order]) return [cut(pickup, soonest(placeOf[pickup]), latest(pickup))]
  const ride = serviceS[pickup] + leg(placeOf[pickup], placeOf[pickup + 1])
  const pickups = cut(pickup, soonest(placeOf[pickup]), latest(pickup + 1) - ride)
  if (pickups.length === 0) return [[], []]
  const deliveries = cut(pickup + 1, pickups[0][0] + ride, latest(pickup + 1))
  const lastS = deliveries.at(-1)?.[1] ?? Number.NEGATIVE_INFINITY
  return [cut(pickup, soonest(placeOf[pickup]), lastS - ride), deliveries]
}

/** When anybody opens, without the pauses that are too short to matter; of the others at most two. */
function partDay(spans: readonly (readonly [number, number])[]): Part[] {
  const sorted = [...spans].sort((a, b) => a[0] - b[0])
  const merged: { opensS: number; closesS: number }[] = []
  for (const [opensS, closesS] of sorted) {
    const last = merged.at(-1)
    if (last && opensS <= last.closesS) last.closesS = Math.max(last.closesS, closesS)
    else merged.push({ opensS, closesS })
  }
  while (merged.length > 1) {
    const pauses = merged.slice(1).map(({ opensS }, index) => opensS - merged[index].closesS)
    const shortest = pauses.indexOf(Math.min(...pauses))
    if (merged.length <= MOST_PARTS && pauses[shortest] >= PAUSE_S) break
    const [gone] = merged.splice(shortest + 1, 1)
    merged[shortest].closesS = gone.closesS
  }
  return merged
}

/** A set is worth a row where it lies well apart from all others. */
const APART = 1.2

function clusters(places: readonly number[], distance: (a: number, b: number) => number): number[][] {
  let groups = places.map((place) => ({ members: [place], widthS: 0 }))
  const found: number[][] = []
  while (groups.length > 1) {
    let nearest: readonly [number, number] = [0, 1]
    let least = Number.POSITIVE_INFINITY
    for (const [j, one] of groups.entries())
      for (let k = 0; k < j; k++) {
        const apart = Math.min(...one.members.flatMap((a) => groups[k].members.map((b) => distance(a, b))))
        if (apart < least) {
          least = apart
          nearest = [k, j]
        }
      }
    const pair = nearest.map((index) => groups[index])
    for (const { members, widthS } of pair) if (members.length > 1 && least >= APART * widthS) found.push(members)
    groups = [
      ...groups.filter((group) => !pair.includes(group)),
      { members: pair.flatMap(({ members }) => members), widthS: least },
    ]
  }
  return [...found, [...places]]
}

/** Rows and columns on their way into a program. */
class Draft {
  readonly rows: Row[] = []
  private readonly made: { cost: number; lower: number; upper: number; whole: boolean; cells: Map<number, number> }[] =
    []

  row(lower: number, upper: number): number {
    return this.rows.push({ lower, upper }) - 1
  }

  column(cost: number, lower: number, upper: number, whole: boolean): number {
    return this.made.push({ cost, lower, upper, whole, cells: new Map() }) - 1
  }

  put(column: number, row: number, value: number): void {
    const { cells } = this.made[column]
    cells.set(row, (cells.get(row) ?? 0) + value)
  }

  columns(): LpColumn[] {
    return this.made.map(({ cells, ...column }) => ({
      ...column,
      rows: [...cells.keys()],
      values: [...cells.values()],
    }))
  }
}
