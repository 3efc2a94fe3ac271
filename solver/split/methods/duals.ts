/**
 * Each firm pays the dual prices of its shipments (Owen 1975; Engevall, Göthe-Lundgren and Värbrand 2004 for routes), of all such prices
 * those nearest to proportional. What the plan costs above them is added where firms save most; what the trucks' prices bring in beyond
 * the plan's cost is given back in proportion to what was paid.
 */
import type { Method } from './method.ts'

export const duals: Method = {
  name: 'duals',
  mostFirms: Number.POSITIVE_INFINITY,
  share({ firms, riding, firmOf }, { dual }) {
    const groupOf = new Map([...firmOf].filter(([shipment]) => riding.has(shipment)))
    const { prices } = dual({ groupOf, weight: firms.map(({ ridingKrw }) => ridingKrw) })
    const krw = new Float64Array(firms.length)
    for (const [shipment, firm] of groupOf) krw[firm] += prices.get(shipment) ?? 0
    return { krw }
  },
}
