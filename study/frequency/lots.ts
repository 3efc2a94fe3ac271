/** Orders of one firm, supplier and flow that waited for each other, as one shipment: what ordering less often means. */
import type { Problem } from '../../solver/index.ts'

type Shipment = Problem['shipments'][number]

export interface Lots {
  readonly shipments: readonly Shipment[]
  /** lot → the shipments it is made of; those alone are not in it */
  readonly membersOf: ReadonlyMap<string, readonly string[]>
}

/** Every group as one shipment. `fixedS`: of loading and unloading, once a lot however many orders it is made of. */
export function lotsOf(shipments: readonly Shipment[], groupOf: (id: string) => string, fixedS: number): Lots {
  const groups = [...Map.groupBy(shipments, ({ id }) => groupOf(id)).values()].filter((group) => group.length > 1)
  const lots = groups.map((group): Shipment => {
    const [first] = group
    const sum = (of: (shipment: Shipment) => number): number => group.reduce((all, shipment) => all + of(shipment), 0)
    const once = (of: (shipment: Shipment) => number): number => Math.max(0, sum(of) - (group.length - 1) * fixedS)
    return {
      ...first,
      id: `${first.id} +${group.length - 1}`,
      ...(first.quantity !== undefined && { quantity: sum(({ quantity }) => quantity ?? 0) }),
      weightKg: sum(({ weightKg }) => weightKg),
      pieceKg: Math.max(...group.map(({ pieceKg, weightKg }) => pieceKg ?? weightKg)),
      loadS: once(({ loadS }) => loadS ?? 0),
      unloadS: once(({ unloadS }) => unloadS ?? 0),
      ...(first.volumeL !== undefined && { volumeL: sum(({ volumeL }) => volumeL ?? 0) }),
      ...(first.pallets !== undefined && { pallets: sum(({ pallets }) => pallets ?? 0) }),
      due: Math.min(...group.map(({ due }) => due ?? Number.POSITIVE_INFINITY)),
    }
  })
  return { shipments: lots, membersOf: new Map(lots.map(({ id }, k) => [id, groups[k].map((one) => one.id)])) }
}

/** Lots where one is no dearer alone than its orders one by one, else the orders. `aloneKrw`: missing where nothing carries it. */
export function cheaperLots(
  shipments: readonly Shipment[],
  lots: Lots,
  aloneKrw: ReadonlyMap<string, number>,
): readonly Shipment[] {
  const chosen = lots.shipments.filter(({ id }) => {
    const apart = lots.membersOf.get(id)!.reduce((sum, one) => sum + (aloneKrw.get(one) ?? Number.POSITIVE_INFINITY), 0)
    return (aloneKrw.get(id) ?? Number.POSITIVE_INFINITY) <= apart
  })
  const lotOfFirst = new Map(chosen.map((lot) => [lots.membersOf.get(lot.id)![0], lot]))
  const inside = new Set(chosen.flatMap(({ id }) => lots.membersOf.get(id)!))
  return shipments.flatMap((shipment) => lotOfFirst.get(shipment.id) ?? (inside.has(shipment.id) ? [] : [shipment]))
}
