import type { Kysely } from 'kysely'
import { record } from './audit.ts'
import type { Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, within } from './within.ts'

export function disturbanceNoun(db: Kysely<Tables>, scope: Scope): Nouns['disturbances'] {
  return {
    async add(complex, { problem, plan, ...data }) {
      await inTransaction(db, async (trx) => {
        const values = { problem, complex, plan, data: JSON.stringify(data) }
        await trx
          .insertInto('disturbances')
          .values({ ...values, created_at: new Date(), created_by: scope.actor })
          .execute()
        await record(trx, scope, {
          complex,
          action: 'add',
          noun: 'disturbance',
          nounId: problem,
          after: { plan, ...data },
        })
      })
    },
    async get(problem) {
      const row = await db
        .selectFrom('disturbances')
        .select(['problem', 'plan', 'data'])
        .where('problem', '=', problem)
        .where(within(scope, 'complex'))
        .executeTakeFirst()
      return row && { problem: row.problem, plan: row.plan, ...row.data }
    },
  }
}
