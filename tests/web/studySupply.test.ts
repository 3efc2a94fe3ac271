import { describe, expect, it } from 'vitest'
import importsFile from '../../fixtures/studies/gwangju-imports.json' with { type: 'json' }
import supplyFile from '../../fixtures/studies/supply-example.json' with { type: 'json' }
import {
  answerSupply,
  consolidateWithRange,
  findStudyIssues,
  type ImportStudy,
  rangeDots,
  rangeTornado,
  type Study,
  unitAt,
} from '../../study/index.ts'
import { changeStudy } from '../../web/state/study.ts'
import { fetchView, toldLines, turnName } from '../../web/state/supplyView.ts'

const imports = { ...(importsFile as ImportStudy), draws: { seed: 1, count: 20 } }
const supply = supplyFile as unknown as Extract<Study, { kind: 'supply' }>

describe('imports with a range', () => {
  it('a figure typed outside of its range takes the range along, inside it leaves it; so do lots and what is used', () => {
    const rangeOf = (study: Study, path: string) =>
      (study as ImportStudy).uncertain!.filter((entry) => entry.path === path).map(({ low, high }) => [low, high])[0]
    // 5,500 won between 3,500 and 8,000
    const at = ['ways', 0, 'packings', 0, 'perKgKrw']
    expect(rangeOf(changeStudy(imports, at, 6000), at.join('/'))).toEqual([3500, 8000])
    const dear = changeStudy(imports, at, 11_000)
    expect(rangeOf(dear, at.join('/'))).toEqual([7000, 16_000])
    expect(findStudyIssues(dear, 'ko')).toEqual([])
    // 9 lots of 900 kg become 29: 38,100 kg a year, beyond 27,000
    const more = changeStudy(imports, ['today', 0, 'lotsPerYear'], 29)
    expect(rangeOf(more, 'suppliers/0/kgPerYear')![1]).toBeGreaterThan(38_100)
    expect(findStudyIssues(more, 'ko')).toEqual([])
    expect(findStudyIssues(changeStudy(imports, ['uncertain', 0, 'low'], 30_000), 'ko')).toHaveLength(1)
  })

  it('shows every draw, and each uncertain thing as one bar around the saving at the values of the document', () => {
    const { today, best, range } = consolidateWithRange(imports)
    const point = (today.costKrw - best.costKrw) / today.costKrw
    expect(rangeDots(range!)).toMatchObject({ each: 'day', reached: 20 })
    const { bars, low, high } = rangeTornado(range!, point, String)
    expect(bars).toHaveLength(new Set(imports.uncertain!.map((entry) => entry.with ?? entry.path)).size)
    for (const bar of bars) {
      expect(bar.low.value).toBeLessThanOrEqual(point + 1e-9)
      expect(bar.high.value).toBeGreaterThanOrEqual(point - 1e-9)
    }
    expect(low).toBeLessThan(point)
    expect(high).toBeGreaterThan(point)
    // the dearer air freight, the larger the saving: its low is the left end
    const air = bars.find(({ factor }) => turnName(imports, factor, 'en') === 'air freight, a kg')!
    expect([air.low.short.en, air.high.short.en]).toEqual(['3500', '8000'])
    // places of every uncertain figure name their unit, but for the two that count nothing
    const bare = imports
      .uncertain!.filter(({ path }) => unitAt(path) === 'number')
      .map(({ path }) => path.split('/').at(-1))
    expect(new Set(bare)).toEqual(new Set(['dailyCv', 'firmsPerLot']))
    expect(unitAt('stock/carryingRate')).toBe('share')
    expect(unitAt('ways/0/packings/0/perKgKrw')).toBe('krw')
  })
})

describe('supply with its response', () => {
  it('tells every line in its phase, and says of each alternative that no study can route why it has no routes', () => {
    const answer = answerSupply(supply)
    for (const { response } of answer.outages) {
      const told = (['urgent', 'medium'] as const).map((phase) => toldLines(supply, response.lines, phase, 'ko').length)
      expect(told[0] + told[1]).toBe(response.lines.length)
    }
    const { planned, without } = fetchView(supply, answer, 'en')
    expect(planned).toEqual([])
    // the others wait to be planned, which is told once and for all of them
    expect(without).toEqual([expect.stringContaining('abroad')])
  })

  it('knows routes that wait for the service from routes that nobody asks for', () => {
    const why = (study: typeof supply) =>
      answerSupply(study).fetches.flatMap((fetch) => (fetch.kind === 'none' ? fetch.why : []))
    const { routes: _, ...bare } = supply
    expect(new Set(why(supply))).toEqual(new Set(['unplanned', 'foreign']))
    expect(new Set(why(bare))).toEqual(new Set(['notAsked', 'foreign']))
  })

  it('says once that a cost is not known, not once for each of its parts', () => {
    const lines = answerSupply(supply).outages.flatMap(({ response }) => response.lines)
    const dark = lines.filter(({ kind, alonePerYearKrw }) => kind === 'second' && (alonePerYearKrw ?? null) === null)
    const told = (['urgent', 'medium'] as const).flatMap((phase) => toldLines(supply, dark, phase, 'ko'))
    expect(told.length).toBeGreaterThan(0)
    for (const { cost } of told) expect(cost.match(/자료 부족/g)).toHaveLength(1)
  })
})
