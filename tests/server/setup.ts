/** Once for a whole test run: one PostgreSQL server, in which every test file makes databases of its own, and one empty PGlite to copy. */
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server, or why there is none. */
    /** Path of the dump of an empty PGlite. */
    readonly blank: string
    readonly postgres: { readonly url: string } | { readonly missing: string }
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('blank', await makeBlank())
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
async function makeBlank(): Promise<string> {
  const about = new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url)
  const { version } = JSON.parse(await readFile(about, 'utf8')) as { version: string }
  const path = join(tmpdir(), `milkrun-test-pglite-${version}.tar`)
  if (existsSync(path)) return path
  const pglite = await PGlite.create()
  const dump = await pglite.dumpDataDir('none')
  await pglite.close()
  await writeFile(`${path}.${process.pid}`, dump.stream())
  await rename(`${path}.${process.pid}`, path)
  return path
}
