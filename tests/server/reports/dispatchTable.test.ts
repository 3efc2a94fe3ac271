import readXlsxFile from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { readTextTable } from '../../../server/imports/table.ts'
import { reportOf } from '../../../server/reports/index.ts'
import type { PlanPapers } from '../../../server/reports/report.ts'
import { travelFrom } from '../../../server/travel/travelOf.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import { improve, type Plan } from '../../../solver/index.ts'
import { makeProblem, makeShipment } from '../makeProblem.ts'

const problem = makeProblem({
  sites: makeProblem().sites.map((site) => ({ ...site, name: `${site.name} <&>`, phone: '062-000-0301' })),
  shipments: [
    makeShipment('plates', {
      weightKg: 400,
      item: '=강판',
      quantity: 3,
      unit: 'EA',
      spec: '600×400',
      handling: ['crane'],
    }),
    makeShipment('cores', { from: 'member', to: 'supplier', weightKg: 312, note: '우천 시 보양' }),
    makeShipment('mold', { from: 'centre', to: 'port', weightKg: 900, modes: ['hired'], mustGoAlone: true }),
  ],
})
const travel = await travelFrom(trunk)(problem)
let found: Plan | undefined
for (const step of improve(problem, travel, { seed: 1, iterations: 50 })) found = step.plan ?? found
const plan = found!
const rounds = [...plan.routes, ...plan.direct.flatMap(({ route }) => route ?? [])]
const carrier = { id: 'c', name: '운송사 가' }
const dispatch = new Map([
  [
    rounds[0]!.id,
    { plate: '광주80바1234', driver: '박기사', phone: '010-0000-0101', state: 'accepted' as const, carrier },
  ],
])
const papers: PlanPapers = { travel, dispatch }

describe('the dispatch table of a day', () => {
  it('has a row for each stop and a row for each truck, with who drives, whom to call and no price', async () => {
    const bytes = await reportOf('dispatch.xlsx').render(plan, problem, 'ko', papers)
    const [stops, trucks] = (await readXlsxFile(Buffer.from(bytes))).map(({ data }) => data as unknown[][])
    const [head = [], ...rows] = stops!
    const column = (name: string) => head.findIndex((cell) => String(cell).startsWith(name))
    expect(rows).toHaveLength(rounds.reduce((sum, { stops }) => sum + stops.length, 0))
    expect(rows[0]!.slice(0, 7)).toEqual([
      '261123-01',
      new Date('2026-11-23T00:00:00Z'),
      '운송사 가',
      '광주80바1234',
      expect.stringMatching(/^[\d.]+톤$/),
      '박기사',
      '010-0000-0101',
    ])
    const loads = rows.find((row) => row[column('상차(kg)')] === 400)!
    expect(['연락처', '수량', '상차(kg)', '규격', '상하차방식'].map((name) => loads[column(name)])).toEqual([
      '062-000-0301',
      '3 EA',
      400,
      '600×400',
      '크레인',
    ])
    expect(rows.at(-1)![column('특이사항')]).toBe('혼적 금지')
    const taken = rows.reduce((sum, row) => sum + Number(row[column('상차(kg)')] ?? 0), 0)
    expect(taken).toBe(400 + 312 + 900)
    expect(trucks).toHaveLength(1 + rounds.length)
    expect(trucks![1]).toContain('수락')
    const text = JSON.stringify([stops, trucks])
    for (const { costKrw } of rounds) expect(text).not.toContain(String(costKrw))
  })

  it('says the same as CSV, where nothing runs, and only of the rounds that are asked for', async () => {
    const only = [rounds[1]!.id]
    const bytes = await reportOf('dispatch.csv').render(plan, problem, 'en', { ...papers, only })
    const table = readTextTable(bytes)
    if ('fault' in table) throw new Error(table.fault)
    expect(table.records[0]).toEqual(
      expect.arrayContaining(['Dispatch no', 'Arrives (estimate)', 'Phone of the place']),
    )
    expect(table.records.slice(1).every(([number]) => number === '261123-02')).toBe(true)
    const all = new TextDecoder().decode(await reportOf('dispatch.csv').render(plan, problem, 'ko', papers))
    expect(all).toContain("'=강판")
  })
})

describe('rounds as GPX', () => {
  it('are a track each, over the ways that are known, with a named waypoint for each stop and no raw sign of XML', async () => {
    const [first] = rounds
    const way = [
      [126.8, 35.2],
      [126.79, 35.19],
      [126.757, 35.118],
    ] as const
    const leg = { durationS: 600, distanceM: 9000, tollKrw: 0, coordinates: way, straight: false, expresswayM: 0 }
    const bytes = await reportOf('gpx').render(plan, problem, 'ko', { ...papers, legs: new Map([[first!.id, [leg]]]) })
    const text = new TextDecoder().decode(bytes)
    expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<gpx version="1.1"/)
    expect(text.match(/<trk>/g)).toHaveLength(rounds.length)
    expect(text).toContain('<trkpt lat="35.19" lon="126.79"/>')
    expect(text).toContain('<name>261123-01 광주80바1234</name>')
    expect(text).toContain('&lt;&amp;&gt;')
    expect(text.match(/<wpt /g)!.length).toBeGreaterThanOrEqual(
      rounds.reduce((sum, { stops }) => sum + stops.length, 0),
    )
    // every element that opens is closed
    const open = [...text.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)].reduce<string[]>((stack, [, closes, name, empty]) => {
      if (closes) expect(stack.pop()).toBe(name)
      else if (!empty) stack.push(name!)
      return stack
    }, [])
    expect(open).toEqual([])
  })
})
