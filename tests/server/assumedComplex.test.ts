import { describe, expect, it } from 'vitest'
import { loadComplex } from '../../server/complexes.ts'
import { findComplexIssues } from '../../server/imports/complexData.ts'
import { ASSUMED_IDS, loadStudied } from '../../server/studies/assumedComplex.ts'
import { demandOf } from '../../server/studies/pickup.ts'
import { straightKm } from '../../solver/index.ts'

describe('known complexes whose orders are assumed', () => {
  it('are those of molds with a printed number of firms, say that the rest is assumed, and are without fault', async () => {
    expect(ASSUMED_IDS).toEqual(['wanju', 'chungju'])
    for (const [id, firms] of [
      ['wanju', 21],
      ['chungju', 34],
    ] as const) {
      const data = (await loadStudied(id))!
      expect(data.complex).toMatchObject({ id, synthetic: true })
      expect(data.complex.name.ko).toContain('주문 가정')
      expect(data.firms).toHaveLength(firms)
      expect(findComplexIssues(data, 'en')).toEqual([])
      const { note, flows } = demandOf(data)
      expect(note).toMatchObject({ certainty: 'X', source: expect.stringMatching(/^Assumed: \d+ firms as printed/) })
      expect(flows.length).toBeGreaterThan(10)
    }
    expect(await loadStudied('bucheon-mold')).toBeUndefined()
  })

  it('have partners as near as the fixture has them, and those far away where they are', async () => {
    const [home, wanju] = [await loadComplex('gwangju'), (await loadStudied('wanju'))!]
    const at = (data: typeof home, id: string) => data.sites.find((site) => site.id === id)!
    expect(at(wanju, 'steel-S1')).toEqual(at(home, 'steel-S1'))
    const near = at(wanju, 'heat-1')
    expect(near.town).toBeUndefined()
    // a degree of longitude is 1 % shorter there
    expect(straightKm(wanju.complex, near)).toBeCloseTo(straightKm(home.complex, at(home, 'heat-1')), 0)
    // no two firms stand on one another
    const { sites } = (await loadStudied('chungju'))!
    const places = sites.flatMap(({ id, lng, lat }) => (id.startsWith('site-') ? `${lng} ${lat}` : []))
    expect(places).toHaveLength(34)
    expect(new Set(places).size).toBe(places.length)
  })
})
