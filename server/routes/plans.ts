import { Type } from 'typebox'
import { footprintOf, type Plan, type Problem } from '../../solver/index.ts'
import {
  ComparisonSchema,
  FootprintAnswerSchema,
  type GeoJson,
  GeoJsonSchema,
  GuideSchema,
  PlanFileSchema,
  PlanSummarySchema,
  pageSchema,
  ShipmentExplanationSchema,
  SplitSchema,
  StoredPlanSchema,
} from '../api.ts'
import { localeOf, notFound } from '../errors.ts'
import { renderGeoJson } from '../reports/geojson.ts'
import { guideOf, roundsOf } from '../reports/guide.ts'
import { renderPlanFile } from '../reports/planFile.ts'
import { simplifyFor } from '../reports/simplify.ts'
import { sourcesOf } from '../reports/sources.ts'
import type { Nouns, PlanRecord } from '../store/store.ts'
import { versionTag } from './etag.ts'
import { type App, IdParams, IdSchema, PageQuery, readPage, refusals, type Service } from './service.ts'

export const RouteParams = Type.Object({ ...IdParams.properties, route: IdSchema })
const ShipmentParams = Type.Object({ ...IdParams.properties, shipment: IdSchema })

const SplitQuery = Type.Object({ methods: Type.Optional(Type.Enum(['quick', 'all'], { default: 'all' })) })

const DrawingQuery = Type.Object({
  zoom: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 22,
      description: 'of the map; lines have what it can show. Default: everything',
    }),
  ),
})

export function planRoutes(app: App, service: Service): void {
  const { compareStored, explainStored, splitStored, travelOf, legsOf, provider } = service

  app.get(
    '/api/plans',
    {
      config: { access: 'plan.read' },
      schema: {
        summary: 'All plans, in short, the one changed last first',
        tags: ['plans'],
        querystring: Type.Object({ ...PageQuery.properties, problem: Type.Optional(IdSchema) }),
        response: { 200: pageSchema(PlanSummarySchema), ...refusals },
      },
    },
    async ({ store, query }) => await store.plans.list({ ...readPage(query), problem: query.problem }),
  )

  app.get(
    '/api/plans/:id',
    {
      config: { access: 'plan.read' },
      schema: {
        summary: 'One plan',
        tags: ['plans'],
        params: IdParams,
        response: { 200: StoredPlanSchema, ...refusals },
      },
    },
    async ({ params, store }, reply) => {
      const record = await store.plans.get(params.id)
      if (!record) throw notFound('plan', params.id)
      reply.header('etag', versionTag(record.version))
      return record
    },
  )

  // by the plan as the store remembers it: its ways take milliseconds to find
  const drawn = new WeakMap<Plan, GeoJson>()
  app.get(
    '/api/plans/:id/geojson',
    {
      config: { access: 'plan.read' },
      schema: {
        summary: 'Its routes for a map',
        tags: ['plans'],
        params: IdParams,
        querystring: DrawingQuery,
        response: { 200: GeoJsonSchema, ...refusals },
      },
    },
    async ({ params, query, store }) => {
      const { record, problem } = await planWithProblem(store, params.id)
      const { plan } = record
      const whole = drawn.get(plan) ?? renderGeoJson(plan, problem, await legsOf(plan, problem))
      drawn.set(plan, whole)
      return query.zoom === undefined ? whole : simplifyFor(query.zoom, whole)
    },
  )

  app.get(
    '/api/plans/:id/routes/:route/guide',
    {
      config: { access: 'plan.read' },
      schema: {
        summary: 'How to drive one of its routes: legs, and turns in words where the roads know streets',
        tags: ['plans'],
        params: RouteParams,
        response: { 200: GuideSchema, ...refusals },
      },
    },
    async ({ params, headers, store }) => {
      const { record, problem } = await planWithProblem(store, params.id)
      const route = roundsOf(record.plan).find(({ id }) => id === params.route)
      const guide = route && (await guideOf(route, problem, provider, localeOf(headers['accept-language'])))
      if (!guide) throw notFound('planRoute', params.route)
      return guide
    },
  )

  app.get(
    '/api/plans/:id/comparison',
    {
      config: { access: 'plan.read' },
      schema: {
        summary: 'Its cost against the baselines; may take some seconds the first time',
        tags: ['plans'],
        params: IdParams,
        response: { 200: ComparisonSchema, ...refusals },
      },
    },
    async ({ params, store }) => await compareStored(store, params.id),
  )

  app.get(
    '/api/plans/:id/footprint',
    {
      config: { access: 'plan.read' },
      schema: {
        summary:
          'Its fuel and CO2, by route, shipment and mode, and where each figure of money, fuel and CO2 comes from',
        tags: ['plans'],
        params: IdParams,
        response: { 200: FootprintAnswerSchema, ...refusals },
      },
    },
    async ({ params, store }) => {
      const { record, problem } = await planWithProblem(store, params.id)
      const travel = await travelOf(problem, undefined, record.plan.provenance)
      const footprint = footprintOf(problem, travel, record.plan)
      return { version: record.version, ...footprint, sources: sourcesOf(problem, travel) }
    },
  )

  app.get(
    '/api/plans/:id/explain/:shipment',
    {
      config: { access: 'plan.read' },
      schema: {
        summary:
          'Why a shipment goes as it goes, and what every other way would cost; of each part of one that was split',
        tags: ['plans'],
        params: ShipmentParams,
        response: { 200: Type.Array(ShipmentExplanationSchema), ...refusals },
      },
    },
    async ({ params, store }) => await explainStored(store, params.id, params.shipment),
  )

  app.get(
    '/api/plans/:id/split',
    {
      config: { access: 'plan.read' },
      schema: {
        summary:
          'Who pays what of it, by every method that the number of firms allows; dual prices are proved where the plan has a certificate. Takes half a minute the first time, minutes with 7 to 12 firms unless only the quick methods are asked for',
        tags: ['plans'],
        params: IdParams,
        querystring: SplitQuery,
        response: { 200: Type.Array(SplitSchema), ...refusals },
      },
    },
    async ({ params, query, store }) => await splitStored(store, params.id, query.methods === 'quick'),
  )

  app.get(
    '/api/plans/:id/file',
    {
      config: { access: 'plan.read' },
      schema: {
        summary: 'The plan as one file that `milkrun check` can check again, offline',
        tags: ['plans'],
        params: IdParams,
        response: { 200: PlanFileSchema, ...refusals },
      },
    },
    async ({ params, store }, reply) => {
      const { record, problem } = await planWithProblem(store, params.id)
      const { plan, certificate } = record
      const fileName = `milkrun-${problem.startsAt.slice(0, 10)}-${params.id}.json`
      reply.header('content-disposition', `attachment; filename="${fileName}"`).type('application/json; charset=utf-8')
      // as text, so that the bytes are those the command line writes
      return reply.send(
        renderPlanFile(plan, problem, await travelOf(problem, undefined, plan.provenance), certificate) as never,
      )
    },
  )
}

export async function planWithProblem(store: Nouns, id: string): Promise<{ record: PlanRecord; problem: Problem }> {
  const record = await store.plans.get(id)
  const stored = record && (await store.problems.get(record.problem))
  if (!record || !stored) throw notFound('plan', id)
  return { record, problem: stored.problem }
}
