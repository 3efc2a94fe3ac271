/**
 * How long a month takes to settle: 22 working days of the fixture (seeds 1 and 2), planned, confirmed, and driven with every departure,
 * arrival and return recorded some minutes off the plan; then read, printed and closed. The real service in this process with its
 * database in memory: `node tests/bench/month.ts`.
 */
import type { Month } from '../../server/api.ts'
import { buildApp } from '../../server/app.ts'
import { loadComplex } from '../../server/complexes.ts'
import { openDatabase } from '../../server/store/database.ts'
import { createStore } from '../../server/store/index.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { improve, type Plan, type Problem } from '../../solver/index.ts'
import { readDays } from './fixtureDays.ts'
import { codeState, machine } from './records.ts'

const MONTH = '2026-12'
const DAYS = 22
const ITERATIONS = 300
/** Beside the plan, in turns. */
const OFF_S = [-300, 0, 420, 900]

const database = await openDatabase({ kind: 'memory' })
const everybodys = createStore(database)
const store = everybodys.as({ actor: 'bench', complexes: 'all' })
await store.complexes.put(await loadComplex('gwangju'))
const limits = { requestsPerMinute: 1e6, eventLoopDelayMs: 0 }
const { app, service } = await buildApp({ store: everybodys, database, provider: trunk, concurrency: 1, limits })

const dates = Array.from({ length: 31 }, (_, k) => new Date(Date.UTC(2026, 11, k + 1)))
  .filter((date) => date.getUTCDay() % 6 !== 0)
  .map((date) => date.toISOString().slice(0, 10))
const problems = [...readDays('1'), ...readDays('2')].slice(0, DAYS)
let shipments = 0
let events = 0
for (const [k, day] of problems.entries()) {
  const problem: Problem = { ...day, startsAt: `${dates[k]}T00:00:00+09:00` }
  const travel = await travelFrom(trunk)(problem)
  let plan: Plan | undefined
  for (const step of improve(problem, travel, { seed: 1, iterations: ITERATIONS })) plan = step.plan ?? plan
  const id = await store.problems.add('gwangju', problem)
  await store.complexes.setDay('gwangju', dates[k]!, id)
  const name = `plan-${k}`
  await store.plans.put({ id: name, problem: id, plan: plan! })
  await store.plans.confirm(name, 1, '{}')
  const driven = drivenOf(problem, plan!)
  await store.actuals.add(name, driven)
  shipments += problem.shipments.length
  events += driven.length
}

const AT = `/api/complexes/gwangju/months/${MONTH}`
const get = async (url: string) => {
  const answer = await app.inject(url)
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer
}
async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const [startMs, startCpu] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(startCpu)
  const s = ((performance.now() - startMs) / 1000).toFixed(2)
  console.log(`${what}: ${s} s, ${((user + system) / 1e6).toFixed(2)} s of processors`)
}

console.log(`${DAYS} days, ${shipments} shipments, ${events} records; ${machine()}; commit ${codeState()}\n`)
let month: Month
await timed('worked out, nothing known yet', async () => {
  await get(AT)
  await service.settling.settled()
  month = (await get(AT)).json()
})
await timed('read again', async () => await get(AT))
const { days, firms, carriers, sums } = month!
if (days.some(({ state }) => state !== 'ready')) throw new Error(`not settled: ${JSON.stringify(days)}`)
if (sums.firmsKrw !== sums.carriersKrw + sums.terminalKrw + sums.programmeKrw) throw new Error('the sums disagree')
await timed(`statements of ${firms.length} firms as PDF`, async () => {
  for (const { firm } of firms) await get(`${AT}/statements/firm/${encodeURIComponent(firm)}`)
})
await timed(`statements of ${carriers.length} carriers as PDF`, async () => {
  for (const { carrier } of carriers) if (carrier) await get(`${AT}/statements/carrier/${encodeURIComponent(carrier)}`)
})
await timed('the month as a workbook', async () => await get(`${AT}/file`))
await timed('closed', async () => {
  const leftOut = month.missing.map(({ date }) => ({ date, reason: 'bench' }))
  const answer = await app.inject({ method: 'POST', url: `${AT}/close`, payload: { leftOut } })
  if (answer.statusCode !== 200) throw new Error(answer.body)
})
await app.close()
await database.close()

/** What phones would have sent. */
function drivenOf({ startsAt }: Problem, { routes }: Plan) {
  const at = (seconds: number) => new Date(Date.parse(startsAt) + 1000 * seconds).toISOString()
  return routes.flatMap(({ id, departS, returnS, stops }, k) => {
    const offS = OFF_S[k % OFF_S.length]!
    const times = [departS, ...stops.map(({ arriveS }) => arriveS + offS), returnS + offS]
    return times.map((seconds, n) => ({
      id: `${id}-${n}`,
      route: id,
      kind: n === 0 ? ('departed' as const) : ('arrived' as const),
      at: at(seconds),
      ...(n > 0 && n <= stops.length && { stop: n - 1 }),
    }))
  })
}
