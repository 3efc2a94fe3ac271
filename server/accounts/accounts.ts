/** Who is asking, how they come in and go out, and who lets whom in. Roles and what they may: access.ts. */
import { createHash, randomBytes } from 'node:crypto'
import { isAPIError } from 'better-auth/api'
import type { Locale } from '../../solver/index.ts'
import { actorOf, type Principal, type Role } from '../access.ts'
import { Refusal } from '../errors.ts'
import { type AccountStore, createAccountStore, type NewMember, type Person } from '../store/accounts.ts'
import type { Database } from '../store/database.ts'
import { createKeyStore, type KeyRecord, type KeyStore, type NewKey } from '../store/keys.ts'
import { createSignIns } from '../store/signIns.ts'
import type { Scope } from '../store/store.ts'
import { type AuthOptions, LONGEST_S, openAuth } from './auth.ts'
import { assertPassword } from './passwords.ts'

const LINK_HOURS = 72
const TOKEN_BYTES = 32
/** Told apart from anything else that might be sent as a bearer. */
const KEY_PREFIX = 'mk_'

/** What a request brings to be known by. */
export interface Credentials {
  readonly cookie?: string | undefined
  readonly authorization?: string | undefined
}
/** Whence a try to sign in comes. */
export interface Origin extends Credentials {
  readonly address: string
  readonly request: string
}

interface LinkUse {
  readonly email?: string
  readonly name?: string
  readonly password: string
}

export interface Accounts {
  readonly people: AccountStore
  readonly keys: Pick<KeyStore, 'list' | 'revoke'>
  /** `cookies`: to be set by the answer. A bearer that is no key is nobody. */
  identify(credentials: Credentials): Promise<{ readonly principal: Principal; readonly cookies: readonly string[] }>
  /** The cookies to set. Refuses without saying whether there is such an account. */
  signIn(email: string, password: string, origin: Origin): Promise<readonly string[]>
  signOut(credentials: Credentials, scope: Scope): Promise<readonly string[]>
  /** Ends every session of the person but the new one, whose cookies it returns. */
  changePassword(
    current: string,
    next: string,
    origin: Origin,
    person: Principal,
    locale: Locale,
  ): Promise<readonly string[]>
  /** An account without a password; the person's first one is set by a link. */
  addPerson(scope: Scope, email: string, name: string, member: NewMember): Promise<Person>
  /** A one-time token that sets the password of this person. */
  passwordLink(scope: Scope, user: string): Promise<string>
  /** A one-time token that makes the first administrator; undefined: there is one. */
  firstAdministratorLink(): Promise<string | undefined>
  /** What a link is for: an e-mail, or null where the person is to give one. Refuses where it does not hold. */
  readLink(token: string): Promise<{ readonly email: string | null }>
  /** The e-mail of the account that can sign in now. */
  useLink(token: string, given: LinkUse, origin: Pick<Origin, 'request'>, locale: Locale): Promise<string>
  /** The key, shown once. */
  addKey(scope: Scope, maker: string, key: Omit<NewKey, 'hash'>): Promise<KeyRecord & { readonly key: string }>
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')
const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url')
/** One address, one account, however it is written. */
export const plainEmail = (email: string): string => email.trim().toLowerCase()

export function createAccounts(database: Database, options: AuthOptions, now: () => Date = () => new Date()): Accounts {
  const auth = openAuth(database, options)
  const people = createAccountStore(database)
  const keys = createKeyStore(database)
  const signIns = createSignIns(database)

  const headersOf = ({ cookie }: Credentials): Headers => new Headers(cookie === undefined ? {} : { cookie })

  const sessionOf = async (credentials: Credentials) => {
    if (!credentials.cookie?.includes('milkrun.session_token')) return { session: undefined, cookies: [] }
    const { headers, response } = await auth.api.getSession({ headers: headersOf(credentials), returnHeaders: true })
    return { session: response ?? undefined, cookies: headers.getSetCookie() }
  }

  const personOf = async (id: string, email: string, name: string): Promise<Principal> => {
    const members = await people.membersOf(id)
    const seesOpen = members.some(({ role }) => role === 'policymaker')
    return { kind: 'person', id, email, name, members, openComplexes: seesOpen ? await people.openComplexes() : [] }
  }

  const keyHolder = async (authorization: string): Promise<Principal> => {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1]
    const key = token?.startsWith(KEY_PREFIX) ? await keys.use(hashOf(token), now()) : undefined
    if (!key) return { kind: 'nobody' }
    // a key can never do more than who made it still can
    const members = await people.membersOf(key.maker)
    const administers = members.some(({ role }) => role === 'administrator')
    const looksAfter = members.flatMap(({ role, complex }) =>
      role === 'coordinator' && complex !== null ? complex : [],
    )
    const complexes = administers ? key.complexes : key.complexes.filter((id) => looksAfter.includes(id))
    return { kind: 'key', id: key.id, scopes: key.scopes, complexes }
  }

  /** Whether the password is right is asked by `check`; failures count against account and address. */
  const guarded = async <T>(email: string, { address, request }: Origin, check: () => Promise<T>): Promise<T> => {
    const scope: Scope = { actor: 'nobody', complexes: 'all', request }
    const started = await signIns.begin(hashOf(email), address, now())
    if ('waitS' in started) throw lockedOut(started.waitS)
    // a password typed into the wrong field is not to be kept
    const shown = { email: EMAIL.test(email) ? email : '(no address)' }
    try {
      const result = await check()
      await signIns.forget(started)
      return result
    } catch (error) {
      if (!isAPIError(error)) throw error
      await people.note(scope, started.last ? 'signInFailedAndLocked' : 'signInFailed', shown, { address })
      throw new Refusal(401, 'session.refused', {
        ko: '이메일이나 비밀번호가 맞지 않습니다. 다시 확인하세요. 비밀번호를 잊었으면 관리자에게 새 링크를 받으세요.',
        en: 'The e-mail or the password is not right. Check both. If the password is forgotten, ask the administrator for a new link.',
      })
    }
  }

  const createPerson = async (email: string, name: string): Promise<string> => {
    const { internalAdapter } = await auth.$context
    const user = await internalAdapter.createUser({ email, name, emailVerified: false }, PROVISIONING)
    return user.id
  }

  const setPassword = async (user: string, password: string): Promise<void> => {
    const { internalAdapter, password: hashing } = await auth.$context
    const hash = await hashing.hash(password)
    const accounts = await internalAdapter.findAccounts(user)
    if (accounts.some(({ providerId }) => providerId === 'credential')) await internalAdapter.updatePassword(user, hash)
    else await internalAdapter.linkAccount({ userId: user, providerId: 'credential', accountId: user, password: hash })
  }

  const addPerson: Accounts['addPerson'] = async (scope, given, name, member) => {
    const email = plainEmail(given)
    const known = await people.person({ email })
    const id = known?.id ?? (await createPerson(email, name))
    try {
      await people.addMember(scope, { id, email }, member)
    } catch (error) {
      // an account that is nothing is no account
      if (!known) await (await auth.$context).internalAdapter.deleteUser(id)
      throw error
    }
    return (await people.person({ id }))!
  }

  /** Whose password the link sets; undefined: the first administrator's, who has no account yet. */
  const holderOf = async (token: string): Promise<Person | undefined> => {
    const link = await people.link(hashOf(token), now())
    if (!link || (link.user === null && (await people.hasAdministrator()))) throw linkOver()
    return link.user === null ? undefined : await people.person({ id: link.user })
  }

  return {
    people,
    keys,

    async identify(credentials) {
      const { authorization } = credentials
      if (authorization !== undefined) return { principal: await keyHolder(authorization), cookies: [] }
      const { session, cookies } = await sessionOf(credentials)
      if (!session) return { principal: { kind: 'nobody' }, cookies }
      const { user, session: row } = session
      if (row.createdAt.getTime() + LONGEST_S * 1000 <= now().getTime()) {
        const { headers } = await auth.api.signOut({ headers: headersOf(credentials), returnHeaders: true })
        return { principal: { kind: 'nobody' }, cookies: headers.getSetCookie() }
      }
      return { principal: await personOf(user.id, user.email, user.name), cookies }
    },

    async signIn(given, password, origin) {
      const email = plainEmail(given)
      const { headers, user } = await guarded(email, origin, async () => {
        const { headers, response } = await auth.api.signInEmail({ body: { email, password }, returnHeaders: true })
        return { headers, user: response.user }
      })
      // a session that came with the request ends here: nobody goes on in one that somebody else may know
      if (origin.cookie) await auth.api.signOut({ headers: headersOf(origin) }).catch(() => {})
      const scope: Scope = { actor: `user:${user.email}`, complexes: 'all', request: origin.request }
      await people.note(scope, 'signIn', { email }, { address: origin.address })
      return headers.getSetCookie()
    },

    async signOut(credentials, scope) {
      const { session } = await sessionOf(credentials)
      const { headers } = await auth.api.signOut({ headers: headersOf(credentials), returnHeaders: true })
      if (session) await people.note(scope, 'signOut', session.user)
      return headers.getSetCookie()
    },

    async changePassword(current, next, origin, person, locale) {
      if (person.kind !== 'person') throw new Error('only a person has a password')
      assertPassword(next, person.email, 'next', locale)
      const { headers } = await guarded(person.email, origin, async () => {
        const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true }
        return await auth.api.changePassword({ body, headers: headersOf(origin), returnHeaders: true })
      })
      const scope: Scope = { actor: actorOf(person), complexes: 'all', request: origin.request }
      await people.note(scope, 'changePassword', person)
      return headers.getSetCookie()
    },

    addPerson,

    async passwordLink(scope, user) {
      const token = newToken()
      await people.addLink(scope, hashOf(token), user, new Date(now().getTime() + LINK_HOURS * 3_600_000))
      return token
    },

    async firstAdministratorLink() {
      if (await people.hasAdministrator()) return undefined
      const token = newToken()
      const scope: Scope = { actor: 'system', complexes: 'all' }
      await people.addLink(scope, hashOf(token), null, new Date(now().getTime() + LINK_HOURS * 3_600_000))
      return token
    },

    async readLink(token) {
      const person = await holderOf(token)
      return { email: person?.email ?? null }
    },

    async useLink(token, { email: given = '', name, password }, { request }, locale) {
      const person = await holderOf(token)
      const email = person?.email ?? plainEmail(given)
      validEmail(email)
      assertPassword(password, email, 'password', locale)
      // from here on it is used: two at once set one password
      if (!(await people.useLink(hashOf(token)))) throw linkOver()
      const scope: Scope = { actor: `user:${email}`, complexes: 'all', request }
      const user = person ?? (await addPerson(scope, email, name || email, ofTheService('administrator')))
      await setPassword(user.id, password)
      await people.endSessions(user.id)
      await signIns.forgive(hashOf(email))
      await people.note(scope, 'setPassword', { email })
      return email
    },

    async addKey(scope, maker, key) {
      const token = `${KEY_PREFIX}${newToken()}`
      const made = await keys.add(scope, maker, { ...key, hash: hashOf(token) })
      return { ...made, key: token }
    },
  }
}

/** As much as can be said of an address without writing to it. */
const EMAIL = /^[^\s@"<>]{1,64}@[^\s@"<>.]+(\.[^\s@"<>.]+)+$/

export const ofTheService = (role: Role): NewMember => ({ role, complex: null, firm: null, carrier: null })

const PROVISIONING = { method: 'admin', action: 'create-user' } as const

const minutes = (seconds: number): number => Math.ceil(seconds / 60)

const lockedOut = (waitS: number): Refusal =>
  new Refusal(
    429,
    'session.locked',
    {
      ko: `틀린 시도가 너무 많았습니다. ${minutes(waitS)}분 뒤에 다시 시도하세요. 급하면 관리자에게 새 비밀번호 링크를 받으세요.`,
      en: `Too many tries were wrong. Try again in ${minutes(waitS)} min. If it is urgent, ask the administrator for a link to a new password.`,
    },
    [],
    waitS,
  )

const linkOver = (): Refusal =>
  new Refusal(404, 'link.over', {
    ko: '이 링크는 이미 쓰였거나 기한이 지났습니다. 관리자에게 새 링크를 받으세요.',
    en: 'This link was used already or is too old. Ask the administrator for a new one.',
  })

export function validEmail(email: string): void {
  if (EMAIL.test(plainEmail(email))) return
  throw new Refusal(422, 'account.email', {
    ko: '이메일 주소를 name@example.com 처럼 적으세요.',
    en: 'Give an e-mail address such as name@example.com.',
  })
}
