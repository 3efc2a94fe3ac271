/**
 * Divides shipments that exceed every truck which could otherwise carry them, into the fewest parts that one truck type takes. Goods are
 * pieces of `pieceKg`, the last one lighter, and whole pallets, the last one broken; pieces and pallets stay whole, volume follows weight.
 * Trucks are filled one after another, so that the last part is the smallest and has room for company; of types that need equally few
 * parts the smallest class decides, because more trucks can drive what it takes. Whether a truck can make the way in time is not asked
 * here: a shipment that a truck could load stays whole even where that truck is late.
 */
import type { Part } from './plan.ts'
import { type Shipment, type Site, TRUCK_CLASSES, type Vehicle } from './problem.ts'
import { STATIC_RULES } from './rules/static.ts'

/** Quotients of doubles a hair below a whole number are whole. */
const SLACK = 1e-9

/** Indivisible units of one size, and one smaller unit; rest 0: there is none. */
interface Units {
  readonly unit: number
  readonly full: number
  readonly rest: number
}

function unitsOf(total: number, unit: number): Units {
  const full = Math.floor(total / unit + SLACK)
  const rest = total - full * unit
  return { unit, full, rest: rest > SLACK * Math.max(1, total) ? rest : 0 }
}

/** Units that one truck takes, and how many of them beside the smaller one (below 0: not even that). */
function room({ unit, full, rest }: Units, limit: number): { readonly most: number; readonly beside: number } {
  const most = Math.min(full, Math.floor(limit / unit + SLACK))
  return { most, beside: rest === 0 ? most : Math.min(full, Math.floor((limit - rest) / unit + SLACK)) }
}

function fewest(units: Units, limit: number): number {
  const { most, beside } = room(units, limit)
  if (units.rest > 0 && beside < 0) return Number.POSITIVE_INFINITY
  if (units.full <= beside) return 1
  return most > 0 ? 1 + Math.ceil((units.full - beside) / most) : Number.POSITIVE_INFINITY
}

/** Full units for each of `count` parts: as many as a share of `fill` in each before the last, `least` at the least, whatever then remains fits. */
function deal(units: Units, limit: number, count: number, fill: number, least: number): number[] {
  const { most, beside } = room(units, limit)
  const dealt: number[] = []
  let left = units.full
  for (let k = 0; k < count - 1; k++) {
    const later = count - 2 - k
    const lowest = left - later * most - beside
    const reserved = least * (later + (units.rest > 0 ? 0 : 1))
    dealt.push(Math.max(lowest, Math.min(most, left - reserved, Math.ceil(units.full * fill - SLACK))))
    left -= dealt[k]
  }
  return [...dealt, left]
}

function divideFor(vehicle: Vehicle, shipment: Shipment): Part[] | null {
  const { weightKg, volumeL = 0, pallets = 0, pieceKg = weightKg } = shipment
  if (pieceKg <= 0 || pieceKg >= weightKg) return null
  const pieces = unitsOf(weightKg, pieceKg)
  const floor = unitsOf(pallets, 1)
  // volume follows weight: the bed binds like a payload
  const bedKg =
    volumeL > 0 ? ((vehicle.bedL ?? Number.POSITIVE_INFINITY) * weightKg) / volumeL : Number.POSITIVE_INFINITY
  const limitKg = Math.min(vehicle.capacityKg, bedKg)
  const places = vehicle.pallets ?? Number.POSITIVE_INFINITY
  const count = Math.max(fewest(pieces, limitKg), fewest(floor, places))
  if (count < 2 || count > pieces.full + (pieces.rest > 0 ? 1 : 0)) return null
  const fill = Math.min(limitKg / weightKg, pallets > 0 ? places / pallets : Number.POSITIVE_INFINITY)
  const loads = deal(pieces, limitKg, count, fill, 1)
  const standing = deal(floor, places, count, fill, 0)

  let doneKg = 0
  let doneL = 0
  const parts = loads.map((full, k): Part => {
    const last = k === count - 1
    const partKg = trimmed(last ? weightKg - doneKg : full * pieceKg)
    doneKg += partKg
    // rounded down, so that the last part's is never below 0
    const partL = trimmed(
      last ? volumeL - doneL : Math.floor(((volumeL * doneKg) / weightKg - doneL) * 1000 + 1e-6) / 1000,
    )
    doneL += partL
    return {
      id: `${shipment.id}/${k + 1}`,
      shipment: shipment.id,
      weightKg: partKg,
      volumeL: partL,
      pallets: standing[k] + (last ? floor.rest : 0),
    }
  })
  const fits = STATIC_RULES.find(({ name }) => name === 'fitsTruck')!
  const nowhere = { id: '', name: '', lng: 0, lat: 0 }
  return parts.every((part) => fits.bars({ ...shipment, ...part }, vehicle, nowhere, nowhere) === 0) ? parts : null
}

/** Products and differences of doubles, to the thousandth where they are one but for their last digits. */
function trimmed(amount: number): number {
  const exact = Math.round(amount * 1000) / 1000
  return Math.abs(amount - exact) < SLACK ? exact : amount
}

/** True where the shipment may ride on the vehicle at all, as part of a route or alone. */
const mayUse = ({ modes }: Shipment, { kind, count }: Vehicle): boolean =>
  (kind === 'hired' && (modes?.includes('hired') ?? true)) || (count > 0 && (modes?.includes('route') ?? true))

/** The parts that a shipment must be divided into; null: a truck takes it whole, or no division makes it fit one. */
export function divide(shipment: Shipment, from: Site, to: Site, vehicles: readonly Vehicle[]): Part[] | null {
  const suits = (vehicle: Vehicle, load: boolean) =>
    mayUse(shipment, vehicle) &&
    STATIC_RULES.every((rule) => (!load && rule.name === 'fitsTruck') || rule.bars(shipment, vehicle, from, to) === 0)
  if (vehicles.some((vehicle) => suits(vehicle, true))) return null
  const size = ({ truck }: Vehicle) => TRUCK_CLASSES.indexOf(truck)
  let best: Part[] | null = null
  for (const vehicle of vehicles.toSorted((a, b) => size(a) - size(b))) {
    const parts = suits(vehicle, false) ? divideFor(vehicle, shipment) : null
    if (parts && (!best || parts.length < best.length)) best = parts
  }
  return best
}
