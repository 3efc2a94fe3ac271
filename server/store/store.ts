/**
 * The seam of storage: few verbs a noun. Nobody reaches a noun but through `as`, which says who asks and which complexes they may see:
 * what belongs to another complex is not there. Every change writes its line in the audit log in the same transaction.
 */
import type { Certificate, Plan, Problem, Shipment } from '../../solver/index.ts'
import type { Delivery, Job, JobRequest, NewWebhook, Webhook, WebhookRequest } from '../api.ts'
import type { ComplexData } from '../complexes.ts'
import type { PlanState } from './tables.ts'

export interface Scope {
  /** `local`, `user:…`, `key:…`, `worker`, `system` */
  readonly actor: string
  readonly complexes: 'all' | readonly string[]
  /** of the request, to find it in the log of the service */
  readonly request?: string
}

export interface Store {
  as(scope: Scope): Nouns
  /** Fails where the database does not answer. */
  ping(): Promise<void>
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

export type WebhookRecord = Webhook
export type DeliveryRecord = Delivery

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

export interface Nouns {
  readonly scope: Scope
  readonly complexes: {
    /** Adds it, or replaces its data. */
    put(data: ComplexData): Promise<void>
    list(): Promise<readonly ComplexRecord[]>
    get(id: string): Promise<ComplexRecord | undefined>
    /** Adds a problem for each day, all or none; `file`: of which they were made. */
    addDays(
      id: string,
      days: readonly { readonly date: string; readonly problem: Problem }[],
      file?: { readonly name: string; readonly rows: number; readonly accepted: number },
    ): Promise<DayRecord[]>
    /** From now on this problem stands for the day; days are kept in order of date. */
    setDay(id: string, date: string, problem: string): Promise<void>
  }
  readonly problems: {
    add(complex: string, problem: Problem): Promise<string>
    list(page: PageRequest): Promise<PageOf<ProblemSummary>>
    get(id: string): Promise<ProblemRecord | undefined>
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
    /** Drops a draft. One that a person has edited or confirmed stays. */
    remove(id: string): Promise<void>
    /** A person's change of version `version` of a draft; without a certificate it has none any more. Refuses where it has changed since. */
    edit(id: string, version: number, plan: Plan, certificate?: Certificate): Promise<PlanRecord>
    /** To the carrier: nothing changes it any more. `file` is written and synced to disk before this returns. */
    confirm(id: string, version: number, file: string): Promise<PlanRecord>
    /** Takes a confirmation back. */
    withdraw(id: string, version: number): Promise<PlanRecord>
  }
  readonly jobs: {
    /** Written when a job is accepted and when it ends. */
    put(
      job: Job,
      created: { readonly request: JobRequest; readonly locale: string; readonly plan: string },
    ): Promise<void>
    get(id: string): Promise<Job | undefined>
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
  readonly audit: {
    list(page: PageRequest & { readonly nounId?: string | undefined }): Promise<PageOf<AuditLine>>
    get(seq: number): Promise<AuditEntry | undefined>
  }
}
