/** Counts over everything: nobody's own data, so no scope. */
import { type Kysely, sql } from 'kysely'
import type { Figures } from './store.ts'
import type { Tables } from './tables.ts'

export async function countFigures(db: Kysely<Tables>): Promise<Figures> {
  const count = sql<number>`count(*)`.as('count')
  const jobs = await db.selectFrom('jobs').select(['state', count]).groupBy('state').execute()
  const deliveries = await db.selectFrom('webhook_deliveries').select(['state', count]).groupBy('state').execute()
  return { jobs: byState(jobs), deliveries: byState(deliveries) }
}

const byState = (rows: readonly { readonly state: string; readonly count: number }[]) =>
  Object.fromEntries(rows.map(({ state, count }) => [state, count]))
