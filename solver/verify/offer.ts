/** What a truck is offered by the certificate: a price for each shipment it brings, less what the truck itself is worth. */
import { carryKrw, type Documents, fits, type Goods, type Truck, takes } from './documents.ts'
import { walk } from './walk.ts'

export interface Offer {
  readonly truck: Truck
  /** price of the truck, 0 or less */
  readonly truckKrw: number
  /** [goods] 0 where it has none */
  readonly prices: readonly number[]
  /** that may ride and have a price */
  readonly riders: readonly Goods[]
  /** [goods] its price less what carrying it costs whatever the way */
  readonly gains: readonly number[]
}

export interface Counterexample {
  readonly visits: readonly number[]
  readonly krw: number
  /** false: it may break a rule that was not looked at */
  readonly sure: boolean
}

/** How far routes of a truck can undercut the prices. */
export interface Answer {
  readonly how: 'prices' | 'routes' | 'labels' | 'program'
  /** routes, labels or nodes looked at */
  readonly work: number
  /** no route costs this much less than its prices: proved; 0 or more: none costs less */
  readonly leastKrw: number
  readonly counterexample: Counterexample | null
}

export function offerTo(documents: Documents, truck: Truck, truckKrw: number, prices: readonly number[]): Offer {
  const { goods } = documents
  return {
    truck,
    truckKrw,
    prices,
    riders: goods.filter((one) => prices[one.index] > 0 && takes(one, 'route') && fits(documents, truck, one)),
    gains: goods.map((one) => prices[one.index] - carryKrw(documents, truck, one)),
  }
}

/** The route as it is driven, if it can be and costs less than its prices. */
export function undercut(documents: Documents, offer: Offer, visits: readonly number[]): Counterexample | null {
  const walked = walk(documents, offer.truck, visits)
  return walked && walked.krw < worthKrw(offer, visits) ? { visits, ...walked } : null
}

/** What the prices say that the route may cost at least. */
export const worthKrw = ({ prices, truckKrw }: Offer, visits: readonly number[]): number =>
  [...new Set(visits.map((visit) => visit >> 1))].reduce((sum, one) => sum + prices[one], truckKrw)
