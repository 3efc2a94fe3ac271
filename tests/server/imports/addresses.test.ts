import { describe, expect, test } from 'vitest'
import { type ImportOptions, importTable } from '../../../server/imports/index.ts'
import { readTextTable } from '../../../server/imports/table.ts'
import { makeComplex } from './makeComplex.ts'

const HEADER = '접수번호,상차일,업체명,상차지,하차지,중량,상차지주소,하차지주소'
const NAJU = '전라남도 나주시 왕곡면 혁신산단길 46'
const KEY = '전남나주시왕곡면혁신산단길46'
const row = (id: string, from: string, address: string) => `${id},2026-11-23,금형A01,${from},금형A01,850,${address},`
const importRows = (rows: readonly string[], options: Partial<ImportOptions> = {}, header = HEADER) =>
  importTable(readTextTable(new TextEncoder().encode([header, ...rows].join('\r\n'))), makeComplex(), {
    locale: 'ko',
    ...options,
  })
const told = ({ issues }: ReturnType<typeof importRows>) => issues.map(({ code, row, column }) => [code, row, column])

describe('a place that the complex does not have', () => {
  test('is wanted by its address, once for all rows and ways to write it', () => {
    const outcome = importRows([
      row('G1', '새강재', NAJU),
      row('G2', '금형A02', ''),
      row('G3', '새강재', '"전남 나주시 왕곡면 혁신산단길46, 2층"'),
    ])
    expect(outcome).toMatchObject({ rows: 3, accepted: 1 })
    expect(outcome.addresses).toEqual([
      { key: KEY, address: '전남 나주시 왕곡면 혁신산단길 46', name: '새강재', rows: [2, 4] },
    ])
    expect(told(outcome)).toEqual([
      ['address.nothing', 2, '상차지주소'],
      ['address.nothing', 4, '상차지주소'],
    ])
    expect(outcome.rejected?.rows).toHaveLength(3)
  })

  test('needs no name beside its address, nor a column for one', () => {
    const placements = { [KEY]: { lng: 126.69, lat: 34.98, precision: 'building' as const } }
    const named = importRows([row('G1', '', NAJU)], { placements })
    const header = '접수번호,상차일,업체명,상차지주소,하차지,중량'
    const unnamed = importRows([`G1,2026-11-23,금형A01,${NAJU},금형A01,850`], { placements }, header)
    for (const outcome of [named, unnamed]) {
      expect(outcome).toMatchObject({ accepted: 1, issues: [] })
      expect(outcome.days[0]!.problem.sites.at(-1)).toMatchObject({ name: NAJU, lng: 126.69 })
    }
    expect(told(importRows(['G1,2026-11-23,금형A01,금형A01,850'], {}, '접수번호,상차일,업체명,하차지,중량'))).toEqual([
      ['column.missing', 1, '상차지'],
    ])
  })

  test('is a site of the problem where its address was found, and without a mark', () => {
    const placements = { [KEY]: { lng: 126.69, lat: 34.98, precision: 'building' as const } }
    const outcome = importRows([row('G1', '새강재', NAJU), row('G2', '새강재', '')], { placements })
    expect(outcome).toMatchObject({ accepted: 2, issues: [] })
    expect(outcome.days[0]!.problem.sites.at(-1)).toMatchObject({
      id: 'new-1',
      name: '새강재',
      lng: 126.69,
      precision: 'building',
      address: NAJU,
    })
  })

  test('is planned at a guess with a mark, and told', () => {
    const placements = { [KEY]: { lng: 126.72, lat: 35.03, precision: 'sigungu' as const } }
    const outcome = importRows([row('G1', '새강재', NAJU)], { placements })
    expect(outcome.accepted).toBe(1)
    expect(outcome.days[0]!.problem.sites.at(-1)).toMatchObject({ precision: 'sigungu' })
    expect(outcome.issues).toMatchObject([{ code: 'coordinates.guess', severity: 'warning', row: 2 }])
    expect(outcome.issues[0]!.message).toContain('추정')
  })

  test.each(['nothing', 'gwangju', 'elsewhere', 'several'] as const)('waits where it is in doubt: %s', (waits) => {
    const outcome = importRows([row('G1', '새강재', NAJU), row('G2', '강재L1', '')], {
      placements: { [KEY]: { waits } },
    })
    expect(outcome.accepted).toBe(1)
    expect(told(outcome)).toEqual([[`address.${waits}`, 2, '상차지주소']])
    expect(outcome.issues[0]!.remedy).toContain('milkrun places')
  })

  test('may be written as its address', () => {
    const outcome = importRows([row('G1', NAJU, '')])
    expect(outcome.addresses).toMatchObject([{ key: KEY, name: NAJU }])
    expect(told(outcome)).toEqual([['address.nothing', 2, '상차지']])
  })

  test('needs a column of its own for its address where both ends are new', () => {
    const header = '접수번호,상차일,업체명,상차지,하차지,중량,주소'
    const both = importRows([`G1,2026-11-23,금형A01,새강재,새열처리,850,${NAJU}`], {}, header)
    expect(told(both)[0]).toEqual(['address.whichSite', 2, '주소'])
    expect(both.addresses).toEqual([])
    const one = importRows([`G1,2026-11-23,금형A01,새강재,금형A01,850,${NAJU}`], {}, header)
    expect(one.addresses).toMatchObject([{ key: KEY }])
  })

  test('is where its coordinates say, whatever its address', () => {
    const header = `${HEADER},상차지위도,상차지경도`
    const outcome = importRows([`${row('G1', '새강재', NAJU)},35.0,126.7`], {}, header)
    expect(outcome).toMatchObject({ accepted: 1, addresses: [], issues: [] })
  })

  test('without an address is refused with what to write', () => {
    const outcome = importRows([row('G1', '새강재', '')])
    expect(told(outcome)).toEqual([['site.unknown', 2, '상차지']])
    expect(outcome.issues[0]!.remedy).toContain('주소')
  })
})
