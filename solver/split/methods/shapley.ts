/**
 * What each firm adds to the cost when it joins, over every order in which they may join (Shapley 1953): exact up to twelve firms. Above,
 * orders drawn at random, each with its reverse, and the standard error of the mean (Castro, Gómez and Tejada 2009).
 */
import { Random } from '../../random.ts'
import { type Game, groupFrom, MOST_FIRMS_EVERY_GROUP, withoutGaps } from '../game.ts'
import type { Method, Shared } from './method.ts'

export const shapley: Method = {
  name: 'shapley',
  mostFirms: Number.POSITIVE_INFINITY,
  share(game, { seed, samples }) {
    const { krw, ...more } =
      game.firms.length <= MOST_FIRMS_EVERY_GROUP ? average(withoutGaps(game.costs())) : sample(game, seed, samples)
    return { krw: krw.map((share, firm) => share - game.firms[firm].ownKrw), ...more }
  },
}

/** `costs`: [group] of every group of firms. */
export function average(costs: ArrayLike<number>): Shared {
  const firms = Math.round(Math.log2(costs.length))
  // chance that exactly the members of a group of each size have come before a firm
  const chance = new Float64Array(firms)
  for (let size = 0, value = 1 / firms; size < firms; size++) {
    chance[size] = value
    value *= (size + 1) / (firms - size - 1)
  }
  const krw = new Float64Array(firms)
  for (let group = 0; group < costs.length; group++) {
    const size = bitsOf(group)
    for (let firm = 0; firm < firms; firm++)
      if (!(group & (1 << firm))) krw[firm] += chance[size] * (costs[group | (1 << firm)] - costs[group])
  }
  return { krw }
}

function bitsOf(group: number): number {
  let bits = 0
  for (let rest = group; rest > 0; rest &= rest - 1) bits++
  return bits
}

function sample({ firms, planKrw, cost }: Game, seed: number, samples: number): Shared {
  const random = new Random(seed)
  const sum = new Float64Array(firms.length)
  const squares = new Float64Array(firms.length)
  const pairs = Math.max(2, Math.ceil(samples / 2))
  for (let pair = 0; pair < pairs; pair++) {
    const drawn = Int32Array.from(firms.keys())
    random.shuffle(drawn, drawn.length)
    // an order and its reverse are one observation: they are not independent
    const mean = new Float64Array(firms.length)
    for (const order of [drawn, drawn.toReversed()])
      for (let k = 0, before = 0; k < order.length; k++) {
        const alone = cost(groupFrom(order.subarray(0, k + 1)))
        const after = alone < Number.POSITIVE_INFINITY ? alone : planKrw
        mean[order[k]] += (after - before) / 2
        before = after
      }
    for (const firm of firms.keys()) {
      sum[firm] += mean[firm]
      squares[firm] += mean[firm] ** 2
    }
  }
  const krw = sum.map((all) => all / pairs)
  const standardErrorKrw = squares.map((all, firm) =>
    Math.sqrt(Math.max(0, all - pairs * krw[firm] ** 2) / (pairs * (pairs - 1))),
  )
  return { krw, standardErrorKrw }
}
