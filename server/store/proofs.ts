import type { Kysely } from 'kysely'
import type { Proof } from '../api.ts'
import { notFound } from '../errors.ts'
import { record } from './audit.ts'
import type { Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, within } from './within.ts'

const ABOUT = ['id', 'route', 'stop', 'kind', 'type', 'size', 'name', 'lng', 'lat', 'at'] as const

export function proofNoun(db: Kysely<Tables>, scope: Scope): Nouns['proofs'] {
  const list = async (column: 'plan' | 'link', value: string): Promise<Proof[]> => {
    const rows = await db
      .selectFrom('proofs')
      .select([...ABOUT, 'recorded_at', 'recorded_by'])
      .where(column, '=', value)
      .where(within(scope, 'complex'))
      .orderBy('at')
      .orderBy('id')
      .execute()
    return rows.map(({ stop, name, lng, lat, at, recorded_at, recorded_by, ...rest }) => ({
      ...rest,
      ...(stop !== null && { stop }),
      ...(name !== null && { name }),
      ...(lng !== null && lat !== null && { lng, lat }),
      at: at.toISOString(),
      recordedAt: recorded_at.toISOString(),
      by: recorded_by,
    }))
  }
  return {
    list: async (plan) => await list('plan', plan),
    ofLink: async (link) => await list('link', link),
    async get(plan, route, id) {
      return await db
        .selectFrom('proofs')
        .select(['type', 'bytes'])
        .where('plan', '=', plan)
        .where('route', '=', route)
        .where('id', '=', id)
        .where(within(scope, 'complex'))
        .executeTakeFirst()
    },
    async add(link, { plan, bytes, at, stop, name, lng, lat, ...about }) {
      await inTransaction(db, async (trx) => {
        const home = await trx
          .selectFrom('links')
          .select('complex')
          .where('id', '=', link)
          .where(within(scope, 'complex'))
          .executeTakeFirst()
        if (!home) throw notFound('link', link)
        const { complex } = home
        const added = await trx
          .insertInto('proofs')
          .values({
            ...about,
            link,
            complex,
            plan,
            bytes,
            stop: stop ?? null,
            name: name ?? null,
            lng: lng ?? null,
            lat: lat ?? null,
            at: new Date(at),
            recorded_at: new Date(),
            recorded_by: scope.actor,
          })
          .onConflict((conflict) => conflict.columns(['link', 'id']).doNothing())
          .returning('id')
          .execute()
        if (added.length === 0) return
        await record(trx, scope, { complex, action: 'add', noun: 'proof', nounId: plan, after: { ...about, stop } })
      })
    },
  }
}
