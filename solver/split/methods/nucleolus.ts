/**
 * The group with most reason to leave has as little of it as can be, then the next, and so on (Schmeidler 1969). In the core wherever
 * there is one; elsewhere in the least core. Exact over every group of up to twelve firms.
 */
import type { Highs } from '../../columns/lp.ts'
import { MOST_FIRMS_EVERY_GROUP, withoutGaps } from '../game.ts'
import { ANY, levelTerms, NONE } from '../linear.ts'
import type { Method } from './method.ts'

export const nucleolus: Method = {
  name: 'nucleolus',
  mostFirms: MOST_FIRMS_EVERY_GROUP,
  share(game, { highs }) {
    const krw = levelGroups(highs, withoutGaps(game.costs()))
    return { krw: krw.map((share, firm) => share - game.firms[firm].ownKrw) }
  },
}

/** `costs`: [group] of every group of firms. */
export function levelGroups(highs: Highs, costs: ArrayLike<number>): Float64Array {
  const firms = Math.round(Math.log2(costs.length))
  const total = costs[costs.length - 1]
  if (firms < 2) return Float64Array.from({ length: firms }, () => total)
  const sumOver = (group: number) =>
    Array.from({ length: firms }, (_, firm) => firm).flatMap((firm) =>
      group & (1 << firm) ? [[firm, 1] as const] : [],
    )
  // a group's excess is what it pays above its cost alone
  const terms = Array.from({ length: costs.length - 2 }, (_, k) => ({ sum: sumOver(k + 1), constant: -costs[k + 1] }))
  const variables = Array.from({ length: firms }, () => ({ cost: 0, lower: NONE, upper: ANY }))
  return levelTerms(highs, variables, [{ sum: sumOver(costs.length - 1), lower: total, upper: total }], terms)
}
