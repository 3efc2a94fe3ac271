/** What those see who see a part only: a firm its shipments, a carrier and a policymaker the plans that were confirmed. */
import type { Kysely } from 'kysely'
import type { Nouns, PageOf, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { within } from './within.ts'

/** Pages of these lists begin after so many entries: they are in the order of days, which have no number of their own. */
const page = <T>(rows: readonly T[], after: number, limit: number): PageOf<T> =>
  rows.length > limit ? { items: rows.slice(0, limit), next: after + limit } : { items: [...rows] }

export function viewNoun(db: Kysely<Tables>, scope: Scope): Nouns['views'] {
  return {
    async shipmentsOf(complex, firm, { after = 0, limit }) {
      const rows = await db
        .selectFrom('shipments')
        .innerJoin('problems', 'problems.id', 'shipments.problem')
        .leftJoin('plans', (join) =>
          join.onRef('plans.problem', '=', 'problems.id').on('plans.state', '=', 'confirmed'),
        )
        .select(['shipments.problem', 'shipments.data as shipment', 'plans.id as plan'])
        .where(within(scope, 'shipments.complex'))
        .where('shipments.complex', '=', complex)
        .where('shipments.firm', '=', firm)
        // a problem that another one took the place of is nobody's day any more
        .where((where) =>
          where.or([
            where('plans.id', 'is not', null),
            where.exists(where.selectFrom('days').select('days.date').whereRef('days.problem', '=', 'problems.id')),
          ]),
        )
        .orderBy('problems.starts_at', 'desc')
        .orderBy('problems.seq', 'desc')
        .orderBy('shipments.position')
        .offset(after)
        .limit(limit + 1)
        .execute()
      return page(rows, after, limit)
    },

    async confirmed({ complex, month, after = 0, limit }) {
      let query = db
        .selectFrom('plans')
        .innerJoin('problems', 'problems.id', 'plans.problem')
        .select(['plans.id', 'plans.problem', 'plans.complex', 'plans.version', 'problems.starts_at as startsAt'])
        .where(within(scope, 'plans.complex'))
        .where('plans.state', '=', 'confirmed')
      if (complex !== undefined) query = query.where('plans.complex', '=', complex)
      if (month !== undefined) query = query.where('problems.starts_at', 'like', `${month}-%`)
      const rows = await query
        .orderBy('problems.starts_at', 'desc')
        .orderBy('problems.seq', 'desc')
        .offset(after)
        .limit(limit + 1)
        .execute()
      return page(rows, after, limit)
    },

    async figures(plan) {
      const row = await db
        .selectFrom('plan_figures')
        .innerJoin('plans', 'plans.id', 'plan_figures.plan')
        .select('plan_figures.data')
        .where(within(scope, 'plans.complex'))
        .where('plan_figures.plan', '=', plan)
        .whereRef('plan_figures.version', '=', 'plans.version')
        .executeTakeFirst()
      return row?.data
    },

    async keepFigures(plan, version, figures) {
      const values = { version, data: JSON.stringify(figures), at: new Date() }
      await db
        .insertInto('plan_figures')
        .values({ plan, ...values })
        .onConflict((conflict) => conflict.column('plan').doUpdateSet(values))
        .execute()
    },
  }
}
