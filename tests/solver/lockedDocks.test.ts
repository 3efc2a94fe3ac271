import { describe, expect, test } from 'vitest'
import { checkLocks, checkPlan, type Driver, type Lock, type Plan } from '../../solver/index.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, shipment } from './problems.ts'
import { planOf } from './routes.ts'

const statesOf = (plan: Plan) => checkLocks(plan).map(({ state }) => state)
const idsOf = (route: Plan['routes'][number]) => route.stops.flatMap(({ pickups }) => pickups)

describe('locks where docks and drivers are counted', () => {
  // each fills a truck and takes 10 min to load at a, where loading begins between 9:00 and 9:10
  const open: [number, number][] = [[9 * HOUR, 9 * HOUR + 600]]
  const full = (id: string) => shipment(id, 'a', 'b', { weightKg: 900, loadS: 600, pickupWindows: open })
  const made = makeProblem({
    shipments: [full('s1'), full('s2')],
    vehicles: [contract({ count: 2, capacityKg: 1000 }), hired({ count: 0, capacityKg: 100 })],
  })
  const roads = gridTravel(made.sites)
  const docked = (dockCount: number) => made.sites.map((entry) => (entry.id === 'a' ? { ...entry, dockCount } : entry))
  const from = planOf(made, roads)
  const both: Lock[] = from.routes.map(({ id }) => ({ grade: 'route', route: id }))
  const startOf = (plan: Plan, id: string) =>
    plan.routes.flatMap(({ stops }) => stops.flatMap(({ visits }) => visits)).find((v) => v.shipment === id)!.startS

  test('a locked route keeps its dock, and others wait for it', () => {
    const today = { ...made, sites: docked(1) }
    const plan = planOf(today, roads, { from, locks: both.slice(0, 1) })
    expect(checkPlan(today, roads, plan)).toEqual([])
    expect(statesOf(plan)).toEqual(['kept'])
    const [still, waits] = idsOf(from.routes[0])[0] === 's1' ? ['s1', 's2'] : ['s2', 's1']
    expect(startOf(plan, still)).toBe(startOf(from, still))
    expect(Math.abs(startOf(plan, waits) - startOf(plan, still))).toBeGreaterThanOrEqual(600)
  })

  test('of two locked routes at one dock the second is refused', () => {
    expect(from.routes.map(({ stops }) => stops[0].startS)).toEqual([9 * HOUR, 9 * HOUR])
    expect(statesOf(planOf({ ...made, sites: docked(2) }, roads, { from, locks: both }))).toEqual(['kept', 'kept'])
    const today = { ...made, sites: docked(1) }
    const plan = planOf(today, roads, { from, locks: both })
    expect(checkPlan(today, roads, plan)).toEqual([])
    expect(checkLocks(plan).map(({ record }) => record.refused?.rule)).toEqual([undefined, 'docks'])
  })

  test('of two locked routes with one driver the second is refused, and nobody else gets the driver', () => {
    const today = { ...made, drivers: [{ id: 'kim', vehicles: ['own'] }] }
    const plan = planOf(today, roads, { from, locks: both })
    expect(checkPlan(today, roads, plan)).toEqual([])
    expect(checkLocks(plan).map(({ record }) => record.refused?.rule)).toEqual([undefined, 'drivers'])
    expect(plan.routes.map(({ driver }) => driver)).toEqual(['kim'])
  })

  test('moves between spans of one shift are none, whoever drives', () => {
    const hours = (id: string, vehicle: string, opens: number, closes: number): Driver => ({
      id,
      vehicles: [vehicle],
      shifts: [[opens * HOUR, closes * HOUR]],
    })
    const before = planOf({ ...made, drivers: [hours('kim', 'own', 8, 18), hours('lee', 'own', 8, 18)] }, roads)
    // a truck that is 30,000 a day cheaper than either of the two
    const [own, ...others] = made.tariffs
    const cheap = own.kind === 'contract' ? { ...own, id: 'cheap', perDayKrw: own.perDayKrw - 30_000 } : own
    const today = {
      ...made,
      tariffs: [own, cheap, ...others],
      vehicles: [...made.vehicles, contract({ id: 'cheap', tariff: 'cheap', count: 1, capacityKg: 1000 })],
      drivers: [hours('kim', 'own', 8, 12), hours('lee', 'own', 9, 20), hours('max', 'cheap', 8, 18)],
    }
    const moved = (stabilityKrw: number) =>
      planOf(today, roads, { from: before, stabilityKrw }).provenance.stability?.moved
    expect([moved(50_000), moved(20_000)]).toEqual([0, 1])
  })
})
