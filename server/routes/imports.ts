import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Issue, Locale } from '../../solver/index.ts'
import { ImportResultSchema, type OrderRows, OrderRowsSchema, PreviewSchema, ReviewSchema } from '../api.ts'
import { localeOf, lostSites, notFound, Refusal } from '../errors.ts'
import { assertCalendarDay, type ImportOptions } from '../imports/index.ts'
import { readMapping } from '../imports/mapping.ts'
import { type Rejected, rejectedName, writeRejected } from '../imports/rejected.ts'
import type { OrderSource } from '../imports/table.ts'
import { TEMPLATE_FORMATS, writeTemplate } from '../imports/template.ts'
import { IMPORT_MODES, importDays } from '../jobs/importDays.ts'
import { readInThread } from '../jobs/readFile.ts'
import { reviewSource } from '../jobs/review.ts'
import { contentDisposition, FILE_TYPES } from '../sheets/download.ts'
import type { ComplexRecord, Nouns } from '../store/store.ts'
import type { TravelProvider } from '../travel/provider.ts'
import { knownOutside } from '../travel/travelOf.ts'
import { type App, FileSchema, IdSchema, KeyHeaders, keyOf, refusals, type Service } from './service.ts'

/** A year of orders of a complex is about 1 MB; a file beyond this is not an order list. */
export const MAX_FILE_BYTES = 20 * 2 ** 20
/** What browsers and tools call sheets. What the file is, its bytes say. */
const SHEET_TYPES = [
  'text/csv',
  'text/plain',
  'application/octet-stream',
  'application/csv',
  'application/vnd.ms-excel',
  FILE_TYPES.xlsx,
]
const FileQuery = Type.Object({
  complex: IdSchema,
  name: Type.Optional(Type.String({ maxLength: 255, description: 'name of the file' })),
  date: Type.Optional(
    Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'ISO date of rows that carry none' }),
  ),
  sheet: Type.Optional(
    Type.String({ maxLength: 100, description: 'of a workbook; default: the first with orders in it' }),
  ),
  mapping: Type.Optional(
    Type.String({
      maxLength: 8000,
      description: 'JSON object, our field → name of the column in the file: {"weightKg":"중량(kg)"}',
    }),
  ),
})
const ImportQuery = Type.Object({
  ...FileQuery.properties,
  mode: Type.Optional(
    Type.Enum(IMPORT_MODES, {
      default: 'replace',
      description:
        'replace: the file is the day. add: its orders join the day, in the place of those with their number',
    }),
  ),
})

const CheckQuery = Type.Object({
  ...FileQuery.properties,
  rejected: Type.Optional(
    Type.Enum(['true', 'false'], {
      default: 'false',
      description: 'rows that cannot be used, as a file beside the answer',
    }),
  ),
  day: Type.Optional(
    Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'the rows are the orders of this day as it stands' }),
  ),
})
/** A file, or the rows of a grid as JSON. */
const takesRows = {
  tags: ['problems'],
  consumes: [...SHEET_TYPES, 'multipart/form-data', 'application/json'],
  body: { content: { 'application/json': { schema: OrderRowsSchema } } },
}

export const takesFile = {
  tags: ['problems'],
  consumes: [...SHEET_TYPES, 'multipart/form-data'],
}
export async function takeSheets(app: App): Promise<void> {
  await app.register(multipart, { limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 10 } })
  app.addContentTypeParser(SHEET_TYPES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

/** Registered as a plugin of its own, so that these content types are accepted here and nowhere else. */
export const importRoutes = (service: Pick<Service, 'geocoders' | 'provider'>) => async (app: App) => {
  await takeSheets(app)

  app.post(
    '/api/imports',
    {
      config: { access: 'problem.add' },
      bodyLimit: MAX_FILE_BYTES,
      schema: {
        ...takesRows,
        summary:
          'Turn an order file (xlsx or csv) or the rows of a grid (JSON) into problems, one a day; rows that are right are kept, all others come back as a sheet',
        headers: KeyHeaders,
        querystring: ImportQuery,
        response: { 200: ImportResultSchema, ...refusals },
      },
    },
    async (request) => {
      const { complex, source, options } = await readRequest(request, request.query)
      const { mode } = request.query
      const outcome = await importDays(
        request.store,
        complex,
        source,
        { ...options, ...(mode && { mode }) },
        service.geocoders,
        keyOf(request, source instanceof Uint8Array ? source : request.body),
      )
      const { rows, accepted, issues, added, replaced, learned, rejected, rejectedFile } = outcome
      return {
        days: [...outcome.days],
        rows,
        accepted,
        issues: [...describeRoads(service.provider, complex, options.locale), ...issues],
        added,
        replaced: [...replaced],
        ...(learned && { learned }),
        ...(rejected &&
          rejectedFile && {
            rejected: {
              rows: rejected.rows.length - 1,
              ...describeRejected(options, rejected.format, rejectedFile),
            },
          }),
      }
    },
  )

  app.post(
    '/api/imports/preview',
    {
      config: { access: 'problem.add' },
      bodyLimit: MAX_FILE_BYTES,
      schema: {
        ...takesFile,
        summary: 'What an order file would be read as: its columns, its first rows, and what has to be told of them',
        querystring: FileQuery,
        response: { 200: PreviewSchema, ...refusals },
      },
    },
    async (request) => {
      const { complex, source: bytes, options } = await readRequest(request, request.query)
      if (!(bytes instanceof Uint8Array)) throw noFile()
      const learned = await request.store.mappings.get(complex.data.complex.id)
      const task = { kind: 'preview', bytes, complex: complex.data, options: { ...options, learned } } as const
      return (await readInThread(task)) as Static<typeof PreviewSchema>
    },
  )

  app.post(
    '/api/imports/check',
    {
      bodyLimit: MAX_FILE_BYTES,
      config: { access: 'problem.add' },
      schema: {
        ...takesRows,
        summary:
          'What an import of a file, or of the rows of a grid (JSON), would do: every cell, what each column is read as, every fault with ways to mend it. Nothing is stored',
        querystring: CheckQuery,
        response: { 200: ReviewSchema, ...refusals },
      },
    },
    async (request) => {
      const { day } = request.query
      assertCalendarDay(day)
      const { complex, source, options } = await readRequest(request, request.query)
      const { review, rejected } = await reviewSource(request.store, complex, source, { ...options, day })
      return {
        ...review,
        ...(request.query.rejected === 'true' &&
          rejected && {
            rejected: describeRejected(options, rejected.format, await writeRejected(rejected)),
          }),
      } as Static<typeof ReviewSchema>
    },
  )

  app.get(
    '/api/imports/template',
    {
      config: { access: 'problem.add' },
      schema: {
        summary: 'An empty order file to fill in, with an example and, as xlsx, what may stand in each column',
        tags: ['problems'],
        querystring: Type.Object({
          complex: IdSchema,
          format: Type.Optional(Type.Enum(TEMPLATE_FORMATS, { default: 'xlsx' })),
        }),
        response: { 200: FileSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const { format = 'xlsx' } = request.query
      const { data } = await complexOf(request.store, request.query.complex)
      const locale = localeOf(request.headers['accept-language'])
      const name = locale === 'ko' ? `주문양식-${data.complex.name.ko}` : `orders-${data.complex.name.en}`
      reply.header('content-disposition', contentDisposition(`${name}.${format}`)).type(FILE_TYPES[format])
      return reply.send(Buffer.from(await writeTemplate(data, format, locale)))
    },
  )
}

export async function complexOf(store: Nouns, id: string): Promise<ComplexRecord> {
  const complex = await store.complexes.get(id)
  if (!complex) throw notFound('complex', id)
  return complex
}

interface FileRequest {
  readonly complex: ComplexRecord
  readonly source: OrderSource
  readonly options: ImportOptions & { readonly fileName: string }
}

async function readRequest(
  request: FastifyRequest,
  { complex: id, name, date, sheet, mapping: text }: Static<typeof FileQuery>,
): Promise<FileRequest> {
  assertCalendarDay(date)
  const locale = localeOf(request.headers['accept-language'])
  const mapping = text === undefined ? undefined : readMapping(text, locale)
  const complex = await complexOf(request.store, id)
  const options = { locale, date, sheet, mapping }
  // by its content type, which the schema of the rows goes by as well
  if (/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    const { rows, skip } = request.body as OrderRows
    return { complex, source: rows, options: { ...options, fileName: name ?? 'orders.xlsx', skip } }
  }
  const { bytes, fileName } = await readFileOf(request, name)
  return { complex, source: bytes, options: { ...options, fileName } }
}

/** The file of a request, whichever way it was sent. */
export async function readFileOf(
  request: FastifyRequest,
  name: string | undefined,
): Promise<{ readonly bytes: Uint8Array; readonly fileName: string }> {
  const form = request.isMultipart() ? await request.file().catch(refuseForm) : undefined
  const bytes = form ? await form.toBuffer().catch(refuseForm) : request.body
  if (!(bytes instanceof Uint8Array)) throw noFile()
  return { bytes, fileName: name ?? form?.filename ?? 'orders.csv' }
}

const describeRejected = (
  { fileName, locale }: FileRequest['options'],
  format: Rejected['format'],
  file: Uint8Array,
) => ({
  name: rejectedName(fileName, format, locale),
  type: FILE_TYPES[format],
  base64: Buffer.from(file).toString('base64'),
})

/** The parser of forms throws bare errors; what has a code is known to errors.ts. */
function refuseForm(error: unknown): never {
  if (error instanceof Error && 'code' in error) throw error
  throw new Refusal(400, 'import.form', {
    ko: '양식을 읽을 수 없습니다. multipart/form-data 에는 boundary 가 있어야 하고 끝까지 와야 합니다.',
    en: 'The form cannot be read. multipart/form-data needs its boundary, and has to arrive whole.',
  })
}

const noFile = (): Refusal =>
  new Refusal(400, 'import.noFile', {
    ko: '파일이 없습니다. 엑셀이나 CSV 파일을 요청의 본문으로, 또는 양식의 파일로 보내세요.',
    en: 'There is no file. Send the workbook or CSV file as the body of the request, or as the file of a form.',
  })

/** The one line that says the roads do not cover the complex; single sites are told where the day is planned. */
function describeRoads(provider: TravelProvider, { data: { sites } }: ComplexRecord, locale: Locale): Issue[] {
  const asked = { sites: sites.length, provider }
  return lostSites(knownOutside(provider, sites), asked, locale).filter(({ code }) => code === 'sites.outsideRoads')
}
