import type { Kysely } from 'kysely'
import { record } from './audit.ts'
import type { Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, maySee, within } from './within.ts'

export function mappingNoun(db: Kysely<Tables>, scope: Scope): Nouns['mappings'] {
  return {
    async get(complex) {
      const rows = await db
        .selectFrom('mappings')
        .select(['header', 'field'])
        .where('complex', '=', complex)
        .where(within(scope, 'complex'))
        .execute()
      return Object.fromEntries(rows.map(({ header, field }) => [header, field]))
    },
    async learn(complex, mapping) {
      if (!maySee(scope, complex)) throw new Error(`complex ${complex} is out of scope`)
      await inTransaction(db, async (trx) => {
        for (const [field, header] of Object.entries(mapping) as [keyof typeof mapping, string][]) {
          await trx
            .insertInto('mappings')
            .values({ complex, header, field })
            .onConflict((conflict) => conflict.columns(['complex', 'header']).doUpdateSet({ field }))
            .execute()
        }
        await record(trx, scope, { complex, action: 'learn', noun: 'mapping', nounId: complex, after: mapping })
      })
    },
  }
}
