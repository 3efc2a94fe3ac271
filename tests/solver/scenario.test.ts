import { describe, expect, test } from 'vitest'
import {
  applyScenario,
  checkPlan,
  describeScenario,
  diffPlans,
  findIssues,
  type Problem,
  type ScenarioChange,
} from '../../solver/index.ts'
import { contract, gridTravel, HOUR, hired, makeProblem, shipment, site, wildProblem } from './problems.ts'
import { planOf } from './routes.ts'

const errorsOf = (problem: Problem) =>
  findIssues(problem, 'en')
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path }) => `${code} ${path}`)
const SEEDS = [1, 2, 3, 4, 5, 6]
const wild = (seed: number) => wildProblem({ seed, shipments: 5 })
/** One of each kind, on whatever a random problem has. */
const changesOf = ({ vehicles, firms }: Problem): ScenarioChange[] => [
  { kind: 'count', vehicle: vehicles[0].id, count: vehicles[0].count + 1 },
  { kind: 'body', vehicle: vehicles[0].id, like: vehicles.at(-1)!.id, perDayKrw: 123_000 },
  { kind: 'firm', firm: firms[0].id },
  { kind: 'windows', minutes: 30 },
  { kind: 'noTerminal' },
  { kind: 'rates', of: 'hired', part: 'all', percent: 110 },
  { kind: 'pace', percent: 120 },
]

describe('a scenario', () => {
  test('leaves the problem as it is, and each of its changes what it does not speak of', () => {
    for (const seed of SEEDS) {
      const { problem } = wild(seed)
      const before = JSON.stringify(problem)
      for (const change of changesOf(problem)) {
        const made = applyScenario(problem, [change])
        expect(JSON.stringify(problem)).toBe(before)
        const touched = Object.keys(made).filter(
          (key) => JSON.stringify(made[key as keyof Problem]) !== JSON.stringify(problem[key as keyof Problem]),
        )
        const may = {
          count: ['vehicles'],
          body: ['vehicles', 'tariffs'],
          firm: ['firms', 'shipments', 'together', 'apart'],
          windows: ['sites', 'shipments'],
          noTerminal: ['tariffs'],
          rates: ['tariffs'],
          pace: ['timeOfDay'],
        }[change.kind]
        for (const key of touched) expect(may, `${change.kind} of ${seed}`).toContain(key)
      }
    }
  })

  test('brings no fault that the problem does not have, with all changes at once either', () => {
    for (const seed of SEEDS) {
      const { problem } = wild(seed)
      const known = errorsOf(problem).map((error) => error.split(' ')[0])
      for (const changes of [...changesOf(problem).map((change) => [change]), changesOf(problem)])
        for (const error of errorsOf(applyScenario(problem, changes)))
          expect(known, error).toContain(error.split(' ')[0])
    }
  })

  test('that allows more lets every plan stand as it is: a truck more, wider windows', () => {
    for (const seed of SEEDS) {
      const { problem, travel } = wild(seed)
      const plan = planOf(problem, travel)
      const [more, , , wider] = changesOf(problem)
      for (const change of [more, wider])
        expect(checkPlan(applyScenario(problem, [change]), travel, plan), `${change.kind} of ${seed}`).toEqual([])
    }
  })

  test('is the same twice over where it says how something is, and nothing where it names what is not there', () => {
    const { problem } = wild(1)
    const [count, , firm, , noTerminal] = changesOf(problem)
    for (const change of [count, firm, noTerminal])
      expect(applyScenario(problem, [change, change])).toEqual(applyScenario(problem, [change]))
    const nobody: ScenarioChange[] = [
      { kind: 'count', vehicle: 'none', count: 3 },
      { kind: 'body', vehicle: 'none', like: problem.vehicles[0].id },
      { kind: 'firm', firm: 'none' },
      { kind: 'rates', of: 'contract', part: 'all', percent: 100 },
    ]
    expect(applyScenario(problem, nobody)).toEqual(problem)
  })

  test('prices the same plan by its own rates', () => {
    const problem = makeProblem({ vehicles: [contract()], tariffs: makeProblem().tariffs.slice(0, 1) })
    const travel = gridTravel(problem.sites)
    // hub → a → b → hub: 40 km; 100,000 a day and 300 a km
    expect(planOf(problem, travel).costKrw).toBe(112_000)
    const dearer = (part: 'all' | 'distance', percent: number) =>
      planOf(applyScenario(problem, [{ kind: 'rates', of: 'contract', part, percent }]), travel).costKrw
    expect(dearer('all', 110)).toBe(123_200)
    expect(dearer('distance', 150)).toBe(118_000)
    expect(dearer('distance', 90)).toBe(110_800)
  })

  test('gives a truck the body of another and keeps its place, shifts and number', () => {
    const problem = makeProblem({
      vehicles: [contract({ count: 2, bedL: 9000 }), hired({ id: 'large', truck: '5t', capacityKg: 5000, pallets: 8 })],
    })
    const changed = applyScenario(problem, [{ kind: 'body', vehicle: 'own', like: 'large', perDayKrw: 180_000 }])
    const { bedL, ...own } = changed.vehicles[0]
    expect(bedL).toBeUndefined()
    expect(own).toMatchObject({ id: 'own', truck: '5t', capacityKg: 5000, pallets: 8, count: 2, start: 'hub' })
    expect(changed.tariffs.find(({ id }) => id === own.tariff)).toMatchObject({ perDayKrw: 180_000, perKmKrw: 300 })
    expect(changed.tariffs.find(({ id }) => id === 'own')).toMatchObject({ perDayKrw: 100_000 })
  })

  test('joins windows that touch, and widens an hour by which something is due within its day', () => {
    const open: [number, number][] = [
      [8 * HOUR, 12 * HOUR],
      [13 * HOUR, 17 * HOUR],
    ]
    const problem = makeProblem({
      sites: [site('hub', 0, 0), site('a', 10, 0, { windows: open }), site('b', 20, 0)],
      shipments: [shipment('s1', 'a', 'b', { ready: 9 * HOUR, due: 23 * HOUR + 1800 })],
    })
    const wide = (minutes: number) => applyScenario(problem, [{ kind: 'windows', minutes }])
    expect(wide(20).sites[1].windows).toEqual([
      [7 * HOUR + 2400, 12 * HOUR + 1200],
      [12 * HOUR + 2400, 17 * HOUR + 1200],
    ])
    expect(wide(30).sites[1].windows).toEqual([[7.5 * HOUR, 17.5 * HOUR]])
    expect(wide(60).shipments[0]).toMatchObject({ ready: 8 * HOUR, due: 24 * HOUR - 1 })
  })

  test('is named by what it changes', () => {
    const problem = makeProblem({ vehicles: [contract({ name: '고정차 2.5톤', count: 2 }), hired()] })
    const changes: ScenarioChange[] = [
      { kind: 'count', vehicle: 'own', count: 1 },
      { kind: 'firm', firm: 'f' },
      { kind: 'rates', of: 'terminal', part: 'all', percent: 80 },
    ]
    expect(describeScenario(problem, changes, 'ko')).toBe('고정차 2.5톤 2 → 1대 · firm 빼기 · 정기화물 요금 −20 %')
    expect(describeScenario(problem, changes, 'en')).toBe(
      '고정차 2.5톤 2 → 1 · without firm · terminal freight rates −20 %',
    )
  })
})

describe('two plans', () => {
  test('have no difference from themselves, and mirror each other', () => {
    for (const seed of SEEDS) {
      const { problem, travel } = wild(seed)
      const [plan, other] = [
        planOf(problem, travel),
        planOf(applyScenario(problem, changesOf(problem).slice(3, 6)), travel),
      ]
      const none = diffPlans(plan, plan)
      expect(none.shipments).toEqual([])
      for (const { change, leftLegs, rightStops } of none.pairs)
        expect([change, leftLegs.includes(true), rightStops.includes(true)]).toEqual(['same', false, false])
      const [there, back] = [diffPlans(plan, other), diffPlans(other, plan)]
      expect(new Set(there.shipments.map((one) => one.shipment))).toEqual(
        new Set(back.shipments.map((one) => one.shipment)),
      )
      const count = (pairs: typeof there.pairs, change: string) => pairs.filter((pair) => pair.change === change).length
      expect(count(there.pairs, 'added')).toBe(count(back.pairs, 'removed'))
      expect(there.pairs.flatMap(({ right }) => right?.id ?? []).sort()).toEqual(
        other.routes.map(({ id }) => id).sort(),
      )
    }
  })

  test('differ by the shipment that rides elsewhere, the stop that moved and the truck that is new', () => {
    const problem = makeProblem({
      vehicles: [contract({ count: 2 })],
      shipments: [
        shipment('s1', 'a', 'b', { modes: ['route'] }),
        shipment('s2', 'a', 'b', { modes: ['route'] }),
        shipment('s3', 'b', 'a', { modes: ['route'] }),
      ],
    })
    const plan = planOf(problem, gridTravel(problem.sites))
    const [route] = plan.routes
    const stop = (at: string, pickups: string[], deliveries: string[]) => ({
      ...route.stops[0],
      site: at,
      pickups,
      deliveries,
    })
    const routeOf = (id: string, ...stops: (typeof route.stops)[number][]) => ({ ...route, id, stops })
    const left = {
      ...plan,
      routes: [routeOf('1', stop('a', ['s1', 's2'], []), stop('b', ['s3'], ['s1', 's2']), stop('a', [], ['s3']))],
    }
    const right = {
      ...plan,
      routes: [
        routeOf('7', stop('b', ['s3'], []), stop('a', ['s2'], ['s3']), stop('b', [], ['s2'])),
        routeOf('8', stop('a', ['s1'], []), stop('b', [], ['s1'])),
      ],
    }
    const { pairs, shipments } = diffPlans(left, right)
    expect(shipments).toEqual([
      { shipment: 's1', left: { by: 'route', route: '1', pair: 0 }, right: { by: 'route', route: '8', pair: 1 } },
    ])
    expect(pairs.map(({ left, right, change }) => [left?.id, right?.id, change])).toEqual([
      ['1', '7', 'changed'],
      [undefined, '8', 'added'],
    ])
    // +s3 then −s3 are in the same order on both; s2 has moved behind them, s1 is gone
    expect(pairs[0].leftStops).toEqual([true, true, false])
    expect(pairs[0].rightStops).toEqual([false, true, true])
    // garage → a, a → b, b → a, a → garage against garage → b, b → a, a → b, b → garage
    expect(pairs[0].leftLegs).toEqual([true, false, false, true])
  })
})
