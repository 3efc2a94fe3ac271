/** Problems for tests: one that states only what a test is about, and a generator of small random ones with everything in them. */
import type { Gear, Problem, Shipment, Site, Travel, Vehicle } from '../../solver/index.ts'
import { DAY_S, GEARS, MODES, TRUCK_CLASSES } from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'

export const HOUR = 3600

/** Travel by straight lines on a grid: 1 unit of coordinates = 1 km, 60 km/h, so 60 s a km; toll 10 won a km. */
export function gridTravel(sites: readonly Site[], km: (a: Site, b: Site) => number = manhattanKm): Travel {
  const cells = sites.flatMap((a) => sites.map((b) => km(a, b)))
  return {
    key: 'grid',
    estimated: false,
    tables: [
      {
        trucks: [...TRUCK_CLASSES],
        durationS: cells.map((d) => Math.round(d * 60)),
        distanceM: cells.map((d) => Math.round(d * 1000)),
        tollKrw: cells.map((d) => Math.round(d * 10)),
      },
    ],
  }
}

const manhattanKm = (a: Site, b: Site): number => Math.abs(a.lng - b.lng) + Math.abs(a.lat - b.lat)

export const site = (id: string, lng: number, lat: number, more: Partial<Site> = {}): Site => ({
  id,
  name: id,
  lng,
  lat,
  ...more,
})

export const shipment = (id: string, from: string, to: string, more: Partial<Shipment> = {}): Shipment => ({
  id,
  firm: 'f',
  from,
  to,
  weightKg: 100,
  ...more,
})

export const contract = (more: Partial<Vehicle> = {}): Vehicle => ({
  id: 'own',
  truck: '2.5t',
  kind: 'contract',
  start: 'hub',
  end: 'hub',
  shifts: [[8 * HOUR, 18 * HOUR]],
  count: 1,
  tariff: 'own',
  capacityKg: 2500,
  ...more,
})

export const hired = (more: Partial<Vehicle> = {}): Vehicle => ({
  id: 'spot',
  truck: '1t',
  kind: 'hired',
  shifts: [[6 * HOUR, 20 * HOUR]],
  count: 2,
  tariff: 'spot',
  capacityKg: 1000,
  ...more,
})

export function makeProblem(more: Partial<Problem> = {}): Problem {
  return {
    name: 'test',
    startsAt: '2026-11-23T00:00:00+09:00',
    timeZone: 'Asia/Seoul',
    days: 1,
    sites: [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0)],
    firms: [{ id: 'f', name: 'firm' }],
    shipments: [shipment('s1', 'a', 'b')],
    vehicles: [contract(), hired()],
    tariffs: [
      { id: 'own', kind: 'contract', perDayKrw: 100_000, perKmKrw: 300, perHourKrw: 0, tollIncluded: true },
      {
        id: 'spot',
        kind: 'hired',
        baseKrw: 20_000,
        perKmKrw: 500,
        minimumKrw: 45_000,
        stopFeeKrw: 20_000,
        includedStops: 2,
        tollIncluded: true,
      },
      {
        id: 'depot',
        kind: 'terminal',
        baseKrw: 7000,
        perKgKrw: 62,
        zones: [{ uptoM: 60_000, factor: 1 }, { factor: 1.35 }],
        maxPieceKg: 300,
        maxShipmentKg: 300,
        leadDays: 1,
      },
    ],
    law: { driveS: 7200, restS: 900, maxWorkS: 10 * HOUR },
    ...more,
  }
}

export interface Shape {
  readonly seed: number
  readonly shipments: number
  /** kilometres across */
  readonly span?: number
}

/** A random problem in which every rule is about to bind: long roads, lunch breaks, small sites, heavy pieces. */
export function randomProblem({ seed, shipments: count, span = 120 }: Shape): { problem: Problem; travel: Travel } {
  const random = new Random(seed)
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]
  const chance = (share: number) => random.unit() < share
  const gears = (): Gear[] => GEARS.filter(() => chance(0.7))
  const sites = [site('hub', 0, 0, { stopS: 300 })]
  for (let k = 0; k < 6; k++)
    sites.push(
      site(`p${k}`, random.below(span), random.below(span), {
        stopS: pick([0, 300, 900]),
        windows: chance(0.6)
          ? [
              [8 * HOUR, 12 * HOUR],
              [13 * HOUR, 17 * HOUR],
            ]
          : [[6 * HOUR, 20 * HOUR]],
        ...(chance(0.3) ? { handling: gears() } : {}),
        ...(chance(0.2) ? { liftKg: { forklift: 500 } } : {}),
        ...(chance(0.2) ? { maxTruck: pick(['1t', '2.5t', '5t'] as const) } : {}),
      }),
    )
  const shipments = Array.from({ length: count }, (_, k): Shipment => {
    const from = pick(sites)
    const to = pick(sites.filter((other) => other !== from))
    const open = random.below(8) * HOUR + 7 * HOUR
    return shipment(`s${k}`, from.id, to.id, {
      firm: pick(['f', 'g']),
      weightKg: 20 + random.below(1200),
      volumeL: random.below(3000),
      pallets: random.below(3),
      loadS: random.below(20) * 60,
      unloadS: random.below(20) * 60,
      ...(chance(0.3) ? { handling: gears() } : {}),
      ...(chance(0.15) ? { mustGoAlone: true } : {}),
      ...(chance(0.3) ? { ready: open } : {}),
      ...(chance(0.3) ? { due: open + 6 * HOUR } : { due: 30 * HOUR }),
      ...(chance(0.2) ? { deliveryWindows: [[open + HOUR, open + 4 * HOUR]] } : {}),
    })
  })
  const problem = makeProblem({
    sites,
    shipments,
    firms: [
      { id: 'f', name: 'f' },
      { id: 'g', name: 'g' },
    ],
    vehicles: [
      contract({ count: 2, bedL: 8000, pallets: 4, handling: chance(0.5) ? ['crane'] : [] }),
      hired({ bedL: 5000, pallets: 2 }),
      hired({ id: 'spot5', truck: '5t', capacityKg: 5000, tariff: 'spot5', maxStops: 6, maxRouteM: 600_000 }),
    ],
    tariffs: [
      ...makeProblem().tariffs,
      {
        id: 'spot5',
        kind: 'hired',
        baseKrw: 50_000,
        perKmKrw: 586,
        minimumKrw: 95_000,
        stopFeeKrw: 20_000,
        includedStops: 2,
        tollIncluded: false,
        handLoadKrw: 10_000,
      },
    ],
    ...(chance(0.5) ? { law: { driveS: 5400, restS: 900, maxWorkS: 9 * HOUR } } : {}),
  })
  return { problem, travel: gridTravel(sites) }
}

/**
 * A random problem from the edge of the schema: several days and shifts, trucks with only a start or only an end, paid hours, overtime,
 * charged tolls, windows that touch, overlap or last an instant, weights of 0 and of 333.3, roads that differ by class and direction.
 */
export function wildProblem({ seed, shipments: count }: Shape): { problem: Problem; travel: Travel } {
  const random = new Random(seed)
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]
  const chance = (share: number) => random.unit() < share
  const days = pick([1, 1, 2, 3])
  const span = pick([3, 20, 60, 150, 400])
  const everyDay = (windows: readonly [number, number][]): [number, number][] =>
    Array.from({ length: days }, (_, day) =>
      windows.map(([open, close]): [number, number] => [open + day * DAY_S, close + day * DAY_S]),
    ).flat()
  const opening = (): [number, number][] =>
    everyDay(
      pick<[number, number][]>([
        [[0, 24 * HOUR]],
        [[6 * HOUR, 20 * HOUR]],
        [
          [8 * HOUR, 12 * HOUR],
          [13 * HOUR, 17 * HOUR],
        ],
        [
          [8 * HOUR, 12 * HOUR],
          [12 * HOUR, 16 * HOUR],
        ],
        [
          [8 * HOUR, 18 * HOUR],
          [9 * HOUR, 10 * HOUR],
        ],
        [
          [9 * HOUR, 9 * HOUR],
          [14 * HOUR, 14 * HOUR + 600],
        ],
      ]),
    )
  const gears = (): Gear[] => GEARS.filter(() => chance(0.8))
  const sites = [site('hub', 0, 0, { stopS: pick([0, 300]) })]
  const places = pick([1, 3, 8])
  for (let k = 0; k < places; k++)
    sites.push(
      site(`p${k}`, random.below(span), random.below(span), {
        stopS: pick([0, 0, 300, 900, 1200]),
        ...(chance(0.7) ? { windows: opening() } : {}),
        ...(chance(0.2) ? { handling: gears() } : {}),
        ...(chance(0.2) ? { liftKg: { forklift: 500, hoist: 200 } } : {}),
        ...(chance(0.2) ? { maxTruck: pick(['1t', '2.5t', '5t'] as const) } : {}),
      }),
    )
  const shipments = Array.from({ length: count }, (_, k): Shipment => {
    const from = pick(sites)
    const to = pick(sites.filter((other) => other !== from))
    const open = random.below(24 * days) * HOUR
    const weightKg = pick([0, 0.1, 0.2, 333.3, 100, 700, 20 + random.below(1200)])
    return shipment(`s${k}`, from.id, to.id, {
      firm: pick(['f', 'g', 'h']),
      weightKg,
      ...(chance(0.5) ? { volumeL: random.below(3000) / 10 } : {}),
      ...(chance(0.5) ? { pallets: pick([0, 0.5, 1, 2]) } : {}),
      ...(chance(0.6) ? { loadS: random.below(20) * 60, unloadS: random.below(20) * 60 } : {}),
      ...(chance(0.2) ? { pieceKg: weightKg / 2 } : {}),
      ...(chance(0.2) ? { handling: gears() } : {}),
      ...(chance(0.1) ? { mustGoAlone: true } : {}),
      ...(chance(0.3) ? { ready: open } : {}),
      ...(chance(0.3) ? { due: open + 9 * HOUR } : {}),
      ...(chance(0.15) ? { pickupWindows: opening() } : {}),
      ...(chance(0.15) ? { deliveryWindows: opening() } : {}),
      ...(chance(0.15) ? { modes: MODES.filter(() => chance(0.7)) } : {}),
    })
  })
  const tollIncluded = () => chance(0.5)
  const problem = makeProblem({
    days,
    sites,
    shipments,
    firms: ['f', 'g', 'h'].map((id) => ({ id, name: id })),
    vehicles: [
      contract({
        count: pick([0, 1, 2, 5]),
        shifts: everyDay(
          pick<[number, number][]>([
            [[8 * HOUR, 18 * HOUR]],
            [
              [6 * HOUR, 12 * HOUR],
              [13 * HOUR, 20 * HOUR],
            ],
            [[0, 24 * HOUR]],
          ]),
        ),
        ...(chance(0.5) ? { bedL: 800.5, pallets: 4 } : {}),
        capacityKg: pick([2500, 999.9, 0.3, 1000]),
        ...(chance(0.3) ? { handling: ['crane'] } : {}),
      }),
      hired({ count: pick([0, 2, 9]), shifts: everyDay([[6 * HOUR, 20 * HOUR]]), pallets: 2 }),
      hired({
        id: 'spot5',
        truck: '5t',
        capacityKg: 5000,
        tariff: 'spot5',
        shifts: everyDay([[0, 24 * HOUR]]),
        ...(chance(0.3) ? { start: 'hub' } : {}),
        ...(chance(0.3) ? { end: 'hub' } : {}),
        ...(chance(0.3) ? { maxStops: pick([2, 3, 6]) } : {}),
        ...(chance(0.3) ? { maxRouteM: pick([100_000, 600_000]) } : {}),
      }),
    ],
    tariffs: [
      {
        id: 'own',
        kind: 'contract',
        perDayKrw: pick([0, 100_000, 99_999.5]),
        perKmKrw: pick([0, 300, 333.3]),
        perHourKrw: pick([0, 0, 12_345.6]),
        ...(chance(0.4) ? { overtime: { afterS: pick([0, 8 * HOUR]), perHourKrw: 20_001 } } : {}),
        ...(chance(0.3) ? { handLoadKrw: 5000 } : {}),
        tollIncluded: tollIncluded(),
      },
      {
        id: 'spot',
        kind: 'hired',
        baseKrw: pick([0, 20_000]),
        perKmKrw: pick([500, 586.5]),
        minimumKrw: pick([0, 45_000.5]),
        stopFeeKrw: pick([0, 20_000]),
        includedStops: pick([0, 2, 3]),
        tollIncluded: tollIncluded(),
      },
      {
        id: 'spot5',
        kind: 'hired',
        baseKrw: 50_000,
        perKmKrw: 586,
        minimumKrw: pick([0, 95_000]),
        stopFeeKrw: 20_000,
        includedStops: 2,
        tollIncluded: tollIncluded(),
        handLoadKrw: 10_000.5,
      },
      {
        id: 'depot',
        kind: 'terminal',
        baseKrw: 7000,
        perKgKrw: 62.5,
        zones: pick([[{ uptoM: 60_000, factor: 1 }, { factor: 1.35 }], [{ uptoM: 60_000, factor: 1 }]]),
        maxPieceKg: 300,
        maxShipmentKg: 700,
        leadDays: pick([0, 1, 2]),
      },
    ],
    law: pick([
      {},
      { restS: 0 },
      { driveS: 5400 },
      { driveS: 1800, restS: 600 },
      { driveS: 7200, restS: 900, maxWorkS: 10 * HOUR },
      { maxWorkS: 5 * HOUR },
      { driveS: 3600, restS: 3600, maxWorkS: 12 * HOUR },
    ]),
  })
  // roads by class; in half of the problems each direction has its own length, against the triangle inequality
  const crooked = chance(0.5)
  const km = (a: Site, b: Site) => (a === b ? 0 : manhattanKm(a, b) * (crooked ? 0.5 + random.unit() : 1))
  const small = gridTravel(sites, km).tables[0]
  const large = gridTravel(sites, km).tables[0]
  const isSmall = (truck: (typeof TRUCK_CLASSES)[number]) => TRUCK_CLASSES.indexOf(truck) < 4
  return {
    problem,
    travel: {
      key: 'wild',
      estimated: false,
      tables: [
        { ...small, trucks: TRUCK_CLASSES.filter(isSmall) },
        { ...large, trucks: TRUCK_CLASSES.filter((truck) => !isSmall(truck)) },
      ],
    },
  }
}

/** The same orders, and nothing to drive them with. */
export const withoutTrucks = (problem: Problem): Problem => ({
  ...problem,
  vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, count: 0 })),
})
