/** What a carrier sees: the rounds that were dispatched to it, how to drive them, and what it says of them. */
import { Type } from 'typebox'
import type { Issue, Locale, Plan } from '../../solver/index.ts'
import type { Member } from '../access.ts'
import {
  type Answer,
  AnswerSchema,
  type Dispatch,
  DispatchSchema,
  GuideSchema,
  JudgedTruckSchema,
  JudgeTruckSchema,
  MyCarrierSchema,
  pageSchema,
  SheetSchema,
} from '../api.ts'
import { dispatchedTo, hasVehicle, isToldTo } from '../dispatch.ts'
import { localeOf, notFound } from '../errors.ts'
import { guideOf } from '../reports/guide.ts'
import { renderSheets } from '../reports/routeSheets.ts'
import type { PlanRecord } from '../store/store.ts'
import { ProviderError } from '../travel/provider.ts'
import { dispatchFaults, refuseDispatch } from './dispatchFaults.ts'
import { changing, dispatching, roundIn, type Standing, toKeep } from './dispatching.ts'
import { choose, openDocuments, Whose } from './mine.ts'
import { RouteParams } from './plans.ts'
import { assertFits, judgeTruck } from './proposals.ts'
import { type App, PageQuery, readPage, refusals, type Service } from './service.ts'

export function mySheetRoutes(app: App, service: Service): void {
  const { provider, travelOf } = service
  const config = { access: 'my.sheets' } as const
  const tags = ['own']

  app.get(
    '/api/my/sheets',
    {
      config,
      schema: {
        summary:
          'Rounds of confirmed plans that were dispatched to the own carrier, newest day first; a page is of plans',
        tags,
        querystring: Type.Object({ ...PageQuery.properties, ...Whose }),
        response: { 200: pageSchema(SheetSchema), ...refusals },
      },
    },
    async ({ members, query, store }) => {
      const { complex, carrier } = choose(members, query)
      const { items, next } = await store.views.confirmed({ complex, ...readPage(query) })
      const data = (await store.complexes.get(complex))?.data ?? {}
      const documents = openDocuments(store)
      // a sheet without its litres is better than none
      const roadsOf = async (problem: string, { provenance }: Plan) =>
        await travelOf(await documents.problem(problem), undefined, provenance).catch((error: unknown) => {
          if (error instanceof ProviderError) return undefined
          throw error
        })
      const sheets = await Promise.all(
        items.map(async ({ id, problem }) => {
          const plan = await documents.plan(id)
          const own = dispatchedTo(data, plan, await store.dispatches.of(id), carrier)
          if (own.length === 0) return []
          return renderSheets(plan, await documents.problem(problem), id, own, await roadsOf(problem, plan))
        }),
      )
      return { items: sheets.flat(), ...(next !== undefined && { next }) }
    },
  )

  app.get(
    '/api/my/sheets/:id/:route/guide',
    {
      config,
      schema: {
        summary: 'How to drive a round of the own carrier: legs, and turns in words where the roads know streets',
        tags,
        params: RouteParams,
        response: { 200: GuideSchema, ...refusals },
      },
    },
    async ({ members, params, headers, store }) => {
      const { record } = ownRound(await dispatching(store, params.id), members, params.route)
      const problem = await openDocuments(store).problem(record.problem)
      const guide = await guideOf(
        roundIn(record, params.route),
        problem,
        provider,
        localeOf(headers['accept-language']),
      )
      if (!guide) throw notFound('planRoute', params.route)
      return guide
    },
  )

  app.get(
    '/api/my/carrier',
    {
      config,
      schema: {
        summary: 'The own carrier as the complex knows it: its trucks and their drivers',
        tags,
        querystring: Type.Object(Whose),
        response: { 200: MyCarrierSchema, ...refusals },
      },
    },
    async ({ members, query, store }) => {
      const { complex, carrier } = choose(members, query)
      const { carriers = [], fleet = [] } = (await store.complexes.get(complex))?.data ?? {}
      const own = carriers.find(({ id }) => id === carrier)
      if (!own) throw notFound('carrier', carrier ?? '')
      const vehicles = fleet.filter(({ id }) => hasVehicle(own, id)).map(({ id, name = id }) => ({ id, name }))
      return { carrier: own, vehicles }
    },
  )

  app.put(
    '/api/my/sheets/:id/:route',
    {
      config,
      schema: {
        summary:
          'What the own carrier says of a round: accepts it, with truck and driver, declines it with a reason, or proposes another truck, which has to fit',
        tags,
        params: RouteParams,
        body: AnswerSchema,
        response: { 200: DispatchSchema, ...refusals },
      },
    },
    async ({ members, params, body, headers, store }) => {
      const locale = localeOf(headers['accept-language'])
      const { version, ...answer } = body
      const { record, dispatch } = ownRound(await dispatching(store, params.id), members, params.route)
      const { proposal } = answer
      if (proposal && proposal.vehicle !== dispatch.proposal?.vehicle) {
        const { told } = await judgeTruck(service, store, record, params.route, proposal.vehicle, { locale })
        assertFits(told)
      }
      return await changing(store, params.id, async (nouns, standing) => {
        const { dispatch: before } = ownRound(standing, members, params.route)
        const round = roundIn(record, params.route)
        // what the coordinator has noted stays; why it was declined goes with that
        const noted = before.state !== 'declined' && before.note !== undefined ? { note: before.note } : {}
        const said = { carrier: before.carrier!, ...noted, ...answer }
        refuseDispatch([...dispatchFaults(standing, round, said, locale), ...reasonFaults(answer, locale)])
        return await nouns.dispatches.put(params.id, params.route, version, toKeep(standing, round, said))
      })
    },
  )

  app.post(
    '/api/my/sheets/:id/:route/judge',
    {
      config,
      schema: {
        summary: 'Whether another truck of the own carrier would do for a round, and what the round would pay',
        tags,
        params: RouteParams,
        body: JudgeTruckSchema,
        response: { 200: JudgedTruckSchema, ...refusals },
      },
    },
    async ({ members, params, body, headers, store }) => {
      const locale = localeOf(headers['accept-language'])
      const standing = await dispatching(store, params.id)
      const { record, dispatch } = ownRound(standing, members, params.route)
      const said = { carrier: dispatch.carrier!, state: dispatch.state, proposal: { vehicle: body.vehicle } }
      refuseDispatch(dispatchFaults(standing, roundIn(record, params.route), said, locale))
      const { told } = await judgeTruck(service, store, record, params.route, body.vehicle, { locale })
      // what it means for the whole plan is not the carrier's to know
      const { deltaKrw: _, deltaM: __, deltaS: ___, lines: ____, ...own } = told
      return own
    },
  )
}

function reasonFaults({ state, note }: Pick<Answer, 'state' | 'note'>, locale: Locale): Issue[] {
  if (state !== 'declined' || note?.trim()) return []
  const ko = locale === 'ko'
  return [
    {
      code: 'dispatch.noReason',
      severity: 'error',
      path: 'note',
      message: ko ? '거절하는 까닭이 없습니다.' : 'It does not say why it is declined.',
      remedy: ko ? '담당자가 읽을 까닭을 note 에 적으세요.' : 'Say in note why, for the coordinator to read.',
    },
  ]
}

/** A draft, the plan of another complex and the round of another carrier are not there. */
function ownRound(
  { record, all }: Standing,
  members: readonly Member[],
  route: string,
): { readonly record: PlanRecord; readonly dispatch: Dispatch } {
  const own = members.filter(({ complex }) => complex === record.complex)
  const dispatch = all.find((one) => one.route === route && own.some(({ carrier }) => isToldTo(carrier, one)))
  if (record.state !== 'confirmed' || !dispatch) throw notFound('planRoute', route)
  return { record, dispatch }
}
