import { describe, expect, it } from 'vitest'
import type { Review } from '../../server/api.ts'
import { cellsOfFix, nextFault, readFaults, sureMends } from '../../web/state/faults.ts'
import {
  changesOf,
  dayToRepeat,
  handDraft,
  letterOf,
  makeDraft,
  mergeOnto,
  moveOrders,
  nameColumns,
  parseTsv,
  pasteAt,
  readColumn,
  rebase,
  rowsToSend,
  setCells,
  textAt,
  toggleSkip,
  writeTsv,
} from '../../web/state/grid.ts'

const draft = makeDraft({
  origin: 'file',
  name: 'a.csv',
  date: '2026-11-23',
  rows: [
    ['업체명', '중량', '비고'],
    ['금형A01', '1', ''],
    ['금헝A02', '560', ''],
    ['금헝A02', '2', ''],
  ],
})

describe('a grid of orders', () => {
  it('takes what a spreadsheet copies, line breaks in cells too, and gives it back the same', () => {
    const rows = [
      ['a', 'b "c"', 'two\nlines'],
      ['', 'tab\there', ''],
    ]
    expect(parseTsv(`${writeTsv(rows)}\r\n`)).toEqual(rows)
    expect(parseTsv('1\t2\r\n3\t4\r\n')).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
  })

  it('grows for a block that is pasted at its edge, and does not change where nothing does', () => {
    const grown = pasteAt(draft, { row: 4, column: 2 }, [['x', 'y'], ['z']])
    expect([textAt(grown, { row: 4, column: 3 }), textAt(grown, { row: 5, column: 2 })]).toEqual(['y', 'z'])
    expect(draft.rows).toHaveLength(4)
    expect(setCells(draft, [{ row: 2, column: 1, text: '1' }])).toBe(draft)
  })

  it('says of one column what it is, and of no two the same', () => {
    const told = readColumn(readColumn(draft, 1, '중량', 'weightT'), 2, '비고', 'weightKg')
    expect(told.mapping).toEqual({ weightKg: '비고' })
    const ignored = readColumn(told, 2, '비고', undefined)
    expect([ignored.mapping, ignored.ignored]).toEqual([{}, [2]])
    expect(rowsToSend(ignored, 1)[0]).toEqual(['업체명', '중량', ''])
  })

  it('gives letters to columns without names', () => {
    expect([0, 25, 26, 701].map(letterOf)).toEqual(['A', 'Z', 'AA', 'ZZ'])
    expect(nameColumns({ ...draft, rows: [['1', '2', '3']] }).rows[0]).toEqual(['A', 'B', 'C'])
    expect(handDraft('2026-11-23', 'x', 'en').rows[0]?.[0]).toBe('Firm')
  })

  it('moves the orders of an earlier day with their dates, and finds the same weekday first', () => {
    expect(moveOrders([['2026-11-16', '2026-11-17', '09:00']], '2026-11-16', '2026-11-23')).toEqual([
      ['2026-11-23', '2026-11-24', '09:00'],
    ])
    const days = ['2026-11-09', '2026-11-20', '2026-11-23', '2026-11-30'].map((date) => ({ date, shipments: 3 }))
    expect(dayToRepeat(days, '2026-11-23')?.date).toBe('2026-11-09')
    expect(dayToRepeat(days, '2026-11-24')?.date).toBe('2026-11-23')
    expect(dayToRepeat([{ date: '2026-11-25', shipments: 0 }], '2026-11-24')).toBeUndefined()
  })

  it('of a day that is edited sends what has changed, and keeps rows with faults for later', () => {
    const rows = [
      ['접수번호', '중량'],
      ['G1', '1'],
      ['G2', '2'],
      ['G3', '3'],
    ]
    const day = makeDraft({ origin: 'day', name: 'd', date: '2026-11-23', rows, standing: { problem: 'p', rows } })
    const edited = toggleSkip(
      setCells(day, [
        { row: 2, column: 1, text: '9' },
        { row: 3, column: 1, text: 'x' },
        { row: 5, column: 1, text: '7' },
      ]),
      [4],
    )
    expect(changesOf(edited, [3])).toEqual({
      rows: [
        ['접수번호', '중량'],
        ['G1', '9'],
        ['', '7'],
      ],
      removed: ['G3'],
    })
    const fresh = { problem: 'q', rows: [rows[0]!, ['G1', '9'], ['G2', '2'], ['h1', '7']] }
    const left = rebase(edited, fresh, [3])
    expect(left.rows).toEqual([rows[0], ['G1', '9'], ['G2', 'x'], ['h1', '7']])
    expect(changesOf(left, []).rows).toEqual([rows[0], ['G2', 'x']])
    // somebody else has changed the day: G2 is gone, G4 is new
    const others = { problem: 'r', rows: [rows[0]!, ['G1', '1'], ['G3', '3'], ['G4', '4']] }
    const merged = mergeOnto(edited, others)
    expect([merged.rows.slice(1), merged.skip]).toEqual([
      [
        ['G1', '9'],
        ['G3', '3'],
        ['G4', '4'],
        ['G2', 'x'],
        ['', '7'],
      ],
      [3],
    ])
  })
})

const issue = (
  code: string,
  row: number,
  cell: number,
  message: string,
  fixes: Review['issues'][number]['fixes'] = [],
) => ({
  code,
  severity: code.startsWith('weight.maybe') ? ('warning' as const) : ('error' as const),
  path: `row ${row}`,
  row,
  cell,
  column: '업체명',
  message,
  remedy: 'r',
  fixes,
})
const fix = (row: number, column: number, text: string) => ({
  label: text,
  sure: true as const,
  cells: [{ row, column, text }],
})
const review: Review = {
  columns: [],
  rows: [],
  mapping: {},
  missing: [],
  readAs: [{ kind: 'wide', column: 1, from: '１', to: '1', rows: [2] }],
  faulty: [3, 4],
  waiting: [],
  orders: 1,
  days: [],
  issues: [
    issue('firm.unknown', 3, 0, '금헝A02?', [fix(3, 0, '금형A02')]),
    issue('weight.tooHeavy', 3, 1, '560'),
    issue('firm.unknown', 4, 0, '금헝A02?', [fix(4, 0, '금형A02')]),
    issue('weight.maybeTonnes', 2, 1, '1?'),
    { ...issue('row.total', 9, 0, 'total'), severity: 'warning' },
  ],
}

describe('the places to mend', () => {
  it('are one for the same slip in many rows, mended in all of them at once', () => {
    const faults = readFaults(review, draft)
    expect(faults.mends.map(({ level, spots }) => [level, spots.length])).toEqual([
      ['error', 2],
      ['error', 1],
      ['check', 1],
    ])
    expect(faults.counts).toEqual({ error: 2, check: 1, wait: 0, auto: 2 })
    const [mend] = sureMends(faults.mends)
    expect(cellsOfFix(mend!, mend!.fixes[0]!)).toEqual([
      { row: 3, column: 0, text: '금형A02' },
      { row: 4, column: 0, text: '금형A02' },
    ])
    // a warning stands above what was read in silence
    expect(faults.marks.get('2 1')?.level).toBe('check')
    expect(faults.passed).toEqual(new Set([9]))
  })

  it('are gone round in reading order, and a warning that was agreed to is gone', () => {
    const faults = readFaults(review, draft)
    expect(nextFault(faults, undefined)).toEqual({ row: 3, column: 0 })
    expect(nextFault(faults, { row: 3, column: 0 })).toEqual({ row: 3, column: 1 })
    expect(nextFault(faults, { row: 4, column: 0 })).toEqual({ row: 3, column: 0 })
    const agreed = faults.mends.find(({ level }) => level === 'check')!.key
    expect(readFaults(review, { ...draft, agreed: [agreed] }).counts.check).toBe(0)
    const waiting = readFaults({ ...review, waiting: [3, 4], faulty: [] }, draft)
    expect(waiting.counts).toMatchObject({ error: 0, wait: 2 })
  })
})
