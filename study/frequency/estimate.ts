/**
 * What the goods of one lane and day cost, estimated: every lot its cheapest direct way, and whatever is cheaper together on a truck
 * rides one, filled greedily. Windows, cranes, the number of trucks and other lanes are left out: it only ranks patterns, which are
 * planned exactly afterwards.
 */
import type { Problem } from '../../solver/index.ts'

type Tariff = Problem['tariffs'][number]
type Terminal = Extract<Tariff, { kind: 'terminal' }>

export interface EstimateTruck {
  readonly capacityKg: number
  readonly baseKrw: number
  readonly perKmKrw: number
  readonly minimumKrw: number
  readonly stopFeeKrw: number
  readonly includedStops: number
  /** a contract truck drives home and is paid for it */
  readonly returns: boolean
}
export interface Prices {
  readonly trucks: readonly EstimateTruck[]
  readonly terminals: readonly Pick<Terminal, 'baseKrw' | 'perKgKrw' | 'zones' | 'maxPieceKg' | 'maxShipmentKg'>[]
  /** of sites; Infinity: no road */
  readonly kmOf: (from: number, to: number) => number
}
export interface Lot {
  readonly from: number
  readonly to: number
  readonly weightKg: number
  readonly pieceKg: number
}

/** Assumed: a day of ten hours at 60 km/h, and 35 minutes for a stop with the way to the next. */
const WORK_H = 10
const KM_PER_H = 60
const STOP_H = 35 / 60

/** Trucks without a crane of their own. `distanceM`: row-major over the problem's sites. */
export function pricesOf({ vehicles, tariffs, sites }: Problem, distanceM: readonly number[]): Prices {
  const trucks = vehicles.flatMap(({ tariff: id, capacityKg, handling, kind, count }): EstimateTruck[] => {
    const tariff = tariffs.find((entry) => entry.id === id)
    if (!tariff || tariff.kind === 'terminal' || handling || (kind === 'contract' && count === 0)) return []
    const { perKmKrw } = tariff
    return tariff.kind === 'contract'
      ? [
          {
            capacityKg,
            baseKrw: tariff.perDayKrw,
            perKmKrw,
            minimumKrw: 0,
            stopFeeKrw: 0,
            includedStops: 0,
            returns: true,
          },
        ]
      : [{ ...tariff, capacityKg, returns: false }]
  })
  const terminals = tariffs.filter((tariff) => tariff.kind === 'terminal')
  const kmOf = (from: number, to: number): number => {
    const meters = distanceM[from * sites.length + to]
    return meters < 0 ? Number.POSITIVE_INFINITY : meters / 1000
  }
  return { trucks, terminals, kmOf }
}

const truckKrw = (truck: EstimateTruck, km: number, stops: number): number =>
  Math.max(truck.minimumKrw, truck.baseKrw + truck.perKmKrw * km) +
  truck.stopFeeKrw * Math.max(0, stops - truck.includedStops)

/** One lot by its cheapest way alone. */
export function directKrw({ from, to, weightKg, pieceKg }: Lot, { trucks, terminals, kmOf }: Prices): number {
  const km = kmOf(from, to)
  let best = Number.POSITIVE_INFINITY
  for (const truck of trucks)
    if (!truck.returns && truck.capacityKg >= weightKg) best = Math.min(best, truckKrw(truck, km, 2))
  for (const { maxShipmentKg, maxPieceKg, zones, baseKrw, perKgKrw } of terminals) {
    if (weightKg > maxShipmentKg || pieceKg > maxPieceKg) continue
    const zone = zones.find(({ uptoM }) => uptoM === undefined || km * 1000 < uptoM)
    if (zone) best = Math.min(best, (baseKrw + perKgKrw * weightKg) * zone.factor)
  }
  return best
}

interface Ride {
  readonly krw: number
  readonly savedKrw: number
  readonly members: ReadonlySet<number>
}

/** All lots of one lane on one day. `alone`: of each, its direct cost. */
export function dayKrw(lots: readonly Lot[], alone: readonly number[], prices: Prices): number {
  let open = lots.map((_, k) => k).toSorted((a, b) => alone[b] - alone[a] || a - b)
  let sum = 0
  while (open.length > 1) {
    const best = prices.trucks.reduce<Ride | null>((found, truck) => {
      const ride = fill(truck, open, lots, alone, prices.kmOf)
      return ride && ride.savedKrw > (found?.savedKrw ?? 0) ? ride : found
    }, null)
    if (!best) break
    sum += best.krw
    open = open.filter((k) => !best.members.has(k))
  }
  return open.reduce((all, k) => all + alone[k], sum)
}

/** The dearest lots first as long as they fit; the beginning of that order that saves most. */
function fill(
  truck: EstimateTruck,
  open: readonly number[],
  lots: readonly Lot[],
  alone: readonly number[],
  kmOf: Prices['kmOf'],
): Ride | null {
  const froms: number[] = []
  const tos: number[] = []
  let [kg, haulKm, hopKm, direct] = [0, 0, 0, 0]
  const taken: number[] = []
  let best: { krw: number; savedKrw: number; count: number } | null = null
  for (const k of open) {
    const { from, to, weightKg } = lots[k]
    if (kg + weightKg > truck.capacityKg) continue
    const hops = hopTo(from, froms) + hopTo(to, tos)
    const haul = Math.max(haulKm, kmOf(from, to))
    const stops = froms.length + tos.length + Number(!froms.includes(from)) + Number(!tos.includes(to))
    const km = (truck.returns ? 2 : 1) * haul + hopKm + hops
    if (km / KM_PER_H + stops * STOP_H > WORK_H) continue
    if (!froms.includes(from)) froms.push(from)
    if (!tos.includes(to)) tos.push(to)
    kg += weightKg
    haulKm = haul
    hopKm += hops
    direct += alone[k]
    taken.push(k)
    const krw = truckKrw(truck, km, stops)
    if (taken.length > 1 && direct - krw > (best?.savedKrw ?? 0))
      best = { krw, savedKrw: direct - krw, count: taken.length }
  }
  return best && { ...best, members: new Set(taken.slice(0, best.count)) }

  function hopTo(site: number, visited: readonly number[]): number {
    if (visited.length === 0 || visited.includes(site)) return 0
    return Math.min(...visited.map((other) => kmOf(other, site)))
  }
}
