/**
 * Korean expressway tolls. A ride in the closed system (a ticket from gate to gate) or the open system (a barrier on the
 * way) pays a base fee and a rate per kilometre; the sum is rounded to 100 won.
 * Source of base fees, rates and rounding: public source code that quotes the operator's tariff (certainty B); lane
 * factors B to G. Discounts (night, commute) are left out: their terms change every year.
 */

/**
 * `private`: run by a concession with a price of its own that we do not know; assumed to charge as the closed system does,
 * and to share its ticket where the two meet (X).
 */
export type TollSystem = 'closed' | 'open' | 'private' | 'none'
export type Lanes = '2' | '4' | '6+'
/** 1: two axles, narrow tyres … 3: two axles, wide track, 4: three axles, 5: four and more (toll operators' pages, A). */
export type TollClass = 1 | 2 | 3 | 4 | 5

/** Won per kilometre on a road of four lanes. */
export const RATE_KRW_PER_KM = { 1: 44.3, 2: 45.2, 3: 47, 4: 62.9, 5: 74.4 } as const satisfies Record<
  TollClass,
  number
>
export const BASE_KRW = { closed: 900, open: 720 } as const
export const LANE_FACTOR = { '2': 0.5, '4': 1, '6+': 1.2 } as const satisfies Record<Lanes, number>
const ROUNDING_KRW = 100

export interface TolledLink {
  readonly toll: TollSystem
  readonly lanes: Lanes
  readonly distanceM: number
}

/** Won for driving these links in a row. Links of one system in a row are one ride; leaving and coming back pays again. */
export function tollKrw(links: Iterable<TolledLink>, tollClass: TollClass): number {
  const rate = RATE_KRW_PER_KM[tollClass]
  const ridePrice = (system: keyof typeof BASE_KRW, km: number) =>
    Math.round((BASE_KRW[system] + km * rate) / ROUNDING_KRW) * ROUNDING_KRW

  let totalKrw = 0
  let riding: keyof typeof BASE_KRW | null = null
  let laneKm = 0
  for (const link of links) {
    const system = link.toll === 'none' ? null : link.toll === 'private' ? 'closed' : link.toll
    if (system !== riding) {
      if (riding) totalKrw += ridePrice(riding, laneKm)
      riding = system
      laneKm = 0
    }
    laneKm += (link.distanceM / 1000) * LANE_FACTOR[link.lanes]
  }
  return riding ? totalKrw + ridePrice(riding, laneKm) : totalKrw
}
