import { describe, expect, it } from 'vitest'
import { sourcesOf } from '../../server/reports/sources.ts'
import type { SourceLine, Travel } from '../../solver/index.ts'
import { makeProblem } from './makeProblem.ts'

const travel = (key: string, estimated = false): Travel => ({ key, estimated, tables: [] })
const linesOf = (key: string, topic: SourceLine['topic'], changes = {}): SourceLine[] =>
  sourcesOf(makeProblem(changes), travel(key)).filter((line) => line.topic === topic)

describe('the sources of a plan', () => {
  it('name whose roads they are, and the key of those that nobody knows', () => {
    const roads = (key: string) => linesOf(key, 'roads').map(({ source }) => source.en)
    expect(roads('trunk:abc:speed100:toll2')[0]).toMatch(/trunk network/)
    expect(roads('valhalla1:2026-10')[0]).toMatch(/OpenStreetMap.*Valhalla/)
    expect(roads('osrm:driving:undated:tolls(trunk:abc)')[0]).toMatch(/OSRM/)
    expect(roads('by hand')).toEqual(['by hand'])
  })

  it('name the tariff of tolls where it is ours, and say where its stretches are borrowed', () => {
    const tolls = (key: string) => linesOf(key, 'toll').map(({ name }) => name.en)
    expect(tolls('valhalla1:2026-10')).toContain('Toll per km, four lanes')
    expect(tolls('valhalla1:2026-10')).not.toContain('Tolled stretches')
    expect(tolls('osrm:driving:undated:tolls(trunk:abc)')).toContain('Tolled stretches')
    expect(tolls('matrix:abc:*')).toEqual(['Tolls'])
  })

  it('show the classes of the trucks that there are', () => {
    const perKm = linesOf('trunk:abc', 'toll').find(({ name }) => name.en === 'Toll per km, four lanes')
    expect(perKm?.value).toEqual({ ko: '1종 44.3원 · 2종 45.2원', en: 'class 1 ₩44.3 · class 2 ₩45.2' })
  })

  it('say of a discount that nobody has confirmed that leaving it out is assumed', () => {
    const night = (startsAt: string) =>
      linesOf('trunk:abc', 'toll', { startsAt }).find(({ name }) => name.en === 'Night discount')
    expect(night('2026-11-23T00:00:00+09:00')).toMatchObject({ value: { en: 'not counted' }, certainty: 'X' })
    expect(night('2020-11-23T00:00:00+09:00')).toMatchObject({ certainty: 'A' })
    expect(night('2010-11-23T00:00:00+09:00')).toBeUndefined()
  })

  it('tell a tariff in words with its note, in Korean where there is one', () => {
    const note = { source: 'our contract', sourceKo: '우리 계약', asOf: '2026-01-01', certainty: 'A' } as const
    const [tariff] = makeProblem().tariffs
    const [line] = linesOf('trunk:abc', 'tariff', { tariffs: [{ ...tariff!, note }] })
    expect(line).toEqual({
      topic: 'tariff',
      name: { ko: '운임표 contract', en: 'Tariff contract' },
      value: {
        ko: '하루 200,000원 + 300원/km + 0원/시간, 통행료 별도, 유류비 포함',
        en: '₩200,000 a day + ₩300/km + ₩0/h, tolls apart, fuel included',
      },
      source: { ko: '우리 계약', en: 'our contract' },
      asOf: '2026-01-01',
      certainty: 'A',
    })
  })
})
