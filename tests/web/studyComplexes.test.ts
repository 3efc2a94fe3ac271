import { describe, expect, it } from 'vitest'
import knownFile from '../../fixtures/studies/known-complexes.json' with { type: 'json' }
import moldFile from '../../fixtures/studies/mold-complexes.json' with { type: 'json' }
import { answerComplexes, type ComplexesStudy, findStudyIssues, INDICATORS, rank } from '../../study/index.ts'
import {
  asksAnything,
  compareByIndicator,
  countingOf,
  drawnClusters,
  gapsOf,
  knownIn,
  movedTurns,
  rankingOf,
  statedShare,
} from '../../web/state/complexes.ts'
import { complexFields, entryId, withEntry } from '../../web/state/complexFields.ts'
import { changeStudy } from '../../web/state/study.ts'
import { linesOf } from '../../web/views/studies/text.ts'

const known = knownFile as unknown as ComplexesStudy
const mold = moldFile as unknown as ComplexesStudy
const EVEN = { stability: 25, economy: 25, infrastructure: 25, geography: 25 }

/** Three complexes of which the geography is known, one of which nothing else is. */
const at = (id: string, firms?: number): ComplexesStudy['complexes'][number] => ({
  id,
  name: { ko: id, en: id },
  place: { lng: 127, lat: 36 },
  ...(firms !== undefined && { firms: { value: firms, low: firms - 1, high: firms + 1 } }),
})
const small: ComplexesStudy = {
  kind: 'complexes',
  name: { ko: '셋', en: 'Three' },
  complexes: [at('few', 10), at('many', 40), at('dark')],
  weights: EVEN,
  indicators: ['firms'],
}

describe('complexes as the page ranks them', () => {
  it('puts those with enough data first, says who is surely behind, and gives a gap no point', () => {
    const ranking = rankingOf(answerComplexes(small), null, { weights: EVEN })
    expect(ranking.rows.map(({ id, state }) => [id, state])).toEqual([
      ['many', 'leader'],
      ['few', 'behind'],
      ['dark', 'dark'],
    ])
    expect(ranking.best?.id).toBe('many')
    // 9 to 41 firms are 0 to 100: 40 firms are 31 of 32
    expect(ranking.rows[0].value).toBeCloseTo(31 / 32, 9)
    expect(ranking.rows[2]).toMatchObject({ value: null, low: 0, high: 1 })
    expect(countingOf(answerComplexes(small).indicators)).toEqual(['geography'])
    expect(ranking.rows.map(({ number }) => number)).toEqual(['B', 'A', 'C'])
  })

  it('ranks as the study itself does, and anew inside the complexes that are asked for', () => {
    const answer = answerComplexes(mold)
    const all = rankingOf(answer, null, { weights: mold.weights, draws: mold.draws, seed: mold.seed })
    for (const { id, ranked } of all.rows) expect(ranked).toEqual(answer.ranked.find((one) => one.id === id))
    const two = rankingOf(answer, new Set(['gwangju-mold', 'gumi-mold']), { weights: EVEN })
    expect(two.rows.map(({ id }) => id).toSorted()).toEqual(['gumi-mold', 'gwangju-mold'])
    expect(two.rows.every(({ ranked }) => ranked.chances.length === 2)).toBe(true)
  })

  it('takes the whole list of known complexes with its numbers and its gaps', () => {
    const answer = answerComplexes(known)
    const { rows } = rankingOf(answer, null, { weights: known.weights })
    expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length)
    expect(rows.find(({ id }) => id === 'gwangju-mold')!.number).toBe('15')
    expect(gapsOf(answer.complexes).reduce((sum, { from, to }) => sum + to - from + 1, 0)).toBeGreaterThan(0)
    expect(gapsOf(answerComplexes(small).complexes)).toEqual([])
    expect(statedShare(answer.complexes)).toBeGreaterThan(0)
    expect(statedShare([])).toBeNull()
  })

  it('asks nothing where only criteria without indicators weigh', () => {
    const { indicators } = answerComplexes(small)
    expect(asksAnything({ ...EVEN, geography: 0 }, indicators)).toBe(false)
    expect(asksAnything(EVEN, indicators)).toBe(true)
    const [first] = answerComplexes(small).complexes
    expect(knownIn(first, indicators, 'geography')).toEqual({ known: 1, all: 1 })
    expect(knownIn(first, indicators, 'economy')).toEqual({ known: 0, all: 0 })
  })

  it('names the weightings that put another on top', () => {
    const turns = rankingOf(answerComplexes(small), null, { weights: EVEN }).turns
    expect(movedTurns(turns, 'many')).toEqual([])
    expect(movedTurns(turns, 'few')).toHaveLength(turns.length)
  })
})

describe('a few side by side', () => {
  it('marks as ahead what no range overlaps, and keeps apart what nobody knows', () => {
    const answer = answerComplexes(small)
    const groups = compareByIndicator(answer.complexes, answer.indicators)
    const geography = groups.find(({ criterion }) => criterion === 'geography')!
    const firms = geography.rows.find(({ indicator }) => indicator.id === 'firms')!
    expect(firms.cells.map(({ ahead, missing }) => [ahead, missing])).toEqual([
      [false, null],
      [true, null],
      [false, 'firmCount'],
    ])
    const shown = groups.flatMap(({ rows, unknown }) => [...rows, ...unknown])
    expect(shown).toHaveLength(INDICATORS.length)
    expect(groups.find(({ criterion }) => criterion === 'economy')!.rows).toEqual([])
  })
})

describe('a network in pictures', () => {
  const link = (supplier: string, firm: string, weight: number) => ({ supplier, firm, weight })
  it('draws the heaviest of a cluster, counts the rest, and leaves out what goes between clusters', () => {
    const firms = Array.from({ length: 14 }, (_, k) => `f${k}`)
    const links = [...firms.map((firm, k) => link('steel', firm, k + 1)), link('other', 'g', 7), link('steel', 'g', 1)]
    const [first, second] = drawnClusters({
      suppliers: 2,
      firms: 15,
      links,
      unit: 'kg',
      clusters: [
        { suppliers: ['steel'], firms, insideShare: 0.9, weight: 105 },
        { suppliers: ['other'], firms: ['g'], insideShare: 0.8, weight: 7 },
      ],
      modularity: 0.5,
      singlePoints: [],
    })
    expect(first).toMatchObject({ number: 1, more: 2 })
    expect(first.firms.slice(0, 2)).toEqual(['f13', 'f12'])
    expect(first.lines[0].share).toBeLessThanOrEqual(1)
    expect(second.lines).toEqual([{ supplier: 0, firm: 0, share: 0.5 }])
  })
})

describe('the figures of complexes in the editor', () => {
  it('are those that the document states, and may be changed where they stand', () => {
    const fields = complexFields(small).flatMap((group) => group.fields)
    const firms = fields.find(({ path }) => path.join('/') === 'complexes/1/firms/value')!
    expect(firms).toMatchObject({ value: 40, of: { en: 'many · root firms' } })
    const next = changeStudy(small, firms.path, 41) as ComplexesStudy
    expect(findStudyIssues(next, 'en')).toEqual([])
    expect(rank([], [], EVEN)).toEqual([])
    expect(entryId(withEntry(small, at('own-1')))).toBe('own-2')
  })
})

describe('words in a chart', () => {
  it('stand on as many lines as they need, cut only where the last of them is too short', () => {
    // Hangul is 9.2 px wide at 10 px, anything else 5.7: two words of two letters are 4 × 9.2 + 5.7 = 42.5
    expect(linesOf('가나 다라 마바', 200, 10)).toEqual(['가나 다라 마바'])
    expect(linesOf('가나 다라 마바', 45, 10)).toEqual(['가나 다라', '마바'])
    expect(linesOf('가나 다라 마바', 20, 10, 3)).toEqual(['가나', '다라', '마바'])
    expect(linesOf('가나 다라 마바', 20, 10, 2)).toEqual(['가나', '다…'])
  })
})
