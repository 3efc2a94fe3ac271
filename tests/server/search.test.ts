import { describe, expect, it } from 'vitest'
import { loadComplex, loadOrders } from '../../server/complexes.ts'
import { importOrders } from '../../server/imports/index.ts'
import { nowMs } from '../../server/jobs/clock.ts'
import { planOnThreads } from '../../server/jobs/parallel.ts'
import { searchPlan } from '../../server/jobs/search.ts'
import type { PlanTask, Report } from '../../server/jobs/tasks.ts'
import { startThread } from '../../server/jobs/thread.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { type Assignment, checkPlan, improve } from '../../solver/index.ts'
import { makeProblem } from './makeProblem.ts'

const problem = makeProblem()
const travel = await travelFrom(trunk)(problem)
const task: PlanTask = { kind: 'plan', problem, travel, locale: 'ko', seed: 1 }
const never = () => false
const ignore = () => {}

describe('searchPlan', () => {
  it('stops when asked, but not before it has a plan to keep', async () => {
    const plan = await searchPlan(task, () => true, ignore)
    expect(checkPlan(problem, travel, plan)).toEqual([])
  })

  it('keeps to a deadline that has passed already in the same way', async () => {
    const plan = await searchPlan({ ...task, deadlineMs: nowMs() - 1000 }, never, ignore)
    expect(plan.direct.length + plan.routes.length).toBeGreaterThan(0)
  })

  it('ends no dearer than the plan it starts from, even when it is stopped at once', async () => {
    const { bytes } = await loadOrders('gwangju', 1)
    const day = (await importOrders(bytes, await loadComplex('gwangju'), { locale: 'ko' })).days[0]!.problem
    const dayTask = { ...task, problem: day, travel: await travelFrom(trunk)(day) }
    const from = await searchPlan({ ...dayTask, iterations: 1000 }, never, ignore)
    const stopped = async (more: Partial<PlanTask>) =>
      (await searchPlan({ ...dayTask, seed: 9, ...more }, () => true, ignore)).costKrw
    expect(await stopped({ from })).toBeLessThanOrEqual(from.costKrw)
    expect(await stopped({})).toBeGreaterThan(from.costKrw)
  })

  it('reports ever better plans, the last of them its outcome', async () => {
    const reports: Report[] = []
    const best = await searchPlan({ ...task, iterations: 300 }, never, (report) => reports.push(report))
    const costs = reports.flatMap((report) => (report.kind === 'plan' ? [report.plan.costKrw] : []))
    expect(costs).toEqual([...costs].sort((a, b) => b - a))
    expect(costs.at(-1)).toBe(best.costKrw)
    const last = reports.findLast((report) => report.kind === 'progress')
    expect(last).toMatchObject({ progress: { iterations: 300 } })
  })

  it('does not depend on the clock when iterations are its limit', async () => {
    const once = await searchPlan({ ...task, iterations: 300 }, never, ignore)
    const hurried = await searchPlan({ ...task, iterations: 300, deadlineMs: nowMs() + 3_600_000 }, never, ignore)
    expect(hurried).toEqual(once)
  })
})

describe('planOnThreads', () => {
  it('is no worse than its first seed alone and passes on a wish to stop', async () => {
    const alone = await planOnThreads({ ...task, iterations: 100 }, 1, { stopped: never, report: ignore })
    const both = await planOnThreads({ ...task, iterations: 100 }, 2, { stopped: never, report: ignore })
    expect(both.costKrw).toBeLessThanOrEqual(alone.costKrw)
    const stopped = await planOnThreads(task, 2, { stopped: () => true, report: ignore })
    expect(checkPlan(problem, travel, stopped)).toEqual([])
  })

  it('lets its threads take over what others have found', async () => {
    const { bytes } = await loadOrders('gwangju', 1)
    const day = (await importOrders(bytes, await loadComplex('gwangju'), { locale: 'ko' })).days[0]!.problem
    const dayTask = { ...task, problem: day, travel: await travelFrom(trunk)(day), withPeers: true }
    let costKrw = 0
    let best: Assignment | null = null
    for (const step of improve(day, dayTask.travel, { seed: 1, iterations: 3000 })) {
      best = step.assignment ?? best
      costKrw = step.costKrw
    }
    const behind = async (found: Assignment | null) => {
      const thread = startThread({ ...dayTask, seed: 9, iterations: 200 })
      if (found) thread.tell(found)
      return (await thread.outcome).costKrw
    }
    expect(await behind(best)).toBeLessThanOrEqual(costKrw)
    expect(await behind(null)).toBeGreaterThan(costKrw)

    // and a search against the clock tells the others
    const told = await new Promise<Assignment>((resolve, reject) => {
      const thread = startThread({ ...dayTask, seed: 1, deadlineMs: nowMs() + 20_000 }, ignore, (found) => {
        thread.stop()
        void thread.outcome.then(() => resolve(found), reject)
      })
      thread.outcome.catch(reject)
    })
    expect(await behind(told)).toBeLessThanOrEqual(await behind(null))
    const limited = { ...dayTask, deadlineMs: nowMs() + 1500 }
    const together = await planOnThreads(limited, 2, { stopped: never, report: ignore })
    expect(checkPlan(day, dayTask.travel, together)).toEqual([])
    expect(together.provenance).toMatchObject({ seed: 1, threads: 2 })
  })
})
