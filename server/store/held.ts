import type { Kysely } from 'kysely'
import { record } from './audit.ts'
import type { Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, maySee, within } from './within.ts'

/** Of one statement. */
const IDS_AT_A_TIME = 5_000

export function heldNoun(db: Kysely<Tables>, scope: Scope): Nouns['held'] {
  return {
    async list(complex) {
      const rows = await db
        .selectFrom('held_orders')
        .select('data')
        .where('complex', '=', complex)
        .where(within(scope, 'complex'))
        .orderBy('seq')
        .execute()
      return rows.map(({ data }) => data)
    },
    async settle(complex, { days, planned, waiting }) {
      if (!maySee(scope, complex)) throw new Error(`complex ${complex} is out of scope`)
      await inTransaction(db, async (trx) => {
        let dropped = 0n
        const drop = () => trx.deleteFrom('held_orders').where('complex', '=', complex)
        if (days.length > 0)
          dropped += (
            await drop()
              .where('date', 'in', [...days])
              .executeTakeFirst()
          ).numDeletedRows
        for (const [date, orders] of Map.groupBy(planned, (order) => order.date)) {
          const ids = orders.map(({ id }) => id)
          for (let from = 0; from < ids.length; from += IDS_AT_A_TIME) {
            const some = drop()
              .where('date', '=', date)
              .where('id', 'in', ids.slice(from, from + IDS_AT_A_TIME))
            dropped += (await some.executeTakeFirst()).numDeletedRows
          }
        }
        for (const order of waiting) {
          const data = JSON.stringify(order)
          await trx
            .insertInto('held_orders')
            .values({ complex, date: order.date, id: order.id, data })
            .onConflict((conflict) => conflict.columns(['complex', 'date', 'id']).doUpdateSet({ data }))
            .execute()
        }
        if (waiting.length === 0 && dropped === 0n) return
        const after = { held: waiting.length, dropped: Number(dropped) }
        await record(trx, scope, { complex, action: 'hold', noun: 'order', nounId: complex, after })
      })
    },
  }
}
