/** Waiting for shipments, as the screen shows it: names of patterns, fields that people change, and what its charts draw. */

import type { FallBar } from '../../study/index.ts'
import {
  FREQUENCY_STEPS,
  type FrequencyResult,
  type FrequencySetting,
  NEAR_LANE,
  type Pattern,
  type StudyChange,
} from '../../study/index.ts'

interface Words {
  readonly ko: string
  readonly en: string
}
type Collect = Extract<StudyChange, { kind: 'collectOn' | 'collectWhenFull' | 'collectChosen' }>

const DAYS = {
  ko: ['월', '화', '수', '목', '금'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
} as const
const WEEK = 5
/** Days that orders wait. */
export const tenths = (value: number): string => value.toFixed(1)
const grouped = (value: number): string => Math.round(value).toLocaleString('en-US')

export function nameOfPattern(pattern: Pattern): Words {
  if (pattern === 'full') return { ko: '차면', en: 'when full' }
  if (pattern.length === WEEK) return { ko: '매일', en: 'daily' }
  const names = (language: 'ko' | 'en', between: string) =>
    pattern
      .toSorted((a, b) => a - b)
      .map((day) => DAYS[language][day - 1])
      .join(between)
  const times = pattern.length
  return {
    ko: `주 ${times}회 (${names('ko', '·')})`,
    en: `${times === 1 ? 'weekly' : times === 2 ? 'twice a week' : `${times} times a week`} (${names('en', ', ')})`,
  }
}

export function nameOfCollect(change: Collect): Words {
  switch (change.kind) {
    case 'collectOn':
      return nameOfPattern(change.days)
    case 'collectWhenFull':
      return {
        ko: `차면 (${grouped(change.kg)} kg, 길어도 ${change.longestWaitDays}일)`,
        en: `when full (${grouped(change.kg)} kg, ${change.longestWaitDays} days at most)`,
      }
    case 'collectChosen': {
      const price = change.waitKrwPerDay
      return {
        ko: `기업·공급처마다 고름 (길어도 ${change.longestWaitDays}일${price > 0 ? `, 하루 기다림 ${grouped(price)}원` : ''})`,
        en: `chosen by firm and supplier (${change.longestWaitDays} days at most${price > 0 ? `, ₩${grouped(price)} for a day of waiting` : ''})`,
      }
    }
  }
}

/** The figures of a change that lets orders wait; none: it is another change. */
export function waitFields(change: StudyChange): readonly {
  readonly key: string
  readonly label: Words
  readonly unit: 'kg' | 'days' | 'krw' | 'count'
  readonly form?: 'numbers'
}[] {
  const fullKg = { key: 'kg', label: { ko: '꽉 찼다고 보는 무게', en: 'full at' }, unit: 'kg' } as const
  const longest = {
    key: 'longestWaitDays',
    label: { ko: '가장 긴 대기 (영업일)', en: 'longest wait (working days)' },
    unit: 'days',
  } as const
  switch (change.kind) {
    case 'collectOn':
      return [
        {
          key: 'days',
          label: { ko: '요일 (월 1 … 금 5)', en: 'weekdays (Mon 1 … Fri 5)' },
          unit: 'count',
          form: 'numbers',
        },
      ]
    case 'collectWhenFull':
      return [fullKg, longest]
    case 'collectChosen':
      return [
        longest,
        fullKg,
        {
          key: 'waitKrwPerDay',
          label: { ko: '고를 때 하루 기다림의 값', en: 'a day of waiting counts, when choosing' },
          unit: 'krw',
        },
      ]
    default:
      return []
  }
}

/** Mean of a working day, from B1 without waiting to the plan with its stock. They add up. */
export function frequencyFall({ b1Krw, planKrw, stockKrw, steps, saving }: FrequencySetting): FallBar[] {
  let at = b1Krw
  const end = planKrw + stockKrw
  const level = { level: true, from: 0 } as const
  return [
    { ...level, id: 'b1', krw: b1Krw, to: b1Krw, interval: null },
    ...FREQUENCY_STEPS.flatMap((id): FallBar[] => {
      const krw = steps[id]
      const from = at
      at += krw
      return krw === 0 ? [] : [{ id, krw, from, to: at, level: false, interval: null }]
    }),
    {
      ...level,
      id: 'plan',
      krw: end,
      to: end,
      interval: saving.interval && [b1Krw * (1 - saving.interval[1]), b1Krw * (1 - saving.interval[0])],
    },
  ]
}

export interface WaitPoint {
  readonly setting: string
  readonly waitDays: number
  readonly saving: number
  readonly interval: readonly [number, number] | null
  readonly stockKg: number
  readonly best: boolean
}
/** From who waits least to who waits most. */
export const waitCurve = ({ settings, best }: FrequencyResult): WaitPoint[] =>
  settings
    .map(({ setting, wait, saving, stockKg }) => ({
      setting,
      waitDays: wait.meanDays,
      saving: saving.value,
      interval: saving.interval,
      stockKg,
      best: setting === best,
    }))
    .toSorted((a, b) => a.waitDays - b.waitDays)

export const PATTERN_KINDS = ['daily', 'several', 'weekly', 'full'] as const
export type PatternKind = (typeof PATTERN_KINDS)[number]
const kindOf = (pattern: Pattern): PatternKind =>
  pattern === 'full' ? 'full' : pattern.length === WEEK ? 'daily' : pattern.length === 1 ? 'weekly' : 'several'

export interface LaneRow {
  readonly lane: string
  readonly near: boolean
  /** of its suppliers, where they are not near */
  readonly towns: string
  /** from the complex to them */
  readonly out: boolean
  readonly kgPerWeek: number
  readonly pairs: number
  /** of its kg a week */
  readonly shares: Readonly<Record<PatternKind, number>>
}
/** Chosen patterns by lane, the heaviest first. */
export function laneRows({ patterns }: FrequencySetting): LaneRow[] {
  const lanes = Map.groupBy(patterns?.pairs ?? [], ({ lane }) => lane)
  const rows = [...lanes].map(([lane, own]): LaneRow => {
    const sum = (of: typeof own): number => of.reduce((all, { kgPerWeek }) => all + kgPerWeek, 0)
    const kgPerWeek = sum(own)
    const cut = lane.lastIndexOf(' ')
    const share = (kind: PatternKind): number =>
      kgPerWeek > 0 ? sum(own.filter(({ pattern }) => kindOf(pattern) === kind)) / kgPerWeek : 0
    return {
      lane,
      near: lane === NEAR_LANE,
      towns: lane.slice(0, cut),
      out: lane.slice(cut + 1) === 'out',
      kgPerWeek,
      pairs: own.length,
      shares: { daily: share('daily'), several: share('several'), weekly: share('weekly'), full: share('full') },
    }
  })
  return rows.toSorted((a, b) => b.kgPerWeek - a.kgPerWeek)
}
