/**
 * What the runs of a study say together. A saving is a sum over days divided by the sum of its baseline; its interval is that of a ratio
 * of means, linearised: Cochran (1977), Sampling Techniques, ch. 6. Settings are held against the first one day by day, on the same
 * draws, so that what both have in common cancels.
 */
import { drawsFor, shareOf } from '../draws.ts'
import { collectOf } from '../frequency/settings.ts'
import { type FrequencyResult, summariseFrequency } from '../frequency/summary.ts'
import { type Estimate, meanOf, ratioOf, spreadOf } from './estimates.ts'
import { isDrawnBySeed, meanBySeed, type Participation, participationOf, seedSums } from './participation.ts'
import { type Running, runningOf } from './running.ts'
import { BASELINE_IDS, type BaselineId, type Run } from './runs.ts'
import type { PickupStudy, Setting } from './schema.ts'

export interface LatenessResult {
  /** of a stop */
  readonly share: Estimate
  /** where stops are late most often: late stops of a hundred days */
  readonly worst: readonly { readonly site: string; readonly per100Days: number }[]
}

export interface SettingResult {
  readonly setting: string
  readonly days: number
  /** by baseline: what the plan saves of it, as a share */
  readonly saving: Readonly<Record<BaselineId, Estimate>>
  /** against the first setting, in points of the share of B1; null: it is the first */
  readonly difference: Estimate | null
  /** of the days, from the least saving to the most, as shares of B1 */
  readonly byDay: readonly number[]
  readonly worstWeek: { readonly seed: number; readonly from: string; readonly share: number } | null
  /** days that reach the target */
  readonly reached: { readonly times: number; readonly share: number; readonly interval: readonly [number, number] }
  /** mean of a day, won */
  readonly planKrw: number
  readonly baselineKrw: Readonly<Record<BaselineId, number>>
  readonly steps: Readonly<Record<'mode' | 'truckSize' | 'routing', number>>
  /** won a year against B1, programme paid */
  readonly yearKrw: Estimate
  readonly shipments: number
  readonly weightKg: number
  readonly unserved: number
  readonly excluded: number
  /** share of the shipments that ride together with others or on a contract truck */
  readonly pooledShare: number
  /** stops of rounds that the plan has late */
  readonly lateShare: number
  /** how likely a stop is late where roads and gates stray from the plan; null: runs of an older version do not say */
  readonly lateness: LatenessResult | null
  readonly co2Share: Estimate
  /** more days for an interval of ±1 point */
  readonly daysFor1Point: number
}

export interface PickupResult {
  readonly settings: readonly SettingResult[]
  /** one bar for each factor, the widest first: the settings at its ends by what they save against B1 */
  readonly tornado: readonly {
    readonly factor: string
    readonly low: string
    readonly high: string
    readonly span: number
  }[]
  /** where a setting lets orders wait */
  readonly frequency?: FrequencyResult
  /** of the first setting */
  readonly running: Running
  /** where settings leave firms out */
  readonly participation?: Participation
}

const WEEK = 5

export function summarisePickup(study: PickupStudy, runs: readonly Run[], workingDaysPerYear: number): PickupResult {
  const [first] = study.settings
  const base = runs.filter(({ setting }) => setting === first.id)
  // where orders wait, B1 waits too: those are held against B1 without waiting, apart
  const plain = study.settings.filter((setting) => !collectOf(setting))
  const settings = plain.flatMap((setting) => {
    const every = runs.filter((run) => run.setting === setting.id)
    const own = every.filter((run) => run.baselineKrw.B1 > 0)
    // a year has its quiet days, too
    const days = (workingDaysPerYear * own.length) / every.length
    return own.length > 0 ? [resultOf(study, setting, own, setting === first ? null : base, days)] : []
  })
  const frequency = summariseFrequency(study, runs)
  const participation = participationOf(study, runs, settings, workingDaysPerYear)
  const running = runningOf(base.filter(({ baselineKrw }) => baselineKrw.B1 > 0))
  return {
    settings,
    tornado: tornadoOf(plain, settings),
    running,
    ...(participation && { participation }),
    ...(frequency && { frequency }),
  }
}

function resultOf(
  study: PickupStudy,
  setting: Setting,
  runs: readonly Run[],
  base: readonly Run[] | null,
  workingDaysPerYear: number,
): SettingResult {
  const { programmeKrwPerYear = 0, targetShare = 0.2 } = study
  const sum = (of: (run: Run) => number): number => runs.reduce((total, run) => total + of(run), 0)
  const mean = (of: (run: Run) => number): number => sum(of) / runs.length
  const saved = (baseline: BaselineId) => (run: Run) => run.baselineKrw[baseline] - run.planKrw
  // what is repeated: days, but seeds where each draws firms of its own
  const bySeed = isDrawnBySeed(setting)
  const repeats = (of: (run: Run) => number): number[] => (bySeed ? seedSums(runs, of) : runs.map(of))
  const ratio = (baseline: BaselineId) =>
    ratioOf(
      repeats(saved(baseline)),
      repeats((run) => run.baselineKrw[baseline]),
    )
  const b1 = ratio('B1')
  const perDay = runs.map((run) => saved('B1')(run) / run.baselineKrw.B1)
  const times = perDay.filter((share) => share >= targetShare).length
  const days = bySeed ? meanBySeed(runs, saved('B1')) : meanOf(runs.map(saved('B1')))
  return {
    setting: setting.id,
    days: runs.length,
    saving: Object.fromEntries(
      BASELINE_IDS.map((baseline) => [baseline, ratio(baseline).estimate]),
    ) as SettingResult['saving'],
    difference: base && differenceOf(runs, base, bySeed),
    byDay: perDay.toSorted((a, b) => a - b),
    worstWeek: worstWeekOf(runs),
    reached: { times, ...shareOf(times, runs.length) },
    planKrw: mean(({ planKrw }) => planKrw),
    baselineKrw: Object.fromEntries(
      BASELINE_IDS.map((baseline) => [baseline, mean(({ baselineKrw }) => baselineKrw[baseline])]),
    ) as SettingResult['baselineKrw'],
    steps: {
      mode: mean(({ steps }) => steps.mode),
      truckSize: mean(({ steps }) => steps.truckSize),
      routing: mean(({ steps }) => steps.routing),
    },
    yearKrw: {
      value: days.value * workingDaysPerYear - programmeKrwPerYear,
      interval: days.interval && [
        days.interval[0] * workingDaysPerYear - programmeKrwPerYear,
        days.interval[1] * workingDaysPerYear - programmeKrwPerYear,
      ],
    },
    shipments: mean(({ shipments }) => shipments),
    weightKg: mean(({ weightKg }) => weightKg),
    unserved: sum(({ unserved }) => unserved),
    excluded: sum(({ excluded }) => excluded),
    pooledShare: sum(({ pooled }) => pooled) / sum(({ shipments }) => shipments),
    lateShare:
      sum(({ late }) => late) /
      Math.max(
        1,
        sum(({ stops }) => stops),
      ),
    lateness: latenessSums(runs, repeats),
    co2Share: ratioOf(
      repeats((run) => run.b1Co2G - run.co2G),
      repeats((run) => run.b1Co2G),
    ).estimate,
    daysFor1Point: Math.round((drawsFor(b1.sd, 0.01) * runs.length) / repeats(() => 1).length),
  }
}

const WORST_STOPS = 8

function latenessSums(runs: readonly Run[], repeats: (of: (run: Run) => number) => number[]): LatenessResult | null {
  if (runs.some(({ lateness }) => !lateness)) return null
  const at = new Map<string, number>()
  for (const { lateness } of runs)
    for (const [site, times] of Object.entries(lateness!.at)) at.set(site, (at.get(site) ?? 0) + times)
  const { value, interval } = ratioOf(
    repeats(({ lateness }) => lateness!.stops),
    repeats(({ stops }) => stops),
  ).estimate
  return {
    share: { value, interval: interval && [Math.max(0, interval[0]), Math.min(1, interval[1])] },
    worst: [...at]
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, WORST_STOPS)
      .map(([site, times]) => ({ site, per100Days: (100 * times) / runs.length })),
  }
}

/** Of the share of B1 saved, on the days that both have. */
function differenceOf(runs: readonly Run[], base: readonly Run[], bySeed: boolean): Estimate {
  const at = ({ seed, day }: Run): string => `${seed} ${day}`
  const known = new Map(base.filter((run) => run.baselineKrw.B1 > 0).map((run) => [at(run), run]))
  const pairs = runs.flatMap((run) => {
    const other = known.get(at(run))
    return other ? [[run, other] as const] : []
  })
  const groups = bySeed ? [...Map.groupBy(pairs, ([run]) => run.seed).values()] : pairs.map((pair) => [pair])
  const ratio = (side: 0 | 1) =>
    ratioOf(
      groups.map((own) => own.reduce((sum, pair) => sum + pair[side].baselineKrw.B1 - pair[side].planKrw, 0)),
      groups.map((own) => own.reduce((sum, pair) => sum + pair[side].baselineKrw.B1, 0)),
    )
  const [now, before] = [ratio(0), ratio(1)]
  const value = now.estimate.value - before.estimate.value
  const { half } = spreadOf(now.each.map((one, k) => one - before.each[k]))
  return { value, interval: half === null ? null : [value - half, value + half] }
}

/** Five working days of one seed, one after the other, in which least is saved. */
function worstWeekOf(runs: readonly Run[]): SettingResult['worstWeek'] {
  const weeks = [...Map.groupBy(runs, ({ seed }) => seed).values()].flatMap((own) => {
    const inOrder = own.toSorted((a, b) => a.day - b.day)
    return inOrder.flatMap((_, from) => {
      const week = inOrder.slice(from, from + WEEK)
      if (week.length < WEEK || week[WEEK - 1].day - week[0].day !== WEEK - 1) return []
      const b1 = week.reduce((sum, run) => sum + run.baselineKrw.B1, 0)
      const plan = week.reduce((sum, run) => sum + run.planKrw, 0)
      return [{ seed: week[0].seed, from: week[0].date, share: (b1 - plan) / b1 }]
    })
  })
  return weeks.length === 0 ? null : weeks.reduce((worst, week) => (week.share < worst.share ? week : worst))
}

function tornadoOf(settings: readonly Setting[], results: readonly SettingResult[]): PickupResult['tornado'] {
  const [first] = settings
  const of = new Map(results.map((result) => [result.setting, result.saving.B1.value]))
  const factors = [...new Set(settings.flatMap(({ factor }) => factor ?? []))]
  return factors
    .flatMap((factor) => {
      const ends = [first, ...settings.filter((setting) => setting.factor === factor)]
        .filter(({ id }) => of.has(id))
        .toSorted((a, b) => of.get(a.id)! - of.get(b.id)!)
      if (ends.length < 2) return []
      const [low, high] = [ends[0].id, ends[ends.length - 1].id]
      return [{ factor, low, high, span: of.get(high)! - of.get(low)! }]
    })
    .toSorted((a, b) => b.span - a.span)
}
