/** Once for a whole test run: one PostgreSQL server, in which every test file makes databases of its own. */
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server, or why there is none. */
    readonly postgres: { readonly url: string } | { readonly missing: string }
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  try {
    const server = await startPostgres()
    project.provide('postgres', { url: server.url('postgres') })
    return server.remove
  } catch (error) {
    project.provide('postgres', { missing: error instanceof Error ? error.message : String(error) })
    return async () => {}
  }
}
