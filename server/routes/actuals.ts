/** What trucks really did: recorded by whoever knows, never overwritten. */
import { Type } from 'typebox'
import type { Issue, Locale, Plan } from '../../solver/index.ts'
import { ActualsSchema, type NewActual, NewActualsSchema } from '../api.ts'
import { localeOf, Refusal } from '../errors.ts'
import { actualSheet } from '../reports/actualSheet.ts'
import { roundsOf } from '../reports/guide.ts'
import { contentDisposition, FILE_TYPES } from '../sheets/download.ts'
import { writeCsv } from '../sheets/writeCsv.ts'
import { writeXlsx } from '../sheets/writeXlsx.ts'
import { planWithProblem } from './plans.ts'
import { type App, FileSchema, IdParams, refusals } from './service.ts'

export function actualRoutes(app: App): void {
  app.get(
    '/api/plans/:id/actuals',
    {
      config: { access: 'actual.read' },
      schema: {
        summary: 'What its trucks really did, in the order in which it was recorded',
        tags: ['plans'],
        params: IdParams,
        response: { 200: ActualsSchema, ...refusals },
      },
    },
    async ({ params, store }) => {
      await planWithProblem(store, params.id)
      return { items: [...(await store.actuals.list(params.id))] }
    },
  )

  app.post(
    '/api/plans/:id/actuals',
    {
      config: { access: 'actual.record' },
      schema: {
        summary:
          'Record what its trucks really did; the plan is confirmed. An event with the id of an earlier one is that one; a correction names it in corrects',
        tags: ['plans'],
        params: IdParams,
        body: NewActualsSchema,
        response: { 200: ActualsSchema, ...refusals },
      },
    },
    async ({ params, body, headers, store }) => {
      const { record } = await planWithProblem(store, params.id)
      if (record.state === 'draft') throw notConfirmed()
      const known = new Set((await store.actuals.list(params.id)).map(({ id }) => id))
      for (const { id } of body.events) known.add(id)
      const issues = faultsIn(body.events, record.plan, known, localeOf(headers['accept-language']))
      if (issues.length > 0) throw notOfPlan(issues)
      return { items: [...(await store.actuals.add(params.id, body.events))] }
    },
  )

  app.get(
    '/api/plans/:id/actuals/file',
    {
      config: { access: 'actual.read' },
      schema: {
        summary: 'Planned and real times stop by stop, as a sheet',
        tags: ['plans'],
        params: IdParams,
        querystring: Type.Object({ format: Type.Enum(['csv', 'xlsx']) }),
        response: { 200: FileSchema, ...refusals },
      },
    },
    async ({ params, query: { format }, headers, store }, reply) => {
      const { record, problem } = await planWithProblem(store, params.id)
      const locale = localeOf(headers['accept-language'])
      const sheet = actualSheet(record.plan, problem, await store.actuals.list(params.id), locale)
      const bytes = format === 'csv' ? writeCsv(sheet.rows) : await writeXlsx([sheet])
      const name = `${locale === 'ko' ? '실적' : 'actuals'}-${problem.name}-${problem.startsAt.slice(0, 10)}.${format}`
      reply.header('content-disposition', contentDisposition(name)).type(FILE_TYPES[format])
      return reply.send(Buffer.from(bytes))
    },
  )
}

/** Of the route as a whole; arrived: back where it ends. */
const WHOLE_ROUTE: readonly NewActual['kind'][] = ['departed', 'arrived', 'problem']

function faultsIn(events: readonly NewActual[], plan: Plan, known: ReadonlySet<string>, locale: Locale): Issue[] {
  const stopsOf = new Map(roundsOf(plan).map(({ id, stops }) => [id, stops.length]))
  const ko = locale === 'ko'
  return events.flatMap(({ route, stop, kind, corrects }, index): Issue[] => {
    const fault = (field: string, message: string, remedy: string): Issue => ({
      code: 'actual.notOfPlan',
      severity: 'error',
      path: `events/${index}/${field}`,
      message,
      remedy,
    })
    const stops = stopsOf.get(route)
    if (stops === undefined)
      return [
        fault(
          'route',
          ko ? `이 계획에 없는 노선입니다: ${route}.` : `The plan has no route ${route}.`,
          ko ? '계획에 있는 노선의 id 를 적으세요.' : 'Give the id of a route of the plan.',
        ),
      ]
    const faults: Issue[] = []
    if (stop !== undefined && stop >= stops)
      faults.push(
        fault(
          'stop',
          ko ? `노선 ${route} 의 정차지는 ${stops}곳입니다.` : `Route ${route} has ${stops} stops.`,
          ko ? `0에서 ${stops - 1} 사이로 적으세요.` : `Give 0 to ${stops - 1}.`,
        ),
      )
    if (stop === undefined && !WHOLE_ROUTE.includes(kind))
      faults.push(
        fault(
          'stop',
          ko ? '어느 정차지에서 있었는지 없습니다.' : 'It does not say at which stop.',
          ko ? 'stop 에 정차지의 순서를 0부터 적으세요.' : 'Give the stop, counted from 0.',
        ),
      )
    if (corrects !== undefined && !known.has(corrects))
      faults.push(
        fault(
          'corrects',
          ko ? `고칠 기록이 없습니다: ${corrects}.` : `There is no record ${corrects} to correct.`,
          ko ? '먼저 그 기록을 보내세요.' : 'Send that record first.',
        ),
      )
    return faults
  })
}

const notConfirmed = (): Refusal =>
  new Refusal(409, 'plan.draft', {
    ko: '아직 확정되지 않은 계획에는 실적을 적지 않습니다. 먼저 확정하세요.',
    en: 'What was done is recorded for a confirmed plan. Confirm it first.',
  })

const notOfPlan = (issues: readonly Issue[]): Refusal =>
  new Refusal(
    422,
    'actual.faults',
    {
      ko: `기록 가운데 ${issues.length}곳이 계획과 맞지 않습니다. 아무것도 저장하지 않았습니다.`,
      en: `${issues.length} of the records do not fit the plan. Nothing was stored.`,
    },
    issues,
  )
