/** The links that a coordinator gives to drivers: one for each round of a confirmed plan. */

import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { DAY_S, type Plan, type Problem } from '../../solver/index.ts'
import { type DriverLink, type DriverLinks, DriverLinksSchema, NewLinksSchema } from '../api.ts'
import { MOST_TRIES } from '../drive/door.ts'
import { linkUrl } from '../drive/link.ts'
import { sameRound } from '../drive/standing.ts'
import { notFound, Refusal } from '../errors.ts'
import { isLoopback } from '../loopback.ts'
import { roundsOf } from '../reports/guide.ts'
import type { LinkRecord, Nouns, PlanRecord } from '../store/store.ts'
import { planWithProblem } from './plans.ts'
import { type App, IdParams, IdSchema, refusals, type Service } from './service.ts'

/** After the last day of the plan: trucks come home late, and papers are looked at in the evening. */
const AFTER_S = 12 * 3600

const LinkParams = Type.Object({ ...IdParams.properties, link: IdSchema })

export function linkRoutes(app: App, { linkSecret, publicUrl }: Service): void {
  const listed = async (store: Nouns, plan: string, request: FastifyRequest): Promise<DriverLinks> => {
    const base = publicUrl ?? `${request.protocol}://${request.host}`
    const reachable = URL.canParse(base) && !isLoopback(new URL(base).hostname)
    const { record } = await planWithProblem(store, plan)
    const order = roundsOf(record.plan).map(({ id }) => id)
    const items = (await store.links.of(plan)).sort((a, b) => order.indexOf(a.route) - order.indexOf(b.route))
    return { base, reachable, items: items.map((link) => describeLink(link, linkUrl(base, linkSecret, link.id))) }
  }

  app.get(
    '/api/plans/:id/links',
    {
      config: { access: 'link.manage' },
      schema: {
        summary: 'The links to the rounds of a plan, who has opened them and when',
        tags: ['drive'],
        params: IdParams,
        response: { 200: DriverLinksSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const { params, store } = request
      reply.header('cache-control', 'private, no-store')
      return await listed(store, params.id, request)
    },
  )

  app.post(
    '/api/plans/:id/links',
    {
      config: { access: 'link.manage' },
      schema: {
        summary: 'A link for each round of a confirmed plan. A round that has one keeps it, also from the plan before',
        tags: ['drive'],
        params: IdParams,
        body: NewLinksSchema,
        response: { 200: DriverLinksSchema, ...refusals },
      },
    },
    async (request) => {
      const { params, body, store } = request
      const { record, problem } = await planWithProblem(store, params.id)
      if (record.state !== 'confirmed') throw notConfirmed()
      await giveLinks(store, record, problem, body.routes)
      return await listed(store, params.id, request)
    },
  )

  app.delete(
    '/api/plans/:id/links/:link',
    {
      config: { access: 'link.manage' },
      schema: {
        summary: 'Close a link for good: whoever has it sees nothing any more',
        tags: ['drive'],
        params: LinkParams,
        response: { 200: DriverLinksSchema, ...refusals },
      },
    },
    async (request) => await changed(request, async (store, id) => await store.links.revoke(id)),
  )

  app.post(
    '/api/plans/:id/links/:link/renew',
    {
      config: { access: 'link.manage' },
      schema: {
        summary: 'Give a link twelve hours more, from now or from the end of the day of its plan',
        tags: ['drive'],
        params: LinkParams,
        response: { 200: DriverLinksSchema, ...refusals },
      },
    },
    async (request) =>
      await changed(request, async (store, id, { plan, problem }) => {
        const later = Math.max(expiryOf(plan, problem).getTime(), Date.now() + AFTER_S * 1000)
        return await store.links.renew(id, new Date(later))
      }),
  )

  app.post(
    '/api/plans/:id/links/:link/release',
    {
      config: { access: 'link.manage' },
      schema: {
        summary: 'Let go of the phones that a link belongs to: the next one that opens it is its own',
        tags: ['drive'],
        params: LinkParams,
        response: { 200: DriverLinksSchema, ...refusals },
      },
    },
    async (request) => await changed(request, async (store, id) => await store.links.release(id)),
  )

  async function changed(
    request: FastifyRequest<{ Params: { id: string; link: string } }>,
    change: (store: Nouns, id: string, of: { plan: Plan; problem: Problem }) => Promise<LinkRecord>,
  ): Promise<DriverLinks> {
    const { params, store } = request
    const { record, problem } = await planWithProblem(store, params.id)
    const link = await store.links.get(params.link)
    if (!link?.plans.includes(params.id)) throw notFound('link', params.link)
    await change(store, link.id, { plan: record.plan, problem })
    return await listed(store, params.id, request)
  }
}

/** One living link a round; one that the round had in the plan before goes on to this one. */
async function giveLinks(
  store: Nouns,
  record: PlanRecord,
  problem: Problem,
  named: readonly string[] | undefined,
): Promise<void> {
  const { id, complex, plan } = record
  const rounds = roundsOf(plan).filter((round) => named?.includes(round.id) ?? true)
  const missing = named?.find((route) => !rounds.some((round) => round.id === route))
  if (missing !== undefined) throw notFound('planRoute', missing)
  await store.once(complex, undefined, async (nouns) => {
    // two that ask at the same time: the second finds the links of the first
    await nouns.complexes.hold(complex)
    const living = await nouns.links.living(complex)
    const before = await beforeOf(nouns, record)
    for (const round of rounds) {
      const own = living.filter((link) => sameRound({ ...plan, routes: [round], direct: [] }, link))
      if (own.some((link) => link.plan === id)) continue
      const older = own.find((link) => before.has(link.plan))
      if (older) await nouns.links.goOn(older.id, id)
      else await nouns.links.add(id, { route: round.id, vehicle: round.vehicle }, expiryOf(plan, problem))
    }
  })
}

/** Plans of the same day that this one has taken the place of. */
async function beforeOf(store: Nouns, { id, problem }: PlanRecord): Promise<ReadonlySet<string>> {
  const { items } = await store.plans.list({ problem, limit: 500 })
  const replaced = await store.disturbances.get(problem)
  const siblings = replaced && (await store.plans.get(replaced.plan))
  const others = siblings ? (await store.plans.list({ problem: siblings.problem, limit: 500 })).items : []
  return new Set(
    [...items, ...others].flatMap((plan) => (plan.state === 'withdrawn' && plan.id !== id ? [plan.id] : [])),
  )
}

/** Twelve hours after the day on which its last truck is back. */
function expiryOf(plan: Plan, { startsAt, days = 1 }: Problem): Date {
  const lastS = Math.max(days * DAY_S, ...roundsOf(plan).map(({ returnS }) => returnS))
  return new Date(Date.parse(startsAt) + 1000 * (Math.ceil(lastS / DAY_S) * DAY_S + AFTER_S))
}

const describeLink = (link: LinkRecord, url: string): DriverLink => ({
  id: link.id,
  route: link.route,
  vehicle: link.vehicle,
  state: link.revokedAt ? 'revoked' : link.expiresAt <= new Date() ? 'expired' : 'living',
  url,
  expiresAt: link.expiresAt.toISOString(),
  ...(link.openedAt && { openedAt: link.openedAt.toISOString() }),
  ...(link.seenAt && { seenAt: link.seenAt.toISOString() }),
  phones: link.phones.map(({ at, device }) => ({ at, device })),
  locked: link.tries >= MOST_TRIES,
  openings: [...link.openings],
})

const notConfirmed = (): Refusal =>
  new Refusal(409, 'plan.draft', {
    ko: '확정된 계획의 노선에만 기사 링크를 만듭니다. 먼저 확정하세요.',
    en: 'Links are made for the rounds of a confirmed plan. Confirm it first.',
  })
