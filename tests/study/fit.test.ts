import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chiSquareAbove, kolmogorovAbove, normalBelow, poissonInterval } from '../../study/fit/distributions.ts'
import { type Demand, drawDay, type FitInput, type FitOrder, fitDemand, randomOf } from '../../study/index.ts'

/** Mondays to Fridays from a date on. */
function workdays(from: string, count: number): string[] {
  const dates: string[] = []
  for (let at = Date.parse(`${from}T00:00:00Z`); dates.length < count; at += 86_400_000) {
    const day = new Date(at)
    if (day.getUTCDay() % 6 !== 0) dates.push(day.toISOString().slice(0, 10))
  }
  return dates
}
const FIRMS = Array.from({ length: 8 }, (_, k) => ({
  id: `f${k}`,
  name: `F${k}`,
  site: `site-${k}`,
  size: k < 5 ? 'small' : 'large',
}))
const note = { source: 'drawn', asOf: '2026-01-01', certainty: 'C' } as const

const MODEL: Demand = {
  from: '2025-01-02',
  workingDays: 250,
  workingDaysPerYear: 250,
  scale: 1,
  sigma: 0.8,
  flows: [
    {
      id: 'steel',
      items: ['steel'],
      direction: 'in',
      perWeek: { small: 0.8, large: 2.4 },
      medianKg: 600,
      boundsKg: [80, 2000],
      partners: { a: 0.7, b: 0.3 },
      pieceKg: 400,
      times: { '': 0.8, 오후: 0.2 },
    },
    {
      id: 'parts',
      items: ['parts'],
      direction: 'out',
      perWeek: { small: 2, large: 1 },
      medianKg: 45,
      sigma: 0.5,
      boundsKg: [5, 300],
      partners: { c: 1 },
      pieceKg: 100,
    },
  ],
}

function ordersOf(model: Demand, dates: readonly string[], seed: number): FitOrder[] {
  return dates.flatMap((date, day) =>
    drawDay(model, FIRMS, seed, day, date).map(({ flow, firm, from, to, item, weightKg, pieces }, k) => ({
      firm: FIRMS.find(({ name }) => name === firm)!.id,
      date,
      direction: flow.direction,
      partner: flow.direction === 'in' ? from : to,
      goods: flow.id,
      item,
      weightKg,
      pieceKg: weightKg / pieces,
      time: flow.times ? randomOf(seed, day, k).pickByShare(flow.times) : '',
      handling: '',
      mustGoAlone: false,
    })),
  )
}
const inputOf = (orders: readonly FitOrder[], workingDates: readonly string[]): FitInput => ({
  orders,
  firms: FIRMS,
  workingDates,
  workingDaysPerYear: 250,
  from: '2026-01-02',
  note,
})
const YEAR = workdays('2025-01-01', 250)

describe('probabilities', () => {
  test('are those of the tables', () => {
    expect(normalBelow(1.96)).toBeCloseTo(0.975, 4)
    expect(normalBelow(-1)).toBeCloseTo(0.158655, 6)
    for (const [value, degrees, p] of [
      [3.841, 1, 0.05],
      [18.307, 10, 0.05],
      [63.691, 40, 0.01],
      [1.145, 5, 0.95],
    ])
      expect(chiSquareAbove(value, degrees)).toBeCloseTo(p, 3)
    // asymptotic 5 % point 1.358 / √n
    expect(kolmogorovAbove(1.358 / Math.sqrt(10_000), 10_000)).toBeCloseTo(0.05, 2)
    // Garwood's exact interval of 10: 4.80 to 18.39
    expect(poissonInterval(10)[0]).toBeCloseTo(4.8, 1)
    expect(poissonInterval(10)[1]).toBeCloseTo(18.39, 1)
    expect(poissonInterval(0)[1]).toBeCloseTo(3.69, 1)
  })
})

describe('a fitted demand model', () => {
  test('is the one that the days were drawn from, within its stated errors', () => {
    const held = { rates: [0, 0], medians: [0, 0], sigmas: [0, 0], weekdays: [0, 0] }
    let misfits = 0
    const count = (key: keyof typeof held, interval: readonly [number, number] | null, truth: number): void => {
      if (!interval) return
      held[key][1]++
      if (interval[0] <= truth && truth <= interval[1]) held[key][0]++
    }
    const models = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      rate: fc.double({ min: 0.3, max: 4, noNaN: true }),
      median: fc.double({ min: 20, max: 3000, noNaN: true }),
      sigma: fc.double({ min: 0.2, max: 1.2, noNaN: true }),
      monday: fc.double({ min: 0.4, max: 1.6, noNaN: true }),
    })
    fc.assert(
      fc.property(models, ({ seed, rate, median, sigma, monday }) => {
        const rest = (5 - monday) / 4
        const byWeekday = { in: [monday, rest, rest, rest, rest], out: [1, 1, 1, 1, 1] }
        const [steel, parts] = MODEL.flows
        const truth: Demand = {
          ...MODEL,
          byWeekday,
          flows: [
            {
              ...steel,
              perWeek: { small: rate, large: 2 * rate },
              medianKg: median,
              sigma,
              boundsKg: [median / 4, median * 3],
            },
            parts,
          ],
        }
        const fit = fitDemand(inputOf(ordersOf(truth, YEAR, seed), YEAR))
        for (const { firm, flow, interval } of fit.rates) {
          const size = FIRMS.find(({ id }) => id === firm)!.size
          count(
            'rates',
            interval,
            truth.flows.find(({ id }) => flow === `${id === 'steel' ? 'in' : 'out'} ${id}`)!.perWeek[size],
          )
        }
        const own = fit.weights.find(({ flow }) => flow === 'in steel')!
        count('medians', own.medianInterval, median)
        count('sigmas', own.sigmaInterval, sigma)
        for (const [k, interval] of fit.calendar.in.weekday.intervals.entries())
          count('weekdays', interval, byWeekday.in[k])
        misfits += fit.goodness.firms.filter((firm) => firm.misfits.length > 0).length
        misfits += fit.goodness.flows.filter((flow) => !flow.fits).length + (fit.goodness.drift.fits ? 0 : 1)
        // the drawn model finds its way into the fitted one
        const drawn = fit.demand.flows.find(({ id }) => id === 'in steel')!
        expect(drawn.partners.a + drawn.partners.b).toBeCloseTo(1, 3)
      }),
      { numRuns: 40, seed: 11 },
    )
    for (const [hits, all] of Object.values(held)) {
      expect(all).toBeGreaterThan(30)
      expect(hits / all).toBeGreaterThan(0.9)
    }
    expect(held.rates[0] / held.rates[1]).toBeLessThan(0.99)
    // a true model is doubted in about one fit of twenty
    expect(misfits).toBeLessThanOrEqual(6)
  })

  test('says where it does not fit: bursts, weekdays of its own, growth, two kinds of weights', () => {
    const drawn = ordersOf(MODEL, YEAR, 3)
    const other = { ...drawn[0], firm: 'f0' }
    // beside its own orders f0 sends twelve on each twentieth day, f1 four on every Friday, f2 half a year long three a day
    const bursts = YEAR.filter((_, k) => k % 20 === 7).flatMap((date) => Array(12).fill({ ...other, date }))
    const fridays = YEAR.filter((date) => new Date(date).getUTCDay() === 5).flatMap((date) =>
      Array(4).fill({ ...other, firm: 'f1', date }),
    )
    const growth = YEAR.slice(125).flatMap((date) => Array(3).fill({ ...other, firm: 'f2', date }))
    const clean = fitDemand(inputOf(drawn, YEAR)).goodness
    expect(clean.firms.flatMap(({ misfits }) => misfits)).toEqual([])
    expect([clean.drift.fits, clean.flows.every(({ fits }) => fits)]).toEqual([true, true])
    // firms of a size are alike here: to take each by itself is worse, to draw them towards their mean is not
    expect(clean.perDay!.model).toBeGreaterThan(clean.perDay!.alone)
    expect(clean.perDay!.model).toBeGreaterThan(clean.perDay!.bySize - 0.1)

    const { firms } = fitDemand(inputOf([...drawn, ...bursts], YEAR)).goodness
    expect(firms.map(({ misfits }) => misfits.includes('clumped'))).toEqual(FIRMS.map(({ id }) => id === 'f0'))
    expect(firms[0].dispersion).toBeGreaterThan(2)
    const own = fitDemand(inputOf([...drawn, ...fridays], YEAR)).goodness
    expect(own.firms.find(({ firm }) => firm === 'f1')!.misfits).toContain('weekday')
    const grown = fitDemand(inputOf([...drawn, ...growth], YEAR)).goodness
    expect(grown.drift).toMatchObject({ fits: false })
    const two = drawn.map((order, k) => (k % 2 ? { ...order, weightKg: order.weightKg * 40 } : order))
    expect(fitDemand(inputOf(two, YEAR)).goodness.flows.some(({ fits }) => !fits)).toBe(true)
  })

  test('leaves out what is not drawn, and says of a firm without orders how many there may be', () => {
    const drawn = ordersOf(MODEL, YEAR, 4)
    const quiet = drawn.filter(({ firm }) => firm !== 'f7')
    const fit = fitDemand(inputOf([...quiet, { ...drawn[0], date: '2025-01-04' }], YEAR))
    expect([fit.offDays, fit.orders]).toEqual([1, quiet.length])
    // nothing in 250 days: up to 3.69 × 5 / 250 a week
    const none = fit.rates.find(({ firm, flow }) => firm === 'f7' && flow === 'in steel')!
    expect([none.perWeek, none.interval[0], none.interval[1].toFixed(2)]).toEqual([0, 0, '0.07'])
    expect(fit.demand.flows[0].perFirm!.f7).toBeLessThan(fit.demand.flows[0].perFirm!.f6)
    // four days hold nothing out
    const few = fitDemand(
      inputOf(
        quiet.filter(({ date }) => date <= YEAR[3]),
        YEAR.slice(0, 4),
      ),
    )
    expect([few.goodness.perDay, few.goodness.firms[0].heldOut]).toEqual([null, null])
  })
})
