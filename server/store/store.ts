/**
 * The seam of storage: few verbs a noun. Nobody reaches a noun but through `as`, which says who asks and which complexes they may see:
 * what belongs to another complex is not there. Every change writes its line in the audit log in the same transaction.
 */
import type { Certificate, Plan, Problem, Shipment } from '../../solver/index.ts'
import type { Job, JobRequest } from '../api.ts'
import type { ComplexData } from '../complexes.ts'
import type { PlanFigures, PlanState } from './tables.ts'

export interface Scope {
  /** `local`, `user:…`, `key:…`, `worker`, `system` */
  readonly actor: string
  readonly complexes: 'all' | readonly string[]
  /** of the request, to find it in the log of the service */
  readonly request?: string
}

export interface Store {
  as(scope: Scope): Nouns
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
  readonly days: readonly { readonly date: string; readonly problem: string }[]
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

export interface AuditEntry {
  readonly seq: number
  readonly at: string
  readonly complex: string | null
  readonly actor: string
  readonly action: string
  readonly noun: string
  readonly nounId: string
  readonly before: unknown
  readonly after: unknown
  readonly request: string | null
}

export interface Nouns {
  readonly scope: Scope
  readonly complexes: {
    /** Adds it, or replaces its data. */
    put(data: ComplexData): Promise<void>
    list(): Promise<readonly ComplexRecord[]>
    get(id: string): Promise<ComplexRecord | undefined>
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
    list(page: PageRequest & { readonly firm?: string; readonly problem?: string }): Promise<PageOf<ShipmentRecord>>
  }
  readonly plans: {
    /** Adds a draft, or replaces the one with this id by a better one of the same search. A confirmed plan stays: false. */
    put(record: Pick<PlanRecord, 'id' | 'problem' | 'plan' | 'certificate'>): Promise<boolean>
    get(id: string): Promise<PlanRecord | undefined>
    list(page: PageRequest & { readonly problem?: string }): Promise<PageOf<PlanSummary>>
    newestOf(problem: string): Promise<string | undefined>
    /** Drops a draft. */
    remove(id: string): Promise<void>
    /** A person's change of version `version` of a draft. Refuses where it has changed since. */
    edit(id: string, version: number, plan: Plan): Promise<PlanRecord>
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
    list(page: PageRequest & { readonly nounId?: string }): Promise<PageOf<AuditEntry>>
  }
}
