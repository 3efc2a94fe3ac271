import { describe, expect, it } from 'vitest'
import { FIELDS, type Field } from '../../../server/imports/columns.ts'
import { importOrders } from '../../../server/imports/index.ts'
import { checkMapping, readMapping } from '../../../server/imports/mapping.ts'
import { previewOrders } from '../../../server/imports/preview.ts'
import { writeTemplate } from '../../../server/imports/template.ts'
import { writeCsv } from '../../../server/sheets/writeCsv.ts'
import { makeComplex } from './makeComplex.ts'

const complex = makeComplex()
const rows = [
  ['오더NO', '출고예정', '거래처', '싣는곳', '내리는곳', '화물무게', '도착희망', '내용'],
  ['A-1', '2026-11-23', '금형A01', '강재L1', '금형A01', '0.85', '14:00까지', '강재'],
  ['A-2', '2026-11-23', '금형A02', '열처리1', '금형A02', '1.2톤', '오전', '코어'],
]
const file = writeCsv(rows)
const options = { locale: 'ko', fileName: 'orders.csv' } as const
const mapping = {
  date: '출고예정',
  firm: '거래처',
  from: '싣는곳',
  to: '내리는곳',
  weightT: '화물 무게',
  deliveryTime: '도착희망',
  id: '오더NO',
} as const

describe('a file whose columns have names of its own', () => {
  it('is refused with a guess for each of them, by its name and its cells', async () => {
    const { issues, accepted } = await importOrders(file, complex, options)
    expect(accepted).toBe(0)
    expect(issues.map(({ code }) => code)).toEqual(['file.noHeader', 'column.unknown'])
    for (const guess of [
      '출고예정 (date?)',
      '거래처 (firm?)',
      '싣는곳 (from?)',
      '내리는곳 (to?)',
      '화물무게 (weight?)',
    ])
      expect(issues[1]!.message).toContain(guess)
  })

  it('is shown with its columns, first rows, a proposed mapping, and what is still missing', async () => {
    const preview = await previewOrders(file, complex, options)
    expect(preview).toMatchObject({ format: 'csv', encoding: 'utf-8', headerRow: 1, missing: [], issues: [] })
    expect(preview.headers.map(({ name }) => name)).toEqual(rows[0])
    expect(preview.rows).toEqual(rows.slice(1))
    expect(preview.mapping).toMatchObject({
      date: '출고예정',
      firm: '거래처',
      from: '싣는곳',
      to: '내리는곳',
      weight: '화물무게',
    })

    const noWeight = await previewOrders(writeCsv(rows.map((row) => row.slice(0, 5))), complex, options)
    expect(noWeight.missing).toMatchObject([{ field: 'weight' }])
    expect(noWeight.missing[0]!.names).toContain('중량')
  })

  it('is read by the mapping it is given, in the unit of the field, and hands the mapping back to be learned', async () => {
    const outcome = await importOrders(file, complex, { ...options, mapping })
    expect(outcome).toMatchObject({ accepted: 2, learned: mapping })
    // 0.85 of a column in tonnes; 1.2톤 says its own unit
    expect(outcome.days[0]!.problem.shipments).toMatchObject([
      { id: 'A-1', from: 'steel', to: 'A01', weightKg: 850, due: 50_400 },
      { id: 'A-2', weightKg: 1200 },
    ])
    const learned = Object.fromEntries(Object.entries(mapping).map(([field, name]) => [name, field as Field]))
    const next = await importOrders(file, complex, { ...options, learned })
    expect(next.days).toEqual(outcome.days)
    expect(next.learned).toBeUndefined()
  })

  it('lets what is given stand above what was learned, and both above the usual names', async () => {
    const text = writeCsv([
      ['상차일', '상차지', '하차지', '중량', '실중량'],
      ['2026-11-23', '강재L1', '금형A01', '999', '8.5'],
    ])
    const weight = async (more: object) =>
      (await importOrders(text, complex, { ...options, ...more })).days[0]!.problem.shipments[0]!.weightKg
    expect(await weight({})).toBe(999)
    expect(await weight({ mapping: { weightKg: '실중량' } })).toBe(8.5)
    expect(await weight({ learned: { 실중량: 'weightT', 중량: 'note' } })).toBe(8500)
    expect(await weight({ learned: { 실중량: 'weightT', 중량: 'note' }, mapping: { weight: '중량' } })).toBe(999)
  })

  it('is refused where the mapping names a column that is not there, once for each', async () => {
    const { issues } = await importOrders(file, complex, {
      ...options,
      mapping: { ...mapping, weight: '없는열', volume: '없다' },
    })
    expect(issues.filter(({ code }) => code === 'mapping.noColumn')).toHaveLength(2)
    expect(issues[0]!.remedy).toContain('화물무게')
    // a learned name that this file does not use is no fault
    expect(await importOrders(file, complex, { ...options, mapping, learned: { 다른열: 'piece' } })).toMatchObject({
      accepted: 2,
    })
  })
})

describe('a mapping that somebody has written', () => {
  it('is held against the fields there are, every pair at fault told', () => {
    expect(readMapping('{"weightKg":"중량(kg)"}', 'ko')).toEqual({ weightKg: '중량(kg)' })
    expect(() =>
      checkMapping(
        [
          ['하차', 'x'],
          ['to', ''],
          ['from', 3],
        ],
        'en',
      ),
    ).toThrow(
      expect.objectContaining({
        status: 400,
        issues: [{}, {}, {}].map(() => expect.objectContaining({ severity: 'error' })),
      }),
    )
    for (const text of ['', '[]', 'null', '{"a"'])
      expect(() => readMapping(text, 'ko')).toThrow(expect.objectContaining({ code: 'mapping.form' }))
  })

  it('may name every field', () => {
    expect(
      checkMapping(
        FIELDS.map((field) => [field, 'x'] as const),
        'ko',
      ),
    ).toMatchObject({ weightT: 'x', id: 'x' })
  })
})

describe('the template', () => {
  it.each(['ko', 'en'] as const)(
    'in %s has names that are all understood, and an example that is passed over',
    async (locale) => {
      for (const format of ['xlsx', 'csv'] as const) {
        const bytes = await writeTemplate(complex, format, locale)
        const preview = await previewOrders(bytes, complex, { locale })
        expect(preview.headers.filter(({ field }) => field === undefined)).toEqual([])
        const { issues, rows } = await importOrders(bytes, complex, { locale })
        expect(rows).toBe(0)
        expect(issues.map(({ code }) => code).sort()).toEqual(['file.noRows', 'row.example'])
        if (format === 'xlsx') expect(preview.sheets).toHaveLength(3)
      }
    },
  )

  it('has an example that would be accepted as an order under a number of its own', async () => {
    const text = new TextDecoder()
      .decode(await writeTemplate(complex, 'csv', 'ko'))
      .replace('예시(지워도 됩니다)', 'A-1')
    expect(await importOrders(new TextEncoder().encode(text), complex, options)).toMatchObject({
      accepted: 1,
      issues: [],
    })
  })
})
