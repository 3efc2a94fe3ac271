/**
 * Each firm pays the dual prices of its shipments (Owen 1975; Engevall, Göthe-Lundgren and Värbrand 2004 for routes), of all such prices
 * those nearest to proportional. What the plan costs above them is added in proportion to what each firm still saves, or as near to that
 * as leaves no group looked at with a reason to go; what the trucks' prices bring in beyond the plan's cost is given back in proportion
 * to what was paid.
 */
import { nearestStable } from '../core.ts'
import { membersOf } from '../game.ts'
import { dealOut } from '../shares.ts'
import type { Method } from './method.ts'

export const duals: Method = {
  name: 'duals',
  mostFirms: Number.POSITIVE_INFINITY,
  share(game, { highs, dual, caps }) {
    const { firms, riding, firmOf } = game
    const groupOf = new Map([...firmOf].filter(([shipment]) => riding.has(shipment)))
    const weights = firms.map(({ ridingKrw }) => ridingKrw)
    const { prices } = dual({ groupOf, weight: weights })
    const base = new Float64Array(firms.length)
    for (const [shipment, firm] of groupOf) base[firm] += prices.get(shipment) ?? 0
    const ownOf = (members: readonly number[]) => members.reduce((sum, firm) => sum + firms[firm].ownKrw, 0)
    const shared = game.planKrw - ownOf([...firms.keys()])
    const { krw, exceeded } = dealOut(shared, base, caps, weights)
    if (exceeded) return { krw }
    const groups = game.basis().flatMap(({ group, krw: cost }) => {
      const members = membersOf(group)
      return cost < Number.POSITIVE_INFINITY ? [{ members, mostKrw: cost - ownOf(members) }] : []
    })
    // nobody below the prices, which carry the proof, unless some of them is given back
    const lower = krw.map((value, firm) => Math.min(base[firm], value))
    const held = nearestStable(highs, groups, krw, lower, caps)
    const objects = groups.some(
      ({ members, mostKrw }) => members.reduce((sum, firm) => sum + held[firm], 0) > mostKrw + members.length,
    )
    // a group that would leave weighs more than what can be proved about the others
    return {
      krw: objects
        ? nearestStable(
            highs,
            groups,
            krw,
            krw.map((value) => Math.min(0, value)),
            caps,
          )
        : held,
    }
  },
}
