import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadComplex } from '../../../server/complexes.ts'
import { filesIn } from '../../../server/store/confirmedFiles.ts'
import { openDatabase } from '../../../server/store/database.ts'
import { createStore } from '../../../server/store/index.ts'
import { outageOf } from '../../../server/store/outage.ts'
import { ADDRESSES } from '../databases.ts'
import { makePlan, makeProblem } from '../makeProblem.ts'
import { MEMORY } from '../memory.ts'
import { addProblem, expectRefusal, openApp } from '../openApp.ts'
import { startPostgres } from '../postgres.ts'

const ALL = { actor: 'test', complexes: 'all' } as const

describe('a database that is away', () => {
  it.skipIf(ADDRESSES.length < 2)(
    'is told with words and when to come again, and everything works once it is back',
    async () => {
      const postgres = await startPostgres({ durable: true })
      onTestFinished(postgres.remove)
      const database = await openDatabase({ kind: 'server', url: postgres.url('postgres') })
      onTestFinished(async () => await database.close())
      const { app } = await openApp({ store: createStore(database) })
      await createStore(database)
        .as(ALL)
        .complexes.put(await loadComplex('gwangju'))
      const problem = await addProblem(app)

      await postgres.stop()
      for (const request of [
        { method: 'GET', url: '/api/problems' },
        { method: 'POST', url: '/api/problems', payload: makeProblem() },
        { method: 'GET', url: `/api/problems/${problem}` },
      ] as const) {
        const answer = await app.inject(request)
        expect(expectRefusal(answer, 503).code).toBe('database.gone')
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
      }
      await postgres.start()
      expect((await app.inject(`/api/problems/${problem}`)).json()).toEqual(makeProblem())
      await addProblem(app)
      expect((await app.inject('/api/problems')).json().items).toHaveLength(2)
    },
  )

  it('is not taken for a bug, whatever the driver calls it', () => {
    for (const [code, message] of [
      ['57P01', 'terminating connection due to administrator command'],
      ['ECONNREFUSED', ''],
      ['', 'Connection terminated unexpectedly'],
      ['08006', ''],
    ])
      expect(outageOf(Object.assign(new Error(message), { code }))?.code, code).toBe('database.gone')
    expect(outageOf(new AggregateError([Object.assign(new Error(), { code: 'ECONNREFUSED' })]))?.code).toBe(
      'database.gone',
    )
    expect(outageOf(new Error('x', { cause: Object.assign(new Error(), { code: 'ENOSPC' }) }))?.code).toBe('disk.full')
    expect(outageOf(Object.assign(new Error(), { code: '23505' }))).toBeUndefined()
    expect(outageOf(undefined)).toBeUndefined()
  })
})

/** A disk of a few hundred kilobytes, where we may make one. */
async function smallDisk(): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'milkrun-full-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder])
  onTestFinished(async () => {
    if (status === 0) spawnSync('umount', ['-l', folder])
    await rm(folder, { recursive: true, force: true })
  })
  return status === 0 ? folder : undefined
}

describe('a disk that is full', () => {
  it('refuses a confirmation with words, leaves the plan a draft, and takes it once there is room', async (context) => {
    const disk = await smallDisk()
    if (disk === undefined) return context.skip('no right to mount a small disk here')
    const database = await openDatabase(MEMORY)
    onTestFinished(async () => await database.close())
    const everything = createStore(database, filesIn(join(disk, 'confirmed')))
    const { app } = await openApp({ store: everything })
    const store = everything.as(ALL)
    await store.complexes.put(await loadComplex('gwangju'))
    const problem = await store.problems.add('gwangju', makeProblem())
    await store.plans.put({ id: 'p', problem, plan: makePlan() })
    await writeFile(join(disk, 'ballast'), Buffer.alloc(240 * 1024))

    const confirm = async () =>
      await app.inject({ method: 'POST', url: '/api/plans/p/confirm', headers: { 'if-match': '"v1"' } })
    expect(expectRefusal(await confirm(), 503).code).toBe('disk.full')
    expect(await store.plans.get('p')).toMatchObject({ state: 'draft', version: 1 })
    expect(await filesIn(join(disk, 'confirmed')).list()).toEqual([])

    await rm(join(disk, 'ballast'))
    expect((await confirm()).json()).toMatchObject({ state: 'confirmed', version: 2 })
    expect(await filesIn(join(disk, 'confirmed')).list()).toMatchObject([{ id: 'p', state: 'confirmed' }])
  })
})
