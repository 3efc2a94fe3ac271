/** A month's settlement as each side may see it: a firm what it pays, a carrier what it gets. */
import { Type } from 'typebox'
import { CarrierStatementSchema, MonthName } from '../api.ts'
import { localeOf, notFound } from '../errors.ts'
import { ofCarrier } from '../settle/own.ts'
import { contentDisposition, FILE_TYPES } from '../sheets/download.ts'
import { choose, Whose } from './mine.ts'
import { StatementQuery, statementFile } from './months.ts'
import { type App, FileSchema, refusals, type Service } from './service.ts'

const MonthQuery = Type.Object({ month: MonthName, ...Whose })
const FileQuery = Type.Object({ ...MonthQuery.properties, ...StatementQuery.properties })
const tags = ['own']

export function myMonthRoutes(app: App, { settling }: Service): void {
  app.get(
    '/api/my/carrier-statement',
    {
      config: { access: 'my.sheets' },
      schema: {
        summary: 'What the own carrier gets for a month: its rounds, tariff lines, waiting, tolls and corrections',
        tags,
        querystring: MonthQuery,
        response: { 200: CarrierStatementSchema, ...refusals },
      },
    },
    async ({ members, query, store }) => {
      const { complex, carrier } = choose(members, query)
      return ofCarrier(await settling.month(store, complex, query.month), carrier)
    },
  )

  const files = [
    { url: '/api/my/statement/file', access: 'my.firm', kind: 'firm' },
    { url: '/api/my/carrier-statement/file', access: 'my.sheets', kind: 'carrier' },
  ] as const
  for (const { url, access, kind } of files)
    app.get(
      url,
      {
        config: { access },
        schema: {
          summary: `The statement of the own ${kind} for a month, as a file`,
          tags,
          querystring: FileQuery,
          response: { 200: FileSchema, ...refusals },
        },
      },
      async ({ members, query, headers, store }, reply) => {
        const mine = choose(members, query)
        const { month, format = 'pdf', document = 'settlement' } = query
        const record = await store.complexes.get(mine.complex)
        if (!record) throw notFound('complex', mine.complex)
        const settled = await settling.month(store, mine.complex, month)
        const asked = {
          kind,
          party: mine[kind] ?? '',
          document,
          format,
          locale: query.lang ?? localeOf(headers['accept-language']),
        }
        const { name, bytes } = await statementFile({ settled, data: record.data, ...asked })
        reply.header('content-disposition', contentDisposition(name)).type(FILE_TYPES[format])
        return reply.send(Buffer.from(bytes))
      },
    )
}
