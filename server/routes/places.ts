import { type Static, Type } from 'typebox'
import type { Locale } from '../../solver/index.ts'
import { fillWords, type Issue } from '../../solver/index.ts'
import {
  CandidatesSchema,
  JoinedSchema,
  NewPlaceSchema,
  type Place,
  PlaceSchema,
  PlacesImportSchema,
  PlacesSchema,
  PointSchema,
} from '../api.ts'
import { localeOf, notFound, Refusal } from '../errors.ts'
import { parseAddress } from '../geocode/address.ts'
import { pointFault } from '../geocode/file.ts'
import { type Candidate, findPlaces, type Verdict } from '../geocode/geocoder.ts'
import { IMPORT_WORDS } from '../imports/words.ts'
import { forgetAddress, joinHeld } from '../jobs/held.ts'
import { readInThread } from '../jobs/readFile.ts'
import type { AddressRecord, Nouns } from '../store/store.ts'
import { complexOf, MAX_FILE_BYTES, readFileOf, takeSheets, takesFile } from './imports.ts'
import { type App, IdParams, IdSchema, PageQuery, readPage, refusals, type Service } from './service.ts'

const tags = ['problems']
const ComplexQuery = Type.Object({ complex: IdSchema })
/** A person waits for it. */
const CANDIDATES_MS = 15_000

export const placeRoutes = (service: Pick<Service, 'geocoders'>) => async (app: App) => {
  app.get(
    '/api/places',
    {
      config: { access: 'problem.read' },
      schema: {
        summary:
          'Addresses that the complex does not know: to be placed, guessed, or remembered; in the order they came up',
        tags,
        querystring: Type.Object({
          complex: IdSchema,
          state: Type.Optional(
            Type.Enum(['open', 'placed'], { description: 'open: to be placed or confirmed; default: all' }),
          ),
          ...PageQuery.properties,
        }),
        response: { 200: PlacesSchema, ...refusals },
      },
    },
    async ({ query, store }) => {
      const { complex, state } = query
      await complexOf(store, complex)
      const page = await store.addresses.list({ ...readPage(query), complex, ...(state && { state }) })
      return { ...page, items: page.items.map(describePlace), orders: await countHeld(store, complex) }
    },
  )

  app.post(
    '/api/places',
    {
      config: { access: 'problem.add' },
      schema: {
        summary: 'Put an address on the map, and remember it for all imports to come',
        tags,
        querystring: ComplexQuery,
        body: NewPlaceSchema,
        response: { 201: PlaceSchema, ...refusals },
      },
    },
    async ({ query, body, headers, store }, reply) => {
      const { data } = await complexOf(store, query.complex)
      assertPoint(body.address, body, localeOf(headers['accept-language']))
      const { key, plain } = parseAddress(body.address)
      const [placed] = await store.addresses.place(data.complex.id, [{ ...body, key, address: plain }], 'hand')
      return reply.code(201).header('location', `/api/places/${placed!.id}`).send(describePlace(placed!))
    },
  )

  app.post(
    '/api/places/orders',
    {
      config: { access: 'problem.add' },
      schema: {
        summary: 'Let orders that waited for an address join their days, as far as it is placed by now',
        tags,
        querystring: ComplexQuery,
        response: { 200: JoinedSchema, ...refusals },
      },
    },
    async ({ query, headers, store }) => {
      const complex = await complexOf(store, query.complex)
      const { days, issues, ...counts } = await joinHeld(
        store,
        complex,
        service.geocoders,
        localeOf(headers['accept-language']),
      )
      return { ...counts, days: [...days], issues: [...issues] }
    },
  )

  app.put(
    '/api/places/:id',
    {
      config: { access: 'problem.add' },
      schema: {
        summary: 'Put an address that waits, or was guessed, on the map; remembered for all imports to come',
        tags,
        params: IdParams,
        body: PointSchema,
        response: { 200: PlaceSchema, ...refusals },
      },
    },
    async ({ params, body, headers, store }) => {
      const known = await store.addresses.get(params.id)
      if (!known) throw notFound('place', params.id)
      assertPoint(known.address, body, localeOf(headers['accept-language']))
      const { complex, key, address } = known
      const [placed] = await store.addresses.place(complex, [{ key, address, ...body }], 'hand')
      return describePlace(placed!)
    },
  )

  app.delete(
    '/api/places/:id',
    {
      config: { access: 'problem.add' },
      schema: {
        summary: 'Forget an address; the next import looks it up anew',
        tags,
        params: IdParams,
        response: { 204: Type.Null({ description: 'it is forgotten' }), ...refusals },
      },
    },
    async ({ params, store }, reply) => {
      const known = await store.addresses.get(params.id)
      if (!known) throw notFound('place', params.id)
      await forgetAddress(store, known)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api/places/:id/candidates',
    {
      config: { access: 'problem.add' },
      schema: {
        summary: 'What the address may be, asked of the geocoders just now; nothing of it is kept',
        tags,
        params: IdParams,
        response: { 200: CandidatesSchema, ...refusals },
      },
    },
    async ({ params, headers, store }) => {
      const known = await store.addresses.get(params.id)
      const complex = known && (await store.complexes.get(known.complex))
      if (!known || !complex) throw notFound('place', params.id)
      const locale = localeOf(headers['accept-language'])
      const { verdicts, failures } = await findPlaces(
        service.geocoders,
        [known.address],
        complex.data.complex,
        AbortSignal.timeout(CANDIDATES_MS),
      )
      const told = failures.map(({ provider, words }) => `${provider}: ${words[locale]}`)
      return { candidates: [...candidatesOf([...verdicts.values()][0]!)], failures: told }
    },
  )

  await app.register(async (inner: App) => {
    await takeSheets(inner)
    inner.post(
      '/api/places/import',
      {
        config: { access: 'problem.add' },
        bodyLimit: MAX_FILE_BYTES,
        schema: {
          ...takesFile,
          summary:
            "Remember an operator's list of addresses (xlsx or csv: 주소, 위도, 경도); what was placed by hand holds",
          querystring: Type.Object({ complex: IdSchema, name: Type.Optional(Type.String({ maxLength: 255 })) }),
          response: { 200: PlacesImportSchema, ...refusals },
        },
      },
      async (request) => {
        const { data } = await complexOf(request.store, request.query.complex)
        const { bytes, fileName } = await readFileOf(request, request.query.name)
        const locale = localeOf(request.headers['accept-language'])
        const { rows, places, issues } = await readInThread({ kind: 'places', bytes, options: { locale, fileName } })
        const placed = await request.store.addresses.place(data.complex.id, places, 'file')
        return { rows, placed: placed.length, kept: places.length - placed.length, issues: [...issues] }
      },
    )
  })
}

async function countHeld(store: Nouns, complex: string): Promise<{ waiting: number; ready: number }> {
  const orders = await store.held.list(complex)
  const keys = [...new Set(orders.flatMap((order) => order.keys))]
  const placed = new Set((await store.addresses.placed(complex, keys)).map(({ key }) => key))
  const ready = orders.filter((order) => order.keys.every((key) => placed.has(key)))
  return { waiting: orders.length, ready: ready.length }
}

const describePlace = ({ key: _, complex: __, neededBy, ...record }: AddressRecord): Place => ({
  ...record,
  ...(neededBy && { neededBy: { ...neededBy, rows: [...neededBy.rows] } }),
})

function candidatesOf(verdict: Verdict): readonly Candidate[] {
  if (verdict.kind === 'nothing') return []
  return verdict.kind === 'found' ? [verdict.candidate] : verdict.candidates
}

/** A slip of the hand, told before it is remembered. */
export function assertPoint(address: string, point: Static<typeof PointSchema>, locale: Locale): void {
  const fault = pointFault(address, point)
  if (!fault) return
  const { lng, lat } = point
  const filled = (locale: Locale): readonly [string, string] => {
    const [message, remedy] = IMPORT_WORDS[fault][locale].map((text) => fillWords(text, { value: address, lat, lng }))
    return [message!, remedy!]
  }
  const [message, remedy] = filled(locale)
  const issue: Issue = { code: fault, severity: 'error', path: 'lng', message, remedy }
  const words = { ko: filled('ko').join(' '), en: filled('en').join(' ') }
  throw new Refusal(422, 'place.point', words, [issue])
}
