import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job, JobRequest } from '../../server/api.ts'
import { loadComplex } from '../../server/complexes.ts'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { newId } from '../../server/store/ids.ts'
import { createStore } from '../../server/store/index.ts'
import { type Claim, openQueue, type Queue } from '../../server/store/queue.ts'
import type { Nouns } from '../../server/store/store.ts'
import { ADDRESSES, empty, freshAddress } from './databases.ts'
import { makePlan, makeProblem } from './makeProblem.ts'

/** Others may be at work on the same machine. */
const PATIENT_MS = 60_000
const WHY = { ko: '도로 서비스가 답하지 않습니다.', en: 'The road service is silent.' }

describe.each(ADDRESSES)('the queue in $kind', ({ kind }) => {
  let database: Database
  let queue: Queue
  let store: Nouns
  const problems = new Map<string, string>()
  beforeAll(async () => {
    database = await openDatabase(await freshAddress(kind))
  }, PATIENT_MS)
  afterAll(async () => await database.close())
  beforeEach(async () => {
    await empty(database)
    store = createStore(database).as({ actor: 'test', complexes: 'all' })
    const data = await loadComplex('gwangju')
    for (const id of ['a', 'b', 'c']) {
      await store.complexes.put({ ...data, complex: { ...data.complex, id } })
      problems.set(id, await store.problems.add(id, makeProblem()))
    }
    queue = await openQueue(database, { heartbeatS: 10 })
  }, PATIENT_MS)
  afterEach(async () => {
    vi.restoreAllMocks()
    await queue.close()
  })

  const submit = async (complex: string, request: Partial<JobRequest> = {}): Promise<Job> => {
    const problem = problems.get(complex)!
    const job = { id: newId(), plan: newId(), problem, request: { seconds: 10, ...request }, locale: 'ko' } as const
    return await store.jobs.add({ ...job, from: undefined }, queue)
  }
  const claim = async (): Promise<Claim> => (await queue.claim())!
  const used = { searchedS: 1, proving: false }

  it('gives the next turn to the complex that has waited longest, however many jobs another has', async () => {
    for (let k = 0; k < 30; k++) await submit('a')
    const running = await claim()
    await submit('b')
    const next = await claim()
    expect([running.row.complex, next.row.complex]).toEqual(['a', 'b'])
    // one at a time: turns are taken in the order in which they were had last
    await submit('c')
    await submit('b')
    const turns: string[] = []
    for (const first of [running, next]) await queue.finish(first, { ...first.row.data, state: 'done' })
    for (let k = 0; k < 5; k++) {
      const turn = await claim()
      turns.push(turn.row.complex)
      await queue.finish(turn, { ...turn.row.data, state: 'done' })
    }
    expect(turns).toEqual(['c', 'a', 'b', 'a', 'a'])
  })

  it('lets no other process have a job twice, and shares workers among complexes', async () => {
    for (let k = 0; k < 8; k++) await submit(k < 6 ? 'a' : 'b')
    const other = await openQueue(database, { heartbeatS: 10 })
    const claims = await Promise.all([queue, other, queue, other].map(async (worker) => (await worker.claim())!))
    expect(new Set(claims.map(({ id }) => id)).size).toBe(4)
    expect(claims.map(({ row }) => row.complex).sort()).toEqual(['a', 'a', 'b', 'b'])
    await other.close()
  })

  it('takes the highest priority of a complex first, then the first that came', async () => {
    const ids = []
    for (const priority of [0, -3, 5, 0, 5]) ids.push((await submit('a', { priority })).id)
    const order = []
    for (const _ of ids) order.push(ids.indexOf((await claim()).id))
    expect(order).toEqual([2, 4, 0, 3, 1])
  })

  it('keeps what a worker writes that was taken for dead away from its successor', async () => {
    const { id } = await submit('a')
    const first = await claim()
    await queue.giveUp(first, first.row.data, WHY)
    const second = await claim()
    expect([first.attempt, second.attempt]).toEqual([1, 2])
    const plan = makePlan({ costKrw: 5 })
    const late = { ...first.row.data, state: 'done', costKrw: 9 } as const
    expect(await queue.report(first, late, { plan: makePlan({ costKrw: 9 }) }, used)).toBeUndefined()
    expect(await queue.finish(first, late, { plan: makePlan({ costKrw: 9 }) })).toBe(false)
    await queue.handBack(first, late)
    expect(await store.plans.get(second.row.plan)).toBeUndefined()
    expect(await queue.beat([first, second])).toEqual([second])
    expect(await queue.finish(second, { ...second.row.data, state: 'done', costKrw: 5 }, { plan })).toBe(true)
    expect((await store.jobs.get(id))!).toMatchObject({ state: 'done', costKrw: 5, attempt: 2 })
    expect((await store.plans.get(second.row.plan))!.plan).toEqual(plan)
  })

  it('leaves a job for people to read after its last attempt, and tries again when they say so', async () => {
    const { id } = await submit('a')
    for (let attempt = 1; attempt <= 5; attempt++) {
      const taken = await claim()
      expect(taken.attempt).toBe(attempt)
      await queue.giveUp(taken, taken.row.data, WHY)
    }
    expect(await queue.claim()).toBeUndefined()
    const { items } = await store.jobs.list({ limit: 10, state: 'dead' })
    expect(items).toMatchObject([{ id, state: 'dead', attempt: 5, error: WHY.ko }])
    expect((await store.audit.list({ limit: 1, nounId: id })).items[0]).toMatchObject({ action: 'dead' })
    const again = await store.jobs.retry(id, queue)
    expect(again).toMatchObject({ state: 'queued' })
    expect(again.error).toBeUndefined()
    expect(await claim()).toMatchObject({ id, attempt: 6 })
    await expect(store.jobs.retry(id, queue)).rejects.toMatchObject({ status: 409 })
  })

  it('counts no attempt for what was handed back, however often, and gives it the next turn of its complex', async () => {
    const { id } = await submit('a')
    await submit('a')
    for (let k = 1; k <= 7; k++) {
      const taken = await claim()
      expect(taken).toMatchObject({ id, attempt: k })
      await queue.handBack(taken, { ...taken.row.data, elapsedS: k })
    }
    expect((await store.jobs.get(id))!).toMatchObject({ state: 'queued', elapsedS: 7 })
  })

  it('takes a job from a worker that is not heard of, and not from one that is, whatever the clock says', async () => {
    const { id } = await submit('a')
    const silent = await claim()
    await queue.tend()
    expect((await store.jobs.get(id))!.state).toBe('running')
    await ageHeartbeats()
    // it speaks before anybody looks: an hour of clock is no reason to take its job
    expect(await queue.beat([silent])).toEqual([silent])
    await letMonitorRun()
    await queue.tend()
    expect((await store.jobs.get(id))!.state).toBe('running')
    await ageHeartbeats()
    await letMonitorRun()
    await queue.tend()
    expect((await store.jobs.get(id))!.state).toBe('queued')
    expect(await claim()).toMatchObject({ id, attempt: 2 })
  })

  it('orders by number and not by clock: a clock that jumps back delays and reorders nothing', async () => {
    const first = await submit('a')
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000)
    const second = await submit('a')
    vi.restoreAllMocks()
    expect((await store.jobs.list({ limit: 10 })).items.map(({ id }) => id)).toEqual([second.id, first.id])
    expect(new Set([(await claim()).id, (await claim()).id])).toEqual(new Set([first.id, second.id]))
  })

  it('sends a job again that the queue has lost', async () => {
    const { id } = await submit('a')
    await emptyQueue()
    expect(await queue.claim()).toBeUndefined()
    await queue.tend()
    expect(await claim()).toMatchObject({ id })
  })

  it('refuses more waiting jobs of a complex than anybody wants, and says when to ask again', async () => {
    for (let k = 0; k < 100; k++) await submit('a')
    await expect(submit('a')).rejects.toMatchObject({ status: 503, code: 'jobs.full', retryAfterS: 60 })
    await submit('b')
  })

  it('forgets all but the latest events of a job, and numbers them on', async () => {
    const { id } = await submit('a')
    const taken = await claim()
    for (let k = 1; k <= 80; k++) await queue.report(taken, { ...taken.row.data, iterations: k }, undefined, used)
    const { events, over } = await store.jobs.events(id, 0)
    expect(over).toBe(false)
    expect(events.map((event) => event.id)).toEqual(Array.from({ length: 64 }, (_, k) => 19 + k))
    expect((await store.jobs.events(id, 81)).events.map(({ job }) => job.iterations)).toEqual([80])
  })

  it('keeps of a job that has been over for two days how it ended, and all events of every other', async () => {
    const old = await submit('a')
    const young = await submit('b')
    for (let k = 0; k < 2; k++) {
      const taken = await claim()
      await queue.report(taken, { ...taken.row.data, iterations: 1 }, undefined, used)
      await queue.finish(taken, { ...taken.row.data, state: 'done' })
    }
    const open = await submit('c')
    const aged = `where id in ('${old.id}', '${open.id}')`
    await boss(`update jobs set changed_at = changed_at - interval '49 hours' ${aged}`)
    await queue.tend()
    const kinds = async ({ id }: Job) => (await store.jobs.events(id, 0)).events.map(({ event }) => event)
    expect(await kinds(young)).toEqual(['progress', 'progress', 'progress', 'done'])
    expect(await kinds(open)).toEqual(['progress'])
    expect(await kinds(old)).toEqual(['done'])
    // a watcher that comes again after so long is told the end, and nothing more
    expect(await store.jobs.events(old.id, 2)).toMatchObject({ events: [{ id: 4, event: 'done' }], over: true })
    expect(await store.jobs.events(old.id, 4)).toEqual({ events: [], over: true })
  })

  it('lets the queue forget its own row of a job that is over, after an hour', async () => {
    await emptyQueue()
    await submit('a')
    const taken = await claim()
    await queue.finish(taken, { ...taken.row.data, state: 'done' })
    const waiting = await submit('b')
    const own = async () => (await boss('select id from pgboss.job')).rows.length
    expect(await own()).toBe(2)
    await boss(`update pgboss.job set completed_on = completed_on - interval '61 minutes'`)
    await boss('update pgboss.queue set maintain_on = null')
    await queue.tend()
    expect(await own()).toBe(1)
    expect((await store.jobs.list({ limit: 10 })).items).toHaveLength(2)
    expect(await claim()).toMatchObject({ id: waiting.id })
  })

  it.runIf(kind !== 'server')('uses the room again that plans took which were written over', async () => {
    const size = async () => Number((await boss(`select pg_total_relation_size('plans') as bytes`)).rows[0].bytes)
    const writeOver = async () => {
      // as little alike as to be stored apart from the row, as long plans are
      for (let k = 0; k < 60; k++) {
        const travelKey = randomBytes(8000).toString('hex')
        const provenance = { ...makePlan().provenance, travelKey }
        await store.plans.put({ id: 'over', problem: problems.get('a')!, plan: makePlan({ provenance }) })
      }
      return await size()
    }
    const before = await size()
    const once = await writeOver()
    expect(once - before).toBeGreaterThan(60 * 8000)
    await queue.tend()
    expect((await writeOver()) - once).toBeLessThan((once - before) / 4)
  })

  const boss = async (text: string) => await database.boss.executeSql(text)
  const ageHeartbeats = async () => await boss(`update pgboss.job set heartbeat_on = heartbeat_on - interval '1 hour'`)
  const letMonitorRun = async () => await boss(`update pgboss.queue set monitor_claim_on = null, monitor_on = null`)
  const emptyQueue = async () => await boss('delete from pgboss.job')
})
