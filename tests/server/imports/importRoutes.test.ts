import { describe, expect, it } from 'vitest'
import { type Complex, ImportResultSchema, PreviewSchema } from '../../../server/api.ts'
import { headerNames } from '../../../server/imports/columns.ts'
import { readTable } from '../../../server/imports/table.ts'
import type { App } from '../../../server/routes/service.ts'
import { FILE_TYPES } from '../../../server/sheets/download.ts'
import type { SheetRow } from '../../../server/sheets/value.ts'
import { writeCsv } from '../../../server/sheets/writeCsv.ts'
import { writeXlsx } from '../../../server/sheets/writeXlsx.ts'
import { expectRefusal, expectShape, openApp } from '../openApp.ts'
import { makeComplex } from './makeComplex.ts'

const HEADER = ['접수번호', '상차일', '업체명', '싣는곳', '하차지', '중량']
const order = (id: string, to: string, weight: number): SheetRow => [
  id,
  { clock: '2026-11-23' },
  '금형A01',
  '강재L1',
  to,
  weight,
]
const MAPPING = encodeURIComponent('{"from":"싣는곳"}')

async function openComplex() {
  const opened = await openApp()
  await opened.store.complexes.put(makeComplex())
  return opened
}
const send = async (app: App, url: string, bytes: Uint8Array, type: string = FILE_TYPES.xlsx) =>
  await app.inject({ method: 'POST', url, payload: Buffer.from(bytes), headers: { 'content-type': type } })
const idsOf = async (app: App, problem: string): Promise<string[]> =>
  (await app.inject(`/api/problems/${problem}`)).json().shipments.map(({ id }: { id: string }) => id)

describe('importing', () => {
  it('goes from a preview over a partial import and its corrected rows to the whole day, and learns the names', async () => {
    const { app, store } = await openComplex()
    const file = await writeXlsx([
      { name: '주문', rows: [HEADER, order('G1', '금형A01', 850), order('G2', '없는곳', 400)] },
    ])

    const preview = await send(app, '/api/imports/preview?complex=test', file)
    expectShape(PreviewSchema, preview.json())
    expect(preview.json()).toMatchObject({ mapping: { from: '싣는곳' }, missing: [] })
    expect((await store.complexes.get('test'))?.days).toEqual([])

    const first = (await send(app, `/api/imports?complex=test&name=orders.xlsx&mapping=${MAPPING}`, file)).json()
    expectShape(ImportResultSchema, first)
    expect(first).toMatchObject({ rows: 2, accepted: 1, added: 1, learned: { from: '싣는곳' } })
    expect(first.rejected).toMatchObject({ rows: 1, name: 'orders-고칠행.xlsx', type: FILE_TYPES.xlsx })

    // as the coordinator does: only the sheet that came back, corrected; the name of the column is known by now
    const table = await readTable(Buffer.from(first.rejected.base64, 'base64'), headerNames())
    if ('fault' in table) throw new Error(table.fault)
    const fixed = table.cells.map((row, index) => (index === 0 ? row : row.with(4, '금형A01')))
    const second = (
      await send(app, '/api/imports?complex=test&mode=add', await writeXlsx([{ name: 'a', rows: fixed }]))
    ).json()
    expect(second).toMatchObject({ rows: 1, accepted: 1, added: 1, replaced: [], issues: [] })
    expect(second.rejected).toBeUndefined()
    expect(await idsOf(app, second.days[0].problem)).toEqual(['G1', 'G2'])
    // what was made of the file before is still there for those who have it open
    expect(await idsOf(app, first.days[0].problem)).toEqual(['G1'])

    const third = (
      await send(app, '/api/imports?complex=test&mode=add', await writeXlsx([{ name: 'a', rows: fixed }]))
    ).json()
    expect(third).toMatchObject({ added: 0, replaced: ['G2'] })
    const fourth = (
      await send(app, '/api/imports?complex=test', writeCsv([HEADER, order('G9', '금형A01', 1)]), 'text/csv')
    ).json()
    expect(await idsOf(app, fourth.days[0].problem)).toEqual(['G9'])
  })

  it('of two files that are added at the same time loses none', async () => {
    const { app } = await openComplex()
    const file = (id: string) => writeCsv([HEADER, order(id, '금형A01', 850)])
    const ids = ['A1', 'A2', 'A3']
    await Promise.all(
      ids.map((id) => send(app, `/api/imports?complex=test&mode=add&mapping=${MAPPING}`, file(id), 'text/csv')),
    )
    const complexes: Complex[] = (await app.inject('/api/complexes')).json()
    const complex = complexes.find(({ id }) => id === 'test')!
    expect((await idsOf(app, complex.days[0]!.problem)).sort()).toEqual(ids)
  })

  it('refuses a mapping that is none, with every fault', async () => {
    const { app } = await openComplex()
    const ask = (mapping: string) =>
      send(app, `/api/imports?complex=test&mapping=${encodeURIComponent(mapping)}`, new Uint8Array([1]))
    expect(expectRefusal(await ask('from=x'), 400).code).toBe('mapping.form')
    const faults = await ask('{"where":"a","to":""}')
    expect(expectRefusal(faults, 400).code).toBe('mapping.faults')
    expect(faults.json().issues).toHaveLength(2)
  })

  it('tells of a locked or old workbook what to do', async () => {
    const { app } = await openComplex()
    const old = await send(
      app,
      '/api/imports?complex=test&name=a.xls',
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]),
      'application/vnd.ms-excel',
    )
    expect(old.json()).toMatchObject({ accepted: 0, issues: [{ code: 'file.oldWorkbook', path: 'a.xls' }] })
  })

  it('offers a template that it reads itself', async () => {
    const { app } = await openComplex()
    for (const format of ['xlsx', 'csv'] as const) {
      const response = await app.inject(`/api/imports/template?complex=test&format=${format}`)
      expect(response.statusCode).toBe(200)
      expect(response.headers['content-type']).toBe(FILE_TYPES[format])
      expect(response.headers['content-disposition']).toContain(
        `filename*=UTF-8''${encodeURIComponent('주문양식-시험 단지')}.${format}`,
      )
      const result = (await send(app, '/api/imports?complex=test', response.rawPayload)).json()
      expect(result.issues.map(({ code }: { code: string }) => code).sort()).toEqual(['file.noRows', 'row.example'])
    }
    expectRefusal(await app.inject('/api/imports/template?complex=none'), 404)
    expectRefusal(await app.inject('/api/imports/template?complex=test&format=pdf'), 400)
  })
})
