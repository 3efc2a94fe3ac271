/**
 * A pattern for each firm and supplier of one lane, the cheapest on an estimate over drawn weeks: transport, stock, and a price for
 * waiting. Moves one pair at a time, all pairs of one supplier, all of one pattern, and where there are few any two pairs, from patterns
 * that all share, until nothing gets cheaper: a local optimum, held against all combinations in the tests. A lane whose truck leaves when
 * it is full is one more choice.
 */
import { dayKrw, directKrw, type Lot, type Prices } from './estimate.ts'
import { type HeldOrder, type Release, releaseOrders } from './release.ts'
import { DAILY, type Pattern } from './schema.ts'

export interface LaneOrder extends HeldOrder, Lot {
  readonly supplier: string
  /** orders of one lot group that go on one day are one lot, where that is cheaper direct */
  readonly group: string
}
export interface Lane {
  readonly orders: readonly LaneOrder[]
  readonly dates: readonly string[]
  readonly prices: Prices
  /** DAILY among them */
  readonly options: readonly Pattern[]
  readonly fullKg: number
  readonly longestWaitDays: number
  /** of the k-th order that goes then: its stock, and what its wait counts */
  readonly waitKrw: (k: number, release: Release) => number
}
export interface LaneChoice {
  /** in the order in which pairs first appear */
  readonly patternOf: ReadonlyMap<string, Pattern>
  readonly krw: number
}

/** Sweeps over all pairs; the third seldom finds anything. */
const MOST_SWEEPS = 8
/** Pairs of a lane up to which any two are moved together, from every start: 66 couples with 81 ways each, tenths of a second. */
const FEW_PAIRS = 12

/** What the patterns cost over all days, won. */
export function laneKrw(lane: Lane, patternOf: (pair: string) => Pattern): number {
  const releases = releaseOrders(lane.orders, lane.dates, { ...lane, patternOf })
  const byDay = Map.groupBy(lane.orders.keys(), (k) => releases[k].day)
  const waits = releases.reduce((sum, release, k) => sum + lane.waitKrw(k, release), 0)
  return [...byDay.values()].reduce((sum, day) => sum + transportKrw(lane, day), waits)
}

/** Of some orders that go on one day. */
function transportKrw({ orders, prices }: Lane, day: readonly number[]): number {
  const lots: Lot[] = []
  const alone: number[] = []
  for (const members of Map.groupBy(day, (k) => orders[k].group).values()) {
    const own = members.map((k) => directKrw(orders[k], prices))
    const ownKrw = own.reduce((sum, krw) => sum + krw, 0)
    const [first] = members.map((k) => orders[k])
    const lot: Lot = {
      from: first.from,
      to: first.to,
      weightKg: members.reduce((sum, k) => sum + orders[k].weightKg, 0),
      pieceKg: Math.max(...members.map((k) => orders[k].pieceKg)),
    }
    const lotKrw = members.length > 1 ? directKrw(lot, prices) : ownKrw
    lots.push(...(lotKrw <= ownKrw ? [lot] : members.map((k) => orders[k])))
    alone.push(...(lotKrw <= ownKrw ? [lotKrw] : own))
  }
  return dayKrw(lots, alone, prices)
}

export function chooseLane(lane: Lane): LaneChoice {
  const pairs = [...new Set(lane.orders.flatMap(({ pair, mayWait }) => (mayWait ? [pair] : [])))]
  const uniform = (pattern: Pattern): LaneChoice => ({
    patternOf: new Map(pairs.map((pair) => [pair, pattern])),
    krw: laneKrw(lane, () => pattern),
  })
  const starts = lane.options.map(uniform)
  if (pairs.length === 0) return uniform(DAILY)
  const cheapest = (choices: readonly LaneChoice[]): LaneChoice =>
    choices.reduce((best, choice) => (choice.krw < best.krw ? choice : best))
  const weekly = lane.options.filter((pattern) => pattern !== 'full')
  const shared = starts.filter((_, k) => lane.options[k] !== 'full')
  const from = pairs.length > FEW_PAIRS ? [starts[lane.options.indexOf(DAILY)], cheapest(shared)] : shared
  const found = [...new Set(from)].map((start) => improve(lane, pairs, weekly, start))
  return cheapest([...found, ...starts])
}

type Move = readonly (readonly [pair: string, pattern: Pattern])[]

function improve(lane: Lane, pairs: readonly string[], options: readonly Pattern[], start: LaneChoice): LaneChoice {
  const { orders } = lane
  const patternOf = new Map(start.patternOf)
  const releasedUnder = new Map(
    options.map((pattern) => [pattern, releaseOrders(orders, lane.dates, { ...lane, patternOf: () => pattern })]),
  )
  const release = orders.map(({ pair, day, mayWait }, k) =>
    mayWait ? releasedUnder.get(patternOf.get(pair)!)![k] : { day, cycleDays: 0 },
  )
  const ofDay = lane.dates.map((_, day) => [...orders.keys()].filter((k) => release[k].day === day))
  const dayCost = ofDay.map((day) => transportKrw(lane, day))
  const ordersOf = Map.groupBy(
    [...orders.keys()].filter((k) => orders[k].mayWait),
    (k) => orders[k].pair,
  )
  const suppliers = [...Map.groupBy(pairs, (pair) => orders[ordersOf.get(pair)![0]].supplier).values()]

  for (let sweep = 0, better = true; better && sweep < MOST_SWEEPS; sweep++) {
    better = false
    for (const move of moves()) if (tryMove(move)) better = true
  }
  return { patternOf, krw: laneKrw(lane, (pair) => patternOf.get(pair)!) }

  function* moves(): Generator<Move> {
    for (const group of [...pairs.map((pair) => [pair]), ...suppliers])
      for (const pattern of options) yield group.map((pair) => [pair, pattern])
    for (const from of options)
      for (const to of options) yield pairs.filter((pair) => patternOf.get(pair) === from).map((pair) => [pair, to])
    if (pairs.length > FEW_PAIRS) return
    for (const [k, one] of pairs.entries())
      for (const other of pairs.slice(k + 1))
        for (const first of options)
          for (const second of options)
            yield [
              [one, first],
              [other, second],
            ]
  }

  /** Done where it is worth something. */
  function tryMove(move: Move): boolean {
    const next = new Map(
      move.flatMap(([pair, pattern]) => {
        const under = releasedUnder.get(pattern)!
        return ordersOf.get(pair)!.map((k) => [k, under[k]] as const)
      }),
    )
    const moved = [...next].filter(([k, { day }]) => day !== release[k].day).map(([k]) => k)
    const touched = new Set(moved.flatMap((k) => [release[k].day, next.get(k)!.day]))
    const days = [...touched].map((day) => {
      const staying = ofDay[day].filter((k) => (next.get(k)?.day ?? day) === day)
      const coming = moved.filter((k) => next.get(k)!.day === day)
      const members = [...staying, ...coming].toSorted((a, b) => a - b)
      return { day, members, krw: transportKrw(lane, members) }
    })
    const waits = [...next].reduce((sum, [k, then]) => sum + lane.waitKrw(k, then) - lane.waitKrw(k, release[k]), 0)
    if (days.reduce((sum, { day, krw }) => sum + krw - dayCost[day], waits) > -0.5) return false
    for (const [pair, pattern] of move) patternOf.set(pair, pattern)
    for (const [k, then] of next) release[k] = then
    for (const { day, members, krw } of days) {
      ofDay[day] = members
      dayCost[day] = krw
    }
    return true
  }
}
