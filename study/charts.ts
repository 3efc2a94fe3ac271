/** What the charts of a study show, on the page and on paper. Every figure is one of the answers; here it is only put in its place. */
import { appraise, type Table, vary } from './appraisal/appraisal.ts'
import type { Appraisal } from './appraisal/schema.ts'
import type { Study } from './document.ts'
import { quantile } from './draws.ts'
import { IMPORT_COSTS } from './imports/cost.ts'
import type { ImportAnswer } from './imports/optimise.ts'
import type { ImportRange } from './imports/range.ts'
import type { ImportStudy } from './imports/schema.ts'
import { nameOfOutage, shortOf, type Words } from './names.ts'
import type { PickupStudy } from './pickup/schema.ts'
import type { PickupResult } from './pickup/summary.ts'
import type { HelpName, SupplyAnswer } from './supply/answer.ts'

type Interval = readonly [number, number] | null

/** More days than these are shown as quantiles: nobody counts so many dots. */
const MOST_DOTS = 60
const QUANTILE_DOTS = 50
export interface Dots {
  /** shares of B1, ascending */
  readonly dots: readonly {
    readonly share: number
    readonly bin: number
    readonly level: number
    readonly reached: boolean
  }[]
  /** whether a dot is a day, or one in fifty */
  readonly each: 'day' | 'quantile'
  readonly reached: number
  readonly binShare: number
  readonly low: number
  readonly high: number
  readonly tallest: number
}

/** Kay, Kola, Hullman & Munson (2016), When (ish) is my bus?, CHI: people count dots better than they read densities. */
export function dotsOf(byDay: readonly number[], target: number): Dots {
  const days = byDay.length <= MOST_DOTS
  const shares = days
    ? byDay
    : Array.from({ length: QUANTILE_DOTS }, (_, k) => quantile(byDay, (k + 0.5) / QUANTILE_DOTS))
  const span = Math.max(0.001, shares[shares.length - 1] - shares[0])
  const binShare = [0.005, 0.01, 0.02, 0.05, 0.1].find((width) => span / width <= 24) ?? 0.2
  const levels = new Map<number, number>()
  const dots = shares.map((share) => {
    const bin = Math.floor(share / binShare + 1e-9)
    const level = levels.get(bin) ?? 0
    levels.set(bin, level + 1)
    return { share, bin, level, reached: share >= target }
  })
  return {
    dots,
    each: days ? 'day' : 'quantile',
    reached: dots.filter(({ reached }) => reached).length,
    binShare,
    low: Math.min(0, target, shares[0]) - binShare,
    high: Math.max(target, shares[shares.length - 1]) + 2 * binShare,
    tallest: Math.max(...levels.values()),
  }
}

export interface TornadoEnd {
  readonly name: Words
  readonly short: Words
  /** a share, or won */
  readonly value: number
  /** of the difference from the first setting, on the same draws, put on its value; null: one day, or the first itself */
  readonly interval: Interval
}
export interface TornadoBar {
  readonly factor: string
  readonly low: TornadoEnd
  readonly high: TornadoEnd
  readonly span: number
}
export interface Tornado {
  readonly base: number
  readonly bars: readonly TornadoBar[]
  readonly low: number
  readonly high: number
}

export function tornadoOf(study: PickupStudy, { settings, tornado }: PickupResult): Tornado | undefined {
  const base = settings.find(({ setting }) => setting === study.settings[0].id)?.saving.B1.value
  if (base === undefined || tornado.length === 0) return undefined
  const end = (id: string): TornadoEnd => {
    const result = settings.find(({ setting }) => setting === id)!
    const interval = result.difference?.interval ?? null
    const setting = study.settings.find((one) => one.id === id)!
    return {
      name: setting.name,
      short: shortOf(setting),
      // while days are missing, a setting is only held against the days that both have
      value: base + (result.difference?.value ?? 0),
      interval: interval && [base + interval[0], base + interval[1]],
    }
  }
  const bars = tornado.map(({ factor, low, high }) => {
    const [less, more] = [end(low), end(high)].toSorted((a, b) => a.value - b.value)
    return { factor, low: less, high: more, span: more.value - less.value }
  })
  bars.sort((a, b) => b.span - a.span)
  const ends = bars.flatMap(({ low, high }) => [
    low.value,
    high.value,
    ...(low.interval ?? []),
    ...(high.interval ?? []),
  ])
  return { base, bars, low: Math.min(base, ...ends), high: Math.max(base, ...ends) }
}

export interface FallBar {
  readonly id: string
  readonly krw: number
  readonly from: number
  readonly to: number
  /** a sum, not a step */
  readonly level: boolean
  /** of where it ends, 95 % */
  readonly interval: Interval
}
const fall = (
  start: FallBar,
  steps: readonly { readonly id: string; readonly krw: number }[],
  end: FallBar,
): FallBar[] => {
  let at = start.to
  const bars = steps.map(({ id, krw }): FallBar => {
    const from = at
    at += krw
    return { id, krw, from, to: at, level: false, interval: null }
  })
  return [start, ...bars, end]
}
const sum = (id: string, krw: number, interval: Interval = null): FallBar => ({
  id,
  krw,
  from: 0,
  to: krw,
  level: true,
  interval,
})

/** Mean of a day from B1 to the plan. The interval of the saving stands at the plan, with B1 at its mean. */
export function pickupFall({ settings: [first] }: PickupResult): FallBar[] {
  const { baselineKrw, steps, planKrw, saving } = first
  const { interval } = saving.B1
  return fall(
    sum('b1', baselineKrw.B1),
    (['mode', 'truckSize', 'routing'] as const).map((id) => ({ id, krw: steps[id] })),
    sum('plan', planKrw, interval && [baselineKrw.B1 * (1 - interval[1]), baselineKrw.B1 * (1 - interval[0])]),
  )
}

/** A year from today to the best joint plan, the largest step first; they add up to the won. */
export function importFall({ today, best, steps }: ImportAnswer): FallBar[] {
  const some = steps.filter(({ krw }) => krw !== 0).map(({ step, krw }) => ({ id: step as string, krw }))
  return fall(
    sum('today', today.costKrw),
    some.toSorted((a, b) => a.krw - b.krw),
    sum('joint', best.costKrw),
  )
}

export interface CurvePoint {
  readonly orders: number
  readonly costKrw: number
  readonly stockKg: number
  readonly co2Kg: number
  readonly way: Words
  /** of one order: pieces of each container, and kg that go loose */
  readonly containers: number
  readonly looseKg: number
  readonly best: boolean
}
export function curveOf({ ways }: ImportStudy, { curve, best }: ImportAnswer): CurvePoint[] {
  return curve
    .map((choice) => ({
      orders: choice.plan.ordersPerYear,
      costKrw: choice.costKrw,
      stockKg: choice.cycleKg + choice.safetyKg,
      co2Kg: choice.co2Kg,
      way: ways.find(({ id }) => id === choice.plan.way)!.name,
      containers: choice.packings[0]?.containers.reduce((all, count) => all + count, 0) ?? 0,
      looseKg: choice.packings[0]?.looseKg ?? 0,
      best: choice.plan.ordersPerYear === best.plan.ordersPerYear,
    }))
    .toSorted((a, b) => a.orders - b.orders)
}
/** Lines of cost today and jointly, those that are nought on both sides left out. */
export const importLines = ({ today, best }: ImportAnswer) =>
  IMPORT_COSTS.map((line) => ({ line, todayKrw: today.lines[line], jointKrw: best.lines[line] })).filter(
    ({ todayKrw, jointKrw }) => todayKrw !== 0 || jointKrw !== 0,
  )

export type TurnWord = 'as' | 'benefitsUp' | 'benefitsDown' | 'costsUp' | 'costsDown' | 'rate'
export interface Turn {
  readonly word: TurnWord
  readonly rate: number
  readonly financial: Table
  readonly economic: Table
}
/** Benefits and costs 20 % up and down, and the rate a point either side of Korea’s 4.5 %. */
export function turnsOf(appraisal: Appraisal): Turn[] {
  const turn = (word: TurnWord, by: Parameters<typeof vary>[1]): Turn => {
    const turned = vary(appraisal, by)
    const { financial, economic } = appraise(turned)
    return { word, rate: turned.rate, financial, economic: economic[0].table }
  }
  return [
    turn('as', {}),
    turn('benefitsUp', { benefits: 1.2 }),
    turn('benefitsDown', { benefits: 0.8 }),
    turn('costsUp', { costs: 1.2 }),
    turn('costsDown', { costs: 0.8 }),
    ...[0.035, 0.045, 0.055].map((rate) => turn('rate', { rate })),
  ]
}
/** Net present value between the ends of each turn: what is widest moves it most. */
export function turnTornado(turns: readonly Turn[], side: 'financial' | 'economic'): Tornado {
  const end = (turn: Turn): TornadoEnd => {
    const text = turn.word === 'rate' ? `${Number((turn.rate * 100).toFixed(2))} %` : SWINGS[turn.word]
    return { value: turn[side].npvKrw, interval: null, ...same(text) }
  }
  const bars = TURN_FACTORS.map(({ factor, words }) => {
    const ends = turns.filter(({ word }) => words.includes(word)).map(end)
    ends.sort((a, b) => a.value - b.value)
    const [low, high] = [ends[0], ends[ends.length - 1]]
    return { factor, low, high, span: high.value - low.value }
  })
  bars.sort((a, b) => b.span - a.span)
  const base = turns.find(({ word }) => word === 'as')![side].npvKrw
  const ends = bars.flatMap(({ low, high }) => [low.value, high.value])
  return { base, bars, low: Math.min(base, ...ends), high: Math.max(base, ...ends) }
}
const SWINGS: Readonly<Record<Exclude<TurnWord, 'rate'>, string>> = {
  as: '±0 %',
  benefitsUp: '+20 %',
  benefitsDown: '−20 %',
  costsUp: '+20 %',
  costsDown: '−20 %',
}
const TURN_FACTORS: readonly { readonly factor: string; readonly words: readonly TurnWord[] }[] = [
  { factor: 'benefit', words: ['benefitsUp', 'benefitsDown'] },
  { factor: 'cost', words: ['costsUp', 'costsDown'] },
  { factor: 'rate', words: ['rate'] },
]

/** What has come in less what has gone out by the end of each year, discounted. */
export function running({
  rows,
}: Table): { readonly year: number; readonly netKrw: number; readonly sumKrw: number }[] {
  let sumKrw = 0
  return rows.map(({ year, benefitKrw, costKrw, factor }) => {
    const netKrw = (benefitKrw - costKrw) * factor
    sumKrw += netKrw
    return { year, netKrw, sumKrw }
  })
}

/** Draws as dots; reached: cheaper than today. */
export const rangeDots = ({ byDraw }: ImportRange): Dots =>
  dotsOf(
    byDraw.toSorted((a, b) => a - b),
    0,
  )

/** A bar for each uncertain figure, from the saving at the document's values. `show`: a figure of a place, with its unit. */
export function rangeTornado(
  { turns }: ImportRange,
  base: number,
  show: (value: number, path: string) => string,
): Tornado {
  const bars = turns.map(({ paths, low, high, values }) => {
    const ends = [
      { value: low, interval: null, ...same(show(values[0], paths[0])) },
      { value: high, interval: null, ...same(show(values[1], paths[0])) },
    ].toSorted((a, b) => a.value - b.value)
    return { factor: paths.join(' '), low: ends[0], high: ends[1], span: ends[1].value - ends[0].value }
  })
  const shares = bars.flatMap(({ low, high }) => [low.value, high.value])
  return { base, bars, low: Math.min(base, ...shares), high: Math.max(base, ...shares) }
}
const same = (text: string) => ({ name: { ko: text, en: text }, short: { ko: text, en: text } })

export interface OutageRow {
  readonly firm: string
  readonly item: string
  /** null: nothing is known of its stock */
  readonly known: { readonly stopsOnDay: number | null; readonly daysLost: number } | null
}
export interface OutageView {
  readonly name: string
  readonly weeks: number
  readonly jointDays: number
  readonly untilDay: number
  readonly rows: readonly OutageRow[]
  readonly daysLost: number
  readonly firmsStopped: number
  readonly jointKrwPerYear: number | null
  readonly extraKrw: number | null
}

/** One outage under one help: a row for each firm and item that it hits, whoever stops first on top. */
export function outageView(
  study: Extract<Study, { kind: 'supply' }>,
  { outages }: SupplyAnswer,
  index: number,
  help: HelpName,
): OutageView {
  const entry = outages[index]
  const course = entry[help]
  const firm = new Map(study.register.firms.map(({ id, name }) => [id, name]))
  const item = new Map(study.register.items.map(({ id, name }) => [id, name]))
  // the same scale whatever is done about it
  const last = entry.nothing.firms.map(({ stopsOnDay, daysLost }) => (stopsOnDay ?? 0) + daysLost)
  const rows = course.firms
    .toSorted((a, b) => (a.stopsOnDay ?? 1e6) - (b.stopsOnDay ?? 1e6) || b.daysLost - a.daysLost)
    .map(({ firm: id, item: of, stopsOnDay, daysLost }) => ({
      firm: firm.get(id) ?? id,
      item: item.get(of) ?? of,
      known: { stopsOnDay, daysLost },
    }))
  const extra = course.byAlternatives.map(({ extraKrw }) => extraKrw)
  return {
    name: nameOfOutage(study, entry.outage),
    weeks: entry.outage.weeks,
    jointDays: entry.outage.jointDays ?? 0,
    untilDay: Math.ceil(Math.max(entry.outage.weeks * 7, ...last)),
    rows: [
      ...rows,
      ...course.unknown.map(({ firm: id, item: of }) => ({
        firm: firm.get(id) ?? id,
        item: item.get(of) ?? of,
        known: null,
      })),
    ],
    daysLost: course.daysLost,
    firmsStopped: course.firmsStopped,
    jointKrwPerYear: course.jointKrwPerYear,
    extraKrw: extra.includes(null) ? null : extra.reduce<number>((all, krw) => all + krw!, 0),
  }
}

/** Round figures from low to high, about so many. */
export function ticksOf(low: number, high: number, about = 5): number[] {
  const rough = Math.max(1e-9, (high - low) / about)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((size) => size >= rough)!
  const from = Math.ceil(low / step - 1e-9)
  const until = Math.floor(high / step + 1e-9)
  return Array.from({ length: until - from + 1 }, (_, k) => Number(((from + k) * step).toPrecision(12)))
}
