/** What may happen to a day that is under way, and what is known of how far it has got. Instants are seconds since `problem.startsAt`. */
import { type Static, Type } from 'typebox'
import { ShipmentSchema, SiteSchema } from '../problem.ts'

const strict = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 80 })
const RouteId = Type.String({ minLength: 1, maxLength: 80, description: 'id of a route of the plan' })
const Instant = Type.Integer({ minimum: 0, maximum: 366 * 86400, description: 'seconds since startsAt' })

export const DisturbanceSchema = Type.Union(
  [
    Type.Object(
      {
        kind: Type.Literal('breakdown'),
        route: RouteId,
        atS: Type.Optional(
          Type.Integer({ ...Instant, description: 'when it came to a stand; default: now, at most now' }),
        ),
        place: Type.Optional(
          Type.Object(
            {
              lng: Type.Number({ minimum: -180, maximum: 180 }),
              lat: Type.Number({ minimum: -90, maximum: 90 }),
              name: Type.Optional(Type.String({ maxLength: 80 })),
            },
            {
              ...strict,
              description: 'where it stands; default: as far along its leg as it had driven of it, as the crow flies',
            },
          ),
        ),
      },
      { ...strict, description: 'the truck drives no further; what it has on board is fetched where it stands' },
    ),
    Type.Object(
      { kind: Type.Literal('firm'), firm: Id },
      { ...strict, description: 'the firm sends nothing more today: what is on board already goes on' },
    ),
    Type.Object(
      { kind: Type.Literal('cancel'), shipment: Id },
      { ...strict, description: 'the shipment is not sent; one that is on board already goes on' },
    ),
    Type.Object(
      {
        kind: Type.Literal('order'),
        shipment: ShipmentSchema,
        sites: Type.Optional(Type.Array(SiteSchema, { maxItems: 2, description: 'its places that the day lacks' })),
      },
      { ...strict, description: 'an order more' },
    ),
    Type.Object(
      {
        kind: Type.Literal('late'),
        route: RouteId,
        lateS: Type.Integer({ minimum: 0, maximum: 86400, description: 'seconds behind what was expected' }),
      },
      { ...strict, description: 'the truck comes later to what is next' },
    ),
  ],
  { description: 'one thing that has happened' },
)

export const MARK_KINDS = ['departed', 'arrived', 'left', 'loaded', 'delivered'] as const
export const MarkSchema = Type.Object(
  {
    route: RouteId,
    stop: Type.Optional(Type.Integer({ minimum: 0, description: 'of the route, from 0; absent: departed' })),
    kind: Type.Enum(MARK_KINDS),
    atS: Instant,
  },
  { ...strict, description: 'what a truck really did, and when' },
)

export type Disturbance = Static<typeof DisturbanceSchema>
export type Mark = Static<typeof MarkSchema>
