/** What every part of the contract uses. */
import { type Static, type TSchema, Type } from 'typebox'
import { IssueSchema } from '../../solver/index.ts'

export const strict = { additionalProperties: false } as const
export const Names = Type.Object({ ko: Type.String(), en: Type.String() }, strict)

/** Lists come in pages, newest first. */
export const pageSchema = <T extends TSchema>(item: T) =>
  Type.Object(
    {
      items: Type.Array(item),
      next: Type.Optional(Type.Integer({ description: 'give it as `after` for the next page; absent on the last' })),
    },
    strict,
  )
/**
 * Every refusal has this body, those of the framework too. 400: not understood; 404; 409, 412: it has changed meanwhile; 413, 415, 422:
 * the caller's data; 429, 503: later. The codes there are: codes.ts.
 */
export const ErrorSchema = Type.Object(
  {
    code: Type.String({ description: 'stable; the list is in the description of the API' }),
    message: Type.String({ description: 'what is wrong and what to do, in the language of Accept-Language' }),
    issues: Type.Array(IssueSchema, { description: 'every fault with its place and remedy; at least one' }),
    request: Type.String({ description: 'as in the header X-Request-Id and in the log of the service' }),
    retryAfterS: Type.Optional(Type.Integer({ description: 'the same may succeed after so many seconds' })),
  },
  strict,
)

export type ApiError = Static<typeof ErrorSchema>
