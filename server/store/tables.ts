/** The tables as the code sees them; migrations/ makes them. JSON columns are `json`, not `jsonb`: a plan is given back byte for byte. */
import type { ColumnType, Generated } from 'kysely'
import type {
  Certificate,
  Disturbance,
  DisturbNote,
  Locale,
  Plan,
  Precision,
  Problem,
  SettledDay,
  Shipment,
} from '../../solver/index.ts'
import type { Run } from '../../study/index.ts'
import type { KeyScope, Role } from '../access.ts'
import type {
  ACTUAL_KINDS,
  Correction,
  DispatchContent,
  HorizonRecord,
  Job,
  JobEventKind,
  JobRequest,
  Month,
  Opening,
  PROBLEM_KINDS,
  PROOF_KINDS,
  PROOF_TYPES,
  Scenario,
  Study,
  StudyResult,
  StudyState,
  WebhookEvent,
} from '../api.ts'
import type { ComplexData } from '../complexes.ts'
import type { Words } from '../errors.ts'
import type { Field } from '../imports/columns.ts'
import type { HeldOrder } from '../imports/held.ts'
import type { AddressState, WaitReason } from '../placeStates.ts'

/** Read as the value, written as its text. */
type Json<T> = ColumnType<T, string, string>
/** Given by the database in the order of writing; lists are in this order, because clocks jump. */
type Sequence = Generated<number>

/** What a problem that no day points to is made for; `alone`: the days of a horizon, without waiting. */
export type VariantData =
  | Scenario
  | ({ readonly kind: 'horizon' } & Pick<HorizonRecord, 'alone' | 'days' | 'options'>)
  | { readonly kind: 'alone' }

export interface Tables {
  complexes: {
    id: string
    seq: Sequence
    data: Json<ComplexData>
    /** Its aggregates may be seen by policymakers. */
    open_to_policy: Generated<boolean>
    created_at: Date
  }
  /** Which problem stands for a day of a complex. */
  days: { complex: string; date: string; problem: string; changed_at: Date }
  problems: {
    id: string
    seq: Sequence
    complex: string
    name: string
    starts_at: string
    days: number
    site_count: number
    shipment_count: number
    vehicle_count: number
    data: Json<Problem>
    created_at: Date
    created_by: string
  }
  /** Of problems that stand beside the days. */
  variants: { problem: string; complex: string; kind: VariantData['kind']; data: Json<VariantData> }
  /** The shipments of every problem once more, so that a firm's own can be listed without opening the problems. */
  shipments: {
    problem: string
    /** `seq` of the problem: the list is in this order */
    problem_seq: number
    position: number
    complex: string
    id: string
    firm: string
    data: Json<Shipment>
  }
  plans: {
    id: string
    complex: string
    problem: string
    /** 1, 2, 3 … with every change of this plan. */
    version: number
    /** Of the latest change, over all plans. */
    changed_seq: Sequence
    state: PlanState
    /** By a person: no search writes over it any more. */
    edited: Generated<boolean>
    cost_krw: number
    lower_krw: number | null
    data: Json<Plan>
    certificate: Json<Certificate> | null
    created_at: Date
    changed_at: Date
    changed_by: string
  }
  jobs: {
    id: string
    seq: Sequence
    complex: string
    problem: string
    /** The plan that the job writes; there once the job has found one. */
    plan: string
    state: Job['state']
    priority: number
    locale: Locale
    request: Json<JobRequest>
    data: Json<Job>
    last_event: number
    /** 1, 2, 3 … each time a worker takes it; what a worker writes must carry the number of its own taking. */
    attempt: Generated<number>
    /** What a person has asked of whoever works on it. */
    wish: 'stop' | null
    /** Of the queue's own row for it, and how often that row had been taken. */
    queue_id: string | null
    queue_attempt: Generated<number>
    /** The plan that the request names to start from, as it was then. */
    from_plan: Json<Plan> | null
    /** Spent on the search by all attempts. */
    searched_s: Generated<number>
    /** The search is over; what is left is the proof. */
    proving: Generated<boolean>
    /** When it was started last, among all jobs. */
    started_seq: number | null
    created_at: Date
    changed_at: Date
    created_by: string
  }
  /** Of each origin the figures to all its destinations, packed as server/travel/cells.ts says. */
  travel_rows: { source: string; origin: number; cells: Uint8Array; used_on: Date }
  mappings: { complex: string; header: string; field: Field }
  /** Of places that a complex does not have. */
  addresses: {
    id: string
    seq: Sequence
    complex: string
    /** the address in one form: one row for all ways to write it */
    key: string
    address: string
    name: string
    state: AddressState
    reason: WaitReason | null
    lng: number | null
    lat: number | null
    precision: Precision | null
    source: string | null
    needed_by: Json<NeededBy> | null
    changed_at: Date
    changed_by: string
  }
  /** Orders that are right but for an address that is to be placed. */
  held_orders: { seq: Sequence; complex: string; date: string; id: string; data: Json<HeldOrder> }
  job_events: { job: string; id: number; event: JobEventKind; data: Json<Job>; at: Date }
  /** What was answered to a submit with this key; the same key twice is one job. */
  idempotency_keys: { complex: string; key: string; request_hash: string; answer: Json<unknown> | null; at: Date }
  webhooks: {
    id: string
    seq: Sequence
    complex: string
    url: string
    events: Json<readonly WebhookEvent[]>
    secret: string
    created_at: Date
    created_by: string
    /** Since when nothing has arrived there. */
    failing_since: Date | null
    disabled_at: Date | null
  }
  webhook_deliveries: {
    id: string
    seq: Sequence
    webhook: string
    complex: string
    event: WebhookEvent
    body: string
    state: DeliveryState
    attempts: number
    last_status: number | null
    last_answer: string | null
    created_at: Date
    changed_at: Date
  }
  audit: {
    seq: Sequence
    at: Date
    complex: string | null
    actor: string
    action: string
    noun: string
    noun_id: string
    before: Json<unknown> | null
    after: Json<unknown> | null
    request: string | null
  }
  /** better-auth's; it writes them, we read them */
  auth_users: { id: string; name: string; email: string; createdAt: Date }
  auth_accounts: { id: string; userId: string; password: string | null }
  auth_sessions: { id: string; userId: string; token: string; createdAt: Date; updatedAt: Date; expiresAt: Date }
  /** Who is what: of a complex, or of all (no complex). */
  members: {
    id: string
    user_id: string
    role: Role
    complex: string | null
    firm: string | null
    carrier: string | null
    created_at: Date
    created_by: string
  }
  /** A link that sets a password once; without a user: the one that makes the first administrator. */
  password_links: { hash: string; user_id: string | null; expires_at: Date; created_at: Date; created_by: string }
  /** Tries that failed, or are under way. */
  sign_in_tries: { seq: Sequence; account: string; address: string; at: Date }
  api_keys: {
    id: string
    seq: Sequence
    hash: string
    name: string
    scopes: Json<readonly KeyScope[]>
    complexes: Json<readonly string[]>
    made_by: string
    created_at: Date
    expires_at: Date | null
    last_used_at: Date | null
    revoked_at: Date | null
  }
  /** What trucks really did. */
  actuals: {
    seq: Sequence
    complex: string
    plan: string
    /** chosen by who sends it */
    id: string
    route: string
    stop: number | null
    kind: ActualKind
    at: Date
    quantity: number | null
    note: string | null
    corrects: string | null
    void: boolean
    recorded_at: Date
    recorded_by: string
    shipment: string | null
    problem: ProblemKind | null
    clock_off_s: number | null
    lng: number | null
    lat: number | null
  }
  /** Who drives which round of a plan. */
  dispatches: {
    plan: string
    route: string
    complex: string
    version: number
    data: Json<DispatchContent>
    changed_at: Date
    changed_by: string
  }
  /** Words between the coordinator and the drivers. */
  messages: {
    seq: Sequence
    complex: string
    plan: string
    route: string
    /** chosen by who sends it */
    id: string
    sender: 'coordinator' | 'driver'
    text: string
    at: Date
    recorded_at: Date
    recorded_by: string
    seen_at: Date | null
  }
  /** Links that open one round on the phone of its driver. */
  links: {
    id: string
    complex: string
    /** whose round it opens now */
    plan: string
    route: string
    vehicle: string
    /** every plan that it has gone through, oldest first; the last is `plan` */
    plans: Json<readonly string[]>
    expires_at: Date
    revoked_at: Date | null
    opened_at: Date | null
    seen_at: Date | null
    phones: Json<readonly LinkPhone[]>
    openings: Json<readonly Opening[]>
    /** wrong digits, one after the other */
    tries: number
    created_at: Date
    created_by: string
  }
  /** Photos and signatures. */
  proofs: {
    link: string
    /** chosen by the phone */
    id: string
    complex: string
    plan: string
    route: string
    stop: number | null
    kind: (typeof PROOF_KINDS)[number]
    type: (typeof PROOF_TYPES)[number]
    bytes: Uint8Array
    size: number
    name: string | null
    lng: number | null
    lat: number | null
    at: Date
    recorded_at: Date
    recorded_by: string
  }
  /** Problems that are the rest of a day, and the confirmed plan that they go on from. */
  disturbances: {
    problem: string
    complex: string
    plan: string
    data: Json<DisturbedDay>
    created_at: Date
    created_by: string
  }
  /** Closed ones: final. */
  months: { complex: string; month: string; data: Json<Month>; closed_at: Date; closed_by: string }
  corrections: {
    id: string
    seq: Sequence
    complex: string
    /** whose sums hold it */
    month: string
    voids: string | null
    data: Json<CorrectionContent>
    at: Date
    by: string
  }
  /** Of a confirmed plan, what was driven and who pays it; `key`: of what it was worked out from. */
  settled_days: { plan: string; key: string; data: Json<SettledDay>; at: Date }
  studies: {
    id: string
    seq: Sequence
    /** a study over many complexes, which has nothing to be drawn itself: one of them */
    part_of: string | null
    /** null: it rests on nobody's data, and is its maker's own */
    complex: string | null
    kind: Study['kind']
    state: StudyState
    locale: Locale
    /** of the program that it was submitted to */
    version: string
    document: Json<Study>
    /** of a pickup study: the complex as it was when the study was submitted */
    data: Json<ComplexData> | null
    /** of all other kinds: worked out at once */
    result: Json<StudyResult> | null
    /** in the language of `locale`; `why`: in both, unknown of old rows */
    error: string | null
    why: Json<Words> | null
    runs_done: number
    runs_all: number
    turn: number | null
    created_at: Date
    created_by: string
    started_at: Date | null
    ended_at: Date | null
  }
  /** Drawn days that were planned; `position`: in the order of settings, seeds and days. */
  study_runs: { study: string; position: number; data: Json<Run> }
  plan_figures: { plan: string; version: number; data: Json<PlanFigures>; at: Date }
}

/** Of a correction, what is said; when and where it counts is the store's. */
export type CorrectionContent = Omit<Correction, 'id' | 'month' | 'at' | 'by' | 'voids' | 'voidedBy'>

type ActualKind = (typeof ACTUAL_KINDS)[number]
type ProblemKind = (typeof PROBLEM_KINDS)[number]
/** A phone that the link belongs to. */
export interface LinkPhone {
  /** SHA-256 of the key that it keeps */
  readonly hash: string
  readonly at: string
  /** what it is, as far as it says */
  readonly device: string
}
export interface DisturbedDay {
  readonly nowS: number
  readonly events: readonly Disturbance[]
  readonly notes: readonly DisturbNote[]
}

/** What a confirmed plan costs whom, kept because it takes half a minute to say. */
export interface PlanFigures {
  readonly method: string
  readonly costKrw: number
  /** every shipment by its cheapest mode */
  readonly b1Krw: number
  readonly shipments: number
  readonly distanceM: number
  /** absent: it was kept before CO2 was worked out */
  readonly carbon?: {
    readonly fuelMl: number
    readonly ttwCo2G: number
    readonly wtwCo2eG: number
    readonly b1TtwCo2G: number
    readonly b1WtwCo2eG: number
  }
  readonly shares: readonly {
    readonly firm: string
    readonly shareKrw: number
    readonly b1Krw: number
    readonly shipments: number
  }[]
}

/** written: with the change that it tells of; waiting: the queue has it; delivered; failed: it was tried for a day */
export type DeliveryState = 'written' | 'waiting' | 'delivered' | 'failed'

/** The import that asked for it last. */
export interface NeededBy {
  readonly file: string
  readonly rows: readonly number[]
}

/** confirmed: the carrier drives it, and it no longer changes. withdrawn: it was confirmed once. */
export type PlanState = 'draft' | 'confirmed' | 'withdrawn'
