/** Who is what: administrators for everybody, coordinators for their own complexes. */
import { Type } from 'typebox'
import { COMPLEX_ROLES, mayGrant, ROLES } from '../access.ts'
import { plainEmail, validEmail } from '../accounts/accounts.ts'
import {
  type Account,
  AccountSchema,
  AccountsSchema,
  NewAccountSchema,
  OpenToPolicySchema,
  RoleSchema,
} from '../api.ts'
import { localeOf, notFound } from '../errors.ts'
import type { Person } from '../store/accounts.ts'
import { mayNot } from './guard.ts'
import { readMember } from './readMember.ts'
import { type App, IdParams, IdSchema, refusals, type Service } from './service.ts'
import { needed } from './session.ts'

const MemberParams = Type.Object({ ...IdParams.properties, member: IdSchema })
type Managed = 'all' | readonly string[]

export function accountRoutes(app: App, { accounts }: Service): void {
  const config = { access: 'account.manage' } as const
  const tags = ['accounts']

  app.get(
    '/api/accounts',
    { config, schema: { summary: 'People and their roles', tags, response: { 200: AccountsSchema, ...refusals } } },
    async ({ store }) => {
      const managed = store.scope.complexes
      const { people } = needed(accounts)
      const open = await people.openComplexes()
      const complexes = (await store.complexes.list()).map(({ data: { complex, firms, carriers = [] } }) => ({
        id: complex.id,
        name: complex.name,
        openToPolicy: open.includes(complex.id),
        firms: firms.map(({ id, name }) => ({ id, name })),
        carriers: carriers.map(({ id, name }) => ({ id, name })),
      }))
      const seen = (await people.people()).filter((person) => isSeen(person, managed))
      return {
        accounts: seen.map((person) => describe(person, managed)),
        complexes,
        roles: [...(managed === 'all' ? ROLES : COMPLEX_ROLES)],
      }
    },
  )

  app.post(
    '/api/accounts',
    {
      config,
      schema: {
        summary: 'Let somebody in: the answer holds a one-time link for the password of a new account',
        tags,
        body: NewAccountSchema,
        response: { 201: AccountSchema, ...refusals },
      },
    },
    async ({ body, store, headers }, reply) => {
      const managed = store.scope.complexes
      const { email, name, ...role } = body
      const member = await readMember(store, role, localeOf(headers['accept-language']))
      if (!mayGrant(managed, member.role, member.complex)) throw mayNot()
      validEmail(email)
      const { people, addPerson, passwordLink } = needed(accounts)
      const known = await people.person({ email: plainEmail(email) })
      const person = await addPerson(store.scope, email, name, member)
      // the password of somebody who is something elsewhere is not ours to set
      const link = known?.active || !isOurs(person, managed) ? undefined : await passwordLink(store.scope, person.id)
      return reply.code(201).send({ ...describe(person, managed), ...(link && { link }) })
    },
  )

  app.delete(
    '/api/accounts/:id',
    {
      config,
      schema: {
        summary: 'Take every role away that who asks may take; an account without roles is removed',
        tags,
        params: IdParams,
        response: { 204: Type.Null(), ...refusals },
      },
    },
    async ({ params, store }, reply) => {
      const managed = store.scope.complexes
      const { people } = needed(accounts)
      const person = await seenPerson(params.id, managed)
      const ids = person.members.filter(({ role, complex }) => mayGrant(managed, role, complex)).map(({ id }) => id)
      await people.removeMembers(store.scope, person, ids)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/accounts/:id/link',
    {
      config,
      schema: {
        summary: 'A one-time link to a new password; the old one holds until it is used',
        tags,
        params: IdParams,
        response: { 201: AccountSchema, ...refusals },
      },
    },
    async ({ params, store }, reply) => {
      const managed = store.scope.complexes
      const person = await seenPerson(params.id, managed)
      if (!isOurs(person, managed)) throw mayNot()
      const link = await needed(accounts).passwordLink(store.scope, person.id)
      return reply.code(201).send({ ...describe(person, managed), link })
    },
  )

  app.post(
    '/api/accounts/:id/roles',
    {
      config,
      schema: {
        summary: 'One more role',
        tags,
        params: IdParams,
        body: RoleSchema,
        response: { 201: AccountSchema, ...refusals },
      },
    },
    async ({ params, body, store, headers }, reply) => {
      const managed = store.scope.complexes
      const { people } = needed(accounts)
      const person = await seenPerson(params.id, managed)
      const member = await readMember(store, body, localeOf(headers['accept-language']))
      if (!mayGrant(managed, member.role, member.complex)) throw mayNot()
      await people.addMember(store.scope, person, member)
      return reply.code(201).send(describe(await seenPerson(params.id, managed), managed))
    },
  )

  app.put(
    '/api/accounts/:id/roles/:member',
    {
      config,
      schema: {
        summary: 'Another role in place of this one',
        tags,
        params: MemberParams,
        body: RoleSchema,
        response: { 200: AccountSchema, ...refusals },
      },
    },
    async ({ params, body, store, headers }) => {
      const managed = store.scope.complexes
      const { people } = needed(accounts)
      const { person, member } = await seenMember(params, managed)
      const next = await readMember(store, body, localeOf(headers['accept-language']))
      if (!mayGrant(managed, next.role, next.complex)) throw mayNot()
      await people.changeMember(store.scope, person, member.id, next)
      return describe(await seenPerson(params.id, managed), managed)
    },
  )

  app.delete(
    '/api/accounts/:id/roles/:member',
    {
      config,
      schema: {
        summary: 'Take one role away',
        tags,
        params: MemberParams,
        response: { 204: Type.Null(), ...refusals },
      },
    },
    async ({ params, store }, reply) => {
      const { person, member } = await seenMember(params, store.scope.complexes)
      await needed(accounts).people.removeMembers(store.scope, person, [member.id])
      return reply.code(204).send(null)
    },
  )

  app.put(
    '/api/complexes/:id/policy',
    {
      config: { access: 'complex.openToPolicy' },
      schema: {
        summary: 'Whether policymakers see the sums of this complex',
        tags,
        params: IdParams,
        body: OpenToPolicySchema,
        response: { 200: OpenToPolicySchema, ...refusals },
      },
    },
    async ({ params, body, store }) => {
      if (!(await store.complexes.get(params.id))) throw notFound('complex', params.id)
      await needed(accounts).people.setOpenToPolicy(store.scope, params.id, body.open)
      return body
    },
  )

  async function seenPerson(id: string, managed: Managed): Promise<Person> {
    const person = await needed(accounts).people.person({ id })
    if (!person || !isSeen(person, managed)) throw notFound('account', id)
    return person
  }

  async function seenMember({ id, member: memberId }: { id: string; member: string }, managed: Managed) {
    const person = await seenPerson(id, managed)
    const member = person.members.find((entry) => entry.id === memberId)
    if (!member || !mayGrant(managed, member.role, member.complex)) throw notFound('account', memberId)
    return { person, member }
  }
}

/** Roles that who asks may give are those they see. */
const isSeen = ({ members }: Person, managed: Managed): boolean =>
  managed === 'all' || members.some(({ role, complex }) => mayGrant(managed, role, complex))

const isOurs = ({ members }: Person, managed: Managed): boolean =>
  members.every(({ role, complex }) => mayGrant(managed, role, complex))

const describe = ({ id, email, name, active, members }: Person, managed: Managed): Account => ({
  id,
  email,
  name,
  active,
  members: members.filter(({ role, complex }) => mayGrant(managed, role, complex)),
})
