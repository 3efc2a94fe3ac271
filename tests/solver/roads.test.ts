import { beforeAll, describe, expect, it } from 'vitest'
import { type Highs, loadHighs } from '../../solver/columns/lp.ts'
import { prove } from '../../solver/columns/prove.ts'
import {
  checkLocks,
  checkPlan,
  comparePlan,
  describeReason,
  evaluator,
  explainShipments,
  findIssues,
  improve,
  keepLocks,
  NO_ROAD,
  type Plan,
  type PlanFile,
  type Problem,
  type Travel,
} from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { verify } from '../../solver/verify/verify.ts'
import { leastWorth, worthOf } from './companies.ts'
import { manyFeatures } from './features.ts'
import { byHours } from './hours.ts'
import {
  contract,
  gridTravel,
  HOUR,
  hired,
  makeProblem,
  randomProblem,
  shipment,
  site,
  wildProblem,
} from './problems.ts'
import { planOf } from './routes.ts'

/** The travel without the roads for which `isGone`. */
function without(travel: Travel, isGone: (from: number, to: number, table: number) => boolean): Travel {
  return {
    ...travel,
    tables: travel.tables.map((table, index) => {
      const sites = Math.sqrt(table.durationS.length)
      const cut = (cells: readonly number[]) =>
        cells.map((cell, k) => {
          const [from, to] = [Math.floor(k / sites), k % sites]
          return from !== to && isGone(from, to, index) ? NO_ROAD : cell
        })
      const { durationS, distanceM, tollKrw, slices } = table
      return {
        ...table,
        durationS: cut(durationS),
        distanceM: cut(distanceM),
        tollKrw: cut(tollKrw),
        ...(slices && {
          slices: slices.map((slice) => ({
            ...slice,
            durationS: cut(slice.durationS),
            ...(slice.tollKrw && { tollKrw: cut(slice.tollKrw) }),
          })),
        }),
      }
    }),
  }
}

/** Some roads gone by chance, one way or for one class; in half of the problems a whole site with all of its own. */
function withGaps(travel: Travel, seed: number): Travel {
  const random = new Random(seed + 77)
  const sites = Math.sqrt(travel.tables[0].durationS.length)
  const lost = random.unit() < 0.5 ? 1 + random.below(sites - 1) : -1
  const share = [0, 0.1, 0.3][random.below(3)]
  const gone = travel.tables.map(({ durationS }) => durationS.map(() => random.unit() < share))
  return without(travel, (from, to, table) => from === lost || to === lost || gone[table][from * sites + to])
}

/**
 * Roads gone as they are in a country: two roads in a row make a road. Islands, or valleys that are left by a one-way road. Where two roads
 * in a row make none, which only a table by hand says, a shipment may need the stop of another on its way; the search rarely finds that.
 */
function withIslands(travel: Travel, seed: number): Travel {
  const random = new Random(seed + 99)
  const sites = Math.sqrt(travel.tables[0].durationS.length)
  const lands = travel.tables.map(() => Array.from({ length: sites }, () => Math.min(2, random.below(6))))
  const oneWay = random.unit() < 0.5
  return without(travel, (from, to, table) =>
    oneWay ? lands[table][from] < lands[table][to] : lands[table][from] !== lands[table][to],
  )
}

const sitesOf = ({ sites }: Problem) => new Map(sites.map(({ id }, index) => [id, index]))

/** Whether roads lead from one site to another, by whatever sites. */
function leads(problem: Problem, travel: Travel, truck: string, from: string, to: string): boolean {
  const sites = problem.sites.length
  const index = sitesOf(problem)
  const { durationS } = travel.tables.find(({ trucks }) => (trucks as readonly string[]).includes(truck))!
  const met = new Set([index.get(from)!])
  for (const here of met)
    for (let next = 0; next < sites; next++) if (durationS[here * sites + next] !== NO_ROAD) met.add(next)
  return met.has(index.get(to)!)
}

/** Legs of the plan's trucks that no road leads along. */
function roadlessLegs(problem: Problem, travel: Travel, plan: Plan): number {
  const index = sitesOf(problem)
  const driven = [...plan.routes, ...plan.direct.flatMap(({ route }) => route ?? [])]
  return driven.reduce((sum, route) => {
    const vehicle = problem.vehicles.find(({ id }) => id === route.vehicle)!
    const { durationS } = travel.tables.find(({ trucks }) => trucks.includes(vehicle.truck))!
    const places = [vehicle.start, ...route.stops.map((stop) => stop.site), vehicle.end].flatMap((id) => id ?? [])
    const gone = places
      .slice(1)
      .filter((to, k) => durationS[index.get(places[k])! * problem.sites.length + index.get(to)!] === NO_ROAD)
    return sum + gone.length
  }, 0)
}

// hub (0) — a (10 km) — b (20 km); c is an island
const island = (more: Partial<Problem> = {}) => {
  const problem = makeProblem({
    sites: [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0), site('c', 30, 0)],
    shipments: [shipment('s1', 'a', 'b'), shipment('s2', 'a', 'c'), shipment('s3', 'c', 'b')],
    tariffs: makeProblem().tariffs.filter(({ kind }) => kind !== 'terminal'),
    ...more,
  })
  return { problem, travel: without(gridTravel(problem.sites), (from, to) => from === 3 || to === 3) }
}

describe('where roads are missing', () => {
  it('every plan passes the check and drives none of them', () => {
    let unserved = 0
    let routes = 0
    for (let seed = 1; seed <= 90; seed++) {
      const made =
        seed % 3 === 0
          ? manyFeatures(seed)
          : (seed % 3 === 1 ? randomProblem : wildProblem)({ seed, shipments: 8, span: 40 })
      // by time of day in every second
      const travel = withGaps(seed % 2 ? made.travel : byHours(made.travel, new Random(seed)), seed)
      for (const { plan } of improve(made.problem, travel, { seed, iterations: 60 })) {
        if (!plan) continue
        expect(checkPlan(made.problem, travel, plan), `seed ${seed}`).toEqual([])
        expect(roadlessLegs(made.problem, travel, plan), `seed ${seed}`).toBe(0)
        routes += plan.routes.length
        unserved += plan.unserved.filter(({ reasons }) => reasons.some(({ rule }) => rule === 'road')).length
      }
    }
    expect(unserved).toBeGreaterThan(50)
    expect(routes).toBeGreaterThan(50)
  })

  it('tiny plans serve as much, and cost as little, as any', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const { problem, travel: whole } = randomProblem({ seed, shipments: 4, span: 40 })
      const travel = withIslands(whole, seed)
      const plan = planOf(problem, travel, { seed, iterations: 400 })
      expect(worthOf(plan), `seed ${seed}`).toBe(leastWorth(problem, travel))
      if (seed > 2) continue
      const ragged = withGaps(whole, seed)
      expect(worthOf(planOf(problem, ragged, { seed, iterations: 400 }))).toBeGreaterThanOrEqual(
        leastWorth(problem, ragged),
      )
    }
  })

  it('is called proved impossible exactly where no roads lead there at all', () => {
    let proved = 0
    let open = 0
    for (let seed = 1; seed <= 50; seed++) {
      const { problem, travel: whole } = randomProblem({ seed, shipments: 8, span: 30 })
      const travel = withGaps(whole, seed)
      for (const { reasons } of planOf(problem, travel, { iterations: 60 }).unserved)
        for (const { rule, proof, from, to, vehicle } of reasons) {
          if (rule !== 'road') continue
          const { truck } = problem.vehicles.find(({ id }) => id === vehicle)!
          const led = leads(problem, travel, truck, from!, to!)
          expect(proof, `seed ${seed}: ${from} → ${to}`).toBe(led ? 'notFound' : 'impossible')
          if (led) open++
          else proved++
        }
    }
    expect(proved).toBeGreaterThan(20)
    expect(open).toBeGreaterThan(0)
  })

  it('the rest is planned, and the reason names where none leads and what to do', () => {
    const { problem, travel } = island()
    expect(findIssues({ ...problem, travel }).filter(({ severity }) => severity === 'error')).toEqual([])
    const plan = planOf(problem, travel)
    expect(plan.unserved.map(({ shipment: id }) => id)).toEqual(['s2', 's3'])
    const [there, away] = plan.unserved.map(({ reasons }) => reasons[0])
    expect(there).toMatchObject({ rule: 'road', proof: 'impossible', from: 'a', to: 'c' })
    // the truck of the complex does not get there from the hub
    expect(away).toMatchObject({ rule: 'road', proof: 'impossible', to: 'c' })
    const names = (id: string) => ({ a: '가 공장', c: '다 공장' })[id] ?? id
    expect(describeReason(there, 'ko', names)).toBe(
      '불가 증명됨: ‘가 공장’에서 ‘다 공장’로 이어지는 길이 없음. 좌표를 바로잡거나, 이 길을 다닐 수 있는 다른 톤급을 쓰세요',
    )
    expect(describeReason(there, 'en')).toBe(
      'proved impossible: no road leads from “a” to “c”; correct the coordinates, or use another truck class that may drive there',
    )
    const [explained] = explainShipments(problem, travel, plan, { shipment: 's2' })
    expect(explained).toMatchObject({ by: 'nobody', repairs: [] })
    expect(explained.reasons).toEqual(plan.unserved[0].reasons)
    expect(explained.alternatives.map(({ rule }) => rule)).toEqual(explained.alternatives.map(() => 'road'))
  })

  it('is told of a shipment when there is nothing but hired trucks alone', () => {
    const { problem, travel } = island({ vehicles: [hired({ count: 0 })] })
    const { unserved } = planOf(problem, travel)
    expect(unserved.map(({ reasons }) => reasons[0])).toEqual([
      { rule: 'road', proof: 'impossible', from: 'a', to: 'c', vehicle: 'spot' },
      { rule: 'road', proof: 'impossible', from: 'c', to: 'b', vehicle: 'spot' },
    ])
  })

  it('a site that nobody uses does no harm', () => {
    const { problem, travel } = island({ shipments: [shipment('s1', 'a', 'b')] })
    const [lean, roads] = [{ ...problem, sites: problem.sites.slice(0, 3) }, gridTravel(problem.sites.slice(0, 3))]
    const [plan, without3] = [planOf(problem, travel, { iterations: 60 }), planOf(lean, roads, { iterations: 60 })]
    expect(plan.unserved).toEqual([])
    expect([plan.costKrw, plan.routes, plan.direct]).toEqual([without3.costKrw, without3.routes, without3.direct])
  })

  it('another truck class goes where one may not', () => {
    const { problem } = island({
      shipments: [shipment('s2', 'a', 'c')],
      vehicles: [contract({ truck: '5t' }), hired({ count: 0 })],
    })
    const [table] = gridTravel(problem.sites).tables
    const both: Travel = {
      ...gridTravel(problem.sites),
      tables: [
        { ...table, trucks: ['5t'] },
        { ...table, trucks: ['1t'] },
      ],
    }
    const travel = without(both, (from, to, index) => index === 0 && (from === 3 || to === 3))
    const plan = planOf(problem, travel)
    expect(plan.direct.map(({ mode, route }) => [mode, route?.vehicle])).toEqual([['hired', 'spot']])
    expect(plan.direct[0].reasons[0]).toMatchObject({ rule: 'road', proof: 'impossible', from: 'a', to: 'c' })
    expect(checkPlan(problem, travel, plan)).toEqual([])
  })

  it('terminal freight goes where its price asks for no distance, and is zoned by the first class that has a road', () => {
    const [, , depot] = makeProblem().tariffs
    const flat = { ...depot, kind: 'terminal', zones: [{ factor: 1 }] } as Problem['tariffs'][number]
    const send = (tariff: Problem['tariffs'][number], travelOf = (travel: Travel) => travel) => {
      const { problem, travel } = island({
        shipments: [shipment('s2', 'a', 'c')],
        vehicles: [hired({ count: 0 })],
        tariffs: [...makeProblem().tariffs.slice(0, 2), tariff],
      })
      const plan = planOf(problem, travelOf(travel))
      expect(checkPlan(problem, travelOf(travel), plan)).toEqual([])
      return plan
    }
    expect(send(depot).unserved).toHaveLength(1)
    // 7,000 + 62 × 100 kg
    expect(send(flat).direct[0]).toMatchObject({ mode: 'terminal', costKrw: 13_200, distanceM: 0 })
    // a small truck has no road, a large one 20 km
    const large = (travel: Travel): Travel => ({
      ...travel,
      tables: [
        { ...travel.tables[0], trucks: ['1t'] },
        {
          ...travel.tables[0],
          trucks: ['25t'],
          distanceM: travel.tables[0].distanceM.map((m) => (m < 0 ? 20_000 : m)),
        },
      ],
    })
    expect(send(depot, large).direct[0]).toMatchObject({ mode: 'terminal', costKrw: 13_200, distanceM: 20_000 })
  })

  it('a plan that drives where there is no road is refused, by the check itself', () => {
    const problem = makeProblem({ tariffs: makeProblem().tariffs.slice(0, 2), vehicles: [contract()] })
    const travel = gridTravel(problem.sites)
    const plan = planOf(problem, travel)
    expect(plan.routes).toHaveLength(1)
    // hub → a is gone: the leg to stop 0
    const cut = without(travel, (from, to) => from === 0 && to === 1)
    const found = checkPlan(problem, cut, plan)
    expect(found).toContainEqual({ rule: 'road', route: '1', vehicle: 'own', stop: 0, excess: 1, unit: 'legs' })
    expect(
      checkPlan(
        problem,
        without(travel, (from, to) => from === 1 && to === 0),
        plan,
      ),
    ).toEqual([])
  })

  it('an edit over such a leg is timed as if it took no time, and says so', () => {
    const { problem, travel } = island()
    const { route, broken } = evaluator(problem, travel)('own', [
      { shipment: 's2', kind: 'pickup' },
      { shipment: 's2', kind: 'delivery' },
    ])
    // a → c and c → hub
    expect(broken).toEqual([{ rule: 'road', excess: 2, unit: 'legs' }])
    expect(route).toMatchObject({ distanceM: 10_000, driveS: 600, rests: [] })
    expect(route.departS).toBeGreaterThanOrEqual(8 * HOUR)
    expect(route.returnS).toBeLessThanOrEqual(18 * HOUR)
    expect(
      checkPlan(problem, travel, { ...planOf(problem, travel), routes: [route] }).map(({ rule }) => rule),
    ).toContain('road')
  })

  it('what is locked on a road that has gone since is refused, and says so', () => {
    let refused = 0
    for (let seed = 1; seed <= 20; seed++) {
      const { problem, travel: whole } = randomProblem({ seed, shipments: 8, span: 40 })
      const from = planOf(problem, whole, { seed, iterations: 60 })
      const travel = withGaps(whole, seed)
      const locks = keepLocks(problem, from, 'sequence')
      const plan = planOf(problem, travel, { seed, iterations: 60, from, locks })
      expect(checkPlan(problem, travel, plan), `seed ${seed}`).toEqual([])
      for (const { record, state } of checkLocks(plan)) {
        expect(state).not.toBe('broken')
        if (record.refused?.rule === 'road') refused++
      }
    }
    expect(refused).toBeGreaterThan(0)
  })

  it('baselines leave out what nobody can carry', () => {
    const { problem, travel } = island()
    const plan = planOf(problem, travel)
    const { unserved, baselines } = comparePlan(problem, travel, plan)
    expect(unserved).toEqual(['s2', 's3'])
    for (const { excluded, costKrw } of baselines) {
      expect(excluded).toEqual([])
      expect(costKrw).toBeGreaterThanOrEqual(plan.costKrw)
    }
  })
})

describe('the bound where roads are missing', () => {
  let highs: Highs
  beforeAll(async () => {
    highs = await loadHighs()
  })

  const verified = (file: PlanFile) => {
    const checking = verify(highs, file)
    let step = checking.next()
    while (!step.done) step = checking.next()
    return step.value
  }

  it('prices what no truck reaches by the freight that carries it', () => {
    const flat = makeProblem().tariffs.map((tariff) =>
      tariff.kind === 'terminal' ? { ...tariff, zones: [{ factor: 1 }] } : tariff,
    )
    const { problem, travel } = island({ tariffs: flat })
    const { plan, certificate } = [...prove(highs, problem, travel, undefined, { seed: 1, iterations: 100 })].at(-1)!
    expect(plan.unserved).toEqual([])
    expect(certificate!.alone.map(({ shipment: id }) => id)).toEqual(['s2', 's3'])
    const { holds, faults } = verified({ ...plan, problem, travel, certificate: certificate!, hash: '' })
    expect(faults).toEqual([])
    expect(holds).toBe('yes')
  })

  it('is below every plan, and a verifier of its own agrees', () => {
    let proved = 0
    for (let seed = 1; seed <= 8; seed++) {
      const { problem, travel: whole } = (seed % 2 ? randomProblem : wildProblem)({ seed, shipments: 4, span: 40 })
      const travel = (seed % 4 < 2 ? withIslands : withGaps)(whole, seed)
      const steps = [...prove(highs, problem, travel, undefined, { seed: 1, iterations: 300 })]
      const { plan, certificate } = steps.at(-1)!
      expect(checkPlan(problem, travel, plan)).toEqual([])
      expect(certificate!.lowerKrw, `seed ${seed}`).toBeLessThanOrEqual(plan.costKrw)
      if (seed % 4 === 1) expect(worthOf(plan), `seed ${seed}`).toBe(leastWorth(problem, travel))
      const { holds, faults } = verified({ ...plan, problem, travel, certificate: certificate!, hash: '' })
      expect(holds, `seed ${seed}: ${JSON.stringify(faults)}`).not.toBe('no')
      if (holds === 'yes') proved++
    }
    expect(proved).toBeGreaterThan(4)
  })
})
