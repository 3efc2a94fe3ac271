/**
 * Orders added to a day that stands: an order with a number that is there takes the place of the one before, all others stay. What the day
 * had beside its orders (trucks, tariffs, hours that somebody has changed) stays as it was.
 */
import type { Problem, Shipment, Site } from '../../solver/index.ts'

export interface Added {
  readonly problem: Problem
  readonly added: number
  /** ids of orders that were there and are now as the file has them */
  readonly replaced: readonly string[]
}

export function addOrders(base: Problem, fresh: Problem): Added {
  const sites: Site[] = [...base.sites]
  const siteIds = new Map(fresh.sites.map((site) => [site.id, placeSite(site, sites)]))
  const firms = [...base.firms, ...fresh.firms.filter(({ id }) => base.firms.every((firm) => firm.id !== id))]

  const shipments: Shipment[] = [...base.shipments]
  const replaced: string[] = []
  let added = 0
  for (const order of fresh.shipments) {
    const shipment = { ...order, from: siteIds.get(order.from)!, to: siteIds.get(order.to)! }
    const same = shipments.findIndex(({ id }) => id === shipment.id)
    if (same < 0) {
      shipments.push(shipment)
      added++
    } else if (isNumbered(shipment.id)) {
      shipments[same] = shipment
      replaced.push(shipment.id)
    } else if (shipments.every((other) => !isSame(other, shipment))) {
      // the number of a row says nothing: row 2 of another file is another order
      shipments.push({ ...shipment, id: freeId(shipment.id, shipments) })
      added++
    }
  }
  return { problem: { ...base, sites, firms, shipments }, added, replaced }
}

/** True: the file gave the number. Ours say in which row an order stood. */
const isNumbered = (id: string): boolean => !/^row-\d+(-\d+)?$/.test(id)

const isSame = ({ id: _, ...a }: Shipment, { id: __, ...b }: Shipment): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

function freeId(id: string, taken: readonly { readonly id: string }[]): string {
  for (let k = 2; ; k++) if (taken.every((other) => other.id !== `${id}-${k}`)) return `${id}-${k}`
}

/** The id under which a site of the file is, or from now on is, among those of the day. */
function placeSite(site: Site, sites: Site[]): string {
  const same = sites.find(({ id }) => id === site.id)
  // places that came with a file are numbered in each file anew
  if (same && !site.id.startsWith('new-')) return same.id
  const known = sites.find(({ name, lng, lat }) => name === site.name && lng === site.lng && lat === site.lat)
  if (known) return known.id
  const id = same ? freeId(site.id, sites) : site.id
  sites.push({ ...site, id })
  return id
}
