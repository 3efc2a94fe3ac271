/** What queries share: the complexes that may be seen, transactions, and pages. */
import { type ExpressionBuilder, type ExpressionWrapper, type Kysely, type SqlBool, sql } from 'kysely'
import type { PageOf, Scope } from './store.ts'
import type { Tables } from './tables.ts'

/** Condition that a row belongs to a complex of the scope; `column` holds the complex. */
export const within =
  <T extends keyof Tables>(scope: Scope, column: string) =>
  (builder: ExpressionBuilder<Tables, T>): ExpressionWrapper<Tables, T, SqlBool> => {
    if (scope.complexes === 'all') return builder(sql`true`, '=', sql`true`) as never
    // one value, as most have: an index gives its rows in order
    const [only, ...others] = scope.complexes
    if (only !== undefined && others.length === 0) return builder(sql.ref(column), '=', sql`${only}`) as never
    return builder(sql.ref(column), '=', sql`any(${scope.complexes})`) as never
  }

export const maySee = (scope: Scope, complex: string): boolean =>
  scope.complexes === 'all' || scope.complexes.includes(complex)

/** In the transaction that is open already, or in one of its own. */
export const inTransaction = async <T>(db: Kysely<Tables>, work: (trx: Kysely<Tables>) => Promise<T>): Promise<T> =>
  db.isTransaction ? await work(db) : await db.transaction().execute(work)

/** Of `limit + 1` rows asked for, the page and where the next one begins. */
export function pageOf<T>(rows: readonly T[], limit: number, seqOf: (row: T) => number): PageOf<T> {
  const items = rows.slice(0, limit)
  return rows.length > limit ? { items, next: seqOf(items.at(-1)!) } : { items }
}

/** Id of the plan that was changed last, of the problem that a column names. */
export const newestPlan = <T extends 'problems' | 'days'>(
  builder: ExpressionBuilder<Tables, T>,
  problem: 'problems.id' | 'days.problem',
) =>
  (builder as ExpressionBuilder<Tables, keyof Tables>)
    .selectFrom('plans')
    .select('plans.id')
    .whereRef('plans.problem', '=', problem)
    .orderBy('plans.changed_seq', 'desc')
    .limit(1)
    .as('plan')

/** State of the plan that was changed last. */
export const newestState = (builder: ExpressionBuilder<Tables, 'days'>, problem: 'days.problem') =>
  (builder as ExpressionBuilder<Tables, keyof Tables>)
    .selectFrom('plans')
    .select('plans.state')
    .whereRef('plans.problem', '=', problem)
    .orderBy('plans.changed_seq', 'desc')
    .limit(1)
    .as('state')

/** Id of the plan that is confirmed: one at most. */
export const confirmedPlan = (builder: ExpressionBuilder<Tables, 'days'>, problem: 'days.problem') =>
  (builder as ExpressionBuilder<Tables, keyof Tables>)
    .selectFrom('plans')
    .select('plans.id')
    .whereRef('plans.problem', '=', problem)
    .where('plans.state', '=', 'confirmed')
    .as('confirmed')

/** How many orders of the day wait for an address. */
export const heldOrders = (builder: ExpressionBuilder<Tables, 'days'>) =>
  (builder as ExpressionBuilder<Tables, keyof Tables>)
    .selectFrom('held_orders')
    .select(({ fn }) => fn.countAll().as('count'))
    .whereRef('held_orders.complex', '=', 'days.complex')
    .whereRef('held_orders.date', '=', 'days.date')
    .as('waiting')

/** Id of the newest job that waits or runs, of the problem that a column names. */
export const openJob = <T extends 'days'>(builder: ExpressionBuilder<Tables, T>, problem: 'days.problem') =>
  (builder as ExpressionBuilder<Tables, keyof Tables>)
    .selectFrom('jobs')
    .select('jobs.id')
    .whereRef('jobs.problem', '=', problem)
    .where('jobs.state', 'in', ['queued', 'running'])
    .orderBy('jobs.seq', 'desc')
    .limit(1)
    .as('job')
