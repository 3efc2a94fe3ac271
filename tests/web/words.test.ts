import { describe, expect, it } from 'vitest'
import { RULES } from '../../solver/rules/index.ts'
import { STATIC_RULES } from '../../solver/rules/static.ts'
import { makeClock, makeFormats } from '../../web/format.ts'
import { en } from '../../web/i18n/en.ts'
import { ko } from '../../web/i18n/ko.ts'

const koWon = makeFormats('ko')
const enWon = makeFormats('en')

describe('numbers for people', () => {
  it('write won with thousands, a real minus and a plus on differences', () => {
    expect(koWon.krw(2_174_632)).toBe('2,174,632원')
    expect(enWon.krw(2_174_632)).toBe('₩2,174,632')
    expect([671_678, -671_678, 0].map(koWon.krwDifference)).toEqual(['+671,678원', '−671,678원', '±0원'])
    expect(enWon.krwDifference(-148_200)).toBe('−₩148,200')
    expect(koWon.krwAxis(2_500_000)).toBe('250만')
    expect(enWon.krwAxis(2_500_000)).toBe('2.5M')
  })

  it('write shares with a thin space and one decimal, and never minus nothing', () => {
    expect(koWon.share(0.2359)).toBe('23.6\u202f%')
    expect(koWon.share(-0.0001)).toBe('0.0\u202f%')
    expect(koWon.difference(-0.4)).toBe('±0')
  })

  it('write lengths, weights, trucks and durations', () => {
    expect(koWon.km(1_169_240)).toBe('1,169.2 km')
    expect(koWon.kg(1850)).toBe('1,850 kg')
    expect([koWon.truck('1.4t'), koWon.truck('5t-axle'), enWon.truck('11t')]).toEqual(['1.4톤', '5톤축', '11 t'])
    expect([koWon.duration(4320), enWon.duration(4320), koWon.duration(1500), koWon.duration(7200)]).toEqual([
      '1시간 12분',
      '1 h 12 min',
      '25분',
      '2시간',
    ])
  })

  it('write what a rule was broken by in the unit of the rule', () => {
    expect(koWon.quantity(1500, 's')).toBe('25분')
    expect(koWon.quantity(10, 'kg')).toBe('10 kg')
    expect(koWon.quantity(0.1, 'share')).toBe('10.0\u202f%')
    expect(koWon.quantity(2, 'stops')).toBe('2곳')
  })
})

describe('dates and times', () => {
  it('write the day with its weekday', () => {
    expect(koWon.date('2026-11-23')).toBe('2026. 11. 23. (월)')
    expect(enWon.date('2026-11-23')).toBe('Mon 23 Nov 2026')
  })

  it('show a date that is none as it was written, and a clock without a start from midnight', () => {
    expect(['2026-13-45', '2026-02-31', 'soon'].map(koWon.date)).toEqual(['2026-13-45', '2026-02-31', 'soon'])
    expect(makeClock('soon', 'Asia/Seoul').at(8 * 3600)).toBe('08:00')
  })

  it('write times in the time zone of the complex, with the day where it is another', () => {
    const clock = makeClock('2026-11-23T00:00:00+09:00', 'Asia/Seoul')
    expect(clock.at(8 * 3600 + 120)).toBe('08:02')
    expect(clock.at(25 * 3600 + 1200)).toBe('+1 01:20')
    expect(clock.range(7 * 3600 + 2400, 12 * 3600 + 1260)).toBe('07:40–12:21')
  })
})

/** All texts with their path; functions are called with 1 and with text for every argument. */
function texts(node: unknown, path: string): { path: string; text: string }[] {
  if (typeof node === 'string') return [{ path, text: node }]
  if (typeof node === 'function') {
    const say = node as (...args: readonly unknown[]) => string
    return [{ path, text: `${say(...Array.from({ length: Math.max(1, say.length) }, () => 1))}` }]
  }
  return Object.entries(node as object).flatMap(([key, child]) => texts(child, `${path}.${key}`))
}

describe('the dictionaries', () => {
  const [korean, english] = [texts(ko, ''), texts(en, '')]

  it('have the same keys and say something under each', () => {
    expect(english.map(({ path }) => path)).toEqual(korean.map(({ path }) => path))
    const mayBeEmpty = /Unit$/
    for (const { path, text } of [...korean, ...english]) if (!mayBeEmpty.test(path)) expect(text, path).not.toBe('')
  })

  it('keep Hangul out of the English one', () => {
    for (const { path, text } of english) expect(text, path).not.toMatch(/[가-힣]/)
  })

  it('have words for every rule that can keep a shipment off a route', () => {
    const rules = [...RULES, ...STATIC_RULES].map(({ name }) => name)
    for (const rule of [...rules, 'cost', 'fleet', 'modes', 'noPartner', 'parts', 'drivers', 'locked'])
      expect(Object.keys(ko.rules)).toContain(rule)
  })

  it('fit the labels of the strip: 18 Hangul, 28 Latin letters', () => {
    const labels = ['cost', 'saving', 'trucks', 'distance', 'load', 'late', 'rest', 'unserved'] as const
    for (const label of labels) {
      expect(ko.kpi[label].length).toBeLessThanOrEqual(18)
      expect(en.kpi[label].length).toBeLessThanOrEqual(28)
    }
  })

  it('never name the target without its source and scope', () => {
    for (const words of [ko, en]) {
      expect(words.gauge.targetHint).toMatch(/2020/)
      expect(words.compare.targetSource + words.compare.targetScope).toMatch(/2020.*(해외|overseas)/s)
    }
  })
})
