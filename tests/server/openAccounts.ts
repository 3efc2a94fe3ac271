/** The real service with accounts, two complexes that must not see each other, and somebody of every role in each. */
import { createHash } from 'node:crypto'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { type Accounts, createAccounts } from '../../server/accounts/accounts.ts'
import type { Hashing } from '../../server/accounts/auth.ts'
import { type AppOptions, buildApp } from '../../server/app.ts'
import { loadComplex } from '../../server/complexes.ts'
import type { App } from '../../server/routes/service.ts'
import type { NewMember } from '../../server/store/accounts.ts'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { createStore } from '../../server/store/index.ts'
import type { Nouns } from '../../server/store/store.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { makeProblem } from './makeProblem.ts'
import { MEMORY } from './memory.ts'

const fold = (password: string): string => createHash('sha256').update(password).digest('hex')
/** Dozens of people are let in: scrypt, which takes its time, is for those of tests/server/accountCommand.test.ts. */
const QUICK: Hashing = {
  hash: async (password) => fold(password),
  verify: async ({ hash, password }) => hash === fold(password),
}
const EVERYTHING = { actor: 'test', complexes: 'all' } as const
export const PASSWORD = 'four-unrelated words'
export const SECRET = 'a secret of a test that is long enough'

/** Sends as the page does: with the cookie of a session and the header that other sites cannot send. */
export type Send = (request: string | (InjectOptions & { readonly url: string })) => Promise<LightMyRequestResponse>

export interface Opened {
  readonly app: App
  readonly database: Database
  readonly store: Nouns
  readonly accounts: Accounts
  readonly send: Send
  /** An account with this role and a password. */
  readonly add: (email: string, member: Partial<NewMember> & Pick<NewMember, 'role'>) => Promise<Send>
  readonly signIn: (email: string, password?: string) => Promise<LightMyRequestResponse>
  /** Once no figures are being worked out. */
  readonly settled: () => Promise<void>
  readonly close: () => Promise<void>
}

export const member = (given: Partial<NewMember> & Pick<NewMember, 'role'>): NewMember => ({
  complex: null,
  firm: null,
  carrier: null,
  ...given,
})

export const sendAs =
  (app: App, headers: Record<string, string> = {}): Send =>
  async (request) => {
    const options = typeof request === 'string' ? { url: request } : request
    return await app.inject({ ...options, headers: { 'x-milkrun': '1', ...headers, ...options.headers } })
  }

export const cookieOf = (response: LightMyRequestResponse): string =>
  response.cookies
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join('; ')

/** `home` is gwangju, `other` a complex just like it. */
export async function openAccounts(changes: Partial<AppOptions> = {}, now?: () => Date): Promise<Opened> {
  const database = await openDatabase(MEMORY)
  const everybodys = createStore(database)
  const store = everybodys.as(EVERYTHING)
  const data = await loadComplex('gwangju')
  await store.complexes.put(data)
  await store.complexes.put({ ...data, complex: { ...data.complex, id: 'faraway' } })
  const accounts = createAccounts(database, { secret: SECRET, hashing: QUICK }, now)
  const { app, service } = await buildApp({
    store: everybodys,
    database,
    accounts,
    provider: trunk,
    concurrency: 1,
    limits: { requestsPerMinute: 1e6, eventLoopDelayMs: 0 },
    ...changes,
  })
  const send = sendAs(app)
  const signIn = async (email: string, password = PASSWORD) =>
    await send({ method: 'POST', url: '/api/session', payload: { email, password } })
  const add: Opened['add'] = async (email, given) => {
    const person = await accounts.addPerson(EVERYTHING, email, email, member(given))
    const token = await accounts.passwordLink(EVERYTHING, person.id)
    await accounts.useLink(token, { password: PASSWORD }, { request: 'test' }, 'en')
    const response = await signIn(email)
    expect(response.statusCode, response.body).toBe(204)
    return sendAs(app, { cookie: cookieOf(response) })
  }
  const close = async () => {
    await app.close()
    await database.close()
  }
  return {
    app,
    database,
    store,
    accounts,
    send,
    add,
    signIn,
    settled: async () => {
      await service.figures.settled()
      await service.settling.settled()
    },
    close,
  }
}

/** A problem of the complex that stands for its day. */
export async function addDay(store: Nouns, complex: string, changes = {}): Promise<string> {
  const problem = await store.problems.add(complex, makeProblem(changes))
  await store.complexes.setDay(complex, '2026-11-23', problem)
  return problem
}

export const forgetPeople = async ({ db }: Database): Promise<void> => {
  await sql`truncate auth_users, members, password_links, sign_in_tries, api_keys cascade`.execute(db)
}
