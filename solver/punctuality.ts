/** How much room the stops of a plan have: until when they may begin, and by how much they miss what was wished. */
import type { Stop } from './plan.ts'
import type { Problem } from './problem.ts'

export interface Punctuality {
  /** last second at which service may begin so that every visit still starts in the window it is planned in; undefined: any */
  readonly latestS: number | undefined
  /** seconds that it begins after its soft windows close, the worst of its visits */
  readonly lateS: number
}

/** `problem`: with the parts of split shipments in their place. */
export function punctuality({ sites, shipments }: Problem): (stop: Stop) => Punctuality {
  const siteOf = new Map(sites.map((site) => [site.id, site]))
  const goods = new Map(shipments.map((shipment) => [shipment.id, shipment]))
  return (stop) => {
    const ends: number[] = []
    let lateS = 0
    for (const { shipment: id, kind, startS } of stop.visits) {
      const shipment = goods.get(id)
      const own = kind === 'pickup' ? shipment?.pickupWindows : shipment?.deliveryWindows
      const closes = [siteOf.get(stop.site)?.windows, own].flatMap((windows) => {
        const open = windows?.find(([from, to]) => from <= startS && startS <= to)
        return open ? [open[1]] : []
      })
      if (kind === 'delivery' && shipment?.due !== undefined) closes.push(shipment.due)
      // visits of a stop move together
      ends.push(...closes.map((end) => end - (startS - stop.startS)))
      const wished = (kind === 'pickup' ? shipment?.softPickup : shipment?.softDelivery)?.closesS
      if (wished !== undefined) lateS = Math.max(lateS, startS - wished)
    }
    return { latestS: ends.length > 0 ? Math.min(...ends) : undefined, lateS }
  }
}
