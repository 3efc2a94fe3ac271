/** Every number, date and time a person reads. Rounding is for display only: sums are made of the integers. */
import type { TruckClass } from '../solver/index.ts'

export type Language = 'ko' | 'en'

const MINUS = '\u2212'
const THIN = '\u202f'
const DASH = '\u2013'

/** A figure and its unit apart, so that the unit can be set smaller. */
export interface Figure {
  readonly before: string
  readonly digits: string
  readonly after: string
}

export interface Formats {
  readonly language: Language
  readonly whole: (value: number) => string
  readonly krw: (value: number) => string
  readonly krwFigure: (value: number, signed?: boolean) => Figure
  /** With + or −, ±0 for none. */
  readonly krwDifference: (value: number) => string
  readonly difference: (value: number) => string
  /** 250만 / 2.5M: axes only. */
  readonly krwAxis: (value: number) => string
  readonly share: (value: number) => string
  readonly km: (metres: number) => string
  readonly kmDigits: (metres: number) => string
  readonly kg: (value: number) => string
  readonly co2: (grams: number) => string
  readonly litres: (millilitres: number) => string
  readonly co2Figure: (grams: number) => Figure
  /** Of thousandths (metres, millilitres, grams), with one decimal and its sign. */
  readonly thousandthsDifference: (value: number) => string
  readonly quantity: (value: number, unit: string | undefined) => string
  readonly truck: (truck: TruckClass) => string
  readonly duration: (seconds: number) => string
  readonly seconds: (value: number, decimals?: number) => string
  readonly date: (isoDate: string) => string
  readonly shortDate: (isoDate: string) => string
}

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const oneDecimal = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const upToOneDecimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

/** `-0` and roundings to zero never show a sign. */
const withMinus = (text: string): string => (/^-[0.,]*$/.test(text) ? text.slice(1) : text.replace('-', MINUS))
const whole = (value: number): string => withMinus(grouped.format(value))
const difference = (value: number): string =>
  Math.round(value) === 0 ? '±0' : value > 0 ? `+${whole(value)}` : whole(value)

export function makeFormats(language: Language): Formats {
  const ko = language === 'ko'
  const share = (value: number) => `${withMinus(oneDecimal.format(value * 100))}${THIN}%`
  const kmDigits = (metres: number) => withMinus(oneDecimal.format(metres / 1000))
  const kg = (value: number) => `${whole(value)} kg`
  const co2Figure = (grams: number): Figure => ({ before: '', digits: kmDigits(grams), after: ' kg' })
  const thousandthsDifference = (value: number) => {
    const digits = kmDigits(value)
    return digits === '0.0' ? '±0' : value > 0 ? `+${digits}` : digits
  }
  const krwFigure = (value: number, signed = false): Figure => {
    const sign = signed && Math.round(value) === 0 ? '±' : value < 0 ? MINUS : signed ? '+' : ''
    const digits = whole(Math.abs(value))
    return ko ? { before: '', digits: sign + digits, after: '원' } : { before: `${sign}₩`, digits, after: '' }
  }
  const krw = (value: number) => join(krwFigure(value))
  const krwDifference = (value: number) => join(krwFigure(value, true))
  const krwAxis = (value: number) => {
    if (value === 0) return '0'
    if (ko && Math.abs(value) >= 1e8) return `${withMinus(upToOneDecimal.format(value / 1e8))}억`
    return ko
      ? `${withMinus(upToOneDecimal.format(value / 1e4))}만`
      : `${withMinus(upToOneDecimal.format(value / 1e6))}M`
  }
  const duration = (total: number) => {
    const minutes = Math.round(total / 60)
    const hours = Math.floor(minutes / 60)
    const rest = minutes % 60
    const [h, min] = ko ? ['시간', '분'] : [' h', ' min']
    if (hours === 0) return `${rest}${min}`
    return rest === 0 ? `${hours}${h}` : `${hours}${h} ${rest}${min}`
  }
  const quantity = (value: number, unit: string | undefined) => {
    if (unit === 's') return duration(Math.max(60, value))
    if (unit === 'kg') return kg(value)
    if (unit === 'm') return `${kmDigits(value)} km`
    if (unit === 'L' || unit === 'l') return `${whole(value)} L`
    if (unit === 'share') return share(value)
    if (unit === 'krw') return krw(value)
    const amount = withMinus(upToOneDecimal.format(value))
    const words: Record<string, readonly [string, string]> = {
      pallets: ['파렛트', ' pallets'],
      stops: ['곳', ' stops'],
      trips: ['회전', ' trips'],
      classes: ['단계', ' classes'],
    }
    return unit && words[unit] ? amount + words[unit][ko ? 0 : 1] : amount
  }
  const truck = (name: TruckClass) => {
    const [size, axle] = name.split('-')
    const tonnes = size!.slice(0, -1)
    return ko ? `${tonnes}톤${axle ? '축' : ''}` : `${tonnes} t${axle ? ' axle' : ''}`
  }
  return {
    language,
    whole,
    krw,
    krwFigure,
    krwDifference,
    difference,
    krwAxis,
    share,
    km: (metres) => `${kmDigits(metres)} km`,
    kmDigits,
    kg,
    co2: (grams) => join(co2Figure(grams)),
    litres: (millilitres) => `${kmDigits(millilitres)} L`,
    co2Figure,
    thousandthsDifference,
    quantity,
    truck,
    duration,
    seconds: (value, decimals = 0) => `${value.toFixed(decimals)}${ko ? '초' : ' s'}`,
    date: (isoDate) => dateText(isoDate, ko, true),
    shortDate: (isoDate) => dateText(isoDate, ko, false),
  }
}

const join = ({ before, digits, after }: Figure): string => before + digits + after

/** A calendar day, so UTC on both sides: no time zone can shift it. */
function dateText(isoDate: string, ko: boolean, withYear: boolean): string {
  const day = new Date(`${isoDate}T00:00:00Z`)
  // no such day (or 31 February, which would be read as 3 March): what was written is shown as it is
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(isoDate)) return isoDate
  const weekday = new Intl.DateTimeFormat(ko ? 'ko-KR' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(day)
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()]
  if (ko) return `${withYear ? `${year}. ` : ''}${month}. ${date}. (${weekday})`
  const monthName = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' }).format(day)
  return `${weekday} ${date} ${monthName}${withYear ? ` ${year}` : ''}`
}

/** ISO date of this moment. */
export const todayIn = (timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date())

/** Clock times of a problem: seconds since `startsAt`, shown in the time zone of the complex. */
export interface Clock {
  readonly at: (seconds: number) => string
  readonly range: (from: number, to: number) => string
  /** 06:00 even on a later day: axis labels. */
  readonly bare: (seconds: number) => string
}

export function makeClock(startsAt: string, zone: string): Clock {
  const parsed = Date.parse(startsAt)
  // without a start that can be read, hours count from midnight
  const start = Number.isNaN(parsed) ? 0 : parsed
  const timeZone = Number.isNaN(parsed) ? 'UTC' : zone
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const dayParts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const dayNumber = (instant: number) => Date.parse(`${dayParts.format(instant)}T00:00:00Z`) / 86_400_000
  const firstDay = dayNumber(start)
  const bare = (seconds: number) => parts.format(start + seconds * 1000)
  const at = (seconds: number) => {
    const instant = start + seconds * 1000
    const later = dayNumber(instant) - firstDay
    return `${later > 0 ? `+${later} ` : ''}${parts.format(instant)}`
  }
  return { at, bare, range: (from, to) => `${at(from)}${DASH}${at(to)}` }
}
