import { describe, expect, it } from 'vitest'
import {
  CandidatesSchema,
  ImportResultSchema,
  JoinedSchema,
  type Place,
  PlaceSchema,
  PlacesImportSchema,
  PlacesSchema,
} from '../../server/api.ts'
import { geocodersFor } from '../../server/geocode/index.ts'
import type { SheetRow } from '../../server/sheets/value.ts'
import { writeCsv } from '../../server/sheets/writeCsv.ts'
import { writeXlsx } from '../../server/sheets/writeXlsx.ts'
import { kakaoAnswer, playBack, quick } from './geocode/answers.ts'
import { makeComplex } from './imports/makeComplex.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

const NAJU = '전남 나주시 왕곡면 혁신산단길 46'
const NOWHERE = '강원 고성군 간성읍 수성로 1'
const BARE = '광주시 중앙로 12'
const HEADER = ['접수번호', '상차일', '업체명', '상차지', '하차지', '중량', '상차지주소']
const order = (id: string, from: string, address: string): SheetRow => [
  id,
  '2026-11-23',
  '금형A01',
  from,
  '금형A01',
  850,
  address,
]
const FILE = writeCsv([
  HEADER,
  order('G1', '강재L1', ''),
  order('G2', '새강재', NAJU),
  order('G3', '먼강재', NOWHERE),
  order('G4', '어느강재', BARE),
  order('G5', '새강재', NAJU),
])

async function openComplex(answers: Parameters<typeof playBack>[0] = []) {
  const played = playBack(answers)
  const geocoders = answers.length > 0 ? geocodersFor({ kakao: 'secret' }, quick(played.fetch)) : geocodersFor({})
  const opened = await openApp({ geocoders })
  await opened.store.complexes.put(makeComplex())
  const { app } = opened
  const importFile = async (bytes = FILE, query = '') => {
    const headers = { 'content-type': 'text/csv' }
    const url = `/api/imports?complex=test&name=orders.csv${query}`
    const response = await app.inject({ method: 'POST', url, payload: Buffer.from(bytes), headers })
    expect(response.statusCode, response.body).toBe(200)
    expectShape(ImportResultSchema, response.json())
    return response.json()
  }
  const list = async (query = ''): Promise<{ items: Place[]; counts: object; next?: number }> => {
    const response = await app.inject(`/api/places?complex=test${query}`)
    expectShape(PlacesSchema, response.json())
    return response.json()
  }
  const place = async (id: string, lng: number, lat: number) =>
    await app.inject({ method: 'PUT', url: `/api/places/${id}`, payload: { lng, lat } })
  /** As an import would leave them. */
  const wait = async (...addresses: readonly string[]) => {
    const waiting = addresses.map((address, k) => {
      const key = address.replaceAll(' ', '')
      return { key, address, name: `강재${k}`, neededBy: { file: 'x', rows: [k + 2] }, reason: 'nothing' as const }
    })
    await opened.store.addresses.wait('test', waiting)
  }
  return { ...opened, importFile, list, place, wait, asked: played.asked }
}

describe('addresses that an import does not know', () => {
  it('are guessed with a mark or wait in a queue, while the other orders are planned; placed, they are remembered', async () => {
    const { app, store, importFile, list, place } = await openComplex()
    const first = await importFile()
    expect(first).toMatchObject({ rows: 5, accepted: 3, rejected: { rows: 2 } })
    const { items, counts } = await list()
    expect(counts).toEqual({ waiting: 2, guess: 1, placed: 0 })
    expect(items).toMatchObject([
      {
        address: NAJU,
        name: '새강재',
        state: 'guess',
        precision: 'sigungu',
        source: 'towns',
        neededBy: { rows: [3, 6] },
      },
      { address: NOWHERE, state: 'waiting', reason: 'nothing', neededBy: { file: 'orders.csv', rows: [4] } },
      { address: BARE, state: 'waiting', reason: 'gwangju' },
    ])
    const { problem } = (await store.problems.get(first.days[0].problem))!
    expect(problem.sites.filter(({ precision }) => precision === 'sigungu')).toHaveLength(1)

    const placed = await place(items[1]!.id, 128.46, 38.37)
    expect(placed.statusCode, placed.body).toBe(200)
    expectShape(PlaceSchema, placed.json())
    expect(placed.json()).toMatchObject({ state: 'placed', source: 'hand', lng: 128.46 })
    await place(items[0]!.id, 126.69, 34.98)

    // the rows that came back, sent again as they are
    const rejected = new Uint8Array(Buffer.from(first.rejected.base64, 'base64'))
    const second = await importFile(rejected, '&mode=add')
    expect(second).toMatchObject({ rows: 2, accepted: 1, added: 1, rejected: { rows: 1 } })
    expect((await list('&state=open')).items.map(({ address }) => address)).toEqual([BARE])
    const third = await importFile()
    const sites = (await store.problems.get(third.days[0].problem))!.problem.sites
    expect(sites.find(({ name }) => name === '새강재')).toMatchObject({ lng: 126.69, lat: 34.98 })
    expect(sites.filter(({ precision }) => precision !== undefined)).toEqual([])

    const { items: lines } = await store.audit.list({ limit: 50, nounId: items[1]!.id })
    expect(lines).toMatchObject([{ action: 'place', noun: 'address', actor: 'local', complex: 'test' }])
    expect(await store.audit.get(lines[0]!.seq)).toMatchObject({ before: { state: 'waiting' }, after: { lat: 38.37 } })

    expect((await app.inject({ method: 'DELETE', url: `/api/places/${items[0]!.id}` })).statusCode).toBe(204)
    expectRefusal(await app.inject({ method: 'DELETE', url: `/api/places/${items[0]!.id}` }), 404)
    expect((await importFile()).accepted).toBe(4)
    expect((await list()).counts).toEqual({ waiting: 1, guess: 1, placed: 1 })
  })

  it('are asked of the provider, and one that fails is told while the rest goes on', async () => {
    const naju = kakaoAnswer([
      { name: NAJU, type: 'ROAD_ADDR', at: [126.69, 34.98], regions: ['전남', '나주시', '왕곡면'] },
    ])
    const found = await openComplex([naju, kakaoAnswer([]), kakaoAnswer([])])
    expect(await found.importFile()).toMatchObject({ accepted: 3 })
    expect(found.asked.map(({ url }) => url.searchParams.get('query'))).toEqual([NAJU, NOWHERE, BARE])
    expect((await found.list()).counts).toEqual({ waiting: 2, guess: 0, placed: 0 })

    const failed = await openComplex([401])
    const outcome = await failed.importFile()
    expect(outcome.accepted).toBe(3)
    expect(outcome.issues).toContainEqual(expect.objectContaining({ code: 'address.unasked', severity: 'warning' }))
    expect(JSON.stringify(outcome)).not.toContain('secret')
  })

  it('show their candidates, asked anew and never kept', async () => {
    const both = kakaoAnswer([
      { name: '경기 광주시 중앙로 12', type: 'ROAD_ADDR', at: [127.255, 37.417], regions: ['경기', '광주시', ''] },
      { name: '광주 동구 중앙로 12', type: 'ROAD_ADDR', at: [126.915, 35.148], regions: ['광주', '동구', ''] },
    ])
    const { app, importFile, list } = await openComplex([both])
    await importFile(writeCsv([HEADER, order('G4', '어느강재', BARE)]))
    const [{ id }] = (await list()).items as [Place]
    const response = await app.inject(`/api/places/${id}/candidates`)
    expectShape(CandidatesSchema, response.json())
    expect(response.json().candidates.map(({ label }: { label: string }) => label)).toEqual([
      '경기 광주시 중앙로 12',
      '광주 동구 중앙로 12',
    ])
    expect(response.body).not.toContain('secret')
  })

  it('keep the orders that wait for nothing else, which join their day once all is placed', async () => {
    const { app, store, importFile, list, place } = await openComplex()
    const [{ problem: before }] = (await importFile()).days
    const joinHeld = async () => {
      const response = await app.inject({ method: 'POST', url: '/api/places/orders?complex=test' })
      expectShape(JoinedSchema, response.json())
      return response.json()
    }
    expect(await list()).toMatchObject({ orders: { waiting: 2, ready: 0 } })
    expect(await joinHeld()).toMatchObject({ days: [], joined: 0, left: 2 })

    const { items } = await list()
    await place(items[1]!.id, 128.46, 38.37)
    expect(await list()).toMatchObject({ orders: { waiting: 2, ready: 1 } })
    // forgotten again, it is back in the queue: an order waits for it
    await app.inject({ method: 'DELETE', url: `/api/places/${items[1]!.id}` })
    const again = (await list()).items.find(({ address }) => address === NOWHERE)!
    expect(again.state).toBe('waiting')
    await place(again.id, 128.46, 38.37)
    const joined = await joinHeld()
    expect(joined).toMatchObject({ joined: 1, left: 1, days: [{ date: '2026-11-23', shipments: 4 }] })
    const { problem } = (await store.problems.get(joined.days[0].problem))!
    expect(problem.shipments.map(({ id }) => id)).toEqual(['G1', 'G2', 'G5', 'G3'])
    expect(problem.shipments.at(-1)).toMatchObject({ weightKg: 850, firm: 'firm-A01' })
    expect(before).not.toBe(joined.days[0].problem)
    expect(await list()).toMatchObject({ orders: { waiting: 1, ready: 0 } })
    // the file anew is the day: nothing of the one before is added to it
    await importFile(writeCsv([HEADER, order('G1', '강재L1', '')]))
    expect(await list()).toMatchObject({ orders: { waiting: 0, ready: 0 } })
  })

  it('keep an order as its file means it: units of the column, merged cells, a number of its own', async () => {
    const { app, store, importFile, list, place } = await openComplex()
    const header = ['상차일', '업체명', '상차지', '하차지', '중량(톤)', '하차지주소']
    const rows: SheetRow[] = [
      header,
      ['2026-11-23', '금형A01', '금형A01', '열처리1', 1.2, ''],
      ['', '', '', '먼열처리', 0.8, NOWHERE],
      ['2026-11-24', '금형A02', '금형A02', '먼열처리', 0.5, NOWHERE],
      ['2026-11-24', '없는기업', '금형A02', '먼열처리', 0.5, NOWHERE],
    ]
    await importFile(writeCsv(rows))
    // the last has a fault of its own, and comes back in the sheet of rejected rows only
    expect(await list()).toMatchObject({ orders: { waiting: 2 } })
    await place((await list()).items[0]!.id, 128.46, 38.37)
    const { days } = (await app.inject({ method: 'POST', url: '/api/places/orders?complex=test' })).json()
    const shipments = await Promise.all(
      days.map(async ({ problem }: { problem: string }) => (await store.problems.get(problem))!.problem.shipments),
    )
    expect(shipments.flat()).toMatchObject([
      { id: 'row-2', weightKg: 1200 },
      { id: expect.stringMatching(/^r3-/), firm: 'firm-A01', from: 'A01', weightKg: 800 },
      { id: expect.stringMatching(/^r4-/), firm: 'firm-A02', weightKg: 500 },
    ])
  })

  it('come in pages', async () => {
    const { list, wait } = await openComplex()
    await wait(...Array.from({ length: 7 }, (_, k) => `강원 고성군 간성읍 수성로 ${k + 1}`))
    const first = await list('&limit=5')
    expect(first.items).toHaveLength(5)
    expect((await list(`&limit=5&after=${first.next}`)).items.map(({ name }) => name)).toEqual(['강재5', '강재6'])
  })
})

describe('placing', () => {
  it('refuses a point that cannot be the address', async () => {
    const { app, list, place, wait } = await openComplex()
    await wait(NAJU)
    const [{ id }] = (await list()).items as [Place]
    const codeOf = async (lng: number, lat: number) => expectRefusal(await place(id, lng, lat), 422).issues[0]!.code
    expect(await codeOf(35, 80)).toBe('coordinates.outsideKorea')
    const payload = { address: '광주광역시 동구 중앙로 1', lng: 127.255, lat: 37.417 }
    const other = await app.inject({ method: 'POST', url: '/api/places?complex=test', payload })
    expect(expectRefusal(other, 422).issues[0]!.code).toBe('address.otherGwangju')
    expectRefusal(await place('nowhere', 126.7, 35), 404)
  })

  it('takes an address that nobody has asked for yet', async () => {
    const { app, importFile, list } = await openComplex()
    const payload = { address: '전라남도 나주시 왕곡면 혁신산단길46', name: '새강재', lng: 126.69, lat: 34.98 }
    const response = await app.inject({ method: 'POST', url: '/api/places?complex=test', payload })
    expect(response.statusCode, response.body).toBe(201)
    expect(await importFile()).toMatchObject({ accepted: 3 })
    expect((await list()).counts).toEqual({ waiting: 2, guess: 0, placed: 1 })
  })

  it("takes an operator's list, tells every row at fault, and leaves what was placed by hand", async () => {
    const { app, list, place, wait } = await openComplex()
    await wait(NAJU, NOWHERE)
    const { items } = await list()
    await place(items[0]!.id, 126.69, 34.98)
    const rows: SheetRow[] = [
      ['업체명', '주소', '위도', '경도'],
      ['새강재', NAJU, 35, 126.7],
      ['먼강재', NOWHERE, 38.37, 128.46],
      ['x', '전남 나주시 x로 1', 126.7, 35],
      ['x', '광주광역시 동구 y로 1', 37.417, 127.255],
      ['x', '', 35, 126.7],
      ['x', '전남 나주시 z로 1', 'north', ''],
      ['먼강재', `${NOWHERE}, 3층`, 38, 128],
    ]
    const send = async (bytes: Uint8Array, type: string) => {
      const url = '/api/places/import?complex=test&name=places'
      return await app.inject({ method: 'POST', url, payload: Buffer.from(bytes), headers: { 'content-type': type } })
    }
    for (const [bytes, type] of [
      [writeCsv(rows), 'text/csv'],
      [await writeXlsx([{ name: 'a', rows }]), 'application/octet-stream'],
    ] as const) {
      const response = await send(bytes, type)
      expectShape(PlacesImportSchema, response.json())
      expect(response.json()).toMatchObject({ rows: 7, placed: 1, kept: 1 })
      expect(response.json().issues.map(({ code, row }: { code: string; row: number }) => [row, code])).toEqual([
        [4, 'coordinates.swapped'],
        [5, 'address.otherGwangju'],
        [6, 'address.missing'],
        [7, 'coordinates.form'],
        [7, 'coordinates.form'],
        [8, 'address.twice'],
      ])
    }
    expect((await list('&state=placed')).items).toMatchObject([
      { address: NAJU, source: 'hand', lat: 34.98 },
      { address: NOWHERE, source: 'file', lat: 38.37 },
    ])
    const wrong = await send(
      writeCsv([
        ['a', '주소', '위도'],
        ['1', '2', '3'],
      ]),
      'text/csv',
    )
    expect(wrong.json()).toMatchObject({ rows: 0, placed: 0, issues: [{ code: 'column.missing' }] })
  })
})
