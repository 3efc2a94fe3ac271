/**
 * What a national study takes: one study over made-up complexes (madeComplexes.ts), submitted to `milkrun serve --workers 0` and worked out by
 * 1 and 2 `milkrun worker` processes on one PostgreSQL server.
 * `node tests/bench/national.ts --complexes 58 --days 2 --draws 1 --iterations 12000 --workers 1,2 --minutes 7 --folder DIR --out FILE.json`
 * --minutes: of each row; then the study is stopped, and its row says how far it came. --folder: keeps database and rows, so that the same
 * command goes on where it ended, also after Ctrl-C. --kill: ends a worker by SIGKILL half-way and starts another. --broken: one complex
 * orders from a place that it does not have. --calibrate N: how many iterations a second of a core is worth, on N days of such complexes.
 * CPU and memory are of /proc (Linux); the row is printed as Markdown and written as JSON. Last, larger studies on paper: in proportion to the
 * runs of the first row, each with as many iterations.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { StudyAnswer, StudyEstimate, StudySummary } from '../../server/api.ts'
import { loadComplex } from '../../server/complexes.ts'
import { openDatabase } from '../../server/store/database.ts'
import type { NationalStudy } from '../../study/index.ts'
import { startPostgres } from '../server/postgres.ts'
import { calibrate } from './calibrate.ts'
import { makeComplexes } from './madeComplexes.ts'
import { cpuSOf, familyOf, peakMbOf } from './processes.ts'

const { values } = parseArgs({
  options: {
    complexes: { type: 'string', default: '6' },
    days: { type: 'string', default: '2' },
    draws: { type: 'string', default: '1' },
    iterations: { type: 'string', default: '3000' },
    workers: { type: 'string', default: '1,2' },
    minutes: { type: 'string', default: '60' },
    folder: { type: 'string' },
    out: { type: 'string' },
    calibrate: { type: 'string' },
    kill: { type: 'boolean', default: false },
    broken: { type: 'boolean', default: false },
  },
})
/** Studies that nobody waits for here: complexes × days × draws. */
const ON_PAPER = [
  [58, 20, 5],
  [1300, 250, 100],
] as const
const ON_PAPER_WORKERS = [1, 2, 64, 1000]
const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url))
const LOOK_EVERY_MS = 3000

/** What is known of a row; it grows over several calls where there is a folder. */
interface Row {
  readonly workers: number
  readonly study: string
  readonly estimate: Pick<StudyEstimate, 'cpuS' | 'minutes' | 'bytes'>
  state: string
  runs: number
  of: number
  failed: number
  wallS: number
  workerCpuS: number
  serviceCpuS: number
  databaseCpuS: number
  workerPeakMb: number
  servicePeakMb: number
  databasePeakMb: number
  databaseMb: number
  bytesARun: number
  events: number
  load: number
  killed: number
  saving: unknown
}

const made = makeComplexes(await loadComplex('gwangju'), Number(values.complexes))
if (values.calibrate !== undefined) {
  console.log(JSON.stringify(await calibrate(made, Number(values.calibrate))))
  process.exit(0)
}
const study: NationalStudy = {
  kind: 'national',
  name: { ko: '전국 벤치 (가상 단지)', en: 'national bench (made-up complexes)' },
  complexes: made.map(({ complex }) => complex.id),
  seeds: Array.from({ length: Number(values.draws) }, (_, k) => k + 1),
  days: Number(values.days),
  iterations: Number(values.iterations),
  settings: [{ id: 'base', name: { ko: '기본', en: 'base' }, changes: [] }],
}
const asked = JSON.stringify({ study, kill: values.kill, broken: values.broken })
const statePath = values.folder && join(values.folder, 'rows.json')
const kept: { asked: string; rows: Row[] } =
  statePath && existsSync(statePath) ? JSON.parse(readFileSync(statePath, 'utf8')) : { asked, rows: [] }
if (kept.asked !== asked) throw new Error(`${statePath} is of another bench: give another folder`)

let interrupted = false
process.once('SIGINT', () => {
  interrupted = true
})
const postgres = await startPostgres(values.folder === undefined ? {} : { folder: join(values.folder, 'postgres') })
const processes = new Set<ChildProcess>()
try {
  for (const workers of values.workers.split(',').map(Number)) {
    const known = kept.rows.find((row) => row.workers === workers)
    if (interrupted || known?.state === 'done') continue
    const row = await measure(workers, known)
    kept.rows = [...kept.rows.filter((one) => one.workers !== workers), row]
    if (statePath) writeFileSync(statePath, JSON.stringify(kept))
  }
} finally {
  await Promise.all([...processes].map(endOf))
  await postgres.remove()
}
const machine = { cores: cpus().length, cpu: cpus()[0]?.model, node: process.version }
if (values.out) writeFileSync(values.out, `${JSON.stringify({ machine, ...kept }, null, 2)}\n`)
print(kept.rows)

async function measure(workers: number, known: Row | undefined): Promise<Row> {
  const name = `national_${workers}`
  if (!known) await postgres.createDatabase(name)
  const env = { ...process.env, DATABASE_URL: postgres.url(name), MILKRUN_HEARTBEAT_S: '10', MILKRUN_LANG: 'en' }
  const start = (...words: string[]): ChildProcess => {
    const child = spawn(process.execPath, ['--no-memory-protection-keys', CLI, ...words], { env })
    child.stderr.on('data', (chunk) => {
      for (const line of String(chunk).split('\n')) if (!line.startsWith('{"level":30') && line) console.error(line)
    })
    processes.add(child)
    return child
  }
  const service = start('serve', '--workers', '0', '--port', '0')
  const [line] = await once(service.stdout!, 'data')
  const url = /http:\/\/\S+/.exec(String(line))![0]
  service.stdout!.resume()
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return (await response.json()) as T
  }
  const row = known ?? (await submit(ask, workers))
  if (known) await ask('POST', `/studies/${row.study}/resume`, {})
  const own: ChildProcess[] = []
  const addWorker = async (): Promise<void> => {
    const worker = start('worker', '--concurrency', '1')
    own.push(worker)
    await once(worker.stdout!, 'data')
  }
  await Promise.all(Array.from({ length: workers }, addWorker))
  const serverPid = await postgres.pid()
  const cpu = () => ({
    worker: own
      .filter((child) => child.exitCode === null && child.signalCode === null)
      .reduce((sum, child) => sum + cpuSOf(child.pid!), 0),
    service: cpuSOf(service.pid!),
    database: familyOf(serverPid).cpuS,
  })
  let lostCpuS = 0
  const before = cpu()
  const startMs = performance.now()
  for (;;) {
    await pause(LOOK_EVERY_MS)
    const answer = await ask<StudyAnswer>('GET', `/studies/${row.study}`)
    row.databasePeakMb = Math.max(row.databasePeakMb, familyOf(serverPid).mb)
    row.load = Math.max(row.load, loadavg()[0]!)
    if (values.kill && row.killed === 0 && 2 * answer.done >= answer.all) {
      row.killed = 1
      const [victim] = own
      lostCpuS = cpuSOf(victim!.pid!)
      victim!.kill('SIGKILL')
      await once(victim!, 'exit')
      await addWorker()
    }
    const isOpen = answer.state === 'queued' || answer.state === 'running'
    const isLate = performance.now() - startMs > Number(values.minutes) * 60_000
    if (isOpen && (isLate || interrupted)) await ask('POST', `/studies/${row.study}/stop`, {})
    else if (isOpen) continue
    row.wallS += (performance.now() - startMs) / 1000
    break
  }
  const after = cpu()
  row.workerCpuS += after.worker + lostCpuS - before.worker
  row.serviceCpuS += after.service - before.service
  row.databaseCpuS += after.database - before.database
  for (const child of own.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null))
    row.workerPeakMb = Math.max(row.workerPeakMb, peakMbOf(child.pid!))
  row.servicePeakMb = Math.max(row.servicePeakMb, peakMbOf(service.pid!))
  const last = await ask<StudyAnswer>('GET', `/studies/${row.study}`)
  row.state = last.state
  row.runs = last.done
  row.of = last.all
  row.failed = last.parts?.filter(({ state }) => state === 'failed').length ?? 0
  row.saving = last.result?.kind === 'national' ? last.result.national.all[0]?.saving.B1 : undefined
  for (const part of last.parts ?? []) if (part.error) console.error(`${part.name.en}: ${part.error}`)
  Object.assign(row, await sizes(name))
  await Promise.all([service, ...own].map(endOf))
  return row
}

async function submit(
  ask: <T>(method: string, path: string, body?: unknown) => Promise<T>,
  workers: number,
): Promise<Row> {
  for (const [k, data] of made.entries()) {
    const isBroken = values.broken && k === made.length - 1
    await ask('PUT', `/complexes/${data.complex.id}`, isBroken ? withoutPlace(data) : data)
  }
  const { cpuS, minutes, bytes } = await ask<StudyEstimate>('POST', '/studies/estimate', { document: study, workers })
  const { id } = await ask<StudySummary>('POST', '/studies', { document: study })
  const nothing = {
    state: 'queued',
    runs: 0,
    of: 0,
    failed: 0,
    wallS: 0,
    workerCpuS: 0,
    serviceCpuS: 0,
    databaseCpuS: 0,
  }
  const peaks = {
    workerPeakMb: 0,
    servicePeakMb: 0,
    databasePeakMb: 0,
    databaseMb: 0,
    bytesARun: 0,
    events: 0,
    load: 0,
  }
  return { workers, study: id, estimate: { cpuS, minutes, bytes }, ...nothing, ...peaks, killed: 0, saving: undefined }
}

function withoutPlace(data: (typeof made)[number]): (typeof made)[number] {
  return { ...data, sites: data.sites.filter(({ id }) => !id.startsWith('heat-')) }
}

/** Of a row in the end: with its pages, its index, and what stands around it. */
async function sizes(name: string): Promise<Pick<Row, 'databaseMb' | 'bytesARun' | 'events'>> {
  const database = await openDatabase({ kind: 'server', url: postgres.url(name) })
  try {
    const { rows } = await sql<{ database: number; events: number }>`
      select pg_database_size(current_database())::float8 as database, (select count(*) from audit)::float8 as events`.execute(
      database.db,
    )
    // as of a large study, whose pages of table and index have filled: the runs copied until there are ten thousand
    const bytes = await database.db.connection().execute(async (one) => {
      await sql`create temporary table many (like study_runs including all)`.execute(one)
      await sql`insert into many select study, position + 1000 * k, data
        from study_runs, generate_series(1, ceil(10000.0 / greatest(1, (select count(*) from study_runs)))::integer) k`.execute(
        one,
      )
      const size = await sql<{ bytes: number }>`
        select (pg_total_relation_size('many') / greatest(1, count(*)))::float8 as bytes from many`.execute(one)
      await sql`drop table many`.execute(one)
      return size.rows[0]!.bytes
    })
    const { database: all, events } = rows[0]!
    return { databaseMb: all / 2 ** 20, bytesARun: Math.round(bytes), events }
  } finally {
    await database.close()
  }
}

async function endOf(child: ChildProcess): Promise<void> {
  processes.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

function print(rows: readonly Row[]): void {
  const columns: readonly (readonly [string, (row: Row) => string | number])[] = [
    ['workers', ({ workers, killed }) => `${workers}${killed ? ', one killed' : ''}`],
    ['runs', ({ runs, of, state, failed }) => `${runs} of ${of}, ${state}${failed ? `, ${failed} failed` : ''}`],
    ['wall s', ({ wallS }) => wallS.toFixed(0)],
    [
      'CPU s workers / service / database',
      (row) => [row.workerCpuS, row.serviceCpuS, row.databaseCpuS].map((s) => s.toFixed(0)).join(' / '),
    ],
    ['CPU s a run', ({ workerCpuS, runs }) => (workerCpuS / runs).toFixed(2)],
    ['estimated CPU s', ({ estimate }) => estimate.cpuS.toFixed(0)],
    [
      'peak MB worker / service / database',
      (row) => [row.workerPeakMb, row.servicePeakMb, row.databasePeakMb].map((mb) => mb.toFixed(0)).join(' / '),
    ],
    ['database MB', ({ databaseMb }) => databaseMb.toFixed(1)],
    ['bytes a run', ({ bytesARun }) => bytesARun],
    ['events', ({ events }) => events],
    ['load', ({ load }) => load.toFixed(1)],
  ]
  console.log(`| ${columns.map(([title]) => title).join(' | ')} |\n|${' --- |'.repeat(columns.length)}`)
  for (const row of rows) console.log(`| ${columns.map(([, of]) => of(row)).join(' | ')} |`)
  const [row] = rows
  if (row && row.runs > 0) onPaper(row)
  const savings = new Set(rows.filter(({ state }) => state === 'done').map(({ saving }) => JSON.stringify(saving)))
  if (savings.size > 0)
    console.log(savings.size === 1 ? 'The same figures in every row.' : 'NOT the same figures in every row.')
}

function onPaper({ runs, workerCpuS, serviceCpuS, databaseCpuS, bytesARun }: Row): void {
  const cpuS = (workerCpuS + serviceCpuS + databaseCpuS) / runs
  const workers = ON_PAPER_WORKERS.map((count) => `hours by ${count}`)
  console.log(`\nOn paper, at ${cpuS.toFixed(2)} CPU s and ${bytesARun} bytes a run, a core for each worker:\n`)
  console.log(`| complexes × days × draws | runs | core-hours | ${workers.join(' | ')} | database GB |`)
  console.log(`|${' --- |'.repeat(4 + workers.length)}`)
  for (const size of ON_PAPER) {
    const all = size.reduce((product, one) => product * one, 1)
    const hours = (all * cpuS) / 3600
    const each = ON_PAPER_WORKERS.map((count) => (hours / count).toFixed(hours / count < 10 ? 1 : 0))
    const cells = [size.join(' × '), all, hours.toFixed(1), ...each, ((all * bytesARun) / 2 ** 30).toFixed(3)]
    console.log(`| ${cells.join(' | ')} |`)
  }
}
