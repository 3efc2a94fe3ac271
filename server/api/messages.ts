/** Words between the coordinator and the drivers of a plan. */
import { type Static, Type } from 'typebox'
import { strict } from './common.ts'

const MessageId = Type.String({
  minLength: 1,
  maxLength: 80,
  pattern: '^[\\w.:-]+$',
  description: 'chosen by who sends it: the same one sent twice is one',
})
const Text = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })
const RouteId = Type.String({ minLength: 1, maxLength: 80, description: 'id of a round of the plan' })

/** POST /plans/:plan/messages */
export const NewMessageSchema = Type.Object(
  {
    id: MessageId,
    routes: Type.Optional(
      Type.Array(RouteId, { minItems: 1, maxItems: 2000, uniqueItems: true, description: 'default: every round' }),
    ),
    text: Text,
  },
  strict,
)
/** One row for each driver it goes to, or the one it comes from. */
export const MessageSchema = Type.Object(
  {
    id: MessageId,
    route: RouteId,
    from: Type.Enum(['coordinator', 'driver']),
    text: Text,
    at: Type.String({ format: 'date-time', description: 'when it was written' }),
    recordedAt: Type.String({ format: 'date-time', description: 'when the service had it' }),
    by: Type.String(),
    seenAt: Type.Optional(Type.String({ format: 'date-time', description: 'by the other side' })),
  },
  strict,
)
/** GET /plans/:plan/messages, in the order in which the service had them; the others answer with the same */
export const MessagesSchema = Type.Object({ items: Type.Array(MessageSchema) }, strict)
/** POST /plans/:plan/messages/read: what drivers wrote */
export const SeenSchema = Type.Object(
  { messages: Type.Array(Type.Object({ id: MessageId, route: RouteId }, strict), { minItems: 1, maxItems: 1000 }) },
  strict,
)

export type NewMessage = Static<typeof NewMessageSchema>
export type Message = Static<typeof MessageSchema>
export type Messages = Static<typeof MessagesSchema>
