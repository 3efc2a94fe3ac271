import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { ADDRESSES, freshAddress } from '../databases.ts'
import { startPostgres } from '../postgres.ts'
import { killAtRandom } from './killing.ts'

/** tests/bench/faults.ts kills many more. */
const KILLS = 2
const PATIENCE = { timeout: 300_000 }

async function folderOfOwn(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'milkrun-killed-'))
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }))
  return folder
}
/** Different moments each time; the lists of what was lost say enough to look into one. */
const random = Math.random

describe('kill -9 while people work', PATIENCE, () => {
  it('of the service on its own folder loses nothing acknowledged and leaves nothing half done', async () => {
    const folder = await folderOfOwn()
    await cp(inject('blank').folder, join(folder, 'pglite'), { recursive: true })
    const tally = await killAtRandom({
      address: { kind: 'folder', path: folder },
      folder,
      victim: 'service',
      kills: KILLS,
      random,
    })
    expect(tally.lost).toEqual([])
  })

  it.skipIf(ADDRESSES.length < 2)('of the service on a PostgreSQL server loses nothing either', async () => {
    const folder = await folderOfOwn()
    const address = (await freshAddress('server')) as { kind: 'server'; url: string }
    const tally = await killAtRandom({ address, folder, victim: 'service', kills: KILLS, random })
    expect(tally.lost).toEqual([])
  })

  it.skipIf(ADDRESSES.length < 2)(
    'of the PostgreSQL server itself loses nothing, and the service lives on',
    async () => {
      const folder = await folderOfOwn()
      const postgres = await startPostgres({ durable: true })
      onTestFinished(postgres.remove)
      const address = { kind: 'server', url: postgres.url('postgres') } as const
      const tally = await killAtRandom({ address, folder, victim: 'database', postgres, kills: KILLS, random })
      expect(tally.lost).toEqual([])
    },
  )
})
