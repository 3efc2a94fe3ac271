import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Settings } from 'typebox/system'
import { describe, expect, test } from 'vitest'
import { findIssues, isBusinessNumber, type Problem } from '../../solver/index.ts'
import { ISSUE_WORDS } from '../../solver/words.ts'
import { contract, makeProblem } from './problems.ts'

const HOUR = 3600
const hours = (): [number, number][] => [[8 * HOUR, 18 * HOUR]]

/** Two sites of Gwangju, one shipment, a contract truck and a hired one: nothing wrong with it. */
function soundProblem(): Problem {
  return {
    name: 'sound',
    startsAt: '2026-11-23T00:00:00+09:00',
    timeZone: 'Asia/Seoul',
    days: 1,
    sites: [
      { id: 'a', name: '금형A01', lng: 126.765, lat: 35.125, windows: hours() },
      { id: 'b', name: '강재L1', lng: 126.801, lat: 35.203, windows: hours() },
    ],
    firms: [{ id: 'f', name: '금형A01', site: 'a' }],
    shipments: [{ id: 's', firm: 'f', from: 'b', to: 'a', weightKg: 800 }],
    vehicles: [
      {
        id: 'own',
        truck: '2.5t',
        kind: 'contract',
        start: 'a',
        end: 'a',
        shifts: hours(),
        count: 1,
        tariff: 'day',
        capacityKg: 2500,
      },
      { id: 'spot', truck: '1t', kind: 'hired', shifts: hours(), count: 2, tariff: 'trip', capacityKg: 1000 },
    ],
    tariffs: [
      { id: 'day', kind: 'contract', perDayKrw: 1, perKmKrw: 1, perHourKrw: 0, tollIncluded: true },
      {
        id: 'trip',
        kind: 'hired',
        baseKrw: 1,
        perKmKrw: 1,
        minimumKrw: 1,
        stopFeeKrw: 1,
        includedStops: 2,
        tollIncluded: true,
      },
    ],
  }
}

/** The sound problem with the value at each path replaced; undefined takes it out. */
function broken(changes: Record<string, unknown>): unknown {
  const problem = soundProblem()
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split('/')
    const last = steps.pop()!
    // biome-ignore lint/suspicious/noExplicitAny: a test that breaks a document on purpose
    const target = steps.reduce((place: any, step) => place[step], problem)
    if (value === undefined) delete target[last]
    else target[last] = value
  }
  return problem
}
/** One more shipment beside the sound problem's own. */
const second = (more: object) => ({ id: 't', firm: 'f', from: 'b', to: 'a', weightKg: 800, ...more })
const found = (changes: Record<string, unknown>): [string, string][] =>
  findIssues(broken(changes)).map(({ code, path }) => [code, path])

test('a sound problem has no issues', () => {
  expect(findIssues(soundProblem())).toEqual([])
})

test.each([undefined, null, 5, 'text', [], true, Number.NaN])('%j is no problem document', (input) => {
  expect(findIssues(input).map(({ code }) => code)).toEqual(['problem.notObject'])
})

describe('the schema', () => {
  test.each<[string, unknown, string]>([
    ['sites/0/lat', Number.NaN, 'number.notFinite'],
    ['sites/0/lat', 91, 'number.tooLarge'],
    ['shipments/0/weightKg', -1, 'number.tooSmall'],
    ['shipments/0/weightKg', '800', 'field.type'],
    ['shipments/0/weightKg', undefined, 'field.missing'],
    ['shipments/0/wieghtKg', 800, 'field.unknown'],
    ['shipments/0/id', '', 'text.tooShort'],
    ['shipments/0/id', 'x'.repeat(81), 'text.tooLong'],
    ['shipments/0/modes', ['bicycle'], 'field.choice'],
    ['vehicles/0/truck', '3t', 'field.choice'],
    ['vehicles/0/shifts', [], 'list.tooShort'],
    ['vehicles/0/count', 1.5, 'field.type'],
    ['vehicles/1/start', 5, 'field.type'],
    ['vehicles/1/shifts/0', [1, 2, 3], 'window.form'],
    ['vehicles/1/shifts/0', '08:00-18:00', 'window.form'],
    ['tariffs/1/perKmKrw', undefined, 'field.missing'],
    ['tariffs/1/kind', 'lease', 'field.choice'],
    ['law', 'none', 'field.type'],
  ])('%s = %j is told in one fault at its place', (path, value, code) => {
    const issues = findIssues(broken({ [path]: value })).filter((issue) =>
      issue.code.match(/^(field|number|text|list|window\.form)/),
    )
    const at = code === 'field.choice' && path === 'shipments/0/modes' ? `${path}/0` : path
    expect(issues.map((issue) => [issue.code, issue.path])).toEqual([[code, at]])
  })

  test('tells more faults than the validator does by itself, and leaves its setting alone', () => {
    const before = Settings.Get().maxErrors
    const shipments = Array.from({ length: 30 }, (_, index) => ({ id: `s${index}` }))
    const issues = findIssues({ ...soundProblem(), shipments })
    expect(issues.filter(({ code }) => code === 'field.missing')).toHaveLength(30 * 4) // firm, from, to, weightKg
    expect(Settings.Get().maxErrors).toBe(before)
  })

  test('holds a tariff against its own kind only', () => {
    expect(
      found({ 'tariffs/1': { id: 'trip', kind: 'hired', baseKrw: 1, tollIncluded: true, includedStops: 2 } }),
    ).toEqual([
      ['field.missing', 'tariffs/1/perKmKrw'],
      ['field.missing', 'tariffs/1/minimumKrw'],
      ['field.missing', 'tariffs/1/stopFeeKrw'],
    ])
    expect(found({ 'tariffs/1/kind': undefined })).toEqual([['field.missing', 'tariffs/1/kind']])
  })
})

describe('the meaning', () => {
  test.each<[string, Record<string, unknown>, [string, string][]]>([
    ['a start that is no instant', { startsAt: '2026-02-30T00:00:00+09:00' }, [['startsAt.form', 'startsAt']]],
    ['a start without an offset', { startsAt: '2026-11-23T00:00:00' }, [['startsAt.form', 'startsAt']]],
    [
      'a start that is not midnight there',
      { startsAt: '2026-11-23T00:00:00Z' },
      [['startsAt.notMidnight', 'startsAt']],
    ],
    ['a time zone that is none', { timeZone: 'Asia/Gwangju' }, [['timeZone.unknown', 'timeZone']]],
    [
      'an id used twice',
      { 'sites/1/id': 'a', 'shipments/0/from': 'a', 'shipments/0/to': 'b' },
      [
        ['id.duplicate', 'sites/1/id'],
        ['reference.unknown', 'shipments/0/to'],
      ],
    ],
    ['a firm that is not there', { 'shipments/0/firm': 'g' }, [['reference.unknown', 'shipments/0/firm']]],
    ['a site that is not there', { 'firms/0/site': 'z' }, [['reference.unknown', 'firms/0/site']]],
    ['a tariff that is not there', { 'vehicles/0/tariff': 'z' }, [['reference.unknown', 'vehicles/0/tariff']]],
    ['a tariff of the other kind', { 'vehicles/0/tariff': 'trip' }, [['tariff.kind', 'vehicles/0/tariff']]],
    [
      'a contract truck that lives nowhere',
      { 'vehicles/0/start': null, 'vehicles/0/end': undefined },
      [
        ['vehicle.contractWithoutDepot', 'vehicles/0/start'],
        ['vehicle.contractWithoutDepot', 'vehicles/0/end'],
      ],
    ],
    [
      'a window that closes before it opens',
      { 'vehicles/1/shifts/0': [18 * HOUR, 8 * HOUR] },
      [['window.closesBeforeOpens', 'vehicles/1/shifts/0']],
    ],
    [
      'due before ready',
      { 'shipments/0/ready': 15 * HOUR, 'shipments/0/due': 14 * HOUR },
      [['shipment.dueBeforeReady', 'shipments/0/due']],
    ],
    [
      'a delivery window before ready',
      { 'shipments/0/ready': 15 * HOUR, 'shipments/0/deliveryWindows': [[9 * HOUR, 14 * HOUR]] },
      [['shipment.deliveryBeforeReady', 'shipments/0/deliveryWindows']],
    ],
    [
      'no moment to load',
      { 'shipments/0/ready': 19 * HOUR },
      [
        ['shipment.noPickupTime', 'shipments/0/pickupWindows'],
        ['shipment.noDeliveryTime', 'shipments/0/deliveryWindows'],
      ],
    ],
    [
      'a piece heavier than its shipment',
      { 'shipments/0/pieceKg': 900 },
      [['shipment.pieceHeavier', 'shipments/0/pieceKg']],
    ],
    ['a way from a site to itself', { 'shipments/0/to': 'b' }, [['shipment.sameSite', 'shipments/0/to']]],
    [
      'a mixing class that nothing is of',
      { 'shipments/0/cargo': 'oil', mixing: [['oil', 'mould']] },
      [['mixing.unused', 'mixing/0/1']],
    ],
    [
      'a group that names what is not there, and one twice',
      { together: [['s', 'nobody', 's']], apart: [['s', 'else']] },
      [
        ['reference.unknown', 'together/0/1'],
        ['company.twice', 'together/0/2'],
        ['reference.unknown', 'apart/0/1'],
      ],
    ],
    [
      'a member of a group that may not share a truck',
      { 'shipments/1': second({ mustGoAlone: true }), 'shipments/0/modes': ['hired'], together: [['s', 't']] },
      [
        ['together.noRoute', 'together/0/0'],
        ['together.alone', 'together/0/1'],
      ],
    ],
    [
      'together and apart, by way of a third',
      {
        'shipments/1': second({}),
        'shipments/2': second({ id: 'u' }),
        together: [
          ['s', 't'],
          ['t', 'u'],
        ],
        apart: [['u', 's']],
      },
      [['apart.together', 'apart/0']],
    ],
    [
      'loaded by 09:00:20 and unloaded from 10:00 on, an hour at most on board',
      {
        'sites/1/stopS': 20,
        'shipments/0/pickupWindows': [[8 * HOUR, 9 * HOUR]],
        'shipments/0/deliveryWindows': [[10 * HOUR, 11 * HOUR]],
        'shipments/0/maxOnBoardS': HOUR - 21,
      },
      [['shipment.rideGap', 'shipments/0/maxOnBoardS']],
    ],
    [
      'just short enough',
      {
        'sites/1/stopS': 20,
        'shipments/0/pickupWindows': [[8 * HOUR, 9 * HOUR]],
        'shipments/0/deliveryWindows': [[10 * HOUR, 11 * HOUR]],
        'shipments/0/maxOnBoardS': HOUR - 20,
      },
      [],
    ],
    [
      'a road longer than the ride may be, on the faster of two trucks',
      {
        travel: {
          key: 'k',
          estimated: true,
          tables: [
            { trucks: ['1t'], durationS: [0, 9, 600, 0], distanceM: [0, 9, 9, 0], tollKrw: [0, 0, 0, 0] },
            { trucks: ['2.5t'], durationS: [0, 9, 700, 0], distanceM: [0, 9, 9, 0], tollKrw: [0, 0, 0, 0] },
          ],
        },
        'shipments/0/maxOnBoardS': 599,
      },
      [['shipment.rideTooShort', 'shipments/0/maxOnBoardS']],
    ],
    [
      'a pair of one and a group of one',
      { mixing: [['oil']], together: [['s']] },
      [
        ['list.tooShort', 'mixing/0'],
        ['list.tooShort', 'together/0'],
        ['mixing.unused', 'mixing/0/0'],
      ],
    ],
    [
      'three classes where a pair is meant',
      { 'shipments/0/cargo': 'oil', mixing: [['oil', 'oil', 'oil']] },
      [['field.invalid', 'mixing/0']],
    ],
    ['no mode at all', { 'shipments/0/modes': [] }, [['shipment.noMode', 'shipments/0/modes']]],
    ['more than any truck takes', { 'shipments/0/weightKg': 2501 }, [['shipment.tooHeavy', 'shipments/0/weightKg']]],
    [
      'more pallets than any bed has',
      { 'shipments/0/pallets': 9, 'vehicles/0/pallets': 4, 'vehicles/1/pallets': 2 },
      [['shipment.tooBulky', 'shipments/0/pallets']],
    ],
    [
      'a piece that nothing lifts',
      { 'sites/0/handling': ['forklift'], 'sites/0/liftKg': { forklift: 700 } },
      [['shipment.noGear', 'shipments/0/pieceKg']],
    ],
    [
      'a yard too small for each truck that could',
      { 'shipments/0/weightKg': 1500, 'sites/0/maxTruck': '1t' },
      [['shipment.truckBarred', 'shipments/0']],
    ],
    [
      'coordinates outside Korea',
      { 'sites/0/lng': 2.35, 'sites/0/lat': 48.85 },
      [['coordinates.outsideKorea', 'sites/0']],
    ],
    [
      'coordinates of 경기 광주시',
      { 'sites/1/lng': 127.26, 'sites/1/lat': 37.41 },
      [['coordinates.otherGwangju', 'sites/1']],
    ],
    [
      'an address in 경기 광주시',
      { 'sites/1/address': '경기도 광주시 오포읍' },
      [['coordinates.otherGwangju', 'sites/1']],
    ],
    [
      'a wrong check digit',
      { 'firms/0/businessNumber': '999-81-00016' },
      [['businessNumber.form', 'firms/0/businessNumber']],
    ],
  ])('finds %s', (_, changes, expected) => {
    expect(found(changes)).toEqual(expected)
  })

  test('says which city was probably meant, and that a window wants its times swapped', () => {
    const [city] = findIssues(broken({ 'sites/1/lng': 127.26, 'sites/1/lat': 37.41 }), 'ko')
    expect(city.message).toBe('‘강재L1’의 위치가 경기도 광주시입니다. 광주광역시를 뜻한 것 같습니다.')
    expect(city.severity).toBe('warning')
    const [window] = findIssues(broken({ 'vehicles/1/shifts/0': [18 * HOUR, 8 * HOUR] }), 'en')
    expect(window).toMatchObject({
      message: 'Opens at 18:00 and closes at 08:00: it closes before it opens.',
      remedy: 'Swap the two times.',
    })
  })

  test('suspects no city where the complex is elsewhere', () => {
    // Seongnam and 경기 광주시, 15 km apart
    expect(found({ 'sites/0/lng': 127.13, 'sites/0/lat': 37.44, 'sites/1/lng': 127.26, 'sites/1/lat': 37.41 })).toEqual(
      [],
    )
  })

  test('sees swapped coordinates, which no latitude can be', () => {
    expect(found({ 'sites/0/lng': 35.125, 'sites/0/lat': 126.765 })[0]).toEqual(['number.tooLarge', 'sites/0/lat'])
    expect(found({ 'sites/0/lng': 35.125, 'sites/0/lat': 126.765 })).toContainEqual(['coordinates.swapped', 'sites/0'])
  })

  test('minds no heavy piece that terminal freight or a crane truck takes', () => {
    const forkliftOnly = { 'sites/0/handling': ['forklift'], 'sites/0/liftKg': { forklift: 100 } }
    const crane = { ...soundProblem().vehicles[1], id: 'crane', handling: ['crane'], liftKg: { crane: 900 } }
    expect(found({ ...forkliftOnly, 'vehicles/2': crane })).toEqual([])
    const terminal = {
      id: 't',
      kind: 'terminal',
      baseKrw: 1,
      perKgKrw: 1,
      zones: [{ factor: 1 }],
      maxPieceKg: 800,
      maxShipmentKg: 800,
      leadDays: 1,
    }
    expect(found({ ...forkliftOnly, 'tariffs/2': terminal })).toEqual([])
    expect(found({ ...forkliftOnly, 'tariffs/2': terminal, 'shipments/0/mustGoAlone': true })).toHaveLength(1)
  })

  test('goes on where the schema is broken elsewhere', () => {
    expect(found({ days: 0, 'sites/0/lat': null, 'shipments/0/firm': 'g', 'vehicles/0/shifts/0': [5, 1] })).toEqual([
      ['number.tooSmall', 'days'],
      ['field.type', 'sites/0/lat'],
      ['reference.unknown', 'shipments/0/firm'],
      ['window.closesBeforeOpens', 'vehicles/0/shifts/0'],
    ])
  })
})

describe('travel figures', () => {
  const table = (more: object = {}) => ({
    trucks: ['1t', '2.5t'],
    durationS: [0, 600, 600, 0],
    distanceM: [0, 1, 1, 0],
    tollKrw: [0, 0, 0, 0],
    ...more,
  })
  const travel = (...tables: object[]) => ({ travel: { key: 'hand', estimated: false, tables } })

  test('of the right size for every truck class are sound', () => {
    expect(found(travel(table()))).toEqual([])
    const slice = { fromS: 25_200, toS: 34_200, durationS: [0, 900, 900, 0] }
    expect(found(travel(table({ slices: [slice, { ...slice, fromS: 34_200, toS: 86_400 }] })))).toEqual([])
  })

  test('say by -1 in every list that no road leads there, and may say how much is expressway', () => {
    const cells = [0, -1, 600, 0]
    expect(found(travel(table({ durationS: cells, distanceM: cells, tollKrw: cells })))).toEqual([])
    expect(found(travel(table({ expresswayM: [0, 0, 1, 0] })))).toEqual([])
    const roads = { durationS: cells, distanceM: cells, tollKrw: cells, expresswayM: [0, 0, 0, 0] }
    expect(found(travel(table(roads)))).toEqual([['travel.halfRoad', 'travel/tables/0']])
  })

  test.each<[string, object[], [string, string]]>([
    ['of another number of sites', [table({ durationS: [0] })], ['travel.tableSize', 'travel/tables/0/durationS']],
    ['with a hole', [table({ distanceM: [0, Number.NaN, -2, 0] })], ['travel.cell', 'travel/tables/0/distanceM']],
    ['with no road home', [table({ tollKrw: [0, 0, 0, -1] })], ['travel.cell', 'travel/tables/0/tollKrw']],
    ['with half a road', [table({ durationS: [0, -1, 600, 0] })], ['travel.halfRoad', 'travel/tables/0']],
    ['without a truck class', [table({ trucks: ['1t'] })], ['travel.truckMissing', 'travel/tables']],
    [
      'with a hole in a slice',
      [table({ slices: [{ fromS: 0, toS: 9, durationS: [0, -2, 600, 0] }] })],
      ['travel.cell', 'travel/tables/0/slices/0/durationS'],
    ],
    [
      'with a slice of another number of sites',
      [table({ slices: [{ fromS: 0, toS: 9, durationS: [0, 1, 1, 0], tollKrw: [0] }] })],
      ['travel.tableSize', 'travel/tables/0/slices/0/tollKrw'],
    ],
    [
      'with a slice over midnight',
      [table({ slices: [{ fromS: 79_200, toS: 21_600, durationS: [0, 1, 1, 0] }] })],
      ['travel.sliceEndsBeforeBegin', 'travel/tables/0/slices/0'],
    ],
    [
      'with slices that overlap',
      [
        table({
          slices: [
            { fromS: 0, toS: 86_400, durationS: [0, 1, 1, 0] },
            { fromS: 600, toS: 700, durationS: [0, 1, 1, 0] },
          ],
        }),
      ],
      ['travel.slicesMeet', 'travel/tables/0/slices/1'],
    ],
    [
      'with a leg of more than a year, and slices',
      [
        table({
          durationS: [0, 40_000_000, 1, 0],
          slices: [{ fromS: 0, toS: 600, durationS: [0, 1, 1, 0] }],
        }),
      ],
      ['travel.cell', 'travel/tables/0/durationS'],
    ],
    ['with a class twice', [table(), table({ trucks: ['1t'] })], ['travel.truckTwice', 'travel/tables/1/trucks']],
  ])('%s are told', (_, tables, expected) => {
    expect(found(travel(...tables))).toEqual([expected])
  })

  test('by time of day are asked for in slices one after another', () => {
    expect(found({ timeOfDay: {} })).toEqual([])
    const slice = { fromS: 25_200, toS: 34_200, otherPercent: 130 }
    expect(found({ timeOfDay: { slices: [slice] } })).toEqual([])
    expect(found({ timeOfDay: { slices: [slice, slice] } })).toEqual([['travel.slicesMeet', 'timeOfDay/slices/1']])
    expect(found({ timeOfDay: { slices: [{ ...slice, otherPercent: 5 }] } })).toEqual([
      ['number.tooSmall', 'timeOfDay/slices/0/otherPercent'],
    ])
  })

  test('leave no room for toll discounts that nobody counts', () => {
    expect(found({ tollDiscounts: { night: true } })).toEqual([])
    expect(found({ tollDiscounts: { night: 'yes', morning: true } })).toEqual([
      ['field.unknown', 'tollDiscounts/morning'],
      ['field.type', 'tollDiscounts/night'],
    ])
    const given = travel(table()).travel
    expect(found({ travel: given, tollDiscounts: { commute: true } })).toEqual([
      ['tollDiscounts.travelGiven', 'tollDiscounts'],
    ])
    expect(found({ travel: given, tollDiscounts: { commute: false } })).toEqual([])
    const counted = { discount: 'commute', since: '2011-05-20', certainty: 'B' }
    expect(found({ travel: { ...given, tollDiscounts: [counted] }, tollDiscounts: { commute: true } })).toEqual([])
  })

  test('of a thousand sites are walked in a moment', () => {
    const cells = new Array<number>(1000 * 1000).fill(7)
    const sites = Array.from({ length: 1000 }, (_, index) => ({ id: `${index}`, name: '', lng: 127, lat: 36 }))
    const problem = {
      ...soundProblem(),
      sites,
      firms: [],
      shipments: [],
      vehicles: [],
      ...travel(table({ durationS: cells, distanceM: cells, tollKrw: cells })),
    }
    expect(findIssues(problem).filter(({ severity }) => severity === 'error')).toEqual([])
  })
})

test('zones of a tariff that can never apply are told', () => {
  const terminal = {
    id: 't',
    kind: 'terminal',
    baseKrw: 1,
    perKgKrw: 1,
    maxPieceKg: 1,
    maxShipmentKg: 1,
    leadDays: 1,
    zones: [{ factor: 1 }, { uptoM: 9, factor: 2 }],
  }
  expect(found({ 'tariffs/2': terminal })).toEqual([['tariff.zoneUnreachable', 'tariffs/2/zones/1']])
})

test('business numbers prove their check digit', () => {
  // 999-81-0001?: 9·1 + 9·3 + 9·7 + 8·1 + 1·3 + 0 + 0 + 0 + 1·5 + ⌊1·5/10⌋ = 115; (10 − 5) mod 10 = 5
  expect(isBusinessNumber('999-81-00015')).toBe(true)
  expect(isBusinessNumber('9998100015')).toBe(true)
  expect(isBusinessNumber('999-81-00016')).toBe(false)
  expect(isBusinessNumber('000-00-00000')).toBe(false)
})

test('the words of both languages name the same values', () => {
  const names = (texts: readonly string[]): Set<string> => new Set(texts.join(' ').match(/\{\w+\}/g))
  for (const [code, { ko, en }] of Object.entries(ISSUE_WORDS)) expect([code, names(ko)]).toEqual([code, names(en)])
})

test('whatever stands where company is asked for, nothing is thrown and the schema says so', () => {
  const garbage = [5, null, 'x', {}, [5], [[5, 's']], [[null, {}]], [['s', ['s']]], [{ 0: 's', 1: 's' }]]
  for (const field of ['mixing', 'together', 'apart'])
    for (const value of garbage) expect(found({ [field]: value }), `${field} ${JSON.stringify(value)}`).not.toEqual([])
  for (const value of [null, 'x', -1, 0.5, []]) expect(found({ 'shipments/0/maxOnBoardS': value })).not.toEqual([])
})

describe('whatever the input', () => {
  const isIssue = {
    code: expect.any(String),
    severity: expect.any(String),
    path: expect.any(String),
    message: expect.any(String),
    remedy: expect.any(String),
  }

  test('nothing is thrown', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    })
    const shaped = fc.record(
      Object.fromEntries(
        Object.keys(soundProblem())
          .concat('law', 'travel', 'timeOfDay', 'tollDiscounts')
          .map((key) => [key, anything]),
      ),
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(anything, shaped), (input) => {
        for (const issue of findIssues(input, 'en')) expect(issue).toEqual(isIssue)
      }),
      { numRuns: 500 },
    )
  })

  test('nothing is thrown for a real problem with parts replaced, and the other parts are still told', () => {
    const text = readFileSync(new URL('../../fixtures/gwangju/problems/seed-01-day-01.json', import.meta.url), 'utf8')
    const nouns = ['sites', 'firms', 'shipments', 'vehicles', 'tariffs'] as const
    const change = fc.record({
      noun: fc.constantFrom(...nouns),
      index: fc.nat(60),
      key: fc.constantFrom(
        'id',
        'windows',
        'shifts',
        'from',
        'to',
        'weightKg',
        'lng',
        'lat',
        'kind',
        'handling',
        'liftKg',
        'zones',
        'tariff',
        'truck',
      ),
      value: fc.oneof(fc.anything(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, '', [], {}, null)),
    })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const problem = JSON.parse(text)
        for (const { noun, index, key, value } of changes) {
          const entry = problem[noun][index % problem[noun].length]
          if (typeof entry === 'object' && entry !== null) entry[key] = value
        }
        problem.shipments.push({ id: 'wrong', firm: 'nobody', from: 'A01', to: 'A02', weightKg: 5 })
        const issues = findIssues(problem, 'ko')
        expect(issues.some(({ code, path }) => code === 'reference.unknown' && path.endsWith('/firm'))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

describe('what hardly was meant', () => {
  test('a fleet of none, a day of nothing, and more on a truck than its class carries are warned of', () => {
    const codes = (problem: unknown) => findIssues(problem, 'en').map(({ code, severity }) => [code, severity])
    expect(codes(makeProblem({ vehicles: [] }))).toContainEqual(['vehicles.none', 'warning'])
    expect(codes(makeProblem({ shipments: [] }))).toContainEqual(['shipments.none', 'warning'])
    // 25 t on a 2.5 t truck; 8 t is a variant of the 5 t truck with an added axle
    expect(codes(makeProblem({ vehicles: [contract({ capacityKg: 25_000 })] }))).toContainEqual([
      'vehicle.overPlate',
      'warning',
    ])
    expect(codes(makeProblem({ vehicles: [contract({ truck: '5t-axle', capacityKg: 8000 })] }))).not.toContainEqual([
      'vehicle.overPlate',
      'warning',
    ])
  })
})
