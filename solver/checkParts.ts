/** Parts of split shipments, held against the documents: nothing is lost, nothing is cut through, and nothing is split that need not be. */
import { LOAD_SLACK } from './instance.ts'
import type { Plan, Violation } from './plan.ts'
import type { Problem, Shipment } from './problem.ts'
import { STATIC_RULES } from './rules/static.ts'

export function checkParts(problem: Problem, plan: Plan): Violation[] {
  const ids = new Set(problem.shipments.map(({ id }) => id))
  const partsOf = Map.groupBy(plan.parts ?? [], ({ shipment }) => shipment)
  return problem.shipments.flatMap((whole): Violation[] => {
    const parts = partsOf.get(whole.id)
    if (!parts) return []
    const found: Violation[] = []
    const wrong = (excess: number, unit: string, limits: { limit?: number; found?: number } = {}) => {
      if (excess > LOAD_SLACK) found.push({ rule: 'parts', shipment: whole.id, excess, unit, ...limits })
    }
    const { maxParts = 1, weightKg, volumeL = 0, pallets = 0 } = whole
    wrong(parts.length - maxParts, 'parts', { limit: maxParts, found: parts.length })
    wrong(2 - parts.length, 'parts')
    wrong(parts.filter(({ id }, k) => id !== `${whole.id}/${k + 1}` || ids.has(id)).length, 'ids')
    const sums = [
      [weightKg, parts.map((part) => part.weightKg), 'kg'],
      [volumeL, parts.map((part) => part.volumeL), 'L'],
      [pallets, parts.map((part) => part.pallets), 'pallets'],
    ] as const
    for (const [limit, amounts, unit] of sums) {
      const sum = amounts.reduce((total, amount) => total + amount, 0)
      wrong(Math.abs(sum - limit), unit, { limit, found: sum })
    }
    // one part may hold the last, lighter piece, and one the last, broken pallet
    const pieceKg = whole.pieceKg ?? weightKg
    const cut = parts.filter((part) => !isMultiple(part.weightKg, pieceKg)).length
    wrong(cut - 1, 'pieces')
    wrong(parts.filter((part) => part.weightKg <= 0 || part.volumeL < 0 || part.pallets < 0).length, 'parts')
    wrong(parts.filter((part) => !isMultiple(part.pallets, 1)).length - 1, 'pallets')
    wrong(takenWhole(problem, whole), 'trucks')
    return found
  })
}

const isMultiple = (amount: number, unit: number): boolean =>
  unit > 0 && Math.abs(amount - Math.round(amount / unit) * unit) <= LOAD_SLACK

/** Trucks that the plan could use and that take the shipment as it is. */
function takenWhole({ vehicles, sites }: Problem, shipment: Shipment): number {
  const { modes } = shipment
  const [from, to] = [shipment.from, shipment.to].map((id) => sites.find((site) => site.id === id)!)
  return vehicles.filter(
    (vehicle) =>
      ((vehicle.count > 0 && (!modes || modes.includes('route'))) ||
        (vehicle.kind === 'hired' && (!modes || modes.includes('hired')))) &&
      STATIC_RULES.every((rule) => rule.bars(shipment, vehicle, from, to) === 0),
  ).length
}
