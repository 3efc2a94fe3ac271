import type { Kysely } from 'kysely'
import { notFound } from '../errors.ts'
import { record } from './audit.ts'
import type { Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { within } from './within.ts'

export function jobNoun(db: Kysely<Tables>, scope: Scope): Nouns['jobs'] {
  return {
    async put(job, { request, locale, plan }) {
      await db.transaction().execute(async (trx) => {
        const { id, problem, state } = job
        const home = await trx
          .selectFrom('problems')
          .select('complex')
          .where('id', '=', problem)
          .where(within(scope, 'complex'))
          .executeTakeFirst()
        if (!home) throw notFound('problem', problem)
        const data = JSON.stringify(job)
        const at = new Date()
        const { complex } = home
        await trx
          .insertInto('jobs')
          .values({
            id,
            complex,
            problem,
            plan,
            state,
            priority: 0,
            locale,
            request: JSON.stringify(request),
            data,
            last_event: 0,
            created_at: at,
            changed_at: at,
            created_by: scope.actor,
          })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ data, state, changed_at: at }))
          .execute()
        await record(trx, scope, { complex, action: state, noun: 'job', nounId: id, after: job })
      })
    },
    async get(id) {
      const query = db.selectFrom('jobs').select('data').where('id', '=', id).where(within(scope, 'complex'))
      return (await query.executeTakeFirst())?.data
    },
  }
}
