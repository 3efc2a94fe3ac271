/** Every set of shipments in every order of visits, by the true fares and clock: for tiny days. */
import { type Documents, fareKrw, fits, type Goods, takes } from './documents.ts'
import type { Answer, Counterexample, Offer } from './offer.ts'
import { undercut, worthKrw } from './offer.ts'
import { alongLeg, type Moment, onward } from './walk.ts'

/** Those without a price too: going round by one may be cheaper than going straight. */
export const mayRide = (documents: Documents, { truck, prices }: Offer): Goods[] =>
  documents.goods.filter(
    (one) =>
      takes(one, 'route') &&
      fits(documents, truck, one) &&
      (prices[one.index] > 0 || one.shipment.mustGoAlone !== true),
  )

/** Null: more than `most` visits to look at. */
export function everyRoute(documents: Documents, offer: Offer, most: number): Answer | null {
  const { stopS } = documents
  const { truck, gains, truckKrw } = offer
  const riders = mayRide(documents, offer)
  const left = new Set(riders)
  const aboard = new Set<Goods>()
  const visits: number[] = []
  let counterexample: Counterexample | null = null
  let leastKrw = 0
  let work = 0

  const look = (place: number, moments: readonly Moment[], legsKrw: number, stops: number, workS: number) => {
    if (++work > most) return
    const done = riders.filter((one) => !left.has(one))
    const gained = done.reduce((sum, one) => sum + gains[one.index], truckKrw)
    const hoped = [...left].reduce((sum, one) => sum + Math.max(0, gains[one.index]), 0)
    // driving on only costs more
    if (fareKrw(truck, legsKrw, stops, workS) >= gained + hoped) return
    if (aboard.size === 0 && stops > 0) {
      const homeKrw = legsKrw + alongLeg(documents, truck.legKrw, place, truck.end)
      const homeS = workS + alongLeg(documents, truck.legS, place, truck.end)
      const found = fareKrw(truck, homeKrw, stops, homeS) < gained ? undercut(documents, offer, visits) : null
      if (found && found.krw - worthKrw(offer, visits) < leastKrw) {
        leastKrw = found.krw - worthKrw(offer, visits)
        counterexample = { ...found, visits: [...visits] }
      }
    }
    for (const end of [0, 1] as const)
      for (const one of [...(end === 0 ? left : aboard)]) {
        const to = one.sites[end]
        const isStop = stops === 0 || to !== place
        const serviceS = one.serviceS[end] + (isStop ? stopS[to] : 0)
        const legS = alongLeg(documents, truck.legS, place, to)
        const next = onward(documents, moments, legS, one.windows[end], serviceS)
        if (next.every(({ timeS }) => timeS > truck.closesS)) continue
        const [from, into] = end === 0 ? [left, aboard] : [aboard, null]
        from.delete(one)
        into?.add(one)
        visits.push(2 * one.index + end)
        const nextKrw = legsKrw + alongLeg(documents, truck.legKrw, place, to)
        look(to, next, nextKrw, stops + (isStop ? 1 : 0), workS + legS + serviceS)
        visits.pop()
        into?.delete(one)
        from.add(one)
      }
  }
  look(truck.start, [{ timeS: truck.opensS, drivenS: 0 }], 0, 0, 0)
  return work > most ? null : { how: 'routes', work, leastKrw, counterexample }
}
