/** The orders of one day of a complex: read as rows, and changed by hand. */
import type { FastifyRequest } from 'fastify'
import { DayChangedSchema, DayOrdersSchema, OrderChangeSchema } from '../api.ts'
import { localeOf, Refusal } from '../errors.ts'
import { dayRows } from '../imports/dayOrders.ts'
import { assertCalendarDay } from '../imports/index.ts'
import { changeOrders } from '../jobs/dayOrders.ts'
import { complexOf } from './imports.ts'
import { type App, DayParams, refusals, type Service } from './service.ts'

const MAX_ORDER_BYTES = 20 * 2 ** 20
/** Of a day without orders. */
const NONE = 'none'

export function dayRoutes(app: App, { geocoders }: Pick<Service, 'geocoders'>): void {
  app.get(
    '/api/complexes/:id/days/:date/orders',
    {
      config: { access: 'problem.read' },
      schema: {
        summary: 'The orders of a day as rows of a sheet, to be changed, or read again for another day',
        tags: ['problems'],
        params: DayParams,
        response: { 200: DayOrdersSchema, ...refusals },
      },
    },
    async ({ params, store }, reply) => {
      assertCalendarDay(params.date)
      const { days } = await complexOf(store, params.id)
      const problem = days.find(({ date }) => date === params.date)?.problem ?? null
      const record = problem === null ? undefined : await store.problems.get(problem)
      reply.header('etag', `"${problem ?? NONE}"`)
      return { date: params.date, problem, rows: dayRows(record?.problem, params.date) }
    },
  )

  app.patch(
    '/api/complexes/:id/days/:date/orders',
    {
      config: { access: 'problem.add' },
      bodyLimit: MAX_ORDER_BYTES,
      schema: {
        summary:
          'Add, change or remove orders of a day: all or, with every fault in 422, nothing. If-Match names the problem that stands (428 without, 412 where another does); the answer says which stood before: PUT …/days with it undoes the change',
        tags: ['problems'],
        params: DayParams,
        body: OrderChangeSchema,
        response: { 200: DayChangedSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const { id, date } = request.params
      assertCalendarDay(date)
      const expected = standingOf(request)
      const complex = await complexOf(request.store, id)
      const locale = localeOf(request.headers['accept-language'])
      const changed = await changeOrders(request.store, complex, request.body, { date, expected, locale, geocoders })
      reply.header('etag', `"${changed.problem ?? NONE}"`)
      return changed
    },
  )
}

/** The problem that the caller has seen for the day. */
function standingOf({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  const tag = headers['if-match']?.trim()
  if (tag === undefined || tag === '*') {
    throw new Refusal(428, 'request.ifMatch', {
      ko: '어느 문제가 서 있는 날을 바꾸는지 If-Match 에 적으세요. GET …/orders 의 ETag 를 그대로 보내면 됩니다.',
      en: 'Say with If-Match which problem you have seen for the day: the ETag of GET …/orders.',
    })
  }
  const id = /^"([^"]{1,90})"$/.exec(tag)?.[1]
  if (id !== undefined) return id === NONE ? null : id
  throw new Refusal(400, 'request.ifMatch', {
    ko: 'If-Match 를 읽을 수 없습니다. GET …/orders 의 ETag 를 그대로 보내세요.',
    en: 'If-Match cannot be read. Send the ETag of GET …/orders as it is.',
  })
}
