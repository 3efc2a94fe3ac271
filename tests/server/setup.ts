/** Once for a whole test run: one PostgreSQL server, in which test files make databases of their own. */
import type { TestProject } from 'vitest/node'
import { openReady } from './blank.ts'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server and its database with empty tables, or why there is none. */
    readonly postgres: { readonly url: string; readonly ready: string } | { readonly missing: string }
  }
}

const READY = 'milkrun_ready'

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  try {
    const server = await startPostgres()
    await server.createDatabase(READY)
    await (await openReady({ kind: 'server', url: server.url(READY) })).close()
    project.provide('postgres', { url: server.url('postgres'), ready: READY })
    return server.remove
  } catch (error) {
    project.provide('postgres', { missing: error instanceof Error ? error.message : String(error) })
    return async () => {}
  }
}
