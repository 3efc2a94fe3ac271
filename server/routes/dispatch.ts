/** Who drives which round of a confirmed plan, as its coordinator sees to it: offers, what came back, and other trucks that carriers propose. */
import type { Locale } from '../../solver/index.ts'
import {
  DispatchesSchema,
  DispatchSchema,
  JudgedProposalSchema,
  PutDispatchSchema,
  TakenSchema,
  TakeSchema,
} from '../api.ts'
import { localeOf, Refusal } from '../errors.ts'
import { dispatchChanged } from '../store/dispatches.ts'
import { changedMeanwhile, wrongState } from '../store/plans.ts'
import { dispatchFaults, refuseDispatch, standingFaults } from './dispatchFaults.ts'
import { changing, dispatching, roundIn, type Standing, saidOf, toKeep } from './dispatching.ts'
import { expectedVersion, versionTag } from './etag.ts'
import { RouteParams } from './plans.ts'
import { assertFits, judgeTruck, takeTruck } from './proposals.ts'
import { type App, IdParams, refusals, type Service } from './service.ts'

export function dispatchRoutes(app: App, service: Service): void {
  const tags = ['plans']

  app.get(
    '/api/plans/:id/dispatch',
    {
      config: { access: 'plan.read' },
      schema: {
        summary:
          'Who drives which round: carrier, truck, driver, and what the carrier has said; carriers of the complex',
        tags,
        params: IdParams,
        response: { 200: DispatchesSchema, ...refusals },
      },
    },
    async ({ params, headers, store }) =>
      answerOf(await dispatching(store, params.id), localeOf(headers['accept-language'])),
  )

  app.put(
    '/api/plans/:id/dispatch/:route',
    {
      config: { access: 'plan.confirm' },
      schema: {
        summary:
          'Say who drives a round of a confirmed plan. All that holds from now on: what is left out is gone. 422 tells everything that is wrong; 412: it has changed since that version',
        tags,
        params: RouteParams,
        body: PutDispatchSchema,
        response: { 200: DispatchSchema, ...refusals },
      },
    },
    async ({ params, body, headers, store }) => {
      const { version, ...said } = body
      return await changing(store, params.id, async (nouns, standing) => {
        const round = roundIn(standing.record, params.route)
        refuseDispatch(dispatchFaults(standing, round, said, localeOf(headers['accept-language'])))
        return await nouns.dispatches.put(params.id, params.route, version, toKeep(standing, round, said))
      })
    },
  )

  app.post(
    '/api/plans/:id/dispatch/offer',
    {
      config: { access: 'plan.confirm' },
      schema: {
        summary: 'Offer every round that nobody was asked for yet to its carrier; what has no carrier stays as it is',
        tags,
        params: IdParams,
        response: { 200: DispatchesSchema, ...refusals },
      },
    },
    async ({ params, headers, store }) => {
      await changing(store, params.id, async (nouns, standing) => {
        for (const { route, version, ...said } of standing.all)
          if (said.state === 'open' && said.carrier !== undefined)
            await nouns.dispatches.put(params.id, route, version, { ...said, state: 'offered' })
      })
      return answerOf(await dispatching(store, params.id), localeOf(headers['accept-language']))
    },
  )

  app.get(
    '/api/plans/:id/dispatch/:route/proposal',
    {
      config: { access: 'plan.read' },
      schema: {
        summary: 'What the other truck that the carrier of a round proposes would mean for the plan as it is now',
        tags,
        params: RouteParams,
        response: { 200: JudgedProposalSchema, ...refusals },
      },
    },
    async ({ params, headers, store }) => {
      const standing = await dispatching(store, params.id)
      const { proposal } = saidOf(standing, params.route)
      if (!proposal) throw noProposal()
      const { told } = await judgeTruck(service, store, standing.record, params.route, proposal.vehicle, {
        locale: localeOf(headers['accept-language']),
      })
      return told
    },
  )

  app.post(
    '/api/plans/:id/dispatch/:route/take',
    {
      config: { access: 'plan.confirm' },
      schema: {
        summary:
          'Take the truck that the carrier proposes: checked and priced once more, then the plan is revised by it and confirmed, and keeps who drives what. If-Match names the version of the plan',
        tags,
        params: RouteParams,
        body: TakeSchema,
        response: { 200: TakenSchema, ...refusals },
      },
    },
    async ({ params, body, headers, store }, reply) => {
      const planVersion = expectedVersion({ headers })
      const locale = localeOf(headers['accept-language'])
      const standing = await dispatching(store, params.id)
      const { record } = standing
      if (record.version !== planVersion) throw changedMeanwhile(record)
      if (record.state !== 'confirmed') throw wrongState(record.state)
      const said = saidOf(standing, params.route)
      if (said.version !== body.version) throw dispatchChanged()
      if (!said.proposal) throw noProposal()
      if ((await store.actuals.list(params.id)).length > 0) throw underWay()
      const judged = await judgeTruck(service, store, record, params.route, said.proposal.vehicle, { locale })
      assertFits(judged.told)
      const taken = await takeTruck(service, store, standing, judged, said, locale)
      reply.header('etag', versionTag(taken.version))
      return taken
    },
  )
}

const answerOf = (standing: Standing, locale: Locale) => ({
  items: [...standing.all],
  carriers: [...standing.carriers],
  faults: standingFaults(standing, locale),
})

const noProposal = (): Refusal =>
  new Refusal(409, 'dispatch.noProposal', {
    ko: '이 노선에는 제안된 차량이 없습니다. 운송사가 제안을 거두었거나 그 사이 정리되었습니다.',
    en: 'No other truck is proposed for this route: the proposal was taken back or settled meanwhile.',
  })

const underWay = (): Refusal =>
  new Refusal(409, 'dispatch.underWay', {
    ko: '실적이 적힌 날은 차량을 이렇게 바꾸지 않습니다. 남은 일을 다시 짜세요.',
    en: 'Trucks of this day have begun, so it is not revised like this. Plan the rest of the day anew.',
  })
