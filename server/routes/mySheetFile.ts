/** The route sheets of a carrier on paper: of the rounds that were dispatched to it, and of no other. */
import { Type } from 'typebox'
import { dispatchedTo } from '../dispatch.ts'
import { localeOf, notFound } from '../errors.ts'
import { startThread } from '../jobs/thread.ts'
import { SHEET_COPIES } from '../reports/report.ts'
import { FileLanguage, fileHeaders, readPlanPapers, roadsFor } from './planPapers.ts'
import { planWithProblem } from './plans.ts'
import { type App, FileSchema, IdParams, IdSchema, refusals, type Service } from './service.ts'

const FileQuery = Type.Object({
  lang: FileLanguage,
  copy: Type.Optional(Type.Enum(SHEET_COPIES, { description: 'carrier is with the fare. Default: driver' })),
  route: Type.Optional(Type.String({ ...IdSchema, description: 'only this round' })),
})

export function mySheetFileRoutes(app: App, service: Service): void {
  app.get(
    '/api/my/sheets/:id/file',
    {
      config: { access: 'my.sheets' },
      schema: {
        summary: 'The route sheets of a confirmed plan as PDF, of the rounds that were dispatched to the own carrier',
        tags: ['own'],
        params: IdParams,
        querystring: FileQuery,
        response: { 200: FileSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const { params, query, headers, store, members } = request
      const { record, problem } = await planWithProblem(store, params.id)
      // a draft, the plan of another complex and the rounds of another carrier are not there
      const carriers = members.filter(({ complex }) => complex === record.complex && record.state === 'confirmed')
      const data = (await store.complexes.get(record.complex))?.data ?? {}
      const stored = await store.dispatches.of(params.id)
      const only = carriers
        .flatMap(({ carrier }) => dispatchedTo(data, record.plan, stored, carrier))
        .map(({ route }) => route)
        .filter((route) => query.route === undefined || route === query.route)
      if (only.length === 0) throw notFound(query.route === undefined ? 'plan' : 'planRoute', query.route ?? params.id)
      const locale = query.lang ?? localeOf(headers['accept-language'])
      const papers = {
        travel: await service.travelOf(problem, undefined, record.plan.provenance),
        ...(await readPlanPapers(service, request, record, true)),
        ...(await roadsFor(service, 'pdf', record, problem)),
        ...(query.copy !== undefined && { copy: query.copy }),
        only,
      }
      const task = { kind: 'report', format: 'pdf', plan: record.plan, problem, locale, papers } as const
      const bytes = await startThread(task).outcome
      reply.headers(fileHeaders('pdf', problem, locale, query.copy))
      return reply.send(Buffer.from(bytes))
    },
  )
}
