/** Cells of an order sheet as people write them. Each reader gives a value or the code of the fault, never a guess. */
import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat.js'
import type { Gear } from '../../solver/index.ts'
import type { ImportCode } from './words.ts'

dayjs.extend(customParseFormat)

export type Cell<T> = { readonly value: T } | { readonly fault: ImportCode }

/** Full-width digits and signs to ordinary ones, spaces to one. */
export const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim()

const NUMBER = String.raw`[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?`
const WITH_UNIT = new RegExp(`^(?:약 ?)?(${NUMBER}) ?([^\\d.,+−-]*)$`, 'u')
const FORMULA_ERROR = /^#(REF|VALUE|N\/A|NAME|DIV\/0|NULL|NUM)/i

/** `1,200 kg` → 1200 and "kg". Not a number, or a comma in the wrong place: null. */
function splitNumber(text: string): { readonly amount: number; readonly unit: string } | null {
  const match = WITH_UNIT.exec(text)
  if (!match || !/\d/.test(match[1])) return null
  return { amount: Number(match[1].replaceAll(',', '').replace('−', '-')), unit: match[2].trim().toLowerCase() }
}

const TONNES = new Set(['톤', 't', 'ton', 'tons', 'tonne', 'tonnes', 'mt'])
const KILOGRAMS = new Set(['kg', 'kgs', '킬로', '킬로그램', 'k'])
const PALLETS = new Set(['파렛트', '팔레트', '파레트', '빠레트', 'plt', 'plts', 'pl', 'pallet', 'pallets', 'p'])
const COUNTS = new Set([
  '',
  'ea',
  '개',
  'pcs',
  'pc',
  'box',
  '박스',
  'bx',
  '세트',
  'set',
  '본',
  '매',
  '식',
  '벌',
  'c/t',
  'ct',
])

/** Kilograms. A unit in the cell wins over `headerUnit`; without either the figure is in kg. */
export function readWeight(
  cell: string,
  headerUnit = '',
): Cell<{ readonly kg: number; readonly maybeTonnes: boolean }> {
  const text = plain(cell)
  if (text === '' || text === '-') return { fault: 'weight.missing' }
  if (FORMULA_ERROR.test(text)) return { fault: 'cell.formulaError' }
  const number = splitNumber(text)
  if (!number) return { fault: 'weight.notNumber' }
  const unit = number.unit || headerUnit.toLowerCase()
  if (PALLETS.has(unit) || (COUNTS.has(unit) && unit !== '')) return { fault: 'weight.notWeight' }
  if (unit !== '' && !TONNES.has(unit) && !KILOGRAMS.has(unit)) return { fault: 'weight.unit' }
  // whole grams: 1.235 t is 1235 kg, not 1234.9999
  const kg = TONNES.has(unit) ? Math.round(number.amount * 1e6) / 1e3 : number.amount
  if (kg <= 0) return { fault: 'weight.notPositive' }
  if (kg > 100_000) return { fault: 'weight.tooHeavy' }
  const maybeTonnes = number.unit === '' && !TONNES.has(unit) && kg < 20 && !Number.isInteger(kg)
  return { value: { kg, maybeTonnes } }
}

/** Pieces or pallet places. The unit stands in the cell, in the unit column, or nowhere (''); undefined: no pieces are named. */
export function readQuantity(
  cell: string,
  unitCell: string,
): Cell<{ readonly count: number; readonly pallets: boolean; readonly unit?: string }> {
  const text = plain(cell)
  if (text === '' || text === '-') return { value: { count: 1, pallets: false } }
  const number = splitNumber(text)
  if (!number || !Number.isInteger(number.amount) || number.amount < 1 || number.amount > 10_000)
    return { fault: 'quantity.notNumber' }
  const unit = number.unit || plain(unitCell).toLowerCase()
  if (PALLETS.has(unit))
    return number.amount > 100 ? { fault: 'quantity.notNumber' } : { value: { count: number.amount, pallets: true } }
  return { value: { count: number.amount, pallets: false, unit: unit.toUpperCase() } }
}

/** Litres; without a unit cubic metres, as freight sheets count. */
export function readVolume(cell: string, headerUnit = ''): Cell<number> {
  const number = splitNumber(plain(cell).replace(/m3$/i, 'cbm')) // a unit has no digits
  const unit = (number?.unit || headerUnit.toLowerCase()).normalize('NFKC')
  const litres = ['l', '리터'].includes(unit) ? 1 : ['', 'm3', 'cbm', '루베', '입방미터'].includes(unit) ? 1000 : 0
  if (!number || litres === 0 || number.amount < 0 || number.amount * litres > 200_000)
    return { fault: 'volume.notNumber' }
  return { value: Math.round(number.amount * litres * 10) / 10 }
}

const EXCEL_EPOCH = '1899-12-30' // day 0 of Excel's serials, once its false 29 February 1900 is counted
const DATE_FORMS: readonly RegExp[] = [
  /^(?<y>\d{4}) ?[-./년] ?(?<m>\d{1,2}) ?[-./월] ?(?<d>\d{1,2}) ?[일.]?$/,
  /^'?(?<y>\d{2})[-./](?<m>\d{1,2})[-./](?<d>\d{1,2})\.?$/,
  /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
  /^(?<m>\d{1,2}) ?[-./월] ?(?<d>\d{1,2}) ?일?$/,
]

/** ISO date. A date without a year takes the year that brings it nearest to `near`. */
export function readDate(cell: string, near: string | null): Cell<string> {
  const text = plain(cell)
    .replace(/\s*\(?[일월화수목금토]\)|\s*[일월화수목금토]요일/g, '')
    .replace(/[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, '')
    .trim()
  if (FORMULA_ERROR.test(text)) return { fault: 'cell.formulaError' }
  if (/^[34567]\d{4}(\.\d+)?$/.test(text))
    return {
      value: dayjs(EXCEL_EPOCH)
        .add(Math.floor(Number(text)), 'day')
        .format('YYYY-MM-DD'),
    }
  for (const form of DATE_FORMS) {
    const found = form.exec(text)?.groups
    if (!found) continue
    if (found.y === undefined && near === null) return { fault: 'date.noYear' }
    const years = found.y ? [found.y.length === 2 ? `20${found.y}` : found.y] : nearYears(near!)
    const dates = years
      .map((year) => dayjs(`${year}-${found.m.padStart(2, '0')}-${found.d.padStart(2, '0')}`, 'YYYY-MM-DD', true))
      .filter((date) => date.isValid())
    if (dates.length === 0) return { fault: 'date.notADay' }
    const distance = (date: dayjs.Dayjs): number => (near === null ? 0 : Math.abs(date.diff(near, 'day')))
    return { value: dates.reduce((best, date) => (distance(date) < distance(best) ? date : best)).format('YYYY-MM-DD') }
  }
  return { fault: 'date.form' }
}

/** False for 2026-02-30. */
export const isCalendarDay = (date: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) && 'value' in readDate(date, null)

const nearYears = (near: string): string[] => [-1, 0, 1].map((step) => String(Number(near.slice(0, 4)) + step))

/** Days from one ISO date to another. */
export const daysBetween = (from: string, to: string): number => dayjs(to).diff(dayjs(from), 'day')

/** When a visit was asked for, seconds since midnight. `nextDay`: 익일. `sameDay`: 당일. */
export interface TimeRequest {
  readonly fromS?: number
  readonly untilS?: number
  readonly nextDay?: boolean
  readonly sameDay?: boolean
}

const CLOCK =
  /^(?:(?<before>오전|오후|am|pm) ?)?(?<hour>\d{1,2})(?<mark>[:시])? ?(?:(?<minute>\d{2})분?)?(?: ?(?<after>am|pm))?$/

/** Seconds since midnight. `afternoon`: an hour that comes after one of the afternoon, as in 오후 2시~4시. */
function readClock(text: string, afternoon = false): number | null {
  const found = CLOCK.exec(text.trim())?.groups
  if (!found) return null
  const half = found.before ?? found.after ?? (afternoon ? 'pm' : undefined)
  if (found.mark === undefined && (half === undefined || found.minute !== undefined)) return null // 14 may be anything
  const late = half === '오후' || half === 'pm'
  const hour = Number(found.hour) + (late && Number(found.hour) < 12 ? 12 : 0)
  const midnight = !late && half !== undefined && hour === 12
  const minutes = (midnight ? 0 : hour) * 60 + Number(found.minute ?? 0)
  return Number(found.minute ?? 0) < 60 && minutes <= 24 * 60 ? minutes * 60 : null
}

/** 0.375 of a day: 09:00. */
function clockOfPart(part: number): string {
  const minutes = Math.round(part * 24 * 60)
  return [Math.floor(minutes / 60), minutes % 60].map((figure) => String(figure).padStart(2, '0')).join(':')
}

type Halves = { readonly morning: readonly [number, number]; readonly afternoon: readonly [number, number] }

/**
 * 오전, 오후, 14:00까지, ~14:00, 10시 이후, 09:00-11:00, 오후 2시, 익일, 당일. A bare time is the latest for a delivery and the
 * earliest for a pickup.
 */
export function readTime(cell: string, side: 'pickup' | 'delivery', halves: Halves): Cell<TimeRequest> {
  let text = plain(cell).toLowerCase()
  if (FORMULA_ERROR.test(text)) return { fault: 'cell.formulaError' }
  const nextDay = /익일|내착|next day/.test(text)
  const sameDay = /당일|당착|same day/.test(text)
  // a cell with a day and a time, and the part of a day that a spreadsheet keeps for a time
  text = text.replace(/^\d{4}-\d{2}-\d{2} (?=\d{1,2}:\d{2}$)/, '')
  if (/^0?\.\d+$/.test(text)) text = clockOfPart(Number(text))
  const day: TimeRequest = { ...(nextDay && { nextDay }), ...(sameDay && { sameDay }) }
  text = text.replace(/익일|내착|next day|당일|당착|same day|도착|상차|하차|요청|중$/g, '').trim()
  if (text === '' || /^(-|무관|상관없음|아무때나|종일|any|any ?time)$/.test(text)) return { value: day }
  const half = /^(오전|am|morning)$/.test(text)
    ? halves.morning
    : /^(오후|pm|afternoon)$/.test(text)
      ? halves.afternoon
      : null
  if (half) return { value: { ...day, fromS: half[0], untilS: half[1] } }

  const range = /^(.+?) ?(?:~|-|–|부터|to) ?([^~–-]+?)(?: ?(?:까지|사이))?$/.exec(text)
  if (range) {
    const fromS = readClock(range[1])
    const untilS = readClock(range[2], /^(오후|pm)/.test(range[1]))
    if (fromS === null || untilS === null) return { fault: 'time.form' }
    return fromS > untilS ? { fault: 'time.reversed' } : { value: { ...day, fromS, untilS } }
  }
  const until = /^(?:~|-|by |before |until )(.+)$|^(.+?) ?(?:까지|이전|전|내)$/.exec(text)
  const since = /^(?:from |after )(.+)$|^(.+?) ?(?:이후|부터|후|~|-)$/.exec(text)
  const bound = until ?? since
  const clock = readClock(bound ? (bound[1] ?? bound[2]) : text)
  if (clock === null) return { fault: 'time.form' }
  const isEarliest = bound ? since !== null : side === 'pickup'
  return { value: isEarliest ? { ...day, fromS: clock } : { ...day, untilS: clock } }
}

const GEAR_WORDS: readonly (readonly [Gear, RegExp])[] = [
  ['hand', /수작업|까대기|손|인력|hand/],
  ['forklift', /지게차|포크|forklift/],
  ['hoist', /호이스트|hoist/],
  ['crane', /크레인|crane/],
]

/** Gear that may lift it; undefined: nothing was said. */
export function readGear(cell: string): Cell<Gear[] | undefined> {
  const text = plain(cell).toLowerCase()
  if (text === '' || text === '-' || text === '무관') return { value: undefined }
  const gears = GEAR_WORDS.filter(([, words]) => words.test(text)).map(([gear]) => gear)
  return gears.length > 0 ? { value: gears } : { fault: 'gear.unknown' }
}

/** Decimal degrees. */
export function readDegrees(cell: string): Cell<number | undefined> {
  const text = plain(cell).replace(/°$/, '')
  if (text === '' || text === '-') return { value: undefined }
  return /^-?\d{1,3}(\.\d+)?$/.test(text) ? { value: Number(text) } : { fault: 'coordinates.form' }
}
