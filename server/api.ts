/** The HTTP contract: schemas only. The service serves it, the web imports it. Paths are under /api, but for /health. */
import { type Static, type TSchema, Type } from 'typebox'
import {
  BurnSchema,
  CertificateSchema,
  ComparisonSchema,
  FootprintSchema,
  IssueSchema,
  LockSchema,
  PlanFileSchema,
  PlanSchema,
  PRECISIONS,
  ProblemSchema,
  ShipmentExplanationSchema,
  ShipmentSchema,
  SourceLineSchema,
  SplitSchema,
} from '../solver/index.ts'
import { KEY_SCOPES, ROLES } from './access.ts'
import { ADDRESS_STATES, WAIT_REASONS } from './placeStates.ts'

const strict = { additionalProperties: false } as const

/** One day of a complex that can be planned. `problem` is its id under /problems. */
export const DaySchema = Type.Object(
  {
    problem: Type.String(),
    date: Type.String({ description: 'ISO date in the time zone of the complex' }),
    shipments: Type.Integer(),
    plan: Type.Optional(Type.String({ description: 'id of its newest plan' })),
    planState: Type.Optional(Type.Enum(['draft', 'confirmed', 'withdrawn'], { description: 'of that plan' })),
    confirmed: Type.Optional(Type.String({ description: 'id of its plan that is confirmed' })),
    job: Type.Optional(Type.String({ description: 'id of the search that waits or runs for it' })),
    waiting: Type.Optional(
      Type.Integer({ description: 'its orders that are not in the problem because an address is not placed' }),
    ),
  },
  strict,
)
/** GET /complexes */
export const ComplexSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.Object({ ko: Type.String(), en: Type.String() }, strict),
    lng: Type.Number(),
    lat: Type.Number(),
    timeZone: Type.String(),
    synthetic: Type.Boolean({ description: 'true: generated firms and orders, said so on every screen' }),
    days: Type.Array(DaySchema),
  },
  strict,
)

/** GET /problems */
/** Lists come in pages, newest first. */
export const pageSchema = <T extends TSchema>(item: T) =>
  Type.Object(
    {
      items: Type.Array(item),
      next: Type.Optional(Type.Integer({ description: 'give it as `after` for the next page; absent on the last' })),
    },
    strict,
  )
export const ProblemSummarySchema = Type.Object(
  {
    id: Type.String(),
    complex: Type.String(),
    name: Type.String(),
    startsAt: Type.String(),
    days: Type.Integer(),
    sites: Type.Integer(),
    shipments: Type.Integer(),
    vehicles: Type.Integer(),
    plan: Type.Optional(Type.String({ description: 'id of its newest plan' })),
  },
  strict,
)
/** POST /problems answers 201 with this, or 422 with every fault */
export const CreatedProblemSchema = Type.Object(
  {
    id: Type.String(),
    warnings: Type.Array(IssueSchema, { description: 'can be planned, probably not what was meant' }),
  },
  strict,
)

/** Of searching, where a job does not say how long. */
export const DEFAULT_SECONDS = 10
/** Won a shipment: more says nothing more than that nothing is to move. */
export const MAX_STABILITY_KRW = 1e9
/** POST /problems/:problem/jobs; no body asks for the defaults */
export const JobRequestSchema = Type.Object(
  {
    seconds: Type.Number({ minimum: 0.1, maximum: 3600, default: DEFAULT_SECONDS }),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, default: 1 })),
    iterations: Type.Optional(Type.Integer({ minimum: 1, maximum: 1e9 })),
    boundSeconds: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 3600,
        default: 0,
        description: 'after the search, so long for proving what no plan can cost less than',
      }),
    ),
    from: Type.Optional(
      Type.String({
        maxLength: 80,
        description:
          'id of the plan to start from; default: the newest of the problem, none where iterations are given',
      }),
    ),
    locks: Type.Optional(
      Type.Array(LockSchema, {
        maxItems: 20_000,
        description: 'parts of `from` that stay as they are; the plan tells of each whether it could',
      }),
    ),
    stabilityKrw: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: MAX_STABILITY_KRW,
        description: 'won that moving a shipment of `from` to another truck or mode must save at least; default 0',
      }),
    ),
    priority: Type.Optional(
      Type.Integer({
        minimum: -10,
        maximum: 10,
        default: 0,
        description: 'among the jobs of its complex that wait, the highest is next',
      }),
    ),
  },
  strict,
)
/** dead: every attempt ended without a word, or the travel source stayed silent; POST /jobs/:job/retry tries again. */
export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled', 'dead'] as const
/**
 * GET /jobs/:job, POST /jobs/:job/stop (keep the best plan), POST /jobs/:job/retry, DELETE /jobs/:job (drop it); also the data of every
 * event of GET /jobs/:job/events: `progress` (a few a second), `plan` (a better plan is stored), `done` (the job is over).
 * A client that was cut off sends Last-Event-ID; 204 tells it that nothing more will come.
 */
export const JOB_EVENTS = ['progress', 'plan', 'done'] as const
export const JobSchema = Type.Object(
  {
    id: Type.String(),
    problem: Type.String(),
    state: Type.Enum(JOB_STATES),
    createdAt: Type.String({ description: 'ISO instant' }),
    priority: Type.Integer(),
    attempt: Type.Integer({
      description: 'how often somebody began to work on it; a later attempt goes on where one ended',
    }),
    seconds: Type.Number({ description: 'limit' }),
    elapsedS: Type.Number(),
    iterations: Type.Integer(),
    costKrw: Type.Optional(Type.Integer({ description: 'incumbent' })),
    boundSeconds: Type.Optional(Type.Number({ description: 'limit of the proof that follows the search' })),
    lowerKrw: Type.Optional(Type.Integer({ description: 'no plan costs less: proved so far' })),
    plan: Type.Optional(
      Type.String({ description: 'id under /plans of the incumbent; the plan changes until the job is done' }),
    ),
    error: Type.Optional(Type.String()),
  },
  strict,
)

const PLAN_STATES = ['draft', 'confirmed', 'withdrawn'] as const
const planHead = {
  id: Type.String(),
  problem: Type.String(),
  version: Type.Integer({
    description: 'grows with every change; also the ETag, which a change sends back as If-Match',
  }),
  state: Type.Enum(PLAN_STATES, {
    description: 'confirmed: the carrier drives it, and it no longer changes; withdrawn: it was confirmed once',
  }),
  changedAt: Type.String({ format: 'date-time' }),
  changedBy: Type.String(),
}
/** GET /plans/:plan; PUT /plans/:plan takes an edited PlanSchema, POST /plans/:plan/confirm and /withdraw nothing */
export const StoredPlanSchema = Type.Object(
  { ...planHead, plan: PlanSchema, certificate: Type.Optional(CertificateSchema) },
  strict,
)
/** GET /plans */
export const PlanSummarySchema = Type.Object(
  {
    ...planHead,
    complex: Type.String(),
    costKrw: Type.Integer(),
    lowerKrw: Type.Optional(Type.Integer({ description: 'no plan of the problem costs less: proved' })),
  },
  strict,
)

/** GET /plans/:plan/footprint */
export const FootprintAnswerSchema = Type.Object(
  {
    version: Type.Integer({ description: 'of the plan that it holds for' }),
    ...FootprintSchema.properties,
    sources: Type.Array(SourceLineSchema),
  },
  strict,
)

/** GET /shipments */
export const ListedShipmentSchema = Type.Object(
  { problem: Type.String(), startsAt: Type.String(), shipment: ShipmentSchema },
  strict,
)

const auditLine = {
  seq: Type.Integer(),
  at: Type.String({ format: 'date-time' }),
  complex: Type.Optional(Type.String()),
  actor: Type.String(),
  action: Type.String(),
  noun: Type.String(),
  nounId: Type.String(),
  request: Type.Optional(Type.String({ description: 'as in the log of the service' })),
}
/** GET /audit */
export const AuditLineSchema = Type.Object(auditLine, strict)
/** GET /audit/:seq; null: there was, or is, nothing */
export const AuditEntrySchema = Type.Object({ ...auditLine, before: Type.Unknown(), after: Type.Unknown() }, strict)

/** POST /plans/import answers 201 with this, or 422 with every check that failed. */
export const AdmittedPlanSchema = Type.Object(
  {
    plan: Type.String(),
    problem: Type.String(),
    certificate: Type.Enum(['yes', 'no', 'unproved', 'none'], {
      description: 'yes: proved again here. unproved: it was not, and was left out. none: the file had no certificate',
    }),
    warnings: Type.Array(IssueSchema),
  },
  strict,
)

/** GET /plans/:plan/geojson and GET /roads are GeoJSON FeatureCollections (RFC 7946). */
export const GeoJsonSchema = Type.Unsafe<{ type: 'FeatureCollection'; features: GeoFeature[]; simplified?: boolean }>(
  Type.Object({
    type: Type.Literal('FeatureCollection'),
    features: Type.Array(Type.Unknown()),
    simplified: Type.Optional(Type.Boolean({ description: 'true: a higher zoom would show more of its lines' })),
  }),
)
export interface GeoFeature {
  readonly type: 'Feature'
  readonly geometry:
    | { readonly type: 'LineString'; readonly coordinates: (readonly [number, number])[] }
    | { readonly type: 'Point'; readonly coordinates: readonly [number, number] }
  /**
   * Lines of a plan: route (id), number (1..), vehicle, leg (0..), straight, estimated (true: so are its figures), lane (0.., beside others on the same road). Points of a plan: route, number, vehicle, stop (index in
   * route.stops; null at the garage), sequence (1.. at stops, 0 at the start), site, name, kind: start, pickup, delivery, both, end.
   * Roads: kind, road_no, name.
   */
  readonly properties: Record<string, string | number | boolean | null>
}

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

/** Our field → name of the column in the file, to be sent as JSON in `mapping`. */
const MappingSchema = Type.Record(Type.String(), Type.String())

/** POST /imports?complex=…&name=… (the file as body with any of the media types of sheets, or as a multipart form) */
export const ImportResultSchema = Type.Object(
  {
    days: Type.Array(
      Type.Object(
        {
          ...DaySchema.properties,
          before: Type.Optional(Type.String({ description: 'the problem that stood for the day: undoes it' })),
        },
        strict,
      ),
      { description: 'problems made of the rows that were right' },
    ),
    rows: Type.Integer(),
    accepted: Type.Integer(),
    issues: Type.Array(IssueSchema),
    added: Type.Optional(Type.Integer({ description: 'orders that the days did not have before' })),
    replaced: Type.Optional(Type.Array(Type.String(), { description: 'numbers of orders that the days had already' })),
    learned: Type.Optional(MappingSchema),
    rejected: Type.Optional(
      Type.Object(
        {
          rows: Type.Integer(),
          name: Type.String({ description: 'for saving it' }),
          type: Type.String({ description: 'media type' }),
          base64: Type.String({ description: 'the file: correct it and send it again with mode=add' }),
        },
        { ...strict, description: 'the rows that could not be used, with what is wrong beside them; absent: none' },
      ),
    ),
  },
  strict,
)

/** POST /imports/preview: what the file would be read as. Nothing is stored. */
export const PreviewSchema = Type.Object(
  {
    format: Type.Optional(Type.Enum(['csv', 'xlsx'])),
    encoding: Type.Optional(Type.String()),
    sheet: Type.Optional(Type.String({ description: 'the sheet that is read' })),
    sheets: Type.Optional(Type.Array(Type.String())),
    headerRow: Type.Optional(Type.Integer({ description: 'the first row of the file is 1; absent: none was found' })),
    headers: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          index: Type.Integer(),
          field: Type.Optional(Type.String({ description: 'what it is read as' })),
          guesses: Type.Array(
            Type.Object({ field: Type.String(), score: Type.Number({ description: '0 to 1' }) }, strict),
            { description: 'of a column that is not understood, best first' },
          ),
        },
        strict,
      ),
    ),
    rows: Type.Array(Type.Array(Type.String()), { description: 'the first five' }),
    mapping: MappingSchema,
    missing: Type.Array(Type.Object({ field: Type.String(), names: Type.Array(Type.String()) }, strict), {
      description: 'without these no row can be read, even with the proposed mapping',
    }),
    issues: Type.Array(IssueSchema),
  },
  strict,
)

const Lng = Type.Number({ minimum: -180, maximum: 180 })
const Lat = Type.Number({ minimum: -90, maximum: 90 })
/** PUT /places/:id */
export const PointSchema = Type.Object({ lng: Lng, lat: Lat }, strict)
/** POST /places?complex=… */
export const NewPlaceSchema = Type.Object(
  {
    address: Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' }),
    name: Type.Optional(Type.String({ maxLength: 200, description: 'of the place' })),
    lng: Lng,
    lat: Lat,
  },
  strict,
)
/** An address that the complex does not know as a place. */
export const PlaceSchema = Type.Object(
  {
    id: Type.String(),
    address: Type.String(),
    name: Type.String({ description: 'of the place, as an order has it; may be empty' }),
    state: Type.Enum(ADDRESS_STATES, {
      description:
        'waiting: its orders are not planned; guess: planned at a point that is estimated; placed: remembered',
    }),
    reason: Type.Optional(
      Type.Enum(WAIT_REASONS, {
        description:
          'why it waits. nothing: not found; gwangju: 광주광역시 or 경기 광주시; elsewhere: found in another province; several: fits several places',
      }),
    ),
    lng: Type.Optional(Lng),
    lat: Type.Optional(Lat),
    precision: Type.Optional(Type.Enum(PRECISIONS, { description: 'of a guess' })),
    source: Type.Optional(Type.String({ description: 'hand, file, or who has guessed it' })),
    neededBy: Type.Optional(
      Type.Object(
        { file: Type.String(), rows: Type.Array(Type.Integer()) },
        { ...strict, description: 'the last import with it' },
      ),
    ),
    changedAt: Type.String(),
    changedBy: Type.String(),
  },
  strict,
)
/** GET /places?complex=… */
export const PlacesSchema = Type.Object(
  {
    items: Type.Array(PlaceSchema),
    next: Type.Optional(Type.Integer()),
    counts: Type.Object(
      { waiting: Type.Integer(), guess: Type.Integer(), placed: Type.Integer() },
      { ...strict, description: 'over all pages' },
    ),
    orders: Type.Object(
      {
        waiting: Type.Integer({ description: 'kept from imports because of an address' }),
        ready: Type.Integer({ description: 'of these, whose addresses are all placed by now' }),
      },
      strict,
    ),
  },
  strict,
)
/** POST /places/orders?complex=… */
export const JoinedSchema = Type.Object(
  {
    days: Type.Array(DaySchema),
    joined: Type.Integer({ description: 'orders that are in a problem now' }),
    left: Type.Integer({ description: 'orders that still wait' }),
    issues: Type.Array(IssueSchema),
  },
  strict,
)
/** GET /places/:id/candidates */
export const CandidatesSchema = Type.Object(
  {
    candidates: Type.Array(
      Type.Object(
        {
          lng: Lng,
          lat: Lat,
          precision: Type.Enum(PRECISIONS),
          label: Type.String({ description: 'the address as the source has it' }),
          source: Type.String(),
          withinM: Type.Optional(Type.Integer({ description: 'how far off it may be' })),
        },
        strict,
      ),
    ),
    failures: Type.Array(Type.String(), { description: 'services that did not answer' }),
  },
  strict,
)
/** POST /places/import?complex=…&name=… (the file as body) */
export const PlacesImportSchema = Type.Object(
  {
    rows: Type.Integer(),
    placed: Type.Integer(),
    kept: Type.Integer({ description: 'rows whose address somebody has placed by hand: that holds' }),
    issues: Type.Array(IssueSchema),
  },
  strict,
)

const Role = Type.Enum(ROLES)
const Names = Type.Object({ ko: Type.String(), en: Type.String() }, strict)
/** What a person is, of a complex or of the whole service. */
export const MemberSchema = Type.Object(
  {
    id: Type.String(),
    role: Role,
    complex: Type.Union([Type.String(), Type.Null()], { description: 'of a coordinator, a firm member, a carrier' }),
    firm: Type.Union([Type.String(), Type.Null()], { description: 'of a firm member' }),
    vehicles: Type.Array(Type.String(), { description: 'of a carrier: its trucks' }),
  },
  strict,
)
/** GET /me */
export const MeSchema = Type.Object(
  {
    accounts: Type.Boolean({ description: 'false: no accounts; who reaches this computer may everything' }),
    person: Type.Union([
      Type.Object(
        {
          email: Type.String(),
          name: Type.String(),
          members: Type.Array(
            Type.Object(
              {
                ...MemberSchema.properties,
                complexName: Type.Union([Names, Type.Null()]),
                firmName: Type.Union([Type.String(), Type.Null()]),
              },
              strict,
            ),
          ),
        },
        strict,
      ),
      Type.Null({ description: 'not signed in' }),
    ]),
  },
  strict,
)
const Email = Type.String({ maxLength: 200 })
const Password = Type.String({ maxLength: 500 })
/** POST /session signs in, DELETE /session signs out */
export const SignInSchema = Type.Object({ email: Email, password: Password }, strict)
export const PasswordChangeSchema = Type.Object({ current: Password, next: Password }, strict)
/** POST /links/read, POST /links/use: a link that sets a password once */
const Token = Type.String({ minLength: 20, maxLength: 100 })
export const LinkSchema = Type.Object({ token: Token }, strict)
export const LinkForSchema = Type.Object(
  {
    email: Type.Union([Type.String(), Type.Null()], { description: 'null: of the first administrator, who gives one' }),
  },
  strict,
)
export const LinkUseSchema = Type.Object(
  {
    token: Token,
    password: Password,
    email: Type.Optional(Email),
    name: Type.Optional(Type.String({ maxLength: 80 })),
  },
  strict,
)
export const EmailSchema = Type.Object({ email: Type.String() }, strict)

/** What a role is given with; what it needs beside itself depends on it. */
export const RoleSchema = Type.Object(
  {
    role: Role,
    complex: Type.Optional(Type.String({ maxLength: 90 })),
    firm: Type.Optional(Type.String({ maxLength: 90 })),
    vehicles: Type.Optional(Type.Array(Type.String({ maxLength: 90 }), { maxItems: 200 })),
  },
  strict,
)
/** POST /accounts */
export const NewAccountSchema = Type.Object(
  { email: Email, name: Type.String({ minLength: 1, maxLength: 80 }), ...RoleSchema.properties },
  strict,
)
export const AccountSchema = Type.Object(
  {
    id: Type.String(),
    email: Type.String(),
    name: Type.String(),
    active: Type.Boolean({ description: 'false: the first password was not set yet' }),
    members: Type.Array(MemberSchema, { description: 'of the complexes that who asks looks after' }),
    link: Type.Optional(Type.String({ description: 'token that sets the password once; shown here and never again' })),
  },
  strict,
)
/** GET /accounts */
export const AccountsSchema = Type.Object(
  {
    accounts: Type.Array(AccountSchema),
    complexes: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          name: Names,
          openToPolicy: Type.Boolean({ description: 'policymakers see its sums' }),
          firms: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }, strict)),
          vehicles: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }, strict)),
        },
        strict,
      ),
    ),
    roles: Type.Array(Role, { description: 'that who asks may give' }),
  },
  strict,
)
/** PUT /complexes/:complex/policy */
export const OpenToPolicySchema = Type.Object({ open: Type.Boolean() }, strict)

const Scopes = Type.Array(Type.Enum(KEY_SCOPES), { minItems: 1, maxItems: KEY_SCOPES.length })
/** POST /keys */
export const NewKeySchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    scopes: Scopes,
    complexes: Type.Array(Type.String({ maxLength: 90 }), { minItems: 1, maxItems: 500 }),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650, default: 365, description: 'that it holds' })),
  },
  strict,
)
export const KeySchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    scopes: Type.Array(Type.Enum(KEY_SCOPES)),
    complexes: Type.Array(Type.String()),
    madeBy: Type.String(),
    createdAt: Type.String(),
    expiresAt: Type.Union([Type.String(), Type.Null()]),
    lastUsedAt: Type.Union([Type.String(), Type.Null()]),
    revokedAt: Type.Union([Type.String(), Type.Null()]),
    key: Type.Optional(Type.String({ description: 'Authorization: Bearer …; shown here and never again' })),
  },
  strict,
)

/** GET /limits */
export const LimitsSchema = Type.Object(
  {
    requestsPerMinute: Type.Integer(),
    headerBytes: Type.Integer(),
    headersS: Type.Number({ description: 'all headers have to arrive within' }),
    requestS: Type.Number({ description: 'the whole request has to arrive within' }),
    stalledS: Type.Number({ description: 'an answer of which nothing is taken for so long is given up' }),
    streams: Type.Integer({ description: 'event streams open at a time' }),
    page: Type.Object({ usual: Type.Integer(), most: Type.Integer() }, strict),
    bodies: Type.Array(Type.Object({ method: Type.String(), path: Type.String(), bytes: Type.Integer() }, strict)),
  },
  strict,
)

/** GET /my/shipments: of the firm of who asks */
export const MyShipmentSchema = Type.Object(
  {
    problem: Type.String(),
    date: Type.String(),
    shipment: Type.String(),
    item: Type.Optional(Type.String()),
    from: Type.String(),
    to: Type.String(),
    weightKg: Type.Number(),
    startsAt: Type.String(),
    timeZone: Type.String(),
    way: Type.Enum(['open', 'route', 'hired', 'terminal', 'unserved'], {
      description: 'open: no plan of the day is confirmed yet',
    }),
    pickupS: Type.Optional(Type.Integer({ description: 's since startsAt, where a truck of ours fetches it' })),
    deliveryS: Type.Optional(Type.Integer()),
  },
  strict,
)
/** GET /my/share: of each confirmed plan what the firm of who asks pays; its own row of the split and nobody else's */
export const MyShareSchema = Type.Object(
  {
    plan: Type.String(),
    date: Type.String(),
    state: Type.Enum(['ready', 'working'], { description: 'working: being worked out, ask again in half a minute' }),
    method: Type.Optional(Type.String()),
    shipments: Type.Optional(Type.Integer()),
    shareKrw: Type.Optional(Type.Integer()),
    b1Krw: Type.Optional(Type.Integer({ description: 'each of its shipments by its cheapest mode' })),
  },
  strict,
)
/** GET /my/statement */
export const StatementSchema = Type.Object(
  {
    month: Type.String(),
    firm: Type.String(),
    firmName: Type.String(),
    days: Type.Array(MyShareSchema),
    shipments: Type.Integer(),
    shareKrw: Type.Integer({ description: 'sum of the days that are ready' }),
    b1Krw: Type.Integer(),
    working: Type.Integer({ description: 'days that the sums lack' }),
  },
  strict,
)
const PieceSchema = Type.Object(
  {
    shipment: Type.String(),
    weightKg: Type.Number(),
    item: Type.Optional(Type.String()),
    pallets: Type.Optional(Type.Number()),
  },
  strict,
)
/** How to drive a route, leg by leg. */
export const GuideSchema = Type.Object(
  {
    source: Type.String({ description: 'of the roads' }),
    estimated: Type.Boolean({ description: 'true: its minutes and metres are estimates' }),
    legs: Type.Array(
      Type.Object(
        {
          from: Type.String(),
          to: Type.String(),
          stop: Type.Union([Type.Integer(), Type.Null()], {
            description: 'of the route, from 0; null: back at the start',
          }),
          durationS: Type.Integer(),
          distanceM: Type.Integer(),
          steps: Type.Array(
            Type.Object(
              {
                text: Type.String(),
                distanceM: Type.Integer({ description: 'to the next one' }),
                durationS: Type.Integer(),
                lng: Type.Number(),
                lat: Type.Number(),
              },
              strict,
            ),
            { description: 'turn by turn; empty where the roads have no streets' },
          ),
        },
        strict,
      ),
    ),
  },
  strict,
)
/** GET /my/sheets: of the trucks of who asks, in confirmed plans */
export const SheetSchema = Type.Object(
  {
    plan: Type.String(),
    route: Type.String(),
    startsAt: Type.String(),
    timeZone: Type.String(),
    vehicle: Type.String(),
    truck: Type.String(),
    driver: Type.Optional(Type.String()),
    departS: Type.Integer(),
    returnS: Type.Integer(),
    distanceM: Type.Integer(),
    tollKrw: Type.Integer({ description: 'expected on the road' }),
    estimated: Type.Boolean({ description: 'distances, times and tolls are estimates' }),
    burn: Type.Optional(
      Type.Object(BurnSchema.properties, {
        ...strict,
        description: 'fuel and CO2 to expect; absent: its roads are not known now',
      }),
    ),
    peakWeightKg: Type.Number(),
    stops: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          lng: Type.Number(),
          lat: Type.Number(),
          guessed: Type.Optional(Type.Literal(true, { description: 'the point is an estimate: look for the address' })),
          arriveS: Type.Integer(),
          startS: Type.Integer(),
          leaveS: Type.Integer(),
          pickups: Type.Array(PieceSchema),
          deliveries: Type.Array(PieceSchema),
        },
        strict,
      ),
    ),
    rests: Type.Array(Type.Object({ startS: Type.Integer(), endS: Type.Integer() }, strict)),
  },
  strict,
)
/** A sum over fewer firms would tell what one of them pays. */
export const LEAST_FIRMS = 3
/** GET /aggregates: one row a complex that opted in */
export const AggregateSchema = Type.Object(
  {
    complex: Type.String(),
    name: Names,
    month: Type.String(),
    plans: Type.Integer({ description: 'confirmed plans that the sums hold' }),
    withheld: Type.Integer({ description: `confirmed plans left out: fewer than ${LEAST_FIRMS} firms` }),
    working: Type.Integer({ description: 'confirmed plans that are still being worked out' }),
    firms: Type.Integer(),
    shipments: Type.Integer(),
    distanceM: Type.Integer(),
    costKrw: Type.Integer(),
    b1Krw: Type.Integer({ description: 'each shipment by its cheapest mode' }),
    carbon: Type.Object(
      {
        plans: Type.Integer({ description: 'of the plans above, those whose CO2 was worked out' }),
        fuelMl: Type.Integer(),
        ttwCo2G: Type.Integer(),
        wtwCo2eG: Type.Integer(),
        b1TtwCo2G: Type.Integer(),
        b1WtwCo2eG: Type.Integer(),
      },
      {
        ...strict,
        description: 'tank-to-wheel CO2 and well-to-wheel CO2e, never added; b1: each shipment by its cheapest mode',
      },
    ),
  },
  strict,
)

export const WEBHOOK_EVENTS = ['job.done', 'plan.confirmed', 'plan.withdrawn', 'import.done'] as const
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

export const ROADS_STATES = ['good', 'failing', 'resting'] as const
export const HealthSchema = Type.Object(
  {
    status: Type.Literal('ok'),
    version: Type.String(),
    roads: Type.Optional(
      Type.Enum(ROADS_STATES, { description: 'at /ready: how the source of travel times does; see /roads/source' }),
    ),
  },
  strict,
)
/** The roads that plans are made on. */
export const RoadsSchema = Type.Object(
  {
    source: Type.String({ description: 'kind and address or file' }),
    kind: Type.Enum(['trunk', 'valhalla', 'osrm', 'matrix']),
    estimated: Type.Boolean({ description: 'times and kilometres are estimates' }),
    estimatedTolls: Type.Boolean({ description: 'tolls are estimates' }),
    licence: Type.Optional(Type.String({ description: 'of its data; belongs on every map' })),
    dataDate: Type.Optional(Type.String({ description: 'day or version of its data, where it tells' })),
    fallback: Type.Boolean({ description: 'when it fails, plans are made on the trunk network, as estimates' }),
    state: Type.Enum(ROADS_STATES, {
      description: 'failing: the last try failed; resting: too many did, it is left alone for a while',
    }),
    why: Type.Optional(Type.String({ description: 'what was wrong, in the language of the caller' })),
  },
  strict,
)
/**
 * GET /plans/:plan/explain/:shipment answers with a list of ShipmentExplanationSchema: one, or one for each part of a shipment that was split.
 * GET /plans/:plan/split answers with a list of SplitSchema: one for each method that the number of firms allows.
 */
export * from './api/orders.ts'
export {
  ComparisonSchema,
  IssueSchema,
  PlanFileSchema,
  PlanSchema,
  ProblemSchema,
  ShipmentExplanationSchema,
  SplitSchema,
}

export type Complex = Static<typeof ComplexSchema>
export type Day = Static<typeof DaySchema>
export type JobRequest = Static<typeof JobRequestSchema>
export type Job = Static<typeof JobSchema>
export type JobEventKind = (typeof JOB_EVENTS)[number]
export type StoredPlan = Static<typeof StoredPlanSchema>
export type GeoJson = Static<typeof GeoJsonSchema>
export type ApiError = Static<typeof ErrorSchema>
export type ImportResult = Static<typeof ImportResultSchema>
export type Place = Static<typeof PlaceSchema>
export type Places = Static<typeof PlacesSchema>
export type PlacesImport = Static<typeof PlacesImportSchema>
export type Joined = Static<typeof JoinedSchema>
export type Candidates = Static<typeof CandidatesSchema>
export type WebhookRequest = Static<typeof WebhookRequestSchema>
export type Webhook = Static<typeof WebhookSchema>
export type NewWebhook = Static<typeof NewWebhookSchema>
export type Delivery = Static<typeof DeliverySchema>
export type Roads = Static<typeof RoadsSchema>
export type Health = Static<typeof HealthSchema>
export type Me = Static<typeof MeSchema>
export type NewAccount = Static<typeof NewAccountSchema>
export type Account = Static<typeof AccountSchema>
export type AccountList = Static<typeof AccountsSchema>
export type RoleGiven = Static<typeof RoleSchema>
export type NewKey = Static<typeof NewKeySchema>
export type ApiKey = Static<typeof KeySchema>
export type MyShipment = Static<typeof MyShipmentSchema>
export type MyShare = Static<typeof MyShareSchema>
export type Statement = Static<typeof StatementSchema>
export type Sheet = Static<typeof SheetSchema>
export type Guide = Static<typeof GuideSchema>
export type FootprintAnswer = Static<typeof FootprintAnswerSchema>
export type Aggregate = Static<typeof AggregateSchema>
