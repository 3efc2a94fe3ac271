import { describe, expect, it } from 'vitest'
import { METHOD_LIMITS, METHOD_NAMES, type Split, type SplitGroup, type SplitRow } from '../../solver/index.ts'
import {
  idleFirms,
  METHODS,
  MOST_FIRMS,
  makeShareTable,
  missingMethods,
  samplingErrorOf,
  tightestGroup,
  verdictOf,
} from '../../web/state/split.ts'

const row = (firm: string, b1Krw: number, shareKrw: number, change: Partial<SplitRow> = {}): SplitRow => ({
  firm,
  shipments: [`of ${firm}`],
  b1Krw,
  b2Krw: b1Krw,
  missing: [],
  shareKrw,
  ownKrw: 0,
  savingKrw: b1Krw - shareKrw,
  savingShare: (b1Krw - shareKrw) / b1Krw,
  savingB2Krw: b1Krw - shareKrw,
  savingB2Share: (b1Krw - shareKrw) / b1Krw,
  jointKrw: 0,
  tightest: null,
  ...change,
})
const group = (firms: string[], aloneKrw: number, shareKrw: number): SplitGroup => ({
  firms,
  aloneKrw,
  shareKrw,
  slackKrw: aloneKrw - shareKrw,
})

/** A and B share a truck: alone 100,000 and 60,000, together 110,000; C goes direct for 20,000. The plan costs 130,000. */
const split = (change: Partial<Split> = {}): Split => ({
  method: 'duals',
  planKrw: 130_000,
  rows: [row('A', 100_000, 70_000), row('B', 60_000, 40_000), row('C', 20_000, 20_000, { ownKrw: 20_000 })],
  unserved: [],
  trucks: 'all',
  seed: 1,
  iterations: 200,
  dual: null,
  stability: {
    verdict: 'holds',
    looked: 6,
    every: true,
    provedUpToKrw: null,
    tightest: null,
    violated: [],
    violations: 0,
  },
  subsidy: { dayKrw: 0, yearKrw: 0, workingDays: 250, enoughKrw: null },
  joint: null,
  notes: [],
  ...change,
})
const proportional = split({
  method: 'proportional',
  rows: [row('A', 100_000, 72_222), row('B', 60_000, 43_333), row('C', 20_000, 14_445)],
})

describe('the shares of a plan', () => {
  it('stand beside the other methods, and add up to the won', () => {
    const table = makeShareTable([split(), proportional], 'duals')!
    // 180,000 alone, 130,000 together
    expect(table.sum).toEqual({ b1Krw: 180_000, shareKrw: 130_000, savingShare: 50 / 180 })
    expect(table.rows.map(({ alone, share }) => [alone, share])).toEqual([
      [1, 0.7],
      [0.6, 0.4],
      [0.2, 0.2],
    ])
    expect(table.rows.map(({ others }) => others)).toEqual(
      [72_222, 43_333, 14_445].map((krw) => [{ method: 'proportional', krw }]),
    )
  })

  it('are those of the first method where the one asked for is not there', () => {
    expect(makeShareTable([split(), proportional], 'shapley')?.chosen.method).toBe('duals')
    expect(makeShareTable([split(), proportional], 'proportional')?.others.map(({ method }) => method)).toEqual([
      'duals',
    ])
    expect(makeShareTable([], 'duals')).toBeUndefined()
  })

  it('mark the tightest group, which is never only firms that save nothing', () => {
    const idle = group(['C'], 20_000, 20_000)
    const pair = group(['A', 'B'], 112_000, 110_000)
    const rows = split().rows.map((each) => ({ ...each, tightest: each.firm === 'C' ? idle : pair }))
    const tight = split({ rows, stability: { ...split().stability, tightest: idle } })
    expect(tightestGroup(tight)).toEqual(pair)
    expect(makeShareTable([tight], 'duals')!.rows.map((each) => each.tight)).toEqual([true, true, false])
    expect(tightestGroup(split())).toBeUndefined()
  })

  it('are called stable only as far as was proved or looked', () => {
    const of = (change: Partial<Split['stability']>) =>
      verdictOf(split({ stability: { ...split().stability, ...change } }))
    expect(of({})).toBe('holds')
    // 5 % of 130,000
    expect(of({ provedUpToKrw: 6500 })).toBe('within')
    expect(of({ provedUpToKrw: 6501 })).toBe('holds')
    expect(of({ verdict: 'proved', provedUpToKrw: 0 })).toBe('proved')
    expect(of({ verdict: 'violated', provedUpToKrw: 4000 })).toBe('violated')
    expect(verdictOf(split({ rows: [row('A', 100_000, 100_000)] }))).toBe('single')
  })

  it('say how far a sample may be off', () => {
    expect(samplingErrorOf(split())).toBeUndefined()
    const rows = split().rows.map((each, index) => ({ ...each, standardErrorKrw: 100 * index }))
    expect(samplingErrorOf(split({ rows }))).toBe(200)
  })

  it('tell why a firm saves nothing', () => {
    const rows = [
      row('A', 100_000, 70_000),
      row('B', 50_000, 50_000),
      row('C', 20_000, 20_000, { ownKrw: 20_000 }),
      row('D', 10_000, 12_000),
      row('E', 0, 30_000, { missing: ['of E'] }),
    ]
    expect(idleFirms(split({ rows })).map(({ row: { firm }, reason }) => [firm, reason])).toEqual([
      ['B', 'limit'],
      ['C', 'own'],
      ['D', 'above'],
      ['E', 'missing'],
    ])
  })
})

describe('the methods', () => {
  it('are those of the solver, with its limit', () => {
    expect(METHODS).toEqual(METHOD_NAMES)
    expect(METHOD_LIMITS.find(({ name }) => name === 'nucleolus')?.mostFirms).toBe(MOST_FIRMS)
  })

  it('that are missing are either not computed yet or for fewer firms', () => {
    const quick = ['duals', 'proportional', 'equalProfit'].map((method) => split({ method: method as Split['method'] }))
    expect(missingMethods(quick)).toEqual([
      { method: 'shapley', tooMany: false },
      { method: 'nucleolus', tooMany: false },
    ])
    const rows = Array.from({ length: 13 }, (_, k) => row(`firm ${k}`, 1000, 900))
    const many = [...quick, split({ method: 'shapley' })].map((each) => ({ ...each, rows }))
    expect(missingMethods(many)).toEqual([{ method: 'nucleolus', tooMany: true }])
  })
})
