import { describe, expect, it } from 'vitest'
import {
  findStudyIssues,
  type NationalStudy,
  partOf,
  quietDay,
  type Run,
  summarisePickup,
  sumNational,
} from '../../study/index.ts'

const STUDY: NationalStudy = {
  kind: 'national',
  name: { ko: '셋', en: 'three' },
  complexes: ['a', 'b', 'c'],
  seeds: [1, 2],
  days: 2,
  iterations: 100,
  settings: [
    { id: 'base', name: { ko: '기본', en: 'base' }, changes: [] },
    { id: 'dear', name: { ko: '비쌈', en: 'dear' }, changes: [] },
  ],
  programmeKrwPerYear: 1000,
}
/** Days of one setting in the order of seeds and days: [plan, B1]. */
const runsOf = (setting: string, days: readonly (readonly [number, number])[]): Run[] =>
  days.map(([planKrw, b1], k) => ({
    ...quietDay({ setting, seed: 1 + Math.floor(k / 2), day: k % 2, date: '2026-03-02' }),
    shipments: b1 > 0 ? 1 : 0,
    planKrw,
    baselineKrw: { B0: 2 * b1, B1: b1, B2: b1 },
  }))
const part = (complex: string, ...runs: readonly (readonly Run[])[]) => ({
  complex,
  runs: runs.flat(),
  workingDaysPerYear: 250,
})
const A = runsOf('base', [
  [80, 100],
  [60, 100],
  [150, 200],
  [90, 100],
])
const C = runsOf('base', [
  [90, 100],
  [95, 100],
  [100, 100],
  [70, 100],
])

describe('a sum over complexes', () => {
  it('of one complex says what its own study says, with the same intervals', () => {
    const dear = runsOf('dear', [
      [90, 100],
      [75, 100],
      [150, 200],
      [95, 100],
    ])
    const { all, complexes } = sumNational(STUDY, [part('a', A, dear)])
    const alone = summarisePickup(partOf(STUDY, 'a'), [...A, ...dear], 250)
    for (const [k, { saving, yearKrw, difference, planKrw }] of alone.settings.entries()) {
      expect(all[k]).toMatchObject({ complexes: 1, runs: 4 })
      expect(all[k]!.saving.B1.value).toBeCloseTo(saving.B1.value, 12)
      expect(all[k]!.planKrw).toBeCloseTo(planKrw, 9)
      for (const end of [0, 1] as const) {
        expect(all[k]!.saving.B1.interval![end]).toBeCloseTo(saving.B1.interval![end], 9)
        expect(all[k]!.yearKrw.interval![end]).toBeCloseTo(yearKrw.interval![end], 6)
        if (difference) expect(all[k]!.difference!.interval![end]).toBeCloseTo(difference.interval![end], 9)
      }
    }
    expect(complexes[0]!.settings[0]).not.toHaveProperty('byDay')
  })

  it('adds up their mean days, however many days of each are there', () => {
    // a: saves 20 + 40 + 50 + 10 = 120 of 500, a mean day 30 of 125; c: its first two days only, 15 of 200, a mean day 7.5 of 100
    const { all } = sumNational(STUDY, [part('a', A), part('c', C.slice(0, 2)), part('b')])
    expect(all[0]).toMatchObject({
      complexes: 2,
      runs: 6,
      planKrw: 95 + 92.5,
      baselineKrw: { B0: 450, B1: 225, B2: 225 },
    })
    expect(all[0]!.saving.B1.value).toBeCloseTo(37.5 / 225, 12)
    expect(all[0]!.yearKrw.value).toBeCloseTo(37.5 * 250 - 2 * 1000, 9)
    expect(all[0]!.target).toEqual({ above: 0, below: 0, open: 2 })
  })

  it('is as unsure as one of two complexes that the same draw moves alike, and surer where it moves them apart', () => {
    const half = (estimate: { interval: readonly [number, number] | null }) =>
      estimate.interval![1] - estimate.interval![0]
    const one = half(sumNational(STUDY, [part('a', A)]).all[0]!.saving.B1)
    const alike = half(sumNational(STUDY, [part('a', A), part('b', A)]).all[0]!.saving.B1)
    expect(alike).toBeCloseTo(one, 12)
    const mirrored = A.map((run) => ({
      ...run,
      planKrw: run.baselineKrw.B1 - (0.48 * run.baselineKrw.B1 - (run.baselineKrw.B1 - run.planKrw)),
    }))
    // what one saves more than its 24 % the other saves less: nothing of the sum is left to chance
    expect(half(sumNational(STUDY, [part('a', A), part('b', mirrored)]).all[0]!.saving.B1)).toBeCloseTo(0, 9)
  })

  it('counts seeds, not days, where each seed draws firms of its own', () => {
    const few = { ...STUDY.settings[0]!, changes: [{ kind: 'participants' as const, count: 5 }] }
    const study = { ...STUDY, settings: [few] }
    // both days of seed 1 save 30, both of seed 2 save 10: two repeats, whose mean 20 is unsure by t(1) × 10
    const runs = runsOf('base', [
      [70, 100],
      [70, 100],
      [90, 100],
      [90, 100],
    ])
    const [low, high] = sumNational(study, [part('a', runs)]).all[0]!.saving.B1.interval!
    expect(high - low).toBeCloseTo(2 * 12.706205 * 0.1, 6)
    expect(sumNational(study, [part('a', runs.slice(0, 2))]).all[0]!.saving.B1.interval).toBeNull()
  })

  it('says nothing of the spread while a complex has one day, and counts quiet days in the year', () => {
    expect(sumNational(STUDY, [part('a', A), part('b', C.slice(0, 1))]).all[0]!.saving.B1.interval).toBeNull()
    const quiet = runsOf('base', [
      [50, 100],
      [0, 0],
    ])
    const { all, complexes } = sumNational({ ...STUDY, programmeKrwPerYear: 0 }, [part('a', quiet)])
    // 50 on every second day
    expect(all[0]!.yearKrw.value).toBe(50 * 125)
    expect(complexes[0]!.settings[0]!.yearKrw.value).toBe(50 * 125)
    expect(sumNational(STUDY, [part('a')])).toEqual({ complexes: [], all: [] })
  })

  it('is asked for with every complex once, and each change held against its kind', () => {
    expect(findStudyIssues(STUDY, 'en')).toEqual([])
    const changed = { ...STUDY.settings[1]!, changes: [{ kind: 'stopFee' }] }
    const faulty = { ...STUDY, complexes: ['a', 'b', 'a'], settings: [STUDY.settings[0], changed] }
    expect(findStudyIssues(faulty, 'en').map(({ path }) => path)).toEqual(['settings/1/changes/0/krw'])
    expect(findStudyIssues({ ...faulty, settings: STUDY.settings }, 'ko').map(({ path }) => path)).toEqual([
      'complexes/2',
    ])
    expect(findStudyIssues({ ...STUDY, complexes: [] }, 'ko')[0]!.path).toBe('complexes')
  })
})
