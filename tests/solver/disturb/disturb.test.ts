import { describe, expect, test } from 'vitest'
import {
  checkLocks,
  checkPlan,
  type Disturbance,
  describeChange,
  describeLock,
  disturb,
  driverChanges,
  evaluator,
  findIssues,
  type Lock,
  movedShipments,
  type Plan,
  type Problem,
  type Route,
  type Travel,
  unknownIn,
} from '../../../solver/index.ts'
import { Random } from '../../../solver/random.ts'
import { manyFeatures } from '../features.ts'
import { contract, gridTravel, HOUR, makeProblem, randomProblem, shipment, site, wildProblem } from '../problems.ts'
import { planOf } from '../routes.ts'

const visitsOf = (route: Route) => route.stops.flatMap(({ visits }) => visits)
/** The places of generated problems lie on a grid, not on the earth. */
const errorsOf = (problem: Problem) =>
  findIssues(problem, 'en').flatMap(({ severity, code }) =>
    severity === 'error' && code !== 'number.tooLarge' ? [code] : [],
  )

const newErrors = (before: Problem, after: Problem) => {
  const known = errorsOf(before)
  return errorsOf(after).filter((code) => !known.includes(code))
}

const dayOf = (seed: number): { readonly problem: Problem; readonly travel: Travel } =>
  seed % 3 === 0
    ? manyFeatures(seed, 8)
    : (seed % 3 === 1 ? randomProblem : wildProblem)({ seed, shipments: 4 + (seed % 9), span: [15, 40, 90][seed % 3] })

/** So much that nobody moves for money. */
const STABLE = 1e8
const replan = ({ problem, travel, from, locks }: ReturnType<typeof disturb>, seed = 1): Plan =>
  planOf(problem, travel, { seed, iterations: 30, from, locks: locks as Lock[], stabilityKrw: STABLE })

const serviceOf = (plan: Plan, name: { readonly shipment: string; readonly kind: string }) => {
  const route = plan.routes.find((one) =>
    visitsOf(one).some((visit) => visit.shipment === name.shipment && visit.kind === name.kind),
  )
  const visit = route && visitsOf(route).find((one) => one.shipment === name.shipment && one.kind === name.kind)
  return { route, startS: visit?.startS, endS: visit?.endS }
}

/** What holds of every plan after a disturbance, whatever it was. */
function expectSound(before: Plan, nowS: number, after: ReturnType<typeof disturb>, again: Plan, label: string): void {
  expect(checkPlan(after.problem, after.travel, again), label).toEqual([])
  expect(
    checkLocks(again).filter(({ state }) => state !== 'kept'),
    label,
  ).toEqual([])
  const done = new Map<string, number>()
  for (const { route, done: visits } of after.standings) {
    const homes = new Set(visits.map((visit) => serviceOf(again, visit).route?.id))
    expect(homes.size, `${label}: what route ${route} has done is on one truck`).toBeLessThanOrEqual(1)
    for (const visit of visits) {
      const { startS, endS } = serviceOf(again, visit)
      expect(startS, `${label}: ${visit.kind} of ${visit.shipment}`).toBe(visit.startS)
      // what is under way may last longer
      if (visit.endS <= nowS) expect(endS, `${label}: ${visit.kind} of ${visit.shipment}`).toBe(visit.endS)
      done.set(`${visit.kind} ${visit.shipment}`, visit.startS)
    }
  }
  // goods on a truck that stands were set down when it came to a stand
  for (const note of after.notes) if (note.kind === 'fetched') done.set(`delivery ${note.shipment}`, nowS)
  for (const visit of again.routes.flatMap(visitsOf))
    if (!done.has(`${visit.kind} ${visit.shipment}`))
      expect(visit.startS, `${label}: ${visit.kind} of ${visit.shipment}`).toBeGreaterThanOrEqual(nowS)
  for (const direct of again.direct) {
    const was = before.direct.find((one) => one.shipment === direct.shipment)
    if (direct.route && was?.route && was.route.departS <= nowS)
      expect(visitsOf(direct.route), label).toEqual(visitsOf(was.route))
    else if (direct.route) expect(direct.route.departS, label).toBeGreaterThanOrEqual(nowS)
  }
}

/** Some instant of the plan's day, and the plan. */
function instantOf(seed: number) {
  const { problem, travel } = dayOf(seed)
  const plan = planOf(problem, travel, { seed, iterations: 60 })
  const instants = plan.routes.flatMap((route) => [route.departS, ...visitsOf(route).map(({ startS }) => startS)])
  const random = new Random(seed)
  const nowS = instants.length > 0 ? random.below(Math.max(...instants) + HOUR) : undefined
  return { problem, travel, plan, nowS, random }
}

describe('a day that is under way', () => {
  test('stands as it stood where nothing has happened: for no more won, and nobody moves', () => {
    let begun = 0
    for (let seed = 1; seed <= 60; seed++) {
      const { problem, travel, plan, nowS } = instantOf(seed)
      if (nowS === undefined) continue
      const label = `seed ${seed} now ${nowS}`
      const after = disturb({ problem, travel, plan, nowS, events: [] })
      expect(newErrors(problem, after.problem), label).toEqual([])
      expect([after.unable, after.notes], label).toEqual([[], []])
      const again = replan(after, seed)
      expectSound(plan, nowS, after, again, label)
      expect(movedShipments(after.problem, after.from, again), label).toEqual([])
      if (plan.violations.length === 0) expect(again.costKrw, label).toBeLessThanOrEqual(plan.costKrw)
      begun += after.standings.filter(({ left }) => left).length
    }
    expect(begun).toBeGreaterThan(20)
  }, 60_000)

  test('keeps what is done and plans nothing into the past, whatever happens to it', () => {
    const happened = { breakdown: 0, firm: 0, cancel: 0, order: 0, late: 0 }
    let fetched = 0
    let unable = 0
    for (let seed = 1; seed <= 120; seed++) {
      const { problem, travel, plan, nowS, random } = instantOf(seed)
      if (nowS === undefined) continue
      const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]
      const model = problem.shipments[0]
      const events = [
        (): Disturbance => ({
          kind: 'breakdown',
          route: pick(plan.routes).id,
          atS: Math.max(0, nowS - random.below(1800)),
        }),
        (): Disturbance => ({ kind: 'firm', firm: pick(problem.firms).id }),
        (): Disturbance => ({
          kind: 'cancel',
          shipment: pick(problem.shipments.filter(({ maxParts = 1 }) => maxParts === 1)).id,
        }),
        (): Disturbance => ({
          kind: 'order',
          shipment: shipment('new', model.from, model.to, { firm: model.firm, weightKg: 50 }),
        }),
        (): Disturbance => ({ kind: 'late', route: pick(plan.routes).id, lateS: random.below(5400) }),
      ]
      const chosen = events[seed % 5]()
      if (chosen.kind === 'cancel' && !chosen.shipment) continue
      const label = `seed ${seed} now ${nowS} ${JSON.stringify(chosen)}`
      const after = disturb({ problem, travel, plan, nowS, events: [chosen] })
      expect(newErrors(problem, after.problem), label).toEqual([])
      happened[chosen.kind]++
      if (after.unable.length > 0) {
        unable++
        continue
      }
      fetched += after.notes.filter(({ kind }) => kind === 'fetched').length
      expectSound(plan, nowS, after, replan(after, seed), label)
    }
    expect(Math.min(...Object.values(happened))).toBeGreaterThan(10)
    expect(fetched).toBeGreaterThan(4)
    expect(unable).toBeLessThan(6)
  }, 120_000)
})

// hub 0, a 10 km, b 20, c 30: a minute a km. Leave 8:00, a 8:10, b 8:20, c 8:30, hub 9:00
const line = makeProblem({
  sites: [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0), site('c', 30, 0)],
  firms: ['f', 'g'].map((id) => ({ id, name: id })),
  shipments: [shipment('s1', 'a', 'c', { firm: 'g', due: 9 * HOUR }), shipment('s2', 'b', 'c')],
  vehicles: [contract({ count: 1 }), contract({ id: 'other', count: 1 })],
})
const roads = gridTravel(line.sites)
const EIGHT = 8 * HOUR
const at = (minute: number) => EIGHT + 60 * minute
const oneRound = (): Plan => {
  const evaluate = evaluator(line, roads)
  const { route } = evaluate('own', [
    { shipment: 's1', kind: 'pickup' },
    { shipment: 's2', kind: 'pickup' },
    { shipment: 's1', kind: 'delivery' },
    { shipment: 's2', kind: 'delivery' },
  ])
  const plan = planOf(line, roads, { iterations: 0 })
  const { costLines, costKrw } = route
  return { ...plan, routes: [{ ...route, id: '1' }], direct: [], costLines, costKrw }
}

describe('a truck that breaks down', () => {
  // at 8:25 it is half way from b to c, with both on board: 5 km on to c, 15 back to a by way of b
  const plan = oneRound()
  const after = disturb({
    problem: line,
    travel: roads,
    plan,
    nowS: at(30),
    events: [{ kind: 'breakdown', route: '1', atS: at(25) }],
  })
  const place = after.problem.sites.at(-1)!

  test('stands where it had got to, and the ways from there are made of those that are known', () => {
    expect(place).toMatchObject({ name: '고장 지점 08:25', lng: 25, lat: 0, precision: 'road' })
    const [table] = after.travel.tables
    expect(table.durationS.slice(-5)).toEqual([25 * 60, 15 * 60, 5 * 60, 5 * 60, 0])
    expect(after.travel.estimated).toBe(true)
  })

  test('has its goods fetched: each shipment ends there and another of the same firm goes on', () => {
    expect(after.notes.map(({ kind }) => kind).sort()).toEqual(['fetched', 'fetched', 'stands'])
    const onward = after.problem.shipments.filter(({ id }) => id.endsWith(' / 이어싣기'))
    expect(onward.map(({ id, firm, from, to }) => [id, firm, from, to])).toEqual([
      ['s1 / 이어싣기', 'g', place.id, 'c'],
      ['s2 / 이어싣기', 'f', place.id, 'c'],
    ])
    // 9:00 was agreed: nobody is there so soon, so that is widened by what fetching takes at least
    expect(onward[0].due).toBe(at(30) + 5 * 60 + HOUR)
    const again = replan(after)
    expect(checkPlan(after.problem, after.travel, again)).toEqual([])
    // hub to a, b and the place: 25 km at 300 won and the day of the truck; it drives home no more
    const broken = again.routes.find(({ id }) => serviceOf(again, { shipment: 's1', kind: 'pickup' }).route?.id === id)!
    expect(broken.distanceM).toBe(25_000)
    expect(broken.stops.at(-1)).toMatchObject({ site: place.id, startS: at(25) })
    expect(again.unserved).toEqual([])
    expect(serviceOf(again, { shipment: 's1 / 이어싣기', kind: 'pickup' }).startS ?? at(30)).toBeGreaterThanOrEqual(
      at(30),
    )
  })

  test('changes what its driver does and brings in another, whom the list names', () => {
    const again = replan(after)
    const [own, ...others] = driverChanges(plan, again)
    expect(own).toMatchObject({ before: '1', kind: 'changed' })
    expect(own.dropped.map(({ shipment, kind }) => `${kind} ${shipment}`)).toEqual(['delivery s1', 'delivery s2'])
    expect(others.every(({ kind }) => kind === 'new')).toBe(true)
    expect(describeChange({ ...own, added: [], shiftS: 0, kind: 'same' }, 'ko')).toBe('노선 1: 그대로')
  })
})

describe('what is known of a day', () => {
  const plan = oneRound()

  test('is what was recorded, at the second it happened; what follows is put later by it', () => {
    // at a 8:40 instead of 8:10, left 8:50; now 8:55 it is on its way to b, 9:00
    const after = disturb({
      problem: line,
      travel: roads,
      plan,
      nowS: at(55),
      events: [],
      marks: [
        { route: '1', stop: 0, kind: 'arrived', atS: at(40) },
        { route: '1', stop: 0, kind: 'left', atS: at(50) },
      ],
    })
    expect(after.standings).toMatchObject([{ left: true, stopsDone: 1, heading: 'b', aboard: ['s1'] }])
    expect(after.standings[0].done).toMatchObject([{ shipment: 's1', startS: at(40), endS: at(50) }])
    // due 9:00 at c, 9:10 at the soonest: agreed hours are widened, and somebody is told
    expect(after.notes).toEqual([{ kind: 'late', shipment: 's1', site: 'c', startS: at(70) }])
    const again = replan(after)
    expect(checkPlan(after.problem, after.travel, again)).toEqual([])
    const { route, startS } = serviceOf(again, { shipment: 's1', kind: 'delivery' })
    expect([route?.vehicle, startS]).toEqual(['own', at(70)])
  })

  test('is the plan up to now where nothing was recorded, and a firm that cancels takes back only what is not on board', () => {
    const after = disturb({ problem: line, travel: roads, plan, nowS: at(12), events: [{ kind: 'firm', firm: 'g' }] })
    expect(after.notes).toEqual([{ kind: 'aboard', shipment: 's1' }])
    const other = disturb({ problem: line, travel: roads, plan, nowS: at(12), events: [{ kind: 'firm', firm: 'f' }] })
    expect(other.problem.shipments.map(({ id }) => id)).toEqual(['s1'])
    // it was driving to b for nothing
    expect(other.notes).toEqual([{ kind: 'diverted', route: '1' }])
    expect(unknownIn(line, plan, [{ kind: 'late', route: '9', lateS: 60 }])).toEqual([
      { index: 0, field: 'route', found: '9' },
    ])
  })
})

test('the first services of a route stay first where they are locked', () => {
  const plan = oneRound()
  const more = { ...line, shipments: [...line.shipments, shipment('s3', 'a', 'b')] }
  const again = planOf(more, roads, { from: plan, locks: [{ grade: 'head', route: '1', visits: 2 }], iterations: 50 })
  const { route } = serviceOf(again, { shipment: 's1', kind: 'pickup' })
  expect(
    visitsOf(route!)
      .slice(0, 2)
      .map(({ shipment: id }) => id),
  ).toEqual(['s1', 's2'])
  const [state] = checkLocks(again)
  expect([state.state, describeLock(state, 'en')]).toEqual(['kept', 'first 2 services of route 1: kept'])
  const turned = {
    ...plan,
    provenance: again.provenance,
    routes: [{ ...plan.routes[0], stops: plan.routes[0].stops.toReversed() }],
  }
  expect(checkLocks(turned)[0].state).toBe('broken')
})
