/**
 * A plan file as the verifier reads it: goods, trucks and fares from the documents, in whole won and seconds. Written a second time on
 * purpose: of the solver the verifier uses the names of the schema and nothing else, so that one mistake cannot be made on both sides.
 */
import type { PlanFile } from '../plan.ts'
import {
  GEARS,
  type Gear,
  type Problem,
  type Shipment,
  type Site,
  type SoftWindow,
  type Tariff,
  TRUCK_CLASSES,
  type TravelTable,
  type Vehicle,
} from '../problem.ts'

export type Windows = readonly (readonly [opensS: number, closesS: number])[]
type Pair<T> = readonly [pickup: T, delivery: T]

/** A shipment, or a part of one that was split. */
export interface Goods {
  readonly index: number
  readonly shipment: Shipment
  /** index of the site of each end */
  readonly sites: Pair<number>
  readonly serviceS: Pair<number>
  /** when service may start, ascending */
  readonly windows: Pair<Windows>
  /** kg, litres, pallets */
  readonly amounts: readonly number[]
}

/** The trucks of a vehicle in one of its shifts. */
export interface Truck {
  readonly vehicle: Vehicle
  readonly shift: number
  readonly opensS: number
  readonly closesS: number
  /** a route lies inside one of them: the shift, or what drivers can take of it */
  readonly spans: Windows
  /** site, -1: the route begins with its first pickup, ends with its last delivery */
  readonly start: number
  readonly end: number
  readonly capacity: readonly number[]
  /** its road takes longer, or its tolls are higher, at some times of day than these figures, the least of the day, say */
  readonly hasHours: boolean
  /** [from * sites + to] */
  readonly legS: readonly number[]
  readonly legM: readonly number[]
  /** won for the distance, and the toll where it is charged */
  readonly legKrw: readonly number[]
  readonly fixedKrw: number
  readonly minimumKrw: number
  readonly stopFeeKrw: number
  readonly includedStops: number
  readonly hourKrw: number
  readonly overtimeAfterS: number
  readonly overtimeKrw: number
  readonly handKrw: number
}

export interface Documents {
  readonly file: PlanFile
  readonly problem: Problem
  readonly goods: readonly Goods[]
  /** each may be given routes: there is one, and somebody to drive it */
  readonly trucks: readonly Truck[]
  /** for one shipment alone, on the market whatever their number */
  readonly market: readonly Truck[]
  readonly sites: number
  /** [site] seconds once per stop */
  readonly stopS: readonly number[]
  readonly driveS: number
  readonly restS: number
  readonly maxWorkS: number
}

const DAY_S = 86_400
/** Sums of weights in another order differ in the last digits. */
const LOAD_SLACK = 1e-6
const ALWAYS: Windows = [[0, Number.MAX_SAFE_INTEGER]]

export function readDocuments(file: PlanFile): Documents {
  const { problem } = file
  const siteOf = new Map(problem.sites.map(({ id }, site) => [id, site]))
  const partsOf = Map.groupBy(file.parts ?? [], ({ shipment }) => shipment)
  const shipments = problem.shipments.flatMap(
    (whole) => partsOf.get(whole.id)?.map((part) => ({ ...asPart(whole, part), id: part.id })) ?? [whole],
  )
  const goods = shipments.map((shipment, index): Goods => {
    const sites = [siteOf.get(shipment.from)!, siteOf.get(shipment.to)!] as const
    const open = (end: 0 | 1, own: Windows = ALWAYS) =>
      common(problem.sites[sites[end]].windows ?? ALWAYS, own, [
        [shipment.ready ?? 0, shipment.due ?? Number.MAX_SAFE_INTEGER],
      ])
    return {
      index,
      shipment,
      sites,
      serviceS: [shipment.loadS ?? 0, shipment.unloadS ?? 0],
      windows: [open(0, shipment.pickupWindows), open(1, shipment.deliveryWindows)],
      amounts: [shipment.weightKg, shipment.volumeL ?? 0, shipment.pallets ?? 0],
    }
  })
  const every = problem.vehicles.flatMap((vehicle) => vehicle.shifts.map((_, shift) => readTruck(file, vehicle, shift)))
  // article 21 and table 3 of the Enforcement Rule of the Trucking Transport Business Act, where the problem states nothing else
  const { driveS = 7200, restS = 900, maxWorkS = Number.POSITIVE_INFINITY } = problem.law ?? {}
  return {
    file,
    problem,
    goods,
    trucks: every.filter(({ vehicle, spans }) => vehicle.count > 0 && spans.length > 0),
    market: every.filter(({ vehicle }) => vehicle.kind === 'hired'),
    sites: problem.sites.length,
    stopS: problem.sites.map(({ stopS = 0 }) => stopS),
    driveS: restS > 0 ? driveS : Number.POSITIVE_INFINITY,
    restS,
    maxWorkS,
  }
}

function readTruck({ problem, travel }: PlanFile, vehicle: Vehicle, shift: number): Truck {
  const tariff = problem.tariffs.find(({ id }) => id === vehicle.tariff) as Exclude<Tariff, { kind: 'terminal' }>
  const table = travel.tables.find(({ trucks }) => trucks.includes(vehicle.truck))!
  const whole = vehicle.shifts[shift]
  const mine = (problem.drivers ?? []).filter(({ vehicles }) => vehicles.includes(vehicle.id))
  const spans =
    problem.drivers && vehicle.kind === 'contract'
      ? mine.flatMap(({ shifts = [whole] }) => common(shifts, [whole]))
      : [whole]
  // by time of day: no slice that holds at some moment is undercut
  const figures = [...(coversDay(table) ? [] : [table]), ...(table.slices ?? [])]
  const least = (cells: readonly (readonly number[])[]) =>
    cells[0].map((_, leg) => Math.min(...cells.map((row) => row[leg])))
  const legS = least(figures.map(({ durationS }) => durationS))
  const tollKrw = least(figures.map((row) => row.tollKrw ?? table.tollKrw))
  const site = (id: string | null | undefined) => (id ? problem.sites.findIndex((entry) => entry.id === id) : -1)
  const isContract = tariff.kind === 'contract'
  return {
    vehicle,
    shift,
    spans,
    opensS: Math.min(...spans.map(([opensS]) => opensS)),
    closesS: Math.max(...spans.map(([, closesS]) => closesS)),
    start: site(vehicle.start),
    end: site(vehicle.end),
    capacity: [vehicle.capacityKg, vehicle.bedL, vehicle.pallets].map(
      (most = Number.POSITIVE_INFINITY) => most + LOAD_SLACK,
    ),
    legS: legS.map((seconds) => (seconds < 0 ? Number.POSITIVE_INFINITY : seconds)),
    hasHours: (table.slices ?? []).length > 0,
    legM: table.distanceM,
    legKrw: table.distanceM.map((metres, leg) =>
      metres < 0
        ? Number.POSITIVE_INFINITY
        : Math.round((tariff.perKmKrw * metres) / 1000) + (tariff.tollIncluded ? 0 : tollKrw[leg]),
    ),
    fixedKrw: Math.round(isContract ? tariff.perDayKrw : tariff.baseKrw),
    minimumKrw: isContract ? 0 : Math.round(tariff.minimumKrw),
    stopFeeKrw: isContract ? 0 : Math.round(tariff.stopFeeKrw),
    includedStops: isContract ? 0 : tariff.includedStops,
    hourKrw: isContract ? tariff.perHourKrw : 0,
    overtimeAfterS: isContract ? (tariff.overtime?.afterS ?? 0) : 0,
    overtimeKrw: isContract ? (tariff.overtime?.perHourKrw ?? 0) : 0,
    handKrw: Math.round(tariff.handLoadKrw ?? 0),
  }
}

/** True where there is no moment of the day at which the table's own figures hold. */
function coversDay({ slices = [] }: TravelTable): boolean {
  return slices.reduce((sum, { fromS, toS }) => sum + toS - fromS, 0) >= DAY_S
}

/** The part as a shipment: its own goods, and of time and prices its largest share in weight, volume and pallets. */
function asPart(
  whole: Shipment,
  part: { readonly weightKg: number; readonly volumeL: number; readonly pallets: number },
): Shipment {
  const shareOf = (some: number, all: number) => (all > 0 ? some / all : 0)
  const share = Math.max(
    shareOf(part.weightKg, whole.weightKg),
    shareOf(part.volumeL, whole.volumeL ?? 0),
    shareOf(part.pallets, whole.pallets ?? 0),
  )
  const seconds = (all = 0) => Math.ceil(share * all - 1e-6)
  const soft = (window: SoftWindow = {}): SoftWindow => ({
    ...window,
    earlyKrwPerHour: share * (window.earlyKrwPerHour ?? 0),
    lateKrwPerHour: share * (window.lateKrwPerHour ?? 0),
  })
  return {
    ...whole,
    weightKg: part.weightKg,
    volumeL: part.volumeL,
    pallets: part.pallets,
    pieceKg: Math.min(whole.pieceKg ?? whole.weightKg, part.weightKg),
    loadS: seconds(whole.loadS),
    unloadS: seconds(whole.unloadS),
    holdKrwPerDay: share * (whole.holdKrwPerDay ?? 0),
    softPickup: soft(whole.softPickup),
    softDelivery: soft(whole.softDelivery),
  }
}

/** Moments in all of the lists. */
function common(...lists: readonly Windows[]): Windows {
  const [first, ...others] = lists
  const met = others.reduce(
    (kept, list) =>
      kept
        .flatMap(([a, b]) => list.map(([c, d]) => [Math.max(a, c), Math.min(b, d)] as const))
        .filter(([a, b]) => a <= b),
    first,
  )
  return [...met].sort(([a, b], [c, d]) => a - c || b - d)
}

/** The first moment from `clockS` on that lies in a window; Infinity: none. */
export function firstOpen(windows: Windows, clockS: number): number {
  let first = Number.POSITIVE_INFINITY
  for (const [opensS, closesS] of windows) if (clockS <= closesS) first = Math.min(first, Math.max(clockS, opensS))
  return first
}

export const lastOpen = (windows: Windows): number => Math.max(...windows.map(([, closesS]) => closesS))

/** Won of a trip of so many stops and seconds; `legsKrw`: of its legs together. */
export function fareKrw(truck: Truck, legsKrw: number, stops: number, paidS: number): number {
  const overS = Math.max(0, paidS - truck.overtimeAfterS)
  return (
    Math.max(truck.fixedKrw + legsKrw, truck.minimumKrw) +
    truck.stopFeeKrw * Math.max(0, stops - truck.includedStops) +
    Math.round((truck.hourKrw * paidS) / 3600) +
    Math.round((truck.overtimeKrw * overS) / 3600)
  )
}

/** Won for carrying the goods whatever the way: lifting by hand, days of waiting for the shift. */
export function carryKrw({ problem }: Documents, truck: Truck, goods: Goods): number {
  const byHand = goods.sites.filter((site) => {
    const gear = gearAt(problem.sites[site], truck.vehicle, goods)
    return gear.length === 1 && gear[0] === 'hand'
  })
  return truck.handKrw * byHand.length + holdKrw(goods, truck.vehicle.shifts[truck.shift][0])
}

export const dayOf = (clockS: number): number => Math.floor(clockS / DAY_S)

export const holdKrw = ({ shipment: { holdKrwPerDay = 0, ready = 0 } }: Goods, untilS: number): number =>
  Math.round(holdKrwPerDay * Math.max(0, dayOf(untilS) - dayOf(ready)))

export const takes = ({ shipment: { modes } }: Goods, mode: 'route' | 'hired' | 'terminal'): boolean =>
  !modes || modes.includes(mode)

/** True where nothing between the goods and the truck by themselves stands in the way: gear, pieces, size of the truck, its room. */
export function fits({ problem }: Documents, { vehicle }: Truck, goods: Goods): boolean {
  const { shipment, amounts } = goods
  const most = [
    vehicle.capacityKg,
    vehicle.bedL ?? Number.POSITIVE_INFINITY,
    vehicle.pallets ?? Number.POSITIVE_INFINITY,
  ]
  if (amounts.some((amount, k) => amount > most[k])) return false
  return goods.sites.every((index) => {
    const site = problem.sites[index]
    if (site.maxTruck && TRUCK_CLASSES.indexOf(vehicle.truck) > TRUCK_CLASSES.indexOf(site.maxTruck)) return false
    return gearAt(site, vehicle, goods).some((gear) => {
      const bySite = (site.handling ?? GEARS).includes(gear) ? (site.liftKg?.[gear] ?? Number.POSITIVE_INFINITY) : 0
      const byTruck = vehicle.handling?.includes(gear) ? (vehicle.liftKg?.[gear] ?? Number.POSITIVE_INFINITY) : 0
      return (shipment.pieceKg ?? shipment.weightKg) <= Math.max(bySite, byTruck)
    })
  })
}

const gearAt = (site: Site, vehicle: Vehicle, { shipment }: Goods): Gear[] =>
  (shipment.handling ?? GEARS).filter(
    (gear) => (site.handling ?? GEARS).includes(gear) || vehicle.handling?.includes(gear),
  )
