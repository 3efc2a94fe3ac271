/** A PostgreSQL server with complexes whose jobs `milkrun worker` processes do: what the benches of the queue share. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Job, JobRequest } from '../../server/api.ts'
import { loadComplex } from '../../server/complexes.ts'
import { openWork } from '../../server/jobs/work.ts'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { createStore } from '../../server/store/index.ts'
import type { Nouns } from '../../server/store/store.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { startPostgres } from '../server/postgres.ts'
import { readDays } from './fixtureDays.ts'

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url))

export interface Rig {
  readonly store: Nouns
  readonly database: Database
  readonly complexes: readonly string[]
  submit(complex: string, request: JobRequest): Promise<Job>
  retry(id: string): Promise<Job>
  startWorker(): Worker
  /** The complex of each job, in the order in which they were begun. */
  turns(): Promise<string[]>
  close(): Promise<void>
}
export interface Worker {
  readonly process: ChildProcess
  readonly ready: Promise<unknown>
  kill(signal: NodeJS.Signals): Promise<void>
}

export async function openRig(complexCount: number): Promise<Rig> {
  const postgres = await startPostgres()
  await postgres.createDatabase('milkrun')
  const url = postgres.url('milkrun')
  const database = await openDatabase({ kind: 'server', url })
  const everything = createStore(database)
  const store = everything.as({ actor: 'bench', complexes: 'all' })
  const data = await loadComplex('gwangju')
  const days = readDays('1')
  const problems = new Map<string, string>()
  for (let k = 0; k < complexCount; k++) {
    const id = `complex-${k}`
    await store.complexes.put({ ...data, complex: { ...data.complex, id } })
    problems.set(id, await store.problems.add(id, days[k % days.length]!))
  }
  // submits and looks after jobs, as `serve --workers 0` does
  const work = await openWork({
    store: everything,
    database,
    travelOf: travelFrom(trunk),
    concurrency: 0,
    heartbeatS: 10,
    logBug: console.error,
    logStudyBug: console.error,
    logError: console.error,
  })
  const workers = new Set<Worker>()
  return {
    store,
    database,
    complexes: [...problems.keys()],
    submit: async (complex, request) => await work.jobs.submit(store, problems.get(complex)!, request, 'en'),
    retry: async (id) => await work.jobs.retry(store, id),
    startWorker() {
      const env = { ...process.env, DATABASE_URL: url, MILKRUN_HEARTBEAT_S: '10' }
      const child = spawn(process.execPath, [CLI, 'worker', '--concurrency', '1'], { env })
      child.stderr.on('data', (chunk) => process.stderr.write(chunk))
      const ended = once(child, 'exit')
      const worker: Worker = {
        process: child,
        ready: once(child.stdout, 'data'),
        async kill(signal) {
          workers.delete(worker)
          child.kill(signal)
          await ended
        },
      }
      workers.add(worker)
      return worker
    },
    async turns() {
      const rows = await database.db.selectFrom('jobs').select('complex').orderBy('started_seq').execute()
      return rows.map(({ complex }) => complex)
    },
    async close() {
      await Promise.all([...workers].map(async (worker) => await worker.kill('SIGKILL')))
      await work.close()
      await database.close()
      await postgres.remove()
    },
  }
}
