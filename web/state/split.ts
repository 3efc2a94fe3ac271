/** The shares of a plan's cost as the split screen shows them: one method chosen, the others beside it. */
import type { MethodName, Split, SplitGroup, SplitRow } from '../../solver/index.ts'

export const METHODS = [
  'duals',
  'proportional',
  'equalProfit',
  'shapley',
  'nucleolus',
] as const satisfies readonly MethodName[]

/** Firms up to which the nucleolus can be had; up to as many, Shapley's shares are exact. */
export const MOST_FIRMS = 12

export interface ShareRow {
  readonly row: SplitRow
  /** on an axis from 0 to the largest amount of the table */
  readonly alone: number
  readonly share: number
  readonly others: readonly { readonly method: MethodName; readonly krw: number }[]
  /** of the tightest group */
  readonly tight: boolean
}

export interface ShareTable {
  readonly chosen: Split
  readonly others: readonly Split[]
  readonly rows: readonly ShareRow[]
  readonly sum: { readonly b1Krw: number; readonly shareKrw: number; readonly savingShare: number }
  readonly tightest: SplitGroup | undefined
}

export function makeShareTable(splits: readonly Split[], method: MethodName): ShareTable | undefined {
  const chosen = splits.find((split) => split.method === method) ?? splits[0]
  if (!chosen) return undefined
  const others = splits.filter((split) => split !== chosen)
  const tightest = tightestGroup(chosen)
  const top = Math.max(1, ...chosen.rows.flatMap(({ b1Krw, shareKrw }) => [b1Krw, shareKrw]))
  const b1Krw = chosen.rows.reduce((sum, row) => sum + row.b1Krw, 0)
  const shareKrw = chosen.rows.reduce((sum, row) => sum + row.shareKrw, 0)
  return {
    chosen,
    others,
    rows: chosen.rows.map((row, index) => ({
      row,
      alone: row.b1Krw / top,
      share: row.shareKrw / top,
      others: others.map((split) => ({ method: split.method, krw: split.rows[index]!.shareKrw })),
      tight: tightest?.firms.includes(row.firm) ?? false,
    })),
    sum: { b1Krw, shareKrw, savingShare: b1Krw > 0 ? (b1Krw - shareKrw) / b1Krw : 0 },
    tightest,
  }
}

/** A firm that saves nothing stands at its limit by itself: that says nothing about anybody leaving, so it is no group to point at. */
export function tightestGroup({ rows, stability }: Split): SplitGroup | undefined {
  const idle = new Set(rows.filter(({ savingKrw }) => savingKrw === 0).map(({ firm }) => firm))
  const groups = [stability.tightest, ...rows.map(({ tightest }) => tightest)].filter((group) => group !== null)
  return groups
    .filter(({ firms }) => firms.some((firm) => !idle.has(firm)))
    .toSorted((a, b) => a.slackKrw - b.slackKrw || a.firms.length - b.firms.length)[0]
}

/** single: one firm only. within: none objects, and nobody can by more than a little. holds: none of those looked at objects. */
export type Verdict = 'single' | 'proved' | 'within' | 'holds' | 'violated'

/** Of the plan's cost: what is proved up to more than this says too little about groups that nobody looked at. */
const LITTLE = 0.05

export function verdictOf({ rows, planKrw, stability: { verdict, provedUpToKrw } }: Split): Verdict {
  if (rows.length < 2) return 'single'
  return verdict === 'holds' && provedUpToKrw !== null && provedUpToKrw <= LITTLE * planKrw ? 'within' : verdict
}

/** Largest standard error of a sampled share; absent where the shares are exact. */
export function samplingErrorOf({ rows }: Split): number | undefined {
  const errors = rows.flatMap(({ standardErrorKrw }) => (standardErrorKrw === undefined ? [] : [standardErrorKrw]))
  return errors.length > 0 ? Math.max(...errors) : undefined
}

/** Why a firm saves nothing. own: nothing of it shares a truck; missing: B1 cannot carry all of it; limit: its share stops at its B1; above: it pays more. */
export type IdleReason = 'own' | 'missing' | 'limit' | 'above'

export function idleFirms({ rows }: Split): { readonly row: SplitRow; readonly reason: IdleReason }[] {
  return rows.flatMap((row) => {
    if (row.savingKrw > 0) return []
    const reason =
      row.missing.length > 0
        ? 'missing'
        : row.ownKrw === row.shareKrw
          ? 'own'
          : row.savingKrw === 0
            ? 'limit'
            : ('above' as const)
    return [{ row, reason }]
  })
}

/** Methods that are not among the splits, and why: too many firms, or not computed yet because it takes minutes. */
export function missingMethods(splits: readonly Split[]): { readonly method: MethodName; readonly tooMany: boolean }[] {
  const firms = splits[0]?.rows.length ?? 0
  return METHODS.filter((method) => splits.every((split) => split.method !== method)).map((method) => ({
    method,
    tooMany: firms > MOST_FIRMS,
  }))
}
