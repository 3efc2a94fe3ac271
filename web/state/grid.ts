/** Orders on their way in, as a grid that somebody mends: pure values, so that every change can be taken back. Rows keep their number. */

export const ORIGINS = ['file', 'paste', 'hand', 'repeat', 'day'] as const
export interface Draft {
  readonly origin: (typeof ORIGINS)[number]
  readonly name: string
  /** the day that is planned; of `day`: whose orders these are */
  readonly date: string
  readonly rows: readonly (readonly string[])[]
  /** our field → name of the column, where its name does not say it */
  readonly mapping: Readonly<Record<string, string>>
  /** columns that are not to be read */
  readonly ignored: readonly number[]
  /** rows that are left out; the first row is 1 */
  readonly skip: readonly number[]
  /** rows that are in the plan by now */
  readonly done: readonly number[]
  /** warnings that somebody has said to be right */
  readonly agreed: readonly string[]
  /** what the service proposed for unknown columns was taken over once */
  readonly proposed: boolean
  /** names of columns whose meaning is a guess that nobody has confirmed */
  readonly guessed: readonly string[]
  /** of `day`: the problem that stood, and its rows as they came */
  readonly standing?: { readonly problem: string | null; readonly rows: readonly (readonly string[])[] }
}
export interface CellText {
  readonly row: number
  readonly column: number
  readonly text: string
}
/** Row 1, column 0 is the first cell. */
export interface Spot {
  readonly row: number
  readonly column: number
}

export const makeDraft = (given: Pick<Draft, 'origin' | 'name' | 'date' | 'rows'> & Partial<Draft>): Draft => ({
  mapping: {},
  ignored: [],
  skip: [],
  done: [],
  agreed: [],
  proposed: false,
  guessed: [],
  ...given,
})

/** The columns of a grid that is filled by hand, by names that every import knows. */
export const HAND_HEADS = {
  ko: ['업체명', '상차지', '하차지', '품목', '중량(kg)', '수량', '상차시간', '도착요청', '상하차방식', '비고'],
  en: ['Firm', 'From', 'To', 'Item', 'Weight (kg)', 'Quantity', 'Pickup time', 'Delivery time', 'Handling', 'Note'],
} as const
const HAND_ROWS = 15
export function handDraft(date: string, name: string, language: keyof typeof HAND_HEADS): Draft {
  const heads = HAND_HEADS[language]
  const rows = [heads, ...Array.from({ length: HAND_ROWS }, () => heads.map(() => ''))]
  return makeDraft({ origin: 'hand', name, date, rows, proposed: true })
}

/** What a spreadsheet puts on the clipboard: tabs and lines, quotation marks around cells with either in them. */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') cell += text[++at]
      else if (sign === '"') quoted = false
      else cell += sign
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === '\t' || sign === '\n') {
      rows.at(-1)!.push(cell)
      cell = ''
      if (sign === '\n') rows.push([])
    } else if (sign !== '\r') cell += sign
  }
  rows.at(-1)!.push(cell)
  // the last line ends too
  if (rows.length > 1 && rows.at(-1)!.length === 1 && rows.at(-1)![0] === '') rows.pop()
  return rows
}
export const writeTsv = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => row.map((cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t'))
    .join('\n')

export const textAt = ({ rows }: Draft, { row, column }: Spot): string => rows[row - 1]?.[column] ?? ''

/** The grid with these cells, and with as many rows and columns as they need. */
export function setCells(draft: Draft, cells: readonly CellText[]): Draft {
  const changes = cells.filter((cell) => textAt(draft, cell) !== cell.text)
  if (changes.length === 0) return draft
  const rows = [...draft.rows]
  const width = Math.max(rows[0]?.length ?? 0, 1)
  const last = Math.max(...changes.map(({ row }) => row))
  while (rows.length < last) rows.push(Array(width).fill(''))
  for (const [row, ofRow] of Map.groupBy(changes, ({ row }) => row)) {
    const filled = [...rows[row - 1]!]
    for (const { column, text } of ofRow) {
      while (filled.length <= column) filled.push('')
      filled[column] = text
    }
    rows[row - 1] = filled
  }
  return { ...draft, rows }
}

export const pasteAt = (draft: Draft, at: Spot, block: readonly (readonly string[])[]): Draft =>
  setCells(
    draft,
    block.flatMap((row, down) => row.map((text, right) => ({ row: at.row + down, column: at.column + right, text }))),
  )

export const addRow = (draft: Draft): Draft => ({
  ...draft,
  rows: [...draft.rows, Array(Math.max(draft.rows[0]?.length ?? 1, 1)).fill('')],
})

export const toggleSkip = (draft: Draft, rows: readonly number[]): Draft => {
  const all = rows.every((row) => draft.skip.includes(row))
  const others = draft.skip.filter((row) => !rows.includes(row))
  return { ...draft, skip: all ? others : [...others, ...rows].sort((a, b) => a - b) }
}

/** Fields of one thing in different units. */
const SAME: readonly (readonly string[])[] = [
  ['weight', 'weightKg', 'weightT'],
  ['piece', 'pieceKg', 'pieceT'],
  ['volume', 'volumeL', 'volumeM3'],
]
/** The column of this name is read as this; `undefined`: it is not read. */
export function readColumn(draft: Draft, index: number, name: string, field: string | undefined): Draft {
  const alike = SAME.find((fields) => field !== undefined && fields.includes(field)) ?? [field]
  const rest = Object.entries(draft.mapping).filter(([known, column]) => column !== name && !alike.includes(known))
  return {
    ...draft,
    mapping: Object.fromEntries(field === undefined ? rest : [...rest, [field, name]]),
    ignored: [...draft.ignored.filter((other) => other !== index), ...(field === undefined ? [index] : [])],
    guessed: draft.guessed.filter((guessed) => guessed !== name),
  }
}

/** Rows without names of columns get letters for names, which a mapping can speak of. */
export function nameColumns(draft: Draft): Draft {
  const width = Math.max(1, ...draft.rows.map((row) => row.length))
  const names = Array.from({ length: width }, (_, column) => letterOf(column))
  return { ...draft, rows: [names, ...draft.rows] }
}
/** A, B … Z, AA as a spreadsheet has them. */
export const letterOf = (column: number): string =>
  (column >= 26 ? letterOf(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))

/** What goes to the service: columns that are not to be read lose their name. `headerRow`: the first row is 1. */
export const rowsToSend = ({ rows, ignored }: Draft, headerRow: number | undefined): readonly (readonly string[])[] =>
  ignored.length === 0 || headerRow === undefined
    ? rows
    : rows.map((row, index) =>
        index === headerRow - 1 ? row.map((cell, k) => (ignored.includes(k) ? '' : cell)) : row,
      )
export const skipToSend = ({ skip, done }: Draft): number[] => [...new Set([...skip, ...done])].sort((a, b) => a - b)

const DAY_MS = 86_400_000
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
/** The orders of an earlier day on another: every ISO date in them moves as far. */
export const moveOrders = (rows: readonly (readonly string[])[], from: string, to: string): string[][] =>
  rows.map((row) => row.map((cell) => (/^\d{4}-\d{2}-\d{2}$/.test(cell) ? addDays(cell, daysBetween(from, to)) : cell)))
/** The same weekday a week before or the last of it with orders; else the last day before; else any. */
export function dayToRepeat<T extends { readonly date: string; readonly shipments: number }>(
  days: readonly T[],
  date: string,
): T | undefined {
  const filled = days.filter((day) => day.shipments > 0 && day.date !== date)
  const before = filled.filter((day) => day.date < date).reverse()
  return before.find((day) => daysBetween(day.date, date) % 7 === 0) ?? before[0] ?? filled[0]
}

/** Of a day that is edited: what has to be sent. Rows with faults wait in the grid. */
const isChanged = (row: readonly string[], base: readonly string[] = []): boolean =>
  row.some((cell) => cell.trim() !== '') && row.join('\t') !== base.join('\t')

export function changesOf({ rows, standing, skip }: Draft, faulty: readonly number[]) {
  const base = standing?.rows ?? []
  const id = (row: readonly string[] | undefined) => row?.[0]?.trim() ?? ''
  const changed = rows.flatMap((row, index) =>
    index > 0 && isChanged(row, base[index]) && !skip.includes(index + 1) && !faulty.includes(index + 1) ? [row] : [],
  )
  const removed = base.flatMap((row, index) => {
    const now = rows[index]
    const emptied = now === undefined || now.every((cell) => cell.trim() === '')
    // a number that was written over is another order
    const renamed = id(now) !== id(row) && !faulty.includes(index + 1)
    return index > 0 && id(row) !== '' && (skip.includes(index + 1) || emptied || renamed) ? [id(row)] : []
  })
  return { rows: changed.length > 0 ? [rows[0]!, ...changed] : [], removed }
}

/** After a part was stored: the day as it stands now, with the rows that are still to be mended. */
export function rebase(draft: Draft, fresh: NonNullable<Draft['standing']>, faulty: readonly number[]): Draft {
  const rows = [...fresh.rows]
  for (const row of faulty.map((number) => draft.rows[number - 1]!)) {
    const at = rows.findIndex((other, index) => index > 0 && other[0] === row[0] && row[0] !== '')
    if (at >= 0) rows[at] = row
    else rows.push(row)
  }
  return { ...draft, rows, standing: fresh, skip: [], done: [], agreed: [] }
}

/** The day has changed meanwhile: what was mended here, on what stands there now. */
export function mergeOnto(draft: Draft, fresh: NonNullable<Draft['standing']>): Draft {
  const { rows, skip, standing } = draft
  const changed = rows.flatMap((row, index) =>
    index > 0 && isChanged(row, standing?.rows[index]) && !skip.includes(index + 1) ? [index + 1] : [],
  )
  const gone = new Set(skip.map((row) => rows[row - 1]?.[0] ?? ''))
  const merged = rebase(draft, fresh, changed)
  return {
    ...merged,
    skip: merged.rows.flatMap((row, index) => (index > 0 && gone.has(row[0] ?? '') ? [index + 1] : [])),
  }
}
