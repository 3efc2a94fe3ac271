/** What a coordinator's office and its machines do with the service in a day, as requests; whoever runs it again and again soaks the service. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Complex, Job, StoredPlan } from '../../server/api.ts'

export interface Office {
  /** One day of work, `k` = 0, 1, 2 … */
  day(k: number): Promise<void>
  /** What was done how often. */
  readonly done: ReadonlyMap<string, number>
  /** Answers that are not the ones that the day is written for. */
  readonly surprises: readonly string[]
  close(): Promise<void>
}

interface Ask {
  readonly method?: string
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

/** Two files: after both, nothing that the service remembers of places is new to it. */
const FILES = ['seed-01.csv', 'seed-02.csv']
const READ_PATHS = ['', '/geojson', '/comparison', '/file', '/export?format=xlsx', '/export?format=csv']
/** What never reads is left so; the service gives it up by itself after a minute. */
const DEAF_MS = 90_000

const vroomRequest = JSON.stringify({
  vehicles: [1, 2].map((id) => ({ id, start: [126.8, 35.2], end: [126.8, 35.2], capacity: [4] })),
  jobs: [1, 2, 3, 4, 5, 6].map((id) => ({ id, location: [126.8 + id / 100, 35.2 - id / 150], delivery: [1] })),
})
const MALFORMED: readonly (readonly [path: string, ask: Ask])[] = [
  ['/api/problems', { method: 'POST', body: '{"name":' }],
  ['/api/problems', { method: 'POST', body: '{"sites":[{"id":1}],"vehicles":"none"}' }],
  ['/api/problems/none/jobs', { method: 'POST', body: '{"seconds":-1,"more":true}' }],
  ['/api/plans/none', { method: 'PUT', body: '[]', headers: { 'if-match': 'yesterday' } }],
  ['/api/plans?limit=many', {}],
  ['/api/nothing', { method: 'PATCH', body: '{}' }],
  ['/vroom', { method: 'POST', body: '{"vehicles":[{"id":"x"}],"jobs":[{}]}' }],
  ['/api/plans/import', { method: 'POST', body: '{"problem":1}' }],
]

export async function openOffice(address: string): Promise<Office> {
  const done = new Map<string, number>()
  const surprises: string[] = []
  const count = (what: string) => done.set(what, (done.get(what) ?? 0) + 1)
  const files = await Promise.all(
    FILES.map(async (name) => await readFile(join(import.meta.dirname, '../../fixtures/gwangju/orders', name))),
  )
  const deaf = new Set<Socket>()

  /** The answer as text, where its status is one of those expected. */
  const ask = async (what: string, path: string, expected: string | RegExp, { method, body, headers }: Ask = {}) => {
    const response = await fetch(`${address}${path}`, {
      method: method ?? 'GET',
      ...(body !== undefined && { body }),
      headers: { ...(typeof body === 'string' && { 'content-type': 'application/json' }), ...headers },
    })
    const text = await response.text()
    count(what)
    if (!new RegExp(expected).test(String(response.status)))
      throw new Error(`${what} ${path}: ${response.status} ${text.slice(0, 300)}`)
    return text
  }
  const read = async <T>(what: string, path: string): Promise<T> => JSON.parse(await ask(what, path, '200')) as T

  const receiver = createServer((request, response) => {
    count('webhook received')
    // one in five is tried again
    request.resume().once('end', () => response.writeHead((done.get('webhook received') ?? 0) % 5 ? 204 : 500).end())
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const [complex] = await read<Complex[]>('complexes', '/api/complexes')
  await ask('webhook', `/api/webhooks?complex=${complex!.id}`, '201', {
    method: 'POST',
    body: JSON.stringify({
      url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
      events: ['job.done', 'plan.confirmed', 'plan.withdrawn', 'import.done'],
    }),
  })

  const submit = async (problem: string, seconds: number): Promise<Job> => {
    const headers = { 'idempotency-key': randomUUID() }
    const again = { method: 'POST', body: JSON.stringify({ seconds }), headers }
    const job = JSON.parse(await ask('job submitted', `/api/problems/${problem}/jobs`, '202', again)) as Job
    const same = JSON.parse(await ask('job submitted again', `/api/problems/${problem}/jobs`, '202', again)) as Job
    if (same.id !== job.id) surprises.push(`one key made two jobs: ${job.id}, ${same.id}`)
    return job
  }
  /** Reads until the job is over, or until `most` events have come; the number of the last event and whether it was the end. */
  const watch = async (job: string, after = 0, most = Number.POSITIVE_INFINITY) => {
    const left = new AbortController()
    const headers = { ...(after > 0 && { 'last-event-id': String(after) }) }
    const response = await fetch(`${address}/api/jobs/${job}/events`, { headers, signal: left.signal })
    count(after > 0 ? 'stream resumed' : 'stream')
    let last = after
    let text = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const events = text.split('\n\n')
      text = events.pop()!
      for (const event of events) last = Number(/^id: ?(\d+)$/m.exec(event)?.[1] ?? last)
      if (last - after >= most) break
    }
    left.abort()
    return last
  }
  /** Asks and takes nothing of what comes. */
  const turnDeafTo = (path: string) => {
    const { hostname, port } = new URL(address)
    const socket = connect(Number(port), hostname).pause()
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`)
    deaf.add(socket)
    const timer = setTimeout(() => socket.destroy(), DEAF_MS)
    socket.on('error', () => {})
    socket.once('close', () => {
      clearTimeout(timer)
      deaf.delete(socket)
    })
    count('never read')
  }
  const changePlan = async (id: string) => {
    const { plan, version } = await read<StoredPlan>('plan', `/api/plans/${id}`)
    const body = JSON.stringify(plan)
    const of = (seen: number) => ({ 'if-match': `"v${seen}"` })
    await ask('edited', `/api/plans/${id}`, '200', { method: 'PUT', body, headers: of(version) })
    await ask('edited, stale', `/api/plans/${id}`, '412', { method: 'PUT', body, headers: of(version) })
    const post = (seen: number) => ({ method: 'POST', headers: of(seen) })
    await ask('confirmed, stale', `/api/plans/${id}/confirm`, '412', post(version))
    await ask('confirmed', `/api/plans/${id}/confirm`, '200', post(version + 1))
    await ask('withdrawn', `/api/plans/${id}/withdraw`, '200', post(version + 2))
  }

  const play = async (k: number): Promise<void> => {
    if (k % 5 === 0) {
      const headers = { 'content-type': 'text/csv' }
      const body = new Uint8Array(files[(k / 5) % files.length]!)
      await ask('import', `/api/imports?complex=${complex!.id}`, '200', { method: 'POST', body, headers })
    }
    const [home] = await read<Complex[]>('complexes', '/api/complexes')
    const { problem } = home!.days[k % home!.days.length]!
    const job = await submit(problem, 1)
    if (k % 3 === 0) turnDeafTo(`/api/jobs/${job.id}/events`)
    // one reads to the end, one drops off in the middle and comes again, one is told by a list
    const dropOff = watch(job.id, 0, 3).then(async (last) => await watch(job.id, last))
    await Promise.all([watch(job.id), dropOff, ask('jobs', '/api/jobs?limit=20', '200')])
    const { plan, state } = await read<Job>('job', `/api/jobs/${job.id}`)
    if (plan === undefined) throw new Error(`the job ended ${state}, without a plan`)
    for (const path of READ_PATHS) await ask('plan read', `/api/plans/${plan}${path}`, '200')
    if (k % 3 === 1) turnDeafTo(`/api/plans/${plan}/file`)
    for (const path of ['/api/plans', '/api/problems?limit=50', '/api/audit', '/health', '/api/limits'])
      await ask('lists', path, '200')
    await changePlan(plan)
    const dropped = await submit(problem, 20)
    await watch(dropped.id, 0, 2)
    await ask('cancelled', `/api/jobs/${dropped.id}`, '200', { method: 'DELETE' })
    const stopped = await submit(problem, 20)
    await watch(stopped.id, 0, 2)
    await ask('stopped', `/api/jobs/${stopped.id}/stop`, '200', { method: 'POST' })
    await watch(stopped.id)
    for (const [path, malformed] of MALFORMED) await ask('malformed', path, /4\d\d/, malformed)
    await ask('vroom', '/vroom', '200', { method: 'POST', body: vroomRequest })
  }

  return {
    done,
    surprises,
    async day(k) {
      count('day')
      await play(k).catch((error: unknown) => surprises.push(`day ${k}: ${String(error)}`))
    },
    async close() {
      for (const socket of deaf) socket.destroy()
      receiver.closeAllConnections()
      receiver.close()
      await once(receiver, 'close')
    },
  }
}
