/**
 * The seam of storage: few verbs a noun. Nobody reaches a noun but through `as`, which says who asks and which complexes they may see:
 * what belongs to another complex is not there. Every change writes its line in the audit log in the same transaction.
 */
import type { Certificate, Locale, Plan, Precision, Problem, SettledDay, Shipment } from '../../solver/index.ts'
import type { Run } from '../../study/index.ts'
import type {
  Actual,
  Correction,
  DayPlans,
  Delivery,
  Dispatch,
  DispatchContent,
  HorizonRecord,
  Job,
  JobEventKind,
  JobRequest,
  Message,
  Month,
  NewActual,
  NewWebhook,
  Opening,
  Proof,
  Study,
  StudyPart,
  StudyResult,
  StudySummary,
  Webhook,
  WebhookRequest,
} from '../api.ts'
import type { ComplexData } from '../complexes.ts'
import type { LearnedNames, Mapping } from '../imports/columns.ts'
import type { HeldOrder } from '../imports/held.ts'
import type { AddressState, WaitReason } from '../placeStates.ts'
import type { TravelCells } from '../travel/cells.ts'
import type { IdempotencyKey } from './idempotency.ts'
import type { Queue } from './queue.ts'
import type { StudyQueue } from './studyQueue.ts'
import type {
  CorrectionContent,
  DisturbedDay,
  LinkPhone,
  NeededBy,
  PlanFigures,
  PlanState,
  VariantData,
} from './tables.ts'

export interface Scope {
  /** `local`, `user:…`, `key:…`, `worker`, `system` */
  readonly actor: string
  readonly complexes: 'all' | readonly string[]
  /** of the request, to find it in the log of the service */
  readonly request?: string
  /** the page that asks, as it calls itself: it need not be told of its own changes */
  readonly page?: string
}

export interface Store {
  as(scope: Scope): Nouns
  /** Everything as one file under this path. */
  backup(path: string): Promise<void>
  /** Fails where the database does not answer. */
  ping(): Promise<void>
  /** What road services have answered; of nobody's complex. */
  readonly travelCells: TravelCells
  /** Counts over everything, for those who watch over the service. */
  figures(): Promise<Figures>
}
export interface Figures {
  readonly jobs: Readonly<Record<string, number>>
  readonly deliveries: Readonly<Record<string, number>>
}

/** A page of a list, newest first unless said otherwise. */
export interface PageOf<T> {
  readonly items: T[]
  /** to be given as `after` for the next page; absent on the last one */
  readonly next?: number
}
export interface PageRequest {
  readonly after?: number | undefined
  readonly limit: number
}

export interface ImportSummary {
  readonly fileName: string
  readonly rows: number
  readonly accepted: number
}

/** A complex and the problem that stands for each of its days. */
export interface ComplexRecord {
  readonly data: ComplexData
  readonly days: readonly DayRecord[]
}

export interface DayRecord {
  readonly date: string
  readonly problem: string
  readonly shipments: number
  /** id of the newest plan of the problem */
  readonly plan?: string
  /** of that plan */
  readonly planState?: PlanState
  /** id of the plan of the problem that is confirmed */
  readonly confirmed?: string
  /** id of the newest job of the problem that waits or runs */
  readonly job?: string
  /** the confirmed plan that it goes on from, where the day was planned anew while it was under way */
  readonly revises?: string
  /** orders of the day that are not in the problem because an address is not placed */
  readonly waiting?: number
}

export interface AddedDay extends DayRecord {
  /** the problem that stood for the day */
  readonly before?: string
}

export interface ProblemRecord {
  readonly id: string
  readonly complex: string
  readonly problem: Problem
}
export interface ProblemSummary {
  readonly id: string
  readonly complex: string
  readonly name: string
  readonly startsAt: string
  readonly days: number
  readonly sites: number
  readonly shipments: number
  readonly vehicles: number
  /** id of its newest plan */
  readonly plan?: string
}

export interface ShipmentFilter {
  readonly firm?: string | undefined
  readonly problem?: string | undefined
}
export interface ShipmentRecord {
  readonly problem: string
  readonly startsAt: string
  readonly shipment: Shipment
}

export interface PlanRecord {
  readonly id: string
  readonly problem: string
  readonly complex: string
  readonly version: number
  readonly state: PlanState
  readonly changedAt: string
  readonly changedBy: string
  readonly plan: Plan
  /** proof of what no plan of the problem can cost less than */
  readonly certificate?: Certificate
}
export interface PlanSummary {
  readonly id: string
  readonly problem: string
  readonly complex: string
  readonly version: number
  readonly state: PlanState
  readonly costKrw: number
  readonly lowerKrw?: number
  readonly changedAt: string
  readonly changedBy: string
}

export interface FirmShipment {
  readonly problem: string
  readonly shipment: Shipment
  /** the one confirmed, null: none yet */
  readonly plan: string | null
}
export interface ConfirmedSummary {
  readonly id: string
  readonly problem: string
  readonly complex: string
  readonly version: number
  readonly startsAt: string
}

export interface DisturbedRecord extends DisturbedDay {
  readonly problem: string
  /** confirmed when it happened */
  readonly plan: string
}

export interface NewStudy {
  readonly document: Study
  /** whose data it rests on; null: nobody's, only its maker sees it */
  readonly complex: string | null
  readonly data?: ComplexData
  /** of a study that is worked out at once; it is over then */
  readonly result?: StudyResult
  /** of a pickup study */
  readonly runs: number
  readonly locale: Locale
  /** of a study over many complexes: one for each */
  readonly parts?: readonly NewStudy[]
}
export interface StudyRecord {
  readonly summary: StudySummary
  readonly version: string
  readonly locale: Locale
  readonly document: Study
  readonly data: ComplexData | null
  readonly result: StudyResult | null
}

export interface StudyPartRecord extends StudyPart {
  /** of the demand model; null: it has none */
  readonly workingDaysPerYear: number | null
}

export type WebhookRecord = Webhook
export type DeliveryRecord = Delivery

export interface NewJob {
  readonly id: string
  readonly problem: string
  /** the id of the plan that it will write */
  readonly plan: string
  readonly request: JobRequest
  readonly locale: Locale
  /** what the request names to start from */
  readonly from: Plan | undefined
}
export interface JobEvent {
  /** 1, 2, 3 … within the job. */
  readonly id: number
  readonly event: JobEventKind
  readonly job: Job
}

export interface AuditLine {
  readonly seq: number
  readonly at: string
  readonly complex?: string
  readonly actor: string
  readonly action: string
  readonly noun: string
  readonly nounId: string
  readonly request?: string
}
export interface AuditEntry extends AuditLine {
  /** null: there was, or is, nothing */
  readonly before: unknown
  readonly after: unknown
}

export interface AddressRecord {
  readonly id: string
  readonly complex: string
  readonly key: string
  readonly address: string
  /** of the place */
  readonly name: string
  readonly state: AddressState
  /** why it waits */
  readonly reason?: WaitReason
  readonly lng?: number
  readonly lat?: number
  readonly precision?: Precision
  readonly source?: string
  readonly neededBy?: NeededBy
  readonly changedAt: string
  readonly changedBy: string
}
export interface AddressPage extends PageOf<AddressRecord> {
  /** over all pages */
  readonly counts: Readonly<Record<AddressState, number>>
}
export interface HeldChange {
  readonly days: readonly string[]
  readonly planned: readonly { readonly date: string; readonly id: string }[]
  readonly waiting: readonly HeldOrder[]
}
export interface NewPlace {
  readonly key: string
  readonly address: string
  readonly name?: string | undefined
  readonly lng: number
  readonly lat: number
}
export interface WaitingAddress {
  readonly key: string
  readonly address: string
  readonly name: string
  readonly neededBy: NeededBy
  readonly guess?: {
    readonly lng: number
    readonly lat: number
    readonly precision: Precision
    readonly source: string
  }
  readonly reason?: WaitReason
}

export type WrittenMessage = Pick<Message, 'id' | 'route' | 'text'> & { readonly at?: string }
/** A link that opens one round on the phone of its driver. */
export interface LinkRecord {
  readonly id: string
  readonly complex: string
  /** whose round it opens now */
  readonly plan: string
  readonly route: string
  readonly vehicle: string
  /** every plan that it has gone through, oldest first; the last is `plan` */
  readonly plans: readonly string[]
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  readonly openedAt: Date | null
  readonly seenAt: Date | null
  readonly phones: readonly LinkPhone[]
  readonly openings: readonly Opening[]
  readonly tries: number
}
export type NewProof = Omit<Proof, 'recordedAt' | 'by'>

export interface Nouns {
  readonly scope: Scope
  readonly mappings: {
    /** What a complex calls the columns of its order files. */
    get(complex: string): Promise<LearnedNames>
    /** Adds to what is known; of a name that is known already the last meaning holds. */
    learn(complex: string, mapping: Mapping): Promise<void>
  }
  readonly addresses: {
    /** In the order in which they came up; those placed the last. */
    list(page: PageRequest & { readonly complex: string; readonly state?: 'open' | 'placed' }): Promise<AddressPage>
    get(id: string): Promise<AddressRecord | undefined>
    byKey(complex: string, key: string): Promise<AddressRecord | undefined>
    /** Those of these keys that a person or a file has placed. */
    placed(complex: string, keys: readonly string[]): Promise<readonly AddressRecord[]>
    /** Remembers where it is, from now on. `source`: hand, or file; what was placed by hand no file moves. */
    place(complex: string, places: readonly NewPlace[], source: 'hand' | 'file'): Promise<readonly AddressRecord[]>
    /** What an import could not place, or has guessed; what is placed stays placed. */
    wait(complex: string, addresses: readonly WaitingAddress[]): Promise<void>
    /** It is no longer known, nor waited for. */
    remove(id: string): Promise<void>
  }
  readonly held: {
    /** In the order in which they came. */
    list(complex: string): Promise<readonly HeldOrder[]>
    /** After an import: `days` that the file has replaced hold nothing from before; what is planned now waits no longer; what waits is kept. */
    settle(complex: string, change: HeldChange): Promise<void>
  }
  readonly complexes: {
    /** Adds it, or replaces its data. */
    put(data: ComplexData): Promise<void>
    list(): Promise<readonly ComplexRecord[]>
    get(id: string): Promise<ComplexRecord | undefined>
    /** Others who hold it wait until the transaction of `once` ends. */
    hold(id: string): Promise<void>
    /** Of a file of orders: adds a problem for each day, all or none. */
    addDays(
      id: string,
      days: readonly { readonly date: string; readonly problem: Problem }[],
      summary: ImportSummary,
    ): Promise<AddedDay[]>
    /** From now on this problem stands for the day; days are kept in order of date. */
    setDay(id: string, date: string, problem: string): Promise<void>
    /** The same, where `from` stands for it still; null: no problem. Refuses where another does. */
    pointDay(
      id: string,
      date: string,
      change: { readonly from: string | null; readonly to: string | null },
    ): Promise<void>
  }
  readonly problems: {
    add(complex: string, problem: Problem): Promise<string>
    list(page: PageRequest): Promise<PageOf<ProblemSummary>>
    get(id: string): Promise<ProblemRecord | undefined>
  }
  readonly variants: {
    /** Of a problem that was added for it. */
    add(complex: string, problem: string, data: VariantData): Promise<void>
    get(problem: string): Promise<VariantData | undefined>
    /** Newest first. */
    horizons(complex: string, limit: number): Promise<readonly HorizonRecord[]>
    /** Every plan of the day's problem, its scenarios and the problems that stood for it before. */
    plansOfDay(complex: string, date: string): Promise<DayPlans | undefined>
  }
  readonly shipments: {
    /** Of one firm where it is given. */
    list(page: PageRequest & ShipmentFilter): Promise<PageOf<ShipmentRecord>>
  }
  readonly plans: {
    /** Adds a draft, or replaces the one with this id by a better one of the same search. One that a person has edited or confirmed stays: false. */
    put(record: Pick<PlanRecord, 'id' | 'problem' | 'plan' | 'certificate'>): Promise<boolean>
    get(id: string): Promise<PlanRecord | undefined>
    list(page: PageRequest & { readonly problem?: string | undefined }): Promise<PageOf<PlanSummary>>
    newestOf(problem: string): Promise<string | undefined>
    /** From now on it is the newest of its problem; nothing in it changes. Refuses one that was withdrawn. */
    choose(id: string): Promise<void>
    /** Drops a draft. One that a person has edited or confirmed stays. */
    remove(id: string): Promise<void>
    /** A person's change of version `version` of a draft; without a certificate it has none any more. Refuses where it has changed since. */
    edit(id: string, version: number, plan: Plan, certificate?: Certificate): Promise<PlanRecord>
    /** To the carrier: nothing changes it any more. `file` is written and synced to disk before this returns. */
    confirm(id: string, version: number, file: string): Promise<PlanRecord>
    /** Takes a confirmation back. */
    withdraw(id: string, version: number): Promise<PlanRecord>
    /** A new draft with the content of a plan that is or was confirmed; the plan itself is withdrawn and stays as a record. */
    revise(id: string, version: number): Promise<PlanRecord>
  }
  readonly jobs: {
    /** Accepts it. Refuses where too many of its complex wait. */
    add(job: NewJob, queue: Pick<Queue, 'send'>): Promise<Job>
    get(id: string): Promise<Job | undefined>
    list(page: PageRequest & { readonly state?: Job['state']; readonly problem?: string }): Promise<PageOf<Job>>
    /** Those after number `after`, oldest first. `over`: there will be no more. */
    events(id: string, after: number): Promise<{ readonly events: readonly JobEvent[]; readonly over: boolean }>
    /** Asks whoever works on it to end and keep the best plan. A job that is over stays as it is. */
    stop(id: string, queue: Pick<Queue, 'drop'>): Promise<Job>
    /** Ends it at once and drops its plan. A job that is over stays as it is. */
    cancel(id: string, queue: Pick<Queue, 'drop'>): Promise<Job>
    /** Once more for one that failed or is dead, from the best plan that it has. */
    retry(id: string, queue: Pick<Queue, 'send'>): Promise<Job>
  }
  readonly studies: {
    /** Accepts it. Refuses where too many of who asks are under way. */
    add(study: NewStudy, queue: Pick<StudyQueue, 'send'>): Promise<StudySummary>
    get(id: string): Promise<StudyRecord | undefined>
    list(page: PageRequest): Promise<PageOf<StudySummary>>
    /** Those that are there, in the order of settings, seeds and days. */
    runs(id: string, page?: PageRequest): Promise<PageOf<Run>>
    /** Of a study over many complexes, in the order of its document. */
    parts(id: string): Promise<readonly StudyPartRecord[]>
    /** All runs of all of them, by the id of the part. */
    runsOfParts(id: string): Promise<ReadonlyMap<string, readonly Run[]>>
    /** Nobody works on it any more; what is there stays. One that is over stays as it is. */
    stop(id: string, queue: Pick<StudyQueue, 'drop'>): Promise<StudySummary>
    /** Goes on with what is missing, where it was stopped or has failed. */
    resume(id: string, queue: Pick<StudyQueue, 'send'>): Promise<StudySummary>
    remove(id: string, queue: Pick<StudyQueue, 'drop'>): Promise<void>
  }
  readonly actuals: {
    /** In the order in which they were recorded. */
    list(plan: string): Promise<readonly Actual[]>
    /** Those that are not there yet; gives all there are. */
    add(
      plan: string,
      events: readonly (NewActual & Pick<Actual, 'clockOffS' | 'lng' | 'lat'>)[],
    ): Promise<readonly Actual[]>
  }
  readonly links: {
    /** Of rounds that this plan has, or had: those that were revoked, too. Oldest first. */
    of(plan: string): Promise<LinkRecord[]>
    /** Those of a complex that are neither revoked nor over. */
    living(complex: string): Promise<readonly LinkRecord[]>
    get(id: string): Promise<LinkRecord | undefined>
    /** The same, held until the transaction of `once` ends. */
    hold(id: string): Promise<LinkRecord | undefined>
    add(plan: string, round: { readonly route: string; readonly vehicle: string }, expiresAt: Date): Promise<LinkRecord>
    revoke(id: string): Promise<LinkRecord>
    renew(id: string, expiresAt: Date): Promise<LinkRecord>
    /** It belongs to no phone any more: the next that opens it is its own. */
    release(id: string): Promise<LinkRecord>
    /** From now on it opens the round of this plan. */
    goOn(id: string, plan: string): Promise<LinkRecord>
    /** A phone has opened it, was let in, or was refused. */
    note(
      id: string,
      change: Partial<Pick<LinkRecord, 'phones' | 'tries'>> & { readonly opening?: Opening },
    ): Promise<void>
  }
  readonly proofs: {
    /** Of a plan, in the order of their times; without their bytes. */
    list(plan: string): Promise<readonly Proof[]>
    /** Of a link, whichever plans it went through. */
    ofLink(link: string): Promise<readonly Proof[]>
    get(
      plan: string,
      route: string,
      id: string,
    ): Promise<{ readonly type: Proof['type']; readonly bytes: Uint8Array } | undefined>
    /** The same id of the same link again is that one. */
    add(link: string, proof: NewProof & { readonly plan: string; readonly bytes: Uint8Array }): Promise<void>
  }
  readonly dispatches: {
    /** Of the rounds of a plan of which somebody has said something. */
    of(plan: string): Promise<readonly Dispatch[]>
    /** `version`: of the one that is changed, 0 where there is none. Refuses where it has changed since. */
    put(plan: string, route: string, version: number, content: DispatchContent): Promise<Dispatch>
  }
  readonly messages: {
    /** In the order in which they came in. */
    of(plan: string): Promise<readonly Message[]>
    /** Those that are not there yet, one for each driver; gives all there are. `at`: default now. */
    add(plan: string, from: Message['from'], messages: readonly WrittenMessage[]): Promise<readonly Message[]>
    /** The other side has read these of `from`; none named: all of them. */
    seen(
      plan: string,
      from: Message['from'],
      messages: readonly Pick<Message, 'id' | 'route'>[],
    ): Promise<readonly Message[]>
  }
  readonly months: {
    /** In order. */
    closed(
      complex: string,
    ): Promise<readonly { readonly month: string; readonly closedAt: string; readonly closedBy: string }[]>
    /** As it was closed; undefined: it is open. */
    get(complex: string, month: string): Promise<Month | undefined>
    /** Final from then on. `settle` makes it from the corrections as they are then. */
    close(complex: string, month: string, settle: (corrections: readonly Correction[]) => Month): Promise<Month>
    /** In the order in which they were written; of the month whose sums hold them. */
    corrections(complex: string, month: string): Promise<readonly Correction[]>
    /** Counts in the month of its day, or in the next one that is open. */
    correct(complex: string, given: CorrectionContent & { readonly voids?: string }): Promise<Correction>
    /** Days as they were settled last, of these plans. */
    settled(
      plans: readonly string[],
    ): Promise<readonly { readonly plan: string; readonly key: string; readonly data: SettledDay }[]>
    keepSettled(plan: string, key: string, day: SettledDay): Promise<void>
    /** Plans of the month of which something was recorded, the one recorded of last last. */
    recorded(
      complex: string,
      month: string,
    ): Promise<readonly { readonly plan: string; readonly date: string; readonly last: number }[]>
  }
  readonly disturbances: {
    /** The problem is the rest of a day that went on as this plan. */
    add(complex: string, disturbed: DisturbedRecord): Promise<void>
    get(problem: string): Promise<DisturbedRecord | undefined>
  }
  readonly webhooks: {
    /** The secret is told here only. */
    add(complex: string, request: WebhookRequest): Promise<NewWebhook>
    list(page: PageRequest): Promise<PageOf<WebhookRecord>>
    get(id: string): Promise<WebhookRecord | undefined>
    remove(id: string): Promise<void>
    /** After it was disabled. */
    enable(id: string): Promise<WebhookRecord>
    deliveries(webhook: string, page: PageRequest): Promise<PageOf<DeliveryRecord>>
    /** One that is over is sent again. */
    redeliver(webhook: string, id: string): Promise<DeliveryRecord>
  }
  readonly views: {
    /** Of the days that stand, newest first, with the plan that was confirmed for them. */
    shipmentsOf(complex: string, firm: string, page: PageRequest): Promise<PageOf<FirmShipment>>
    /** Newest day first; `month` as 2026-11. */
    confirmed(
      page: PageRequest & { readonly complex?: string; readonly month?: string },
    ): Promise<PageOf<ConfirmedSummary>>
    /** Those kept of this plan as it is now. */
    figures(plan: string): Promise<PlanFigures | undefined>
    keepFigures(plan: string, version: number, figures: PlanFigures): Promise<void>
  }
  readonly audit: {
    list(page: PageRequest & { readonly nounId?: string | undefined }): Promise<PageOf<AuditLine>>
    get(seq: number): Promise<AuditEntry | undefined>
  }
  /** In one transaction; asked again with the same key, it gives the same answer and does nothing. Without a key it is done each time. */
  once<T>(complex: string, key: IdempotencyKey | undefined, perform: (nouns: Nouns) => Promise<T>): Promise<T>
}
