/** The same submit twice is one: its answer is kept with its key, in the transaction that did what was asked. */
import { type Kysely, sql } from 'kysely'
import { Refusal } from '../errors.ts'
import type { Tables } from './tables.ts'
import { inTransaction } from './within.ts'

export interface IdempotencyKey {
  readonly key: string
  /** of all that was asked with it */
  readonly hash: string
}

/** Asked again within this time, the answer is the same. */
const KEPT_HOURS = 48

/** Whoever comes second with a key waits here until the first has ended: its row is there, and nobody sees it, until the commit. */
export async function answerOnce<T>(
  db: Kysely<Tables>,
  complex: string,
  { key, hash }: IdempotencyKey,
  perform: (trx: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  return await inTransaction(db, async (trx) => {
    const mine = await trx
      .insertInto('idempotency_keys')
      .values({ complex, key, request_hash: hash, answer: null, at: new Date() })
      .onConflict((conflict) => conflict.columns(['complex', 'key']).doNothing())
      .returning('key')
      .executeTakeFirst()
    if (mine) {
      const answer = await perform(trx)
      const text = JSON.stringify(answer)
      const kept = trx.updateTable('idempotency_keys').set({ answer: text })
      await kept.where('complex', '=', complex).where('key', '=', key).execute()
      return answer
    }
    const query = trx.selectFrom('idempotency_keys').selectAll().where('complex', '=', complex).where('key', '=', key)
    const given = await query.executeTakeFirstOrThrow()
    if (given.request_hash !== hash) throw keyTaken(key)
    return given.answer as T
  })
}

export async function forgetAnswers(db: Kysely<Tables>): Promise<void> {
  await db
    .deleteFrom('idempotency_keys')
    .where('at', '<', sql<Date>`now() - make_interval(hours => ${KEPT_HOURS}::integer)`)
    .execute()
}

const keyTaken = (key: string): Refusal =>
  new Refusal(422, 'idempotency.otherBody', {
    ko: `Idempotency-Key '${key.slice(0, 80)}' 는 다른 내용으로 이미 쓰였습니다. 새 요청에는 새 키를 쓰세요.`,
    en: `The Idempotency-Key '${key.slice(0, 80)}' was used with another content. Give a new request a new key.`,
  })
