/** Keys of machines: for some acts in some complexes, shown once, taken back at any time. */
import { Type } from 'typebox'
import { type ApiKey, KeySchema, NewKeySchema } from '../api.ts'
import { notFound } from '../errors.ts'
import type { KeyRecord } from '../store/keys.ts'
import { mayNot } from './guard.ts'
import { type App, IdParams, refusals, type Service } from './service.ts'
import { accountsOff, needed } from './session.ts'

const DEFAULT_DAYS = 365

export function keyRoutes(app: App, { accounts }: Service): void {
  const config = { access: 'key.manage' } as const
  const tags = ['accounts']

  app.get(
    '/api/keys',
    {
      config,
      schema: {
        summary: 'Keys of machines, newest first, the revoked ones too',
        tags,
        response: { 200: Type.Array(KeySchema), ...refusals },
      },
    },
    async ({ store: { scope } }) =>
      (await needed(accounts).keys.list(scope.complexes)).map((key) => describe(key, scope.complexes)),
  )

  app.post(
    '/api/keys',
    {
      config,
      schema: {
        summary: 'A new key, shown in this answer and never again',
        tags,
        body: NewKeySchema,
        response: { 201: KeySchema, ...refusals },
      },
    },
    async ({ body, store, principal }, reply) => {
      if (principal.kind !== 'person') throw accountsOff()
      const { name, days = DEFAULT_DAYS } = body
      const known = (await store.complexes.list()).map(({ data }) => data.complex.id)
      const complexes = [...new Set(body.complexes)]
      const strange = complexes.find((id) => !known.includes(id))
      if (strange !== undefined) throw notFound('complex', strange)
      const expiresAt = new Date(Date.now() + days * 86_400_000)
      const scopes = [...new Set(body.scopes)]
      const made = await needed(accounts).addKey(store.scope, principal.id, { name, scopes, complexes, expiresAt })
      return reply.code(201).send({ ...describe(made, 'all'), key: made.key })
    },
  )

  app.delete(
    '/api/keys/:id',
    {
      config,
      schema: { summary: 'Revoke a key', tags, params: IdParams, response: { 204: Type.Null(), ...refusals } },
    },
    async ({ params, store }, reply) => {
      const managed = store.scope.complexes
      const key = (await needed(accounts).keys.list(managed)).find(({ id }) => id === params.id)
      if (!key) throw notFound('key', params.id)
      // one that works for other complexes too is the administrator's
      if (managed !== 'all' && !key.complexes.every((id) => managed.includes(id))) throw mayNot()
      await needed(accounts).keys.revoke(store.scope, params.id)
      return reply.code(204).send(null)
    },
  )
}

const describe = ({ scopes, complexes, ...key }: KeyRecord, managed: 'all' | readonly string[]): ApiKey => ({
  id: key.id,
  name: key.name,
  scopes: [...scopes],
  complexes: complexes.filter((id) => managed === 'all' || managed.includes(id)),
  madeBy: key.madeBy,
  createdAt: key.createdAt,
  expiresAt: key.expiresAt,
  lastUsedAt: key.lastUsedAt,
  revokedAt: key.revokedAt,
})
