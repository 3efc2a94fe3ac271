import { type Kysely, type Selectable, sql } from 'kysely'
import { notFound } from '../errors.ts'
import { record } from './audit.ts'
import { newId } from './ids.ts'
import type { LinkRecord, Nouns, Scope } from './store.ts'
import type { Tables } from './tables.ts'
import { inTransaction, within } from './within.ts'

/** Openings that are kept of a link: more would be read by nobody. */
const MOST_OPENINGS = 40

export function linkNoun(db: Kysely<Tables>, scope: Scope): Nouns['links'] {
  const rows = (on: Kysely<Tables>) => on.selectFrom('links').selectAll().where(within(scope, 'complex'))

  const change = async (
    id: string,
    action: string,
    of: (before: LinkRecord) => { readonly [K in keyof Tables['links']]?: unknown },
  ): Promise<LinkRecord> =>
    await inTransaction(db, async (trx) => {
      const found = await rows(trx).where('id', '=', id).forUpdate().executeTakeFirst()
      if (!found) throw notFound('link', id)
      const before = recordOf(found)
      const row = await trx
        .updateTable('links')
        .set(of(before) as object)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow()
      const after = recordOf(row)
      const noun = { complex: after.complex, action, noun: 'link', nounId: id }
      await record(trx, scope, { ...noun, before: toldOf(before), after: toldOf(after) })
      return after
    })

  return {
    async of(plan) {
      const found = await rows(db)
        .where(sql<boolean>`plans::jsonb @> to_jsonb(${plan}::text)`)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return found.map(recordOf)
    },
    async living(complex) {
      const found = await rows(db)
        .where('complex', '=', complex)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', new Date())
        .execute()
      return found.map(recordOf)
    },
    async get(id) {
      const row = await rows(db).where('id', '=', id).executeTakeFirst()
      return row && recordOf(row)
    },
    async hold(id) {
      const row = await rows(db).where('id', '=', id).forUpdate().executeTakeFirst()
      return row && recordOf(row)
    },
    async add(plan, { route, vehicle }, expires_at) {
      return await inTransaction(db, async (trx) => {
        const query = trx.selectFrom('plans').select('complex').where('id', '=', plan).where(within(scope, 'complex'))
        const home = await query.executeTakeFirst()
        if (!home) throw notFound('plan', plan)
        const { complex } = home
        const none = { phones: '[]', openings: '[]', tries: 0, revoked_at: null, opened_at: null, seen_at: null }
        const made = { created_at: new Date(), created_by: scope.actor }
        const row = await trx
          .insertInto('links')
          .values({
            id: newId(),
            complex,
            plan,
            route,
            vehicle,
            plans: JSON.stringify([plan]),
            expires_at,
            ...none,
            ...made,
          })
          .returningAll()
          .executeTakeFirstOrThrow()
        const after = recordOf(row)
        await record(trx, scope, { complex, action: 'add', noun: 'link', nounId: row.id, after: toldOf(after) })
        return after
      })
    },
    revoke: async (id) => await change(id, 'revoke', ({ revokedAt }) => ({ revoked_at: revokedAt ?? new Date() })),
    renew: async (id, expires_at) => await change(id, 'renew', () => ({ expires_at })),
    release: async (id) => await change(id, 'release', () => ({ phones: '[]', tries: 0 })),
    goOn: async (id, plan) =>
      await change(id, 'goOn', ({ plans }) => ({
        plan,
        plans: JSON.stringify([...plans.filter((known) => known !== plan), plan]),
      })),
    async note(id, { phones, tries, opening }) {
      await inTransaction(db, async (trx) => {
        const row = await rows(trx).where('id', '=', id).forUpdate().executeTakeFirst()
        if (!row) throw notFound('link', id)
        const at = new Date()
        await trx
          .updateTable('links')
          .set({
            seen_at: at,
            opened_at: row.opened_at ?? at,
            ...(phones && { phones: JSON.stringify(phones) }),
            ...(tries !== undefined && { tries }),
            ...(opening && { openings: JSON.stringify([...row.openings, opening].slice(-MOST_OPENINGS)) }),
          })
          .where('id', '=', id)
          .execute()
        if (!opening) return
        const change = { complex: row.complex, action: opening.outcome, noun: 'link', nounId: id }
        await record(trx, scope, { ...change, after: { plan: row.plan, route: row.route, ...opening } })
      })
    },
  }
}

const recordOf = (row: Selectable<Tables['links']>): LinkRecord => ({
  id: row.id,
  complex: row.complex,
  plan: row.plan,
  route: row.route,
  vehicle: row.vehicle,
  plans: row.plans,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  openedAt: row.opened_at,
  seenAt: row.seen_at,
  phones: row.phones,
  openings: row.openings,
  tries: row.tries,
})

/** For the audit log: which phones, but nothing that would let one in. */
const toldOf = ({ plan, route, expiresAt, revokedAt, phones }: LinkRecord) => ({
  plan,
  route,
  expiresAt,
  ...(revokedAt && { revokedAt }),
  phones: phones.length,
})
