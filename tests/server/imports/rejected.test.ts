import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { addOrders } from '../../../server/imports/addOrders.ts'
import { headerNames } from '../../../server/imports/columns.ts'
import { importOrders } from '../../../server/imports/index.ts'
import { writeRejected } from '../../../server/imports/rejected.ts'
import { readTable, type Table } from '../../../server/imports/table.ts'
import type { SheetRow } from '../../../server/sheets/value.ts'
import { writeCsv } from '../../../server/sheets/writeCsv.ts'
import { writeXlsx } from '../../../server/sheets/writeXlsx.ts'
import { makeComplex } from './makeComplex.ts'

const complex = makeComplex()
const HEADER = ['접수번호', '상차일', '업체명', '상차지', '하차지', '품목', '중량', '담당자']
const options = { locale: 'ko', fileName: 'f' } as const
const DAY = { clock: '2026-11-23' }

async function rejectedOf(bytes: Uint8Array, changes = {}): Promise<{ bytes: Uint8Array; table: Table }> {
  const { rejected } = await importOrders(bytes, complex, { ...options, ...changes })
  const written = await writeRejected(rejected!)
  const table = await readTable(written, headerNames())
  if ('fault' in table) throw new Error(table.fault)
  return { bytes: written, table }
}
/** As the coordinator does it: the same sheet, with some cells made right. */
const correct = (table: Table, column: string, value: string): Uint8Array => {
  const index = table.records[0]!.indexOf(column)
  return writeCsv(table.records.map((record, row) => (row === 0 ? record : record.with(index, value))))
}

describe('the rows that could not be used', () => {
  it('come back as the kind of file that was sent, their cells unchanged, with reasons and remedies beside them', async () => {
    const rows: SheetRow[] = [
      HEADER,
      ['G1', DAY, '금형A01', '강재L1', '금형A01', '강재', 850, '김'],
      ['G2', DAY, '금형A09', '어디', '금형A01', '=HYPERLINK("x")', -3, '이'],
      ['G3', DAY, '금형A02', '금형A02', '열처리1', '코어', 12.5, null],
    ]
    const { table } = await rejectedOf(await writeXlsx([{ name: '11월', rows }]))
    expect(table).toMatchObject({ format: 'xlsx', sheet: '11월' })
    expect(table.cells[0]).toEqual([...HEADER, '오류 사유', '고치는 방법'])
    expect(table.cells).toHaveLength(2)
    expect(table.cells[1]!.slice(0, 8)).toEqual(rows[2])
    for (const told of ['업체명: 등록되지 않은 업체', '상차지: 등록되지 않은 장소', '중량: 중량은 0보다'])
      expect(table.records[1]![8]).toContain(told)

    const cp949 = await rejectedOf(
      iconv.encode(`${HEADER.join(',')}\r\nG2,2026-11-23,금형A01,강재L1,뷁,강재,850,`, 'cp949'),
    )
    expect(cp949.table).toMatchObject({ format: 'csv', encoding: 'cp949' })
    expect(cp949.table.records[1]!.slice(0, 5)).toEqual(['G2', '2026-11-23', '금형A01', '강재L1', '뷁'])
  })

  it('stand alone: what they had from the rows above, or from the file, is written out', async () => {
    const file = writeCsv([
      ['상차일', '업체명', '상차지', '하차지', '중량'],
      ['11/23', '금형A01', '강재L1', '금형A01', '850'],
      ['', '', '', '없는곳', '400'],
    ])
    const { table } = await rejectedOf(file, { date: '2026-11-20' })
    expect(table.records[0]).toEqual([
      '상차일',
      '업체명',
      '상차지',
      '하차지',
      '중량',
      '접수번호',
      '오류 사유',
      '고치는 방법',
    ])
    expect(table.records[1]!.slice(0, 5)).toEqual(['2026-11-23', '금형A01', '강재L1', '없는곳', '400'])
    expect(table.records[1]![5]).toMatch(/^r3-[0-9a-f]{6}$/)
  })

  it('are read again once corrected, without being asked about our columns, and are the orders that were meant', async () => {
    const file = writeCsv([HEADER, ['', '2026-11-23', '금형A01', '강재L1', '없는곳', '=x', '400', '']])
    const { table } = await rejectedOf(file)
    const outcome = await importOrders(correct(table, '하차지', '금형A01'), complex, options)
    expect(outcome).toMatchObject({ accepted: 1, issues: [], rejected: null })
    expect(outcome.days[0]!.problem.shipments[0]).toMatchObject({ from: 'steel', to: 'A01', weightKg: 400, item: '=x' })
    // still wrong: the columns are not there twice
    const again = await rejectedOf(correct(table, '하차지', '또없는곳'))
    expect(again.table.records[0]).toEqual(table.records[0])
    expect(again.table.records[1]![0]).toBe(table.records[1]![0])
  })

  it('together with the accepted ones are all rows, whatever is wrong with them, and only those with errors', async () => {
    const cell = fc.constantFrom(
      '',
      '2026-11-23',
      '11/24',
      '금형A01',
      '강재L1',
      '열처리1',
      '어디',
      '850',
      '1.2톤',
      '-',
      '〃',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 8, maxLength: 8 }), { maxLength: 6 }), async (rows) => {
        const outcome = await importOrders(writeCsv([HEADER, ...rows]), complex, options)
        expect(outcome.accepted + (outcome.rejected ? outcome.rejected.rows.length - 1 : 0)).toBe(outcome.rows)
        for (const row of outcome.rejected?.rows.slice(1) ?? []) expect(row.at(-2)).not.toBe('')
      }),
    )
  })
})

describe('orders added to a day', () => {
  const dayOf = async (...rows: SheetRow[]) =>
    (await importOrders(writeCsv([[...HEADER, '위도', '경도'], ...rows]), complex, options)).days[0]!.problem
  const order = (id: string, weight: number, to = '금형A01', ...place: string[]): SheetRow => [
    id,
    '2026-11-23',
    '금형A01',
    '강재L1',
    to,
    '강',
    weight,
    '',
    ...place,
  ]

  it('stand beside those that are there; one with a number that is there takes its place', async () => {
    const base = await dayOf(order('G1', 100), order('G2', 200))
    const { problem, added, replaced } = addOrders(base, await dayOf(order('G2', 250), order('G3', 300)))
    expect(problem.shipments.map(({ id, weightKg }) => [id, weightKg])).toEqual([
      ['G1', 100],
      ['G2', 250],
      ['G3', 300],
    ])
    expect({ added, replaced }).toEqual({ added: 1, replaced: ['G2'] })
  })

  it('without numbers never take the place of another; the same order twice is one', async () => {
    const base = await dayOf(order('', 100), order('', 200))
    const { problem, added } = addOrders(base, await dayOf(order('', 300), order('', 200)))
    expect(problem.shipments.map(({ id, weightKg }) => [id, weightKg])).toEqual([
      ['row-2', 100],
      ['row-3', 200],
      ['row-2-2', 300],
    ])
    expect(added).toBe(1)
  })

  it('bring their new places along, each under an id of its own, and leave what was changed in the day', async () => {
    const base = { ...(await dayOf(order('G1', 100, '새곳', '35.1', '126.7'))), days: 2 }
    const fresh = await dayOf(order('G2', 100, '다른곳', '35.2', '126.8'), order('G3', 100, '새곳', '35.1', '126.7'))
    const { problem } = addOrders(base, fresh)
    const nameOf = new Map(problem.sites.map(({ id, name }) => [id, name]))
    expect(problem.shipments.map(({ id, to }) => [id, nameOf.get(to)])).toEqual([
      ['G1', '새곳'],
      ['G2', '다른곳'],
      ['G3', '새곳'],
    ])
    expect(new Set(problem.sites.map(({ id }) => id)).size).toBe(problem.sites.length)
    expect(problem.days).toBe(2)
  })

  it('a corrected sheet sent twice is the same as sent once', async () => {
    const file = writeCsv([
      HEADER,
      ['', '2026-11-23', '금형A01', '강재L1', '없는곳', '', '400', ''],
      ['', '2026-11-23', '금형A01', '강재L1', '금형A01', '', '90', ''],
    ])
    const base = (await importOrders(file, complex, options)).days[0]!.problem
    const corrected = async (weight: string) => {
      const table = (await rejectedOf(file)).table
      const index = table.records[0]!.indexOf('중량')
      const fixed = table.records.map((record, row) =>
        row === 0 ? record : record.with(index, weight).with(4, '금형A01'),
      )
      return (await importOrders(writeCsv(fixed), complex, options)).days[0]!.problem
    }
    const once = addOrders(base, await corrected('400')).problem
    const twice = addOrders(once, await corrected('450'))
    expect(twice.problem.shipments.map(({ weightKg }) => weightKg)).toEqual([90, 450])
    expect(twice.replaced).toHaveLength(1)
  })
})
