/**
 * Whether anybody would be better off without the others. A split is stable where no group of firms pays more than the best plan found
 * for its shipments alone. Where no split is, someone outside must pay: the least subsidy is what the plan costs beyond the most that
 * all firms together can be charged with no group above its own cost (Bachrach et al. 2009, The cost of stability in coalitional games).
 */
import type { Highs } from '../columns/lp.ts'
import { type Dual, rentOf } from './dual.ts'
import { type Game, membersOf } from './game.ts'
import { ANY, levelTerms, NONE, type SumRow, solveRows, type Term } from './linear.ts'

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

/** Won that a group may lie above its cost before it counts: the tolerance of the solver, many times over. */
const NEARLY = 0.01
const ROWS_A_ROUND = 8

/**
 * The shares nearest to `wanted` within the limits that leave the groups looked at as little reason to go as can be: none where that is
 * possible. Nearest: the largest relative change is least, then the next. `wanted` itself where no group objects.
 */
export function nearestStable(
  highs: Highs,
  groups: readonly { readonly members: readonly number[]; readonly mostKrw: number }[],
  wanted: Float64Array,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
): Float64Array {
  const objections = (shares: Float64Array, excess: number) =>
    groups
      .map((group) => ({
        group,
        by: group.members.reduce((sum, firm) => sum + shares[firm], 0) - group.mostKrw - excess,
      }))
      .filter(({ by }) => by > NEARLY)
      .toSorted((a, b) => b.by - a.by)
  const all = wanted.reduce((sum, krw) => sum + krw, 0)
  const firms = Array.from(wanted.keys())
  const held = new Set<(typeof groups)[number]>()
  let shares = wanted
  let excess = 0
  for (;;) {
    const broken = objections(shares, excess).filter(({ group }) => !held.has(group))
    if (broken.length === 0) return shares
    for (const { group } of broken.slice(0, ROWS_A_ROUND)) held.add(group)
    const sumOf = (members: readonly number[]) => members.map((firm) => [firm, 1] as const)
    const limits = firms.map((firm) => ({ cost: 0, lower: lower[firm], upper: upper[firm] }))
    const total = { sum: sumOf(firms), lower: all, upper: all }
    const rows = (slack: number): SumRow[] => [
      total,
      ...[...held].map(({ members, mostKrw }) => ({
        sum: [...sumOf(members), [firms.length, -1] as const],
        lower: NONE,
        upper: mostKrw + slack,
      })),
    ]
    excess = Math.max(0, solveRows(highs, [...limits, { cost: 1, lower: 0, upper: ANY }], rows(0)).krw)
    const terms = firms.flatMap((firm): Term[] => {
      const size = Math.max(1, Math.abs(wanted[firm]))
      return [1, -1].map((sign) => ({ sum: [[firm, sign / size]], constant: (-sign * wanted[firm]) / size }))
    })
    const fixed = { cost: 0, lower: excess, upper: excess }
    shares = levelTerms(highs, [...limits, fixed], rows(NEARLY / 10), terms).slice(0, firms.length)
  }
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
