import { describe, expect, it } from 'vitest'
import frequencyFile from '../../fixtures/studies/gwangju-frequency.json' with { type: 'json' }
import importsFile from '../../fixtures/studies/gwangju-imports.json' with { type: 'json' }
import quickFile from '../../fixtures/studies/gwangju-quick.json' with { type: 'json' }
import sensitivityFile from '../../fixtures/studies/gwangju-sensitivity.json' with { type: 'json' }
import appraisalFile from '../../fixtures/studies/reported-saving.json' with { type: 'json' }
import supplyFile from '../../fixtures/studies/supply-example.json' with { type: 'json' }
import {
  answerSupply,
  appraise,
  consolidate,
  curveOf,
  dotsOf,
  findStudyIssues,
  HELPS,
  type ImportStudy,
  importFall,
  importLines,
  nameAt,
  outageView,
  type PickupStudy,
  pickupFall,
  quantile,
  type Run,
  running,
  type Study,
  shortOf,
  sourcesOf,
  summarisePickup,
  ticksOf,
  tornadoOf,
  turnsOf,
  turnTornado,
  vary,
} from '../../study/index.ts'
import { formatAddress, parseAddress, screensOf } from '../../web/state/address.ts'
import {
  changeStudy,
  exitsOf,
  fieldsOf,
  isDrawn,
  runsOf,
  sourceFor,
  withComplexes,
  withExits,
  withoutExits,
  withoutSetting,
} from '../../web/state/study.ts'
import { csvOf } from '../../web/views/studies/exportChart.ts'

const imports = importsFile as ImportStudy
const sensitivity = sensitivityFile as PickupStudy
const appraisal = appraisalFile as Extract<Study, { kind: 'appraisal' }>
const supply = supplyFile as unknown as Extract<Study, { kind: 'supply' }>
const all = [
  imports,
  sensitivity,
  appraisal,
  supply,
  quickFile as PickupStudy,
  frequencyFile as PickupStudy,
] as readonly Study[]

/** A run that saves so much of a B1 of 1,000. */
const run = (setting: string, day: number, saved: number): Run => ({
  setting,
  seed: 6,
  day,
  date: `2026-11-${String(2 + day).padStart(2, '0')}`,
  shipments: 10,
  weightKg: 5000,
  planKrw: 1000 - saved,
  baselineKrw: { B0: 2000, B1: 1000, B2: 900 },
  unserved: 0,
  excluded: 0,
  steps: { mode: 10, truckSize: -30, routing: -saved + 20 },
  routes: 2,
  pooled: 6,
  stops: 8,
  planM: 1000,
  waitS: 0,
  late: 0,
  co2G: 500,
  b1Co2G: 800,
})

describe('the figures that people change', () => {
  it('are in every study that comes with the program, and each can be changed to itself without a fault', () => {
    for (const study of all) {
      expect(findStudyIssues(study, 'ko')).toEqual([])
      const fields = fieldsOf(study).flatMap((group) => group.fields)
      expect(fields.length, study.name.en).toBeGreaterThan(2)
      for (const { path, value } of fields) {
        if (value === undefined) continue
        expect(findStudyIssues(changeStudy(study, path, value), 'en'), `${study.name.en} ${path.join('/')}`).toEqual([])
      }
    }
  })

  it('stand beside the source that is nearest around them', () => {
    const sources = sourcesOf(imports)
    // the packing has a note of its own, the lead time has that of its way
    expect(sourceFor(sources, ['ways', 0, 'packings', 0, 'perKgKrw'])?.path).toBe('ways/0/packings/0')
    expect(sourceFor(sources, ['ways', 0, 'leadDays'])?.path).toBe('ways/0')
    expect(sourceFor(sources, ['programmeKrwPerYear'])).toBeUndefined()
    expect(nameAt(imports, 'ways/1/packings/0')).toEqual({ ko: '해상', en: 'sea' })
  })

  it('take with them what follows: lots what is used, a value the name of its setting, another kind of outage its place', () => {
    // two suppliers of 20,100 kg each: 9 × 900 + 6 × 2,000; with ten lots of 900 kg 21,000
    const lots = changeStudy(imports, ['today', 0, 'lotsPerYear'], 10) as ImportStudy
    expect(lots.suppliers.map(({ kgPerYear }) => kgPerYear)).toEqual([21_000, 20_100])
    expect(findStudyIssues(lots, 'ko')).toEqual([])
    const limit = changeStudy(sensitivity, ['settings', 1, 'changes', 0, 'kg'], 250) as PickupStudy
    expect(limit.settings[1].name).toEqual({ ko: '정기화물 한도 250 kg', en: 'terminal freight up to 250 kg' })
    expect(shortOf(limit.settings[1]).en).toBe('250 kg')
    expect(sensitivity.settings[1].changes).toEqual([{ kind: 'terminalLimit', kg: 100 }])
    const port = changeStudy(supply, ['outages', 1, 'of'], 'port')
    expect(port).toMatchObject({ outages: [{}, { of: 'port', id: 'Rotterdam', weeks: 12 }, {}] })
    expect(findStudyIssues(port, 'ko')).toEqual([])
    expect((withoutSetting(sensitivity, 'base') as PickupStudy).settings).toHaveLength(19)
    expect((withoutSetting(sensitivity, 'firms-10') as PickupStudy).settings).toHaveLength(18)
    // of several complexes it is a study over them, of one again what it was
    const over = withComplexes(sensitivity, ['gwangju', 'elsewhere'])
    expect(findStudyIssues(over, 'ko')).toEqual([])
    expect(runsOf(over)).toBe(2 * runsOf(sensitivity))
    expect(withComplexes(over, ['gwangju'])).toEqual(sensitivity)
    expect(withComplexes(over, [])).toBe(over)
    const changed = changeStudy(over, ['settings', 1, 'changes', 0, 'kg'], 200)
    expect(isDrawn(changed) && changed.settings[1]!.name.en).toBe('terminal freight up to 200 kg')
  })
})

describe('whose exit breaks it', () => {
  it('puts in a setting for each firm that has none yet, and takes out these and no other', () => {
    const study = sensitivityFile as PickupStudy
    const members = [
      { id: 'firm-A01', name: '금형A01' },
      { id: 'firm-A02', name: '금형A02' },
    ]
    const more = withExits(withExits(study, members.slice(0, 1)), members)
    expect(exitsOf(more)).toEqual(['firm-A01', 'firm-A02'])
    expect(more.settings.length).toBe(study.settings.length + 2)
    expect(more.settings.at(-1)!.name.en).toBe('without 금형A02')
    expect(findStudyIssues(more, 'en')).toEqual([])
    expect(withoutExits(more)).toEqual(study)
  })
})

describe('charts of pickups', () => {
  const settings = sensitivity.settings.slice(0, 3)
  const study: PickupStudy = { ...sensitivity, settings }
  const saved = [150, 180, 200, 250, 320]
  const runs = [
    ...saved.map((krw, day) => run('base', day, krw)),
    ...saved.map((krw, day) => run('terminal-100', day, krw + 100 + day)),
    ...saved.map((krw, day) => run('terminal-1500', day, krw - 120)),
  ]
  const result = summarisePickup(study, runs, 250)

  it('have a dot a day, filled where the target is reached, as often as the summary counts', () => {
    const { dots, each, reached, tallest } = dotsOf(result.settings[0].byDay, 0.2)
    expect([each, dots.length, reached, tallest]).toEqual(['day', 5, result.settings[0].reached.times, 1])
    expect(dots.map(({ share }) => share)).toEqual([0.15, 0.18, 0.2, 0.25, 0.32])
    // many days become fifty quantiles
    const many = Array.from({ length: 200 }, (_, k) => k / 400)
    const fifty = dotsOf(many, 0.25)
    expect([fifty.each, fifty.dots.length, fifty.reached]).toEqual(['quantile', 50, 25])
    expect(fifty.dots[0].share).toBeCloseTo(quantile(many, 0.01), 12)
    // one dot and nothing to spread still is a chart
    expect(dotsOf([0.2], 0.2)).toMatchObject({ reached: 1, tallest: 1 })
  })

  it('put each end of the tornado where its setting is, with the interval of the paired difference around it', () => {
    const tornado = tornadoOf(study, result)!
    const [base, more, less] = result.settings
    expect(tornado.base).toBe(base.saving.B1.value)
    expect(tornado.bars).toHaveLength(1)
    const [{ low, high, span }] = tornado.bars
    expect(low.value).toBeCloseTo(less.saving.B1.value, 12)
    expect(high.value).toBeCloseTo(more.saving.B1.value, 12)
    expect(span).toBeCloseTo(result.tornado[0].span, 12)
    expect([low.short.en, high.short.en]).toEqual(['1,500 kg', '100 kg'])
    expect(high.interval).toEqual(more.difference!.interval!.map((share) => base.saving.B1.value + share))
    expect(
      tornadoOf(
        { ...study, settings: [settings[0]] },
        summarisePickup({ ...study, settings: [settings[0]] }, runs, 250),
      ),
    ).toBeUndefined()
  })

  it('hold a setting that is half done against the same days only', () => {
    // of the better setting only the day that saves least: alone it would look worse than the first over all its days
    const half = summarisePickup(study, [...runs.slice(0, 5), runs[5]], 250)
    expect(half.settings[1].saving.B1.value).toBeCloseTo(0.25, 12)
    const { base, bars } = tornadoOf(study, half)!
    expect(base).toBeCloseTo(0.22, 12)
    expect(bars[0].high.value).toBeCloseTo(0.22 + 0.1, 12)
    expect(bars[0].high.interval).toBeNull()
  })

  it('turn an appraisal by its benefits, its costs and its rate, the widest on top', () => {
    // paid 100 now, back 110 in a year, at 0 %: 10 as given; benefits ±22, costs ∓20
    const name = { ko: 'x', en: 'x' }
    const { base, bars } = turnTornado(
      turnsOf({
        years: 1,
        rate: 0,
        flows: [
          { id: 'back', name, kind: 'benefit', krw: 110, when: { kind: 'yearly' } },
          { id: 'paid', name, kind: 'cost', krw: 100, when: { kind: 'once', year: 0 } },
        ],
      }),
      'economic',
    )
    expect(base).toBeCloseTo(10, 9)
    expect(bars.map(({ factor }) => factor)).toEqual(['benefit', 'cost', 'rate'])
    const ends = bars.flatMap(({ low, high }) => [low.value, high.value])
    // the rate: 110 ÷ 1.055 − 100 and 110 ÷ 1.035 − 100
    for (const [k, end] of [-12, 32, -10, 30, 4.265, 6.28].entries()) expect(ends[k]).toBeCloseTo(end, 2)
    expect([bars[1].low.short.en, bars[2].low.short.en]).toEqual(['+20 %', '5.5 %'])
  })

  it('fall from B1 to the plan to the won, with the interval of the saving at its end', () => {
    const bars = pickupFall(result)
    expect(bars.map(({ id, to }) => [id, to])).toEqual([
      ['b1', 1000],
      ['mode', 1010],
      ['truckSize', 980],
      ['routing', 780],
      ['plan', 780],
    ])
    const [low, high] = result.settings[0].saving.B1.interval!
    expect(bars.at(-1)!.interval).toEqual([1000 * (1 - high), 1000 * (1 - low)])
  })
})

describe('charts of imports', () => {
  const answer = consolidate(imports)

  it('are the answer: its curve in order, its best marked, its steps from today to it', () => {
    const points = curveOf(imports, answer)
    expect(points.map(({ orders }) => orders)).toEqual(imports.ordersPerYear)
    expect(points.map(({ costKrw }) => costKrw)).toEqual(answer.curve.map(({ costKrw }) => costKrw))
    expect(points.filter(({ best }) => best).map(({ costKrw }) => costKrw)).toEqual([answer.best.costKrw])
    const bars = importFall(answer)
    expect(bars[0].to).toBe(answer.today.costKrw)
    expect(bars.at(-2)!.to).toBe(answer.best.costKrw)
    expect(importLines(answer).reduce((sum, { jointKrw }) => sum + jointKrw, 0)).toBe(answer.best.costKrw)
  })
})

describe('charts of an appraisal', () => {
  it('end at its net present value, and turn as `vary` does', () => {
    const { financial, economic } = appraise(appraisal)
    expect(running(economic[0].table).at(-1)!.sumKrw).toBeCloseTo(economic[0].table.npvKrw, 3)
    const turns = turnsOf(appraisal)
    expect(turns.map(({ word, rate }) => `${word} ${rate}`)).toEqual([
      'as 0.045',
      'benefitsUp 0.045',
      'benefitsDown 0.045',
      'costsUp 0.045',
      'costsDown 0.045',
      'rate 0.035',
      'rate 0.045',
      'rate 0.055',
    ])
    expect(turns[0].financial).toEqual(financial)
    expect(turns[2].economic).toEqual(appraise(vary(appraisal, { benefits: 0.8 })).economic[0].table)
    expect(turns[7].financial.npvKrw).toBe(appraise({ ...appraisal, rate: 0.055 }).financial.npvKrw)
  })
})

describe('charts of supply', () => {
  const answer = answerSupply(supply)

  it('show every firm that is hit, on one scale whatever is done, and what is not known as not known', () => {
    const [first] = answer.outages
    const views = HELPS.map((help) => outageView(supply, answer, 0, help))
    expect(new Set(views.map(({ untilDay }) => untilDay)).size).toBe(1)
    expect(views.map(({ daysLost }) => daysLost)).toEqual(HELPS.map((help) => first[help].daysLost))
    const [nothing] = views
    expect(nothing.rows).toHaveLength(first.nothing.firms.length + first.nothing.unknown.length)
    const days = nothing.rows.flatMap(({ known }) => (known?.stopsOnDay == null ? [] : [known.stopsOnDay]))
    expect(days).toEqual(days.toSorted((a, b) => a - b))
    const dark: Study = {
      ...supply,
      register: {
        ...supply.register,
        items: supply.register.items.map((item, k) =>
          k === 0 ? { ...item, uses: item.uses.map(({ stock: _, ...use }) => use) } : item,
        ),
      },
    }
    const unknown = outageView(dark as typeof supply, answerSupply(dark as typeof supply), 1, 'nothing')
    expect(unknown.rows.map(({ known }) => known)).toEqual(supply.register.firms.map(() => null))
  })
})

it('has round ticks inside its range', () => {
  expect(ticksOf(-0.03, 0.42, 5)).toEqual([0, 0.1, 0.2, 0.3, 0.4])
  expect(ticksOf(0, 1, 4)).toEqual([0, 0.25, 0.5, 0.75, 1])
  expect(ticksOf(5, 5)).toEqual([5])
})

it('writes figures so that a spreadsheet reads them and runs nothing', () => {
  const text = csvOf({
    columns: ['a', 'b'],
    rows: [
      ['=1+1', -2.5],
      ['x, "y"', null],
    ],
  })
  expect(text).toBe('\uFEFFa,b\r\n\'=1+1,-2.5\r\n"x, ""y""",\r\n')
})

it('has an address without a day, and is there for coordinators and policymakers', () => {
  const address = { screen: 'study', date: undefined, view: 'new~gwangju-quick' } as const
  expect(formatAddress(address)).toBe('#study/new~gwangju-quick')
  expect(parseAddress('#study/new~gwangju-quick')).toEqual(address)
  expect(parseAddress('#study')).toEqual({ screen: 'study', date: undefined, view: undefined })
  const person = (...roles: readonly string[]) =>
    screensOf({ accounts: true, person: { members: roles.map((role) => ({ role })) } } as never)
  expect(person('policymaker')).toEqual(['sums', 'study'])
  expect(person('coordinator', 'policymaker').filter((screen) => screen === 'study')).toHaveLength(1)
  expect(person('firm')).not.toContain('study')
})
