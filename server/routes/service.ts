/** What every route is given, and the types that carry the schemas to the handlers. */
import { createHash } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import { type Static, Type } from 'typebox'
import type { Accounts } from '../accounts/accounts.ts'
import { ErrorSchema } from '../api.ts'
import { notFound, Refusal } from '../errors.ts'
import type { Geocoder } from '../geocode/geocoder.ts'
import type { Comparisons } from '../jobs/comparisons.ts'
import type { Figures } from '../jobs/figures.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { Settling } from '../jobs/settle.ts'
import type { Studies } from '../jobs/studies.ts'
import type { LegsOf } from '../reports/legs.ts'
import type { IdempotencyKey } from '../store/idempotency.ts'
import type { Nouns, PageRequest, Store } from '../store/store.ts'
import type { TravelProvider } from '../travel/provider.ts'
import type { TravelOf } from '../travel/travelOf.ts'
import type { VroomCrew } from '../vroom/work.ts'

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export interface Service {
  /** Undefined: there are no accounts, whoever reaches the service may everything. */
  readonly accounts: Accounts | undefined
  readonly everybodys: Store
  readonly figures: Figures
  readonly settling: Settling
  readonly jobs: Jobs
  readonly studies: Studies
  readonly compareStored: Comparisons['compareStored']
  readonly explainStored: Comparisons['explainStored']
  readonly repairStored: Comparisons['repairStored']
  readonly splitStored: Comparisons['splitStored']
  readonly judgeStored: Comparisons['judgeStored']
  readonly checkEdited: Comparisons['checkEdited']
  readonly travelOf: TravelOf
  readonly provider: TravelProvider
  readonly legsOf: LegsOf
  /** who knows where addresses are, in the order in which they are asked */
  readonly geocoders: readonly Geocoder[]
  readonly vroom: VroomCrew
  /** signs the links of drivers */
  readonly linkSecret: string
  /** the address that people open, where it is known */
  readonly publicUrl: string | undefined
}

export const refusals = { '4xx': ErrorSchema, '5xx': ErrorSchema } as const
/** No NUL: a database text cannot hold one. */
export const IdSchema = Type.String({ maxLength: 90, pattern: '^[^\\u0000]*$' })
export const IdParams = Type.Object({ id: IdSchema })
export const DayParams = Type.Object({
  ...IdParams.properties,
  date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'ISO date' }),
})

/** A client that was cut off sends its submit again with the same key. */
export const KeyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: '^[\\x21-\\x7e]+$',
      description: 'the same key with the same content is done once and answered the same, for two days',
    }),
  ),
})

/** The key of a submit with a hash of all that it asks. */
export function keyOf({ method, url, headers }: FastifyRequest, body: unknown): IdempotencyKey | undefined {
  const key = headers['idempotency-key']
  if (typeof key !== 'string') return undefined
  const content = body instanceof Uint8Array ? body : (JSON.stringify(body) ?? '')
  const hash = createHash('sha256').update(`${method} ${url}\n`).update(content).digest('base64')
  return { key, hash }
}

/** Items of a list, where nothing is said and at most. */
export const PAGE = { usual: 50, most: 500 } as const
/** A page of at most `limit`, from after the one before it. */
export const PageQuery = Type.Object({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: PAGE.most, default: PAGE.usual, description: 'items of a page' }),
  ),
  after: Type.Optional(Type.Integer({ minimum: 0, description: '`next` of the page before' })),
})

export const readPage = ({ limit = PAGE.usual, after }: Static<typeof PageQuery>): PageRequest => ({ limit, after })

export const ComplexOf = Type.Optional(
  Type.String({ ...IdSchema, description: 'may be left out by those who see one complex only' }),
)

/** The complex that is meant: the one named, or the only one that who asks may see. */
export async function chooseComplex(store: Nouns, named: string | undefined): Promise<string> {
  const seen = await store.complexes.list()
  const ids = seen.map(({ data }) => data.complex.id)
  if (named === undefined && ids.length === 1) return ids[0]!
  if (named !== undefined && ids.includes(named)) return named
  if (named !== undefined) throw notFound('complex', named)
  throw new Refusal(400, 'complex.unnamed', {
    ko: `어느 단지의 것인지 complex 로 적으세요${ids.length ? `: ${ids.slice(0, 20).join(', ')}` : '. 볼 수 있는 단지가 아직 없습니다'}.`,
    en: `Say which complex is meant with complex=${ids.length ? `: ${ids.slice(0, 20).join(', ')}` : '; there is none yet that you may see'}.`,
  })
}

/** A file to save; bytes go out as they are. */
export const FileSchema = Type.Unsafe<Uint8Array>(Type.String({ format: 'binary' }))
