/** What a shipment costs by itself: terminal freight, a hired truck of its own, or a route that carries nothing else. */
import type { SoftWindow, TerminalTariff } from '../problem.ts'
import {
  type Documents,
  dayOf,
  firstOpen,
  fits,
  type Goods,
  holdKrw,
  lastOpen,
  type Truck,
  takes,
} from './documents.ts'
import { alongLeg, onward, partnersOf, restsOn, walk } from './walk.ts'

/** The cheapest way without a route; Infinity: there is none. Whoever must ride with others has none. */
export function directKrw(documents: Documents, goods: Goods): number {
  const { problem, market } = documents
  if (partnersOf(problem.together ?? [], goods.shipment.id).length > 0) return Number.POSITIVE_INFINITY
  const freight = problem.tariffs.flatMap((tariff) =>
    tariff.kind === 'terminal' ? freightKrw(documents, tariff, goods) : [],
  )
  const hired = takes(goods, 'hired') ? market.map((truck) => hiredKrw(documents, truck, goods)) : []
  return Math.min(...freight, ...hired)
}

/** The cheapest way of all. */
export function aloneKrw(documents: Documents, goods: Goods): number {
  const visits = [2 * goods.index, 2 * goods.index + 1]
  const riding = documents.trucks.map((truck) => walk(documents, truck, visits)?.krw ?? Number.POSITIVE_INFINITY)
  return Math.min(directKrw(documents, goods), ...riding)
}

function freightKrw({ file, sites }: Documents, tariff: TerminalTariff, goods: Goods): number {
  const { shipment } = goods
  const none = Number.POSITIVE_INFINITY
  if (!takes(goods, 'terminal') || shipment.mustGoAlone || shipment.maxOnBoardS !== undefined) return none
  if ((shipment.pieceKg ?? shipment.weightKg) > tariff.maxPieceKg || shipment.weightKg > tariff.maxShipmentKg)
    return none
  // collected at the first moment of its own windows from when it is ready, whatever the hours of the site
  const ready = shipment.ready ?? 0
  const collectedS = firstOpen(shipment.pickupWindows ?? [], ready)
  const collects = dayOf(collectedS === Number.POSITIVE_INFINITY ? ready : collectedS)
  const arrives = collects + tariff.leadDays
  if (arrives > dayOf(shipment.due ?? none)) return none
  const [from, to] = goods.sites
  // the first truck class that has a road there; none is asked for where every distance costs the same
  const metres = file.travel.tables.map(({ distanceM }) => distanceM[from * sites + to]).find((far) => far >= 0)
  if (metres === undefined && tariff.zones[0]?.uptoM !== undefined) return none
  const zone = tariff.zones.find(({ uptoM }) => (metres ?? 0) < (uptoM ?? none))
  if (!zone) return none
  const inDay = (day: number) => [day * 86_400, (day + 1) * 86_400 - 1] as const
  return (
    Math.round((tariff.baseKrw + tariff.perKgKrw * shipment.weightKg) * zone.factor) +
    holdKrw(goods, collects * 86_400) +
    wishKrw(shipment.softPickup, ...inDay(collects)) +
    wishKrw(shipment.softDelivery, ...inDay(arrives))
  )
}

/**
 * A truck for this shipment only. Wished times cost what each end by itself would have to pay, which is all there is to it unless one end
 * is wished late and the other early.
 */
function hiredKrw(documents: Documents, truck: Truck, goods: Goods): number {
  const none = Number.POSITIVE_INFINITY
  const visits = [2 * goods.index, 2 * goods.index + 1]
  // on a route of its own: the same rules but the ways it may go
  const anyWay = { ...goods, shipment: { ...goods.shipment, modes: ['route' as const] } }
  const alone = { ...documents, goods: documents.goods.with(goods.index, anyWay) }
  const walked = fits(documents, truck, goods) ? walk(alone, truck, visits) : null
  if (!walked) return none
  const { shipment, sites, serviceS, windows } = goods
  const legS = (from: number, to: number) => alongLeg(documents, truck.legS, from, to)
  const rideS = legS(...sites) + restsOn(documents, 0, legS(...sites)) * documents.restS
  const loadS = documents.stopS[sites[0]] + serviceS[0]
  const gapS = firstOpen(windows[1], 0) - (lastOpen(windows[0]) + loadS)
  if (Math.max(rideS, gapS) > (shipment.maxOnBoardS ?? none)) return none
  // the earliest start of each end
  const depart = [{ timeS: truck.opensS, drivenS: 0 }]
  const loaded = onward(documents, depart, legS(truck.start, sites[0]), windows[0], loadS)
  const unloaded = onward(documents, loaded, legS(...sites), windows[1], 0)
  const earliest = (moments: readonly { readonly timeS: number }[]) => Math.min(...moments.map(({ timeS }) => timeS))
  const least = (soft: SoftWindow | undefined, end: 0 | 1, fromS: number) => {
    const open = windows[end].filter(([, closesS]) => closesS >= fromS)
    return Math.min(...open.map(([opensS, closesS]) => wishKrw(soft, Math.max(opensS, fromS), closesS)))
  }
  return (
    walked.krw +
    least(shipment.softPickup, 0, earliest(loaded) - loadS) +
    least(shipment.softDelivery, 1, earliest(unloaded))
  )
}

/** Won for a start between two moments, at the best of them. */
function wishKrw(soft: SoftWindow | undefined, fromS: number, uptoS: number): number {
  if (!soft) return 0
  const earlyS = Math.max(0, (soft.opensS ?? 0) - uptoS)
  const lateS = Math.max(0, fromS - (soft.closesS ?? Number.POSITIVE_INFINITY))
  return (
    Math.round(((soft.earlyKrwPerHour ?? 0) * earlyS) / 3600) + Math.round(((soft.lateKrwPerHour ?? 0) * lateS) / 3600)
  )
}
