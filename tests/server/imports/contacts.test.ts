import { describe, expect, test } from 'vitest'
import { changeDay, dayRows } from '../../../server/imports/dayOrders.ts'
import { importTable } from '../../../server/imports/index.ts'
import { readTextTable } from '../../../server/imports/table.ts'
import { dialLink, readPhone } from '../../../server/phones.ts'
import { makeComplex } from './makeComplex.ts'

const complex = makeComplex()
const importText = (...lines: string[]) =>
  importTable(readTextTable(new TextEncoder().encode(lines.join('\n'))), complex, { locale: 'ko' })
const orderOf = (outcome: ReturnType<typeof importText>) => outcome.days[0]!.problem.shipments[0]!

describe('a telephone number', () => {
  test('is read in every form that people write, and dialled', () => {
    for (const [written, read] of [
      ['01000000101', '010-0000-0101'],
      ['010 0000 0101', '010-0000-0101'],
      ['0１0.0000.0101', '010-0000-0101'],
      ['1000000101', '010-0000-0101'], // a spreadsheet has eaten the zero
      ['+82 10-0000-0101', '010-0000-0101'],
      ['(062)000-0301', '062-000-0301'],
      ['620000301', '062-000-0301'],
      ['02-000-0000', '02-000-0000'],
      ['0212345678', '02-1234-5678'],
      ['1588-0000', '1588-0000'],
      ['0507-0000-0000', '0507-0000-0000'],
      ['+46 8 123 45 67', '+46 8 123 45 67'],
      ['062-000-0301/010-0000-0101', '062-000-0301 / 010-0000-0101'],
    ] as const) {
      expect([written, readPhone(written)]).toEqual([written, read])
      expect(dialLink(read)).toMatch(/^tel:\+?\d+$/)
    }
    expect(dialLink('062-000-0301 / 010-0000-0101')).toBe('tel:0620000301')
  })

  test('is not guessed', () => {
    for (const text of ['010-0000-010', '김 과장', '069-000-0000', '010-0000-0101 (김)', '', '02-00-0000', '12'])
      expect([text, readPhone(text)]).toEqual([text, undefined])
    expect(dialLink('문의: 사무실')).toBeUndefined()
  })
})

describe('the contact of an order', () => {
  const HEADER = '접수번호,상차일,업체명,상차지,하차지,품목,규격,수량,중량,담당자,연락처'

  test('without a side belongs to the place that is not the payer’s own; size and quantity are kept', () => {
    const incoming = importText(
      HEADER,
      'G1,2026-11-23,금형A01,강재L1,금형A01,금형강,600×400×60,3EA,850,김 대리,1000000301',
    )
    expect(incoming.issues).toEqual([])
    expect(orderOf(incoming)).toMatchObject({ item: '금형강', spec: '600×400×60', quantity: 3, unit: 'EA' })
    expect(orderOf(incoming).fromContact).toEqual({ name: '김 대리', phone: '010-0000-0301' })
    expect(orderOf(incoming).toContact).toBeUndefined()
    const between = importText(HEADER, 'G1,2026-11-23,금형A01,강재L1,열처리1,금형강,,,850,김 대리,')
    expect(orderOf(between)).toMatchObject({ fromContact: { name: '김 대리' }, toContact: { name: '김 대리' } })
  })

  test('with a side belongs there, and a number that is none is told and kept as it is', () => {
    const outcome = importText(
      '접수번호,상차일,업체명,상차지,하차지,중량,상차지 담당자,상차지 전화,인수자,하차지 연락처,비고',
      `G1,2026-11-23,금형A01,강재L1,금형A01,850,박 반장,062-000-030,이 주임,010-0000-0101,`,
      `G2,2026-11-23,금형A01,강재L1,금형A01,850,,${'내선 '.repeat(30)},,,갑바`,
    )
    expect(outcome.issues).toMatchObject([
      { code: 'phone.form', severity: 'warning', row: 2, column: '상차지 전화' },
      { code: 'phone.form', row: 3 },
    ])
    expect(outcome.issues[0]!.remedy).toContain('062-123-4567')
    expect(orderOf(outcome)).toMatchObject({
      fromContact: { name: '박 반장', phone: '062-000-030' },
      toContact: { name: '이 주임', phone: '010-0000-0101' },
    })
    expect(outcome.days[0]!.problem.shipments[1]!.note).toMatch(/^갑바 · 내선 내선/)
  })

  test('goes out to the sheet of its day and comes back as it was', () => {
    const { days } = importText(
      HEADER,
      'G1,2026-11-23,금형A01,강재L1,금형A01,금형강,600×400,3EA,850,김 대리,010-0000-0301',
    )
    const { problem } = days[0]!
    const rows = dayRows(problem, '2026-11-23')
    expect(rows[0]).toEqual(expect.arrayContaining(['규격', '상차지담당자', '상차지연락처']))
    expect(rows[0]).not.toContain('하차지연락처')
    const again = importText(...rows.map((row) => row.join(',')))
    expect(again.issues).toEqual([])
    expect(changeDay(problem, again.days[0]!.problem, new Set()).problem.shipments).toEqual(problem.shipments)
  })
})
