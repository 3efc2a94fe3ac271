/**
 * Pairs of places that no road joins. A table says NO_ROAD; the search drives figures instead that no shift has room for, so that its
 * kernels ask nothing more: 1e8 s are three years, and a problem ends after one (366 days). A route of 10,000 such legs sums to 1e13, far
 * from where whole doubles end (9e15). Metres and won are dear as well, which only makes such a place look as far away as it is.
 */
import { type Arcs, arc } from './arcs.ts'
import type { Instance } from './instance.ts'
import { NO_ROAD, type Travel, type TravelTable } from './problem.ts'

export const NO_ROAD_S = 1e8
export const NO_ROAD_M = 1e9
export const NO_ROAD_KRW = 1e9

export const hasRoad = (durationS: Arcs, from: number, to: number): boolean => arc(durationS, from, to) < NO_ROAD_S

/** Legs of the visits that no road leads along, start and end of the truck included. */
export function roadlessLegs(
  { types, placeOf }: Instance,
  type: number,
  visits: readonly number[],
): (readonly [from: number, to: number])[] {
  const { start, end, durationS } = types[type]
  const places = [start, ...visits.map((visit) => placeOf[visit]), end]
  return places.slice(1).flatMap((to, k) => (hasRoad(durationS, places[k], to) ? [] : [[places[k], to] as const]))
}

/** Whether some roads lead from one site to another, by way of others if need be: where none do, no route can go there. */
export function reachIn({ durationS }: TravelTable, sites: number): (from: number, to: number) => boolean {
  if (!durationS.includes(NO_ROAD)) return () => true
  const known = new Map<number, Uint8Array>()
  return (from, to) => {
    const reached = known.get(from) ?? spread(durationS, sites, from)
    known.set(from, reached)
    return reached[to] === 1
  }
}

/** Each site is left behind once it is reached, so that few are looked at again. */
function spread(durationS: readonly number[], sites: number, from: number): Uint8Array {
  const reached = new Uint8Array(sites)
  reached[from] = 1
  let left = Array.from({ length: sites }, (_, site) => site).filter((site) => site !== from)
  for (const queue = [from]; queue.length > 0; ) {
    const here = queue.pop()!
    left = left.filter((site) => {
      if (durationS[here * sites + site] === NO_ROAD) return true
      reached[site] = 1
      queue.push(site)
      return false
    })
  }
  return reached
}

/** The same roads, as if those that are missing took no time and cost nothing: to draw a route that cannot be driven. */
export function withoutGaps(travel: Travel): Travel {
  const filled = (cells: readonly number[]) => cells.map((cell) => (cell === NO_ROAD ? 0 : cell))
  const tables = travel.tables.map((table) => ({
    ...table,
    durationS: filled(table.durationS),
    distanceM: filled(table.distanceM),
    tollKrw: filled(table.tollKrw),
    ...(table.expresswayM && { expresswayM: filled(table.expresswayM) }),
    ...(table.slices && {
      slices: table.slices.map((slice) => ({
        ...slice,
        durationS: filled(slice.durationS),
        ...(slice.tollKrw && { tollKrw: filled(slice.tollKrw) }),
      })),
    }),
  }))
  return { ...travel, tables }
}
