/** Coming in and going out, and who one is. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Accounts, Origin } from '../accounts/accounts.ts'
import {
  EmailSchema,
  LinkForSchema,
  LinkSchema,
  LinkUseSchema,
  type Me,
  MeSchema,
  PasswordChangeSchema,
  SignInSchema,
} from '../api.ts'
import { localeOf, Refusal } from '../errors.ts'
import { overHttps } from './guard.ts'
import { type App, refusals, type Service } from './service.ts'

export function sessionRoutes(app: App, { accounts, everybodys }: Service): void {
  const tags = ['accounts']

  app.get(
    '/api/me',
    {
      config: { access: 'session.open' },
      schema: { summary: 'Who is signed in', tags, response: { 200: MeSchema, ...refusals } },
    },
    async ({ principal, store }): Promise<Me> => {
      if (principal.kind !== 'person') return { accounts: accounts !== undefined, person: null }
      const { email, name, members } = principal
      const own = members.flatMap(({ complex }) => complex ?? [])
      const complexes = await everybodys.as({ ...store.scope, complexes: own }).complexes.list()
      const named = members.map((member) => {
        const data = complexes.find(({ data }) => data.complex.id === member.complex)?.data
        const firm = data?.firms.find(({ id }) => id === member.firm)
        return {
          ...member,
          complexName: data?.complex.name ?? null,
          firmName: firm?.name ?? member.firm,
          carrierName: data?.carriers?.find(({ id }) => id === member.carrier)?.name ?? member.carrier,
        }
      })
      return { accounts: true, person: { email, name, members: named } }
    },
  )

  app.post(
    '/api/session',
    {
      config: { access: 'session.open' },
      schema: {
        summary: 'Sign in: sets the cookie of a session. After five failures in a quarter of an hour the answer is 429',
        tags,
        body: SignInSchema,
        response: { 204: Type.Null(), ...refusals },
      },
    },
    async (request, reply) => {
      const { email, password } = request.body
      return withCookies(request, reply, await needed(accounts).signIn(email, password, originOf(request)))
    },
  )

  app.delete(
    '/api/session',
    {
      config: { access: 'session.own' },
      schema: { summary: 'Sign out', tags, response: { 204: Type.Null(), ...refusals } },
    },
    async (request, reply) =>
      withCookies(request, reply, await needed(accounts).signOut(originOf(request), request.store.scope)),
  )

  app.delete(
    '/api/me/sessions',
    {
      config: { access: 'session.own' },
      schema: { summary: 'Sign out everywhere', tags, response: { 204: Type.Null(), ...refusals } },
    },
    async (request, reply) => {
      const { principal, store } = request
      if (principal.kind !== 'person') throw accountsOff()
      await needed(accounts).people.endSessions(principal.id)
      await needed(accounts).people.note(store.scope, 'signOutEverywhere', principal)
      return withCookies(request, reply, await needed(accounts).signOut(originOf(request), store.scope))
    },
  )

  app.post(
    '/api/me/password',
    {
      config: { access: 'session.own' },
      schema: {
        summary: 'Change the own password; every other session ends',
        tags,
        body: PasswordChangeSchema,
        response: { 204: Type.Null(), ...refusals },
      },
    },
    async (request, reply) => {
      const { current, next } = request.body
      const locale = localeOf(request.headers['accept-language'])
      const { principal } = request
      if (principal.kind !== 'person') throw accountsOff()
      return withCookies(
        request,
        reply,
        await needed(accounts).changePassword(current, next, originOf(request), principal, locale),
      )
    },
  )

  app.post(
    '/api/links/read',
    {
      config: { access: 'session.open' },
      schema: {
        summary: 'Whose password a one-time link sets',
        tags,
        body: LinkSchema,
        response: { 200: LinkForSchema, ...refusals },
      },
    },
    async ({ body }) => await needed(accounts).readLink(body.token),
  )

  app.post(
    '/api/links/use',
    {
      config: { access: 'session.open' },
      schema: {
        summary: 'Set the password by a one-time link; every session of the account ends',
        tags,
        body: LinkUseSchema,
        response: { 200: EmailSchema, ...refusals },
      },
    },
    async (request) => {
      const { token, email, name, password } = request.body
      const given = { password, ...(email !== undefined && { email }), ...(name !== undefined && { name }) }
      const locale = localeOf(request.headers['accept-language'])
      return { email: await needed(accounts).useLink(token, given, originOf(request), locale) }
    },
  )
}

const originOf = ({ headers, ip, id }: FastifyRequest): Origin => ({ cookie: headers.cookie, address: ip, request: id })

function withCookies(request: FastifyRequest, reply: FastifyReply, cookies: readonly string[]): FastifyReply {
  // in place of what the guard may have set for the session before
  reply.removeHeader('set-cookie')
  return reply.header('set-cookie', overHttps(cookies, request.protocol)).code(204).send(null)
}

export function needed(accounts: Accounts | undefined): Accounts {
  if (accounts) return accounts
  throw accountsOff()
}

export const accountsOff = (): Refusal =>
  new Refusal(409, 'accounts.off', {
    ko: '이 서비스는 계정 없이 이 컴퓨터에서만 쓰고 있습니다. 계정을 쓰려면 MILKRUN_ACCOUNTS=on 으로 다시 시작하세요.',
    en: 'This service runs without accounts, for this computer only. Start it with MILKRUN_ACCOUNTS=on to use accounts.',
  })
