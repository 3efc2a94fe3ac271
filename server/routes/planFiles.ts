/** Plans in and out as files. */
import { isDeepStrictEqual } from 'node:util'
import { Type } from 'typebox'
import { AdmittedPlanSchema } from '../api.ts'
import { localeOf, notFound, Refusal } from '../errors.ts'
import { admitInThread } from '../jobs/readFile.ts'
import { startThread } from '../jobs/thread.ts'
import { roundsOf } from '../reports/guide.ts'
import { REPORT_FORMATS, reportOf } from '../reports/index.ts'
import { splitPlanFile } from '../reports/planFile.ts'
import { SHEET_COPIES } from '../reports/report.ts'
import { newId } from '../store/ids.ts'
import { ProviderError } from '../travel/provider.ts'
import { FileLanguage, fileHeaders, mayHandOutLinks, readPlanPapers, roadsFor } from './planPapers.ts'
import { planWithProblem } from './plans.ts'
import {
  type App,
  ComplexOf,
  chooseComplex,
  FileSchema,
  IdParams,
  IdSchema,
  refusals,
  type Service,
} from './service.ts'

/** 1,000 sites with three travel tables are about 25 MB. */
const MAX_FILE_BYTES = 64 * 2 ** 20

const ExportQuery = Type.Object({
  format: Type.Enum(REPORT_FORMATS),
  split: Type.Optional(
    Type.Enum(['quick', 'all'], {
      description: 'with who pays what of it (json, xlsx); takes as long as /split. Default: without',
    }),
  ),
  lang: FileLanguage,
  copy: Type.Optional(
    Type.Enum(SHEET_COPIES, { description: 'of route sheets (pdf): carrier is with the fare. Default: driver' }),
  ),
  carrier: Type.Optional(
    Type.String({ ...IdSchema, description: 'only rounds of this carrier (pdf, gpx, dispatch.xlsx, dispatch.csv)' }),
  ),
  route: Type.Optional(Type.String({ ...IdSchema, description: 'only this round (the same formats)' })),
})

/** Registered as a plugin of its own: here JSON is bytes, which are read in a thread. */
export const planFileRoutes =
  (service: Service) =>
  async (app: App): Promise<void> => {
    const { travelOf, splitStored } = service
    app.removeContentTypeParser('application/json')
    app.addContentTypeParser(
      ['application/json', 'application/octet-stream'],
      { parseAs: 'buffer' },
      (_request, body, done) => done(null, body),
    )

    app.get(
      '/api/plans/:id/export',
      {
        config: { access: 'plan.read' },
        schema: {
          summary:
            'The plan as a file: a workbook, CSV of its shipments, the one-file plan, GeoJSON, GPX, the route sheets of its trucks as PDF, or the dispatch table of the day',
          tags: ['plans'],
          params: IdParams,
          querystring: ExportQuery,
          response: { 200: FileSchema, ...refusals },
        },
      },
      async (request, reply) => {
        const { params, query, headers, store } = request
        const { format, split, copy, carrier, route } = query
        const { record, problem } = await planWithProblem(store, params.id)
        const { plan, certificate } = record
        const locale = query.lang ?? localeOf(headers['accept-language'])
        const rounds = await readPlanPapers(service, request, record, mayHandOutLinks(request))
        const only = roundsOf(plan)
          .map(({ id }) => id)
          .filter((id) => route === undefined || id === route)
          .filter((id) => carrier === undefined || rounds.dispatch.get(id)?.carrier?.id === carrier)
        if (route !== undefined && only.length === 0) throw notFound('planRoute', route)
        const papers = {
          travel: await travelOf(problem, undefined, plan.provenance),
          certificate,
          ...rounds,
          ...(await roadsFor(service, format, record, problem)),
          ...(split !== undefined && { split: await splitStored(store, params.id, split === 'quick') }),
          ...(copy !== undefined && { copy }),
          ...((carrier ?? route) !== undefined && { only }),
        }
        // a hundred sheets are seconds of work
        const bytes =
          format === 'pdf'
            ? await startThread({ kind: 'report', format, plan, problem, locale, papers }).outcome
            : await reportOf(format).render(plan, problem, locale, papers)
        reply.headers(fileHeaders(format, problem, locale, copy))
        return reply.send(Buffer.from(bytes))
      },
    )

    app.post(
      '/api/plans/import',
      {
        bodyLimit: MAX_FILE_BYTES,
        config: { access: 'problem.add' },
        schema: {
          summary: 'Take in a one-file plan, once everything in it has been checked again; refused with every fault',
          tags: ['plans'],
          consumes: ['application/json', 'application/octet-stream'],
          querystring: Type.Object({ complex: ComplexOf }),
          response: { 201: AdmittedPlanSchema, ...refusals },
        },
      },
      async (request, reply) => {
        const { body, store } = request
        const complex = await chooseComplex(store, request.query.complex)
        if (!(body instanceof Uint8Array) || body.length === 0) {
          throw new Refusal(400, 'planFile.none', {
            ko: '파일이 없습니다. 계획 파일(JSON)을 요청의 본문으로 보내세요.',
            en: 'There is no file. Send the plan file (JSON) as the body of the request.',
          })
        }
        const { file, holds, issues } = await admitInThread(body, localeOf(request.headers['accept-language']))
        if (!file) {
          throw new Refusal(
            422,
            'planFile.faults',
            {
              ko: `계획 파일을 받을 수 없습니다. 확인에 어긋난 곳이 ${issues.length}개 있습니다.`,
              en: `The plan file is refused: ${issues.length} ${issues.length === 1 ? 'check has' : 'checks have'} failed.`,
            },
            issues,
          )
        }
        const { plan, problem, papers } = splitPlanFile(file)
        const id = newId()
        const { certificate, travel } = papers
        // figures that are not those of our roads stay with the problem
        const ours = await travelOf(problem, undefined, plan.provenance).catch((error: unknown) => {
          if (error instanceof ProviderError) return undefined
          throw error
        })
        const stored = await store.problems.add(
          complex,
          isDeepStrictEqual(ours, travel) ? problem : { ...problem, travel },
        )
        await store.plans.put({ id, problem: stored, plan, ...(certificate && { certificate }) })
        reply.code(201)
        return { plan: id, problem: stored, certificate: holds ?? ('none' as const), warnings: [...issues] }
      },
    )
  }
