import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { divide } from '../divide.ts'
import {
  type Shipment,
  ShipmentSchema,
  type Site,
  SiteSchema,
  type TerminalTariff,
  TerminalTariffSchema,
  type Vehicle,
  VehicleSchema,
} from '../problem.ts'
import { STATIC_RULES } from '../rules/static.ts'
import type { Loose, LooseProblem, Say } from './loose.ts'

/** Shipments that no truck can carry, by the rules the search uses. Asked only of entries that are sound by themselves. */
export function checkServable(problem: LooseProblem, say: Say): void {
  const sound = <T>(schema: TSchema, entries: Iterable<Loose>): T[] =>
    [...entries].filter((entry) => Value.Check(schema, entry)) as unknown as T[]
  const vehicles = sound<Vehicle>(VehicleSchema, problem.vehicles)
  const terminals = sound<TerminalTariff>(TerminalTariffSchema, problem.tariffs)
  const sites = new Map(sound<Site>(SiteSchema, problem.byId.sites.values()).map((site) => [site.id, site]))
  if (vehicles.length === 0) return
  const largest = Math.max(...vehicles.map(({ capacityKg }) => capacityKg))
  const barredBy = (name: string, shipment: Shipment, vehicle: Vehicle, from: Site, to: Site): boolean =>
    STATIC_RULES.some((rule) => (name === '' || rule.name === name) && rule.bars(shipment, vehicle, from, to) > 0)

  for (const [index, loose] of problem.shipments.entries()) {
    if (!Value.Check(ShipmentSchema, loose)) continue
    const shipment: Shipment = loose
    const [from, to] = [sites.get(shipment.from), sites.get(shipment.to)]
    if (!from || !to) continue
    const pieceKg = shipment.pieceKg ?? shipment.weightKg
    const terminalTakesIt = terminals.some(
      ({ maxPieceKg, maxShipmentKg }) => pieceKg <= maxPieceKg && shipment.weightKg <= maxShipmentKg,
    )
    const truckOnly = shipment.mustGoAlone || shipment.maxOnBoardS !== undefined
    if (terminalTakesIt && (shipment.modes?.includes('terminal') ?? true) && !truckOnly) continue
    if (vehicles.some((vehicle) => !barredBy('', shipment, vehicle, from, to))) continue

    const path = `shipments/${index}`
    const { maxParts = 1 } = shipment
    const parts = divide(shipment, from, to, vehicles)?.length ?? 0
    if (parts > 0) {
      if (parts > maxParts) say('shipment.tooFewParts', `${path}/maxParts`, { parts, allowed: maxParts })
      continue
    }
    if (maxParts > 1 && pieceKg >= shipment.weightKg) {
      say('shipment.onePiece', `${path}/pieceKg`, { weight: shipment.weightKg })
      continue
    }
    // the end where no truck and no gear help, asked one by one
    const notLifted = [from, to].find((site) =>
      vehicles.every((vehicle) =>
        ['handling', 'pieceWeight', 'fitsTruck'].some((rule) => barredBy(rule, shipment, vehicle, site, site)),
      ),
    )
    if (shipment.weightKg > largest)
      say('shipment.tooHeavy', `${path}/weightKg`, { weight: shipment.weightKg, largest })
    else if (vehicles.every((vehicle) => barredBy('fitsTruck', shipment, vehicle, from, to)))
      say('shipment.tooBulky', shipment.pallets ? `${path}/pallets` : `${path}/volumeL`)
    else if (notLifted) say('shipment.noGear', `${path}/pieceKg`, { site: notLifted.name, piece: pieceKg })
    else say('shipment.truckBarred', path, { from: from.name, to: to.name })
  }
}
