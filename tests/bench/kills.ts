/**
 * What kill -9 does to jobs: workers are killed at random moments while they search, and started again. At the end every job that was
 * accepted is over, every plan that was told is there, as cheap as told, and no job ended twice.
 * `node tests/bench/kills.ts --kills 50 --workers 3 --jobs 40 --seconds 6`
 */
import { parseArgs } from 'node:util'
import type { Job } from '../../server/api.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { checkPlan } from '../../solver/index.ts'
import { openRig } from './queueRig.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    workers: { type: 'string', default: '3' },
    jobs: { type: 'string', default: '40' },
    seconds: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
  },
})
const [kills, workerCount, jobCount, seconds] = [values.kills, values.workers, values.jobs, values.seconds].map(
  Number,
) as [number, number, number, number]

/** Marsaglia (2003), xorshift: the same moments for the same seed. */
let state = Number(values.seed) * 2_654_435_761
const random = (): number => {
  state ^= state << 13
  state ^= state >>> 17
  state ^= state << 5
  return (state >>> 0) / 2 ** 32
}

const rig = await openRig(4)
try {
  const startMs = performance.now()
  const workers = Array.from({ length: workerCount }, () => rig.startWorker())
  const jobs: Job[] = []
  for (let k = 0; k < jobCount; k++) jobs.push(await rig.submit(rig.complexes[k % 4]!, { seconds, seed: k }))
  const told = new Map<string, number>()
  let [killed, retried, rises] = [0, 0, 0]
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 200 + 1800 * random()))
    const now = (await rig.store.jobs.list({ limit: jobCount })).items
    for (const { id, plan, costKrw, state } of now) {
      if (plan === undefined || costKrw === undefined) continue
      const before = told.get(id)
      if (before !== undefined && costKrw > before && state !== 'cancelled') rises++
      told.set(id, Math.min(before ?? costKrw, costKrw))
    }
    for (const { id } of now.filter(({ state }) => state === 'dead')) {
      await rig.retry(id)
      retried++
    }
    if (now.every(({ state }) => state === 'done')) break
    if (killed < kills) {
      const k = Math.floor(random() * workerCount)
      await workers[k]!.kill('SIGKILL')
      workers[k] = rig.startWorker()
      killed++
    }
  }
  const tookS = (performance.now() - startMs) / 1000
  const travelOf = travelFrom(trunk)
  const attempts: number[] = []
  for (const { id } of jobs) {
    const job = (await rig.store.jobs.get(id))!
    const record = (await rig.store.plans.get(job.plan!))!
    const { problem } = (await rig.store.problems.get(job.problem))!
    const faults = checkPlan(problem, await travelOf(problem), record.plan)
    if (faults.length > 0 || record.plan.costKrw !== job.costKrw)
      throw new Error(`the plan of job ${id} is not what was told`)
    const { items } = await rig.store.audit.list({ nounId: id, limit: 500 })
    const ends = items.filter(({ action }) => action === 'done').length
    if (ends !== 1) throw new Error(`job ${id} ended ${ends} times`)
    attempts.push(job.attempt)
  }
  if (rises > 0) throw new Error(`the cost that was told rose ${rises} times`)
  const sum = attempts.reduce((sum, count) => sum + count, 0)
  console.log(
    `${killed} kills in ${tookS.toFixed(0)} s: ${jobCount} of ${jobCount} jobs done, each once, in ${sum} attempts (most: ${Math.max(...attempts)}); ` +
      `${retried} retried by hand; every plan checked; no cost that was told rose`,
  )
} finally {
  await rig.close()
}
