/**
 * Prices of a day as a split needs them, in the names of the documents. Where every way to carry shipments costs at least the prices of
 * its shipments and its truck, a group of firms pays alone at least its prices and the rent of the whole fleet together: that is a proof
 * about every group at once. Without a proof from outside, prices over the routes known stand in, and say so.
 */
import type { Highs } from '../columns/lp.ts'
import type { Column } from '../columns/pricing.ts'
import type { Game } from './game.ts'
import { choosePrices, mostOverColumns } from './prices.ts'

export interface DualTarget {
  /** [shipment] group whose sum of prices counts; those missing pay their own way, whatever their price */
  readonly groupOf: ReadonlyMap<string, number>
  /** [group] sums in these proportions would be best */
  readonly weight: readonly number[]
}

export interface Dual {
  /** [shipment] whole won, 0 or more, of every shipment served; of those that never share: what the cheapest way costs, or less */
  readonly prices: ReadonlyMap<string, number>
  /** whole won, 0 or less, for each of `count` trucks of a vehicle in one of its shifts; those missing have no price */
  readonly fleet: readonly {
    readonly vehicle: string
    readonly shift: number
    readonly count: number
    readonly krw: number
  }[]
  /** all of these added up: where proved, no plan of these shipments costs less */
  readonly lowerKrw: number
  /** true: no way to carry shipments, known or not, costs less than its prices */
  readonly proved: boolean
}

export type ChooseDual = (target: DualTarget) => Dual

/** What trucks cost beside the shipments, 0 or more: prices alone add up to the bound and this. */
export const rentOf = ({ fleet }: Dual): number => fleet.reduce((sum, { count, krw }) => sum - count * krw, 0)

/** Prices that no route met so far undercuts, nor any shipment alone. No proof about routes not met. */
export function knownDual(game: Game, highs: Highs, { groupOf, weight }: DualTarget): Dual {
  const { instance, solo, vehicleOf, problem } = game.opened
  const { orders, types } = instance
  const orderOf = new Map(problem.shipments.map(({ id }, order) => [id, order]))
  const served = [...game.firmOf.keys()]
  const sharing = served.filter((id) => !problem.shipments[orderOf.get(id)!].mustGoAlone)
  const pooled = sharing.map((id) => orderOf.get(id)!)
  const directKrw = instance.directCost.map(Math.floor)

  const kinds = problem.vehicles.flatMap(({ id, count, shifts }, vehicle) =>
    count === 0 ? [] : shifts.map((_, shift) => ({ vehicle, id, shift, count: Math.min(count, pooled.length) })),
  )
  const kindOf = new Map(kinds.map(({ id, shift }, kind) => [`${shift} ${id}`, kind]))
  const columns = game.routes().flatMap(({ vehicle, shift, shipments, krw }): Column[] => {
    const kind = kindOf.get(`${shift} ${vehicle}`)
    const carried = shipments.map((id) => orderOf.get(id)!).toSorted((a, b) => a - b)
    return kind === undefined ? [] : [{ kind, orders: carried, krw, visits: null }]
  })
  for (const [kind, { vehicle, shift }] of kinds.entries())
    for (const order of pooled) {
      const rides = types.flatMap((type, k) =>
        vehicleOf[k] === vehicle && type.shift === shift && type.count > 0 && instance.allowed[k * orders + order] === 1
          ? [solo[k * orders + order]]
          : [],
      )
      const krw = Math.floor(Math.min(Number.POSITIVE_INFINITY, ...rides))
      if (krw < Number.POSITIVE_INFINITY) columns.push({ kind, orders: [order], krw, visits: null })
    }
  const question = { highs, orders: pooled, directKrw, counts: kinds.map(({ count }) => count), columns }
  const chosen = choosePrices({
    ...question,
    lowerKrw: pooled.length > 0 ? mostOverColumns(question) : 0,
    target: { groupOf: problem.shipments.map(({ id }) => groupOf.get(id) ?? -1), weight },
    kept: 1,
    price: () => ({ columns: [], leastKrw: null }),
  })
  const prices = new Map(
    served.map((id) => {
      const order = orderOf.get(id)!
      return [id, problem.shipments[order].mustGoAlone ? game.ownOf(id) : chosen.prices[order]]
    }),
  )
  const alone = served.reduce((sum, id) => sum + (sharing.includes(id) ? 0 : prices.get(id)!), 0)
  return {
    prices,
    fleet: kinds.map(({ id, shift, count }, kind) => ({ vehicle: id, shift, count, krw: chosen.kindKrw[kind] })),
    lowerKrw: chosen.lowerKrw + alone,
    proved: false,
  }
}
