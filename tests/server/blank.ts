/** Once for a whole test run: PGlites to copy. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'
import { openWork } from '../../server/store/boss.ts'
import { type Address, type Database, openDatabase } from '../../server/store/database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Paths of dumps of a PGlite, without tables and with empty ones, and of a folder with the latter. */
    readonly blank: { readonly bare: string; readonly ready: string; readonly folder: string }
  }
}

export async function setup(project: TestProject): Promise<void> {
  project.provide('blank', await makeBlank())
}

/** As the first start of a service leaves it: with the tables of our own and those of the queue. */
export async function openReady(address: Address): Promise<Database> {
  const database = await openDatabase(address)
  const { boss } = await openWork(database, 'search', {})
  await boss.stop()
  return database
}

/** Kept from run to run for as long as the tables stay as they are: making them takes seconds, and every file needs several. */
async function makeBlank() {
  const bare = join(tmpdir(), `milkrun-test-pglite-${await versionOfTables()}.tar`)
  const [ready, folder] = [bare.replace('.tar', '-ready.tar'), bare.replace('.tar', '-ready')]
  // another run may be making them, too
  const own = `${bare}.${process.pid}`
  const dump = async (pglite: PGlite, path: string): Promise<void> => {
    await writeFile(own, (await pglite.dumpDataDir('none')).stream())
    await rename(own, path)
  }
  if (!existsSync(bare)) {
    const pglite = await PGlite.create()
    await dump(pglite, bare)
    await pglite.close()
  }
  if (!existsSync(ready)) {
    const database = await openReady({ kind: 'memory', from: new Blob([await readFile(bare)]) })
    await dump(database.embedded!, ready)
    await database.close()
  }
  if (!existsSync(folder)) {
    const pglite = await PGlite.create({ dataDir: own, loadDataDir: new Blob([await readFile(ready)]) })
    await pglite.close()
    await rename(own, folder).catch(async () => await rm(own, { recursive: true }))
  }
  return { bare, ready, folder }
}

/** Of all that makes them: the packages, PGlite and the queue among them, and our migrations. */
async function versionOfTables(): Promise<string> {
  const root = new URL('../../', import.meta.url)
  const migrations = new URL('server/store/migrations/', root)
  const names = (await readdir(migrations)).sort()
  const hash = createHash('sha256')
  for (const file of [new URL('package-lock.json', root), ...names.map((name) => new URL(name, migrations))])
    hash.update(await readFile(file))
  return hash.digest('hex').slice(0, 12)
}
