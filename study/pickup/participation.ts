/**
 * Who must take part: what so many firms save, the fewest that pay for the programme, and what is lost when one firm leaves. Each is planned
 * anew on both sides on the same draws. Firms of a count are drawn once for each seed, so its seeds, not its days, are what is repeated.
 */
import { type Estimate, meanOf, ratioOf } from './estimates.ts'
import type { Run } from './runs.ts'
import type { PickupStudy, Setting } from './schema.ts'
import type { SettingResult } from './summary.ts'

/** Of an interval and what it is held against: above it, across it, below it. */
export type Verdict = 'holds' | 'open' | 'breaks'

export interface CurvePoint {
  readonly setting: string
  readonly firms: number
  /** share of B1 */
  readonly saving: Estimate
  /** won a year, programme paid */
  readonly yearKrw: Estimate
}
export interface Exit {
  readonly setting: string
  readonly firm: string
  /** won a year that are saved less without it */
  readonly lostKrw: Estimate
  readonly saving: Estimate
  readonly yearKrw: Estimate
  /** whether the others still pay for the programme, and still reach the target share of B1 */
  readonly pays: Verdict
  readonly target: Verdict
}
export interface Participation {
  /** by firms, all of them last */
  readonly curve: readonly CurvePoint[]
  /** the fewest firms, of the counts asked for, from which on the programme is paid for; null: none of them */
  readonly pays: { readonly onAverage: number | null; readonly surely: number | null; readonly programmeKrw: number }
  /** as it is, before anybody leaves */
  readonly now: { readonly pays: Verdict; readonly target: Verdict }
  /** the firm most needed first */
  readonly exits: readonly Exit[]
}

/** Whose days of one seed belong together. */
export const isDrawnBySeed = ({ changes }: Setting): boolean => changes.some(({ kind }) => kind === 'participants')

/** Days of a seed as one. */
export function seedSums(runs: readonly Run[], of: (run: Run) => number): number[] {
  return [...Map.groupBy(runs, ({ seed }) => seed).values()].map((own) => own.reduce((sum, run) => sum + of(run), 0))
}

/** A mean over days whose days of one seed belong together. */
export const meanBySeed = (runs: readonly Run[], of: (run: Run) => number): Estimate =>
  ratioOf(
    seedSums(runs, of),
    seedSums(runs, () => 1),
  ).estimate

const savedKrw = (run: Run): number => run.baselineKrw.B1 - run.planKrw

export function participationOf(
  study: PickupStudy,
  runs: readonly Run[],
  results: readonly SettingResult[],
  workingDaysPerYear: number,
): Participation | undefined {
  const [first, ...others] = study.settings
  const { programmeKrwPerYear = 0, targetShare = 0.2 } = study
  const resultOf = new Map(results.map((result) => [result.setting, result]))
  const base = resultOf.get(first.id)
  const baseRuns = runs.filter(({ setting }) => setting === first.id)
  const firms = Math.max(0, ...baseRuns.map((run) => run.firms ?? 0))
  if (!base) return undefined

  const counted = others.flatMap(({ id, changes }) => {
    const [change] = changes
    const result = resultOf.get(id)
    return changes.length === 1 && change.kind === 'participants' && result && change.count < firms
      ? [{ setting: id, firms: change.count, saving: result.saving.B1, yearKrw: result.yearKrw }]
      : []
  })
  const all = { setting: first.id, firms, saving: base.saving.B1, yearKrw: base.yearKrw }
  const curve = counted.length > 0 ? [...counted.toSorted((a, b) => a.firms - b.firms), all] : []

  const baseAt = new Map(baseRuns.map((run) => [`${run.seed} ${run.day}`, run]))
  const exits = others.flatMap(({ id, changes }): Exit[] => {
    const [change] = changes
    const result = resultOf.get(id)
    if (changes.length !== 1 || change.kind !== 'firm' || !result) return []
    const lost = runs.flatMap((run) => {
      const before = run.setting === id ? baseAt.get(`${run.seed} ${run.day}`) : undefined
      return before ? [savedKrw(before) - savedKrw(run)] : []
    })
    if (lost.length === 0) return []
    return [
      {
        setting: id,
        firm: change.firm,
        lostKrw: times(meanOf(lost), workingDaysPerYear),
        saving: result.saving.B1,
        yearKrw: result.yearKrw,
        pays: verdictOf(result.yearKrw, 0),
        target: verdictOf(result.saving.B1, targetShare),
      },
    ]
  })
  if (curve.length === 0 && exits.length === 0) return undefined
  return {
    curve,
    pays: {
      onAverage: fewest(curve, ({ yearKrw }) => yearKrw.value > 0),
      surely: fewest(curve, ({ yearKrw }) => verdictOf(yearKrw, 0) === 'holds'),
      programmeKrw: programmeKrwPerYear,
    },
    now: { pays: verdictOf(base.yearKrw, 0), target: verdictOf(base.saving.B1, targetShare) },
    exits: exits.toSorted((a, b) => b.lostKrw.value - a.lostKrw.value),
  }
}

/** From which on all that are tried do. */
function fewest(curve: readonly CurvePoint[], does: (point: CurvePoint) => boolean): number | null {
  const last = curve.findLastIndex((point) => !does(point))
  return curve[last + 1]?.firms ?? null
}

/** One day, or one drawing of firms, is sure of nothing. */
const verdictOf = ({ interval }: Estimate, against: number): Verdict => {
  if (!interval) return 'open'
  const [low, high] = interval
  return low > against ? 'holds' : high < against || low === high ? 'breaks' : 'open'
}

const times = ({ value, interval }: Estimate, by: number): Estimate => ({
  value: value * by,
  interval: interval && [interval[0] * by, interval[1] * by],
})
