import type { Kysely, Selectable } from 'kysely'
import { notFound } from '../errors.ts'
import { ADDRESS_STATES } from '../placeStates.ts'
import { record } from './audit.ts'
import { newId } from './ids.ts'
import type { AddressRecord, NewPlace, Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, maySee, pageOf, within } from './within.ts'

const OPEN = ['waiting', 'guess'] as const

export function addressNoun(db: Kysely<Tables>, scope: Scope): Nouns['addresses'] {
  const seen = () => db.selectFrom('addresses').selectAll().where(within(scope, 'complex'))

  const known = async (trx: Kysely<Tables>, complex: string, key: string) =>
    await trx
      .selectFrom('addresses')
      .selectAll()
      .where('complex', '=', complex)
      .where('key', '=', key)
      .forUpdate()
      .executeTakeFirst()

  const put = async (
    trx: Kysely<Tables>,
    { key, address, name, lng, lat }: NewPlace,
    complex: string,
    source: 'hand' | 'file',
  ): Promise<AddressRecord | undefined> => {
    const before = await known(trx, complex, key)
    if (source === 'file' && before?.source === 'hand') return undefined
    const now = {
      state: 'placed',
      reason: null,
      lng,
      lat,
      precision: null,
      source,
      changed_at: new Date(),
      changed_by: scope.actor,
    } as const
    const row = await trx
      .insertInto('addresses')
      .values({ id: newId(), complex, key, address, name: name ?? '', needed_by: null, ...now })
      .onConflict((conflict) => conflict.columns(['complex', 'key']).doUpdateSet(name ? { ...now, name } : now))
      .returningAll()
      .executeTakeFirstOrThrow()
    const point = (given: typeof before) =>
      given && { state: given.state, lng: given.lng, lat: given.lat, source: given.source }
    const change = { complex, action: 'place', noun: 'address', nounId: row.id }
    await record(trx, scope, { ...change, before: point(before), after: { address: row.address, ...point(row) } })
    return recordOf(row)
  }

  return {
    async list({ complex, state, after, limit }) {
      let query = seen().where('complex', '=', complex)
      if (state !== undefined) query = query.where('state', 'in', state === 'open' ? OPEN : ['placed'])
      if (after !== undefined) query = query.where('seq', '>', after)
      const rows = await query
        .orderBy('seq')
        .limit(limit + 1)
        .execute()
      const counts = await db
        .selectFrom('addresses')
        .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
        .where('complex', '=', complex)
        .where(within(scope, 'complex'))
        .groupBy('state')
        .execute()
      const page = pageOf(rows, limit, ({ seq }) => seq)
      const count = Object.fromEntries(counts.map(({ state, count }) => [state, Number(count)]))
      return {
        ...page,
        items: page.items.map(recordOf),
        counts: Object.fromEntries(ADDRESS_STATES.map((state) => [state, count[state] ?? 0])) as never,
      }
    },
    async get(id) {
      const row = await seen().where('id', '=', id).executeTakeFirst()
      return row && recordOf(row)
    },
    async byKey(complex, key) {
      const row = await seen().where('complex', '=', complex).where('key', '=', key).executeTakeFirst()
      return row && recordOf(row)
    },
    async placed(complex, keys) {
      if (keys.length === 0) return []
      const rows = await seen()
        .where('complex', '=', complex)
        .where('state', '=', 'placed')
        .where('key', 'in', [...keys])
        .execute()
      return rows.map(recordOf)
    },
    async place(complex, places, source) {
      if (!maySee(scope, complex)) throw new Error(`complex ${complex} is out of scope`)
      return await inTransaction(db, async (trx) => {
        const placed: AddressRecord[] = []
        for (const place of places) {
          const record = await put(trx, place, complex, source)
          if (record) placed.push(record)
        }
        return placed
      })
    },
    async wait(complex, addresses) {
      if (!maySee(scope, complex)) throw new Error(`complex ${complex} is out of scope`)
      await inTransaction(db, async (trx) => {
        for (const { key, address, name, neededBy, guess, reason } of addresses) {
          const now = {
            state: guess ? 'guess' : 'waiting',
            reason: reason ?? null,
            lng: guess?.lng ?? null,
            lat: guess?.lat ?? null,
            precision: guess?.precision ?? null,
            source: guess?.source ?? null,
            name,
            needed_by: JSON.stringify(neededBy),
            changed_at: new Date(),
            changed_by: scope.actor,
          } as const
          await trx
            .insertInto('addresses')
            .values({ id: newId(), complex, key, address, ...now })
            .onConflict((conflict) =>
              conflict.columns(['complex', 'key']).doUpdateSet(now).where('addresses.state', '<>', 'placed'),
            )
            .execute()
        }
        if (addresses.length === 0) return
        const after = addresses.map(({ address, guess }) => ({ address, state: guess ? 'guess' : 'waiting' }))
        await record(trx, scope, { complex, action: 'wait', noun: 'address', nounId: complex, after })
      })
    },
    async remove(id) {
      await inTransaction(db, async (trx) => {
        const row = await trx
          .deleteFrom('addresses')
          .where('id', '=', id)
          .where(within(scope, 'complex'))
          .returningAll()
          .executeTakeFirst()
        if (!row) throw notFound('place', id)
        const before = { address: row.address, state: row.state, lng: row.lng, lat: row.lat, source: row.source }
        await record(trx, scope, { complex: row.complex, action: 'remove', noun: 'address', nounId: id, before })
      })
    },
  }
}

const recordOf = (row: Selectable<Tables['addresses']>): AddressRecord => ({
  id: row.id,
  complex: row.complex,
  key: row.key,
  address: row.address,
  name: row.name,
  state: row.state,
  ...(row.reason !== null && { reason: row.reason }),
  ...(row.lng !== null && row.lat !== null && { lng: row.lng, lat: row.lat }),
  ...(row.precision !== null && { precision: row.precision }),
  ...(row.source !== null && { source: row.source }),
  ...(row.needed_by !== null && { neededBy: row.needed_by }),
  changedAt: row.changed_at.toISOString(),
  changedBy: row.changed_by,
})
