import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { writeGateways } from '../../fixtures/complexes/gateways.ts'
import supplyFile from '../../fixtures/studies/supply-example.json' with { type: 'json' }
import { straightKm } from '../../solver/index.ts'
import { meanOf } from '../../study/complexes/statistics.ts'
import {
  answerComplexes,
  answerSupply,
  type ComplexEntry,
  ComplexEntrySchema,
  type ComplexesStudy,
  candidatesOf,
  findStudyIssues,
  INDICATOR_IDS,
  INDICATORS,
  type IndicatorId,
  KNOWN_COMPLEXES,
  KNOWN_GAPS,
  KNOWN_TOTAL,
  type Register,
  savingOf,
  sourcesOf,
} from '../../study/index.ts'

const EVEN = { stability: 1, economy: 1, infrastructure: 1, geography: 1 }
const NAME = { ko: '연구', en: 'a study' }
const studyOf = (complexes: readonly ComplexEntry[], more: Partial<ComplexesStudy> = {}): ComplexesStudy => ({
  kind: 'complexes',
  name: NAME,
  complexes: [...complexes],
  weights: EVEN,
  draws: 200,
  ...more,
})
const own = (more: Partial<ComplexEntry> = {}, id = 'own'): ComplexEntry => ({
  id,
  name: { ko: id, en: id },
  place: { lng: 127, lat: 36, withinM: 0 },
  ...more,
})
const figuresOf = (entry: ComplexEntry) => answerComplexes(studyOf([entry])).complexes[0].figures
const figure = (entry: ComplexEntry, id: IndicatorId) => figuresOf(entry)[id].figure!
const register = supplyFile.register as unknown as Register
const note = { source: 'a page', certainty: 'B' } as const

describe('the complexes that come with the program', () => {
  test('are the 58 rows, named or gaps, each fact with its source, no total of a batch taken for a count', () => {
    const numbers = KNOWN_COMPLEXES.flatMap(({ number }) => number ?? [])
    const gaps = KNOWN_GAPS.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, k) => from + k))
    expect([...numbers, ...gaps].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: KNOWN_TOTAL.value }, (_, k) => k + 1),
    )
    expect(KNOWN_COMPLEXES).toHaveLength(46)
    for (const { number: _, ...complex } of KNOWN_COMPLEXES) {
      expect(Value.Check(ComplexEntrySchema, complex), complex.id).toBe(true)
      expect(complex.place.note?.certainty).toBe('G')
      expect(complex.place.withinM).toBe(3000)
      expect(complex.processes === undefined).toBe(complex.processesNote === undefined)
      for (const fact of [complex.note, complex.firms?.note, complex.batch?.note, complex.areaM2?.note])
        if (fact) expect(fact.source).not.toBe('')
      expect(complex.firms?.value).not.toBe(complex.batch?.firms ?? Number.NaN)
    }
    const { firms, batch } = answerComplexes(studyOf([{ id: 'gwangju-mold' }])).complexes[0]
    expect([firms, batch?.firms, batch?.complexes]).toEqual([null, 212, 5])
  })

  test('stand beside the interchanges and ports of the trunk roads as they are', () => {
    expect(readFileSync(new URL('../../fixtures/complexes/gateways.json', import.meta.url), 'utf8')).toBe(
      writeGateways(),
    )
  })

  test('bring their sources into the ledger of a study that names them', () => {
    const paths = sourcesOf(studyOf([{ id: 'gwangyang-iksin' }])).map(({ path }) => path)
    expect(paths).toContain('complexes/0/place')
    expect(paths).toContain('complexes/0/processes')
    expect(paths).toContain('complexes/0/infrastructure/joint')
  })
})

describe('indicators', () => {
  test('are null, not nought, where nothing is known, and say what is missing', () => {
    const figures = figuresOf({ id: 'own', name: NAME, firmList: [{ id: 'f' }] })
    const missing = Object.fromEntries(INDICATOR_IDS.map((id) => [id, figures[id].missing]))
    expect(missing).toMatchObject({
      supplierHhi: 'register',
      savingShare: 'pickupStudy',
      npvKrw: 'appraisal',
      docks: 'survey',
      firmsPerKm2: 'area',
      interchangeKm: 'place',
      pooling: 'orders',
    })
    expect(INDICATOR_IDS.filter((id) => figures[id].figure !== null)).toEqual(['firms'])
    expect(INDICATORS.map(({ id }) => id)).toEqual([...INDICATOR_IDS])
  })

  test('of stability are those of the register, by what is spent', () => {
    // a day: steel 860 × 5,000 = 4.3 million, springs and plates 23 × 15,000 = 345,000 each
    const parts = 690 / 4990
    const figures = figuresOf(own({ register }))
    expect(figures.importShare.figure).toMatchObject({
      value: expect.closeTo(parts, 9),
      certainty: 'X',
      how: 'computed',
    })
    // steel: 0.6² + 0.4²
    expect(figures.supplierHhi.figure!.value).toBeCloseTo(0.52 * (1 - parts) + parts, 9)
    expect(figures.alternatives.figure!.value).toBe(1)
    expect(figures.worstSupplier.figure!.value).toBe(1)
    // the stock of steel is not known of two firms, and steel is most of the spend
    expect(figures.stockDays).toEqual({ figure: null, missing: 'stocks' })
    const priceless = { ...register, items: register.items.map(({ unitKrw: _, ...item }) => item) }
    expect(figure(own({ register: priceless }), 'supplierHhi')).toMatchObject({ low: 0.52, high: 1 })
  })

  test('of economy: won a tonne, and the appraisal turned by a fifth and a point', () => {
    const entry = own({
      saving: {
        share: { value: 0.3, low: 0.2, high: 0.4, note },
        yearKrw: { value: 100e6, low: 60e6, high: 150e6, note },
        tonnesPerYear: { value: 4000, low: 3000, high: 5000 },
      },
      appraisal: {
        years: 2,
        rate: 0,
        flows: [
          { id: 'b', name: NAME, kind: 'benefit', krw: 600, when: { kind: 'yearly' }, note },
          { id: 'c', name: NAME, kind: 'cost', krw: 1000, when: { kind: 'once', year: 0 }, note },
        ],
      },
    })
    const figures = figuresOf(entry)
    expect(figures.savingShare.figure).toMatchObject({ low: 0.2, value: 0.3, high: 0.4, certainty: 'B', how: 'given' })
    // tonnes without a source: assumed, and so is what comes of them
    expect(figures.krwPerTonne.figure).toMatchObject({ low: 12_000, value: 25_000, high: 50_000, certainty: 'X' })
    // 2 × 600 − 1,000; at best 2 × 720 − 800, at worst 480/1.01 + 480/1.01² − 1,200
    expect(figures.npvKrw.figure).toMatchObject({ value: 200, high: 640, certainty: 'C' })
    expect(figures.npvKrw.figure!.low).toBeCloseTo(480 / 1.01 + 480 / 1.0201 - 1200, 9)
    expect(figures.bc.figure!.value).toBeCloseTo(1.2, 12)
    // within the second year; at worst never, which the years looked at cut off
    expect(figures.paybackYears.figure).toMatchObject({ value: expect.closeTo(1000 / 600, 9), high: 2 })
  })

  test('that are known to be bad without a figure are the worst of the set, not a gap', () => {
    const paying = (years: number, yearly: number): NonNullable<ComplexEntry['appraisal']> => ({
      years,
      rate: 0,
      flows: [
        { id: 'b', name: NAME, kind: 'benefit', krw: yearly, when: { kind: 'yearly' } },
        { id: 'c', name: NAME, kind: 'cost', krw: 1000, when: { kind: 'once', year: 0 } },
      ],
    })
    const { complexes } = answerComplexes(
      studyOf([own({ appraisal: paying(10, 150) }, 'slow'), own({ appraisal: paying(5, 100) }, 'never')]),
    )
    expect(complexes[1].figures.paybackYears).toEqual({ figure: null, missing: 'never', worst: 5 })
    const [slow, never] = candidatesOf(complexes)
    // 1,000 / 150 at most 1.2 / 0.8 of it
    expect(slow.known.paybackYears.high).toBeCloseTo(10, 9)
    expect(never.known.paybackYears).toEqual({ low: 10, value: 10, high: 10 })
  })

  test('of infrastructure are what a page or a visit says', () => {
    const figures = figuresOf({ id: 'gwangyang-iksin', infrastructure: { docks: { value: 4, note } } })
    expect(figures.joint.figure).toMatchObject({ value: 0.5, certainty: 'B' })
    expect(figures.docks.figure!.value).toBe(4)
    expect(figures.operator).toEqual({ figure: null, missing: 'survey' })
  })

  test('of distance hold wherever inside its precision the complex is', () => {
    const at = fc.record({
      lng: fc.double({ min: 126.5, max: 129, noNaN: true }),
      lat: fc.double({ min: 35, max: 37.5, noNaN: true }),
    })
    fc.assert(
      fc.property(
        at,
        fc.double({ min: -0.02, max: 0.02, noNaN: true }),
        fc.double({ min: -0.02, max: 0.02, noNaN: true }),
        (place, east, north) => {
          const truth = { lng: place.lng + east, lat: place.lat + north }
          const withinM = 1000 * straightKm(place, truth)
          const stated = figuresOf(own({ place: { ...place, withinM } }))
          const exact = figuresOf(own({ place: { ...truth, withinM: 0 } }))
          for (const id of ['interchangeKm', 'portKm', 'neighbourKm', 'neighbours'] as const) {
            expect(exact[id].figure!.value).toBeGreaterThanOrEqual(stated[id].figure!.low - 1e-9)
            expect(exact[id].figure!.value).toBeLessThanOrEqual(stated[id].figure!.high + 1e-9)
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  test('of density: the hull of the firms, and how far they are from their middle', () => {
    // corners of a square of 1 km around 36° N, and one firm in the middle
    const [dLat, dLng] = [1 / 111.195, 1 / (111.195 * Math.cos((36 * Math.PI) / 180))]
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0.5, 0.5],
    ] as const
    const firmList = corners.map(([x, y], k) => ({ id: `f${k}`, lng: 127 + x * dLng, lat: 36 + y * dLat }))
    const square = own({ firmList, firmListNote: note })
    expect(figure(square, 'firmsPerKm2').value).toBeCloseTo(5, 2)
    // four are 0.707 km away, one is there
    expect(figure(square, 'spreadKm').value).toBeCloseTo((4 * Math.SQRT1_2) / 5, 3)
    expect(figure(square, 'firms')).toMatchObject({ value: 5, certainty: 'C' })
    expect(figure({ ...square, areaM2: { value: 2e6, note } }, 'firmsPerKm2').value).toBeCloseTo(2.5, 9)
    // points of town offices show towns
    const vague = own({ firmList: firmList.map((firm) => ({ ...firm, withinM: 4000 })) })
    expect(figuresOf(vague).firmsPerKm2.missing).toBe('area')
  })

  test('of flows: what several firms fetch from one town on a day, partners by weight, lots against a truck', () => {
    const order = (date: string, supplier: string, firm: string, kg: number) => ({ date, supplier, firm, kg })
    const entry = own({
      suppliers: [
        { id: 'x1', town: 'X', lng: 127, lat: 36.1 },
        { id: 'x2', town: 'X', lng: 127, lat: 36.1 },
        { id: 'y' },
      ],
      orders: [
        order('2026-03-02', 'x1', 'A', 100),
        order('2026-03-02', 'x2', 'B', 300),
        order('2026-03-02', 'y', 'C', 100),
        order('2026-03-03', 'x1', 'A', 100),
        order('2026-03-03', 'x2', 'A', 3900),
        order('2026-03-03', 'y', 'C', 4000),
      ],
    })
    // 400 of 500 kg on the first day, nothing of 8,000 on the second: both from X are of one firm
    expect(figure(entry, 'pooling')).toMatchObject({ value: 400 / 8500, low: 0, high: 1 })
    expect(figure(entry, 'lotShare').value).toBeCloseTo(8500 / 6 / 5000, 9)
    // 4,400 kg come from 11.12 km; where y is nobody says, so its 4,100 kg are within 0 and as far
    const km = straightKm({ lng: 127, lat: 36 }, { lng: 127, lat: 36.1 })
    expect(figure(entry, 'partnerKm')).toMatchObject({
      value: expect.closeTo(km, 9),
      low: expect.closeTo((km * 44) / 85, 9),
    })
    const { lots, figures } = answerComplexes(studyOf([{ ...entry, truckKg: 1900 }])).complexes[0]
    // of 1,900 kg: A (100 + 100 + 3,900) / 3, C (100 + 4,000) / 2, B 300
    expect(lots.map(({ firm, direct }) => [firm, direct])).toEqual([
      ['C', true],
      ['A', true],
      ['B', false],
    ])
    expect(figures.lotShare.figure!.certainty).toBe('X')
    expect(figuresOf(own({ orders: entry.orders!.slice(0, 3) })).pooling.missing).toBe('orders')
  })

  test('as means hold whatever the parts are that nobody knows', () => {
    const part = fc.record({
      value: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
      weight: fc.double({ min: 0.1, max: 10, noNaN: true }),
      truth: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const mean = meanOf(parts)
        if (!mean) return
        const most = Math.max(...parts.flatMap(({ value }) => value ?? []))
        const whole = parts.reduce((sum, { weight }) => sum + weight, 0)
        const truth =
          parts.reduce((sum, { value, weight, truth: at }) => sum + weight * (value ?? at * most), 0) / whole
        expect(truth).toBeGreaterThanOrEqual(mean.low - 1e-9)
        expect(truth).toBeLessThanOrEqual(mean.high + 1e-9)
      }),
    )
  })

  test('come from a pickup study with its interval', () => {
    const estimate = (value: number) => ({ value, interval: [value - 1, value + 1] as const })
    const result = { saving: { B1: estimate(0.3) }, yearKrw: estimate(5e6), weightKg: 18_000 }
    const saving = savingOf(result as unknown as Parameters<typeof savingOf>[0], 250, note)
    expect(
      figuresOf(own({ saving: { ...saving, share: { value: 0.3, note } } })).krwPerTonne.figure!.value,
    ).toBeCloseTo(5e6 / 4500, 6)
    expect(saving.yearKrw).toMatchObject({ low: 5e6 - 1, high: 5e6 + 1 })
  })
})

describe('a study of complexes', () => {
  test('lets only what is asked for count, and holds a few against each other alone', () => {
    const hub = (value: number, low = value, high = value) => ({ hubM2: { value, low, high } })
    const study = studyOf(
      [
        own({ infrastructure: hub(1000) }, 'large'),
        own({ infrastructure: hub(600, 500, 700) }, 'middle'),
        own({ infrastructure: hub(550, 400, 650) }, 'close'),
        own({}, 'dark'),
      ],
      { indicators: ['hubM2'], compare: ['close', 'middle'] },
    )
    const { weights, order, leaders, ranked, compare, complexes } = answerComplexes(study)
    expect(weights).toEqual({ stability: 0, economy: 0, infrastructure: 1, geography: 0 })
    // 400 the worst of the set, 1,000 the best
    expect(ranked[1].total).toEqual({ low: 1 / 6, value: 1 / 3, high: 0.5 })
    expect(order).toEqual(['large', 'middle', 'close', 'dark'])
    expect(leaders).toEqual(['large', 'dark'])
    expect(ranked[3].places).toEqual([1, 4])
    expect(complexes.map(({ knownOf }) => knownOf)).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
      [0, 1],
    ])
    expect(compare?.ids).toEqual(['close', 'middle'])
    expect(compare?.ranked[1].total.value).toBeCloseTo(200 / 300, 12)
    expect(compare?.sure).toEqual([])
    const apart = answerComplexes({ ...study, compare: ['large', 'middle'] }).compare
    expect(apart?.sure).toEqual([{ indicator: 'hubM2', better: 'large', than: 'middle' }])
  })

  test('shows the network of a register and of orders', () => {
    const orders = [{ date: '2026-03-02', supplier: 's', firm: 'A', kg: 5 }]
    const { networks } = answerComplexes(studyOf([own({ register, orders })]))
    expect(networks.map(({ complex, of, network }) => [complex, of, network.unit])).toEqual([
      ['own', 'register', 'krw'],
      ['own', 'orders', 'kg'],
    ])
    expect(networks[1].outages).toEqual([])
    // the port stops both imports, so no supplier of one of them stops more
    expect(networks[0].outages[0]).toMatchObject({ of: 'port', id: 'Rotterdam', weeks: 4, firmsUnknown: 0 })
    const outage = { of: 'supplier', id: 'spring-SE', weeks: 4 } as const
    const { nothing } = answerSupply({ register, outages: [outage] }).outages[0]
    expect(networks[0].outages.find(({ id }) => id === 'spring-SE')).toMatchObject({
      daysLost: nothing.daysLost,
      firmsStopped: nothing.firmsStopped,
      // A02: 15 kg at 2 a day
      firstStopDay: 7,
    })
    // nobody knows how much steel A01 and A02 have; A05 is short of 144 kg a day, and 700 kg last over day 4
    expect(networks[0].outages.find(({ id }) => id === 'steel-L1')).toMatchObject({
      firmsStopped: 4,
      firstStopDay: 4,
      firmsUnknown: 2,
    })
    expect(networks[0].network.singlePoints.map(({ supplier }) => supplier).toSorted()).toEqual([
      'plate-DE',
      'spring-SE',
    ])
  })

  test('is told every fault at once, each with its place', () => {
    const broken = studyOf(
      [
        { id: 'gwangju-molds' },
        { id: 'mine', name: NAME },
        own({
          firms: { value: 5, low: 6 },
          firmList: [{ id: 'f', lng: 127 }, { id: 'f' }],
          suppliers: [{ id: 's', lat: 36 }],
          orders: [{ date: '2026-03-02', supplier: 't', firm: 'g', kg: 1 }],
          register: { ...register, firms: [] },
        }),
        own(),
      ],
      { weights: { ...EVEN, geography: 0 }, indicators: ['portKm'], compare: ['own', 'elsewhere'] },
    )
    const paths = (study: unknown) => findStudyIssues(study, 'en').map(({ path }) => path)
    expect(paths(broken)).toEqual(['complexes/2/register/firms'])
    const formed = {
      ...broken,
      complexes: broken.complexes.map((entry) =>
        'register' in entry ? { ...entry, register: { ...register, firms: [register.firms[0]] } } : entry,
      ),
    }
    const told = paths(formed)
    for (const path of [
      'complexes/0/name',
      'complexes/1/place',
      'complexes/2/firms',
      'complexes/2/firmList/0',
      'complexes/2/firmList/1/id',
      'complexes/2/suppliers/0',
      'complexes/2/orders/0/firm',
      'complexes/2/orders/0/supplier',
      'complexes/2/register/items/0/uses/1/firm',
      'complexes/3/id',
      'weights',
      'compare/1',
    ])
      expect(told).toContain(path)
    expect(findStudyIssues(formed, 'ko').every(({ message, remedy }) => /[가-힣]/.test(message + remedy))).toBe(true)
  })
})
