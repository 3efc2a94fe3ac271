/**
 * One kind of truck as labels drive it: its sites, ends of orders and latest times, every second and every cost exact.
 *
 * A label dominates another by leaving out deliveries of it, so leaving out an end must never make a route later. Arcs are closed under
 * detours, but that is not enough where a stop takes its seconds once: an end that opens early can use them up while a later one at the
 * same site still waits. So here the seconds of a stop may pass as soon as the site is open to any end of the kind, and only the end itself
 * waits for its own window. Where all ends of a site share their windows that is the timetable; elsewhere it is never later.
 */
import type { Relaxed } from '../relaxed.ts'

/** Capacity is compared after sums in another order than the search's: once more what instance.ts allows for that. */
const LOAD_SLACK = 1e-6

/** Seconds that are not whole are rounded to 1/16384, in favour of the route: sums and products stay exact. */
const FINEST_S = 2 ** -14

export class Network {
  readonly kind: number
  /** of the kind that some truck could carry alone */
  readonly orders: readonly number[]
  /** the sites of the orders, then the end of the route where there is one */
  readonly sites: number
  /** index of the end, -1: the route ends anywhere */
  readonly end: number
  /** [from * sites + to] */
  readonly arcS: Float64Array
  readonly arcKrw: Float64Array
  /** [site] from the start of the route */
  readonly startS: Float64Array
  readonly startKrw: Float64Array
  /** [site] once per stop */
  readonly stopS: Float64Array
  /** [end of an order: 2k pickup, 2k + 1 delivery] */
  readonly siteOf: Int32Array
  readonly serviceS: Float64Array
  /** [site * ends + end] latest time to leave for a pickup or delivery, and what must follow it */
  readonly latestS: Float64Array
  /** [k * dimensions + dimension] */
  readonly demand: Float64Array
  readonly capacity: Float64Array
  readonly opensS: number
  /** by then the route is over */
  readonly lastS: number
  /** half of the visits take no longer */
  readonly stepS: number

  private readonly windowFrom: Int32Array
  private readonly windowOpensS: Float64Array
  private readonly windowClosesS: Float64Array
  private readonly openFrom: Int32Array
  private readonly siteOpensS: Float64Array
  private readonly siteClosesS: Float64Array

  constructor({ instance, kinds, size }: Relaxed, kindIndex: number) {
    const kind = kinds[kindIndex]
    this.kind = kindIndex
    if (kind.orders.some((order) => !instance.paired[order])) throw new Error('labels: an order without a delivery')

    // sites
    const visits = kind.orders.flatMap((order) => [2 * order, 2 * order + 1])
    const places = [...new Set(visits.map((visit) => instance.placeOf[visit]))]
    if (kind.end >= 0) places.push(kind.end)
    const sites = places.length
    this.sites = sites
    this.end = kind.end >= 0 ? sites - 1 : -1
    const siteAt = (place: number) => places.indexOf(place)
    const unitS = [kind.arcS, instance.serviceS, instance.stopS, instance.opensS, instance.closesS].every((list) =>
      list.every((seconds) => Number.isInteger(seconds) || !Number.isFinite(seconds)),
    )
      ? 1
      : FINEST_S
    const down = (seconds: number) => Math.floor(seconds / unitS) * unitS
    const up = (seconds: number) => Math.ceil(seconds / unitS) * unitS
    this.arcS = new Float64Array(sites * sites)
    this.arcKrw = new Float64Array(sites * sites)
    for (let a = 0; a < sites; a++)
      for (let b = 0; b < sites; b++) {
        this.arcS[a * sites + b] = down(kind.arcS[places[a] * size + places[b]])
        this.arcKrw[a * sites + b] = kind.arcKrw[places[a] * size + places[b]]
      }
    const fromStart = (table: Float64Array) =>
      Float64Array.from(places, (place) => (kind.start < 0 ? 0 : table[kind.start * size + place]))
    this.startS = fromStart(kind.arcS).map(down)
    this.startKrw = fromStart(kind.arcKrw)
    // rounding down may have opened detours again
    for (let via = 0; via < sites; via++)
      for (let a = 0; a < sites; a++) {
        this.startS[a] = Math.min(this.startS[a], this.startS[via] + this.arcS[via * sites + a])
        for (let b = 0; b < sites; b++)
          this.arcS[a * sites + b] = Math.min(
            this.arcS[a * sites + b],
            this.arcS[a * sites + via] + this.arcS[via * sites + b],
          )
      }
    this.stopS = Float64Array.from(places, (place) => down(instance.stopS[place]))
    this.opensS = down(kind.opensS)

    // ends, their windows, and when a site is open to any of them
    const opened = instance.opensS.reduce((late, open) => Math.max(late, open), kind.opensS)
    const longest = this.arcS.reduce((most, seconds) => Math.max(most, seconds), 0)
    const worked = visits.reduce(
      (sum, visit) => {
        return sum + instance.serviceS[visit] + instance.stopS[instance.placeOf[visit]] + longest
      },
      Math.max(longest, ...this.startS),
    )
    // a shift without end: no route lasts longer
    const closesS = up(Math.min(kind.closesS, opened + worked))
    const bySite: [number, number][][] = places.map(() => [])
    const windowsOf = (visit: number): [number, number][] => {
      const windows: [number, number][] = []
      for (let w = instance.windowFrom[visit]; w < instance.windowFrom[visit + 1]; w++)
        windows.push([down(instance.opensS[w]), up(instance.closesS[w])])
      return windows
    }
    const windowFrom = [0]
    const opens: number[] = []
    const closes: number[] = []
    for (const visit of visits) {
      const windows = windowsOf(visit)
      bySite[siteAt(instance.placeOf[visit])].push(...windows)
      for (const [open, close] of windows) {
        opens.push(open)
        closes.push(close)
      }
      windowFrom.push(opens.length)
    }
    this.windowFrom = Int32Array.from(windowFrom)
    this.windowOpensS = Float64Array.from(opens)
    this.windowClosesS = Float64Array.from(closes)
    const merged = bySite.map(mergeWindows)
    this.openFrom = Int32Array.from([0, ...merged.map(sumSoFar((windows) => windows.length))])
    this.siteOpensS = Float64Array.from(merged.flat(), ([open]) => open)
    this.siteClosesS = Float64Array.from(merged.flat(), ([, close]) => close)
    this.siteOf = Int32Array.from(visits, (visit) => siteAt(instance.placeOf[visit]))
    this.serviceS = Float64Array.from(visits, (visit) => down(instance.serviceS[visit]))
    this.stepS = this.serviceS.toSorted()[visits.length >> 1] ?? 0

    // latest times: deliveries must let the truck end in time, pickups must let their delivery follow at once
    const ends = visits.length
    const latestS = new Float64Array(sites * ends).fill(Number.NEGATIVE_INFINITY)
    let lastS = Number.NEGATIVE_INFINITY
    const fill = (end: number, leaveBy: number) => {
      const to = this.siteOf[end]
      const latest = (begins: boolean) => this.latestArrival(end, begins, leaveBy, closesS, unitS)
      const atNewStop = latest(true)
      for (let from = 0; from < sites; from++)
        latestS[from * ends + end] = from === to ? latest(false) : atNewStop - this.arcS[from * sites + to]
    }
    for (let end = 1; end < ends; end += 2) {
      const site = this.siteOf[end]
      const leaveBy = closesS - (this.end < 0 ? 0 : this.arcS[site * sites + this.end])
      fill(end, leaveBy)
      const from = latestS[site * ends + end]
      if (from > Number.NEGATIVE_INFINITY) lastS = Math.max(lastS, this.serve(end, from, false))
      fill(end - 1, latestS[this.siteOf[end - 1] * ends + end])
    }
    this.latestS = latestS
    this.lastS = this.end < 0 ? lastS : closesS

    const { dimensions } = instance
    this.capacity = kind.capacity.map((most) => most + LOAD_SLACK)
    this.demand = Float64Array.from({ length: kind.orders.length * dimensions }, (_, cell) => {
      const order = kind.orders[Math.floor(cell / dimensions)]
      return instance.demand[order * dimensions + (cell % dimensions)]
    })
    this.orders = kind.orders
  }

  /** When the truck leaves an end again that it reaches then; Infinity: it is too late. */
  serve(end: number, arriveS: number, stopBegins: boolean): number {
    const { windowFrom, windowOpensS, windowClosesS } = this
    let start = Number.POSITIVE_INFINITY
    for (let w = windowFrom[end], stop = windowFrom[end + 1]; w < stop; w++)
      if (arriveS <= windowClosesS[w]) {
        start = arriveS > windowOpensS[w] ? arriveS : windowOpensS[w]
        break
      }
    if (stopBegins && start !== Number.POSITIVE_INFINITY) {
      const site = this.siteOf[end]
      const ready = this.siteOpen(site, arriveS) + this.stopS[site]
      if (ready > start) start = ready
    }
    return start + this.serviceS[end]
  }

  /** True where a truck could carry the order alone. */
  rides(k: number): boolean {
    const { capacity, demand, siteOf, latestS, startS, opensS } = this
    const end = 2 * k
    const ends = siteOf.length
    for (let d = 0; d < capacity.length; d++) if (demand[k * capacity.length + d] > capacity[d]) return false
    const leaveS = this.serve(end, opensS + startS[siteOf[end]], true)
    return leaveS <= latestS[siteOf[end] * ends + end + 1]
  }

  private siteOpen(site: number, arriveS: number): number {
    const { openFrom, siteOpensS, siteClosesS } = this
    for (let w = openFrom[site], stop = openFrom[site + 1]; w < stop; w++)
      if (arriveS <= siteClosesS[w]) return arriveS > siteOpensS[w] ? arriveS : siteOpensS[w]
    return Number.POSITIVE_INFINITY
  }

  /** By halving: a later arrival never leaves earlier. */
  private latestArrival(end: number, begins: boolean, leaveBy: number, closesS: number, unitS: number): number {
    let good = Math.floor(this.opensS / unitS) - 1
    let bad = Math.ceil(closesS / unitS) + 1
    while (bad - good > 1) {
      const middle = Math.floor((good + bad) / 2)
      if (this.serve(end, middle * unitS, begins) <= leaveBy) good = middle
      else bad = middle
    }
    return good * unitS < this.opensS ? Number.NEGATIVE_INFINITY : good * unitS
  }
}

function mergeWindows(windows: readonly (readonly [number, number])[]): [number, number][] {
  const merged: [number, number][] = []
  for (const [open, close] of [...windows].sort((x, y) => x[0] - y[0])) {
    const last = merged[merged.length - 1]
    if (last && open <= last[1]) last[1] = Math.max(last[1], close)
    else merged.push([open, close])
  }
  return merged
}

function sumSoFar<T>(figure: (each: T) => number): (each: T) => number {
  let sum = 0
  return (each) => {
    sum += figure(each)
    return sum
  }
}
