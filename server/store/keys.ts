/** Keys of machines. What is kept is the SHA-256 of 256 random bits, which nobody can guess back; the key itself is shown once. */
import type { KeyScope } from '../access.ts'
import { notFound } from '../errors.ts'
import { record } from './audit.ts'
import type { Database } from './database.ts'
import { newId } from './ids.ts'
import type { Scope } from './store.ts'

/** Written at most so often: a key that is used a thousand times a second is not written a thousand times. */
const TOUCH_EVERY_MS = 60_000

export interface KeyRecord {
  readonly id: string
  readonly name: string
  readonly scopes: readonly KeyScope[]
  readonly complexes: readonly string[]
  readonly madeBy: string
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

export interface NewKey {
  readonly hash: string
  readonly name: string
  readonly scopes: readonly KeyScope[]
  readonly complexes: readonly string[]
  readonly expiresAt: Date | null
}

export interface KeyStore {
  add(scope: Scope, maker: string, key: NewKey): Promise<KeyRecord>
  /** Of which at least one complex is among these, newest first. */
  list(complexes: 'all' | readonly string[]): Promise<KeyRecord[]>
  revoke(scope: Scope, id: string): Promise<void>
  /** One that holds at this moment, and who made it. Notes that it was used. */
  use(
    hash: string,
    now: Date,
  ): Promise<(Pick<KeyRecord, 'id' | 'scopes' | 'complexes'> & { readonly maker: string }) | undefined>
}

export function createKeyStore({ db }: Database): KeyStore {
  const read = async (id?: string): Promise<KeyRecord[]> => {
    let query = db
      .selectFrom('api_keys')
      .innerJoin('auth_users', 'auth_users.id', 'api_keys.made_by')
      .selectAll('api_keys')
      .select('email')
      .orderBy('seq', 'desc')
    if (id !== undefined) query = query.where('api_keys.id', '=', id)
    return (await query.execute()).map((row) => ({
      id: row.id,
      name: row.name,
      scopes: row.scopes,
      complexes: row.complexes,
      madeBy: row.email,
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at?.toISOString() ?? null,
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
      revokedAt: row.revoked_at?.toISOString() ?? null,
    }))
  }

  return {
    async add(scope, maker, { hash, name, scopes, complexes, expiresAt }) {
      const id = newId()
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('api_keys')
          .values({
            id,
            hash,
            name,
            scopes: JSON.stringify(scopes),
            complexes: JSON.stringify(complexes),
            made_by: maker,
            created_at: new Date(),
            expires_at: expiresAt,
          })
          .execute()
        for (const complex of complexes)
          await record(trx, scope, {
            complex,
            action: 'add',
            noun: 'key',
            nounId: id,
            after: { name, scopes, complexes },
          })
      })
      return (await read(id))[0]!
    },
    async list(complexes) {
      const keys = await read()
      return complexes === 'all' ? keys : keys.filter((key) => key.complexes.some((id) => complexes.includes(id)))
    },
    async revoke(scope, id) {
      await db.transaction().execute(async (trx) => {
        const row = await trx.selectFrom('api_keys').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
        if (!row) throw notFound('key', id)
        if (row.revoked_at) return
        await trx.updateTable('api_keys').set({ revoked_at: new Date() }).where('id', '=', id).execute()
        for (const complex of row.complexes)
          await record(trx, scope, { complex, action: 'revoke', noun: 'key', nounId: id, before: { name: row.name } })
      })
    },
    async use(hash, now) {
      const row = await db
        .selectFrom('api_keys')
        .selectAll()
        .where('hash', '=', hash)
        .where('revoked_at', 'is', null)
        .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
        .executeTakeFirst()
      if (!row) return undefined
      if ((row.last_used_at?.getTime() ?? 0) < now.getTime() - TOUCH_EVERY_MS)
        await db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', row.id).execute()
      return { id: row.id, scopes: row.scopes, complexes: row.complexes, maker: row.made_by }
    },
  }
}
