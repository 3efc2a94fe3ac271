import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { headerNames } from '../../../server/imports/columns.ts'
import { readTable, type Table } from '../../../server/imports/table.ts'
import { contentDisposition } from '../../../server/sheets/download.ts'
import { keepMarks, neutralise, restore } from '../../../server/sheets/neutral.ts'
import type { SheetRow, SheetValue } from '../../../server/sheets/value.ts'
import { writeCsv } from '../../../server/sheets/writeCsv.ts'
import { writeXlsx } from '../../../server/sheets/writeXlsx.ts'

const text = fc.oneof(
  fc.constantFrom(
    '=1+1',
    '+82-62',
    '-',
    '-5',
    '@a',
    "'=x",
    "''=x",
    '\t=x',
    '\r=x',
    '＝1',
    '_x0041_',
    'valueOf',
    '__proto__',
    '뷁',
    'a,"b"',
    "'",
    ' x ',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)
/** XML 1.0 has no other control characters, and a line end of a file is \n to it. */
const speakable = text.filter(
  (value) => value.isWellFormed() && !/\p{Cc}|[\ufffe\uffff]/u.test(value.replace(/[\t\n]/g, '')),
)
const readBack = async (bytes: Uint8Array): Promise<Table> => {
  const table = await readTable(bytes, headerNames())
  if ('fault' in table) throw new Error(table.fault)
  return table
}

describe('neutralise', () => {
  it.each(['=1+1', '+cmd|x', '@SUM(A1)', '-1+2', '\t=1', '\r=1', '＝1'])('puts an apostrophe before %j', (formula) => {
    expect(neutralise(formula)).toBe(`'${formula}`)
  })

  it.each(['-', '-5', '+3', '-1,200.5', '금형', '', "'", '3=3'])('leaves %j', (harmless) => {
    expect(neutralise(harmless)).toBe(harmless)
  })

  it('is taken back by restore, whatever the text, and nothing that it lets pass runs', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(restore(neutralise(value))).toBe(value)
        expect(restore(keepMarks(value))).toBe(value)
        expect(neutralise(value)).not.toMatch(/^[=@\t\r＝＋－＠]|^[+-].*[^\d.,%]/)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('sheets', () => {
  // a sheet whose last row and column are blank ends before them
  const withCorner = (rows: string[][]): string[][] => [...rows.map((row) => [...row, '끝']), rows[0]!.map(() => '끝')]

  it('come back from CSV cell by cell', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(speakable, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
        async (rows) => {
          const cells = withCorner(rows)
          const { records } = await readBack(writeCsv(cells))
          expect(records).toEqual(cells)
        },
      ),
    )
  })

  it('come back from a workbook cell by cell, with their types', async () => {
    const value: fc.Arbitrary<SheetValue> = fc.oneof(
      speakable.map((found) => (found === '' ? null : found)),
      fc.integer(),
      fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((found) => Number(found.toPrecision(12)) + 0),
      fc.boolean(),
      fc.date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }).map((date) => ({
        clock: date.toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', ''),
      })),
      fc.nat(24 * 60 - 1).map((minute) => ({ clock: new Date(minute * 60_000).toISOString().slice(11, 16) })),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const withEnd: SheetRow[] = [...rows.map((row) => [...row, '끝']), ['끝', '끝', '끝', '끝']]
          const { cells } = await readBack(await writeXlsx([{ name: '주문', rows: withEnd }]))
          expect(cells).toEqual(withEnd)
        },
      ),
    )
  })

  it('say numbers of binary fractions as people do', async () => {
    const { records } = await readBack(await writeXlsx([{ name: 'a', rows: [['x', 0.1 + 0.2]] }]))
    expect(records).toEqual([['x', '0.3']])
  })

  it('go to CP949 only where nothing is lost', () => {
    expect(iconv.decode(Buffer.from(writeCsv([['똠방']], 'cp949')), 'cp949')).toBe('똠방\r\n')
    expect(writeCsv([['똠방 😀']], 'cp949').slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]))
  })
})

it('a Hangul name for saving is told in a form for every browser', () => {
  expect(contentDisposition('계획 "1".xlsx')).toBe(
    `attachment; filename="1.xlsx"; filename*=UTF-8''%EA%B3%84%ED%9A%8D%20%221%22.xlsx`,
  )
  expect(contentDisposition('계획.xlsx')).toMatch(/^attachment; filename="milkrun\.xlsx";/)
  expect(contentDisposition('a\r\nb/c.csv')).not.toMatch(/[\r\n/\\]/)
})
