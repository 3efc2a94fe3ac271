/**
 * A truck's day made a little easier, for the searches that cannot look at every route: going round is never dearer or later than going
 * straight, so that leaving a shipment out never makes a route dearer; paid time is rounded down leg by leg; a leg takes the rests that
 * it needs by itself, and no others; the seconds of a stop may pass as soon as the place is open to anything, so that leaving a visit out
 * makes nothing later. No true route costs less here, and none is lost.
 */
import { type Documents, firstOpen, type Goods, lastOpen, type Windows } from './documents.ts'
import type { Offer } from './offer.ts'
import { mayRide } from './routes.ts'
import { alongLeg, restsOn } from './walk.ts'

export interface Network {
  /** of the documents' sites, those that the truck may go to */
  readonly places: readonly number[]
  /** index into places, -1: none */
  readonly start: number
  readonly end: number
  /** [from][to] */
  readonly legKrw: readonly (readonly number[])[]
  readonly legS: readonly (readonly number[])[]
  readonly stopS: readonly number[]
  /** [place] when anything may be served there */
  readonly open: readonly Windows[]
  readonly riders: readonly Rider[]
  /** [place] true: riders are all that could be served there */
  readonly isWhole: readonly boolean[]
}

/** A shipment that the truck could carry by itself, and that brings more than carrying it costs. */
export interface Rider {
  readonly goods: Goods
  readonly gainKrw: number
  /** index into places of each end */
  readonly places: readonly [number, number]
}

export function openNetwork(documents: Documents, { truck, truckKrw: _, ...offer }: Offer): Network {
  const near = mayRide(documents, { truck, truckKrw: 0, ...offer })
  const places = [...new Set([truck.start, truck.end, ...near.flatMap(({ sites }) => sites)])].filter(
    (site) => site >= 0,
  )
  const indexOf = (site: number) => places.indexOf(site)
  const paidKrw = (seconds: number) => Math.floor((truck.hourKrw * seconds) / 3600)
  const table = (figure: (from: number, to: number) => number) =>
    shorten(
      places.map((from) => places.map((to) => (from === to ? 0 : figure(from, to)))),
      truck.closesS - truck.opensS,
    )
  const legKrw = table(
    (from, to) =>
      alongLeg(documents, truck.legKrw, from, to) +
      paidKrw(alongLeg(documents, truck.legS, from, to) + documents.stopS[to]),
  )
  const legS = table((from, to) => {
    const seconds = alongLeg(documents, truck.legS, from, to)
    return seconds + restsOn(documents, 0, seconds) * documents.restS
  })
  const start = indexOf(truck.start)
  const end = indexOf(truck.end)
  const open = places.map((site) =>
    near.flatMap(({ sites, windows }) =>
      ([0, 1] as const).flatMap((side) => (sites[side] === site ? windows[side] : [])),
    ),
  )
  const stopS = places.map((site) => documents.stopS[site])
  const network = { places, start, end, legKrw, legS, stopS, open, riders: [], isWhole: [] }
  const riders = offer.riders
    .map((goods): Rider => {
      const workS = goods.serviceS[0] + goods.serviceS[1]
      return {
        goods,
        gainKrw: offer.gains[goods.index] - paidKrw(workS),
        places: [indexOf(goods.sites[0]), indexOf(goods.sites[1])],
      }
    })
    .filter((rider) => rider.gainKrw > 0 && ridesAlone(network, rider, truck.opensS, truck.closesS))
  const all = new Set(riders.map(({ goods }) => goods))
  const isWhole = places.map((site) => near.every((goods) => !goods.sites.includes(site) || all.has(goods)))
  return { ...network, riders, isWhole }
}

/** Floyd (1962), Algorithm 97: Shortest path. */
function shorten(table: number[][], longestS: number): number[][] {
  for (const [via, onwards] of table.entries())
    for (const row of table)
      for (const [to, rest] of onwards.entries()) if (row[via] + rest < row[to]) row[to] = row[via] + rest
  return fillGaps(table, longestS)
}

/** Where no way leads, as far as the farthest, and farther than any shift: figures of one size. */
function fillGaps(table: readonly number[][], longestS: number): number[][] {
  const some = table.flat().filter((figure) => figure < Number.POSITIVE_INFINITY)
  const far = some.reduce((most, figure) => Math.max(most, figure), longestS + 1)
  return table.map((row) => row.map((figure) => Math.min(figure, far)))
}

export const along = (table: readonly (readonly number[])[], from: number, to: number): number =>
  from < 0 || to < 0 ? 0 : table[from][to]

function ridesAlone(network: Network, rider: Rider, opensS: number, closesS: number): boolean {
  const { legS, start, end } = network
  const [from, to] = rider.places
  const loadedS = serve(network, rider, 0, opensS + along(legS, start, from), true)
  return serve(network, rider, 1, loadedS + legS[from][to], true) + along(legS, to, end) <= closesS
}

/** When an end has been served, for a truck that is there at `readyS`; Infinity: too late. */
export function serve(
  { open, stopS }: Network,
  { goods, places }: Rider,
  end: 0 | 1,
  readyS: number,
  isStop: boolean,
): number {
  const startS = firstOpen(goods.windows[end], readyS)
  const stoppedS = isStop ? firstOpen(open[places[end]], readyS) + stopS[places[end]] : 0
  return Math.max(startS, stoppedS) + goods.serviceS[end]
}

/** The last moment at which an end may be served. */
export const latest = (rider: Rider, end: 0 | 1): number => lastOpen(rider.goods.windows[end])
