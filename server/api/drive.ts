/** The phone of a driver: the links that open a round on it, what it is told, and what it sends back. */
import { type Static, Type } from 'typebox'
import { GEARS } from '../../solver/index.ts'
import { strict } from './common.ts'
import { ActualSchema, NewActualSchema } from './live.ts'
import { MessageSchema } from './messages.ts'

const Moment = Type.String({ format: 'date-time' })
const Seconds = Type.Integer({ description: 'since startsAt' })
const Position = {
  lng: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
}

/** opened: the first phone. letIn: another one that knew the digits. digits: wrong ones. refused: another phone, where no number is known. locked: too many wrong digits. */
const OPENINGS = ['opened', 'letIn', 'digits', 'refused', 'locked'] as const
export const OpeningSchema = Type.Object(
  {
    at: Moment,
    phone: Type.String({ description: 'the same for the same phone' }),
    device: Type.String(),
    outcome: Type.Enum(OPENINGS),
  },
  strict,
)
export const LINK_STATES = ['living', 'expired', 'revoked'] as const
export const DriverLinkSchema = Type.Object(
  {
    id: Type.String(),
    route: Type.String({ description: 'id of a round of the plan' }),
    vehicle: Type.String(),
    state: Type.Enum(LINK_STATES),
    url: Type.String({ description: 'whoever has it can open the round: treat it like a key' }),
    expiresAt: Moment,
    openedAt: Type.Optional(Moment),
    seenAt: Type.Optional(Moment),
    phones: Type.Array(Type.Object({ at: Moment, device: Type.String() }, strict)),
    locked: Type.Boolean({ description: 'after too many wrong digits; release it' }),
    openings: Type.Array(OpeningSchema, { description: 'oldest first' }),
  },
  strict,
)
/** GET and POST /plans/:plan/links */
export const DriverLinksSchema = Type.Object(
  {
    base: Type.String({ description: 'the address that the links begin with' }),
    reachable: Type.Boolean({ description: 'false: an address of this computer only, which no phone reaches' }),
    items: Type.Array(DriverLinkSchema),
  },
  strict,
)
export const NewLinksSchema = Type.Object(
  {
    routes: Type.Optional(
      Type.Array(Type.String({ maxLength: 80 }), {
        maxItems: 2000,
        description: 'ids of rounds; default: all of the plan',
      }),
    ),
  },
  strict,
)

const DriveGoodsSchema = Type.Object(
  {
    shipment: Type.String(),
    way: Type.Enum(['pickup', 'delivery']),
    item: Type.Optional(Type.String()),
    weightKg: Type.Number(),
    pallets: Type.Optional(Type.Number()),
    handling: Type.Array(Type.Enum(GEARS)),
    note: Type.Optional(Type.String()),
    other: Type.String({ description: 'where it goes, or comes from' }),
  },
  strict,
)
const DrivePlaceSchema = Type.Object(
  {
    name: Type.String(),
    address: Type.Optional(Type.String()),
    lng: Type.Number(),
    lat: Type.Number(),
    guessed: Type.Optional(Type.Boolean({ description: 'the point is an estimate' })),
    contact: Type.Optional(Type.String()),
    phone: Type.Optional(Type.String()),
  },
  strict,
)
const DriveStopSchema = Type.Object(
  {
    ...DrivePlaceSchema.properties,
    arriveS: Seconds,
    startS: Seconds,
    leaveS: Seconds,
    latestS: Type.Optional(Type.Integer({ description: 'until when the work may begin' })),
    legS: Type.Integer({ description: 'planned seconds on the road to here' }),
    goods: Type.Array(DriveGoodsSchema),
  },
  strict,
)
const WhomSchema = Type.Object(
  { name: Type.Optional(Type.String()), phone: Type.Optional(Type.String()) },
  { ...strict, description: 'whom to call' },
)
/** GET /drive: the round, and nothing but the round: no prices, no others. */
export const DriveSchema = Type.Object(
  {
    state: Type.Enum(['open', 'withdrawn'], { description: 'withdrawn: the round is not driven; call' }),
    plan: Type.String(),
    route: Type.String(),
    number: Type.Integer({ description: 'as on the map of the coordinator' }),
    revised: Type.Boolean({ description: 'the plan has changed since the link was made' }),
    title: Type.String(),
    vehicle: Type.String(),
    plate: Type.Optional(Type.String()),
    driver: Type.Optional(Type.String()),
    note: Type.Optional(Type.String({ description: 'of the dispatch' })),
    carrier: Type.Optional(WhomSchema),
    coordinator: Type.Optional(WhomSchema),
    startsAt: Moment,
    timeZone: Type.String(),
    now: Moment,
    expiresAt: Moment,
    departS: Seconds,
    returnS: Seconds,
    distanceM: Type.Integer(),
    estimated: Type.Boolean({ description: 'roads and times are estimates' }),
    start: Type.Optional(DrivePlaceSchema),
    end: Type.Optional(DrivePlaceSchema),
    stops: Type.Array(DriveStopSchema),
    rests: Type.Array(Type.Object({ beforeStop: Type.Integer(), startS: Seconds, endS: Seconds }, strict)),
    law: Type.Object({ driveS: Type.Integer(), restS: Type.Integer() }, strict),
    lines: Type.Array(Type.Array(Type.Tuple([Type.Number(), Type.Number()])), {
      description: 'the way, from place to place, [lng, lat]',
    }),
    events: Type.Array(ActualSchema, { description: 'of this round, stops as of this plan' }),
    proofs: Type.Array(Type.String(), { description: 'ids that have arrived' }),
    messages: Type.Array(MessageSchema, { description: 'to this driver, oldest first' }),
  },
  strict,
)

export const DriveEventSchema = Type.Object(
  {
    id: NewActualSchema.properties.id,
    plan: Type.String({ maxLength: 90, description: 'that the phone went by' }),
    stop: NewActualSchema.properties.stop,
    kind: NewActualSchema.properties.kind,
    at: Type.String({ format: 'date-time', description: 'by the clock of the phone' }),
    quantity: NewActualSchema.properties.quantity,
    note: NewActualSchema.properties.note,
    shipment: NewActualSchema.properties.shipment,
    problem: NewActualSchema.properties.problem,
    corrects: NewActualSchema.properties.corrects,
    void: NewActualSchema.properties.void,
    ...Position,
  },
  strict,
)
/** POST /drive/events: in the order in which they happened; any number of times. */
export const DriveEventsSchema = Type.Object(
  {
    now: Type.String({ format: 'date-time', description: 'by the clock of the phone, as it sends' }),
    events: Type.Array(DriveEventSchema, { minItems: 1, maxItems: 200 }),
  },
  strict,
)
export const DriveTakenSchema = Type.Object(
  {
    taken: Type.Array(Type.String(), { description: 'ids that are kept now, those sent before included' }),
    refused: Type.Array(
      Type.Object(
        { id: Type.String(), message: Type.String() },
        { ...strict, description: 'sending it again helps nothing' },
      ),
    ),
    clockOffS: Type.Integer({ description: 'seconds by which the clock of the phone is behind' }),
  },
  strict,
)

export const PROOF_KINDS = ['photo', 'signature'] as const
export const PROOF_TYPES = ['image/jpeg', 'image/png'] as const
/** What the service takes of one photo or signature; the page shrinks them to much less. */
export const MOST_PROOF_BYTES = 1.5 * 2 ** 20
/** POST /drive/proofs */
export const DriveProofSchema = Type.Object(
  {
    id: NewActualSchema.properties.id,
    plan: Type.String({ maxLength: 90 }),
    stop: NewActualSchema.properties.stop,
    kind: Type.Enum(PROOF_KINDS),
    name: Type.Optional(Type.String({ maxLength: 80, description: 'who has signed' })),
    at: Moment,
    now: Moment,
    ...Position,
    data: Type.String({
      contentEncoding: 'base64',
      description: 'JPEG or PNG, base64; what it says of place and camera is removed',
    }),
  },
  strict,
)
export const ProofSchema = Type.Object(
  {
    id: Type.String(),
    route: Type.String(),
    stop: NewActualSchema.properties.stop,
    kind: Type.Enum(PROOF_KINDS),
    type: Type.Enum(PROOF_TYPES),
    size: Type.Integer({ description: 'bytes' }),
    name: Type.Optional(Type.String()),
    ...Position,
    at: Moment,
    recordedAt: Moment,
    by: Type.String(),
  },
  strict,
)
/** GET /plans/:plan/proofs */
export const ProofsSchema = Type.Object({ items: Type.Array(ProofSchema) }, strict)
/** POST /drive/seen */
export const DriveSeenSchema = Type.Object(
  {
    messages: Type.Array(MessageSchema.properties.id, {
      minItems: 1,
      maxItems: 200,
      description: 'ids of messages that the driver has read',
    }),
  },
  strict,
)
export const DriveDigitsSchema = Type.Object(
  { digits: Type.String({ pattern: '^[0-9]{4}$', description: "the last four of the driver's phone number" }) },
  strict,
)

export type Opening = Static<typeof OpeningSchema>
export type DriverLink = Static<typeof DriverLinkSchema>
export type DriverLinks = Static<typeof DriverLinksSchema>
export type Drive = Static<typeof DriveSchema>
export type DriveStop = Static<typeof DriveStopSchema>
export type DrivePlace = Static<typeof DrivePlaceSchema>
export type DriveGoods = Static<typeof DriveGoodsSchema>
export type DriveEvent = Static<typeof DriveEventSchema>
export type DriveTaken = Static<typeof DriveTakenSchema>
export type DriveProof = Static<typeof DriveProofSchema>
export type Proof = Static<typeof ProofSchema>
export type Proofs = Static<typeof ProofsSchema>
