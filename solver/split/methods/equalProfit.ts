/**
 * Savings as equal as stability allows: the largest difference between two firms' relative savings is least, where no group looked at
 * pays more than alone. Frisk, Göthe-Lundgren, Jörnsten and Rönnqvist (2010), Cost allocation in collaborative forest transportation,
 * European Journal of Operational Research 205, the equal profit method. Differs from the paper: the difference of the largest and the
 * least relative charge stands for all pairs; where no split is stable, every group gives way by the least amount that will do (the
 * paper's ε-core); of equally good splits the one whose largest charges are least is taken. A model for people to read, so
 * javascript-lp-solver solves it; that solver may call an answer feasible that is none, so each answer is held against its rows.
 */
import imported, { type Model } from 'javascript-lp-solver'
import type { Highs } from '../../columns/lp.ts'
import { membersOf } from '../game.ts'
import { ANY, levelTerms, NONE, type SumRow, solveRows, type Variable } from '../linear.ts'
import type { Method } from './method.ts'

// the package is typed as a CommonJS module, and is none
const solver = imported as unknown as typeof imported.default

/** Of the amount shared; answers come rounded to eight digits. */
const NEARLY = 1e-6
const ROWS_A_ROUND = 8

/** What is shared by firms of weight 1 in all, held down by groups: everything as a part of the amount shared. */
export interface SpreadModel {
  /** [firm] stand-alone cost as a part of what is shared, above 0 */
  readonly weight: readonly number[]
  /** members together pay at most so much */
  readonly groups: readonly { readonly members: readonly number[]; readonly most: number }[]
}

export interface Spread {
  /** by how much the groups have to give way; 0: a stable split exists */
  readonly excess: number
  /** largest less least charge, each relative to its firm's weight */
  readonly difference: number
  /** [firm] charge relative to its weight */
  readonly charge: Float64Array
}

export const equalProfit: Method = {
  name: 'equalProfit',
  mostFirms: Number.POSITIVE_INFINITY,
  share(game, { highs }) {
    const krw = new Float64Array(game.firms.length)
    const shared = game.planKrw - game.firms.reduce((sum, { ownKrw }) => sum + ownKrw, 0)
    const sharing = game.firms.flatMap(({ ridingKrw }, firm) => (ridingKrw > 0 ? [firm] : []))
    if (shared <= 0 || sharing.length === 0) return { krw }
    const at = new Map(sharing.map((firm, k) => [firm, k]))
    const groups = game.basis().flatMap(({ group, krw: cost }) => {
      const all = membersOf(group)
      const members = all.flatMap((firm) => at.get(firm) ?? [])
      const own = all.reduce((sum, firm) => sum + game.firms[firm].ownKrw, 0)
      return members.length > 0 && cost < ANY ? [{ members, most: (cost - own) / shared }] : []
    })
    const weight = sharing.map((firm) => game.firms[firm].ridingKrw / shared)
    const { charge } = leastSpread(highs, { weight, groups })
    for (const [k, firm] of sharing.entries()) krw[firm] = charge[k] * game.firms[firm].ridingKrw
    return { krw }
  },
}

export function leastSpread(highs: Highs, model: SpreadModel): Spread {
  const held = new Set<SpreadModel['groups'][number]>()
  for (;;) {
    const part = { ...model, groups: [...held] }
    const excess = Math.max(0, (byHand(part, null) ?? byHighs(highs, part, null)).excess)
    const found = level(highs, part, byHand(part, excess) ?? byHighs(highs, part, excess))
    const broken = model.groups
      .map((group) => ({ group, by: payOf(model, found.charge, group.members) - group.most - excess }))
      .filter(({ group, by }) => by > NEARLY && !held.has(group))
      .toSorted((a, b) => b.by - a.by)
    if (broken.length === 0) return found
    for (const { group } of broken.slice(0, ROWS_A_ROUND)) held.add(group)
  }
}

const payOf = ({ weight }: SpreadModel, charge: ArrayLike<number>, members: readonly number[]): number =>
  members.reduce((sum, firm) => sum + weight[firm] * charge[firm], 0)

/** By javascript-lp-solver. `excess`: allowed; null: to be made least. Null where the answer breaks a row. */
export function byHand(model: SpreadModel, excess: number | null): Spread | null {
  const { weight, groups } = model
  const variables: Record<string, Record<string, number>> = {
    largest: excess === null ? {} : { goal: 1 },
    least: excess === null ? {} : { goal: -1 },
    ...(excess === null ? { excess: { goal: 1 } } : {}),
  }
  const constraints: Model['constraints'] = { all: { equal: 1 } }
  for (const [firm, part] of weight.entries()) {
    // largest ≥ charge ≥ least
    variables[`charge${firm}`] = { all: part, [`above${firm}`]: -1, [`below${firm}`]: -1 }
    variables.largest[`above${firm}`] = 1
    variables.least[`below${firm}`] = 1
    constraints[`above${firm}`] = { min: 0 }
    constraints[`below${firm}`] = { max: 0 }
  }
  for (const [k, { members, most }] of groups.entries()) {
    for (const firm of members) variables[`charge${firm}`][`group${k}`] = weight[firm]
    if (excess === null) variables.excess[`group${k}`] = -1
    constraints[`group${k}`] = { max: most + (excess ?? 0) + (excess === null ? 0 : NEARLY / 10) }
  }
  const answer = solver.Solve({ optimize: 'goal', opType: 'min', constraints, variables }) as Record<string, unknown>
  const value = (name: string) => (typeof answer[name] === 'number' ? answer[name] : 0)
  const charge = Float64Array.from(weight, (_, firm) => value(`charge${firm}`))
  const found = {
    excess: excess ?? value('excess'),
    difference: charge.reduce((a, b) => Math.max(a, b), 0) - charge.reduce((a, b) => Math.min(a, b), ANY),
    charge,
  }
  const everyone = weight.map((_, firm) => firm)
  const holds =
    answer.feasible === true &&
    answer.bounded === true &&
    Math.abs(payOf(model, charge, everyone) - 1) <= NEARLY &&
    groups.every(({ members, most }) => payOf(model, charge, members) <= most + found.excess + NEARLY)
  return holds ? found : null
}

/** The same model by HiGHS: firms, then the largest and the least charge, then the excess. */
export function byHighs(highs: Highs, model: SpreadModel, excess: number | null): Spread {
  const { variables, rows } = spreadRows(model, excess)
  const { values } = solveRows(highs, variables, rows)
  const charge = values.slice(0, model.weight.length)
  return {
    excess: excess ?? values[model.weight.length + 2],
    difference: charge.reduce((a, b) => Math.max(a, b), 0) - charge.reduce((a, b) => Math.min(a, b), ANY),
    charge,
  }
}

function spreadRows({ weight, groups }: SpreadModel, excess: number | null) {
  const firms = weight.length
  const variables: Variable[] = [
    ...weight.map(() => ({ cost: 0, lower: 0, upper: ANY })),
    { cost: excess === null ? 0 : 1, lower: 0, upper: ANY },
    { cost: excess === null ? 0 : -1, lower: 0, upper: ANY },
    { cost: excess === null ? 1 : 0, lower: excess ?? 0, upper: excess ?? ANY },
  ]
  const slack = excess === null ? 0 : NEARLY / 10
  const rows: SumRow[] = [
    { sum: weight.map((part, firm) => [firm, part] as const), lower: 1, upper: 1 },
    ...weight.flatMap((_, firm): SumRow[] => [
      {
        sum: [
          [firms, 1],
          [firm, -1],
        ],
        lower: 0,
        upper: ANY,
      },
      {
        sum: [
          [firm, 1],
          [firms + 1, -1],
        ],
        lower: 0,
        upper: ANY,
      },
    ]),
    ...groups.map(({ members, most }) => ({
      sum: [...members.map((firm) => [firm, weight[firm]] as const), [firms + 2, -1] as const],
      lower: NONE,
      upper: most + slack,
    })),
  ]
  return { variables, rows }
}

/** Of all splits with this difference, the one whose largest charge is least, then the next. */
function level(highs: Highs, model: SpreadModel, found: Spread): Spread {
  const firms = model.weight.length
  const { variables, rows } = spreadRows(model, found.excess)
  const kept: SumRow = {
    sum: [
      [firms, 1],
      [firms + 1, -1],
    ],
    lower: NONE,
    upper: found.difference + NEARLY / 10,
  }
  const terms = model.weight.map((_, firm) => ({ sum: [[firm, 1] as const], constant: 0 }))
  return { ...found, charge: levelTerms(highs, variables, [...rows, kept], terms).slice(0, firms) }
}
