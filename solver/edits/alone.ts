/** An order on no route: alone on a hired truck, or by terminal freight, with what stands in the way in numbers. */
import { terminalDistanceM } from '../dense.ts'
import type { Trip } from '../docks.ts'
import { writeRoute } from '../document.ts'
import { type Direct, sumLines, type Violation } from '../plan.ts'
import { dayIndex, type Shipment, type TerminalTariff } from '../problem.ts'
import { terminalLines, terminalRefusal } from '../tariff.ts'
import type { Desk } from './desk.ts'
import type { Fitter } from './fit.ts'

export interface Alone {
  readonly direct: Direct
  /** of a hired truck */
  readonly trip?: Trip
  /** what no rule of a route says */
  readonly broken: readonly Violation[]
  readonly isSound: boolean
}

/** On the hired truck that carries it cheapest, or else on the one that breaks least; null where there is none. */
export function hireAlone(
  { opened: { problem, vehicleOf, instance } }: Desk,
  fitter: Fitter,
  order: number,
  fixed: readonly Trip[],
): Alone | null {
  const shipment = problem.shipments[order]
  const types = instance.types.flatMap((_, type) => (problem.vehicles[vehicleOf[type]].kind === 'hired' ? [type] : []))
  if (types.length === 0) return null
  const { trip, opened, broken } = fitter.fit(
    { types, base: [2 * order, 2 * order + 1], put: [], pins: new Map() },
    fixed,
  )
  const route = writeRoute(opened, trip.schedule, `direct-${shipment.id}`)
  const { costLines, costKrw, distanceM } = route
  const { tariff } = problem.vehicles[vehicleOf[trip.type]]
  const isBarred = shipment.modes !== undefined && !shipment.modes.includes('hired')
  return {
    direct: { shipment: shipment.id, mode: 'hired', tariff, route, distanceM, costLines, costKrw, reasons: [] },
    trip,
    broken: isBarred ? [{ rule: 'modes', shipment: shipment.id, ...ONE }] : [],
    isSound: broken.length === 0 && !isBarred,
  }
}

/** By the cheapest tariff that takes it, or else by the cheapest of those that do not; null where there is none. */
export function sendFreight({ opened }: Desk, order: number): Alone | null {
  const { problem, travel, siteIndex, instance } = opened
  const shipment = problem.shipments[order]
  const distanceM = terminalDistanceM(problem, travel, shipment, siteIndex)
  const [best] = problem.tariffs
    .flatMap((tariff) => (tariff.kind === 'terminal' ? [tariff] : []))
    .map((tariff) => {
      const lines = terminalLines(tariff, shipment, distanceM)
      return { tariff, lines, krw: sumLines(lines), refusal: terminalRefusal(tariff, shipment, distanceM) }
    })
    .sort((a, b) => Number(a.refusal !== null) - Number(b.refusal !== null) || a.krw - b.krw)
  if (!best) return null
  const { tariff, lines, krw, refusal } = best
  const isGrouped = instance.company !== null && instance.company.groupOf[order] >= 0
  const broken: Violation[] = [
    ...(refusal === null ? [] : [{ rule: refusal, shipment: shipment.id, ...lacking(refusal, shipment, tariff) }]),
    ...(isGrouped ? [{ rule: 'together', shipment: shipment.id, ...ONE }] : []),
  ]
  const isPriced = Number.isFinite(krw)
  const direct: Direct = {
    shipment: shipment.id,
    mode: 'terminal',
    tariff: tariff.id,
    distanceM: Math.max(0, distanceM),
    costLines: isPriced ? lines : [],
    costKrw: isPriced ? krw : 0,
    reasons: [],
  }
  return { direct, broken, isSound: broken.length === 0 }
}

const ONE = { excess: 1, unit: 'shipments' } as const

function lacking(
  refusal: NonNullable<ReturnType<typeof terminalRefusal>>,
  { weightKg, pieceKg = weightKg, ready = 0, due = Number.POSITIVE_INFINITY }: Shipment,
  { maxPieceKg, maxShipmentKg, leadDays }: TerminalTariff,
): Pick<Violation, 'excess' | 'unit' | 'limit' | 'found'> {
  const over = (found: number, limit: number) =>
    found > limit ? { excess: found - limit, unit: 'kg', limit, found } : ONE
  if (refusal === 'pieceWeight') return over(pieceKg, maxPieceKg)
  if (refusal === 'capacity') return over(weightKg, maxShipmentKg)
  const lateDays = dayIndex(ready) + leadDays - dayIndex(due)
  return refusal === 'timeWindows' && lateDays > 0 ? { excess: lateDays, unit: 'days' } : ONE
}
