/**
 * How jobs spread over workers: the same jobs of ten complexes by 1, 2 and 4 `milkrun worker` processes on one PostgreSQL server.
 * `node tests/bench/queue.ts --jobs 200 --seconds 1 --workers 1,2,4`. Every job searches `seconds` by the clock, so a worker more is nearly
 * as many jobs more even where cores are shared; what is measured is the queue. The first complex hands in half of the jobs, before all
 * others: without turns these would wait for it. Share: of the jobs that began in each tenth of the time, those of the first complex.
 */
import { parseArgs } from 'node:util'
import { openRig } from './queueRig.ts'

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1,2,4' },
    complexes: { type: 'string', default: '10' },
  },
})
const jobCount = Number(values.jobs)
const seconds = Number(values.seconds)

const columns = ['jobs', 'workers', 'seconds', 'speed-up', 'busy', 'wait of a first job', 'share of the first complex']
console.log(`| ${columns.join(' | ')} |`)
console.log(`|${' --- |'.repeat(columns.length)}`)
let oneS = 0
for (const workerCount of values.workers.split(',').map(Number)) {
  const rig = await openRig(Number(values.complexes))
  try {
    const workers = Array.from({ length: workerCount }, () => rig.startWorker())
    await Promise.all(workers.map(({ ready }) => ready))
    const [first, ...others] = rig.complexes
    const half = Math.floor(jobCount / 2)
    const startMs = performance.now()
    for (let k = 0; k < half; k++) await rig.submit(first!, { seconds, seed: k })
    for (let k = half; k < jobCount; k++) await rig.submit(others[k % others.length]!, { seconds, seed: k })
    const submitS = (performance.now() - startMs) / 1000
    for (;;) {
      const open = await Promise.all(
        (['queued', 'running'] as const).map(
          async (state) => (await rig.store.jobs.list({ state, limit: 1 })).items.length,
        ),
      )
      if (open.every((count) => count === 0)) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const tookS = (performance.now() - startMs) / 1000
    if (workerCount === 1) oneS = tookS
    const done = (await rig.store.jobs.list({ limit: jobCount + 1 })).items
    const bad = done.filter(({ state, attempt }) => state !== 'done' || attempt !== 1)
    if (done.length !== jobCount || bad.length > 0) throw new Error(`not done once each: ${JSON.stringify(bad)}`)
    const turns = await rig.turns()
    const tenth = Math.ceil(turns.length / 10)
    const shares = Array.from({ length: 10 }, (_, k) => turns.slice(k * tenth, (k + 1) * tenth)).map(
      (part) => `${Math.round((100 * part.filter((complex) => complex === first).length) / Math.max(1, part.length))}`,
    )
    const firstTurns = others.map((complex) => turns.indexOf(complex))
    const busy = (jobCount * seconds) / (tookS * workerCount)
    const cells = [
      jobCount,
      workerCount,
      `${tookS.toFixed(1)} (${submitS.toFixed(1)} to submit)`,
      oneS > 0 ? (oneS / tookS).toFixed(2) : '–',
      `${Math.round(100 * busy)} %`,
      `turn ${Math.max(...firstTurns) + 1} of ${jobCount}`,
      `${shares.join(', ')} %`,
    ]
    console.log(`| ${cells.join(' | ')} |`)
  } finally {
    await rig.close()
  }
}
