/**
 * Fuel and CO2 of a plan, beside its costs and in none of them: fares contain the fuel. Litres are kilometres by class, load and kind of
 * road; the load between two stops is that on leaving the first. CO2 of burning (tank-to-wheel, the Korean figure) and CO2e of making and
 * burning (well-to-wheel, ISO 14083) are kept apart. What a truck emits is shared among its shipments by tonne-kilometres of the shortest
 * road from end to end, empty running included, as ISO 14083 asks. Whole millilitres, grams and won a truck, so that sums add up.
 */
import { travelTable } from '../dense.ts'
import { problemInParts } from '../parts.ts'
import type { Direct, Plan, Route } from '../plan.ts'
import type { Problem, Shipment, Travel, TravelTable, Vehicle } from '../problem.ts'
import { type Energy, energyOf } from './energy.ts'
import type { Burn, FOOTPRINT_MODES, Footprint, FootprintSum } from './schema.ts'

/** One truck's trip, or one shipment by terminal freight. */
export interface Carriage {
  readonly mode: (typeof FOOTPRINT_MODES)[number]
  readonly burn: Burn
  readonly emptyReturn: Burn
  readonly shares: Footprint['shipments']
}

export const NO_BURN: Burn = { distanceM: 0, fuelMl: 0, fuelKrw: 0, subsidyKrw: 0, ttwCo2G: 0, wtwCo2eG: 0 }
const KEYS = Object.keys(NO_BURN) as readonly (keyof Burn)[]
const addBurns = (burns: readonly Burn[]): Burn => {
  const sum = { ...NO_BURN }
  for (const burn of burns) for (const key of KEYS) sum[key] += burn[key]
  return sum
}

/** Carriages of a problem whose shipments are in parts already: the same for plan and baselines. */
export function carriages(problem: Problem, travel: Travel) {
  const energy = energyOf(problem)
  const siteIndex = new Map(problem.sites.map(({ id }, index) => [id, index]))
  const shipments = new Map(problem.shipments.map((shipment) => [shipment.id, shipment]))
  const vehicles = new Map(problem.vehicles.map((vehicle) => [vehicle.id, vehicle]))
  const cellOf = (from: string, to: string) => siteIndex.get(from)! * problem.sites.length + siteIndex.get(to)!
  const tonneKmOf = ({ weightKg, from, to }: Shipment, { distanceM }: TravelTable) =>
    (weightKg * Math.max(0, distanceM[cellOf(from, to)])) / 1e6

  const byTruck = (mode: 'route' | 'hired', route: Route): Carriage => {
    const vehicle = vehicles.get(route.vehicle)!
    const table = travelTable(travel, vehicle.truck)
    const burnMl = (legM: number, from: string | null | undefined, to: string, onBoardKg: number) =>
      legMl(legM, from ? table.expresswayM?.[cellOf(from, to)] : undefined, onBoardKg, vehicle, energy)
    let ml = 0
    let onBoardKg = 0
    let from = vehicle.start
    for (const { site, legM, weightKgAfter } of route.stops) {
      ml += burnMl(legM, from, site, onBoardKg)
      onBoardKg = weightKgAfter
      from = site
    }
    if (vehicle.end) ml += burnMl(route.lastLegM, from, vehicle.end, onBoardKg)
    const [first, last] = [route.stops[0], route.stops.at(-1)]
    let emptyReturn = NO_BURN
    if (vehicle.kind === 'hired' && !vehicle.end && first && last) {
      const backM = Math.max(0, table.distanceM[cellOf(last.site, first.site)])
      emptyReturn = priced(backM, burnMl(backM, last.site, first.site, 0), energy)
    }
    const part = energy.hiredReturnShare
    const backMl = part * emptyReturn.fuelMl
    const burn = priced(route.distanceM + Math.round(part * emptyReturn.distanceM), ml + backMl, energy)
    const goods = route.stops.flatMap(({ pickups }) => pickups.map((id) => shipments.get(id)!))
    const tonneKm = goods.map((shipment) => tonneKmOf(shipment, table))
    return { mode, burn, emptyReturn, shares: shareOut(burn, goods, tonneKm) }
  }

  const byTerminal = (id: string, distanceM: number): Carriage => {
    const shipment = shipments.get(id)!
    const tonneKm = (shipment.weightKg * Math.max(0, distanceM)) / 1e6
    const burn = {
      ...NO_BURN,
      ttwCo2G: Math.round(tonneKm * energy.terminalTtwCo2GPerTkm),
      wtwCo2eG: Math.round(tonneKm * energy.terminalWtwCo2eGPerTkm),
    }
    return { mode: 'terminal', burn, emptyReturn: NO_BURN, shares: shareOut(burn, [shipment], [tonneKm]) }
  }

  return {
    ofRoute: (route: Route): Carriage => byTruck('route', route),
    ofDirect: ({ route, shipment, distanceM }: Pick<Direct, 'route' | 'shipment' | 'distanceM'>): Carriage =>
      route ? byTruck('hired', route) : byTerminal(shipment, distanceM),
  }
}

/** Metres by kilometres per litre are millilitres. */
function legMl(
  legM: number,
  expresswayM: number | undefined,
  onBoardKg: number,
  { truck, capacityKg }: Vehicle,
  energy: Energy,
): number {
  const onM = Math.min(legM, Math.max(0, expresswayM ?? 0))
  const asMixM =
    expresswayM === undefined ? legM : onM * energy.expresswayFactor + (legM - onM) * energy.otherRoadFactor
  const load = capacityKg > 0 ? Math.min(1, onBoardKg / capacityKg) : 0
  return (asMixM / energy.kmPerL[truck]) * (energy.emptyShare + (1 - energy.emptyShare) * load)
}

function priced(distanceM: number, ml: number, energy: Energy): Burn {
  const fuelMl = Math.round(ml)
  return {
    distanceM,
    fuelMl,
    fuelKrw: Math.round((fuelMl * energy.dieselKrwPerL) / 1000),
    subsidyKrw: Math.round((fuelMl * Math.min(energy.subsidyKrwPerL, energy.dieselKrwPerL)) / 1000),
    ttwCo2G: Math.round(fuelMl * energy.ttwCo2KgPerL),
    wtwCo2eG: Math.round(fuelMl * energy.wtwCo2eKgPerL),
  }
}

/** By tonne-kilometres; alike where nothing weighs anything. */
function shareOut(burn: Burn, goods: readonly Shipment[], tonneKm: readonly number[]): Footprint['shipments'] {
  const weights = tonneKm.some((amount) => amount > 0) ? tonneKm : tonneKm.map(() => 1)
  const [fuelMl, ttwCo2G, wtwCo2eG] = [burn.fuelMl, burn.ttwCo2G, burn.wtwCo2eG].map((whole) =>
    divideUp(whole, weights),
  )
  return goods.map(({ id, firm }, k) => ({
    shipment: id,
    firm,
    fuelMl: fuelMl[k],
    ttwCo2G: ttwCo2G[k],
    wtwCo2eG: wtwCo2eG[k],
    tonneKm: tonneKm[k],
  }))
}

/** Whole shares in proportion that add up to the whole: each is what the shares so far come to, less those before it. */
function divideUp(whole: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  let weighed = 0
  let given = 0
  return weights.map((weight) => {
    weighed += weight
    const upto = Math.round((whole * weighed) / sum)
    const share = upto - given
    given = upto
    return share
  })
}

/** What several carriages come to. */
export function addCarriages(all: readonly Carriage[]): FootprintSum {
  const of = (mode: Carriage['mode']) => addBurns(all.filter((one) => one.mode === mode).map(({ burn }) => burn))
  return {
    total: addBurns(all.map(({ burn }) => burn)),
    modes: { route: of('route'), hired: of('hired'), terminal: of('terminal') },
    emptyReturn: addBurns(all.map(({ emptyReturn }) => emptyReturn)),
    tonneKm: all.reduce((sum, { shares }) => sum + shares.reduce((own, share) => own + share.tonneKm, 0), 0),
  }
}

/** Of a whole plan, with its shares. */
export function footprintOf(
  whole: Problem,
  travel: Travel,
  plan: Pick<Plan, 'routes' | 'direct' | 'parts'>,
): Footprint {
  const of = carriages(problemInParts(whole, plan.parts ?? []), travel)
  const routes = plan.routes.map((route) => ({ id: route.id, ...of.ofRoute(route) }))
  const direct = plan.direct.map((way) => ({ shipment: way.shipment, by: way.mode, ...of.ofDirect(way) }))
  const all = [...routes, ...direct]
  return {
    ...addCarriages(all),
    routes: routes.map(({ id, burn }) => ({ route: id, ...burn })),
    direct: direct.map(({ shipment, by, burn }) => ({ shipment, mode: by, ...burn })),
    shipments: all.flatMap(({ shares }) => shares),
    expresswaysKnown: travel.tables.every(({ expresswayM }) => expresswayM !== undefined),
  }
}
