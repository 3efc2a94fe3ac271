import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { type ComplexData, findComplexIssues } from '../../../server/imports/complexData.ts'
import { type ImportOptions, importTable } from '../../../server/imports/index.ts'
import { readTextTable } from '../../../server/imports/table.ts'
import { IMPORT_WORDS } from '../../../server/imports/words.ts'
import { findIssues } from '../../../solver/index.ts'
import { makeComplex } from './makeComplex.ts'

const HEADER = '접수번호,상차일,업체명,상차지,하차지,품목,수량,단위,중량,상차시간,도착요청,비고'
const GOOD = 'G1,2026-11-23,금형A01,강재L1,금형A01,금형강,,,850,,,'
const complex = makeComplex()

const importOrders = (bytes: Uint8Array, data: ComplexData, options: ImportOptions) =>
  importTable(readTextTable(bytes), data, options)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const importText = (text: string, options = {}) => importOrders(utf8(text), complex, { locale: 'ko', ...options })
const importRows = (...rows: string[]) => importText([HEADER, ...rows].join('\r\n'))
const codes = (outcome: ReturnType<typeof importOrders>): string[] => outcome.issues.map(({ code }) => code)
const shipments = (outcome: ReturnType<typeof importOrders>) => outcome.days.flatMap(({ problem }) => problem.shipments)

describe('a right file', () => {
  test('becomes a problem a day that has no issues', () => {
    const outcome = importRows(GOOD, 'G2,2026-11-24,금형A02,금형A02,열처리1,코어,2,EA,1.2톤,,17:30까지,우천 시 보양')
    expect(outcome).toMatchObject({ rows: 2, accepted: 2, issues: [] })
    expect(outcome.days.map(({ date }) => date)).toEqual(['2026-11-23', '2026-11-24'])
    for (const { problem } of outcome.days) expect(findIssues(problem)).toEqual([])
    expect(outcome.days[1].problem).toMatchObject({
      startsAt: '2026-11-24T00:00:00+09:00',
      timeZone: 'Asia/Seoul',
      days: 1,
    })
    // 1,200 kg: 300 + 0.12 × 1,200 = 444 s at each end; two equal pieces of 600 kg; 17:30 = 63,000 s
    expect(outcome.days[1].problem.shipments).toEqual([
      {
        id: 'G2',
        firm: 'firm-A02',
        from: 'A02',
        to: 'heat',
        item: '코어',
        quantity: 2,
        unit: 'EA',
        weightKg: 1200,
        pieceKg: 600,
        loadS: 444,
        unloadS: 444,
        due: 63_000,
        note: '우천 시 보양',
      },
    ])
  })

  test('warns of a date years from all others, and keeps the order', () => {
    const outcome = importRows(GOOD, GOOD.replace('G1', 'G2'), GOOD.replace('G1,2026', 'G3,2062'))
    expect(outcome.accepted).toBe(3)
    expect(outcome.issues).toMatchObject([{ code: 'date.far', severity: 'warning', row: 4, column: '상차일' }])
    // 2027-12-28 is 400 days after 2026-11-23
    expect(importRows(GOOD, GOOD.replace('G1,2026-11-23', 'G2,2027-12-28')).issues).toEqual([])
  })

  test('reads the same from UTF-8 with and without mark, CP949 and UTF-16', () => {
    const text = `${HEADER}\r\nG1,2026-11-23,금형A01,강재L1,금형A01,뷁똠방각하,,,850,,,\r\n`
    const plain = importOrders(utf8(text), complex, { locale: 'ko' })
    expect(shipments(plain)[0].item).toBe('뷁똠방각하') // syllables of CP949 that EUC-KR lacks
    for (const bytes of [
      utf8(`\uFEFF${text}`),
      iconv.encode(text, 'cp949'),
      iconv.encode(text, 'utf-16le', { addBOM: true }),
    ])
      expect(importOrders(bytes, complex, { locale: 'ko' })).toEqual(plain)
  })

  test.each([';', '\t'])('may be separated by %j', (delimiter) => {
    const outcome = importText([HEADER, GOOD].join('\n').replaceAll(',', delimiter))
    expect(outcome).toMatchObject({ accepted: 1, issues: [] })
  })

  test('may use other names for its columns, in brackets their unit, and English', () => {
    expect(
      importText('출고일,화주,출발지,도착지,무게(톤)\n11/23,금형A01,하남강재,금형A01,1.5', { date: '2026-11-20' }),
    ).toMatchObject({
      accepted: 1,
      issues: [],
      days: [{ date: '2026-11-23', problem: { shipments: [{ from: 'steel', weightKg: 1500 }] } }],
    })
    expect(importText('Date,Shipper,From,To,Weight\n2026-11-23,firm-A01,steel,A01,900')).toMatchObject({
      accepted: 1,
      issues: [],
    })
  })

  test('may begin with a title, leave out repeats as merged cells do, and end with totals', () => {
    const outcome = importText(
      [
        '배차 의뢰서,,,,',
        ',,,,',
        '상차일,업체명,상차지,하차지,중량',
        '2026-11-23,금형A01,강재L1,금형A01,850',
        ',,,열처리1,400', // date, firm and pickup from above
        ',금형A02,〃,금형A02,300',
        '소계,,,,1550',
        ',금형A02,열처리1,금형A02,90', // a subtotal does not end the day
        '합계,,,,1640',
      ].join('\n'),
    )
    expect(outcome).toMatchObject({ rows: 4, accepted: 4 })
    expect(outcome.issues.map(({ code, severity, row }) => [code, severity, row])).toEqual([
      ['row.total', 'warning', 7],
      ['row.total', 'warning', 9],
    ])
    expect(shipments(outcome).map(({ id, firm, from, to }) => [id, firm, from, to])).toEqual([
      ['row-4', 'firm-A01', 'steel', 'A01'],
      ['row-5', 'firm-A01', 'steel', 'heat'],
      ['row-6', 'firm-A02', 'steel', 'A02'],
      ['row-8', 'firm-A02', 'heat', 'A02'],
    ])
  })

  test('needs no firm column where one end belongs to a member', () => {
    const outcome = importText('상차일,상차지,하차지,중량\n2026-11-23,강재L1,금형A02,850')
    expect(shipments(outcome)).toMatchObject([{ firm: 'firm-A02' }])
  })

  test('finds a firm by its business number', () => {
    const outcome = importText('상차일,사업자번호,상차지,하차지,중량\n2026-11-23,999-81-00029,강재L1,열처리1,850')
    expect(shipments(outcome)).toMatchObject([{ firm: 'firm-A02' }])
  })
})

describe('what a row does not say', () => {
  const dueOf = (row: string) => shipments(importRows(row))[0].due
  const DAY_END = 86_399

  test('lets light orders without a requested time arrive the next day, and no others', () => {
    expect(dueOf('G1,2026-11-23,금형A01,강재L1,금형A01,핀,,,300,,,')).toBe(DAY_END + 86_400)
    expect(dueOf('G1,2026-11-23,금형A01,강재L1,금형A01,핀,,,301,,,')).toBe(DAY_END)
    expect(dueOf('G1,2026-11-23,금형A01,금형A01,열처리1,열처리(출),,,300,,,')).toBe(DAY_END)
    expect(dueOf('G1,2026-11-23,금형A01,강재L1,금형A01,핀,,,300,,14:00까지,')).toBe(14 * 3600)
    expect(dueOf('G1,2026-11-23,금형A01,강재L1,금형A01,핀,,,300,,당일,')).toBe(DAY_END)
    expect(dueOf('G1,2026-11-23,금형A01,강재L1,금형A01,판,,,900,,익일,')).toBe(DAY_END + 86_400)
  })

  test('sends finished molds and 독차 alone', () => {
    expect(shipments(importRows('G1,2026-11-23,금형A01,금형A01,강재L1,완성금형,,,4000,,,'))[0].mustGoAlone).toBe(true)
    expect(shipments(importRows('G1,2026-11-23,금형A01,금형A01,강재L1,코어,,,4000,,,독차 요청'))[0].mustGoAlone).toBe(
      true,
    )
    expect(shipments(importRows(GOOD))[0].mustGoAlone).toBeUndefined()
  })
})

describe('a file with faults', () => {
  test('keeps the right rows and names every fault of the others with row, column and remedy', () => {
    const outcome = importRows(
      GOOD,
      'G2,,금형A99,어디,금형A01,강,,,NaN,,,', // date carried; firm, place and weight are wrong
      'G3,2026-02-30,금형A01,강재L1,,강,,,,,,',
      'G4,2026-11-23,금형A01,강재L1,금형A01,강,,,850,14:00,12:00까지,',
      'G1,2026-11-23,금형A02,강재L1,금형A02,강,,,500,,,',
    )
    expect(outcome).toMatchObject({ rows: 5, accepted: 1 })
    expect(outcome.issues.map(({ code, row, column }) => [row, column, code])).toEqual([
      [3, '업체명', 'firm.unknown'],
      [3, '상차지', 'site.unknown'],
      [3, '중량', 'weight.notNumber'],
      [4, '상차일', 'date.notADay'],
      [4, '하차지', 'site.missing'],
      [4, '중량', 'weight.missing'],
      [5, '도착요청', 'time.deliveryBeforePickup'],
      [6, '접수번호', 'id.duplicate'],
    ])
    for (const issue of outcome.issues) {
      expect(issue.path).toBe(`row ${issue.row} column ${issue.column}`)
      expect(issue.remedy).not.toBe('')
    }
  })

  test('suggests the nearest names', () => {
    const [issue] = importRows('G1,2026-11-23,금형A01,열처라1,금형A01,강,,,850,,,').issues
    expect(issue.message).toContain('열처리1')
  })

  test('names the missing columns and what they may be called', () => {
    const outcome = importText('업체명,상차지,품목\n금형A01,강재L1,강')
    expect(outcome.issues.map(({ code, column }) => [code, column])).toEqual([
      ['column.missing', '하차지'],
      ['column.missing', '중량'],
      ['column.missing', '상차일'],
    ])
    expect(outcome.issues[1].remedy).toContain('무게')
  })

  test('speaks English where asked to', () => {
    const { issues } = importText(`${HEADER}\nG1,2026-11-23,금형A01,강재L1,금형A01,강,,,-5,,,`, { locale: 'en' })
    expect(issues).toEqual([
      {
        code: 'weight.notPositive',
        severity: 'error',
        path: 'row 2 column 중량',
        row: 2,
        column: '중량',
        message: 'The weight “-5” is not above zero.',
        remedy: 'Write it like 850, 850kg or 1.2t.',
      },
    ])
  })

  test('says which columns it did not use', () => {
    const outcome = importText(`상차일,상차지,하차지,중량,무게,담당자,날씨\n2026-11-23,강재L1,금형A01,850,1,김,맑음`)
    expect(outcome.accepted).toBe(1)
    expect(codes(outcome)).toEqual(['column.twice', 'column.unknown'])
    expect(outcome.issues[1].message).toContain('날씨')
  })

  test('warns of a wrong check digit and of a number that is another firm’s, and goes by the name', () => {
    const row = (number: string) => `2026-11-23,금형A01,${number},강재L1,금형A01,850`
    const outcome = importText(
      [
        '상차일,업체명,사업자번호,상차지,하차지,중량',
        row('999-81-00016'),
        row('999-81-00029'),
        row('999-81-00015'),
      ].join('\n'),
    )
    expect(outcome.accepted).toBe(3)
    expect(outcome.issues.map(({ code, row }) => [code, row])).toEqual([
      ['businessNumber.form', 2],
      ['businessNumber.other', 3],
    ])
  })

  test('tells of a piece that no gear lifts at the row it came from', () => {
    const sites = complex.sites.map((site) => ({
      ...site,
      handling: ['forklift' as const],
      liftKg: { forklift: 2000 },
    }))
    const outcome = importOrders(utf8(`${HEADER}\n\n${GOOD.replace('850', '3000')}`), makeComplex({ sites }), {
      locale: 'ko',
    })
    expect(outcome.issues).toMatchObject([{ code: 'shipment.noGear', severity: 'warning', row: 3, column: '중량' }])
    expect(outcome.accepted).toBe(1)
  })

  test('finds the order that is there twice', () => {
    const rows = ['상차일,상차지,하차지,중량', '2026-11-23,강재L1,금형A01,850', '2026-11-23,강재L1,금형A01,850']
    const outcome = importText(rows.join('\n'))
    expect(outcome.issues).toMatchObject([{ code: 'row.repeated', row: 3, severity: 'warning' }])
    expect(outcome.accepted).toBe(2)
  })

  test('asks for travel by time of day where the complex does', () => {
    const timeOfDay = { slices: [{ fromS: 7 * 3600, toS: 9 * 3600, otherPercent: 130 }] }
    const text = utf8([HEADER, GOOD].join('\n'))
    const asked = (data: ComplexData) =>
      importOrders(text, data, { locale: 'ko' }).days.map(({ problem }) => problem.timeOfDay)
    expect(asked(makeComplex({ timeOfDay }))).toEqual([timeOfDay])
    expect(asked(complex)).toEqual([undefined])
    const twice = makeComplex({ timeOfDay: { slices: [...timeOfDay.slices, ...timeOfDay.slices] } })
    expect(findComplexIssues(twice, 'ko').map(({ code, path }) => [code, path])).toEqual([
      ['travel.slicesMeet', 'timeOfDay/slices/1'],
    ])
  })

  test('asks for the toll discounts that the complex counts', () => {
    const text = utf8([HEADER, GOOD].join('\n'))
    const asked = (data: ComplexData) =>
      importOrders(text, data, { locale: 'ko' }).days.map(({ problem }) => problem.tollDiscounts)
    expect(asked(makeComplex({ tollDiscounts: { night: true } }))).toEqual([{ night: true }])
    expect(asked(complex)).toEqual([undefined])
  })

  test('tells a fault of the fleet once, not once a day', () => {
    const fleet = complex.fleet.map((vehicle) => ({ ...vehicle, tariff: 'none' }))
    const two = utf8([HEADER, GOOD, GOOD.replace('23', '24')].join('\n'))
    expect(codes(importOrders(two, makeComplex({ fleet }), { locale: 'ko' }))).toEqual(['reference.unknown'])
  })
})

describe('new places', () => {
  const importPlace = (lat: string, lng: string, name = '새공장') =>
    importText(`상차일,업체명,상차지,하차지,중량,위도,경도\n2026-11-23,금형A01,${name},금형A01,850,${lat},${lng}`)

  test('come from their coordinates', () => {
    const outcome = importPlace('35.16', '126.85')
    expect(outcome.issues).toEqual([])
    expect(outcome.days[0].problem.sites.at(-1)).toMatchObject({
      id: 'new-1',
      name: '새공장',
      lng: 126.85,
      lat: 35.16,
      stopS: 900,
    })
  })

  test('are suspected where they lie in 경기 광주시', () => {
    const outcome = importPlace('37.41', '127.26')
    expect(outcome.accepted).toBe(1)
    expect(outcome.issues).toMatchObject([{ code: 'coordinates.otherGwangju', severity: 'warning', row: 2 }])
    expect(outcome.issues[0].message).toContain('광주광역시')
  })

  test('are refused outside Korea, with their coordinates swapped, or without any', () => {
    expect(codes(importPlace('48.85', '2.35'))).toEqual(['coordinates.outsideKorea'])
    expect(codes(importPlace('126.85', '35.16'))).toEqual(['coordinates.swapped'])
    expect(codes(importPlace('', ''))).toEqual(['site.unknown'])
    expect(codes(importPlace('북위', '126.85'))).toEqual(['coordinates.form'])
  })
})

describe('a file that is no order file', () => {
  const importBytes = (bytes: Uint8Array, fileName?: string) => importOrders(bytes, complex, { locale: 'ko', fileName })

  test.each([
    ['nothing', new Uint8Array(), 'file.empty'],
    ['blank lines', utf8('\n\n \n'), 'file.empty'],
    ['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'file.oldWorkbook'],
    ['a PDF', utf8('%PDF-1.7\n%'), 'file.notCsv'],
    ['a web page', utf8('<html><table><tr>'), 'file.notCsv'],
    ['JSON', utf8('{"orders": []}'), 'file.notCsv'],
    ['bytes without meaning', new Uint8Array([1, 0, 2, 0, 0, 3]), 'file.notCsv'],
    ['bytes of no encoding', new Uint8Array([0x61, 0xff, 0xff, 0x0a, 0x81]), 'file.encoding'],
    ['prose', utf8('안녕하세요.\n주문 없습니다.'), 'file.noHeader'],
    ['names of columns only', utf8(HEADER), 'file.noRows'],
  ])('is told in one fault: %s', (_, bytes, code) => {
    expect(importBytes(bytes)).toMatchObject({ days: [], rows: 0, accepted: 0, issues: [{ code, severity: 'error' }] })
  })

  test('is refused by its size before it is read', () => {
    const [issue, ...others] = importBytes(new Uint8Array(50 * 1024 * 1024).fill(0x2c), 'big.csv').issues
    expect(others).toEqual([])
    expect(issue).toMatchObject({ code: 'file.tooLarge', path: 'big.csv' })
    expect(issue.message).toContain('50 MB')
    expect(issue.message).toContain('20 MB')
  })

  test('is refused by its number of rows', () => {
    const outcome = importText(`${HEADER}\n${`${GOOD}\n`.repeat(20_001)}`)
    expect(codes(outcome)).toEqual(['file.tooManyRows'])
  })

  test('is read up to a quotation mark that stays open', () => {
    const outcome = importRows(GOOD, 'G2,2026-11-23,"금형A02,강재L1', 'G3,2026-11-23')
    expect(outcome.accepted).toBe(1)
    expect(outcome.issues).toMatchObject([{ code: 'file.quotes', row: 3 }])
  })
})

test('the words of both languages name the same values', () => {
  const names = (texts: readonly string[]): Set<string> => new Set(texts.join(' ').match(/\{\w+\}/g))
  for (const [code, { ko, en }] of Object.entries(IMPORT_WORDS)) expect([code, names(ko)]).toEqual([code, names(en)])
})

describe('whatever the file', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      '합계',
      '2026-11-23',
      '11/24',
      '금형A01',
      '금형A02',
      '강재L1',
      '열처리1',
      '어디',
      '850',
      '1.2톤',
      'NaN',
      '오전',
      '〃',
      '35.1',
      '126.8',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  const header = `${HEADER},위도,경도,사업자번호,납기`
  const columns = header.split(',').length

  test('every row is accepted or has a fault, and the problems have no errors', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 8 }), (rows) => {
        const quoted = rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))
        const outcome = importText([header, ...quoted].join('\n'))
        const faulty = new Set(outcome.issues.filter(({ severity }) => severity === 'error').map(({ row }) => row))
        faulty.delete(undefined)
        expect(outcome.accepted + faulty.size).toBe(outcome.rows)
        expect(shipments(outcome)).toHaveLength(outcome.accepted)
        for (const { problem } of outcome.days)
          expect(findIssues(problem).filter(({ severity }) => severity === 'error')).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('nothing is thrown, for a real file with bytes changed, cut or added', () => {
    const real = readFileSync(new URL('../../../fixtures/gwangju/orders/seed-03.csv', import.meta.url)).subarray(
      0,
      1500,
    )
    const change = fc.record({ at: fc.nat(real.length - 1), bytes: fc.uint8Array({ maxLength: 6 }), cut: fc.nat(40) })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 5 }), (changes) => {
        let bytes = Uint8Array.from(real)
        for (const { at, bytes: added, cut } of changes)
          bytes = Uint8Array.from([...bytes.slice(0, at), ...added, ...bytes.slice(at + cut)])
        const outcome = importOrders(bytes, complex, { locale: 'en' })
        expect(outcome.accepted).toBeLessThanOrEqual(outcome.rows)
      }),
      { numRuns: 200 },
    )
  })
})
