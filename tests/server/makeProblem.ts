import type { Plan, Problem, Route, Shipment, Site } from '../../solver/index.ts'

/** Two members of the complex, a supplier in the north of the city and a customer at the port; one round truck, one spot truck. */
export function makeProblem(changes: Partial<Problem> = {}): Problem {
  return {
    name: 'four sites',
    startsAt: '2026-11-23T00:00:00+09:00',
    timeZone: 'Asia/Seoul',
    days: 1,
    sites: [
      makeSite('centre', 126.765, 35.125),
      makeSite('member', 126.757, 35.118),
      makeSite('supplier', 126.812, 35.208),
      makeSite('port', 127.68, 34.91),
    ],
    firms: [{ id: 'firm', name: '금형A01', site: 'member' }],
    shipments: [
      makeShipment('plates', { from: 'supplier', to: 'member', weightKg: 400 }),
      makeShipment('cores', { from: 'member', to: 'supplier', weightKg: 300 }),
      makeShipment('mold', { from: 'centre', to: 'port', weightKg: 900 }),
    ],
    vehicles: [
      {
        id: 'round',
        truck: '2.5t',
        kind: 'contract',
        start: 'centre',
        end: 'centre',
        shifts: [[27_000, 66_600]],
        count: 1,
        tariff: 'contract',
        capacityKg: 2500,
      },
      {
        id: 'spot',
        truck: '1t',
        kind: 'hired',
        shifts: [[27_000, 66_600]],
        count: 2,
        tariff: 'spot',
        capacityKg: 1000,
      },
    ],
    tariffs: [
      { id: 'contract', kind: 'contract', perDayKrw: 200_000, perKmKrw: 300, perHourKrw: 0, tollIncluded: false },
      {
        id: 'spot',
        kind: 'hired',
        baseKrw: 16_600,
        perKmKrw: 484,
        minimumKrw: 45_000,
        stopFeeKrw: 20_000,
        includedStops: 2,
        tollIncluded: true,
      },
    ],
    ...changes,
  }
}

export const makeSite = (id: string, lng: number, lat: number): Site => ({ id, name: id, lng, lat })

export const makeShipment = (id: string, changes: Partial<Shipment>): Shipment => ({
  id,
  firm: 'firm',
  from: 'supplier',
  to: 'member',
  weightKg: 100,
  ...changes,
})

export function makePlan(changes: Partial<Plan> = {}): Plan {
  return {
    routes: [],
    direct: [],
    unserved: [],
    costLines: [],
    costKrw: 0,
    violations: [],
    provenance: { version: '0.0.0', seed: 1, iterations: 1, threads: 1, travelKey: 'test', estimated: true },
    ...changes,
  }
}

/** A route through these sites; what is loaded where: `+plates` a pickup, `-plates` a delivery. */
export function makeRoute(vehicle: string, stops: Readonly<Record<string, readonly string[]>>): Route {
  const ids = (visits: readonly string[], sign: string) =>
    visits.filter((visit) => visit.startsWith(sign)).map((visit) => visit.slice(1))
  return {
    id: 'r1',
    vehicle,
    stops: Object.entries(stops).map(([site, visits]) => ({
      site,
      arriveS: 0,
      startS: 0,
      leaveS: 0,
      pickups: ids(visits, '+'),
      deliveries: ids(visits, '-'),
      visits: [],
      legM: 0,
      legS: 0,
      weightKgAfter: 0,
      volumeLAfter: 0,
      palletsAfter: 0,
    })),
    rests: [],
    departS: 0,
    returnS: 0,
    driveS: 0,
    serviceS: 0,
    waitS: 0,
    restS: 0,
    distanceM: 0,
    emptyM: 0,
    lastLegM: 0,
    lastLegS: 0,
    tollKrw: 0,
    peakWeightKg: 0,
    costLines: [],
    costKrw: 0,
  }
}
