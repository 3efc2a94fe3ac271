/** `serve` and `milkrun worker` as processes of their own, ended in the middle of their work. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Job, PlanSchema } from '../../server/api.ts'
import { loadComplex } from '../../server/complexes.ts'
import { openWork } from '../../server/jobs/work.ts'
import { type Address, openDatabase } from '../../server/store/database.ts'
import { createStore } from '../../server/store/index.ts'
import type { Nouns } from '../../server/store/store.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { ADDRESSES } from './databases.ts'
import { makeProblem } from './makeProblem.ts'
import { expectShape } from './openApp.ts'
import { openFolder } from './openFolder.ts'

vi.setConfig({ testTimeout: 180_000 })
const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

/** Ends with the test. */
function owned(child: ChildProcess): ChildProcess {
  ended.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  return child
}

async function lineOf(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout!) {
    text += chunk
    const found = pattern.exec(text)
    if (found) return found[0]
  }
  throw new Error(`it ended without ${pattern}: ${text}`)
}

/** Who submits and watches, and works on nothing itself. */
async function openService(address: Address) {
  const database = await openDatabase(address)
  ended.push(async () => await database.close())
  const everything = createStore(database)
  const store = everything.as({ actor: 'test', complexes: 'all' })
  await store.complexes.put(await loadComplex('gwangju'))
  const problem = await store.problems.add('gwangju', makeProblem())
  const work = await openWork({ ...quiet, store: everything, database, concurrency: 0, heartbeatS: 10 })
  ended.push(async () => await work.close())
  const submit = async (seconds: number) => await work.jobs.submit(store, problem, { seconds }, 'en')
  const until = async (job: Job, enough: (job: Job) => boolean): Promise<Job> => {
    for await (const event of work.jobs.watch(store, job.id, 0, AbortSignal.timeout(150_000)))
      if (enough(event.job)) return event.job
    throw new Error(`job ${job.id} ended without it: ${JSON.stringify(await store.jobs.get(job.id))}`)
  }
  return { database, store, work, submit, until }
}
const quiet = { travelOf: travelFrom(trunk), logBug: () => {}, logStudyBug: () => {}, logError: () => {} }

async function expectChecked(store: Nouns, job: Job): Promise<void> {
  const record = (await store.plans.get(job.plan!))!
  expectShape(PlanSchema, record.plan)
  expect(record.plan.costKrw).toBe(job.costKrw)
  expect(record.plan.violations).toEqual([])
}

const servers = ADDRESSES.filter((address) => address.kind === 'server')
describe.each(servers)('workers of a $kind', (address) => {
  const startWorker = (url: string, ...preload: string[]) => {
    const cli = new URL('../../server/cli.ts', import.meta.url).pathname
    const env = { ...process.env, DATABASE_URL: url, MILKRUN_HEARTBEAT_S: '10', LANG: 'en' }
    return owned(spawn(process.execPath, [...preload, cli, 'worker', '--concurrency', '1'], { env }))
  }

  it('hand back what they work on when asked to end, and another goes on at once from the best plan', async () => {
    const { store, work, submit, until } = await openService(address)
    const first = startWorker(address.url)
    // ends when it is told to: a slow machine must not be done before it is disturbed
    const job = await submit(3600)
    const seen = await until(job, ({ plan, elapsedS }) => plan !== undefined && elapsedS > 0.5)
    first.kill('SIGTERM')
    expect(await once(first, 'exit')).toEqual([0, null])
    const handed = await until(job, ({ state, elapsedS }) => state === 'queued' && elapsedS > 0)
    expect(handed.costKrw).toBeLessThanOrEqual(seen.costKrw!)
    startWorker(address.url)
    // the time that was spent before counts
    await until(job, ({ attempt, elapsedS }) => attempt === 2 && elapsedS > handed.elapsedS)
    await work.jobs.stop(store, job.id)
    const done = await until(job, ({ state }) => state === 'done')
    expect(done.attempt).toBe(2)
    expect(done.costKrw).toBeLessThanOrEqual(handed.costKrw!)
    await expectChecked(store, done)
  })

  it('lose their job to another when they are killed, which goes on from the best plan that was stored', async () => {
    const { store, work, submit, until } = await openService(address)
    const job = await submit(3600)
    const killed = startWorker(address.url)
    const seen = await until(job, ({ plan }) => plan !== undefined)
    killed.kill('SIGKILL')
    startWorker(address.url)
    const again = await until(job, ({ attempt, iterations }) => attempt === 2 && iterations > seen.iterations)
    expect(again).toMatchObject({ state: 'running', plan: seen.plan })
    expect(again.costKrw).toBeLessThanOrEqual(seen.costKrw!)
    await work.jobs.stop(store, job.id)
    const done = await until(job, ({ state }) => state === 'done')
    expect(done.costKrw).toBeLessThanOrEqual(seen.costKrw!)
    await expectChecked(store, done)
  })

  it('go on searching while the database is away, and tell the rest when it is back', async () => {
    const { store, work, submit, until } = await openService(address)
    const line = await openLine(address.url)
    startWorker(line.url)
    const job = await submit(3600)
    const seen = await until(job, ({ plan }) => plan !== undefined)
    line.cut()
    // what would be told meanwhile is told later: the first words after the gap are seconds on
    setTimeout(line.mend, 2000)
    const after = await until(job, ({ elapsedS }) => elapsedS > seen.elapsedS + 1.5)
    expect(after).toMatchObject({ state: 'running', attempt: 1 })
    await work.jobs.stop(store, job.id)
    const done = await until(job, ({ state }) => state === 'done')
    expect(done.attempt).toBe(1)
    await expectChecked(store, done)
  })

  it('work by numbers and not by the clock, though theirs be a day behind', async () => {
    const { store, submit, until } = await openService(address)
    const behind = 'const { now } = Date; Date.now = () => now() - 86_400_000'
    startWorker(address.url, '--import', `data:text/javascript,${encodeURIComponent(behind)}`)
    const job = await submit(3)
    const done = await until(job, ({ state }) => state === 'done')
    const { events } = await store.jobs.events(job.id, 0)
    const elapsed = events.map((event) => event.job.elapsedS)
    expect(elapsed).toEqual(elapsed.toSorted((a, b) => a - b))
    expect(done.elapsedS).toBeGreaterThan(2)
    expect(done.elapsedS).toBeLessThan(60)
    await expectChecked(store, done)
  })
})

describe('milkrun serve on a folder', () => {
  it('goes on with its jobs after kill -9, under the same numbers', async () => {
    const { start, addData } = openFolder()
    addData()
    const open = async () => {
      const child = owned(start('serve --port 0'))
      return { child, api: `${await lineOf(child, /http:\/\/[\d.]+:\d+/)}/api` }
    }
    const first = await open()
    const post = async (url: string, body: object) =>
      await (
        await fetch(url, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        })
      ).json()
    const { id } = await post(`${first.api}/problems`, makeProblem())
    const running: Job = await post(`${first.api}/problems/${id}/jobs`, { seconds: 3600 })
    const waiting: Job = await post(`${first.api}/problems/${id}/jobs`, { seconds: 600, iterations: 50 })
    const seen = await untilEvent(`${first.api}/jobs/${running.id}`, ({ plan }) => plan !== undefined)
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')

    const second = await open()
    const again = await untilEvent(
      `${second.api}/jobs/${running.id}`,
      ({ attempt, iterations }) => attempt === 2 && iterations > 0,
    )
    expect(again).toMatchObject({ state: 'running', plan: seen.plan })
    expect(again.costKrw).toBeLessThanOrEqual(seen.costKrw!)
    await fetch(`${second.api}/jobs/${running.id}/stop`, { method: 'POST' })
    await untilEvent(`${second.api}/jobs/${waiting.id}`, ({ state }) => state === 'done')
    second.child.kill('SIGTERM')
    expect(await once(second.child, 'exit')).toEqual([0, null])
  })
})

async function untilEvent(url: string, enough: (job: Job) => boolean): Promise<Job> {
  const aborter = new AbortController()
  const response = await fetch(`${url}/events`, { signal: aborter.signal })
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const jobs = [...text.matchAll(/^data: (.*)\n/gm)].map(([, data]) => JSON.parse(data!) as Job)
    const found = jobs.find(enough)
    if (found) {
      aborter.abort()
      return found
    }
  }
  throw new Error(`the stream of ${url} ended without it`)
}

/** A wire to the server that can be cut. */
async function openLine(url: string) {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let whole = true
  const server = createServer((socket) => {
    const far = connect(Number(target.port), target.hostname)
    for (const end of [socket, far]) {
      sockets.add(end)
      end.on('error', () => {})
      end.on('close', () => {
        sockets.delete(end)
        socket.destroy()
        far.destroy()
      })
    }
    if (!whole) {
      socket.destroy()
      return
    }
    socket.pipe(far).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    whole = false
    for (const socket of sockets) socket.destroy()
  }
  ended.push(async () => {
    cut()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as { port: number }
  const through = new URL(url)
  through.host = `127.0.0.1:${port}`
  return { url: String(through), cut, mend: () => (whole = true) }
}
