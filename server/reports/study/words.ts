/** Both languages beside each other, and figures as a person reads them on paper. */
import type { Locale } from '../../../solver/index.ts'

const MINUS = '\u2212'
const THIN = '\u2009'

export interface Say {
  readonly locale: Locale
  readonly w: (ko: string, en: string) => string
  readonly of: (words: { readonly ko: string; readonly en: string }) => string
  readonly whole: (value: number) => string
  readonly digits: (value: number, count: number) => string
  readonly won: (krw: number) => string
  /** with + or −, ±0 for none */
  readonly wonDifference: (krw: number) => string
  /** 250만 / 2.5M: axes only */
  readonly wonAxis: (krw: number) => string
  readonly share: (value: number) => string
  readonly points: (value: number) => string
  /** 18.2 % ~ 27.1 %, or that one day says nothing of it */
  readonly interval: (interval: readonly [number, number] | null, show: (value: number) => string) => string
}

/** A rounding to nought shows no sign. */
const withMinus = (text: string): string => (/^-[0.,]*$/.test(text) ? text.slice(1) : text.replace('-', MINUS))
/** A share of nothing is no figure. */
const fixed = (value: number, count: number): string =>
  !Number.isFinite(value)
    ? '–'
    : withMinus(value.toLocaleString('en-US', { minimumFractionDigits: count, maximumFractionDigits: count }))
const atMost = (value: number, count: number): string =>
  withMinus(value.toLocaleString('en-US', { maximumFractionDigits: count }))

export function sayIn(locale: Locale): Say {
  const ko = locale === 'ko'
  const w = (inKorean: string, inEnglish: string): string => (ko ? inKorean : inEnglish)
  const whole = (value: number): string => fixed(value, 0)
  const won = (krw: number): string => {
    const sign = Math.round(krw) < 0 ? MINUS : ''
    const amount = whole(Math.abs(krw))
    return ko ? `${sign}${amount}원` : `${sign}₩${amount}`
  }
  const share = (value: number): string => `${fixed(100 * value, 1)}${THIN}%`
  return {
    locale,
    w,
    of: (words) => words[locale],
    whole,
    digits: fixed,
    won,
    wonDifference: (krw) => (Math.round(krw) === 0 ? w('±0원', '±₩0') : krw > 0 ? `+${won(krw)}` : won(krw)),
    wonAxis: (krw) => {
      if (krw === 0) return '0'
      if (ko) return Math.abs(krw) >= 1e8 ? `${atMost(krw / 1e8, 1)}억` : `${atMost(krw / 1e4, 1)}만`
      return `${atMost(krw / 1e6, 1)}M`
    },
    share,
    points: (value) => {
      const text = fixed(100 * value, 1)
      return `${value > 0 && !/^[0.]*$/.test(text) ? '+' : ''}${text} ${w('%p', 'points')}`
    },
    interval: (interval, show) =>
      interval
        ? w(
            `95 % 구간 ${show(interval[0])} ~ ${show(interval[1])}`,
            `95 % interval ${show(interval[0])} to ${show(interval[1])}`,
          )
        : w('한 번의 계산이라 구간이 없음', 'a single run has no interval'),
  }
}
