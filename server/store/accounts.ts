/** People, what they are in which complex, and how they came in. Every change writes its line in the audit log in the same transaction. */
import { type Kysely, sql } from 'kysely'
import type { Member, Role } from '../access.ts'
import { notFound, Refusal } from '../errors.ts'
import { record } from './audit.ts'
import type { Database } from './database.ts'
import { newId } from './ids.ts'
import type { Scope } from './store.ts'
import type { Tables } from './tables.ts'

export interface Person {
  readonly id: string
  readonly email: string
  readonly name: string
  /** false: the link that sets the first password was not used yet */
  readonly active: boolean
  readonly members: readonly Member[]
}

export type NewMember = Pick<Member, 'role' | 'complex' | 'firm' | 'carrier'>

export interface AccountStore {
  /** All people, in the order of their e-mail addresses. */
  people(): Promise<Person[]>
  person(by: { readonly id: string } | { readonly email: string }): Promise<Person | undefined>
  membersOf(user: string): Promise<Member[]>
  openComplexes(): Promise<string[]>
  setOpenToPolicy(scope: Scope, complex: string, open: boolean): Promise<void>
  hasAdministrator(): Promise<boolean>
  addMember(scope: Scope, person: Pick<Person, 'id' | 'email'>, member: NewMember): Promise<Member>
  /** Refuses to change the last administrator into something else. */
  changeMember(scope: Scope, person: Pick<Person, 'id' | 'email'>, id: string, to: NewMember): Promise<void>
  /** Refuses to remove the last administrator. Who is nothing any more is removed as a whole. */
  removeMembers(scope: Scope, person: Pick<Person, 'id' | 'email'>, ids: readonly string[]): Promise<void>
  addLink(scope: Scope, hash: string, user: string | null, expires: Date): Promise<void>
  /** Of a link that still holds. */
  link(hash: string, now: Date): Promise<{ readonly user: string | null } | undefined>
  /** False: somebody else has used it meanwhile. */
  useLink(hash: string): Promise<boolean>
  endSessions(user: string): Promise<void>
  /** A line in the audit log about something that better-auth did. */
  note(scope: Scope, action: string, person: { readonly email: string }, after?: unknown): Promise<void>
}

export function createAccountStore({ db }: Database): AccountStore {
  const readPeople = async (where: { id?: string; email?: string } = {}): Promise<Person[]> => {
    let users = db
      .selectFrom('auth_users')
      .leftJoin('auth_accounts', 'auth_accounts.userId', 'auth_users.id')
      .select(['auth_users.id', 'email', 'name', 'password'])
      .orderBy('email')
    if (where.id !== undefined) users = users.where('auth_users.id', '=', where.id)
    if (where.email !== undefined) users = users.where('email', '=', where.email)
    const rows = await users.execute()
    const ids = rows.map(({ id }) => id)
    const members = ids.length === 0 ? [] : await membersWhere(db, ids)
    const membersOf = Map.groupBy(members, ({ user_id }) => user_id)
    return rows.map(({ id, email, name, password }) => ({
      id,
      email,
      name,
      active: password !== null,
      members: (membersOf.get(id) ?? []).map(memberOf),
    }))
  }

  return {
    people: async () => await readPeople(),
    person: async (by) => (await readPeople(by))[0],
    membersOf: async (user) => (await membersWhere(db, [user])).map(memberOf),

    async openComplexes() {
      const rows = await db.selectFrom('complexes').select('id').where('open_to_policy', '=', true).execute()
      return rows.map(({ id }) => id)
    },

    async setOpenToPolicy(scope, complex, open) {
      await db.transaction().execute(async (trx) => {
        const before = await trx
          .selectFrom('complexes')
          .select('open_to_policy')
          .where('id', '=', complex)
          .forUpdate()
          .executeTakeFirst()
        if (!before) throw notFound('complex', complex)
        if (before.open_to_policy === open) return
        await trx.updateTable('complexes').set({ open_to_policy: open }).where('id', '=', complex).execute()
        const change = { complex, action: 'openToPolicy', noun: 'complex', nounId: complex }
        await record(trx, scope, { ...change, before: before.open_to_policy, after: open })
      })
    },

    async hasAdministrator() {
      const query = db.selectFrom('members').select('id').where('role', '=', 'administrator').limit(1)
      return (await query.executeTakeFirst()) !== undefined
    },

    async addMember(scope, person, { role, complex, firm, carrier }) {
      const id = newId()
      await db.transaction().execute(async (trx) => {
        const added = await trx
          .insertInto('members')
          .values({
            id,
            user_id: person.id,
            role,
            complex,
            firm,
            carrier,
            created_at: new Date(),
            created_by: scope.actor,
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
        if (added.numInsertedOrUpdatedRows === 0n) throw hasRoleAlready(person.email)
        const after = { email: person.email, role, complex, firm, carrier }
        await record(trx, scope, { complex, action: 'addRole', noun: 'account', nounId: person.id, after })
      })
      return { id, role, complex, firm, carrier }
    },

    async changeMember(scope, person, id, { role, complex, firm, carrier }) {
      await db.transaction().execute(async (trx) => {
        await holdAdministrators(trx)
        const rows = await membersWhere(trx, [person.id])
        const before = rows.find((row) => row.id === id)
        if (!before) throw notFound('account', id)
        if (before.role === 'administrator' && role !== 'administrator') await assertAnotherAdministrator(trx, [id])
        const twin = rows.find(
          (row) =>
            row.id !== id &&
            row.role === role &&
            row.complex === complex &&
            row.firm === firm &&
            row.carrier === carrier,
        )
        if (twin) throw hasRoleAlready(person.email)
        await trx.updateTable('members').set({ role, complex, firm, carrier }).where('id', '=', id).execute()
        const change = { complex, action: 'changeRole', noun: 'account', nounId: person.id }
        const after = { email: person.email, role, complex, firm, carrier }
        await record(trx, scope, { ...change, before: memberOf(before), after })
      })
    },

    async removeMembers(scope, person, ids) {
      await db.transaction().execute(async (trx) => {
        await holdAdministrators(trx)
        const rows = await membersWhere(trx, [person.id])
        const gone = rows.filter((row) => ids.includes(row.id))
        if (gone.some(({ role }) => role === 'administrator')) await assertAnotherAdministrator(trx, ids)
        if (gone.length > 0)
          await trx
            .deleteFrom('members')
            .where(
              'id',
              'in',
              gone.map(({ id }) => id),
            )
            .execute()
        for (const row of gone) {
          const change = { complex: row.complex, action: 'removeRole', noun: 'account', nounId: person.id }
          await record(trx, scope, { ...change, before: { email: person.email, ...memberOf(row) } })
        }
        if (gone.length < rows.length) return
        // sessions, keys and links go with the person
        await trx.deleteFrom('auth_users').where('id', '=', person.id).execute()
        const change = { complex: null, action: 'remove', noun: 'account', nounId: person.id }
        await record(trx, scope, { ...change, before: { email: person.email } })
      })
    },

    async addLink(scope, hash, user, expires) {
      await db.transaction().execute(async (trx) => {
        // the last one given is the one that holds
        await trx
          .deleteFrom('password_links')
          .where('user_id', user === null ? 'is' : '=', user)
          .execute()
        await trx
          .insertInto('password_links')
          .values({ hash, user_id: user, expires_at: expires, created_at: new Date(), created_by: scope.actor })
          .execute()
        const change = { complex: null, action: 'addPasswordLink', noun: 'account', nounId: user ?? '' }
        await record(trx, scope, { ...change, after: { expires: expires.toISOString() } })
      })
    },
    async link(hash, now) {
      const query = db
        .selectFrom('password_links')
        .select('user_id')
        .where('hash', '=', hash)
        .where('expires_at', '>', now)
      const row = await query.executeTakeFirst()
      return row && { user: row.user_id }
    },
    async useLink(hash) {
      const { numDeletedRows } = await db.deleteFrom('password_links').where('hash', '=', hash).executeTakeFirst()
      return numDeletedRows > 0n
    },

    async endSessions(user) {
      await db.deleteFrom('auth_sessions').where('userId', '=', user).execute()
    },

    async note(scope, action, { email }, after) {
      await record(db, scope, { complex: null, action, noun: 'account', nounId: email, after })
    },
  }
}

const membersWhere = async (db: Kysely<Tables>, users: readonly string[]) =>
  await db.selectFrom('members').selectAll().where('user_id', 'in', users).orderBy('created_at').orderBy('id').execute()

const memberOf = ({ id, role, complex, firm, carrier }: Member & { readonly role: Role }): Member => ({
  id,
  role,
  complex,
  firm,
  carrier,
})

/** Two who remove each other at once wait for one another. */
const holdAdministrators = async (trx: Kysely<Tables>): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('milkrun.administrators'))`.execute(trx)
}

async function assertAnotherAdministrator(trx: Kysely<Tables>, except: readonly string[]): Promise<void> {
  const others = await trx
    .selectFrom('members')
    .select('id')
    .where('role', '=', 'administrator')
    .where('id', 'not in', except)
    .limit(1)
    .execute()
  if (others.length > 0) return
  throw new Refusal(409, 'account.lastAdministrator', {
    ko: '마지막 관리자입니다. 먼저 다른 사람을 관리자로 정하세요.',
    en: 'This is the last administrator. Make somebody else one first.',
  })
}

const hasRoleAlready = (email: string): Refusal =>
  new Refusal(409, 'account.hasRole', {
    ko: `${email} 은(는) 이미 이 역할입니다.`,
    en: `${email} has this role already.`,
  })
