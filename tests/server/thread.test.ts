import { expect, it } from 'vitest'
import { searchPlan } from '../../server/jobs/search.ts'
import { startThread } from '../../server/jobs/thread.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { makeProblem, makeShipment } from './makeProblem.ts'

const problem = makeProblem()
const travel = await travelFrom(trunk)(problem)
const task = { kind: 'plan', problem, travel, locale: 'ko', seed: 1, iterations: 100 } as const
const alone = await searchPlan(
  task,
  () => false,
  () => {},
)

it('does one task after the other, and nothing that is said of the first reaches the second', async () => {
  const first = startThread(task)
  const plan = await first.outcome
  expect(plan).toEqual(alone)
  let iterations = 0
  const second = startThread({ ...task, iterations: 400 }, (report) => {
    if (report.kind === 'progress') iterations = report.progress.iterations
  })
  first.stop()
  await first.cancel()
  await second.outcome
  expect(iterations).toBe(400)
  expect(await startThread({ kind: 'check', problem, travel, plan }).outcome).toEqual([])
})

it('works on after a task that was cancelled, and after one that met a bug', async () => {
  const endless = startThread({ kind: 'plan', problem, travel, locale: 'ko', seed: 1 })
  await Promise.all([expect(endless.outcome).rejects.toMatchObject({ name: 'Cancelled' }), endless.cancel()])
  const broken = makeProblem({ shipments: [makeShipment('a', { from: 'nowhere' })] })
  await expect(startThread({ ...task, problem: broken }).outcome).rejects.toThrow()
  expect(await startThread(task).outcome).toEqual(alone)
})

it('is a thread of its own where its memory is limited', async () => {
  await startThread(task).outcome
  const limited = startThread(task, undefined, undefined, { maxOldGenerationSizeMb: 8 })
  await expect(limited.outcome).rejects.toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' })
  expect(await startThread(task).outcome).toEqual(alone)
})
