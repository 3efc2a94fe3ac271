/** What the service tells others. */
import { type Static, Type } from 'typebox'
import { strict } from './common.ts'

export const WEBHOOK_EVENTS = [
  'job.done',
  'plan.confirmed',
  'plan.withdrawn',
  'import.done',
  'dispatch.changed',
] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]
/** POST /webhooks */
export const WebhookRequestSchema = Type.Object(
  {
    url: Type.String({
      maxLength: 2000,
      pattern: '^[\\x21-\\x7e]+$',
      description: 'https only, but for this computer',
    }),
    events: Type.Array(Type.Enum(WEBHOOK_EVENTS), { minItems: 1, maxItems: 20 }),
  },
  strict,
)
/** GET /webhooks */
export const WebhookSchema = Type.Object(
  {
    id: Type.String(),
    complex: Type.String(),
    url: Type.String(),
    events: Type.Array(Type.Enum(WEBHOOK_EVENTS)),
    createdAt: Type.String(),
    createdBy: Type.String(),
    failingSince: Type.Optional(Type.String({ description: 'nothing has arrived since' })),
    disabledAt: Type.Optional(
      Type.String({ description: 'nothing is sent since; POST /webhooks/:id/enable begins again' }),
    ),
  },
  strict,
)
/** The answer to POST /webhooks */
export const NewWebhookSchema = Type.Object(
  { ...WebhookSchema.properties, secret: Type.String({ description: 'for checking signatures; told once' }) },
  strict,
)
/** GET /webhooks/:webhook/deliveries */
export const DeliverySchema = Type.Object(
  {
    id: Type.String(),
    event: Type.Enum(WEBHOOK_EVENTS),
    state: Type.Enum(['waiting', 'delivered', 'failed']),
    attempts: Type.Integer(),
    createdAt: Type.String(),
    changedAt: Type.String(),
    status: Type.Optional(Type.Integer({ description: 'of the last answer; absent where there was none' })),
    answer: Type.Optional(Type.String({ description: 'its first 2,000 bytes, or why there was none' })),
    body: Type.String({ description: 'as it is sent and signed' }),
  },
  strict,
)

export type WebhookRequest = Static<typeof WebhookRequestSchema>
export type Webhook = Static<typeof WebhookSchema>
export type NewWebhook = Static<typeof NewWebhookSchema>
export type Delivery = Static<typeof DeliverySchema>
