import multipart from '@fastify/multipart'
import { Type } from 'typebox'
import { ImportResultSchema } from '../api.ts'
import { localeOf, notFound, Refusal } from '../errors.ts'
import { assertCalendarDay } from '../imports/index.ts'
import { importDays } from '../jobs/importDays.ts'
import { type App, IdSchema, KeyHeaders, keyOf, refusals } from './service.ts'

/** A year of orders of a complex is about 1 MB; a file beyond this is not an order list. */
const MAX_FILE_BYTES = 20 * 2 ** 20
/** What browsers and tools call a CSV file. */
const FILE_TYPES = ['text/csv', 'text/plain', 'application/octet-stream', 'application/csv', 'application/vnd.ms-excel']

/** Registered as a plugin of its own, so that these content types are accepted here and nowhere else. */
export const importRoutes = async (app: App): Promise<void> => {
  await app.register(multipart, { limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 10 } })
  app.addContentTypeParser(FILE_TYPES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.post(
    '/api/imports',
    {
      config: { access: 'problem.add' },
      bodyLimit: MAX_FILE_BYTES,
      schema: {
        summary: 'Turn an order file into problems, one a day; rows that are right are kept, all others are listed',
        tags: ['problems'],
        consumes: [...FILE_TYPES, 'multipart/form-data'],
        headers: KeyHeaders,
        querystring: Type.Object({
          complex: IdSchema,
          name: Type.Optional(Type.String({ maxLength: 255, description: 'name of the file' })),
          date: Type.Optional(
            Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'ISO date of rows that carry none' }),
          ),
        }),
        response: { 200: ImportResultSchema, ...refusals },
      },
    },
    async (request) => {
      const { complex: id, name, date } = request.query
      assertCalendarDay(date)
      const complex = await request.store.complexes.get(id)
      if (!complex) throw notFound('complex', id)
      const form = request.isMultipart() ? await request.file() : undefined
      const bytes = form ? await form.toBuffer() : request.body
      if (!(bytes instanceof Uint8Array)) {
        throw new Refusal(400, 'import.noFile', {
          ko: '파일이 없습니다. CSV 파일을 요청의 본문으로, 또는 양식의 파일로 보내세요.',
          en: 'There is no file. Send the CSV file as the body of the request, or as the file of a form.',
        })
      }

      const locale = localeOf(request.headers['accept-language'])
      const options = { locale, fileName: name ?? form?.filename ?? 'orders.csv', date }
      return await importDays(request.store, complex, bytes, options, keyOf(request, bytes))
    },
  )
}
