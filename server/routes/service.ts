/** What every route is given, and the types that carry the schemas to the handlers. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import { Type } from 'typebox'
import { ErrorSchema } from '../api.ts'
import type { Comparisons } from '../jobs/comparisons.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { Store } from '../store/store.ts'
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
  readonly store: Store
  readonly jobs: Jobs
  readonly compareStored: Comparisons['compareStored']
  readonly explainStored: Comparisons['explainStored']
  readonly splitStored: Comparisons['splitStored']
  readonly travelOf: TravelOf
  readonly provider: TravelProvider
  readonly vroom: VroomCrew
}

export const refusals = { '4xx': ErrorSchema, '5xx': ErrorSchema } as const
export const IdParams = Type.Object({ id: Type.String({ maxLength: 80 }) })
