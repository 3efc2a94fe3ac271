import { expect, test } from 'vitest'
import {
  checkLocks,
  checkPlan,
  improve,
  KEEP_LEVELS,
  keepLocks,
  type Lock,
  missingOfLock,
  type Plan,
  type Problem,
  type Travel,
} from '../../solver/index.ts'
import { FEATURES, type Feature, manyFeatures } from './features.ts'
import { planOf } from './routes.ts'

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

test('planned again with locks and a price on moves, they keep every lock that is not refused, and own what the plan before did', () => {
  const kept = new Map<string, number>()
  let carried = 0
  for (let seed = 201; seed <= 320; seed++) {
    const { problem, travel, on, random } = manyFeatures(seed)
    const before = planOf(problem, travel, { seed, iterations: 30 })
    const gone = random.below(problem.shipments.length)
    // fewer docks, one shipment less
    const today = {
      ...problem,
      shipments: problem.shipments.filter((_, k) => k !== gone),
      sites: problem.sites.map((entry) => (on.has('docks') ? { ...entry, dockCount: 1 } : entry)),
    }
    const level = KEEP_LEVELS[random.below(3)]
    const locks: Lock[] = keepLocks(today, before, level).filter(() => random.unit() < 0.7)
    // half of them are the plan's own, which the new plan has again, said of itself
    const own = locks.filter(() => random.unit() < 0.5)
    const from: Plan = { ...before, locks: own }
    const stabilityKrw = [0, 3000, 50_000][random.below(3)]
    const where = `seed ${seed}, ${level}: ${[...on]}`
    for (const plan of soundPlans(today, travel, { seed, iterations: 40, from, locks, stabilityKrw }, where)) {
      const named = new Set(own.map((lock) => JSON.stringify(lock)))
      const held = checkLocks(plan).filter(
        ({ record, state }) => state === 'kept' && named.has(JSON.stringify(record.lock)),
      )
      expect(plan.locks ?? [], where).toHaveLength(held.length)
      for (const lock of plan.locks ?? []) expect(missingOfLock(lock, plan), where).toBeNull()
      carried += held.length
      for (const { record, state } of checkLocks(plan)) {
        expect(state, `${where} ${JSON.stringify(record)}`).not.toBe('broken')
        if (state === 'kept') kept.set(record.lock.grade, (kept.get(record.lock.grade) ?? 0) + 1)
      }
    }
  }
  for (const grade of ['route', 'truck', 'sequence', 'direct']) expect(kept.get(grade), grade).toBeGreaterThan(15)
  expect(carried).toBeGreaterThan(50)
})
