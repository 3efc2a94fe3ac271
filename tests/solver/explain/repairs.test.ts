import { describe, expect, test } from 'vitest'
import { type Desk, openDesk, standing, timeTrip } from '../../../solver/edits/desk.ts'
import { priceOf } from '../../../solver/edits/places.ts'
import type { Repaired } from '../../../solver/explain/hosts.ts'
import { findRepairs } from '../../../solver/explain/repairs.ts'
import { findWays } from '../../../solver/explain/ways.ts'
import {
  applyRepair,
  type Change,
  checkPlan,
  explainShipments,
  type Problem,
  type Shipment,
  type Site,
  TRUCK_CLASSES,
  type Vehicle,
} from '../../../solver/index.ts'
import { manyFeatures } from '../features.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, shipment, site } from '../problems.ts'
import { planOf } from '../routes.ts'

/** The change a little smaller: a minute, a unit, a class less; null: nothing between it and no change at all. */
function smaller(problem: Problem, change: Change): Change | null {
  const goods = (id: string) => problem.shipments.find((entry) => entry.id === id)!
  const less = (now: readonly [number, number], was: readonly [number, number]): [number, number] => [
    Math.min(was[0], now[0] === was[0] ? now[0] : now[0] + 60),
    Math.max(was[1], now[1] === was[1] ? now[1] : now[1] - 60),
  ]
  switch (change.kind) {
    case 'siteWindow':
      return {
        ...change,
        window: less(change.window, problem.sites.find(({ id }) => id === change.site)!.windows![change.index]),
      }
    case 'pickupWindow':
      return { ...change, window: less(change.window, goods(change.shipment).pickupWindows![change.index]) }
    case 'deliveryWindow':
      return { ...change, window: less(change.window, goods(change.shipment).deliveryWindows![change.index]) }
    case 'ready':
      return { ...change, atS: Math.min(goods(change.shipment).ready!, change.atS + 60) }
    case 'due':
      return { ...change, atS: Math.max(goods(change.shipment).due!, change.atS - 60) }
    case 'capacity':
      return { ...change, extra: change.extra - 1 }
    case 'lift':
      return { ...change, kg: change.kg - 0.001 }
    case 'maxParts':
      return { ...change, maxParts: change.maxParts - 1 }
    case 'maxTruck': {
      const owned = TRUCK_CLASSES.filter((truck) => problem.vehicles.some((vehicle) => vehicle.truck === truck))
      const truck = owned[owned.indexOf(change.truck) - 1]
      return truck ? { ...change, truck } : null
    }
    default:
      return null
  }
}

/** Whether the shipment can go the way that the repair names under other changes, for less than it costs now where it goes direct. */
function stillWorks(desk: Desk, order: number, { way, trip, plan }: Repaired, changes: readonly Change[]): boolean {
  const problem = applyRepair(desk.whole, { changes })
  if (plan.parts?.length !== desk.plan.parts?.length) return checkPlan(problem, desk.opened.travel, plan).length === 0
  const table = openDesk(problem, desk.opened.travel, desk.plan)
  const place = desk.places[order]
  const mostKrw = place.by === 'hired' || place.by === 'terminal' ? place.direct.costKrw : Number.POSITIVE_INFINITY
  if (!trip) {
    const offer = table.opened.offers[order].terminal
    return offer !== null && offer.krw < mostKrw
  }
  // the same truck with its visits in the same order
  const index = way.index ?? -1
  const { instance } = table.opened
  const isAllowed = way.by === 'hired' || instance.allowed[trip.type * instance.orders + order] === 1
  const isLeft = way.by !== 'truck' || findWays(table, order).some((other) => other.vehicle === way.vehicle)
  const again = timeTrip(table, trip.type, trip.visits, standing(table, new Set([index]), new Set([order])))
  const before = index < 0 ? 0 : desk.plan.routes[index].costKrw
  return isAllowed && isLeft && again !== null && priceOf(table, again) - before < mostKrw
}

test('a repair that is shown works when applied, serves the shipment as it says, and nothing less does', () => {
  const seen = new Map<string, number>()
  let sharp = 0
  for (let seed = 1; seed <= 30; seed++) {
    const { problem, travel } = manyFeatures(seed)
    const given = structuredClone(problem)
    const plan = planOf(problem, travel, { seed, iterations: 20 })
    const desk = openDesk(problem, travel, plan)
    for (const { shipment: id } of [...plan.direct, ...plan.unserved]) {
      const order = desk.orderOf.get(id)!
      for (const repaired of findRepairs(desk, order, findWays(desk, order))) {
        const { changes, way, extraKrw } = repaired
        const where = `seed ${seed} ${id}: ${JSON.stringify(changes)}`
        // it works, at its price, and leaves the problem as it was
        expect(checkPlan(applyRepair(problem, { changes }), travel, repaired.plan), where).toEqual([])
        expect(problem).toEqual(given)
        expect(repaired.plan.costKrw - plan.costKrw, where).toBe(extraKrw)
        expect(repaired.plan.unserved.length, where).toBeLessThanOrEqual(plan.unserved.length)
        if (desk.places[order].by !== 'nobody') expect(extraKrw, where).toBeLessThan(0)
        expect(repaired.plan.unserved.map((entry) => entry.shipment)).not.toContain(id)
        const carrier = repaired.plan.routes.find((route) => route.stops.some(({ pickups }) => pickups.includes(id)))
        if (way.by === 'route') expect(carrier?.id, where).toBe(plan.routes[way.index!].id)
        // and without any of it, or with any of it smaller, it does not
        for (const change of changes) {
          const others = changes.filter((other) => other !== change)
          const less = smaller(problem, change)
          expect(stillWorks(desk, order, repaired, others), `${where} without ${change.kind}`).toBe(false)
          if (less) {
            sharp++
            expect(stillWorks(desk, order, repaired, [...others, less]), `${where} less ${change.kind}`).toBe(false)
          }
          seen.set(change.kind, (seen.get(change.kind) ?? 0) + 1)
        }
      }
    }
  }
  for (const kind of ['siteWindow', 'ready', 'capacity', 'maxTruck', 'maxParts', 'mode'])
    expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(1)
  expect(sharp).toBeGreaterThan(40)
})

/** One shipment, one contract truck, no other way. */
const lone = (
  goods: Partial<Shipment>,
  ends: { a?: Partial<Site>; b?: Partial<Site> } = {},
  truck: Partial<Vehicle> = {},
) =>
  makeProblem({
    sites: [site('hub', 0, 0), site('a', 10, 0, ends.a), site('b', 20, 0, ends.b)],
    shipments: [shipment('s1', 'a', 'b', { modes: ['route'], ...goods })],
    vehicles: [contract(truck)],
    tariffs: makeProblem().tariffs.filter(({ kind }) => kind === 'contract'),
    law: {},
  })
const repairsOf = (problem: Problem) => {
  const travel = gridTravel(problem.sites)
  const [{ repairs }] = explainShipments(problem, travel, planOf(problem, travel))
  return repairs
}
/** The whole day: 100,000 won and 40 km at 300 won. */
const DAY_KRW = 112_000

describe('of one shipment and one truck', () => {
  test('the gate that closes too early is opened to the minute', () => {
    // the truck leaves at 8:00, reaches a at 8:10 and b at 8:20; b closes at 8:05
    const problem = lone({}, { b: { windows: [[7 * HOUR, 8 * HOUR + 300]] } })
    expect(repairsOf(problem)).toEqual([
      {
        changes: [{ kind: 'siteWindow', site: 'b', index: 0, window: [7 * HOUR, 8 * HOUR + 1200] }],
        by: 'truck',
        vehicle: 'own',
        visits: [
          { shipment: 's1', kind: 'pickup' },
          { shipment: 's1', kind: 'delivery' },
        ],
        extraKrw: DAY_KRW,
      },
    ])
  })

  test('where gate and due both bind, both are moved', () => {
    const problem = lone({ due: 8 * HOUR + 900 }, { b: { windows: [[7 * HOUR, 8 * HOUR + 300]] } })
    const [{ changes }] = repairsOf(problem)
    expect(changes).toEqual([
      { kind: 'siteWindow', site: 'b', index: 0, window: [7 * HOUR, 8 * HOUR + 1200] },
      { kind: 'due', shipment: 's1', atS: 8 * HOUR + 1200 },
    ])
  })

  test('goods that are ready too late are made ready earlier', () => {
    // back at 18:00, 20 min from b, 10 min from a to b: loaded at 17:30 at the latest
    expect(repairsOf(lone({ ready: 17 * HOUR + 2700 })).map(({ changes }) => changes)).toEqual([
      [{ kind: 'ready', shipment: 's1', atS: 17 * HOUR + 1800 }],
    ])
  })

  test('room, gear, entry and trucks', () => {
    const changesOf = (...of: Parameters<typeof lone>) => repairsOf(lone(...of)).map(({ changes }) => changes)
    expect(changesOf({ weightKg: 2620 })).toEqual([[{ kind: 'capacity', vehicle: 'own', unit: 'kg', extra: 120 }]])
    expect(changesOf({}, { b: { maxTruck: '1t' } })).toEqual([[{ kind: 'maxTruck', site: 'b', truck: '2.5t' }]])
    expect(changesOf({ handling: ['crane'] }, { a: { handling: ['hand'] } })).toEqual([
      [{ kind: 'gear', site: 'a', gear: 'crane' }],
      [{ kind: 'truckGear', vehicle: 'own', gear: 'crane' }],
    ])
    expect(changesOf({ handling: ['hoist'], weightKg: 900 }, { b: { liftKg: { hoist: 500 } } })).toEqual([
      [{ kind: 'lift', site: 'b', gear: 'hoist', kg: 900 }],
    ])
    expect(changesOf({}, {}, { count: 0 })).toEqual([[{ kind: 'truck', vehicle: 'own', count: 1 }]])
  })

  test('terminal freight when it may arrive a day later, and a mode that was not allowed', () => {
    // 7,000 + 62 × 100 won, arrives on day 2
    const due = makeProblem({
      shipments: [shipment('s1', 'a', 'b', { due: 20 * HOUR, modes: ['terminal', 'hired'] })],
      vehicles: [hired()],
    })
    expect(repairsOf(due)).toMatchObject([
      { changes: [{ kind: 'due', shipment: 's1', atS: 24 * HOUR }], by: 'terminal', extraKrw: 13_200 - 45_000 },
    ])
    const modes = makeProblem({ shipments: [shipment('s1', 'a', 'b', { modes: [] })], vehicles: [hired()] })
    expect(repairsOf(modes).map(({ changes, by, extraKrw }) => [changes, by, extraKrw])).toEqual([
      [[{ kind: 'mode', shipment: 's1', mode: 'terminal' }], 'terminal', 13_200],
      [[{ kind: 'mode', shipment: 's1', mode: 'route' }], 'truck', 45_000],
      [[{ kind: 'mode', shipment: 's1', mode: 'hired' }], 'hired', 45_000],
    ])
  })

  test('a shipment that no truck takes whole is split into the fewest parts, each with a way', () => {
    const problem = makeProblem({
      shipments: [shipment('s1', 'a', 'b', { weightKg: 2400, pieceKg: 400, modes: ['hired'] })],
      vehicles: [hired()],
    })
    // two pieces of 400 kg a truck of 1 t, three trucks of 45,000 won
    expect(repairsOf(problem)).toMatchObject([
      { changes: [{ kind: 'capacity', unit: 'kg', extra: 1400 }], extraKrw: 45_000 },
      { changes: [{ kind: 'maxParts', shipment: 's1', maxParts: 3 }], extraKrw: 135_000 },
    ])
  })
})
