/**
 * Parts of a shipment that no truck takes whole. A part is a shipment like any other: the same sites, times, gear and modes, its own id,
 * its own goods, and its share of the time to load and unload and of the prices of waiting and of soft windows. Plans name their parts; which there are is decided in divide.ts.
 */
import type { Part } from './plan.ts'
import type { Problem, Shipment, SoftWindow } from './problem.ts'

const shareOf = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)

/** The part as a shipment. Loading takes its largest share of weight, volume and pallets, in whole seconds rounded up. */
function partShipment(whole: Shipment, { id, weightKg, volumeL, pallets }: Part): Shipment {
  const { maxParts: _, ...rest } = whole
  const share = Math.max(
    shareOf(weightKg, whole.weightKg),
    shareOf(volumeL, whole.volumeL ?? 0),
    shareOf(pallets, whole.pallets ?? 0),
  )
  // 1e-6 s: a third of 600 s three times over is no second more
  const seconds = (all: number) => Math.ceil(share * all - 1e-6)
  const soft = ({ earlyKrwPerHour = 0, lateKrwPerHour = 0, ...window }: SoftWindow): SoftWindow => ({
    ...window,
    earlyKrwPerHour: share * earlyKrwPerHour,
    lateKrwPerHour: share * lateKrwPerHour,
  })
  return {
    ...rest,
    id,
    weightKg,
    volumeL,
    pallets,
    pieceKg: Math.min(whole.pieceKg ?? whole.weightKg, weightKg),
    ...(whole.loadS === undefined ? {} : { loadS: seconds(whole.loadS) }),
    ...(whole.holdKrwPerDay === undefined ? {} : { holdKrwPerDay: share * whole.holdKrwPerDay }),
    ...(whole.softPickup === undefined ? {} : { softPickup: soft(whole.softPickup) }),
    ...(whole.softDelivery === undefined ? {} : { softDelivery: soft(whole.softDelivery) }),
    ...(whole.unloadS === undefined ? {} : { unloadS: seconds(whole.unloadS) }),
  }
}

/** The problem with the parts in the place of the shipments they make up. */
export function problemInParts(problem: Problem, parts: readonly Part[]): Problem {
  if (parts.length === 0) return problem
  const partsOf = Map.groupBy(parts, (part) => part.shipment)
  const idsOf = (id: string) => partsOf.get(id)?.map((part) => part.id) ?? [id]
  // whoever must not meet a shipment must meet none of its parts; those may meet each other
  const apart = problem.apart?.flatMap((set) =>
    set.some((id) => partsOf.has(id))
      ? set.flatMap((id, k) =>
          set.slice(k + 1).flatMap((other) => idsOf(id).flatMap((a) => idsOf(other).map((b) => [a, b]))),
        )
      : [set],
  )
  return {
    ...problem,
    ...(apart ? { apart } : {}),
    shipments: problem.shipments.flatMap(
      (whole) => partsOf.get(whole.id)?.map((part) => partShipment(whole, part)) ?? [whole],
    ),
  }
}
