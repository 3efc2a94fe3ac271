import { describe, expect, it } from 'vitest'
import type { ImportOptions } from '../../../server/imports/index.ts'
import { type Review, reviewOrders } from '../../../server/imports/review.ts'
import { makeComplex } from './makeComplex.ts'

const HEADER = ['접수번호', '상차일', '업체명', '상차지', '하차지', '중량(톤)', '도착요청', '작업', '상하차방식']
const order = (
  id: string,
  changes: Partial<Record<'date' | 'firm' | 'from' | 'to' | 'weight' | 'time' | 'gear', string>> = {},
) => [
  id,
  changes.date ?? '2026-11-23',
  changes.firm ?? '금형A01',
  changes.from ?? '강재L1',
  changes.to ?? '금형A01',
  changes.weight ?? '0.34',
  changes.time ?? '',
  '',
  changes.gear ?? '',
]
const review = async (rows: readonly (readonly string[])[], options: Partial<ImportOptions> = {}): Promise<Review> =>
  (await reviewOrders(rows, makeComplex(), { locale: 'ko', ...options })).review
const apply = (rows: readonly (readonly string[])[], { issues }: Review): string[][] => {
  const grid = rows.map((row) => [...row])
  for (const { fixes } of issues)
    if (fixes[0]?.sure) for (const { row, column, text } of fixes[0].cells ?? []) grid[row - 1]![column] = text
  return grid
}

describe('a dry run', () => {
  it('offers a way to mend each fault in its place, and the mended grid has none left', async () => {
    const rows = [
      HEADER,
      order('1', { weight: '560' }),
      order('2', { weight: '0,21' }),
      order('3', { date: '' }),
      order('4', { date: '11월23' }),
      order('5', { to: '열처라1' }),
      order('6', { firm: '금헝A02', to: '금형A02' }),
      order('7', { time: '1630' }),
      order('8', { time: '17:00-15:00' }),
      order('9', { gear: '지개차' }),
    ]
    const found = await review(rows)
    // a blank day is that of the row above
    expect(found.faulty).toEqual([2, 3, 6, 7, 8, 9])
    expect(found.orders).toBe(3)
    const first = (code: string) => found.issues.find((issue) => issue.code === code)?.fixes[0]
    expect(first('weight.tooHeavy')).toMatchObject({
      label: '0.56톤으로',
      sure: true,
      cells: [{ row: 2, column: 5, text: '0.56톤' }],
    })
    expect(found.issues.find(({ code }) => code === 'weight.tooHeavy')?.fixes[1]?.read).toEqual({
      field: 'weightKg',
      column: '중량(톤)',
    })
    expect(first('weight.notNumber')?.cells?.[0]?.text).toBe('0.21')
    expect(first('site.unknown')?.label).toBe('열처리1로')
    expect(first('firm.unknown')?.cells?.[0]?.text).toBe('금형A02')
    expect(first('time.form')?.cells?.[0]?.text).toBe('16:30')
    expect(first('time.reversed')?.cells?.[0]?.text).toBe('15:00-17:00')

    const mended = await review(apply(rows, found))
    expect(mended.faulty).toEqual([])
    expect(mended.issues.filter(({ code }) => code !== 'column.unknown')).toEqual([])
    expect(mended.days).toEqual([{ date: '2026-11-23', orders: 9 }])
  })

  it('tells what it read otherwise than it stands there', async () => {
    const rows = [
      HEADER,
      order('1', { weight: '28kg', time: '오후 4시', firm: '(주)금형 A01' }),
      order('2', { weight: '０.５', date: '11/23' }),
      order('3', { from: '하남강재' }),
    ]
    const { readAs, faulty } = await review(rows)
    expect(faulty).toEqual([])
    expect(readAs.map(({ kind, from, to, rows }) => [kind, from, to, rows])).toEqual([
      ['unit', '28kg', '28 kg', [2]],
      ['time', '오후 4시', '16:00', [2]],
      ['name', '(주)금형 A01', '금형A01', [2]],
      ['date', '11/23', '2026-11-23', [3]],
      ['wide', '０.５', '0.5', [3]],
      ['name', '하남강재', '강재L1', [4]],
    ])
  })

  it('says which column is what, what may be meant by the others, and asks about weights that look like tonnes', async () => {
    const rows = [
      ['의뢰일자', '업체명', '싣는곳', '하차지', '중량'],
      ...Array.from({ length: 10 }, (_, k) => ['2026-11-23', '금형A01', '강재L1', '금형A01', `0.${k + 1}`]),
    ]
    const blind = await review(rows)
    expect(blind.missing).toEqual(['from', 'date'])
    expect(blind.mapping).toMatchObject({ from: '싣는곳', date: '의뢰일자' })
    const found = await review(rows, { mapping: blind.mapping })
    expect(found.columns.map(({ field }) => field)).toEqual(['date', 'firm', 'from', 'to', 'weight'])
    expect(found.weights).toMatchObject({ column: 4, read: 'kg', stated: false, bare: 10, small: 10 })
    const tonnes = await review(rows, { mapping: { ...blind.mapping, weightT: '중량' } })
    expect(tonnes.issues).toEqual([])
    expect(tonnes.weights).toMatchObject({ read: 't' })
  })

  it('leaves rows out without losing what merged cells hand down, and asks about the one order of another day', async () => {
    const rows = [
      HEADER,
      order('1'),
      order('2', { firm: '금형A02', to: '금형A02' }),
      ['3', '', '', '', '열처리1', '0.2', '', '', ''],
      ...Array.from({ length: 6 }, (_, k) => order(`m${k}`)),
      order('x', { date: '2026-11-22' }),
    ]
    const all = await review(rows)
    expect(all.issues.map(({ code, row }) => [code, row])).toEqual([
      ['column.unknown', 1],
      ['date.alone', 11],
    ])
    const some = await review(rows, { skip: [3, 11] })
    expect(some.orders).toBe(8)
    expect(some.issues.map(({ code }) => code)).toEqual(['column.unknown'])
    expect(some.readAs.find(({ kind, column }) => kind === 'above' && column === 1)?.rows).toEqual([4])
  })

  it('reads 5,000 rows with a fault in each tenth', async () => {
    const rows = [
      HEADER,
      ...Array.from({ length: 5000 }, (_, k) => order(`n${k}`, k % 10 === 0 ? { to: '열처라1' } : {})),
    ]
    const { faulty, issues, orders } = await review(rows)
    expect([faulty.length, orders]).toEqual([500, 4500])
    expect(issues.filter(({ fixes }) => fixes[0]?.sure)).toHaveLength(500)
  })
})
