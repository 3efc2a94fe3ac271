/** Generated months: several days, carriers, corrections, a day without records, a revised one. Every view says the same, to the won. */
import fc from 'fast-check'
import readXlsxFile from 'read-excel-file/node'
import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { type Correction, type Month, MonthSchema } from '../../../server/api.ts'
import { type ComplexData, loadComplex } from '../../../server/complexes.ts'
import { renderMonth, renderStatement } from '../../../server/reports/settle/index.ts'
import { statementOf } from '../../../server/reports/settle/statement.ts'
import { bothSides, takenBack } from '../../../server/settle/correct.ts'
import { type DayOfMonth, monthOf } from '../../../server/settle/month.ts'
import { ofCarrier, ofOwnFirm } from '../../../server/settle/own.ts'
import type { CostLine, SettledDay, SettledRound } from '../../../solver/index.ts'
import { expectShape } from '../openApp.ts'

const data: ComplexData = await loadComplex('gwangju')
const FIRMS = data.firms.slice(0, 5).map(({ id }) => id)
const CARRIERS = [...data.carriers!.map(({ id }) => id), null]
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)

const krw = fc.integer({ min: 0, max: 900_000 })
const drawnRound = fc.record({
  carrier: fc.constantFrom(...CARRIERS),
  firms: fc.array(fc.constantFrom(...FIRMS), { minLength: 1, maxLength: 5 }),
  fixed: krw,
  toll: fc.integer({ min: 0, max: 9000 }),
  waiting: fc.integer({ min: 0, max: 60_000 }),
  recorded: fc.boolean(),
  vain: fc.boolean(),
})
const drawnDay = fc.record({
  rounds: fc.array(drawnRound, { maxLength: 4 }),
  terminal: fc.array(krw, { maxLength: 3 }),
  revised: fc.boolean(),
  planned: fc.boolean(),
})
const drawnCorrection = fc.record({
  day: fc.nat(5),
  round: fc.option(fc.nat(3), { nil: undefined }),
  firm: fc.option(fc.constantFrom(...FIRMS), { nil: undefined }),
  carrier: fc.option(fc.constantFrom(...data.carriers!.map(({ id }) => id)), { nil: undefined }),
  kind: fc.constantFrom('waiting', 'toll', 'handling', 'damage', 'rounding', 'other'),
  krw: fc.integer({ min: -50_000, max: 50_000 }).filter((amount) => amount !== 0),
  voided: fc.boolean(),
})
type Drawn = typeof drawnDay extends fc.Arbitrary<infer T> ? T : never

/** A day whose firms pay what its carriers and terminal freight get, as the solver settles it. */
function settledDay({ rounds: drawn, terminal: freight, planned }: Drawn): SettledDay {
  const shares = new Map<string, { shareKrw: number; vainKrw: number; waitingKrw: number }>()
  const at = (firm: string) => {
    const row = shares.get(firm) ?? { shareKrw: 0, vainKrw: 0, waitingKrw: 0 }
    shares.set(firm, row)
    return row
  }
  const rounds = drawn.map((round, k): SettledRound => {
    const lines: CostLine[] = [
      { kind: 'fixed', krw: round.fixed },
      { kind: 'toll', krw: round.toll },
    ]
    const costKrw = round.fixed + round.toll
    const payer = at(round.firms[0]!)
    if (round.vain) payer.vainKrw += costKrw
    else payer.shareKrw += costKrw
    at(round.firms.at(-1)!).waitingKrw += round.waiting
    const shipments = round.firms.map((_, index) => `s${k}-${index}`)
    return {
      route: `${k + 1}`,
      vehicle: 'hired-1t',
      basis: round.recorded && !planned ? 'recorded' : 'planned',
      departS: 28_800,
      returnS: 36_000,
      timed: round.recorded,
      made: 2,
      stops: 2,
      plannedKrw: costKrw,
      lines,
      costKrw,
      waits: [{ stop: 0, waitS: 600, krw: round.waiting }],
      carried: round.vain ? [] : shipments,
      missed: round.vain ? shipments.map((shipment) => ({ shipment, why: 'notLoaded' as const })) : [],
      quantities: [],
      firms: round.firms,
    }
  })
  const terminal = freight.map((costKrw, k) => {
    at(FIRMS[k]!).shareKrw += costKrw
    return { shipment: `t${k}`, lines: [{ kind: 'terminal' as const, krw: costKrw }], costKrw }
  })
  return {
    basis: planned ? 'planned' : 'partly',
    method: 'proportional',
    plannedKrw: sum([...rounds, ...terminal].map(({ costKrw }) => costKrw)),
    rounds,
    terminal,
    firms: [...shares].map(([firm, row]) => ({
      firm,
      shipments: 1,
      plannedKrw: row.shareKrw,
      b1Krw: row.shareKrw + 1000,
      ...row,
    })),
    unserved: [],
    estimated: true,
  }
}

const month = fc
  .record({
    days: fc.array(drawnDay, { minLength: 1, maxLength: 6 }),
    corrections: fc.array(drawnCorrection, { maxLength: 6 }),
  })
  .map(({ days: drawn, corrections: typed }): Month => {
    const days = drawn.map((day, k): DayOfMonth => {
      const carriers = day.rounds.map(({ carrier }) => carrier)
      return {
        date: `2026-11-${String(k + 2).padStart(2, '0')}`,
        plan: `p${k}`,
        waitingOrders: 0,
        revised: day.revised,
        settled: settledDay(day),
        carrierOf: (route) => carriers[Number(route) - 1] ?? null,
      }
    })
    const corrections = typed.flatMap(({ day: index, round, voided, kind, ...rest }, k): Correction[] => {
      const day = days[index % days.length]!
      const rounds = day.settled!.rounds
      const route = round === undefined || rounds.length === 0 ? undefined : rounds[round % rounds.length]!.route
      if (route === undefined && rest.firm === undefined && rest.carrier === undefined) return []
      const { firm, carrier } = rest
      const content = bothSides(
        {
          date: day.date,
          kind: kind as Correction['kind'],
          krw: rest.krw,
          reason: '실제와 다름',
          ...(route !== undefined && { route }),
          ...(firm !== undefined && { firm }),
          ...(carrier !== undefined && { carrier }),
        },
        { data, month: '2026-11', settled: day.settled, carrierOf: day.carrierOf },
        'ko',
      )
      const stamp = { month: '2026-11', at: '2026-11-30T00:00:00.000Z', by: 'local' }
      const line: Correction = { id: `c${k}`, ...stamp, ...content }
      if (!voided) return [line]
      return [
        { ...line, voidedBy: `v${k}` },
        { id: `v${k}`, ...stamp, ...takenBack(line, '잘못 적음'), voids: line.id },
      ]
    })
    return monthOf({ data, month: '2026-11', days, corrections })
  })

function expectBalanced(settled: Month): void {
  const { sums, firms, carriers, terminal, programme } = settled
  expect(sum(firms.map(({ sumKrw }) => sumKrw))).toBe(
    sum(carriers.map(({ sumKrw }) => sumKrw)) + terminal.sumKrw + programme.sumKrw,
  )
  expect(sums.firmsKrw).toBe(sums.carriersKrw + sums.terminalKrw + sums.programmeKrw)
  for (const firm of firms) {
    const { shareKrw, vainKrw, waitingKrw, extrasKrw, sumKrw, vatKrw, totalKrw, b1Krw, savingKrw } = firm
    expect(shareKrw + vainKrw + waitingKrw + extrasKrw).toBe(sumKrw)
    expect(sumKrw + vatKrw).toBe(totalKrw)
    expect(b1Krw - sumKrw).toBe(savingKrw)
  }
  for (const { rounds, lines, tariffKrw, tollKrw, waitingKrw, extrasKrw, sumKrw } of carriers) {
    expect(tariffKrw + tollKrw + waitingKrw + extrasKrw).toBe(sumKrw)
    expect(sum(lines.map((line) => line.krw))).toBe(sum(rounds.map(({ costKrw }) => costKrw)))
  }
}

describe('a generated month', () => {
  it('lets firms pay what carriers, terminal freight and the joint account get, on every view', () => {
    fc.assert(
      fc.property(month, fc.constantFrom('ko', 'en'), (settled, locale) => {
        expectShape(MonthSchema, JSON.parse(JSON.stringify(settled)))
        expectBalanced(settled)
        for (const row of settled.firms) {
          const own = ofOwnFirm(settled, row.firm)
          expect(own.row).toEqual(row)
          const lines = own.corrections.map((line) => line.krw)
          expect(sum(row.days.map((day) => day.shareKrw + day.vainKrw + day.waitingKrw)) + sum(lines)).toBe(row.sumKrw)
          expectDelivery(settled, 'firm', row, locale)
        }
        for (const row of settled.carriers) {
          if (row.carrier === null) continue
          expect(ofCarrier(settled, row.carrier).row).toEqual(row)
          expectDelivery(settled, 'carrier', row, locale)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('says the same in workbooks and on paper', async () => {
    const [settled] = fc.sample(
      month.filter(
        ({ firms, carriers, corrections }) =>
          firms.length > 1 && corrections.length > 1 && carriers.some(({ carrier }) => carrier !== null),
      ),
      { numRuns: 1, seed: 7 },
    )
    const whole = await readXlsxFile(Buffer.from(await renderMonth(settled!, 'en')))
    const sheet = (name: string) => whole.find((one) => one.sheet === name)!.data
    const at = (name: string, column: string) => {
      const [head, ...rows] = sheet(name)
      return sum(rows.map((row) => Number(row[head!.indexOf(column)])))
    }
    expect(at('Firms', 'Supply value')).toBe(settled!.sums.firmsKrw)
    expect(at('Carriers', 'Supply value')).toBe(settled!.sums.carriersKrw)
    const party = settled!.firms[0]!
    const carrier = settled!.carriers.find((row) => row.carrier !== null)!
    for (const [kind, id, row] of [
      ['firm', party.firm, party],
      ['carrier', carrier.carrier!, carrier],
    ] as const)
      for (const document of ['settlement', 'delivery'] as const) {
        const asked = { settled: settled!, data, kind, party: id, document, locale: 'ko' as const }
        const book = await readXlsxFile(Buffer.from((await renderStatement({ ...asked, format: 'xlsx' }))!.bytes))
        const total = book[0]!.data.find(([name]) => name === '합계')
        expect(total?.[1]).toBe(row.totalKrw)
        const pdf = (await renderStatement({ ...asked, format: 'pdf' }))!
        const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf.bytes)), { mergePages: true })
        const words = text.replace(/\s+/g, '')
        expect(words).toContain(document === 'delivery' ? '거래명세표' : '정산서')
        expect(words).toContain(`${row.totalKrw.toLocaleString('en-US')}원`)
        expect(words).toContain(row.businessNumber!)
        expect(words).toContain('추정')
      }
  }, 60_000)
})

/** Tax line by line adds up to the tax of the sum. */
function expectDelivery(
  settled: Month,
  kind: 'firm' | 'carrier',
  row: Month['firms'][number] | Month['carriers'][number],
  locale: 'ko' | 'en',
): void {
  const party = 'firm' in row ? row.firm : row.carrier!
  const statement = statementOf({ settled, data, kind, party, document: 'delivery', locale })!
  const [table] = statement.tables
  const of = (column: number) => sum(table!.rows.map((line) => Number(line[column])))
  expect([of(3), of(4)]).toEqual([row.sumKrw, row.sumKrw === 0 ? 0 : row.vatKrw])
  expect(statement.totals.at(-1)![1]).toBe(row.totalKrw)
}

it('says every fault of a correction at once, and deals one of a round by its shipments', () => {
  const known = { data, month: '2026-11', settled: undefined, carrierOf: undefined }
  const typed = {
    date: '2026-12-01',
    route: '9',
    firm: 'x',
    carrier: 'y',
    kind: 'toll',
    krw: 0,
    reason: '통행료',
  } as const
  expect(() => bothSides(typed, known, 'ko')).toThrow(
    expect.objectContaining({
      status: 422,
      issues: ['date', 'krw', 'route', 'firm', 'carrier'].map((path) => expect.objectContaining({ path })),
    }),
  )
  const round = {
    carrier: null,
    firms: [FIRMS[0]!, FIRMS[1]!, FIRMS[0]!],
    fixed: 0,
    toll: 0,
    waiting: 0,
    recorded: true,
    vain: false,
  }
  const settled = settledDay({ rounds: [round], terminal: [], revised: false, planned: false })
  // 100 over three shipments: 34, 33 and 33; two of them are of one firm
  const { payers, carrier } = bothSides(
    { date: '2026-11-02', route: '1', kind: 'toll', krw: 100, reason: '통행료' },
    { ...known, settled, carrierOf: () => null },
    'ko',
  )
  expect(payers).toEqual([
    { firm: FIRMS[0], krw: 67 },
    { firm: FIRMS[1], krw: 33 },
  ])
  expect(carrier).toBe(null)
})
