/** The seam of storage: few verbs a noun, all asynchronous, so that a database can stand behind it. */

import type { Certificate, Plan, Problem } from '../../solver/index.ts'
import type { Job } from '../api.ts'
import type { ComplexData } from '../complexes.ts'
import type { LearnedNames, Mapping } from '../imports/columns.ts'

/** A complex and the problem that stands for each of its days. */
export interface ComplexRecord {
  readonly data: ComplexData
  readonly days: readonly { readonly date: string; readonly problem: string }[]
}

export interface ProblemRecord {
  readonly id: string
  readonly problem: Problem
}

export interface PlanRecord {
  readonly id: string
  readonly problem: string
  readonly plan: Plan
  /** proof of what no plan of the problem can cost less than */
  readonly certificate?: Certificate
}

/** What a complex calls the columns of its order files. */
export interface MappingStore {
  get(complex: string): Promise<LearnedNames>
  /** Adds to what is known; of a name that is known already the last meaning holds. */
  learn(complex: string, mapping: Mapping): Promise<void>
}

export interface Store {
  readonly mappings: MappingStore
  readonly complexes: {
    add(data: ComplexData): Promise<void>
    list(): Promise<readonly ComplexRecord[]>
    get(id: string): Promise<ComplexRecord | undefined>
    /** From now on this problem stands for the day; days are kept in order of date. */
    setDay(id: string, date: string, problem: string): Promise<void>
  }
  readonly problems: {
    add(problem: Problem): Promise<string>
    list(): Promise<readonly ProblemRecord[]>
    get(id: string): Promise<ProblemRecord | undefined>
  }
  readonly plans: {
    /** Adds a plan, or replaces the one with this id by a better one. */
    put(record: PlanRecord): Promise<void>
    get(id: string): Promise<PlanRecord | undefined>
    newestOf(problem: string): Promise<string | undefined>
    remove(id: string): Promise<void>
  }
  readonly jobs: {
    /** Written when a job is accepted and when it ends; what happens in between is told by its events. */
    put(job: Job): Promise<void>
    get(id: string): Promise<Job | undefined>
  }
}
