/** What queries share: the complexes that may be seen, transactions, and pages. */
import { type ExpressionBuilder, type ExpressionWrapper, type Kysely, type SqlBool, sql } from 'kysely'
import type { PageOf, Scope } from './store.ts'
import type { Tables } from './tables.ts'

/** Condition that a row belongs to a complex of the scope; `column` holds the complex. */
export const within =
  <T extends keyof Tables>(scope: Scope, column: string) =>
  (builder: ExpressionBuilder<Tables, T>): ExpressionWrapper<Tables, T, SqlBool> => {
    if (scope.complexes === 'all') return builder(sql`true`, '=', sql`true`) as never
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
