/** Once for a whole test run: one PostgreSQL server, in which every test file makes databases of its own, and one empty PGlite to copy. */
import { existsSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the dump of an empty PGlite. */
    readonly blank: string
    /** Path of the same as a folder. */
    readonly blankFolder: string
    /** Address of the server, or why there is none. */
    readonly postgres: { readonly url: string } | { readonly missing: string }
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { dump, folder } = await makeBlank()
  project.provide('blank', dump)
  project.provide('blankFolder', folder)
  try {
    const server = await startPostgres()
    project.provide('postgres', { url: server.url('postgres') })
    return server.remove
  } catch (error) {
    project.provide('postgres', { missing: error instanceof Error ? error.message : String(error) })
    return async () => {}
  }
}

/** Kept from run to run: making one takes a second, ten on a busy machine, and every file needs several. */
async function makeBlank(): Promise<{ readonly dump: string; readonly folder: string }> {
  const about = new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url)
  const { version } = JSON.parse(await readFile(about, 'utf8')) as { version: string }
  const folder = join(tmpdir(), `milkrun-test-pglite-${version}`)
  const dump = `${folder}.tar`
  // another run may be making them, too
  const own = `${folder}.${process.pid}`
  if (!existsSync(dump)) {
    const pglite = await PGlite.create()
    const made = await pglite.dumpDataDir('none')
    await pglite.close()
    await writeFile(`${own}.tar`, made.stream())
    await rename(`${own}.tar`, dump)
  }
  if (!existsSync(folder)) {
    const pglite = await PGlite.create({ dataDir: own, loadDataDir: new Blob([await readFile(dump)]) })
    await pglite.close()
    await rename(own, folder).catch(async () => await rm(own, { recursive: true }))
  }
  return { dump, folder }
}
