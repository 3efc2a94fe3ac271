import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { dispatchesOf } from '../../server/dispatch.ts'
import { readTextTable, type Table } from '../../server/imports/table.ts'
import { REPORT_FORMATS, REPORTS, reportOf } from '../../server/reports/index.ts'
import { renderPlanFile, sealOf, splitPlanFile } from '../../server/reports/planFile.ts'
import type { PlanPapers } from '../../server/reports/report.ts'
import { renderSheets } from '../../server/reports/routeSheets.ts'
import { stopsSheet } from '../../server/reports/sheets.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import {
  footprintOf,
  improve,
  type Locale,
  PLAN_FILE_FORMAT,
  type Plan,
  type PlanFile,
  type Problem,
  sumLines,
} from '../../solver/index.ts'
import { makeProblem, makeShipment } from './makeProblem.ts'

const travelOf = travelFrom(trunk)

/** A plan with a route, a shipment by itself, and one that nobody can carry. */
async function makeDay(changes: Partial<Problem> = {}): Promise<{ plan: Plan; problem: Problem; papers: PlanPapers }> {
  const problem = makeProblem({
    shipments: [
      makeShipment('plates', { from: 'supplier', to: 'member', weightKg: 400, item: '=HYPERLINK("x")' }),
      makeShipment('@cores', { from: 'member', to: 'supplier', weightKg: 312.5, note: '-1+2' }),
      makeShipment('mold', { from: 'centre', to: 'port', weightKg: 900, modes: ['hired'] }),
      makeShipment('huge', { from: 'centre', to: 'port', weightKg: 90_000 }),
    ],
    ...changes,
  })
  const travel = await travelOf(problem)
  let plan: Plan | undefined
  for (const step of improve(problem, travel, { seed: 1, iterations: 50 })) plan = step.plan ?? plan
  return { plan: plan!, problem, papers: { travel } }
}
const tableOf = (bytes: Uint8Array): Table => {
  const table = readTextTable(bytes)
  if ('fault' in table) throw new Error(table.fault)
  return table
}

describe('a place whose position is a guess', () => {
  it('says so in the sheets of the plan and of the driver, and no other place does', async () => {
    const sites = makeProblem().sites.map((site) => (site.id === 'supplier' ? { ...site, precision: 'dong' } : site))
    const { plan, problem, papers } = await makeDay({ sites: sites as Problem['sites'] })
    const marked = (locale: Locale) => stopsSheet(plan, problem, locale, papers).rows.map((row) => String(row[3]))
    expect(new Set(marked('ko').filter((name) => name.includes('추정')))).toEqual(new Set(['supplier (위치 추정)']))
    expect(marked('en')).toContain('supplier (position estimated)')
    const stops = renderSheets(plan, problem, 'p', dispatchesOf({}, plan, []), undefined).flatMap(
      (sheet) => sheet.stops,
    )
    expect(new Set(stops.filter(({ guessed }) => guessed).map(({ name }) => name))).toEqual(new Set(['supplier']))
  })
})

describe('reports', () => {
  it('are listed once for each format', () => {
    expect(REPORTS.map(({ format }) => format).sort()).toEqual([...REPORT_FORMATS].sort())
  })

  it.each(REPORTS)(
    '$format says the same of the same plan, in both languages, and leaves the plan as it is',
    async ({ render, format }) => {
      const { plan, problem, papers } = await makeDay()
      const before = structuredClone({ plan, problem })
      for (const locale of ['ko', 'en'] as const) {
        const bytes = await render(plan, problem, locale, papers)
        expect(bytes.length).toBeGreaterThan(100)
        // a workbook carries the time that it was written
        if (!format.endsWith('xlsx')) expect(await render(plan, problem, locale, papers)).toEqual(bytes)
      }
      expect({ plan, problem }).toEqual(before)
    },
  )
})

describe('figures of roads in the sheets of a plan', () => {
  const headers = async (roads: { estimated: boolean; estimatedTolls?: boolean }, format: 'csv' | 'xlsx') => {
    const { plan, problem, papers } = await makeDay()
    const bytes = await reportOf(format).render(plan, problem, 'ko', { travel: { ...papers.travel, ...roads } })
    if (format === 'csv') return tableOf(bytes).records[0]!
    return (await readXlsxFile(Buffer.from(bytes))).flatMap(({ data }) => data[0]!.map(String))
  }

  it('say in the name of their column that they are estimates, on every sheet', async () => {
    expect(await headers({ estimated: true }, 'csv')).toEqual(
      expect.arrayContaining(['접수번호', '중량(kg)', '상차 시작 (추정)', '연료(L, 추정)', '따로 가는 비용(원, 추정)']),
    )
    const names = await headers({ estimated: true }, 'xlsx')
    for (const name of ['운전(분, 추정)', '앞 정차에서(km, 추정)', '예상 통행료(원, 추정)', '거리(km, 추정)'])
      expect(names).toContain(name)
  })

  it('say nothing of the kind on real roads, but for tolls that are not of those roads', async () => {
    expect((await headers({ estimated: false }, 'csv')).join()).not.toContain('추정')
    const names = await headers({ estimated: false, estimatedTolls: true }, 'xlsx')
    expect(names.filter((name) => name.includes('추정'))).toEqual(['예상 통행료(원, 추정)'])
  })
})

describe('a plan as a workbook', () => {
  const sheetsOf = async (locale: Locale) => {
    const day = await makeDay()
    const bytes = await reportOf('xlsx').render(day.plan, day.problem, locale, day.papers)
    const sheets = await readXlsxFile(Buffer.from(bytes))
    return { ...day, sheets: new Map(sheets.map(({ sheet, data }) => [sheet, data as unknown[][]])) }
  }

  it('has routes, stops, shipments, costs and the unserved with their reasons, in the language asked for', async () => {
    const { sheets, plan } = await sheetsOf('ko')
    expect([...sheets.keys()]).toEqual(['노선', '정차', '화물', '비용', '연료와 CO2', '미배정', '출처'])
    expect([...(await sheetsOf('en')).sheets.keys()]).toEqual([
      'Routes',
      'Stops',
      'Shipments',
      'Costs',
      'Fuel and CO2',
      'Unserved',
      'Sources',
    ])
    expect(sheets.get('노선')).toHaveLength(plan.routes.length + 1)
    expect(sheets.get('화물')).toHaveLength(4 + 1)
    expect(sheets.get('미배정')![1]![0]).toBe('huge')
    expect(String(sheets.get('미배정')![1]![5]).length).toBeGreaterThan(5)
  })

  it('writes numbers as numbers and times as times on the wall of the complex, and texts as texts that do not run', async () => {
    const { sheets, plan } = await sheetsOf('ko')
    const stop = sheets.get('정차')![1]!
    const arrives = stop[4] as Date
    expect(arrives).toBeInstanceOf(Date)
    // the problem starts at midnight in Seoul: what a clock there shows is the seconds of the day
    expect(arrives.toISOString().slice(0, 10)).toBe('2026-11-23')
    const firstS = (plan.routes[0] ?? plan.direct[0]!.route!).stops[0]!.arriveS
    expect(arrives.getUTCHours() * 60 + arrives.getUTCMinutes()).toBe(Math.floor(firstS / 60))
    const items = sheets
      .get('화물')!
      .slice(1)
      .map((row) => row[4])
    expect(items).toContain('=HYPERLINK("x")')
    expect(
      sheets
        .get('화물')!
        .slice(1)
        .map((row) => row[5]),
    ).toContain(312.5)
  })

  it('has ledger lines that add up to the cost of the plan', async () => {
    const { sheets, plan } = await sheetsOf('en')
    const rows = sheets.get('Costs')!.slice(1)
    const lines = rows.filter((row) => row[1] !== null).map((row) => Number(row[2]))
    expect(lines.reduce((sum, krw) => sum + krw, 0)).toBe(plan.costKrw)
    expect(rows.find((row) => row[0] === 'Plan, total')![2]).toBe(plan.costKrw)
  })

  it('has litres and both figures of CO2 with their basis, which add up from routes, shipments and firms', async () => {
    const { sheets, plan, problem, papers } = await sheetsOf('en')
    const { total } = footprintOf(problem, papers.travel, plan)
    const [names, ...rows] = sheets.get('Fuel and CO2')!
    expect(names!.slice(2, 5)).toEqual([
      'Fuel (L, estimate)',
      'CO₂ of burning (kg, TTW, estimate)',
      'CO₂e of making and burning (kg, WTW, ISO 14083, estimate)',
    ])
    const totals = [total.fuelMl, total.ttwCo2G, total.wtwCo2eG].map((amount) => amount / 1000)
    expect(rows.find(([of]) => of === 'Plan, total')!.slice(2, 5)).toEqual(totals)
    expect(rows.find(([of]) => of === 'share (t·km) 금형A01')!.slice(2, 5)).toEqual(totals)
    const sumOf = (sheet: string, column: number) =>
      sheets
        .get(sheet)!
        .slice(1)
        .reduce((sum, row) => sum + Number(row[column] ?? 0), 0)
    expect(sumOf('Shipments', 16)).toBeCloseTo(totals[2]!, 6)
    const alone = plan.direct.length > 0 ? Number(rows.find(([of]) => of === 'Hired trucks alone, total')![4]) : 0
    expect(sumOf('Routes', 18)).toBeCloseTo(totals[2]! - alone, 6)
  })

  it('names the source of every figure, with its certainty where one is known', async () => {
    const { sheets } = await sheetsOf('ko')
    const rows = sheets.get('출처')!.slice(1)
    expect(new Set(rows.map(([about]) => about))).toEqual(new Set(['도로', '통행료', '운임', '연료', 'CO₂']))
    for (const [, figure, value, source] of rows)
      expect([figure, value, source].every(Boolean), String(figure)).toBe(true)
    expect(rows.find(([, figure]) => figure === '심야할인')?.slice(2, 3)).toEqual(['계산에 쓰지 않음'])
    // a tariff that does not say has no certainty
    expect(rows.find(([, figure]) => figure === '운임표 spot')?.at(-1)).toBeNull()
  })
})

it('a plan as CSV has each shipment once, and no cell that a spreadsheet would run', async () => {
  const { plan, problem, papers } = await makeDay()
  const bytes = await reportOf('csv').render(plan, problem, 'ko', papers)
  const text = new TextDecoder().decode(bytes)
  for (const cell of text.split(/[,\r\n]/)) expect(cell.replace(/^"/, '')).not.toMatch(/^[=@+]|^-\D/)
  const { records } = tableOf(bytes)
  expect(
    records
      .slice(1)
      .map(([id]) => id)
      .sort(),
  ).toEqual(['@cores', 'huge', 'mold', 'plates'])
})

describe('the one-file plan', () => {
  it('has problem, travel, tariffs, seed, version, plan, certificate and split under one seal, and comes apart into the same', async () => {
    const { plan, problem, papers } = await makeDay()
    const file: PlanFile = JSON.parse(renderPlanFile(plan, problem, papers.travel))
    expect(file).toMatchObject({
      format: PLAN_FILE_FORMAT,
      problem: { tariffs: problem.tariffs },
      provenance: { seed: 1 },
    })
    expect(file.footprint).toMatchObject(footprintOf(problem, papers.travel, plan))
    expect(file.provenance.version).toMatch(/^\d+\.\d+\.\d+/)
    expect(splitPlanFile(file)).toMatchObject({ plan, problem, papers: { travel: papers.travel } })
    expect(sumLines(file.costLines)).toBe(plan.costKrw)
    const again = splitPlanFile(file)
    expect(renderPlanFile(again.plan, again.problem, again.papers.travel)).toBe(
      renderPlanFile(plan, problem, papers.travel),
    )
  })

  it('of the first form still has its seal', () => {
    const old = JSON.parse(readFileSync(new URL('../../fixtures/planFiles/v0.1.0.json', import.meta.url), 'utf8'))
    expect(old.format).toBeUndefined()
    expect(sealOf(old)).toBe(old.hash)
  })

  it('comes back from JSON whatever the names in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (name, item) => {
        const problem = makeProblem({ name, shipments: [makeShipment('a', { item })] })
        const travel = { key: 't', estimated: true, tables: [] }
        const plan = {
          routes: [],
          direct: [],
          unserved: [],
          costLines: [],
          costKrw: 0,
          violations: [],
          provenance: {},
        } as unknown as Plan
        const file: PlanFile = JSON.parse(renderPlanFile(plan, problem, travel))
        expect(file.problem).toEqual(problem)
        expect(sealOf(file)).toBe(file.hash)
      }),
    )
  })
})
