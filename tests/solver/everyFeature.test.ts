import { expect, test } from 'vitest'
import {
  checkLocks,
  checkPlan,
  DAY_S,
  type Driver,
  improve,
  KEEP_LEVELS,
  keepLocks,
  type Lock,
  type Plan,
  type Problem,
  type Travel,
} from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { companyProblem } from './companies.ts'
import { HOUR, randomProblem, wildProblem } from './problems.ts'
import { planOf } from './routes.ts'

const FEATURES = [
  'mixing',
  'together',
  'apart',
  'lastInFirstOut',
  'timeOnBoard',
  'parts',
  'trips',
  'hold',
  'drivers',
  'soft',
  'balance',
  'docks',
] as const
type Feature = (typeof FEATURES)[number]

/** A random problem that asks for a random half of all there is to ask for. */
function manyFeatures(seed: number) {
  const random = new Random(seed + 9000)
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]
  const chance = (share: number) => random.unit() < share
  const on = new Set<Feature>(FEATURES.filter(() => chance(0.5)))
  const make = seed % 2 === 0 ? randomProblem : wildProblem
  const made = companyProblem({ seed, shipments: 8, span: pick([15, 40, 80]) }, make)
  const { mixing, together = [], apart, ...rest } = made.problem
  const grouped = new Set(on.has('together') ? together.flat() : [])
  const soft = () => {
    const opensS = random.below(24 * 60) * 60
    return { opensS, closesS: opensS + 1801, earlyKrwPerHour: random.below(9000) + 0.5, lateKrwPerHour: 9000 }
  }
  const shipments = rest.shipments.map(({ maxOnBoardS, ...entry }) => ({
    ...entry,
    ...(on.has('timeOnBoard') && maxOnBoardS !== undefined ? { maxOnBoardS } : {}),
    ...(on.has('parts') && !grouped.has(entry.id) && chance(0.4)
      ? { weightKg: 7000, pieceKg: 700, volumeL: 0, pallets: 0, maxParts: 9, handling: undefined, mustGoAlone: false }
      : {}),
    ...(on.has('hold') && chance(0.5) ? { holdKrwPerDay: random.below(40_000) + 0.5 } : {}),
    ...(on.has('soft') && chance(0.5) ? { softPickup: soft() } : {}),
    ...(on.has('soft') && chance(0.5) ? { softDelivery: soft() } : {}),
  }))
  const vehicles = rest.vehicles.map(({ lastInFirstOut, ...entry }) => ({
    ...entry,
    ...(on.has('lastInFirstOut') && lastInFirstOut ? { lastInFirstOut } : {}),
    ...(on.has('trips') && chance(0.6) ? { maxTrips: 1 + random.below(2) } : {}),
  }))
  const drivers = Array.from(
    { length: 1 + random.below(3) },
    (_, k): Driver => ({
      id: `d${k}`,
      vehicles: ['own'],
      ...(chance(0.5)
        ? {
            shifts: Array.from({ length: rest.days }, (_, day): [number, number] => {
              const opens = day * DAY_S + random.below(11) * HOUR
              return [opens, opens + (4 + random.below(8)) * HOUR]
            }),
          }
        : {}),
    }),
  )
  const unit = pick(['workS', 'stops', 'weightKg'] as const)
  const spread = random.below({ workS: 3 * HOUR, stops: 3, weightKg: 600 }[unit])
  const sites = rest.sites.map((entry) => (on.has('docks') && chance(0.7) ? { ...entry, dockCount: 1 } : entry))
  // undefined fields are no fields
  const problem: Problem = JSON.parse(
    JSON.stringify({
      ...rest,
      sites,
      shipments,
      vehicles,
      ...(on.has('mixing') ? { mixing } : {}),
      ...(on.has('together') ? { together } : {}),
      ...(on.has('apart') ? { apart } : {}),
      ...(on.has('drivers') ? { drivers } : {}),
      ...(on.has('balance')
        ? { balance: { unit, spread, ...(chance(0.5) ? { vehicles: ['own', 'spot'] } : {}) } }
        : {}),
    }),
  )
  return { problem, travel: made.travel, on, random }
}

/** Every plan of a run, each sound and as dear as its step says. */
function soundPlans(problem: Problem, travel: Travel, run: Parameters<typeof improve>[2], where: string): Plan[] {
  const plans: Plan[] = []
  for (const { plan, costKrw } of improve(problem, travel, run)) {
    if (!plan) continue
    plans.push(plan)
    expect(checkPlan(problem, travel, plan), where).toEqual([])
    expect(plan.costKrw, where).toBe(costKrw)
  }
  return plans
}

test('every plan of problems that ask for many things at once passes the check and costs what its step says', () => {
  const seen = new Map<Feature, number>()
  for (let seed = 1; seed <= 160; seed++) {
    const { problem, travel, on } = manyFeatures(seed)
    const plan = soundPlans(problem, travel, { seed, iterations: 40 }, `seed ${seed}: ${[...on]}`).at(-1)!
    // a feature counts where it is on and something rides
    for (const feature of on)
      if (feature === 'parts' ? plan.parts : plan.routes.length > 0) seen.set(feature, (seen.get(feature) ?? 0) + 1)
  }
  for (const feature of FEATURES) expect(seen.get(feature), feature).toBeGreaterThan(20)
})

test('planned again with locks and a price on moves, they keep every lock that is not refused', () => {
  const kept = new Map<string, number>()
  for (let seed = 201; seed <= 320; seed++) {
    const { problem, travel, on, random } = manyFeatures(seed)
    const from = planOf(problem, travel, { seed, iterations: 30 })
    const gone = random.below(problem.shipments.length)
    // fewer docks, one shipment less
    const today = {
      ...problem,
      shipments: problem.shipments.filter((_, k) => k !== gone),
      sites: problem.sites.map((entry) => (on.has('docks') ? { ...entry, dockCount: 1 } : entry)),
    }
    const level = KEEP_LEVELS[random.below(3)]
    const locks: Lock[] = keepLocks(today, from, level).filter(() => random.unit() < 0.7)
    const stabilityKrw = [0, 3000, 50_000][random.below(3)]
    const where = `seed ${seed}, ${level}: ${[...on]}`
    for (const plan of soundPlans(today, travel, { seed, iterations: 40, from, locks, stabilityKrw }, where))
      for (const { record, state } of checkLocks(plan)) {
        expect(state, `${where} ${JSON.stringify(record)}`).not.toBe('broken')
        if (state === 'kept') kept.set(record.lock.grade, (kept.get(record.lock.grade) ?? 0) + 1)
      }
  }
  for (const grade of ['route', 'truck', 'sequence', 'direct']) expect(kept.get(grade), grade).toBeGreaterThan(15)
})
