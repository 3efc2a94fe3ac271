/** A day that can be followed by hand: a hub and two members inside, one heat treater 8 km off, one steel yard far away. */
import type { GeoJson } from '../../server/api.ts'
import type { Burn, Comparison, Direct, FootprintSum, Plan, Problem, Route, Stop } from '../../solver/index.ts'
import { makeDay as buildDay, type DayModel } from '../../web/state/day.ts'

export const COMPLEX = { lng: 126.765, lat: 35.125 }
const HOUR = 3600
const OPEN: [number, number][] = [
  [8 * HOUR, 12 * HOUR],
  [13 * HOUR, 17 * HOUR],
]

export const problem: Problem = {
  name: 'by hand',
  startsAt: '2026-11-23T00:00:00+09:00',
  timeZone: 'Asia/Seoul',
  days: 1,
  sites: [
    { id: 'hub', name: '공동물류센터', lng: 126.768, lat: 35.128, address: '광주광역시 광산구 평동산단' },
    {
      id: 'A1',
      name: '금형A01',
      lng: 126.76,
      lat: 35.12,
      windows: OPEN,
      address: '광주광역시 광산구 평동산단 (가상 위치)',
    },
    { id: 'A2', name: '금형A02', lng: 126.77, lat: 35.13, windows: OPEN, address: '광주광역시 광산구 평동산단' },
    { id: 'heat', name: '열처리1', lng: 126.8, lat: 35.195, windows: OPEN, address: '광주광역시 광산구 하남산단' },
    { id: 'steel', name: '강재S1', lng: 126.72, lat: 37.34, windows: OPEN, address: '경기도 시흥시 정왕동' },
  ],
  firms: [
    { id: 'f1', name: '금형A01', site: 'A1' },
    { id: 'f2', name: '금형A02', site: 'A2' },
  ],
  shipments: [
    { id: 'S1', firm: 'f1', from: 'A1', to: 'heat', item: '열처리(출)', weightKg: 500 },
    { id: 'S2', firm: 'f2', from: 'heat', to: 'A2', item: '열처리(입)', weightKg: 300 },
    { id: 'S3', firm: 'f1', from: 'steel', to: 'A1', item: '금형강', weightKg: 900 },
    { id: 'S4', firm: 'f2', from: 'A2', to: 'heat', item: '코어', weightKg: 4000 },
  ],
  vehicles: [
    {
      id: 'shuttle',
      truck: '2.5t',
      kind: 'contract',
      start: 'hub',
      end: 'hub',
      shifts: [[7 * HOUR, 18 * HOUR]],
      count: 1,
      tariff: 'day',
      capacityKg: 1000,
    },
    { id: 'hired', truck: '1t', kind: 'hired', shifts: [[0, 24 * HOUR]], count: 1, tariff: 'km', capacityKg: 1000 },
  ],
  tariffs: [],
}

const stop = (site: string, at: number, change: Partial<Stop>): Stop => ({
  site,
  arriveS: at,
  startS: at,
  leaveS: at + 900,
  pickups: [],
  deliveries: [],
  visits: [],
  legM: 0,
  legS: 0,
  weightKgAfter: 0,
  volumeLAfter: 0,
  palletsAfter: 0,
  ...change,
})

/** hub → A1 (load 500 kg) 1 km, → heat (unload 500, load 300) 9 km, → A2 (unload 300) 9 km, → hub 1 km. */
export const route: Route = {
  id: 'r1',
  vehicle: 'shuttle',
  stops: [
    stop('A1', 8 * HOUR, { arriveS: 8 * HOUR - 1200, legM: 1000, pickups: ['S1'], weightKgAfter: 500 }),
    stop('heat', 9 * HOUR, { legM: 9000, pickups: ['S2'], deliveries: ['S1'], weightKgAfter: 300 }),
    stop('A2', 10 * HOUR, { legM: 9000, deliveries: ['S2'] }),
  ],
  rests: [],
  departS: 7.5 * HOUR,
  returnS: 10.5 * HOUR,
  driveS: 3000,
  serviceS: 2700,
  waitS: 1200,
  restS: 0,
  distanceM: 20_000,
  emptyM: 2000,
  lastLegM: 1000,
  lastLegS: 120,
  tollKrw: 0,
  peakWeightKg: 500,
  costLines: [{ kind: 'fixed', krw: 60_000 }],
  costKrw: 60_000,
}

export const direct: Direct = {
  shipment: 'S3',
  mode: 'terminal',
  tariff: 'post',
  distanceM: 300_000,
  costLines: [{ kind: 'terminal', krw: 40_000 }],
  costKrw: 40_000,
  reasons: [{ rule: 'cost', proof: 'dearer', extraKrw: 9000 }],
}

export const plan: Plan = {
  routes: [route],
  direct: [direct],
  unserved: [{ shipment: 'S4', reasons: [{ rule: 'capacity', proof: 'impossible', excess: 3, unit: 'share' }] }],
  costLines: [
    { kind: 'fixed', krw: 60_000 },
    { kind: 'terminal', krw: 40_000 },
  ],
  costKrw: 100_000,
  violations: [],
  provenance: { version: 'test', seed: 1, iterations: 1, threads: 1, travelKey: 'none', estimated: true },
}

const carried = (shipment: string, costKrw: number) => ({ shipment, mode: 'hired', tariff: 'km', costKrw }) as const

const NO_BURN: Burn = { distanceM: 0, fuelMl: 0, fuelKrw: 0, subsidyKrw: 0, ttwCo2G: 0, wtwCo2eG: 0 }
/** All on hired trucks, so many kilometres at 10 km/L. */
function footprint(km: number): FootprintSum {
  const fuelMl = km * 100
  const total = {
    distanceM: km * 1000,
    fuelMl,
    fuelKrw: fuelMl * 2,
    subsidyKrw: fuelMl / 2,
    ttwCo2G: fuelMl * 2.5,
    wtwCo2eG: fuelMl * 3,
  }
  return { total, modes: { route: NO_BURN, hired: total, terminal: NO_BURN }, emptyReturn: NO_BURN, tonneKm: km / 2 }
}

/** B1 carries S1 and S2 for 45,000 each and S3 as the plan does: 130,000; the plan saves 30,000. */
export const comparison: Comparison = {
  planKrw: 100_000,
  planCostLines: plan.costLines,
  planFootprint: footprint(320),
  unserved: ['S4'],
  baselines: [
    {
      id: 'B0',
      costKrw: 300_000,
      costLines: [{ kind: 'distance', krw: 300_000 }],
      savingKrw: 200_000,
      savingShare: 2 / 3,
      excluded: [],
      shipments: [],
      footprint: footprint(600),
    },
    {
      id: 'B1',
      costKrw: 130_000,
      costLines: [
        { kind: 'distance', krw: 60_000 },
        { kind: 'minimumTopUp', krw: 30_000 },
        { kind: 'terminal', krw: 40_000 },
      ],
      savingKrw: 30_000,
      savingShare: 3 / 13,
      excluded: [],
      shipments: [carried('S1', 45_000), carried('S2', 45_000), carried('S3', 40_000)],
      footprint: footprint(360),
    },
  ],
  waterfall: [
    { step: 'mode', krw: 5000 },
    { step: 'truckSize', krw: -10_000 },
    { step: 'routing', krw: -25_000 },
  ],
  soloKm: 18,
  routeKm: 20,
}

export const makeDay = (
  change: { plan?: Plan | undefined; comparison?: Comparison | undefined } = { plan, comparison },
): DayModel => buildDay(COMPLEX, problem, change.plan, change.comparison)

const leg = (number: number, coordinates: (readonly [number, number])[], straight = false) =>
  ({
    type: 'Feature',
    geometry: { type: 'LineString', coordinates },
    properties: { route: `r${number}`, number, leg: 0, straight },
  }) as const

/** Routes 1 and 2 share a road northwards; route 3 drives it southwards. */
export const lines: GeoJson = {
  type: 'FeatureCollection',
  features: [
    leg(1, [
      [126.7, 35.1],
      [126.8, 35.2],
      [126.9, 35.3],
    ]),
    leg(1, [
      [126.7, 35.1],
      [126.8, 35.2],
      [126.9, 35.3],
    ]),
    leg(2, [
      [126.7, 35.1],
      [126.8, 35.2],
    ]),
    leg(
      3,
      [
        [126.8, 35.2],
        [126.7, 35.1],
      ],
      true,
    ),
  ],
}
