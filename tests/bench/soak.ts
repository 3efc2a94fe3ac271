/**
 * A service left running: the real service in a process of its own on a fresh data folder, and a coordinator's day played over and over,
 * as often as keeps it at a given share of one core. `node tests/bench/soak.ts --minutes 20 --share 0.4` samples memory, descriptors and
 * threads of the process, says how they went, and ends with 1 where one of them grows. Below ten minutes it is all warm-up and says nothing.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { openDatabase } from '../../server/store/database.ts'
import { codeState, machine } from './records.ts'
import { table } from './report.ts'
import { type Office, openOffice } from './soakDay.ts'
import { judge, type Sample } from './soakVerdict.ts'

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '20' }, share: { type: 'string', default: '0.4' } },
})
const totalS = Number(values.minutes) * 60
const share = Number(values.share)
const SAMPLE_MS = 10_000
/** Without requests at both ends: longer than the service keeps warm threads and silent clients. */
const REST_MS = 100_000
const CLOCK_TICKS_PER_S = 100
const DAY_TABLES = ['problems', 'shipments', 'plans', 'audit']
const JOB_TABLES = ['jobs', 'job_events', 'idempotency_keys', 'webhook_deliveries', 'pgboss.job']

const data = await mkdtemp(join(tmpdir(), 'milkrun-soak-'))
const service = spawn(process.execPath, ['server/cli.ts', 'serve', '--port', '0'], {
  cwd: join(import.meta.dirname, '..', '..'),
  env: { ...process.env, MILKRUN_DATA: data, MILKRUN_REQUESTS_PER_MINUTE: '1000000', MILKRUN_LOG: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const samples: Sample[] = []
const startMs = performance.now()
let days = 0
try {
  const [line] = (await once(createInterface({ input: service.stdout }), 'line')) as [string]
  const address = /http:\/\/\S+?:\d+/.exec(line)![0]
  const office = await openOffice(address)
  await pause(SAMPLE_MS)
  const before = await sample(address)
  const bytesBefore = bytesIn(data)
  console.log(`${totalS / 60} min, ${share} of a core; ${machine()}; commit ${codeState()}; process ${service.pid}`)
  await soak(address, office)
  await pause(REST_MS)
  const after = await sample(address)
  await office.close()
  const gone = once(service, 'exit')
  service.kill('SIGTERM')
  await gone
  const { text, faults } = judge({ before, samples, after })
  console.log(`\n${text}\n\n${[...office.done].map(([what, times]) => `${what} ${times}`).join(', ')}\n`)
  console.log(await describeLeft(bytesIn(data) - bytesBefore, office.done))
  const all = [...faults, ...office.surprises.map((surprise) => `unexpected: ${surprise}`)]
  console.log(all.length > 0 ? `\nFAILED\n${all.slice(0, 20).join('\n')}` : '\nNothing grows.')
  process.exitCode = all.length > 0 ? 1 : 0
} finally {
  if (service.exitCode === null && service.signalCode === null) {
    const gone = once(service, 'exit')
    service.kill('SIGKILL')
    await gone
  }
  await rm(data, { recursive: true })
}

async function soak(address: string, office: Office): Promise<void> {
  const beginMs = performance.now()
  const cpuAtBeginS = cpuS()
  const elapsedS = () => (performance.now() - beginMs) / 1000
  const timer = setInterval(() => {
    void sample(address).then(
      (taken) => samples.push(taken),
      (error: unknown) => console.error(error),
    )
  }, SAMPLE_MS)
  try {
    while (elapsedS() < totalS) {
      await office.day(days)
      days++
      while (cpuS() - cpuAtBeginS > share * elapsedS() && elapsedS() < totalS) await pause(100)
    }
  } finally {
    clearInterval(timer)
  }
}

function cpuS(): number {
  const fields = readFileSync(`/proc/${service.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_S
}

async function sample(address: string): Promise<Sample> {
  const text = await (await fetch(`${address}/metrics`)).text()
  const open = openFiles()
  const dataFiles = open.filter((path) => path.startsWith(data)).length
  const figure = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  const status = readFileSync(`/proc/${service.pid}/status`, 'utf8')
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1])
  return {
    atS: (performance.now() - startMs) / 1000,
    rssMb: of('VmRSS') / 1024,
    heapMb: figure('nodejs_heap_size_used_bytes') / 2 ** 20,
    externalMb: figure('nodejs_external_memory_bytes') / 2 ** 20,
    descriptors: open.length - dataFiles,
    dataFiles,
    threads: of('Threads'),
    lagMs: figure('nodejs_eventloop_lag_p99_seconds') * 1000,
    cpuS: cpuS(),
    days,
  }
}

function openFiles(): string[] {
  const folder = `/proc/${service.pid}/fd`
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(join(folder, name))]
    } catch {
      // closed since
      return []
    }
  })
}

function bytesIn(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
}

/** What the days have left in the folder, by table. */
async function describeLeft(grownBytes: number, done: ReadonlyMap<string, number>): Promise<string> {
  const database = await openDatabase({ kind: 'folder', path: data }, { migrates: false })
  const jobs = done.get('job submitted') ?? 0
  const rows: string[][] = []
  for (const name of [...DAY_TABLES, ...JOB_TABLES]) {
    const found = await sql<{ rows: number; bytes: number }>`
      select count(*) as rows,
        pg_total_relation_size(${name}::text::regclass) + coalesce((
          select sum(pg_total_relation_size(relid)) from pg_partition_tree(${name}::text::regclass)), 0)::bigint as bytes
      from ${sql.table(name)}`.execute(database.db)
    const { rows: count, bytes } = found.rows[0]!
    rows.push([name, String(count), (bytes / 1024).toFixed(0), (bytes / 1024 / jobs).toFixed(1)])
  }
  await database.close()
  const grown = `The folder grew by ${(grownBytes / 2 ** 20).toFixed(1)} MB in ${days} days with ${jobs} jobs.`
  return `${table(['table', 'rows', 'KB', 'KB a job'], rows)}\n\n${grown}`
}
