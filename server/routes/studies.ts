/** Studies of policymakers and coordinators: submitted, watched, stopped; what each says so far. */
import { readdir, readFile } from 'node:fs/promises'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { findFormIssues, type Locale } from '../../solver/index.ts'
import { findStudyIssues, sourcesOf, summarisePickup, sumNational } from '../../study/index.ts'
import {
  pageSchema,
  type Study,
  type StudyAnswer,
  StudyAnswerSchema,
  StudyComplexesSchema,
  StudyEstimateRequestSchema,
  StudyEstimateSchema,
  StudyFitRequestSchema,
  StudyFitSchema,
  type StudyPart,
  StudyPresetsSchema,
  StudyRequestSchema,
  type StudyResult,
  StudyRunsSchema,
  StudySummarySchema,
} from '../api.ts'
import { localeOf, notFound, Refusal, unprocessable } from '../errors.ts'
import { runsOf } from '../jobs/studies.ts'
import { roadLines } from '../reports/sources.ts'
import { fingerprint, renderStudy, STUDY_REPORT_FORMATS, type StudiedComplex } from '../reports/study/index.ts'
import { contentDisposition, FILE_TYPES } from '../sheets/download.ts'
import type { NewStudy, Nouns, StudyPartRecord, StudyRecord } from '../store/store.ts'
import { type FitDay, fitOrders } from '../studies/fitOrders.ts'
import { demandOf } from '../studies/pickup.ts'
import { FileLanguage } from './planPapers.ts'
import {
  type App,
  FileSchema,
  IdParams,
  KeyHeaders,
  keyOf,
  PageQuery,
  readPage,
  refusals,
  type Service,
} from './service.ts'
import { complexesOf, dataOf, manages, partsOf, routedThrough, studiedComplexes } from './studyComplexes.ts'

/** The document is looked at by findStudyIssues. */
const StudyFrameSchema = Type.Object(
  { document: Type.Unknown(), workers: StudyEstimateRequestSchema.properties.workers },
  { additionalProperties: false },
)
const ReportQuery = Type.Object({
  lang: FileLanguage,
  format: Type.Optional(Type.Enum(STUDY_REPORT_FORMATS, { default: 'pdf' })),
})
/** A register of a thousand items with what is told of each. */
const MAX_STUDY_BYTES = 4 * 2 ** 20
const PRESETS = new URL('../../fixtures/studies/', import.meta.url)
/** The quickest first. */
const FIRST = 'gwangju-quick'

export function studyRoutes(app: App, { everybodys, studies, provider }: Service): void {
  /** Studies of complexes that one manages, and one's own: a policymaker sees no other's of a complex that opted in. */
  const seenBy = ({ principal, members, store }: FastifyRequest): Nouns => {
    if (principal.kind !== 'person' || members.some(({ role }) => role === 'administrator')) return store
    const complexes = members.flatMap(({ role, complex }) => (role === 'coordinator' && complex ? [complex] : []))
    return everybodys.as({ ...store.scope, complexes })
  }
  // findStudyIssues says more than the schema, with remedies
  const faultsOfItsOwn = {
    bodyLimit: MAX_STUDY_BYTES,
    config: { access: 'study.run', ownFaults: true },
    validatorCompiler: () => () => true,
  } as const
  const answersStudy = { tags: ['studies'], params: IdParams, response: { 200: StudySummarySchema, ...refusals } }

  app.post(
    '/api/studies',
    {
      ...faultsOfItsOwn,
      schema: {
        summary: 'Submit a study; what needs no draws is worked out at once',
        tags: ['studies'],
        headers: KeyHeaders,
        body: StudyRequestSchema,
        response: { 202: StudySummarySchema, ...refusals },
      },
    },
    async (request, reply) => {
      const locale = localeOf(request.headers['accept-language'])
      const { document } = readStudy(request.body, locale)
      const study = await prepare(request, document, locale)
      const key = keyOf(request, request.body)
      const summary = await seenBy(request).once(
        study.complex ?? request.store.scope.actor,
        key,
        async (nouns) => await nouns.studies.add(study, studies.queue),
      )
      return reply.code(202).header('location', `/api/studies/${summary.id}`).send(summary)
    },
  )

  app.post(
    '/api/studies/estimate',
    {
      ...faultsOfItsOwn,
      schema: {
        summary: 'What a study would take, estimated from some days that are tried out now; takes seconds',
        tags: ['studies'],
        body: StudyEstimateRequestSchema,
        response: { 200: StudyEstimateSchema, ...refusals },
      },
    },
    async (request) => {
      const locale = localeOf(request.headers['accept-language'])
      const { document, workers } = readStudy(request.body, locale)
      return await studies.estimate(document, await complexesOf(request, document), workers)
    },
  )

  app.post(
    '/api/studies/fit',
    {
      config: { access: 'study.run' },
      schema: {
        summary: 'Fit a demand model to the orders of days that are kept here, with how well it fits',
        tags: ['studies'],
        body: StudyFitRequestSchema,
        response: { 200: StudyFitSchema, ...refusals },
      },
    },
    async (request) => {
      const { complex, from = '', to = '9999' } = request.body
      const record = await request.store.complexes.get(complex)
      // who orders how often is a firm's own business: told to those who plan for it
      if (!record || !manages(request, complex)) throw notFound('complex', complex)
      const days: FitDay[] = []
      for (const { date, problem } of record.days) {
        const kept = from <= date && date <= to ? await request.store.problems.get(problem) : undefined
        if (kept) days.push({ date, problem: kept.problem })
      }
      return await fitOrders(record.data, days)
    },
  )

  app.get(
    '/api/studies/presets',
    {
      config: { access: 'study.read' },
      schema: {
        summary: 'Studies that come with the program, to begin with',
        tags: ['studies'],
        response: { 200: StudyPresetsSchema, ...refusals },
      },
    },
    async () => await readPresets(),
  )

  app.get(
    '/api/studies/complexes',
    {
      config: { access: 'study.read' },
      schema: {
        summary: 'Complexes of which days can be drawn, and those of which they cannot: they have no demand model',
        tags: ['studies'],
        response: { 200: StudyComplexesSchema, ...refusals },
      },
    },
    studiedComplexes,
  )

  app.get(
    '/api/studies',
    {
      config: { access: 'study.read' },
      schema: {
        summary: 'Studies, newest first',
        tags: ['studies'],
        querystring: PageQuery,
        response: { 200: pageSchema(StudySummarySchema), ...refusals },
      },
    },
    async (request) => await seenBy(request).studies.list(readPage(request.query)),
  )

  app.get(
    '/api/studies/:id',
    {
      config: { access: 'study.read' },
      schema: {
        summary: 'A study with what it says so far, and how unsure that is',
        tags: ['studies'],
        params: IdParams,
        response: { 200: StudyAnswerSchema, ...refusals },
      },
    },
    async (request): Promise<StudyAnswer> => {
      const nouns = seenBy(request)
      const record = await held(nouns, request.params.id)
      const { summary, version, document, data } = record
      const result = await resultOf(nouns, record)
      // what a pickup study rests on are the tariffs and the demand of its complex
      const sources = [...sourcesOf(document), ...sourcesOf(data, 'complex')]
      const parts = document.kind === 'national' ? await nouns.studies.parts(summary.id) : undefined
      return { ...summary, version, document, sources, result, ...(parts && { parts: parts.map(withoutDays) }) }
    },
  )

  app.get(
    '/api/studies/:id/runs',
    {
      config: { access: 'study.read' },
      schema: {
        summary:
          'Drawn days that are worked out, in the order of settings, seeds and days; of a national study, ask its parts',
        tags: ['studies'],
        params: IdParams,
        querystring: PageQuery,
        response: { 200: StudyRunsSchema, ...refusals },
      },
    },
    async (request) => {
      const nouns = seenBy(request)
      await held(nouns, request.params.id)
      return await nouns.studies.runs(request.params.id, readPage(request.query))
    },
  )

  app.get(
    '/api/studies/:id/report',
    {
      config: { access: 'study.read' },
      schema: {
        summary:
          'A study as paper or workbook: answer, charts, method, where every figure comes from, what a reviewer asks, and how to get it again',
        tags: ['studies'],
        params: IdParams,
        querystring: ReportQuery,
        response: { 200: FileSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const nouns = seenBy(request)
      const { params, query, headers } = request
      const record = await held(nouns, params.id)
      const { summary, version, document, data } = record
      const parts = document.kind === 'national' ? (await nouns.studies.parts(params.id)).map(withoutDays) : undefined
      // complexes that could not be worked out are told, too, where none of them could
      const result =
        (await resultOf(nouns, record)) ?? (parts?.some(({ state }) => state === 'failed') ? NO_COMPLEX : null)
      if (!result || (result.kind === 'pickup' && result.pickup.settings.length === 0)) throw noResult()
      const complexes = parts && (await studiedOf(nouns, parts))
      const locale = query.lang ?? localeOf(headers['accept-language'])
      const { format = 'pdf' } = query
      const { name, bytes } = await renderStudy(
        {
          study: document,
          result,
          runs: document.kind === 'pickup' ? (await nouns.studies.runs(params.id)).items : [],
          sources: [
            ...sourcesOf(document),
            ...sourcesOf(data, 'complex'),
            ...(complexes ?? []).flatMap(({ sources }) => sources),
          ],
          data: data && mayReadData(request, record) ? data : undefined,
          parts,
          complexes,
          roads: data || parts ? roadLines({ key: provider.name, estimated: provider.estimated })[0] : undefined,
          id: params.id,
          version,
          madeAt: summary.endedAt ?? summary.createdAt,
          done: summary.done,
          all: summary.all,
          state: summary.state,
          error: summary.why?.[locale] ?? summary.error,
          ownData: summary.data === 'store' || (document.kind === 'supply' && data !== null),
        },
        format,
        locale,
      )
      reply.header('content-disposition', contentDisposition(name)).type(FILE_TYPES[format])
      return reply.send(Buffer.from(bytes))
    },
  )

  app.post(
    '/api/studies/:id/stop',
    { config: { access: 'study.run' }, schema: { summary: 'Stop and keep what is worked out', ...answersStudy } },
    async (request) => await seenBy(request).studies.stop(request.params.id, studies.queue),
  )

  app.post(
    '/api/studies/:id/resume',
    {
      config: { access: 'study.run' },
      schema: { summary: 'Go on with a study that was stopped or has failed', ...answersStudy },
    },
    async (request) => await seenBy(request).studies.resume(request.params.id, studies.queue),
  )

  app.delete(
    '/api/studies/:id',
    {
      config: { access: 'study.run' },
      schema: {
        summary: 'Stop and drop it with all that is worked out',
        tags: ['studies'],
        params: IdParams,
        response: { 204: Type.Null(), ...refusals },
      },
    },
    async (request, reply) => {
      await seenBy(request).studies.remove(request.params.id, studies.queue)
      return reply.code(204).send(null)
    },
  )

  async function prepare(request: FastifyRequest, document: Study, locale: Locale): Promise<NewStudy> {
    switch (document.kind) {
      case 'pickup': {
        const { data, complex } = await dataOf(request, document)
        demandOf(data)
        return { document, data, complex, runs: runsOf(document), locale }
      }
      case 'national':
        return { document, complex: null, runs: 0, locale, parts: await partsOf(request, document, locale) }
      default: {
        const data = await routedThrough(request, document)
        const result = await studies.workOut(document, data)
        return { document, complex: null, ...(data && { data }), result, runs: 0, locale }
      }
    }
  }
}

/** Tariffs and orders of a complex are its own; where they come from everybody may know. */
function mayReadData(request: FastifyRequest, { summary, document }: StudyRecord): boolean {
  if (document.kind === 'supply') return document.routes !== undefined && manages(request, document.routes.complex)
  return document.kind === 'pickup' && (summary.data === 'program' || manages(request, document.complex))
}

/** What each complex of a national study rests on; one after the other, since each is read with all of its data. */
async function studiedOf(nouns: Nouns, parts: readonly StudyPart[]): Promise<StudiedComplex[]> {
  const complexes: StudiedComplex[] = []
  for (const { id, complex, name } of parts) {
    const data = (await nouns.studies.get(id))?.data
    if (data)
      complexes.push({
        complex,
        name,
        synthetic: data.complex.synthetic,
        fingerprint: fingerprint(data),
        sources: sourcesOf(data, 'complex'),
      })
  }
  return complexes
}
const NO_COMPLEX: StudyResult = { kind: 'national', national: { complexes: [], all: [] } }

const withoutDays = ({ workingDaysPerYear: _, ...part }: StudyPartRecord): StudyPart => part

function readStudy(body: unknown, locale: Locale): { readonly document: Study; readonly workers?: number } {
  const formIssues = findFormIssues(StudyFrameSchema, body, locale)
  if (formIssues.length > 0) throw unprocessable(formIssues)
  const { document, workers } = body as { readonly document: unknown; readonly workers?: number }
  const issues = findStudyIssues(document, locale).map((issue) => ({ ...issue, path: under(issue.path) }))
  if (issues.length > 0) throw unprocessable(issues)
  return { document: document as Study, ...(workers !== undefined && { workers }) }
}
const under = (path: string): string => (path === '' ? 'document' : `document/${path}`)

async function held(nouns: Nouns, id: string): Promise<StudyRecord> {
  const record = await nouns.studies.get(id)
  if (!record) throw notFound('study', id)
  return record
}

async function resultOf(nouns: Nouns, { summary, document, data, result }: StudyRecord): Promise<StudyResult | null> {
  if (document.kind === 'national' && summary.done > 0) {
    const [parts, runs] = [await nouns.studies.parts(summary.id), await nouns.studies.runsOfParts(summary.id)]
    const drawn = parts.flatMap(({ id, complex, workingDaysPerYear }) =>
      workingDaysPerYear === null ? [] : [{ complex, runs: runs.get(id) ?? [], workingDaysPerYear }],
    )
    return { kind: 'national', national: sumNational(document, drawn) }
  }
  if (document.kind !== 'pickup' || !data || summary.done === 0) return result
  const { items } = await nouns.studies.runs(summary.id)
  return { kind: 'pickup', pickup: summarisePickup(document, items, demandOf(data).workingDaysPerYear) }
}

const noResult = (): Refusal =>
  new Refusal(409, 'study.noResult', {
    ko: '아직 계산한 날이 없습니다. 첫 결과가 나온 뒤에 다시 받으세요.',
    en: 'No day is worked out yet. Ask again when the first result is there.',
  })

async function readPresets() {
  const names = (await readdir(PRESETS)).filter((name) => name.endsWith('.json')).toSorted()
  const presets = await Promise.all(
    names.map(async (name) => ({
      id: name.replace(/\.json$/, ''),
      document: JSON.parse(await readFile(new URL(name, PRESETS), 'utf8')) as Study,
    })),
  )
  return presets.toSorted((a, b) => Number(b.id === FIRST) - Number(a.id === FIRST))
}
