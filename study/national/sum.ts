/**
 * What the runs of many complexes say together. A mean day of all is the sum of the complexes' mean days; a saving is that of such sums.
 * All complexes draw on the same random numbers for the same seed and day, so what they say is not independent: the interval rests on
 * draws, not on runs. Linearised ratio as in pickup/summary.ts, summed within each draw: clusters as in Liang & Zeger (1986),
 * Longitudinal data analysis using generalized linear models, Biometrika 73(1), with each complex centred on its own mean.
 */
import { student95 } from '../draws.ts'
import type { Estimate } from '../pickup/estimates.ts'
import { isDrawnBySeed } from '../pickup/participation.ts'
import { BASELINE_IDS, type BaselineId, type Run } from '../pickup/runs.ts'
import type { Setting } from '../pickup/schema.ts'
import { type PickupResult, type SettingResult, summarisePickup } from '../pickup/summary.ts'
import { type NationalStudy, partOf } from './schema.ts'

/** What is there of one complex. */
export interface ComplexRuns {
  readonly complex: string
  readonly runs: readonly Run[]
  readonly workingDaysPerYear: number
}

export interface ComplexResult {
  readonly complex: string
  /** without the days one by one: the study of that complex has them */
  readonly settings: readonly Omit<SettingResult, 'byDay'>[]
  readonly tornado: PickupResult['tornado']
}

/** All complexes of which something is there. */
export interface SumResult {
  readonly setting: string
  readonly complexes: number
  /** complex × seed × day */
  readonly runs: number
  readonly saving: Readonly<Record<BaselineId, Estimate>>
  /** against the first setting, in points of the share of B1, over the complexes and days that both have; null: it is the first */
  readonly difference: Estimate | null
  /** of a mean working day, won */
  readonly planKrw: number
  readonly baselineKrw: Readonly<Record<BaselineId, number>>
  /** won a year against B1, the programme paid in each complex */
  readonly yearKrw: Estimate
  readonly co2Share: Estimate
  readonly shipments: number
  /** runs together */
  readonly unserved: number
  readonly excluded: number
  /** complexes whose saving is on either side of the target with its whole interval, and those of which nobody can say yet */
  readonly target: { readonly above: number; readonly below: number; readonly open: number }
}

export interface NationalResult {
  readonly complexes: readonly ComplexResult[]
  readonly all: readonly SumResult[]
}

export function sumNational(study: NationalStudy, parts: readonly ComplexRuns[]): NationalResult {
  const complexes = parts.flatMap(({ complex, runs, workingDaysPerYear }): ComplexResult[] => {
    if (runs.length === 0) return []
    const { settings, tornado } = summarisePickup(partOf(study, complex), runs, workingDaysPerYear)
    return [{ complex, settings: settings.map(({ byDay: _, ...result }) => result), tornado }]
  })
  const [first] = study.settings
  return {
    complexes,
    all: study.settings.flatMap((setting) => {
      // a setting that the complexes' own studies do not hold against B1 is not summed up either
      if (!complexes.some(({ settings }) => settings.some((result) => result.setting === setting.id))) return []
      const own = of(parts, setting)
      return own.length === 0
        ? []
        : [sumOf(study, setting, own, setting === first ? null : of(parts, first), complexes)]
    }),
  }
}

const of = (parts: readonly ComplexRuns[], { id }: Setting): ComplexRuns[] =>
  parts.flatMap((part) => {
    const runs = part.runs.filter(({ setting }) => setting === id)
    return runs.length > 0 ? [{ ...part, runs }] : []
  })

function sumOf(
  study: NationalStudy,
  setting: Setting,
  parts: readonly ComplexRuns[],
  base: readonly ComplexRuns[] | null,
  complexes: readonly ComplexResult[],
): SumResult {
  const { id } = setting
  const { programmeKrwPerYear = 0, targetShare = 0.2 } = study
  const drawOf = drawIn(setting)
  const runs = parts.flatMap((part) => part.runs)
  const total = (value: (run: Run) => number): number => runs.reduce((sum, run) => sum + value(run), 0)
  const sideOf = ({ saving: { B1 } }: Pick<SettingResult, 'saving'>): keyof SumResult['target'] => {
    if (!B1.interval) return 'open'
    return B1.interval[0] >= targetShare ? 'above' : B1.interval[1] < targetShare ? 'below' : 'open'
  }
  const sides = complexes.flatMap(({ settings }) => settings.filter(({ setting }) => setting === id).map(sideOf))
  const on = (side: keyof SumResult['target']): number => sides.filter((one) => one === side).length
  const yearKrw = parts.reduce((sum, part) => sum + part.workingDaysPerYear * meanOf(part.runs, saved), 0)
  return {
    setting: id,
    complexes: parts.length,
    runs: runs.length,
    saving: byBaseline((baseline) => ratioOf(parts, drawOf, baseline, ({ planKrw }) => planKrw)),
    difference: base && differenceOf(parts, base, drawOf),
    planKrw: dayOf(parts, ({ planKrw }) => planKrw),
    baselineKrw: byBaseline((baseline) => dayOf(parts, ({ baselineKrw }) => baselineKrw[baseline])),
    yearKrw: estimateOf(
      yearKrw - programmeKrwPerYear * parts.length,
      parts.map((part) => part.runs.map((run) => ({ draw: drawOf(run), value: part.workingDaysPerYear * saved(run) }))),
    ),
    co2Share: ratioOf(
      parts,
      drawOf,
      ({ b1Co2G }) => b1Co2G,
      ({ co2G }) => co2G,
    ),
    shipments: dayOf(parts, ({ shipments }) => shipments),
    unserved: total(({ unserved }) => unserved),
    excluded: total(({ excluded }) => excluded),
    target: { above: on('above'), below: on('below'), open: on('open') },
  }
}

const byBaseline = <T>(value: (baseline: BaselineId) => T) =>
  Object.fromEntries(BASELINE_IDS.map((baseline) => [baseline, value(baseline)])) as Record<BaselineId, T>
const saved = ({ baselineKrw, planKrw }: Run): number => baselineKrw.B1 - planKrw
type DrawOf = (run: Run) => string
const dayKey: DrawOf = ({ seed, day }) => `${seed} ${day}`
/** What is repeated: days, but seeds where each draws firms of its own. */
const drawIn = (setting: Setting): DrawOf => (isDrawnBySeed(setting) ? ({ seed }) => String(seed) : dayKey)
const meanOf = (runs: readonly Run[], value: (run: Run) => number): number =>
  runs.reduce((sum, run) => sum + value(run), 0) / runs.length
/** A mean day of all complexes. */
const dayOf = (parts: readonly ComplexRuns[], value: (run: Run) => number): number =>
  parts.reduce((sum, { runs }) => sum + meanOf(runs, value), 0)

interface Sample {
  readonly draw: string
  readonly value: number
}

/** What is saved of a whole, as a share of it. */
function ratioOf(
  parts: readonly ComplexRuns[],
  drawOf: DrawOf,
  whole: BaselineId | ((run: Run) => number),
  plan: (run: Run) => number,
): Estimate {
  const wholeOf = typeof whole === 'string' ? ({ baselineKrw }: Run) => baselineKrw[whole] : whole
  const bottom = dayOf(parts, wholeOf)
  if (bottom === 0) return { value: 0, interval: null }
  const value = 1 - dayOf(parts, plan) / bottom
  const each = (run: Run): Sample => ({ draw: drawOf(run), value: ((1 - value) * wholeOf(run) - plan(run)) / bottom })
  return estimateOf(
    value,
    parts.map(({ runs }) => runs.map(each)),
  )
}

function differenceOf(parts: readonly ComplexRuns[], base: readonly ComplexRuns[], drawOf: DrawOf): Estimate {
  const before = new Map(base.map((part) => [part.complex, new Map(part.runs.map((run) => [dayKey(run), run]))]))
  const pairs = parts.map(({ complex, runs }) =>
    runs.flatMap((run) => {
      const other = before.get(complex)?.get(dayKey(run))
      return other ? [[run, other] as const] : []
    }),
  )
  const held = pairs.filter((own) => own.length > 0)
  const side = (k: 0 | 1) => {
    const day = (value: (run: Run) => number) =>
      held.reduce((sum, own) => sum + own.reduce((all, pair) => all + value(pair[k]), 0) / own.length, 0)
    const bottom = day(({ baselineKrw }) => baselineKrw.B1)
    const share = bottom === 0 ? 0 : day(saved) / bottom
    return { share, each: (run: Run) => (bottom === 0 ? 0 : (saved(run) - share * run.baselineKrw.B1) / bottom) }
  }
  const [now, then] = [side(0), side(1)]
  return estimateOf(
    now.share - then.share,
    held.map((own) => own.map(([run, other]) => ({ draw: drawOf(run), value: now.each(run) - then.each(other) }))),
  )
}

/** `samples`: of each complex, whose means add up to what the value rests on. One draw of a complex says nothing of its spread. */
function estimateOf(value: number, samples: readonly (readonly Sample[])[]): Estimate {
  const draws = new Map<string, number>()
  for (const own of samples) {
    const mean = own.reduce((sum, sample) => sum + sample.value, 0) / own.length
    const byDraw = Map.groupBy(own, ({ draw }) => draw)
    const n = byDraw.size
    if (n < 2) return { value, interval: null }
    for (const [draw, each] of byDraw) {
      const off = each.reduce((sum, sample) => sum + sample.value - mean, 0) / own.length
      draws.set(draw, (draws.get(draw) ?? 0) + Math.sqrt(n / (n - 1)) * off)
    }
  }
  if (draws.size === 0) return { value, interval: null }
  const half = student95(draws.size - 1) * Math.sqrt([...draws.values()].reduce((sum, one) => sum + one ** 2, 0))
  return { value, interval: [value - half, value + half] }
}
