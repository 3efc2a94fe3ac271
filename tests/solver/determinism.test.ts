import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { checkPlan, type Problem } from '../../solver/index.ts'
import { randomProblem } from './problems.ts'
import { planOf } from './routes.ts'

/**
 * What these seeds and iterations cost. A change to the search, the tariffs or the fixture moves them: say so, and write down what the
 * failing test prints.
 */
const PINNED: Record<string, number> = {
  'tiny/four-stops.json 1': 48_000,
  'tiny/four-stops.json 2': 48_000,
  'gwangju/problems/seed-01-day-01.json 1': 855_486,
  'gwangju/problems/seed-01-day-01.json 2': 865_927,
  'gwangju/problems/seed-01-day-03.json 1': 891_200,
  'gwangju/problems/seed-01-day-03.json 2': 880_180,
  'gwangju/problems/seed-01-day-05.json 1': 743_763,
  'gwangju/problems/seed-01-day-05.json 2': 765_163,
  'random 1': 679_117,
  'random 2': 501_600,
  'random 3': 465_249,
}

const ITERATIONS = 300
const travelOf = travelFrom(trunk)
const read = (path: string): Problem =>
  JSON.parse(readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8')) as Problem

describe('the same seed and iterations cost the same on any machine', () => {
  test.each([
    'tiny/four-stops.json',
    'gwangju/problems/seed-01-day-01.json',
    'gwangju/problems/seed-01-day-03.json',
    'gwangju/problems/seed-01-day-05.json',
  ])('%s', async (path) => {
    const problem = read(path)
    const travel = await travelOf(problem)
    const costs: Record<string, number> = {}
    for (const seed of [1, 2]) {
      const plan = planOf(problem, travel, { seed, iterations: ITERATIONS })
      expect(checkPlan(problem, travel, plan)).toEqual([])
      costs[`${path} ${seed}`] = plan.costKrw
    }
    expect(costs).toEqual(Object.fromEntries(Object.keys(costs).map((name) => [name, PINNED[name]])))
  })

  test('random problems', () => {
    const costs = [1, 2, 3].map((seed) => {
      const { problem, travel } = randomProblem({ seed, shipments: 20, span: 60 })
      return [`random ${seed}`, planOf(problem, travel, { seed, iterations: ITERATIONS }).costKrw] as const
    })
    expect(Object.fromEntries(costs)).toEqual(Object.fromEntries(costs.map(([name]) => [name, PINNED[name]])))
  })
})
