import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { importOrders } from '../../../server/imports/index.ts'
import { readInThread } from '../../../server/jobs/readFile.ts'
import type { SheetRow } from '../../../server/sheets/value.ts'
import { writeCsv } from '../../../server/sheets/writeCsv.ts'
import { writeXlsx } from '../../../server/sheets/writeXlsx.ts'
import { makeComplex } from './makeComplex.ts'

const complex = makeComplex()
const HEADER = ['접수번호', '상차일', '업체명', '상차지', '하차지', '품목', '중량', '도착요청']
const GOOD: SheetRow = ['G1', { clock: '2026-11-23' }, '금형A01', '강재L1', '금형A01', '금형강', 850, null]
const orders = (...rows: SheetRow[]) => ({ name: '주문', rows: [HEADER, ...rows] })
const read = (bytes: Uint8Array, options = {}) =>
  importOrders(bytes, complex, { locale: 'ko', fileName: 'f', ...options })
const codes = async (bytes: Uint8Array, options = {}) => (await read(bytes, options)).issues.map(({ code }) => code)

/** The workbook with a part of it changed. */
async function changed(part: string, change: (xml: string) => string, rows = orders(GOOD)): Promise<Uint8Array> {
  const parts = unzipSync(await writeXlsx([rows]))
  return zipSync({ ...parts, [part]: strToU8(change(strFromU8(parts[part]!))) })
}
const SHEET = 'xl/worksheets/sheet1.xml'

describe('a workbook', () => {
  it('is read like the CSV file of the same rows: dates, times and numbers as cells of their own types', async () => {
    const rows = [
      GOOD,
      ['G2', { clock: '2026-11-23' }, '금형A02', '금형A02', '열처리1', '=코어', 0.5, { clock: '17:30' }],
    ] as const
    const xlsx = await read(await writeXlsx([orders(...rows)]))
    expect(xlsx).toMatchObject({ accepted: 2, rows: 2 })
    // 17:30 = 63,000 s
    expect(xlsx.days[0]!.problem.shipments[1]).toMatchObject({ id: 'G2', item: '=코어', weightKg: 0.5, due: 63_000 })
    for (const encoding of ['utf-8', 'cp949'] as const)
      expect(await read(writeCsv([HEADER, ...rows], encoding))).toMatchObject({ days: xlsx.days, issues: xlsx.issues })
  })

  it('may hold dates and times as bare serial numbers, and numbers as text with full-width digits', async () => {
    // 46349 = 2026-11-23; 0.375 of a day = 09:00 = 32,400 s
    const outcome = await read(
      await writeXlsx([orders(['G1', 46_349, '금형A01', '강재L1', '금형A01', '강', '１,２００kg', 0.375])]),
    )
    expect(outcome.days).toMatchObject([
      { date: '2026-11-23', problem: { shipments: [{ weightKg: 1200, due: 32_400 }] } },
    ])
  })

  it('may begin with titles and blank rows, and counts rows as the spreadsheet does', async () => {
    const rows: SheetRow[] = [['11월 배차 의뢰서'], [], [null, '담당: 김'], [], HEADER, GOOD, ['G2']]
    const outcome = await read(await writeXlsx([{ name: 's', rows }]))
    expect(outcome.accepted).toBe(1)
    expect(new Set(outcome.issues.map(({ row }) => row))).toEqual(new Set([7]))
  })

  it('gives the sheet with the orders, names others like it, and the one that is asked for', async () => {
    const second = orders(['H1', ...GOOD.slice(1)])
    const bytes = await writeXlsx([
      { name: '표지', rows: [['상차일', '업체명'], ['표지입니다']] },
      { ...orders(GOOD), name: '23일' },
      { ...second, name: '24일' },
    ])
    const first = await read(bytes)
    expect(first).toMatchObject({ accepted: 1, issues: [{ code: 'sheet.others', severity: 'warning' }] })
    expect(first.issues[0]!.message).toContain('24일')
    const asked = await read(bytes, { sheet: '24일' })
    expect(asked).toMatchObject({ accepted: 1, issues: [] })
    expect(asked.days[0]!.problem.shipments[0]!.id).toBe('H1')
    const unknown = await read(bytes, { sheet: '25일' })
    expect(unknown.issues).toMatchObject([{ code: 'sheet.unknown' }])
    expect(unknown.issues[0]!.remedy).toContain('23일, 24일')
  })

  it('is read by the stored values of its formulas, and says where they are', async () => {
    const bytes = await changed(SHEET, (xml) => xml.replace('<v>850</v>', '<f>400+450</f><v>850</v>'))
    const outcome = await read(bytes)
    expect(outcome).toMatchObject({ accepted: 1, issues: [{ code: 'cell.formulas', severity: 'warning' }] })
    expect(outcome.issues[0]!.message).toContain('G2')
    const failed = await changed(SHEET, (xml) =>
      xml.replace(/<c r="G2"[^>]*><v>850<\/v>/, '<c r="G2" t="e"><f>1/0</f><v>#DIV/0!</v>'),
    )
    expect(await codes(failed)).toEqual(['cell.formulas', 'cell.formulaError'])
  })

  it('may carry macros, which are not looked at', async () => {
    const parts = unzipSync(await writeXlsx([orders(GOOD)]))
    expect(await read(zipSync({ ...parts, 'xl/vbaProject.bin': strToU8('Shell') }))).toMatchObject({
      accepted: 1,
      issues: [],
    })
  })

  it('may be formatted down to its last row', async () => {
    const bytes = await changed(SHEET, (xml) =>
      xml.replace(
        '</sheetData>',
        '<row r="1048575"/><row r="1048576" spans="1:8"><c r="A1048576" s="1"/></row></sheetData>',
      ),
    )
    expect(await read(bytes)).toMatchObject({ accepted: 1, issues: [] })
  })
})

describe('a file that is no sheet of orders', () => {
  const ole = (name: string) => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from(name, 'utf16le')])

  it('is told by its bytes, whatever its name', async () => {
    expect(await codes(ole('Workbook'), { fileName: 'orders.xlsx' })).toEqual(['file.oldWorkbook'])
    expect(await codes(ole('EncryptedPackage'))).toEqual(['file.password'])
    expect(await codes(zipSync({ 'xl/workbook.bin': strToU8('x') }))).toEqual(['file.binaryWorkbook'])
    expect(await codes(zipSync({ 'content.xml': strToU8('<office/>') }))).toEqual(['file.notWorkbook'])
    expect(await codes(zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') }))).toEqual(['file.damaged'])
    expect(await codes(new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]))).toEqual(['file.damaged'])
    expect(await codes(await writeXlsx([{ name: 'a', rows: [] }]))).toEqual(['file.empty'])
  })

  it('is refused where it would unpack to more than a sheet can be', async () => {
    const parts = unzipSync(await writeXlsx([orders(GOOD)]))
    const bomb = zipSync({ ...parts, [SHEET]: new Uint8Array(65 * 2 ** 20).fill(0x20) }, { level: 1 })
    expect(bomb.length).toBeLessThan(2 ** 20)
    expect(await codes(bomb)).toEqual(['file.unpacksTooLarge'])
    const many = Object.fromEntries(Array.from({ length: 2100 }, (_, k) => [`xl/media/${k}.png`, new Uint8Array()]))
    expect(await codes(zipSync({ ...parts, ...many }))).toEqual(['file.manyParts'])
    // pictures are never unpacked, however large they say they are
    const picture = zipSync({ ...parts, 'xl/media/1.png': new Uint8Array(65 * 2 ** 20) }, { level: 1 })
    expect(await codes(picture)).toEqual([])
  })

  it('takes no more memory than its directory says, where a part is larger than that', async () => {
    const parts = unzipSync(await writeXlsx([orders(GOOD)]))
    const bytes = zipSync({ ...parts, [SHEET]: new Uint8Array(30 * 2 ** 20).fill(0x20) }, { level: 1 })
    const size = new Uint8Array(new Uint32Array([30 * 2 ** 20]).buffer)
    // the size stands in the local header and in the directory: both say 100 bytes now
    for (let at = 0; at + 4 <= bytes.length; at++)
      if (size.every((byte, k) => bytes[at + k] === byte)) bytes.set([100, 0, 0, 0], at)
    expect(await codes(bytes)).toEqual(['file.damaged'])
  })

  it('is refused for one cell far away, before the gap is filled', async () => {
    const far = (cell: string, row: number) =>
      changed(SHEET, (xml) =>
        xml.replace('</sheetData>', `<row r="${row}"><c r="${cell}"><v>1</v></c></row></sheetData>`),
      )
    expect(await codes(await far('XFD9', 9))).toEqual(['file.sheetTooWide'])
    expect(await codes(await far('A1048576', 1_048_576))).toEqual(['file.sheetTooWide'])
  })

  it('is given up in its thread at the limit of time, and at that of memory', async () => {
    const task = { kind: 'import', bytes: await writeXlsx([orders(GOOD)]), complex, options: { locale: 'ko' } } as const
    await expect(readInThread(task, { ms: 1, memoryMb: 500 })).rejects.toMatchObject({
      status: 422,
      code: 'file.tooHeavy',
    })
    const rows = Array.from(
      { length: 20_000 },
      (_, k): SheetRow => [`G${k}`, ...GOOD.slice(1, 5), 'x'.repeat(200), 850],
    )
    const big = { ...task, bytes: await writeXlsx([orders(...rows)]) }
    await expect(readInThread(big, { ms: 60_000, memoryMb: 24 })).rejects.toMatchObject({ code: 'file.tooHeavy' })
  })
})

describe('whatever the bytes', () => {
  it('a workbook with bytes changed, cut or added is read or refused in words', async () => {
    const real = await writeXlsx([orders(GOOD, GOOD, GOOD)])
    const change = fc.record({ at: fc.nat(real.length - 1), bytes: fc.uint8Array({ maxLength: 6 }), cut: fc.nat(40) })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 4 }), async (changes) => {
        let bytes = Buffer.from(real)
        for (const { at, bytes: added, cut } of changes)
          bytes = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + cut)])
        const outcome = await read(bytes)
        expect(outcome.accepted).toBeLessThanOrEqual(outcome.rows)
        if (outcome.accepted === 0) expect(outcome.issues.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })

  it('the XML of a sheet with parts of it changed is read or refused in words', async () => {
    const parts = unzipSync(await writeXlsx([orders(GOOD, GOOD)]))
    const xml = strFromU8(parts[SHEET]!)
    const token = fc.constantFrom(
      '<c>',
      '</c>',
      '<row r="9">',
      '</row>',
      'r="A1"',
      ' t="s"',
      '<v>9</v>',
      '<f>',
      '"',
      '>',
      '&#0;',
      '<![CDATA[',
      '&a;',
    )
    const change = fc.record({ at: fc.nat(xml.length - 1), token, cut: fc.nat(30) })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let text = xml
        for (const { at, token, cut } of changes) text = text.slice(0, at) + token + text.slice(at + cut)
        const outcome = await read(zipSync({ ...parts, [SHEET]: strToU8(text) }, { level: 0 }))
        expect(outcome.accepted).toBeLessThanOrEqual(outcome.rows)
      }),
      { numRuns: 300 },
    )
  })

  it('bytes without meaning are refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.uint8Array({ maxLength: 300 }), async (zip, bytes) => {
        const outcome = await read(zip ? Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), bytes]) : bytes)
        expect(outcome.issues.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })
})

it('generated rows give the same problems from every kind of file', async () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      '2026-11-23',
      '금형A01',
      '강재L1',
      '열처리1',
      '850',
      '1.2톤',
      '오전',
      '=1',
      "'=x",
      '-',
      '뷁',
      'a "b", c',
    ),
    fc.string({ unit: 'grapheme-ascii', maxLength: 8 }),
  )
  const row = fc
    .array(cell, { minLength: 4, maxLength: 4 })
    .map(([item, weight, time, note]) => [
      '',
      '2026-11-23',
      '금형A01',
      '강재L1',
      '금형A01',
      item!,
      weight === '' ? '7' : weight!,
      time!,
      note!,
    ])
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
      const sheet = [[...HEADER, '비고'], ...rows]
      const { days, rejected } = await read(writeCsv(sheet))
      const reasons = rejected?.rows.map((cells) => cells.at(-2))
      for (const same of [
        writeCsv(sheet).subarray(3),
        writeCsv(sheet, 'cp949'),
        await writeXlsx([{ name: 'a', rows: sheet }]),
      ]) {
        const outcome = await read(same)
        expect(outcome.days).toEqual(days)
        expect(outcome.rejected?.rows.map((cells) => cells.at(-2))).toEqual(reasons)
      }
    }),
    { numRuns: 150 },
  )
})

it('a real month gives the same problems as CSV, with and without mark, as CP949 and as a workbook', async () => {
  const { parse } = await import('csv-parse/sync')
  const bytes = readFileSync(new URL('../../../fixtures/gwangju/orders/seed-03.csv', import.meta.url))
  const data = JSON.parse(readFileSync(new URL('../../../fixtures/gwangju/complex.json', import.meta.url), 'utf8'))
  const text = iconv.decode(bytes, 'cp949')
  const rows: string[][] = parse(text, { relax_column_count: true })
  const options = { locale: 'ko' } as const
  const { days } = await importOrders(bytes, data, options)
  expect(days).toHaveLength(20)
  for (const same of [
    Buffer.from(text),
    Buffer.from(`\uFEFF${text}`),
    writeCsv(rows),
    writeCsv(rows, 'cp949'),
    await writeXlsx([{ name: 'a', rows }]),
  ])
    expect((await importOrders(same, data, options)).days).toEqual(days)
})

it('a sheet of nothing but open tags is refused before the reader spends a minute on them', async () => {
  const parts = unzipSync(await writeXlsx([orders(GOOD)]))
  const bytes = (count: number) =>
    zipSync({ ...parts, [SHEET]: strToU8(`<worksheet><sheetData>${'<c '.repeat(count)}`) }, { level: 1 })
  expect(await codes(bytes(3_000_000))).toEqual(['file.damaged'])
})
