/** The month's settlement: what it comes to, its corrections, and its end. */
import { Type } from 'typebox'
import {
  CloseMonthSchema,
  CorrectionSchema,
  type Month,
  MonthListSchema,
  MonthName,
  MonthSchema,
  NewCorrectionSchema,
} from '../api.ts'
import { localeOf, notFound, Refusal } from '../errors.ts'
import { DOCUMENTS, renderMonth, renderStatement, STATEMENT_FORMATS } from '../reports/settle/index.ts'
import { bothSides, takenBack } from '../settle/correct.ts'
import { monthOf } from '../settle/month.ts'
import { contentDisposition, FILE_TYPES } from '../sheets/download.ts'
import { complexOf } from './imports.ts'
import { FileLanguage } from './planPapers.ts'
import { type App, FileSchema, IdParams, IdSchema, KeyHeaders, keyOf, refusals, type Service } from './service.ts'

const MonthParams = Type.Object({ ...IdParams.properties, month: MonthName })
export const StatementQuery = Type.Object({
  lang: FileLanguage,
  format: Type.Optional(Type.Enum(STATEMENT_FORMATS, { default: 'pdf' })),
  document: Type.Optional(
    Type.Enum(DOCUMENTS, { default: 'settlement', description: 'settlement: 정산서. delivery: 거래명세표' }),
  ),
})
const tags = ['settlement']

export function monthRoutes(app: App, { settling }: Service): void {
  app.get(
    '/api/complexes/:id/months',
    {
      config: { access: 'month.read' },
      schema: {
        summary: 'Months that have days, newest first, and which of them are closed',
        tags,
        params: IdParams,
        response: { 200: MonthListSchema, ...refusals },
      },
    },
    async ({ params, store }) => {
      const { days } = await complexOf(store, params.id)
      const closed = await store.months.closed(params.id)
      const count = Map.groupBy(days, ({ date }) => date.slice(0, 7))
      const names = [...new Set([...count.keys(), ...closed.map(({ month }) => month)])].toSorted().toReversed()
      return {
        items: names.map((month) => {
          const end = closed.find((one) => one.month === month)
          return {
            month,
            state: end ? ('closed' as const) : ('open' as const),
            days: count.get(month)?.length ?? 0,
            ...(end && { closedAt: end.closedAt, closedBy: end.closedBy }),
          }
        }),
      }
    },
  )

  app.get(
    '/api/complexes/:id/months/:month',
    {
      config: { access: 'month.read' },
      schema: {
        summary:
          'A month as it was driven: what each firm pays, what each carrier gets, corrections, and what keeps it from being closed. Days that are being worked out say so: ask again',
        tags,
        params: MonthParams,
        response: { 200: MonthSchema, ...refusals },
      },
    },
    async ({ params, store }) => await settling.month(store, params.id, params.month),
  )

  app.post(
    '/api/complexes/:id/months/:month/close',
    {
      config: { access: 'month.settle' },
      schema: {
        summary:
          'Close a month: its figures are stored and final. Every day has a confirmed plan and no order without a place, or is left out with a reason. What is found later is a correction in the next open month',
        tags,
        params: MonthParams,
        headers: KeyHeaders,
        body: CloseMonthSchema,
        response: { 200: MonthSchema, ...refusals },
      },
    },
    async (request) => {
      const { params, body, store } = request
      const { id, month } = params
      const leftOut = body.leftOut ?? []
      const input = await settling.input(store, id, month)
      return await store.once(id, keyOf(request, body), async (nouns) =>
        nouns.months.close(id, month, (corrections) => {
          const settled = monthOf({ ...input, corrections, leftOut })
          assertComplete(settled)
          return settled
        }),
      )
    },
  )

  app.post(
    '/api/complexes/:id/months/:month/corrections',
    {
      config: { access: 'month.settle' },
      schema: {
        summary:
          'Write a correction of a day of the month, or take one back; none is ever deleted. Of a month that is closed it counts in the next open one',
        tags,
        params: MonthParams,
        headers: KeyHeaders,
        body: NewCorrectionSchema,
        response: { 201: CorrectionSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const { params, body, headers, store } = request
      const { id, month } = params
      const content = await contentOf()
      const written = await store.once(id, keyOf(request, body), async (nouns) => nouns.months.correct(id, content))
      return reply.code(201).send(written)

      async function contentOf() {
        const input = await settling.input(store, id, month)
        if ('voids' in body) {
          const lines = await store.months.corrections(id, month)
          const line = lines.find((one) => one.id === body.voids)
          if (!line) throw notFound('correction', body.voids)
          return { ...takenBack(line, body.reason), voids: line.id }
        }
        const day = input.days.find(({ date }) => date === body.date)
        if (body.route !== undefined && day?.plan !== undefined && !day.settled) throw working(body.date)
        const known = { data: input.data, month, settled: day?.settled, carrierOf: day?.carrierOf }
        return bothSides(body, known, localeOf(headers['accept-language']))
      }
    },
  )

  app.get(
    '/api/complexes/:id/months/:month/statements/:kind/:party',
    {
      config: { access: 'month.read' },
      schema: {
        summary: 'The statement of a firm or a carrier for the month, as a file',
        tags,
        params: Type.Object({ ...MonthParams.properties, kind: Type.Enum(['firm', 'carrier']), party: IdSchema }),
        querystring: StatementQuery,
        response: { 200: FileSchema, ...refusals },
      },
    },
    async ({ params, query, headers, store }, reply) => {
      const { id, month, kind, party } = params
      const { format = 'pdf', document = 'settlement' } = query
      const { data } = await complexOf(store, id)
      const settled = await settling.month(store, id, month)
      const locale = query.lang ?? localeOf(headers['accept-language'])
      const { name, bytes } = await statementFile({ settled, data, kind, party, document, format, locale })
      reply.header('content-disposition', contentDisposition(name)).type(FILE_TYPES[format])
      return reply.send(Buffer.from(bytes))
    },
  )

  app.get(
    '/api/complexes/:id/months/:month/file',
    {
      config: { access: 'month.read' },
      schema: {
        summary: 'The whole month as a workbook: sums, firms, carriers, days and corrections',
        tags,
        params: MonthParams,
        querystring: Type.Pick(StatementQuery, ['lang']),
        response: { 200: FileSchema, ...refusals },
      },
    },
    async ({ params, query, headers, store }, reply) => {
      const locale = query.lang ?? localeOf(headers['accept-language'])
      const month = await settling.month(store, params.id, params.month)
      const name = `${locale === 'ko' ? '월정산' : 'settlement'}-${month.name[locale]}-${month.month}.xlsx`
      reply.header('content-disposition', contentDisposition(name)).type(FILE_TYPES.xlsx)
      return reply.send(Buffer.from(await renderMonth(month, locale)))
    },
  )
}

/** Refuses where the month has nothing of the party. */
export async function statementFile(asked: Parameters<typeof renderStatement>[0]) {
  const file = await renderStatement(asked)
  if (!file) throw asked.kind === 'firm' ? notFound('firm', asked.party) : notFound('carrier', asked.party)
  return file
}

function assertComplete({ month, missing }: Month): void {
  if (missing.length === 0) return
  const busy = missing.filter(({ why }) => why === 'working').map(({ date }) => date)
  if (busy.length > 0) throw working(busy.join(', '))
  const why = {
    noPlan: { ko: '확정된 계획이 없습니다', en: 'has no confirmed plan' },
    waitingOrders: { ko: '위치를 모르는 주문이 있습니다', en: 'has orders without a place' },
    working: { ko: '', en: '' },
  }
  throw new Refusal(
    422,
    'month.incomplete',
    {
      ko: `${month} 을 마감하지 않았습니다. 빠진 것이 있는 날이 ${missing.length}개입니다. 채우거나, 왜 빼는지 적으세요.`,
      en: `${month} was not closed: ${missing.length} days lack something. Complete them, or say why it is left out.`,
    },
    missing.map(({ date, why: what }) => ({
      code: `month.${what}`,
      severity: 'error' as const,
      path: `leftOut/${date}`,
      message: `${date}: ${why[what].ko} / ${why[what].en}`,
      remedy: `leftOut: { date: ${date}, reason }`,
    })),
  )
}

const working = (dates: string): Refusal =>
  new Refusal(
    409,
    'month.working',
    {
      ko: `아직 계산하고 있는 날입니다: ${dates}. 잠시 뒤에 다시 하세요.`,
      en: `Still being worked out: ${dates}. Try again in a while.`,
    },
    [],
    30,
  )
