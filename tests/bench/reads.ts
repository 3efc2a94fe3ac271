/**
 * Reading beside a running search: the real service in a process of its own on a fresh data folder, one search running in it all the time,
 * and requests sent at their appointed moments whether or not earlier ones were answered (an open loop: a late answer counts from when its
 * request was due). `node tests/bench/reads.ts --rate 1000 --seconds 20`; DATABASE_URL puts the service on a PostgreSQL server.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, get as httpGet } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Complex, Job } from '../../server/api.ts'
import { codeState, machine } from './records.ts'
import { table } from './report.ts'

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '20' },
    connections: { type: 'string', default: '64' },
  },
})
const rate = Number(values.rate)
const seconds = Number(values.seconds)
const root = join(import.meta.dirname, '..', '..')
/** Left out of the figures: the first requests meet cold caches and code that is not compiled yet. */
const WARM_UP_S = 3

const data = await mkdtemp(join(tmpdir(), 'milkrun-reads-'))
const service = spawn(process.execPath, ['server/cli.ts', 'serve', '--port', '0'], {
  cwd: root,
  env: { ...process.env, MILKRUN_DATA: data, MILKRUN_REQUESTS_PER_MINUTE: '1000000', MILKRUN_LOG: 'warn' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const [line] = (await once(createInterface({ input: service.stdout }), 'line')) as [string]
  const address = /http:\/\/\S+?:\d+/.exec(line)![0]
  const report = await measure(address, await prepare(address))
  console.log(
    `${rate} requests a second for ${seconds} s beside a running search; ${machine()}; commit ${codeState()}\n`,
  )
  console.log(report)
} finally {
  const gone = once(service, 'exit')
  service.kill('SIGTERM')
  await gone
  await rm(data, { recursive: true })
}

/** A planned day and a search that lasts as long as the measurement; the paths to read and how often each of a hundred. */
async function prepare(address: string): Promise<readonly (readonly [path: string, share: number])[]> {
  const [complex] = (await (await fetch(`${address}/api/complexes`)).json()) as Complex[]
  const [first, second] = complex!.days
  const submit = async (problem: string, request: object): Promise<Job> => {
    const response = await fetch(`${address}/api/problems/${problem}/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as Job
  }
  let planned = await submit(first!.problem, { seconds: 2 })
  while (planned.state !== 'done') {
    await pause(200)
    planned = (await (await fetch(`${address}/api/jobs/${planned.id}`)).json()) as Job
  }
  const running = await submit(second!.problem, { seconds: seconds + WARM_UP_S + 10 })
  return [
    ['/health', 5],
    ['/api/complexes', 10],
    ['/api/problems?limit=50', 10],
    [`/api/problems/${first!.problem}`, 15],
    [`/api/plans/${planned.plan}`, 40],
    [`/api/plans/${planned.plan}/geojson`, 5],
    [`/api/jobs/${running.id}`, 15],
  ]
}

async function measure(address: string, mix: readonly (readonly [string, number])[]): Promise<string> {
  const hundred = mix.flatMap(([path, share]) => Array.from({ length: share }, () => path))
  const agent = new Agent({ keepAlive: true, maxSockets: Number(values.connections) })
  const latenciesMs = new Map<string, number[]>(mix.map(([path]) => [path, []]))
  let failed = 0
  const ask = (path: string, dueMs: number, counts: boolean): Promise<void> =>
    new Promise((resolve) => {
      const request = httpGet(`${address}${path}`, { agent }, (response) => {
        response.resume()
        response.once('end', () => {
          if (response.statusCode !== 200) failed++
          else if (counts) latenciesMs.get(path)!.push(performance.now() - dueMs)
          resolve()
        })
      })
      request.once('error', () => {
        failed++
        resolve()
      })
    })

  const startMs = performance.now()
  const total = rate * (seconds + WARM_UP_S)
  const open: Promise<void>[] = []
  for (let k = 0; k < total; ) {
    const dueUpto = Math.min(total, Math.floor(((performance.now() - startMs) * rate) / 1000) + 1)
    // a stride that shares no factor with 100 spreads every path over time
    for (; k < dueUpto; k++)
      open.push(ask(hundred[(k * 37) % 100]!, startMs + (k * 1000) / rate, k >= rate * WARM_UP_S))
    await pause(1)
  }
  await Promise.all(open)
  agent.destroy()

  const row = (name: string, sorted: readonly number[]) => {
    const at = (share: number) =>
      (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1)
    return [name, String(sorted.length), at(0.5), at(0.99), at(1)]
  }
  const rows = [...latenciesMs].map(([path, list]) =>
    row(
      path.replace(/(problems|plans|jobs)\/[\w-]+/, '$1/:id'),
      list.sort((a, b) => a - b),
    ),
  )
  const all = [...latenciesMs.values()].flat().sort((a, b) => a - b)
  const answered = table(['path', 'answers', 'median ms', 'p99 ms', 'worst ms'], [...rows, row('all', all)])
  return `${answered}\n\n${failed} not answered with 200.`
}
