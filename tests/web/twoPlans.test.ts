import { describe, expect, it } from 'vitest'
import type { DayPlan, DayPlans, GeoJson } from '../../server/api.ts'
import type { Plan } from '../../solver/index.ts'
import { formatAddress, parseAddress } from '../../web/state/address.ts'
import { COST_ORDER } from '../../web/state/ledger.ts'
import {
  choosePlans,
  commonHours,
  comparedLines,
  comparedStops,
  comparing,
  fallBetween,
  figureRows,
  markShipment,
  soloPairs,
  UNMARKED,
} from '../../web/state/twoPlans.ts'
import { direct, makeDay, plan, problem, route } from './makeDay.ts'

/** S2 no longer rides with S1 but alone on a hired truck of 9 km; the round is 10 km shorter. */
const alone = {
  ...route,
  id: 'd1',
  vehicle: 'hired',
  stops: [route.stops[1]!, route.stops[2]!].map((stop, k) => ({
    ...stop,
    deliveries: k ? ['S2'] : [],
    pickups: k ? [] : ['S2'],
  })),
  departS: 9 * 3600,
  returnS: 11 * 3600,
  distanceM: 9000,
  emptyM: 0,
  waitS: 0,
  costLines: [{ kind: 'distance' as const, krw: 25_000 }],
  costKrw: 25_000,
}
const shorter = {
  ...route,
  stops: [route.stops[0]!, { ...route.stops[1]!, pickups: [] }],
  distanceM: 10_000,
  emptyM: 9000,
  returnS: 10 * 3600,
}
const other: Plan = {
  ...plan,
  routes: [shorter],
  direct: [
    direct,
    { ...direct, shipment: 'S2', mode: 'hired', route: alone, costLines: alone.costLines, costKrw: 25_000 },
  ],
  costLines: [
    { kind: 'fixed', krw: 60_000 },
    { kind: 'distance', krw: 25_000 },
    { kind: 'terminal', krw: 40_000 },
  ],
  costKrw: 125_000,
}
const both = comparing({ problem, plan, co2G: 5000 }, { problem, plan: other, co2G: undefined })

describe('the table of differences', () => {
  const rows = new Map(figureRows(both, COST_ORDER).map((row) => [row.key, row]))

  it('adds up, and names the trucks and shipments whose figure it is', () => {
    expect(rows.get('cost')).toMatchObject({ left: 100_000, right: 125_000, difference: 25_000, shipments: ['S2'] })
    const lines = COST_ORDER.flatMap((kind) => rows.get(kind)?.difference ?? [])
    expect(lines.reduce((sum, krw) => sum + krw, 0)).toBe(25_000)
    expect(rows.has('toll')).toBe(false)
    // 20 km against 10 + 9; one truck against two; 3 h against 2.5 + 2
    expect(rows.get('km')).toMatchObject({ left: 20_000, right: 19_000, pairs: [0] })
    expect(rows.get('trucks')).toMatchObject({ left: 1, right: 2 })
    expect(rows.get('workS')).toMatchObject({ left: 3 * 3600, right: 4.5 * 3600 })
    expect(rows.get('direct')).toMatchObject({ left: 1, right: 2, shipments: ['S2'] })
    expect(rows.get('co2')?.right).toBeNaN()
  })

  it('falls from one cost to the other line by line, to the won', () => {
    const { steps, low, high } = fallBetween(plan.costLines, other.costLines, COST_ORDER)
    expect(steps).toEqual([
      { key: 'left', from: 100_000, to: 100_000, krw: 100_000 },
      { key: 'distance', from: 100_000, to: 125_000, krw: 25_000 },
      { key: 'right', from: 125_000, to: 125_000, krw: 125_000 },
    ])
    expect([low, high]).toEqual([98_500, 126_500])
  })

  it('pairs hired trucks that carry one shipment by it', () => {
    expect(soloPairs(both).map(({ shipment, left, right }) => [shipment, left?.id, right?.id])).toEqual([
      ['S2', undefined, 'd1'],
    ])
  })

  it('marks a shipment on both sides, with the truck it leaves', () => {
    const { pairs, shipments } = markShipment(both, 'S2')
    expect([[...pairs], [...shipments]]).toEqual([[0], ['S2']])
  })
})

describe('what is drawn', () => {
  const leg = (index: number): GeoJson['features'][number] => ({
    type: 'Feature',
    geometry: {
      type: 'LineString',
      coordinates: [
        [126.7, 35.1 + index],
        [126.8, 35.2],
      ],
    },
    properties: { route: 'r1', number: 1, leg: index, straight: false },
  })
  const geojson: GeoJson = { type: 'FeatureCollection', features: [leg(0), leg(1), leg(2), leg(3)] }
  const colours = (side: 'left' | 'right', of = both) =>
    comparedLines(geojson, of, side, UNMARKED).features.map(({ properties }) => properties.colour)

  it('is grey where both plans do the same, and in the colour of the truck where one does', () => {
    // hub → A1 → heat on both; heat → A2 → hub on the left only. What is the same lies below
    expect(colours('left')).toEqual([-1, -1, 0, 0])
    expect(colours('left', comparing(both.left, both.left))).toEqual([-1, -1, -1, -1])
    const dots = comparedStops(makeDay(), both, 'left', UNMARKED).features.map(({ properties }) => properties.colour)
    // S2 is loaded at heat and unloaded at A2 on the left only
    expect(dots).toEqual([-1, 0, 0])
  })

  it('has one axis of time, in whole hours around both', () => {
    expect(commonHours(both)).toEqual({ fromS: 7 * 3600, toS: 12 * 3600 })
    expect(
      commonHours(
        comparing(
          { ...both.left, plan: { ...plan, routes: [], direct: [] } },
          { ...both.left, plan: { ...plan, routes: [], direct: [] } },
        ),
      ),
    ).toBeUndefined()
  })
})

describe('the plans to begin with', () => {
  const entry = (id: string, changedAt: string) => ({ id, changedAt }) as DayPlan
  const list: DayPlans = {
    date: '2026-11-23',
    more: false,
    problems: [
      {
        problem: 'p',
        standing: true,
        shipments: 4,
        addedAt: '',
        addedBy: '',
        plans: [entry('now', '2'), entry('old', '1')],
      },
      { problem: 'before', standing: false, shipments: 3, addedAt: '', addedBy: '', plans: [entry('earlier', '9')] },
      {
        problem: 's',
        standing: false,
        scenario: { kind: 'scenario', name: { ko: '', en: '' }, of: 'p', changes: [] },
        shipments: 4,
        addedAt: '',
        addedBy: '',
        plans: [entry('scenario', '3')],
      },
    ],
  }
  const ids = (wanted: string[]) => {
    const { left, right } = choosePlans(list, wanted)
    return [left?.id, right?.id]
  }

  it("are the day's and the newest other one, unless the address names them", () => {
    expect(ids([])).toEqual(['now', 'scenario'])
    expect(ids(['scenario', 'old'])).toEqual(['scenario', 'old'])
    expect(ids(['gone', 'gone'])).toEqual(['now', 'scenario'])
    expect(choosePlans({ ...list, problems: [] }, [])).toEqual({ left: undefined, right: undefined })
  })

  it('are kept in the address', () => {
    const address = '#compare/2026-11-23/now..scenario'
    expect(formatAddress(parseAddress(address))).toBe(address)
    expect(parseAddress('#compare/2026-11-23/<x>').view).toBeUndefined()
  })
})
