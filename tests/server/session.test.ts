import { getMigrations } from 'better-auth/db/migration'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { authOptions } from '../../server/accounts/auth.ts'
import { cookieOf, forgetPeople, type Opened, openAccounts, PASSWORD, SECRET, sendAs } from './openAccounts.ts'
import { expectRefusal } from './openApp.ts'

let opened: Opened
/** What the service takes the time to be. */
let time = new Date()
beforeAll(async () => {
  opened = await openAccounts({ trustedProxies: [] }, () => time)
})
afterAll(async () => await opened.close())
afterEach(async () => {
  time = new Date()
  await forgetPeople(opened.database)
})

const coordinator = { role: 'coordinator', complex: 'gwangju' } as const
const auditOf = async (email: string) => {
  const { items } = await opened.store.audit.list({ limit: 100, nounId: email })
  return items.map(({ action, actor }) => `${actor} ${action}`)
}

describe('the tables of better-auth', () => {
  it('are those that the installed version asks for', async () => {
    const { toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems } = await getMigrations(
      authOptions(opened.database, { secret: SECRET }),
    )
    expect({ toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems }).toEqual({
      toBeCreated: [],
      toBeAdded: [],
      toBeAddedIndexes: [],
      schemaProblems: [],
    })
  })
})

describe('signing in', () => {
  it('opens a session whose cookie no script can read, and signing out ends it', async () => {
    await opened.add('kim@example.com', coordinator)
    const response = await opened.signIn(' KIM@example.com ')
    expect(response.statusCode).toBe(204)
    const [cookie] = response.cookies
    expect(cookie).toMatchObject({ name: 'milkrun.session_token', httpOnly: true, sameSite: 'Lax', path: '/' })
    const kim = sendAs(opened.app, { cookie: cookieOf(response) })
    expect((await kim('/api/me')).json().person).toMatchObject({
      email: 'kim@example.com',
      members: [{ role: 'coordinator', complex: 'gwangju' }],
    })
    expect((await kim('/api/problems')).statusCode).toBe(200)
    expect((await kim({ method: 'DELETE', url: '/api/session' })).statusCode).toBe(204)
    expectRefusal(await kim('/api/problems'), 401)
    expect(await auditOf('kim@example.com')).toEqual([
      'user:kim@example.com signOut',
      'user:kim@example.com signIn',
      'user:kim@example.com signIn',
      'user:kim@example.com setPassword',
    ])
  })

  it('answers a stranger and a wrong password alike, and says what to do', async () => {
    await opened.add('kim@example.com', coordinator)
    const wrong = await opened.signIn('kim@example.com', 'not the password')
    const stranger = await opened.signIn('nobody@example.com', 'not the password')
    const none = await opened.signIn('not an address', 'not the password')
    expect(expectRefusal(wrong, 401).code).toBe('session.refused')
    const words = ({ code, message }: { code: string; message: string }) => [code, message]
    expect(words(stranger.json())).toEqual(words(wrong.json()))
    expect(words(none.json())).toEqual(words(wrong.json()))
    expect(await auditOf('kim@example.com')).toContain('nobody signInFailed')
    // a password in the wrong field is not kept
    expect(await auditOf('not an address')).toEqual([])
  })

  it('is locked for a quarter of an hour after five failures, known or not, right password or not', async () => {
    await opened.add('kim@example.com', coordinator)
    for (const email of ['kim@example.com', 'nobody@example.com']) {
      for (let k = 0; k < 5; k++) expectRefusal(await opened.signIn(email, 'wrong'), 401)
      const locked = await opened.signIn(email)
      expect(expectRefusal(locked, 429).code).toBe('session.locked')
      expect(locked.json().message).toContain('15분')
      expect(Number(locked.headers['retry-after'])).toBeGreaterThan(890)
    }
    expect(await auditOf('kim@example.com')).toContain('nobody signInFailedAndLocked')
    time = new Date(Date.now() + 15 * 60_000 + 1000)
    expect((await opened.signIn('kim@example.com')).statusCode).toBe(204)
  })

  it('counts tries that come all at once', async () => {
    await opened.add('kim@example.com', coordinator)
    const answers = await Promise.all(Array.from({ length: 20 }, () => opened.signIn('kim@example.com', 'wrong')))
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5)
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(15)
  })

  it('counts by the address of the connection, whatever a header claims', async () => {
    for (let k = 0; k < 6; k++) {
      const response = await opened.send({
        method: 'POST',
        url: '/api/session',
        headers: { 'x-forwarded-for': `10.0.0.${k}`, 'x-real-ip': `10.0.0.${k}`, forwarded: `for=10.0.0.${k}` },
        payload: { email: 'kim@example.com', password: 'wrong' },
      })
      expect(response.statusCode).toBe(k < 5 ? 401 : 429)
    }
  })

  it('keeps one address from trying many accounts, and lets others in meanwhile', async () => {
    await opened.add('kim@example.com', coordinator)
    for (let k = 0; k < 30; k++) await opened.signIn(`someone${k}@example.com`, 'wrong')
    expectRefusal(await opened.signIn('kim@example.com'), 429)
    const elsewhere = await opened.app.inject({
      method: 'POST',
      url: '/api/session',
      remoteAddress: '192.0.2.7',
      headers: { 'x-milkrun': '1' },
      payload: { email: 'kim@example.com', password: PASSWORD },
    })
    expect(elsewhere.statusCode).toBe(204)
  })

  it('gives a new session every time and ends the one that came along', async () => {
    await opened.add('kim@example.com', coordinator)
    const first = cookieOf(await opened.signIn('kim@example.com'))
    const again = await opened.send({
      method: 'POST',
      url: '/api/session',
      headers: { cookie: first },
      payload: { email: 'kim@example.com', password: PASSWORD },
    })
    expect(cookieOf(again)).not.toBe(first)
    expectRefusal(await opened.send({ url: '/api/problems', headers: { cookie: first } }), 401)
    // a cookie made up by an attacker is nobody
    const forged = 'milkrun.session_token=abc.def'
    expectRefusal(await opened.send({ url: '/api/problems', headers: { cookie: forged } }), 401)
  })

  it('cannot be done by signing up: there is no such way', async () => {
    const payload = { email: 'eve@example.com', password: PASSWORD, name: 'Eve', role: 'administrator' }
    for (const url of ['/api/auth/sign-up/email', '/api/sign-up', '/api/auth/sign-in/email'])
      expectRefusal(await opened.send({ method: 'POST', url, payload }), 404)
    expectRefusal(await opened.send({ method: 'POST', url: '/api/accounts', payload }), 401)
    expectRefusal(await opened.send({ method: 'POST', url: '/api/session', payload }), 400)
    expect(await opened.accounts.people.people()).toEqual([])
  })
})

describe('a session', () => {
  it('ends when it was not used for half a day, and after a week in any case', async () => {
    const kim = await opened.add('kim@example.com', coordinator)
    const { db } = opened.database
    await sql`update auth_sessions set "expiresAt" = now() - interval '1 minute'`.execute(db)
    expectRefusal(await kim('/api/problems'), 401)

    const cookie = cookieOf(await opened.signIn('kim@example.com'))
    const again = sendAs(opened.app, { cookie })
    expect((await again('/api/problems')).statusCode).toBe(200)
    await sql`update auth_sessions set "createdAt" = now() - interval '8 days'`.execute(db)
    expectRefusal(await again('/api/problems'), 401)
    expect(await db.selectFrom('auth_sessions').selectAll().execute()).toEqual([])
  })

  it('in use is written again and its cookie renewed', async () => {
    const kim = await opened.add('kim@example.com', coordinator)
    await sql`update auth_sessions set "expiresAt" = now() + interval '1 hour'`.execute(opened.database.db)
    const response = await kim('/api/problems')
    expect(response.cookies[0]).toMatchObject({ name: 'milkrun.session_token', maxAge: 43_200 })
  })

  it('ends everywhere when asked to, and with a new password', async () => {
    const first = await opened.add('kim@example.com', coordinator)
    const second = sendAs(opened.app, { cookie: cookieOf(await opened.signIn('kim@example.com')) })
    expect((await second({ method: 'DELETE', url: '/api/me/sessions' })).statusCode).toBe(204)
    expectRefusal(await first('/api/problems'), 401)
    expectRefusal(await second('/api/problems'), 401)

    const third = sendAs(opened.app, { cookie: cookieOf(await opened.signIn('kim@example.com')) })
    const fourth = sendAs(opened.app, { cookie: cookieOf(await opened.signIn('kim@example.com')) })
    const payload = { current: PASSWORD, next: 'another four unrelated words' }
    const changed = await fourth({ method: 'POST', url: '/api/me/password', payload })
    expect(changed.statusCode, changed.body).toBe(204)
    expectRefusal(await third('/api/problems'), 401)
    const renewed = sendAs(opened.app, { cookie: cookieOf(changed) })
    expect((await renewed('/api/problems')).statusCode).toBe(200)
    expectRefusal(await opened.signIn('kim@example.com'), 401)
    expect((await opened.signIn('kim@example.com', payload.next)).statusCode).toBe(204)
  })

  it('asks for the present password before it is changed, and counts wrong ones', async () => {
    const kim = await opened.add('kim@example.com', coordinator)
    const payload = { current: 'wrong', next: 'another four unrelated words' }
    const change = () => kim({ method: 'POST', url: '/api/me/password', payload })
    for (let k = 0; k < 5; k++) expectRefusal(await change(), 401)
    expectRefusal(await change(), 429)
  })
})

describe('requests that a page of another site makes', () => {
  it('are refused: they lack the header that only this page sends', async () => {
    const kim = await opened.add('kim@example.com', coordinator)
    for (const request of [
      { method: 'POST', url: '/api/session', payload: { email: 'eve@example.com', password: PASSWORD } },
      { method: 'DELETE', url: '/api/session' },
      { method: 'POST', url: '/api/problems', payload: {} },
      { method: 'DELETE', url: '/api/accounts/x' },
    ] as const)
      expect(expectRefusal(await kim({ ...request, headers: { 'x-milkrun': '' } }), 403).code).toBe(
        'request.foreignPage',
      )
  })

  it('are refused by their origin too, and a form cannot be sent at all', async () => {
    const kim = await opened.add('kim@example.com', coordinator)
    const url = '/api/session'
    expectRefusal(await kim({ method: 'DELETE', url, headers: { origin: 'https://evil.example' } }), 403)
    expectRefusal(await kim({ method: 'DELETE', url, headers: { 'sec-fetch-site': 'cross-site' } }), 403)
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    expectRefusal(await opened.send({ method: 'POST', url, headers: type, payload: 'email=a&password=b' }), 415)
    expect((await kim('/api/me')).json().person).not.toBeNull()
  })
})

describe('passwords', () => {
  it('are refused with every fault at once, in the language asked for', async () => {
    const person = await opened.accounts.addPerson({ actor: 'test', complexes: 'all' }, 'gildong@example.com', 'Hong', {
      role: 'policymaker',
      complex: null,
      firm: null,
      carrier: null,
    })
    const token = await opened.accounts.passwordLink({ actor: 'test', complexes: 'all' }, person.id)
    const use = async (password: string, language = 'en') =>
      await opened.send({
        method: 'POST',
        url: '/api/links/use',
        headers: { 'accept-language': language },
        payload: { token, password },
      })
    const faults = (response: Awaited<ReturnType<typeof use>>) => {
      expectRefusal(response, 422)
      return response.json().issues.map(({ message }: { message: string }) => message)
    }
    expect(faults(await use('gildong1'))).toEqual(['is shorter than 12 characters', 'is made of the e-mail address'])
    expect(faults(await use('gildong@example.com'))).toEqual(['is made of the e-mail address'])
    for (const common of [
      'password1234',
      'Milkrun12345!',
      'aaaaaaaaaaaaaa',
      '123456789012',
      'qwertyuiop12',
      '비밀번호비밀번호1234',
    ])
      expect(faults(await use(common)), common).toEqual(['is one of those that everybody tries first'])
    expect(faults(await use('짧다', 'ko'))[0]).toMatch(/12자/)
    expect(faults(await use('x y'.repeat(60)))).toContain('is longer than 128 characters')
    expect((await use(PASSWORD)).json()).toEqual({ email: 'gildong@example.com' })
    // once
    expectRefusal(await use(PASSWORD), 404)
  })
})
