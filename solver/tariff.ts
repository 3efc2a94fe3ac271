/**
 * Money: one implementation for plan and baselines, so that a difference always comes from the plan.
 * Distance is rounded to whole won per leg, so that costs add up over legs without a remainder.
 */
import type { CostKind, CostLine } from './plan.ts'
import type {
  ContractTariff,
  Gear,
  HiredTariff,
  Shipment,
  Site,
  SoftWindow,
  Tariff,
  TerminalTariff,
  Vehicle,
} from './problem.ts'
import { DAY_S, dayIndex, GEARS, NO_ROAD } from './problem.ts'

export type TruckTariff = ContractTariff | HiredTariff

export const legKrw = (tariff: TruckTariff, distanceM: number): number =>
  Math.round((tariff.perKmKrw * distanceM) / 1000)

/** What a truck tariff charges for beyond distance, in the shape the search prices with. */
export interface FareShape {
  readonly baseKrw: number
  readonly minimumKrw: number
  readonly stopFeeKrw: number
  readonly includedStops: number
  readonly perHourKrw: number
  readonly overtimeAfterS: number
  readonly overtimePerHourKrw: number
}

export function fareShape(tariff: TruckTariff): FareShape {
  if (tariff.kind === 'contract') {
    const overtime = tariff.overtime
    return {
      baseKrw: Math.round(tariff.perDayKrw),
      minimumKrw: 0,
      stopFeeKrw: 0,
      includedStops: 0,
      perHourKrw: tariff.perHourKrw,
      overtimeAfterS: overtime?.afterS ?? Number.POSITIVE_INFINITY,
      overtimePerHourKrw: overtime?.perHourKrw ?? 0,
    }
  }
  return {
    baseKrw: Math.round(tariff.baseKrw),
    minimumKrw: Math.round(tariff.minimumKrw),
    stopFeeKrw: Math.round(tariff.stopFeeKrw),
    includedStops: tariff.includedStops,
    perHourKrw: 0,
    overtimeAfterS: Number.POSITIVE_INFINITY,
    overtimePerHourKrw: 0,
  }
}

/** Won for paid time, from departure to return: hours at the normal rate, and what overtime adds to it. */
export function timeKrw(fare: FareShape, paidS: number): { readonly time: number; readonly overtime: number } {
  const overS = Math.max(0, paidS - fare.overtimeAfterS)
  return {
    time: Math.round((fare.perHourKrw * paidS) / 3600),
    overtime: overS > 0 ? Math.round((fare.overtimePerHourKrw * overS) / 3600) : 0,
  }
}

/** The ledger of one truck's trip. `legsM`: metres of each paid leg. `handVisits`: visits that only hands can load. */
export function truckLines(
  tariff: TruckTariff,
  trip: {
    legsM: readonly number[]
    stops: number
    paidS: number
    tollKrw: number
    handVisits: number
    holdKrw?: number
  },
): CostLine[] {
  const fare = fareShape(tariff)
  const distance = trip.legsM.reduce((sum, legM) => sum + legKrw(tariff, legM), 0)
  const { time, overtime } = timeKrw(fare, trip.paidS)
  const toll = tariff.tollIncluded ? 0 : trip.tollKrw
  const lines: [CostKind, number][] = [
    ['fixed', fare.baseKrw],
    ['distance', distance],
    ['time', time],
    ['overtime', overtime],
    ['stopFee', fare.stopFeeKrw * Math.max(0, trip.stops - fare.includedStops)],
    ['handling', Math.round(tariff.handLoadKrw ?? 0) * trip.handVisits],
    ['hold', trip.holdKrw ?? 0],
    ['minimumTopUp', Math.max(0, fare.minimumKrw - fare.baseKrw - distance - toll)],
    ['toll', toll],
  ]
  return lines.filter(([, krw]) => krw !== 0).map(([kind, krw]) => ({ kind, krw }))
}

/** Won for the days that a shipment waits from when it is ready until its truck's shift opens, or freight collects it. Whole won a shipment. */
export const holdKrw = ({ holdKrwPerDay = 0, ready = 0 }: Shipment, untilS: number): number =>
  Math.round(holdKrwPerDay * Math.max(0, dayIndex(untilS) - dayIndex(ready)))

/**
 * Won for starting service outside a soft window, each side rounded. An interval of starts pays what the best moment of it pays: all
 * that is known of terminal freight is the day.
 */
export function softKrw(
  soft: SoftWindow | null | undefined,
  fromS: number,
  uptoS = fromS,
): { readonly earliness: number; readonly lateness: number } {
  const earlyS = Math.max(0, (soft?.opensS ?? 0) - uptoS)
  const lateS = Math.max(0, fromS - (soft?.closesS ?? Number.POSITIVE_INFINITY))
  return {
    earliness: Math.round(((soft?.earlyKrwPerHour ?? 0) * earlyS) / 3600),
    lateness: Math.round(((soft?.lateKrwPerHour ?? 0) * lateS) / 3600),
  }
}

/** The ledger of the soft windows on a trip, from the shipments' visits. */
export function softLines(
  visits: readonly { readonly shipment: Shipment; readonly kind: 'pickup' | 'delivery'; readonly startS: number }[],
): CostLine[] {
  const prices = visits.map(({ shipment, kind, startS }) => softKrw(softWindow(shipment, kind), startS))
  return asLines(prices)
}

export const softWindow = (shipment: Shipment, kind: 'pickup' | 'delivery'): SoftWindow | undefined =>
  kind === 'pickup' ? shipment.softPickup : shipment.softDelivery

const asLines = (prices: readonly ReturnType<typeof softKrw>[]): CostLine[] =>
  (['earliness', 'lateness'] as const)
    .map((kind) => ({ kind, krw: prices.reduce((sum, price) => sum + price[kind], 0) }))
    .filter(({ krw }) => krw !== 0)
/** Terminal freight by weight and distance zone; without a distance, where there is one zone for everywhere. */
export function terminalKrw(tariff: TerminalTariff, weightKg: number, distanceM: number): number {
  const zone = tariff.zones.find(({ uptoM }) => uptoM === undefined || distanceM < uptoM)
  return zone ? Math.round((tariff.baseKrw + tariff.perKgKrw * weightKg) * zone.factor) : Number.POSITIVE_INFINITY
}

/** When terminal freight collects: the first moment of the shipment's own pickup windows from when it is ready, whatever the site's hours. */
function collectedS({ ready = 0, pickupWindows = [] }: Shipment): number {
  const moments = pickupWindows.filter(([, closes]) => closes >= ready).map(([opens]) => Math.max(opens, ready))
  return moments.length > 0 ? Math.min(...moments) : ready
}

/** The day terminal freight collects and the day in whose course it arrives. */
function terminalDays(
  tariff: TerminalTariff,
  shipment: Shipment,
): { readonly collects: number; readonly arrives: number } {
  const collects = dayIndex(collectedS(shipment))
  return { collects, arrives: collects + tariff.leadDays }
}

/** The ledger of a shipment that goes by terminal freight. */
export function terminalLines(tariff: TerminalTariff, shipment: Shipment, distanceM: number): CostLine[] {
  const { collects, arrives } = terminalDays(tariff, shipment)
  const hold = holdKrw(shipment, collectedS(shipment))
  const soft = [
    softKrw(shipment.softPickup, collects * DAY_S, (collects + 1) * DAY_S - 1),
    softKrw(shipment.softDelivery, arrives * DAY_S, (arrives + 1) * DAY_S - 1),
  ]
  const freight: CostLine = { kind: 'terminal', krw: terminalKrw(tariff, shipment.weightKg, distanceM) }
  return [...(hold > 0 ? [{ kind: 'hold', krw: hold } as const] : []), freight, ...asLines(soft)]
}

/** Why terminal freight does not take this shipment: null where it does. */
export function terminalRefusal(
  tariff: TerminalTariff,
  shipment: Shipment,
  distanceM: number,
): 'pieceWeight' | 'capacity' | 'timeWindows' | 'timeOnBoard' | 'modes' | 'road' | null {
  if (shipment.modes && !shipment.modes.includes('terminal')) return 'modes'
  if (shipment.mustGoAlone) return 'modes'
  // nobody knows how long it lies on the way
  if (shipment.maxOnBoardS !== undefined) return 'timeOnBoard'
  if ((shipment.pieceKg ?? shipment.weightKg) > tariff.maxPieceKg) return 'pieceWeight'
  if (shipment.weightKg > tariff.maxShipmentKg) return 'capacity'
  // one price for everywhere asks for no road
  if (distanceM === NO_ROAD && tariff.zones[0]?.uptoM !== undefined) return 'road'
  const dueDay = dayIndex(shipment.due ?? Number.POSITIVE_INFINITY)
  if (dueDay < terminalDays(tariff, shipment).arrives) return 'timeWindows'
  return terminalKrw(tariff, shipment.weightKg, distanceM) === Number.POSITIVE_INFINITY ? 'capacity' : null
}

/** Gear that can lift the shipment at the site, from the site or the truck, whatever its limit. */
export function commonGear(shipment: Shipment, site: Site, vehicle: Vehicle): Gear[] {
  const there = new Set<Gear>([...(site.handling ?? GEARS), ...(vehicle.handling ?? [])])
  return (shipment.handling ?? GEARS).filter((gear) => there.has(gear))
}

/** Visits of the shipment that only hands can load, 0 to 2. */
export function handVisits(shipment: Shipment, from: Site, to: Site, vehicle: Vehicle): number {
  return [from, to].filter((site) => {
    const gear = commonGear(shipment, site, vehicle)
    return gear.length === 1 && gear[0] === 'hand'
  }).length
}

export const isTruckTariff = (tariff: Tariff | undefined): tariff is TruckTariff =>
  tariff !== undefined && tariff.kind !== 'terminal'
