/**
 * A service left running: the real service in a process of its own on a fresh data folder, and a coordinator's day played over and over,
 * as often as keeps it at a given share of one core. `node tests/bench/soak.ts --minutes 20 --share 0.4` samples memory, descriptors and
 * threads of the process, says how they went, and ends with 1 where one of them grows.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
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

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '20' }, share: { type: 'string', default: '0.4' } },
})
const totalS = Number(values.minutes) * 60
const share = Number(values.share)
const SAMPLE_MS = 10_000
const ROW_S = Math.min(120, totalS / 10)
/** Without requests at both ends: longer than the service keeps warm threads and silent clients. */
const REST_MS = 100_000
const CLOCK_TICKS_PER_S = 100
/** After the first third, over the other two, of the line through what is left after each collection. */
const MOST_HEAP_GROWTH = 0.1
const TABLES = ['problems', 'shipments', 'plans', 'jobs', 'job_events', 'audit', 'idempotency_keys']
const ALL_TABLES = [...TABLES, 'webhook_deliveries', 'pgboss.job']

interface Sample {
  readonly atS: number
  readonly rssMb: number
  readonly heapMb: number
  readonly externalMb: number
  readonly descriptors: number
  readonly threads: number
  readonly lagMs: number
  readonly cpuS: number
  readonly days: number
}
type Figure = Exclude<keyof Sample, 'atS'>

const data = await mkdtemp(join(tmpdir(), 'milkrun-soak-'))
const service = spawn(process.execPath, ['server/cli.ts', 'serve', '--port', '0'], {
  cwd: join(import.meta.dirname, '..', '..'),
  env: { ...process.env, MILKRUN_DATA: data, MILKRUN_REQUESTS_PER_MINUTE: '1000000', MILKRUN_LOG: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const samples: Sample[] = []
const startMs = performance.now()
let days = 0
let left = ''
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
  left = await describeLeft(bytesIn(data) - bytesBefore, office.done)
  console.log(`\n${rowsOf(before, after)}\n\n${[...office.done].map(([what, n]) => `${what} ${n}`).join(', ')}\n`)
  console.log(left)
  const faults = [...verdict(before, after), ...office.surprises.map((text) => `unexpected: ${text}`)]
  console.log(faults.length > 0 ? `\nFAILED\n${faults.slice(0, 20).join('\n')}` : '\nNothing grows.')
  process.exitCode = faults.length > 0 ? 1 : 0
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
  const figure = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  const status = readFileSync(`/proc/${service.pid}/status`, 'utf8')
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1])
  return {
    atS: (performance.now() - startMs) / 1000,
    rssMb: of('VmRSS') / 1024,
    heapMb: figure('nodejs_heap_size_used_bytes') / 2 ** 20,
    externalMb: figure('nodejs_external_memory_bytes') / 2 ** 20,
    descriptors: readdirSync(`/proc/${service.pid}/fd`).length,
    threads: of('Threads'),
    lagMs: figure('nodejs_eventloop_lag_p99_seconds') * 1000,
    cpuS: cpuS(),
    days,
  }
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
  for (const name of ALL_TABLES) {
    const found = await sql<{ rows: number; bytes: number }>`
      select count(*) as rows, pg_total_relation_size(${name}::text::regclass) as bytes
      from ${sql.table(name)}`.execute(database.db)
    const { rows: count, bytes } = found.rows[0]!
    rows.push([name, String(count), (bytes / 1024).toFixed(0), (bytes / 1024 / jobs).toFixed(1)])
  }
  await database.close()
  const grown = `The folder grew by ${(grownBytes / 2 ** 20).toFixed(1)} MB in ${days} days with ${jobs} jobs.`
  return `${table(['table', 'rows', 'KB', 'KB a job'], rows)}\n\n${grown}`
}

const lowest = (list: readonly Sample[], of: Figure) => Math.min(...list.map((each) => each[of]))
const median = (list: readonly Sample[], of: Figure) =>
  list.map((each) => each[of]).sort((a, b) => a - b)[Math.floor(list.length / 2)]!

/** Samples by the two minutes in which they were taken. */
const windows = (list: readonly Sample[]): Sample[][] => {
  const groups = Map.groupBy(list, ({ atS }) => Math.floor((atS - samples[0]!.atS) / ROW_S))
  return [...groups.values()].filter(({ length }) => length > 1 || groups.size < 3)
}

function rowsOf(before: Sample, after: Sample): string {
  const row = (name: string, list: readonly Sample[], cores: string) => {
    const last = list.at(-1)!
    const [rss, heap, external] = (['rssMb', 'heapMb', 'externalMb'] as const).map((of) => median(list, of).toFixed(0))
    const range = (of: Figure) => [...new Set([lowest(list, of), Math.max(...list.map((each) => each[of]))])].join('–')
    const lag = Math.max(...list.map(({ lagMs }) => lagMs)).toFixed(0)
    const floor = lowest(list, 'heapMb').toFixed(0)
    return [name, String(last.days), cores, rss!, heap!, floor, external!, range('descriptors'), range('threads'), lag]
  }
  const cores = (list: readonly Sample[]) =>
    ((list.at(-1)!.cpuS - list[0]!.cpuS) / (list.at(-1)!.atS - list[0]!.atS)).toFixed(2)
  const head = ['minute', 'days', 'cores', 'RSS MB', 'heap MB', 'least', 'external MB', 'descriptors', 'threads']
  const minute = ([first]: readonly Sample[]) => ((first!.atS - samples[0]!.atS) / 60).toFixed(0)
  return table(
    [...head, 'worst p99 lag ms'],
    [
      row('before', [before], '–'),
      ...windows(samples).map((list) => row(minute(list), list, cores(list))),
      row('at rest after', [after], '–'),
    ],
  )
}

/** Per hour, of the least-squares line. */
function slope(points: readonly (readonly [atS: number, value: number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const along = points.reduce((sum, [atS, value]) => sum + (atS - x) * (value - y), 0)
  return (3600 * along) / points.reduce((sum, [atS]) => sum + (atS - x) ** 2, 0)
}

/** Prints the figures; what is wrong with them is returned. */
function verdict(before: Sample, after: Sample): string[] {
  const third = Math.floor(samples.length / 3)
  const [first, last, warm] = [samples.slice(0, third), samples.slice(-third), samples.slice(third)]
  const figures = ['rssMb', 'heapMb', 'externalMb', 'descriptors', 'threads'] as const
  const perHour = (of: Figure) => slope(warm.map((each) => [each.atS, each[of]]))
  const floors = windows(warm).map((list) => [list[0]!.atS, lowest(list, 'heapMb')] as const)
  const head = ['', 'first third, median', 'last third, median', 'slope an hour over the last two thirds']
  const of = (name: Figure) => [name, ...[first, last].map((list) => median(list, name).toFixed(1))]
  const rows = figures.map((name) => [...of(name), perHour(name).toFixed(1)])
  console.log(table(head, [...rows, ['least heap of a row', '', '', slope(floors).toFixed(1)]]))

  const hours = (warm.at(-1)!.atS - warm[0]!.atS) / 3600
  const growth = (slope(floors) * hours) / floors[0]![1]
  console.log(
    `\nLeast heap over the last two thirds: ${(100 * growth).toFixed(1)} % (at most ${100 * MOST_HEAP_GROWTH} %)`,
  )
  const faults = growth > MOST_HEAP_GROWTH ? [`the heap grows by ${(100 * growth).toFixed(1)} %`] : []
  for (const name of ['descriptors', 'threads'] as const) {
    const thirds = [first, samples.slice(third, -third), last].map((list) => lowest(list, name))
    console.log(
      `Least ${name} of each third: ${thirds.join(', ')}; at rest ${before[name]} before, ${after[name]} after`,
    )
    if (thirds[0]! < thirds[1]! && thirds[1]! < thirds[2]!) faults.push(`${name} grow: ${thirds.join(', ')}`)
  }
  return faults
}
