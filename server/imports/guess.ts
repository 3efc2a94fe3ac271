/** What a column of an unknown name may hold: by its name, and by what stands in its cells. A guess is shown to people, never acted on. */
import { isBusinessNumber } from '../../solver/index.ts'
import { looksLikeAddress } from '../geocode/address.ts'
import { readPhone } from '../phones.ts'
import { plain, readDate, readDegrees, readGear, readQuantity, readTime, readWeight } from './cells.ts'
import { type Column, type Header, type HeaderCell, type HeaderNames, readHeader, synonymsOf } from './columns.ts'
import type { ComplexData } from './complexData.ts'
import { likeness, Names } from './names.ts'

export interface Guess {
  readonly field: Column
  /** 0 to 1: how much name and cells speak for it */
  readonly score: number
}
export interface ColumnGuess extends HeaderCell {
  readonly guesses: readonly Guess[]
}

const SAMPLED_ROWS = 60
/** Below it a guess is noise. */
const LEAST_SCORE = 0.4
const SHOWN_GUESSES = 3

type Test = (text: string) => boolean
const reads = (cell: { readonly value: unknown } | { readonly fault: string }): boolean => 'value' in cell

/** By field, whether a cell could be one of it; fields whose cells may hold anything are known by their names alone. */
function testsFor(data: ComplexData): Partial<Record<Column, Test>> {
  const firms = new Names(data.firms)
  const places = new Names([...data.sites, ...data.firms])
  const number = (text: string): number => Number(text.replaceAll(',', ''))
  const isDate: Test = (text) => reads(readDate(text, '2026-01-01')) && !/^\d{1,4}$/.test(text)
  const isPlace: Test = (text) => places.find(text).length > 0
  const isPhone: Test = (text) => /^\+?0?\d/.test(text) && readPhone(text) !== undefined
  const isTime: Test = (text) => {
    const time = readTime(text, 'delivery', data.orders)
    return 'value' in time && Object.keys(time.value).length > 0
  }
  return {
    date: isDate,
    due: isDate,
    firm: (text) => firms.find(text).length > 0,
    businessNumber: isBusinessNumber,
    from: isPlace,
    to: isPlace,
    // a bare small number is rather a count
    weight: (text) => reads(readWeight(text)) && !(number(text) < 20),
    quantity: (text) => /\d/.test(text) && reads(readQuantity(text, '')) && !(number(text) > 100),
    pickupTime: isTime,
    deliveryTime: isTime,
    gear: (text) => {
      const gear = readGear(text)
      return 'value' in gear && gear.value !== undefined
    },
    phone: isPhone,
    fromPhone: isPhone,
    toPhone: isPhone,
    address: looksLikeAddress,
    fromAddress: looksLikeAddress,
    toAddress: looksLikeAddress,
    lat: (text) => within(text, 33, 39),
    lng: (text) => within(text, 124, 132),
  }
}

function within(text: string, low: number, high: number): boolean {
  const degrees = readDegrees(text)
  return (
    /\./.test(text) && 'value' in degrees && degrees.value !== undefined && degrees.value > low && degrees.value < high
  )
}

/** The columns that the header does not explain, each with the fields it may be; fields that are found already are out. */
export function guessColumns(
  header: Header,
  records: readonly (readonly string[])[],
  data: ComplexData,
): ColumnGuess[] {
  const tests = testsFor(data)
  const body = records.slice(header.record + 1)
  return header.unknown.map((cell): ColumnGuess => {
    const samples = body.map((record) => plain(record[cell.index] ?? '')).filter((text) => text !== '' && text !== '-')
    const shown = samples.slice(0, SAMPLED_ROWS)
    const guesses = (Object.keys(synonymsOf) as Column[])
      .filter((field) => !header.columns.has(field))
      .map((field): Guess => {
        const byName = Math.max(...synonymsOf[field].map((name) => likeness(cell.name, name)))
        const test = tests[field]
        const byCells = test && shown.length > 0 ? shown.filter(test).length / shown.length : 0
        // cells that cannot be of the field speak against it, whatever the name
        const score = test && shown.length > 0 ? (byCells < 0.5 ? 0 : 0.5 * byName + 0.5 * byCells) : 0.8 * byName
        return { field, score: Math.round(score * 100) / 100 }
      })
      .filter(({ score }) => score >= LEAST_SCORE)
      .sort((a, b) => b.score - a.score)
    return { ...cell, guesses: guesses.slice(0, SHOWN_GUESSES) }
  })
}

/** Each field to the column that it fits best; a column once. What a person would be asked to confirm. */
export function proposeMapping(columns: readonly ColumnGuess[]): Partial<Record<Column, string>> {
  const pairs = columns
    .flatMap(({ index, name, guesses }) => guesses.map((guess) => ({ ...guess, index, name })))
    // of equals the left one: pickups stand before deliveries
    .sort((a, b) => b.score - a.score || a.index - b.index)
  const mapping: Partial<Record<Column, string>> = {}
  const used = new Set<number>()
  for (const { field, index, name } of pairs) {
    if (mapping[field] !== undefined || used.has(index)) continue
    mapping[field] = name
    used.add(index)
  }
  return mapping
}

/** Where no name is known: the first row with the most filled cells that are no numbers stands for the names. */
export function widestRow(records: readonly (readonly string[])[], names: HeaderNames): Header | null {
  const words = (record: readonly string[]): number => record.filter((text) => /\p{L}/u.test(text)).length
  const first = records.slice(0, 20)
  const most = Math.max(0, ...first.map(words))
  const record = first.findIndex((cells) => words(cells) === most)
  return most < 2 ? null : readHeader(first[record]!, record, names)
}
