/**
 * A truck's day made a little easier, for the searches that cannot look at every route: going round is never dearer or later than going
 * straight, so that leaving a shipment out never makes a route dearer; paid time is rounded down leg by leg; a leg takes the rests that
 * it needs by itself, and no others. No true route costs less here, and none is lost.
 */
import { type Documents, firstOpen, type Goods, lastOpen } from './documents.ts'
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
  readonly riders: readonly Rider[]
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
    shorten(places.map((from) => places.map((to) => (from === to ? 0 : figure(from, to)))))
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
  const network = { places, start, end, legKrw, legS, stopS: places.map((site) => documents.stopS[site]) }
  const riders = offer.riders
    .map((goods): Rider => {
      const workS = goods.serviceS[0] + goods.serviceS[1]
      return {
        goods,
        gainKrw: offer.gains[goods.index] - paidKrw(workS),
        places: [indexOf(goods.sites[0]), indexOf(goods.sites[1])],
      }
    })
    .filter((rider) => rider.gainKrw > 0 && ridesAlone({ ...network, riders: [] }, rider, truck.opensS, truck.closesS))
  return { ...network, riders }
}

/** Floyd (1962), Algorithm 97: Shortest path. */
function shorten(table: number[][]): number[][] {
  for (const [via, onwards] of table.entries())
    for (const row of table)
      for (const [to, rest] of onwards.entries()) if (row[via] + rest < row[to]) row[to] = row[via] + rest
  return table
}

export const along = (table: readonly (readonly number[])[], from: number, to: number): number =>
  from < 0 || to < 0 ? 0 : table[from][to]

function ridesAlone(network: Network, { goods, places }: Rider, opensS: number, closesS: number): boolean {
  const { legS, stopS, start, end } = network
  const loads = firstOpen(goods.windows[0], opensS + along(legS, start, places[0]))
  const leaves = loads + stopS[places[0]] + goods.serviceS[0]
  const unloads = firstOpen(goods.windows[1], leaves + along(legS, places[0], places[1]))
  return unloads + stopS[places[1]] + goods.serviceS[1] + along(legS, places[1], end) <= closesS
}

/** The last moment at which an end may be served. */
export const latest = (rider: Rider, end: 0 | 1): number => lastOpen(rider.goods.windows[end])
