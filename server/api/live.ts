/** A day that several people look at, that is under way, and that did not go as planned. */
import { type Static, Type } from 'typebox'
import { DisturbanceSchema, LedgerEntrySchema } from '../../solver/index.ts'
import { strict } from './common.ts'
import { DISPATCH_STATES } from './dispatch.ts'

export const ACTUAL_KINDS = ['departed', 'arrived', 'left', 'loaded', 'delivered', 'problem'] as const
/** What a driver can meet with: behind the plan, nobody there, other goods than ordered, damage, the truck. */
export const PROBLEM_KINDS = ['late', 'nobody', 'goods', 'damaged', 'truck', 'other'] as const
/** POST /plans/:plan/actuals */
export const NewActualSchema = Type.Object(
  {
    id: Type.String({
      minLength: 1,
      maxLength: 80,
      pattern: '^[\\w.:-]+$',
      description: 'chosen by who sends it: the same one sent twice is one',
    }),
    route: Type.String({ minLength: 1, maxLength: 80, description: 'id of a round of the plan' }),
    stop: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'of the route, from 0; absent: the route as a whole, where arrived means that it is back',
      }),
    ),
    kind: Type.Enum(ACTUAL_KINDS),
    at: Type.String({ format: 'date-time', description: 'when it happened' }),
    quantity: Type.Optional(Type.Number({ minimum: 0, description: 'what was really loaded or delivered, kg' })),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    shipment: Type.Optional(
      Type.String({ maxLength: 90, description: 'whose quantity it is; absent: of everything at the stop' }),
    ),
    problem: Type.Optional(Type.Enum(PROBLEM_KINDS)),
    corrects: Type.Optional(
      Type.String({ maxLength: 80, description: 'id of an earlier one, which this one takes the place of' }),
    ),
    void: Type.Optional(Type.Boolean({ description: 'true: what it corrects did not happen at all' })),
  },
  strict,
)
export const NewActualsSchema = Type.Object(
  { events: Type.Array(NewActualSchema, { minItems: 1, maxItems: 1000 }) },
  strict,
)
export const ActualSchema = Type.Object(
  {
    ...NewActualSchema.properties,
    recordedAt: Type.String({ format: 'date-time' }),
    by: Type.String(),
    clockOffS: Type.Optional(
      Type.Integer({ description: 'seconds by which the clock of the phone was behind; `at` is put right' }),
    ),
    lng: Type.Optional(Type.Number({ description: 'where the phone was, if its driver wanted that told' })),
    lat: Type.Optional(Type.Number()),
    corrected: Type.Optional(Type.Literal(true, { description: 'a later one took its place' })),
  },
  strict,
)
/** GET /plans/:plan/actuals: in the order in which they were recorded; POST answers with the same */
export const ActualsSchema = Type.Object({ items: Type.Array(ActualSchema) }, strict)

/** POST /plans/:plan/disturb */
export const DisturbRequestSchema = Type.Object(
  {
    nowS: Type.Integer({ minimum: 0, maximum: 366 * 86400, description: 'seconds since startsAt of the problem' }),
    events: Type.Array(DisturbanceSchema, { maxItems: 200, description: 'none: plan the rest of the day anew' }),
    seconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 600, default: 5 })),
    stabilityKrw: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1e9,
        default: 30_000,
        description: 'won that moving a shipment to another truck or mode must save at least',
      }),
    ),
    preview: Type.Optional(
      Type.Boolean({ default: false, description: 'true: tells what is done and what follows; nothing is stored' }),
    ),
  },
  strict,
)
const StandingSchema = Type.Object(
  {
    route: Type.String(),
    vehicle: Type.String(),
    left: Type.Boolean({ description: 'false: it is still at its start' }),
    stands: Type.Boolean({ description: 'it has broken down' }),
    closed: Type.Boolean({ description: 'nothing is left for it to do' }),
    stopsDone: Type.Integer(),
    stops: Type.Integer(),
    heading: Type.Optional(Type.String({ description: 'site that it drives to' })),
    aboard: Type.Array(Type.String(), { description: 'shipments' }),
  },
  strict,
)
/** The answer to POST /plans/:plan/disturb */
export const DisturbedSchema = Type.Object(
  {
    standings: Type.Array(StandingSchema),
    notes: Type.Array(Type.String(), { description: 'in the language of the caller' }),
    problem: Type.Optional(Type.String({ description: 'the rest of the day; from now on it stands for the day' })),
    job: Type.Optional(Type.String()),
  },
  strict,
)

/** Who has the day open just now. */
const HereSchema = Type.Object({ page: Type.String(), name: Type.String(), date: Type.Optional(Type.String()) }, strict)
const told = {
  by: Type.String({ description: 'whose change it was; a name where there is one' }),
  page: Type.Optional(Type.String({ description: 'the page that asked for it' })),
}
/**
 * Data of the events of GET /complexes/:complex/events. `again`: words may have been lost, look at everything.
 */
export const NewsSchema = Type.Union([
  Type.Object({ kind: Type.Literal('here'), people: Type.Array(HereSchema) }, strict),
  Type.Object({ kind: Type.Literal('again') }, strict),
  Type.Object(
    { kind: Type.Literal('day'), date: Type.String(), problem: Type.Optional(Type.String()), ...told },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('plan'),
      action: Type.Enum(['add', 'improve', 'edit', 'undo', 'confirm', 'withdraw', 'revise', 'remove']),
      plan: Type.String(),
      problem: Type.Optional(Type.String()),
      version: Type.Optional(Type.Integer()),
      entry: Type.Optional(LedgerEntrySchema),
      ...told,
    },
    strict,
  ),
  Type.Object(
    { kind: Type.Literal('job'), action: Type.String(), job: Type.String(), problem: Type.String(), ...told },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('dispatch'),
      plan: Type.String(),
      route: Type.Optional(Type.String({ description: 'absent: of several' })),
      state: Type.Optional(Type.Enum(DISPATCH_STATES)),
      proposes: Type.Optional(Type.Boolean({ description: 'its carrier would rather send another truck' })),
      ...told,
    },
    strict,
  ),
  Type.Object({ kind: Type.Literal('actual'), plan: Type.String(), events: Type.Integer(), ...told }, strict),
  Type.Object({ kind: Type.Literal('message'), plan: Type.String(), ...told }, strict),
])
export const EventsQuery = Type.Object({
  date: Type.Optional(
    Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'the day that is looked at, for the others to see' }),
  ),
  page: Type.Optional(
    Type.String({ pattern: '^[\\w-]{1,40}$', description: 'as in the header X-Milkrun-Page of its changes' }),
  ),
  follow: Type.Optional(Type.Enum(['yes', 'no'], { default: 'yes', description: 'no: who is here, and no more' })),
})

export type NewActual = Static<typeof NewActualSchema>
export type Actual = Static<typeof ActualSchema>
export type Actuals = Static<typeof ActualsSchema>
export type DisturbRequest = Static<typeof DisturbRequestSchema>
export type DisturbedAnswer = Static<typeof DisturbedSchema>
export type Here = Static<typeof HereSchema>
export type News = Static<typeof NewsSchema>
