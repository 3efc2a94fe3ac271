import { expect, test } from 'vitest'
import { type FirmList, FirmListSchema } from '../../server/api.ts'
import { towns } from '../../server/geocode/towns.ts'
import { writeXlsx } from '../../server/sheets/writeXlsx.ts'
import { entryOfFirms, type FirmListEntry, readFirmList } from '../../server/studies/firmList.ts'
import { answerComplexes, findStudyIssues } from '../../study/index.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

const ROWS = [
  ['한 단지의 업체'],
  ['업체명', '공정', '주소', '위도', '경도', '직원수', '연간물량(톤)', '비고'],
  ['가나금형', '금형', '', '35.12', '126.76', '35명', '1,200', ''],
  ['다라열처리', '열처리', '광주광역시 광산구 평동', '', '', '12', '300톤', ''],
  ['마바도금', '전기도금', '어디에도 없는 곳', '', '', '', '50,000kg', ''],
]
const csv = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n')

test('a list of firms becomes an entry of a study', async () => {
  const { app } = await openApp({ concurrency: 0 })
  const response = await app.inject({
    method: 'POST',
    url: `/api/studies/firms?name=${encodeURIComponent('새 단지.csv')}&id=new`,
    payload: csv(ROWS),
    headers: { 'content-type': 'text/csv', 'accept-language': 'en' },
  })
  expect(response.statusCode, response.body).toBe(200)
  expectShape(FirmListSchema, response.json())
  const { rows, entry, issues }: FirmList = response.json()
  expect(rows).toBe(3)
  expect(entry).toMatchObject({
    id: 'new',
    name: { ko: '새 단지' },
    processes: ['mold', 'heatTreatment', 'surface'],
    firmListNote: { certainty: 'B' },
  })
  expect(entry!.firmList).toMatchObject([
    { id: 'firm-3', name: '가나금형', process: 'mold', lat: 35.12, lng: 126.76, employees: 35, tonnesPerYear: 1200 },
    // the office of a dong of the table of towns, and how far off that may be
    { name: '다라열처리', process: 'heatTreatment', withinM: 4000, tonnesPerYear: 300 },
    { name: '마바도금', process: 'surface', tonnesPerYear: 50 },
  ])
  expect(entry!.firmList![2]).not.toHaveProperty('lng')
  expect(issues.map(({ code, row, severity }) => [code, row, severity])).toEqual([['firms.noPlace', 5, 'warning']])

  const study = {
    kind: 'complexes' as const,
    name: { ko: '', en: '' },
    complexes: [entry!, { id: 'gwangju-mold' }],
    weights: { stability: 1, economy: 1, infrastructure: 1, geography: 1 },
  }
  expect(findStudyIssues(study, 'en')).toEqual([])
  const [{ figures }] = answerComplexes(study).complexes
  expect(figures.firms.figure!.value).toBe(3)
  // two of three have a point: too few to say how far apart they are
  expect(figures.spreadKm.missing).toBe('firmList')
  expect(figures.interchangeKm.figure!.high).toBeGreaterThan(figures.interchangeKm.figure!.low)
  expectRefusal(await app.inject({ method: 'POST', url: '/api/studies/firms' }), 400)
})

test('every cell at fault is told at once, of a workbook as of text', async () => {
  const read = async (bytes: Uint8Array): Promise<FirmListEntry> =>
    await entryOfFirms(await readFirmList(bytes, { locale: 'en', fileName: 'new.xlsx' }), {
      id: 'new',
      fileName: 'new.xlsx',
      locale: 'en',
      geocoders: [towns],
    })
  const text = (rows: readonly (readonly string[])[]) => new TextEncoder().encode(csv(rows))
  const book = await writeXlsx([{ name: '업체', rows: ROWS.slice(1) }])
  expect((await read(book)).entry!.firmList!.map(({ id: _, ...firm }) => firm)).toEqual(
    (await read(text(ROWS.slice(1)))).entry!.firmList!.map(({ id: _, ...firm }) => firm),
  )

  const broken = [
    ROWS[1]!,
    ['가나금형', '마술', '', '126.76', '35.12', '서른', '', ''],
    ['', '용접', '', '35.1', '', '3', '', ''],
    ['가나금형', '금형', '', '35.1', '126.7', '', '-3', ''],
    ['사아금형', '금형', '', '37.5', '127.0', '', '', ''],
  ]
  const faulty = await read(text(broken))
  expect(faulty.issues.map(({ code, row }) => [code, row])).toEqual([
    ['firms.process', 2],
    ['firms.number', 2],
    ['coordinates.swapped', 2],
    ['firms.noName', 3],
    ['firms.halfPlaced', 3],
    ['firms.twice', 4],
    ['firms.number', 4],
    ['firms.noPlace', 2],
  ])
  expect(faulty.entry!.firmList!.map(({ name }) => name)).toEqual(['가나금형', '사아금형'])
  expectShape(FirmListSchema, faulty)

  const nameless = await read(
    text([
      ['위도', '경도'],
      ['35.1', '126.7'],
    ]),
  )
  expect([nameless.entry, nameless.issues.map(({ code }) => code)]).toEqual([null, ['column.missing']])
  const spread = await read(
    text([
      ['업체명', '위도', '경도'],
      ['A', '35.1', '126.7'],
      ['B', '37.5', '127'],
    ]),
  )
  expect(spread.issues.map(({ code }) => code)).toEqual(['firms.apart'])
})
