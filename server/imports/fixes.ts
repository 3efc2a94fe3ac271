/**
 * What a program can offer to mend a fault in its place. A fix is a change of cells, or of what a column is read as, that a person takes with
 * one key; `sure` ones are those that hardly anybody would choose otherwise, and that may be taken all at once.
 */
import type { Issue, Locale } from '../../solver/index.ts'
import { plain, readDate, readGear, readTime } from './cells.ts'
import type { Column, Field, Header, HeaderCell } from './columns.ts'
import { likeness } from './names.ts'
import type { RowReader } from './rowReader.ts'
import type { ImportCode } from './words.ts'

export interface CellChange {
  readonly row: number
  /** column of the file, the first is 0 */
  readonly column: number
  readonly text: string
}
export interface Fix {
  /** a verb and its object, in the language of the caller */
  readonly label: string
  readonly sure?: true
  readonly cells?: readonly CellChange[]
  /** reads the column as this, in all rows */
  readonly read?: { readonly field: Field; readonly column: string }
  /** leaves the row out */
  readonly skip?: number
}

export interface FixContext {
  readonly records: readonly (readonly string[])[]
  readonly header: Header
  readonly reader: RowReader
  readonly locale: Locale
  /** the day of most orders of the file, or the one that is planned */
  readonly day: string | undefined
}

/** A way to mend one cell: what it would say then. */
interface Offer {
  readonly text: string
  readonly label?: string
  readonly sure?: true
}
type Offers = (text: string, context: FixContext, row: number, cell: HeaderCell) => readonly Offer[]

const sure = (text: string | undefined): Offer[] => (text === undefined ? [] : [{ text, sure: true }])

/** 0,21 and O.5 and 850 정도: the figure that is meant. */
function numberIn(text: string): string | undefined {
  const found = /-?[\d.,]+/.exec(plain(text).replace(/[oO](?=[\d.,])|(?<=[\d.,])[oO]/g, '0'))?.[0]
  if (found === undefined || !/\d/.test(found)) return undefined
  // one comma that groups no thousands stands for the point
  const figure = /^\d*,\d{1,2}$/.test(found) || /^0,\d+$/.test(found) ? found.replace(',', '.') : found
  const bare = figure.replaceAll(',', '').replace(/\.$/, '').replace(/^-/, '')
  return Number(bare) > 0 ? bare : undefined
}
const isTonnes = ({ unit }: HeaderCell): boolean => /^(톤|t|ton|tons|tonnes?|mt)$/i.test(unit.trim())
const number = (value: number): string => String(Number(value.toPrecision(12)))

/** Kilograms that stand where tonnes are read. */
const asTonnes: Offers = (text, { locale }) => {
  const figure = Number(numberIn(text))
  return figure >= 100 ? [{ text: `${number(figure / 1000)}${tonnes(locale)}`, sure: true }] : []
}
const tonnes = (locale: Locale): string => (locale === 'ko' ? '톤' : 't')
const named =
  (column: 'firm' | 'from' | 'to'): Offers =>
  (text, { reader }) => {
    const names = reader.suggest(column, text)
    return names.map((name, index) => ({
      text: name,
      // of one letter or two that differ, where no other is as near
      ...(index === 0 &&
        (names.length === 1 || likeness(text, name) - likeness(text, names[1]!) > 0.1) && { sure: true }),
    }))
  }
const toDay: Offers = (_text, { day }) => (day === undefined ? [] : [{ text: day, sure: true }])
const asDate: Offers = (text, context, row, cell) => {
  const figures = plain(text).match(/\d+/g) ?? []
  const tried = [figures.slice(0, 3).join('-'), figures.slice(0, 2).join('-')]
  const read = tried.map((date) => readDate(date, context.day ?? null)).find((date) => 'value' in date)
  return read && 'value' in read ? sure(read.value) : toDay(text, context, row, cell)
}
const asTime =
  (side: 'pickup' | 'delivery'): Offers =>
  (text) => {
    const bare = plain(text).replace(/(\d)[.;](\d)/, '$1:$2')
    const tried = [
      bare,
      bare.replace(/^(\d{1,2})$/, '$1:00'),
      bare.replace(/^(\d{1,2})(\d{2})$/, '$1:$2'),
      bare.replace(/[^\d:~-]/g, ''),
    ]
    const halves = { morning: [0, 0], afternoon: [0, 0] } as const
    const found = tried.find((time) => {
      const read = readTime(time, side, halves)
      return /\d/.test(time) && 'value' in read && (read.value.fromS ?? read.value.untilS) !== undefined
    })
    return found === undefined || found === plain(text) ? [] : sure(found)
  }
const swapped: Offers = (text) => {
  const [, from, mark, until] = /^(.+?) ?(~|-|–) ?(.+?)$/.exec(plain(text)) ?? []
  return from === undefined ? [] : sure(`${until}${mark}${from}`)
}
const asGear: Offers = (text) => {
  const near = ['지게차', '크레인', '호이스트', '수작업']
    .map((word) => ({ word, like: likeness(text, word) }))
    .sort((a, b) => b.like - a.like)[0]!
  return near.like > 0.6 && 'value' in readGear(near.word) ? sure(near.word) : []
}
const empty =
  (ko: string, en: string): Offers =>
  (_text, { locale }) => [{ text: '', label: locale === 'ko' ? ko : en }]

const OFFERS: Partial<Record<ImportCode, Offers>> = {
  'weight.tooHeavy': asTonnes,
  'weight.maybeTonnes': (text, { locale }) => [{ text: `${plain(text)}${tonnes(locale)}`, sure: true }],
  'weight.notNumber': (text) => sure(numberIn(text)),
  'weight.notPositive': (text) => (numberIn(text) === undefined ? [] : [{ text: numberIn(text)! }]),
  'weight.unit': (text, { locale }, _row, cell) => {
    const figure = numberIn(text)
    if (figure === undefined) return []
    const both = [{ text: `${figure}kg` }, { text: `${figure}${tonnes(locale)}` }]
    return isTonnes(cell) ? both.reverse() : both
  },
  'piece.heavierThanShipment': empty('단중 지우기', 'Remove the piece weight'),
  'quantity.notNumber': (text) => sure(/[1-9]\d*/.exec(plain(text))?.[0]),
  'volume.notNumber': (text) => sure(numberIn(text)),
  'gear.unknown': asGear,
  'date.missing': toDay,
  'date.form': asDate,
  'date.notADay': asDate,
  'date.noYear': asDate,
  'date.far': toDay,
  'date.alone': (_text, { day }) => (day === undefined ? [] : [{ text: day }]),
  'date.dueBeforePickup': empty('하차일 지우기', 'Remove the delivery date'),
  'firm.unknown': named('firm'),
  'time.reversed': swapped,
  'id.duplicate': (text, { records, header }) => {
    const column = header.columns.get('id')!.index
    const taken = new Set(records.map((record) => plain(record[column] ?? '')))
    for (let k = 2; ; k++) if (!taken.has(`${plain(text)}-${k}`)) return [{ text: `${plain(text)}-${k}` }]
  },
  'businessNumber.form': empty('번호 지우기', 'Remove the number'),
}

/** Faults of which leaving the row out is as likely as anything. */
const LEAVE: readonly string[] = ['id.duplicate', 'row.repeated']

export function fixesOf(issue: Issue, context: FixContext): Fix[] {
  const { records, header, locale } = context
  const { row, code } = issue
  if (row === undefined) return []
  const ko = locale === 'ko'
  const [field, cell] = [...header.columns].find(([, { name }]) => name === issue.column) ?? []
  const skip: Fix[] = LEAVE.includes(code) ? [{ label: ko ? '이 행 빼기' : 'Leave this row out', skip: row }] : []
  if (cell === undefined || field === undefined) return skip
  const text = records[row - 1]?.[cell.index] ?? ''
  const offers = offersFor(code, field)?.(text, context, row, cell) ?? []
  const cells = offers
    .filter((offer) => offer.text !== text)
    .map(
      ({ text, label, sure }): Fix => ({
        label: label ?? (ko ? `${text}${particle(text)}` : text),
        ...(sure && { sure }),
        cells: [{ row, column: cell.index, text }],
      }),
    )
  return [...cells, ...swapDegrees(code, row, context), ...wholeColumn(code, cell, ko), ...skip]
}

function offersFor(code: string, field: Column): Offers | undefined {
  if (code === 'site.unknown' || code === 'name.ambiguous')
    return named(field === 'firm' ? 'firm' : field === 'to' ? 'to' : 'from')
  if (code === 'time.form') return asTime(field === 'pickupTime' ? 'pickup' : 'delivery')
  return OFFERS[code as ImportCode]
}

/** 0.56톤으로, 시사출센터로, 11/23로 */
function particle(text: string): string {
  const last = text.charCodeAt(text.length - 1) - 0xac00
  if (last >= 0 && last < 11_172) return last % 28 === 0 || last % 28 === 8 ? '로' : '으로'
  // digits as they are read: 영, 삼, 육 end in a consonant
  return /[036kgm]$/.test(text) ? '으로' : '로'
}

function wholeColumn(code: string, cell: HeaderCell, ko: boolean): Fix[] {
  if (code === 'weight.tooHeavy' && isTonnes(cell))
    return [
      {
        label: ko ? '이 열 전체를 kg로 읽기' : 'Read the whole column in kg',
        read: { field: 'weightKg', column: cell.name },
      },
    ]
  if (code === 'weight.maybeTonnes')
    return [
      {
        label: ko ? '이 열 전체를 톤으로 읽기' : 'Read the whole column in tonnes',
        read: { field: 'weightT', column: cell.name },
      },
    ]
  return []
}

function swapDegrees(code: string, row: number, { header, records, locale }: FixContext): Fix[] {
  if (code !== 'coordinates.swapped') return []
  const record = records[row - 1] ?? []
  for (const [latColumn, lngColumn] of [
    ['lat', 'lng'],
    ['fromLat', 'fromLng'],
    ['toLat', 'toLng'],
  ] as const) {
    const [lat, lng] = [header.columns.get(latColumn)?.index, header.columns.get(lngColumn)?.index]
    if (lat === undefined || lng === undefined || !(Number(plain(record[lat] ?? '')) > 100)) continue
    const cells = [
      { row, column: lat, text: record[lng] ?? '' },
      { row, column: lng, text: record[lat] ?? '' },
    ]
    return [{ label: locale === 'ko' ? '위도와 경도 맞바꾸기' : 'Swap latitude and longitude', sure: true, cells }]
  }
  return []
}
