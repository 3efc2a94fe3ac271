/**
 * Whether anybody would be better off without the others. A split is stable where no group of firms pays more than the best plan found
 * for its shipments alone. Where no split is, someone outside must pay: the least subsidy is what the plan costs beyond the most that
 * all firms together can be charged with no group above its own cost (Bachrach et al. 2009, The cost of stability in coalitional games).
 */
import type { Highs } from '../columns/lp.ts'
import { type Dual, rentOf } from './dual.ts'
import { type Game, membersOf } from './game.ts'
import { ANY, NONE, solveRows } from './linear.ts'

export interface GroupView {
  /** firms as indices */
  readonly members: readonly number[]
  readonly shareKrw: number
  readonly aloneKrw: number
  /** below 0: they pay more than alone */
  readonly slackKrw: number
}

/** Every group looked at that can go alone, the tightest first. */
export function viewGroups(game: Game, shares: readonly number[]): GroupView[] {
  return game
    .looked()
    .filter(({ krw }) => krw < ANY)
    .map(({ group, krw }) => {
      const members = membersOf(group)
      const shareKrw = members.reduce((sum, firm) => sum + shares[firm], 0)
      return { members, shareKrw, aloneKrw: krw, slackKrw: krw - shareKrw }
    })
    .toSorted((a, b) => a.slackKrw - b.slackKrw || a.members.length - b.members.length)
}

/** Whole won make a group of k firms pay up to k won more than exact shares would. */
export const isViolated = ({ members, slackKrw }: GroupView): boolean => slackKrw < -members.length

/**
 * No group of firms, looked at or not, pays more than so many won above any plan there is for it: the shares less the prices of whoever
 * pays above them, and the rent of all trucks. 0: stable, proved. The whole of all firms is no group that could leave.
 */
export function provedUpTo(game: Game, shares: readonly number[], dual: Dual): number {
  const above = game.firms.map(
    ({ shipments }, firm) =>
      shares[firm] - shipments.reduce((sum, shipment) => sum + (dual.prices.get(shipment) ?? 0), 0),
  )
  if (above.length < 2) return 0
  const over = above.filter((krw) => krw > 0)
  const worst =
    over.length === 0
      ? Math.max(...above)
      : over.reduce((sum, krw) => sum + krw, 0) - (over.length === above.length ? Math.min(...over) : 0)
  return Math.max(0, worst + rentOf(dual))
}

/** Won that someone outside must pay so that some split is stable over the groups looked at; 0: none need be. Whole, rounded up. */
export function leastSubsidy(highs: Highs, game: Game): number {
  const rows = game
    .looked()
    .filter(({ krw }) => krw < ANY)
    .map(({ group, krw }) => ({
      sum: membersOf(group).map((firm) => [firm, 1] as const),
      lower: NONE,
      upper: krw,
    }))
  return subsidyFor(highs, game.firms.length, game.planKrw, rows)
}

export function subsidyFor(
  highs: Highs,
  firms: number,
  totalKrw: number,
  rows: Parameters<typeof solveRows>[2],
): number {
  const everyone = Array.from({ length: firms }, (_, firm) => [firm, 1] as const)
  const variables = everyone.map(() => ({ cost: -1, lower: NONE, upper: ANY }))
  const { krw } = solveRows(highs, variables, [...rows, { sum: everyone, lower: NONE, upper: totalKrw }])
  return Math.max(0, Math.ceil(totalKrw + krw - 1e-3))
}
