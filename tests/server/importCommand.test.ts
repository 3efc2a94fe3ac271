import { describe, expect, it, vi } from 'vitest'
import { headerNames } from '../../server/imports/columns.ts'
import { readTable } from '../../server/imports/table.ts'
import { writeXlsx } from '../../server/sheets/writeXlsx.ts'
import { openFolder, PATIENT } from './openFolder.ts'

vi.setConfig(PATIENT)

const HEADER = ['출고예정', '업체명', '상차지', '하차지', '화물무게']
const DAY = { clock: '2026-11-23' }

describe('milkrun import of a workbook', () => {
  it('takes a mapping and a sheet, writes the rejected rows, and adds them once they are corrected', async () => {
    const { milkrun, read, readBytes, write } = openFolder()
    const rows = [HEADER, [DAY, '금형A07', '베이스1', '금형A07', 0.6], [DAY, '금형A08', '어딘가', '금형A08', 0.3]]
    const file = await writeXlsx([
      { name: '표지', rows: [['x']] },
      { name: '주문', rows },
    ])
    write('orders.xlsx', file)
    const mapping = '--map date=출고예정 --map weightT=화물무게'
    const form = `--complex gwangju --out day.json --json ${mapping}`

    const first = await milkrun(`import orders.xlsx ${form} --sheet 주문 --rejected bad.xlsx`)
    expect(first.code, first.stderr).toBe(0)
    expect(JSON.parse(first.stdout)).toMatchObject({ accepted: 1, learned: { weightT: '화물무게' } })
    expect(JSON.parse(read('day.json')).shipments).toMatchObject([{ weightKg: 600 }])

    const table = await readTable(readBytes('bad.xlsx'), headerNames())
    if ('fault' in table) throw new Error(table.fault)
    const fixed = table.cells.map((row, index) => (index === 0 ? row : row.with(2, '열처리1')))
    write('bad.xlsx', await writeXlsx([{ name: '주문', rows: fixed }]))
    const second = await milkrun(`import bad.xlsx ${form} --mode add`)
    expect(second.code, second.stderr).toBe(0)
    expect(JSON.parse(read('day.json')).shipments).toMatchObject([{ weightKg: 600 }, { weightKg: 300 }])

    const wrong = await milkrun('import orders.xlsx --complex gwangju --out day.json --map 무게=화물무게 --lang en')
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('There is no field “무게”')
  })

  it('adds to no other day than that of the file', async () => {
    const { milkrun, write } = openFolder()
    const rows = (date: string) => [
      ['상차일', ...HEADER.slice(1, 4), '중량'],
      [{ clock: date }, '금형A07', '베이스1', '금형A07', 600],
    ]
    write('a.xlsx', await writeXlsx([{ name: 'a', rows: rows('2026-11-23') }]))
    write('b.xlsx', await writeXlsx([{ name: 'b', rows: rows('2026-11-24') }]))
    expect((await milkrun('import a.xlsx --complex gwangju --out day.json --mode add')).code).toBe(0)
    const other = await milkrun('import b.xlsx --complex gwangju --out day.json --mode add')
    expect(other.code).toBe(2)
    expect(other.stderr).toContain('2026-11-23')
  })
})

it('milkrun template writes a form that import understands', async () => {
  const { milkrun } = openFolder()
  for (const name of ['form.xlsx', 'form.csv']) {
    expect((await milkrun(`template --complex gwangju --out ${name}`)).code).toBe(0)
    const read = await milkrun(`import ${name} --complex gwangju --out day.json --json`)
    expect(read.code).toBe(2)
    expect(read.stderr).toContain('예시')
  }
})
