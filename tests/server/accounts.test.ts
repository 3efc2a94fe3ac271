import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SECRETS_IN_LOGS } from '../../server/secretsInLogs.ts'
import {
  cookieOf,
  forgetPeople,
  member,
  type Opened,
  openAccounts,
  PASSWORD,
  type Send,
  sendAs,
} from './openAccounts.ts'
import { expectRefusal } from './openApp.ts'

const logged: string[] = []
let opened: Opened
beforeAll(async () => {
  const stream = { write: (line: string) => void logged.push(line) }
  opened = await openAccounts({ logger: { level: 'trace', stream, redact: SECRETS_IN_LOGS } })
})
afterAll(async () => await opened.close())
afterEach(async () => await forgetPeople(opened.database))

const invite = async (send: Send, payload: object) => await send({ method: 'POST', url: '/api/accounts', payload })
const coordinator = { role: 'coordinator', complex: 'gwangju' } as const
const kim = { email: 'kim@example.com', name: 'Kim', ...coordinator }

describe('letting somebody in', () => {
  it('gives a link that sets the password once; then the person signs in as what they were made', async () => {
    const boss = await opened.add('boss@example.com', { role: 'administrator' })
    const invited = await invite(boss, kim)
    expect(invited.statusCode, invited.body).toBe(201)
    expect(invited.json()).toMatchObject({ email: 'kim@example.com', active: false, members: [coordinator] })
    const token = invited.json().link
    const read = await opened.send({ method: 'POST', url: '/api/links/read', payload: { token } })
    expect(read.json()).toEqual({ email: 'kim@example.com' })
    // another e-mail with the same link changes nobody
    const payload = { token, password: PASSWORD, email: 'eve@example.com' }
    expect((await opened.send({ method: 'POST', url: '/api/links/use', payload })).json()).toEqual({
      email: 'kim@example.com',
    })
    expectRefusal(await opened.send({ method: 'POST', url: '/api/links/use', payload }), 404)
    const session = sendAs(opened.app, { cookie: cookieOf(await opened.signIn('kim@example.com')) })
    expect((await session('/api/accounts')).json().accounts.map(({ email }: { email: string }) => email)).toEqual([
      'kim@example.com',
    ])
  })

  it('is for coordinators as far as their own complex goes', async () => {
    const own = await opened.add('own@example.com', coordinator)
    expectRefusal(await invite(own, { ...kim, role: 'administrator', complex: undefined }), 403)
    expectRefusal(await invite(own, { ...kim, role: 'policymaker', complex: undefined }), 403)
    expectRefusal(await invite(own, { ...kim, complex: 'faraway' }), 404)
    expectRefusal(await invite(own, { ...kim, complex: 'nowhere' }), 404)
    expectRefusal(await invite(own, { ...kim, active: true }), 400)
    expect((await invite(own, kim)).statusCode).toBe(201)
  })

  it('never hands out the password of somebody who is something elsewhere', async () => {
    const own = await opened.add('own@example.com', coordinator)
    await opened.add('far@example.com', { role: 'coordinator', complex: 'faraway' })
    await opened.add('boss@example.com', { role: 'administrator' })
    for (const email of ['far@example.com', 'boss@example.com']) {
      const answer = await invite(own, { ...kim, email })
      expect(answer.statusCode).toBe(201)
      expect(answer.json().link).toBeUndefined()
      // what it is elsewhere is not told
      expect(answer.json().members).toHaveLength(1)
      expectRefusal(await own({ method: 'POST', url: `/api/accounts/${answer.json().id}/link` }), 403)
    }
    // not even of one who has not set it yet
    const waiting = member({ role: 'coordinator', complex: 'faraway' })
    await opened.accounts.addPerson({ actor: 'test', complexes: 'all' }, 'new@example.com', 'New', waiting)
    expect((await invite(own, { ...kim, email: 'new@example.com' })).json().link).toBeUndefined()
  })

  it('names every fault of a role at once', async () => {
    const boss = await opened.add('boss@example.com', { role: 'administrator' })
    const faults = async (role: object) => {
      const response = await invite(boss, { email: 'kim@example.com', name: 'Kim', ...role })
      expectRefusal(response, 422)
      return response.json().issues.map(({ code }: { code: string }) => code)
    }
    expect(await faults({ role: 'firm' })).toEqual(['member.complex', 'member.firm'])
    expect(await faults({ role: 'firm', complex: 'gwangju', firm: 'nobody' })).toEqual(['member.firmUnknown'])
    expect(await faults({ role: 'carrier', complex: 'gwangju', firm: 'a' })).toEqual([
      'member.notFirm',
      'member.carrier',
    ])
    expect(await faults({ role: 'carrier', complex: 'gwangju', carrier: 'nobody' })).toEqual(['member.carrierUnknown'])
    expect(await faults({ role: 'administrator', complex: 'gwangju' })).toEqual(['member.everywhere'])
    expectRefusal(await invite(boss, { ...kim, email: 'no address' }), 422)
  })

  it('is open to nobody once there is an administrator, and to one before', async () => {
    const link = await opened.accounts.firstAdministratorLink()
    const use = async (payload: object) => await opened.send({ method: 'POST', url: '/api/links/use', payload })
    expectRefusal(await use({ token: link, password: PASSWORD }), 422)
    const payload = { token: link, email: 'boss@example.com', name: 'Boss', password: PASSWORD }
    expect((await use(payload)).json()).toEqual({ email: 'boss@example.com' })
    expectRefusal(await use({ ...payload, email: 'eve@example.com' }), 404)
    expect(await opened.accounts.firstAdministratorLink()).toBeUndefined()
  })
})

describe('roles', () => {
  it('take effect at the next request, and are in the audit log with what they were', async () => {
    const boss = await opened.add('boss@example.com', { role: 'administrator' })
    const kims = await opened.add('kim@example.com', coordinator)
    const { id, members } = (await opened.accounts.people.person({ email: 'kim@example.com' }))!
    expect((await kims('/api/problems')).statusCode).toBe(200)
    const url = `/api/accounts/${id}/roles/${members[0]!.id}`
    const payload = { role: 'carrier', complex: 'gwangju', carrier: 'carrier-A' }
    expect((await boss({ method: 'PUT', url, payload })).statusCode).toBe(200)
    expectRefusal(await kims('/api/problems'), 403)
    expect((await kims('/api/my/sheets')).statusCode).toBe(200)
    const [line] = (await opened.store.audit.list({ limit: 1, nounId: id })).items
    expect(await opened.store.audit.get(line!.seq)).toMatchObject({
      actor: 'user:boss@example.com',
      action: 'changeRole',
      complex: 'gwangju',
      before: { role: 'coordinator' },
      after: { role: 'carrier' },
    })
    expect((await boss({ method: 'DELETE', url })).statusCode).toBe(204)
    // who is nothing any more has no account
    expectRefusal(await kims('/api/my/sheets'), 401)
    expect(await opened.accounts.people.person({ id })).toBeUndefined()
  })

  it('leave an administrator behind, whoever tries what at once', async () => {
    const boss = await opened.add('boss@example.com', { role: 'administrator' })
    const first = (await opened.accounts.people.person({ email: 'boss@example.com' }))!
    const url = `/api/accounts/${first.id}`
    const remove = async (at: string) => await boss({ method: 'DELETE', url: at })
    expect(expectRefusal(await remove(url), 409).code).toBe('account.lastAdministrator')
    expectRefusal(await remove(`${url}/roles/${first.members[0]!.id}`), 409)
    const other = {
      method: 'PUT',
      url: `${url}/roles/${first.members[0]!.id}`,
      payload: { role: 'policymaker' },
    } as const
    expectRefusal(await boss(other), 409)

    await opened.add('second@example.com', { role: 'administrator' })
    const second = (await opened.accounts.people.person({ email: 'second@example.com' }))!
    const scope = { actor: 'test', complexes: 'all' } as const
    const both = await Promise.allSettled(
      [first, second].map(
        async (person) => await opened.accounts.people.removeMembers(scope, person, [person.members[0]!.id]),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('of another complex are out of the coordinator’s reach, in one person too', async () => {
    const own = await opened.add('own@example.com', coordinator)
    await opened.add('both@example.com', coordinator)
    const person = (await opened.accounts.people.person({ email: 'both@example.com' }))!
    const far = member({ role: 'coordinator', complex: 'faraway' })
    const there = await opened.accounts.people.addMember({ actor: 'test', complexes: 'all' }, person, far)
    const [seen] = (await own('/api/accounts')).json().accounts
    expect(seen).toMatchObject({ email: 'both@example.com', members: [coordinator] })
    expectRefusal(await own({ method: 'DELETE', url: `/api/accounts/${person.id}/roles/${there.id}` }), 404)
    expect((await own({ method: 'DELETE', url: `/api/accounts/${person.id}` })).statusCode).toBe(204)
    expect((await opened.accounts.people.person({ id: person.id }))?.members).toEqual([there])
  })
})

describe('keys', () => {
  const make = async (send: Send, changes: object = {}) =>
    await send({
      method: 'POST',
      url: '/api/keys',
      payload: { name: 'erp', scopes: ['read'], complexes: ['gwangju'], ...changes },
    })
  const sendWith = (key: string): Send => sendAs(opened.app, { authorization: `Bearer ${key}`, 'x-milkrun': '' })

  it('are shown once, work for what they were made for, and no longer once revoked', async () => {
    const own = await opened.add('own@example.com', coordinator)
    const made = (await make(own)).json()
    expect(made.key).toMatch(/^mk_[\w-]{43}$/)
    const listed = (await own('/api/keys')).json()
    expect(JSON.stringify(listed)).not.toContain(made.key)
    expect(listed).toMatchObject([{ id: made.id, name: 'erp', scopes: ['read'], lastUsedAt: null, revokedAt: null }])

    const machine = sendWith(made.key)
    expect((await machine('/api/problems')).statusCode).toBe(200)
    expect((await own('/api/keys')).json()[0].lastUsedAt).not.toBeNull()
    for (const request of [
      { method: 'POST', url: '/api/problems', payload: {} },
      { method: 'POST', url: '/api/problems/x/jobs', payload: {} },
      { method: 'GET', url: '/api/keys' },
      { method: 'GET', url: '/api/accounts' },
      { method: 'POST', url: '/api/me/password', payload: { current: 'a', next: 'b' } },
    ] as const)
      expectRefusal(await machine(request), 403)

    expect((await own({ method: 'DELETE', url: `/api/keys/${made.id}` })).statusCode).toBe(204)
    expect(expectRefusal(await machine('/api/problems'), 401).code).toBe('key.refused')
    const actions = (await opened.store.audit.list({ limit: 9, nounId: made.id })).items.map(({ action }) => action)
    expect(actions).toEqual(['revoke', 'add'])
  })

  it('are not taken for a session, nor a session for a key, and a wrong one is not overlooked', async () => {
    await opened.add('own@example.com', coordinator)
    const cookie = cookieOf(await opened.signIn('own@example.com'))
    for (const authorization of ['Bearer mk_wrong', 'Bearer ', 'Basic YTpi', cookie])
      expectRefusal(await opened.send({ url: '/api/problems', headers: { cookie, authorization } }), 401)
  })

  it('end by themselves', async () => {
    const own = await opened.add('own@example.com', coordinator)
    const machine = sendWith((await make(own, { days: 1 })).json().key)
    expect((await machine('/api/problems')).statusCode).toBe(200)
    await opened.database.db
      .updateTable('api_keys')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .execute()
    expectRefusal(await machine('/api/problems'), 401)
  })

  it('can never do more than who made them still can', async () => {
    const own = await opened.add('own@example.com', coordinator)
    await opened.add('boss@example.com', { role: 'administrator' })
    const machine = sendWith((await make(own)).json().key)
    const problem = await opened.store.problems.add('gwangju', (await import('./makeProblem.ts')).makeProblem())
    expect((await machine(`/api/problems/${problem}`)).statusCode).toBe(200)
    const person = (await opened.accounts.people.person({ email: 'own@example.com' }))!
    const scope = { actor: 'test', complexes: 'all' } as const
    await opened.accounts.people.changeMember(
      scope,
      person,
      person.members[0]!.id,
      member({ role: 'coordinator', complex: 'faraway' }),
    )
    expectRefusal(await machine(`/api/problems/${problem}`), 404)
    await opened.accounts.people.removeMembers(scope, person, [person.members[0]!.id])
    expectRefusal(await machine(`/api/problems/${problem}`), 401)
  })
})

describe('the log', () => {
  it('holds no password, cookie, key or link, however closely it is kept', async () => {
    const own = await opened.add('own@example.com', coordinator)
    const session = await opened.signIn('own@example.com')
    await opened.signIn('own@example.com', 'a wrong password of somebody')
    const { key } = (
      await own({
        method: 'POST',
        url: '/api/keys',
        payload: { name: 'erp', scopes: ['read'], complexes: ['gwangju'] },
      })
    ).json()
    await sendAs(opened.app, { authorization: `Bearer ${key}` })('/api/problems')
    const { link } = (await invite(own, kim)).json()
    await opened.send({ method: 'POST', url: '/api/links/read', payload: { token: link } })
    const cookie = cookieOf(session)
    // and should somebody log a whole request one day
    opened.app.log.error({
      req: { headers: { cookie, authorization: `Bearer ${key}` }, body: { password: PASSWORD, token: link } },
    })
    opened.app.log.error({ headers: { 'set-cookie': [cookie] }, answer: { key } })
    const text = logged.join('')
    expect(text).toContain('answered')
    for (const secret of [
      PASSWORD,
      'a wrong password of somebody',
      cookie,
      decodeURIComponent(cookie.split('=')[1]!),
      key,
      link,
    ])
      expect(text, secret).not.toContain(secret)
  })
})
