/** What can be seen in the certificate itself: that it speaks of this plan, and adds up. */
import type { Certificate } from '../plan.ts'
import { type Documents, fits, takes } from './documents.ts'
import { isOnRoads } from './roads.ts'
import { aloneKrw, directKrw } from './ways.ts'

export const FAULTS = [
  'sum', // lowerKrw is not what the prices add up to
  'price', // no whole won, below 0, or above 0 for a truck
  'shipmentUnknown',
  'shipmentMissing',
  'shipmentTwice',
  'unserved', // left out of the bound, and not by the plan, or the other way round
  'direct', // the price of a shipment is above what going direct costs
  'alone', // above what its cheapest way costs
  'shares', // listed as alone, and could share a truck
  'fleetUnknown',
  'fleetMissing',
  'fleetTwice',
  'fleetCount', // not the trucks of the problem, at most one a priced shipment
  'plan', // the plan costs less than the bound
  'proof', // called optimal, and the plan costs more than the bound
  'route', // a route costs less than its prices
] as const
export type FaultCode = (typeof FAULTS)[number]

export interface Fault {
  readonly code: FaultCode
  readonly shipment?: string
  readonly vehicle?: string
  readonly shift?: number
  /** what the certificate says, and what is: won, or trucks for fleetCount */
  readonly stated?: number
  readonly found?: number
  /** of the route that costs less, in order */
  readonly visits?: readonly { readonly shipment: string; readonly kind: 'pickup' | 'delivery' }[]
  /** false: the figure that was found might be too low, because rules or wishes were left out of it */
  readonly sure: boolean
}

export function findFaults(documents: Documents, certificate: Certificate): Fault[] {
  return [
    ...shipmentFaults(documents, certificate),
    ...fleetFaults(documents, certificate),
    ...sumFaults(documents, certificate),
  ]
}

function sumFaults({ file }: Documents, { lowerKrw, prices, fleet, alone, proof }: Certificate): Fault[] {
  const sum =
    [...prices, ...alone].reduce((total, { krw }) => total + krw, 0) +
    fleet.reduce((total, { count, krw }) => total + count * krw, 0)
  const is = (code: FaultCode, found: number) => ({ code, stated: lowerKrw, found, sure: true })
  const faults: Fault[] = []
  if (sum !== lowerKrw) faults.push(is('sum', sum))
  if (lowerKrw > file.costKrw) faults.push(is('plan', file.costKrw))
  if (proof === 'optimal' && lowerKrw < file.costKrw) faults.push(is('proof', file.costKrw))
  return faults
}

function shipmentFaults(documents: Documents, { prices, alone, unserved }: Certificate): Fault[] {
  const faults: Fault[] = []
  const byId = new Map(documents.goods.map((one) => [one.shipment.id, one]))
  const named = [...prices, ...alone].map(({ shipment }) => shipment).concat(unserved)
  const left = new Set(documents.file.unserved.map(({ shipment }) => shipment))
  for (const shipment of new Set(named)) {
    if (!byId.has(shipment)) faults.push({ code: 'shipmentUnknown', shipment, sure: true })
    if (named.indexOf(shipment) !== named.lastIndexOf(shipment))
      faults.push({ code: 'shipmentTwice', shipment, sure: true })
  }
  for (const shipment of byId.keys()) {
    if (!named.includes(shipment)) faults.push({ code: 'shipmentMissing', shipment, sure: true })
    if (left.has(shipment) !== unserved.includes(shipment)) faults.push({ code: 'unserved', shipment, sure: true })
  }
  for (const { shipment, krw } of [...prices, ...alone])
    if (!Number.isSafeInteger(krw) || krw < 0) faults.push({ code: 'price', shipment, stated: krw, sure: true })
  for (const { shipment, krw } of prices) {
    const one = byId.get(shipment)
    const found = one ? directKrw(documents, one) : krw
    if (krw > found) faults.push({ code: 'direct', shipment, stated: krw, found, sure: isPlain(documents, shipment) })
  }
  for (const { shipment, krw } of alone) {
    const one = byId.get(shipment)
    if (!one) continue
    const found = aloneKrw(documents, one)
    if (krw > found) faults.push({ code: 'alone', shipment, stated: krw, found, sure: isPlain(documents, shipment) })
    const rides = documents.trucks.some(
      (truck) => takes(one, 'route') && fits(documents, truck, one) && isOnRoads(documents, truck, one),
    )
    if (rides && !one.shipment.mustGoAlone) faults.push({ code: 'shares', shipment, sure: true })
  }
  return faults
}

/** Nothing is asked of it whose price or reach the verifier only estimates. */
function isPlain({ goods, trucks, market }: Documents, id: string): boolean {
  if ([...trucks, ...market].some(({ hasHours }) => hasHours)) return false
  const { shipment } = goods.find((one) => one.shipment.id === id)!
  return !shipment.softPickup && !shipment.softDelivery && shipment.maxOnBoardS === undefined
}

function fleetFaults({ trucks }: Documents, { fleet, prices }: Certificate): Fault[] {
  const faults: Fault[] = []
  const keyOf = (vehicle: string, shift: number) => JSON.stringify([vehicle, shift])
  const stated = Map.groupBy(fleet, ({ vehicle, shift }) => keyOf(vehicle, shift))
  for (const { vehicle, shift } of trucks) {
    const entries = stated.get(keyOf(vehicle.id, shift)) ?? []
    const where = { vehicle: vehicle.id, shift, sure: true }
    if (entries.length === 0) faults.push({ code: 'fleetMissing', ...where })
    if (entries.length > 1) faults.push({ code: 'fleetTwice', ...where })
    const found = Math.min(vehicle.count, prices.length)
    for (const { count, krw } of entries) {
      if (count !== found) faults.push({ code: 'fleetCount', ...where, stated: count, found })
      if (!Number.isSafeInteger(krw) || krw > 0) faults.push({ code: 'price', ...where, stated: krw })
    }
  }
  const known = new Set(trucks.map(({ vehicle, shift }) => keyOf(vehicle.id, shift)))
  for (const { vehicle, shift } of fleet)
    if (!known.has(keyOf(vehicle, shift))) faults.push({ code: 'fleetUnknown', vehicle, shift, sure: true })
  return faults
}
