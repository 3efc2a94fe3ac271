/** Problems beside the days: scenarios and horizons, and every plan that a day has had. */
import { type Kysely, sql } from 'kysely'
import type { DayPlan } from '../api.ts'
import { record } from './audit.ts'
import { SUMMARY_COLUMNS, summaryOf } from './plans.ts'
import type { Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, maySee, within } from './within.ts'

/** Of a day, at most: more than anybody compares. */
const MAX_PROBLEMS = 40
const MAX_PLANS = 200

export function variantNoun(db: Kysely<Tables>, scope: Scope): Nouns['variants'] {
  return {
    async add(complex, problem, data) {
      if (!maySee(scope, complex)) throw new Error(`complex ${complex} is out of scope`)
      await inTransaction(db, async (trx) => {
        const { kind } = data
        await trx
          .insertInto('variants')
          .values({ problem, complex, kind, data: JSON.stringify(data) })
          .execute()
        await record(trx, scope, { complex, action: 'add', noun: 'variant', nounId: problem, after: data })
      })
    },

    async get(problem) {
      const query = db.selectFrom('variants').select('data').where('problem', '=', problem)
      return (await query.where(within(scope, 'complex')).executeTakeFirst())?.data
    },

    async horizons(complex, limit) {
      const rows = await db
        .selectFrom('variants')
        .innerJoin('problems', 'problems.id', 'variants.problem')
        .select(['variants.problem', 'variants.data', 'problems.created_at', 'problems.created_by'])
        .where('variants.complex', '=', complex)
        .where('variants.kind', '=', 'horizon')
        .where(within(scope, 'variants.complex'))
        .orderBy('problems.seq', 'desc')
        .limit(limit)
        .execute()
      return rows.flatMap(({ problem, data, created_at, created_by }) => {
        if (data.kind !== 'horizon') return []
        const { kind: _, ...horizon } = data
        return [{ problem, ...horizon, addedAt: created_at.toISOString(), addedBy: created_by }]
      })
    },

    async plansOfDay(complex, date) {
      const standing = await db
        .selectFrom('days')
        .innerJoin('problems', 'problems.id', 'days.problem')
        .select(['days.problem', 'problems.starts_at'])
        .where('days.complex', '=', complex)
        .where('date', '=', date)
        .where(within(scope, 'days.complex'))
        .executeTakeFirst()
      if (!standing) return undefined
      const found = await db
        .selectFrom('problems')
        .leftJoin('variants', 'variants.problem', 'problems.id')
        .select(['problems.id', 'shipment_count', 'problems.created_at', 'problems.created_by', 'variants.data'])
        .where('problems.complex', '=', complex)
        .where('starts_at', '=', standing.starts_at)
        .where('days', '=', 1)
        // a horizon of one day is none
        .where((row) => row.or([row('kind', 'is', null), row('kind', '=', 'scenario')]))
        .orderBy(sql`problems.id = ${standing.problem}`, 'desc')
        .orderBy('problems.seq', 'desc')
        .limit(MAX_PROBLEMS + 1)
        .execute()
      const problems = found.slice(0, MAX_PROBLEMS)
      const ids = problems.map(({ id }) => id)
      const plans = await plansOf(ids)
      const jobs = await db
        .selectFrom('jobs')
        .select(['id', 'problem'])
        .where('problem', 'in', ids)
        .where('state', 'in', ['queued', 'running'])
        .orderBy('seq')
        .execute()
      const jobOf = new Map(jobs.map(({ problem, id }) => [problem, id]))
      return {
        date,
        problems: problems.map(({ id, shipment_count, created_at, created_by, data }) => ({
          problem: id,
          standing: id === standing.problem,
          ...(data?.kind === 'scenario' && { scenario: data }),
          shipments: shipment_count,
          addedAt: created_at.toISOString(),
          addedBy: created_by,
          ...(jobOf.has(id) && { job: jobOf.get(id)! }),
          plans: plans.filter(({ problem }) => problem === id),
        })),
        more: found.length > MAX_PROBLEMS,
      }
    },
  }

  async function plansOf(problems: readonly string[]): Promise<DayPlan[]> {
    const rows = await db
      .selectFrom('plans')
      .leftJoin('jobs', 'jobs.plan', 'plans.id')
      .select([...SUMMARY_COLUMNS, 'jobs.request'])
      .select([
        sql<number>`coalesce(json_array_length(plans.data->'edits'), 0)`.as('edits'),
        sql<number>`json_array_length(plans.data->'routes')`.as('routes'),
        sql<number>`json_array_length(plans.data->'unserved')`.as('unserved'),
      ])
      .where('plans.problem', 'in', problems)
      .orderBy('changed_seq', 'desc')
      .limit(MAX_PLANS)
      .execute()
    return rows.map((row) => ({
      ...summaryOf(row),
      routes: Number(row.routes),
      unserved: Number(row.unserved),
      edits: Number(row.edits),
      ...(row.request && { seconds: row.request.seconds }),
    }))
  }
}
