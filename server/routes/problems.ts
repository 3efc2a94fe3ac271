import { Type } from 'typebox'
import { findIssues, type Problem } from '../../solver/index.ts'
import { CreatedProblemSchema, ListedShipmentSchema, ProblemSchema, ProblemSummarySchema, pageSchema } from '../api.ts'
import { localeOf, lostSites, notFound, unprocessable } from '../errors.ts'
import { knownOutside } from '../travel/travelOf.ts'
import {
  type App,
  ComplexOf,
  chooseComplex,
  IdParams,
  IdSchema,
  KeyHeaders,
  keyOf,
  PageQuery,
  readPage,
  refusals,
  type Service,
} from './service.ts'

/** 1,000 sites with three travel tables are about 25 MB. */
const MAX_PROBLEM_BYTES = 32 * 2 ** 20

export function problemRoutes(app: App, { provider }: Service): void {
  app.get(
    '/api/problems',
    {
      config: { access: 'problem.read' },
      schema: {
        summary: 'All problems, in short',
        tags: ['problems'],
        querystring: PageQuery,
        response: { 200: pageSchema(ProblemSummarySchema), ...refusals },
      },
    },
    async ({ store, query }) => await store.problems.list(readPage(query)),
  )

  app.get(
    '/api/problems/:id',
    {
      config: { access: 'problem.read' },
      schema: {
        summary: 'One problem',
        tags: ['problems'],
        params: IdParams,
        response: { 200: ProblemSchema, ...refusals },
      },
    },
    async ({ params, store }, reply) => {
      const record = await store.problems.get(params.id)
      if (!record) throw notFound('problem', params.id)
      // a problem never changes
      reply.header('etag', `"${record.id}"`)
      return record.problem
    },
  )

  app.get(
    '/api/shipments',
    {
      config: { access: 'problem.read' },
      schema: {
        summary: 'The shipments of all problems, newest problem first',
        tags: ['problems'],
        querystring: Type.Object({
          ...PageQuery.properties,
          firm: Type.Optional(IdSchema),
          problem: Type.Optional(IdSchema),
        }),
        response: { 200: pageSchema(ListedShipmentSchema), ...refusals },
      },
    },
    async ({ store, query }) => await store.shipments.list({ ...query, ...readPage(query) }),
  )

  app.post(
    '/api/problems',
    {
      bodyLimit: MAX_PROBLEM_BYTES,
      config: { access: 'problem.add', ownFaults: true },
      schema: {
        summary: 'Add a problem; 422 lists every fault in the language of Accept-Language',
        tags: ['problems'],
        headers: KeyHeaders,
        querystring: Type.Object({ complex: ComplexOf }),
        body: ProblemSchema,
        response: { 201: CreatedProblemSchema, ...refusals },
      },
      // the schema is for readers of the contract: findIssues holds the body against it and more, with remedies
      validatorCompiler: () => () => true,
    },
    async (request, reply) => {
      const locale = localeOf(request.headers['accept-language'])
      const issues = findIssues(request.body, locale)
      if (issues.some(({ severity }) => severity === 'error')) throw unprocessable(issues)
      const problem = request.body as Problem
      const lost = problem.travel ? [] : knownOutside(provider, problem.sites)
      const warnings = [...issues, ...lostSites(lost, { sites: problem.sites.length, provider }, locale)]
      const complex = await chooseComplex(request.store, request.query.complex)
      const created = await request.store.once(complex, keyOf(request, request.body), async (nouns) => ({
        id: await nouns.problems.add(complex, problem),
        warnings,
      }))
      return reply.code(201).header('location', `/api/problems/${created.id}`).send(created)
    },
  )
}
