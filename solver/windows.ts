/** When service may start: closed intervals, ascending. */
import type { Shipment, Site } from './problem.ts'

/** A visit that may start at no time at all. */
const NEVER: readonly (readonly [number, number])[] = []

/** The closed intervals common to both lists, ascending and disjoint. */
export function intersectWindows(
  a: readonly (readonly [number, number])[],
  b: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const common: [number, number][] = []
  for (const [openA, closeA] of a)
    for (const [openB, closeB] of b) {
      const open = Math.max(openA, openB)
      const close = Math.min(closeA, closeB)
      if (open <= close) common.push([open, close])
    }
  const merged: [number, number][] = []
  for (const [open, close] of common.sort((x, y) => x[0] - y[0])) {
    const last = merged[merged.length - 1]
    if (last && open <= last[1]) last[1] = Math.max(last[1], close)
    else merged.push([open, close])
  }
  return merged
}

/** When service of a shipment may start at a site: opening hours, its own windows, ready and due, all at once. */
export function visitWindows(
  shipment: Shipment,
  site: Site,
  kind: 'pickup' | 'delivery',
): readonly (readonly [number, number])[] {
  const always = [[0, Number.MAX_SAFE_INTEGER]] as const
  const own = (kind === 'pickup' ? shipment.pickupWindows : shipment.deliveryWindows) ?? always
  const span = [[shipment.ready ?? 0, shipment.due ?? Number.MAX_SAFE_INTEGER]] as const
  if (span[0][0] > span[0][1]) return NEVER
  return intersectWindows(intersectWindows(site.windows ?? always, own), span)
}
