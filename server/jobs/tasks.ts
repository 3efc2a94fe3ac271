/** What a worker thread can be asked, and what it reports. Plain data: it crosses threads by structured clone. */
import type {
  Assignment,
  Certificate,
  Change,
  Comparison,
  Disturbed,
  DisturbInput,
  Edit,
  InstanceStep,
  Judged,
  Literature,
  Locale,
  Lock,
  Objective,
  Plan,
  Problem,
  SettleDayInput,
  SettledDay,
  ShipmentExplanation,
  Split,
  Travel,
  Violation,
} from '../../solver/index.ts'
import type { ChosenPatterns, PatternsInput, Run, Spread } from '../../study/index.ts'
import type { ComplexData } from '../complexes.ts'
import type { PlacesRead } from '../geocode/file.ts'
import type { ImportOptions, ImportOutcome } from '../imports/index.ts'
import type { Preview } from '../imports/preview.ts'
import type { Reviewed } from '../imports/review.ts'
import type { OrderSource } from '../imports/table.ts'
import type { Admission } from '../reports/admit.ts'
import type { PlanPapers, ReportFormat } from '../reports/report.ts'
import type { FirmsRead } from '../studies/firmList.ts'
import type { StudyDay } from '../studies/runDays.ts'
import type { QuickStudy, RoutedDays, workOut } from '../studies/workOut.ts'

/** A limit on a search; both may be given, the first one reached ends it. */
export interface SearchLimit {
  readonly seed: number
  readonly iterations?: number
  /** On the clock of clock.ts. */
  readonly deadlineMs?: number
  /** Others search the same beside this one, and they tell each other what they find. */
  readonly withPeers?: boolean
}

export interface PlanTask extends SearchLimit {
  readonly kind: 'plan'
  readonly problem: Problem
  readonly travel: Travel
  readonly locale: Locale
  /** A plan of the same problem to start from, so that the search ends no dearer. */
  readonly from?: Plan
  /** The best of an earlier attempt at the same task: where the search begins instead of at `from`. */
  readonly resume?: Plan
  /** Parts of `from` that stay. */
  readonly locks?: readonly Lock[]
  /** Won that moving a shipment of `from` must save at least. */
  readonly stabilityKrw?: number
}
export interface SolveTask extends SearchLimit {
  readonly kind: 'solve'
  readonly literature: Literature
  readonly objective: Objective
}
/** Proves what no plan of the problem can cost less than; a cheaper plan met on the way takes the place of the one given. */
export interface ProveTask {
  readonly kind: 'prove'
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
  readonly seed: number
  readonly seconds: number
}
export interface CompareTask {
  readonly kind: 'compare'
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
}
export interface ExplainTask {
  readonly kind: 'explain'
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
  readonly shipment: string
  /** of the plan, for the price of the shipment in it */
  readonly certificate?: Certificate | undefined
}
/** A repair that the explanation of a shipment has told. */
export interface RepairTask {
  readonly kind: 'repair'
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
  readonly shipment: string
  readonly changes: readonly Change[]
}
export interface SplitTask {
  readonly kind: 'split'
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
  /** without the methods that would take minutes */
  readonly quick: boolean
  /** for proving the dual prices; 0: prices over the routes known */
  readonly proofSeconds: number
  readonly certificate?: Certificate | undefined
  /** prices of the plan that are proved already */
  readonly proved?: Split['dual'] | undefined
}
export interface ImportTask {
  readonly kind: 'import'
  readonly bytes: OrderSource
  readonly complex: ComplexData
  readonly options: ImportOptions
}
/** Everything that a plan from outside breaks. */
export interface CheckTask {
  readonly kind: 'check'
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
}
/** What a change by hand would mean. */
export interface JudgeTask {
  readonly kind: 'judge'
  readonly problem: Problem
  readonly travel: Travel
  readonly plan: Plan
  readonly edit: Edit
}
/** What an order file would be read as. */
export interface PreviewTask extends Omit<ImportTask, 'kind' | 'bytes'> {
  readonly kind: 'preview'
  readonly bytes: Uint8Array
}
/** What an import would make of it, with ways to mend its faults. */
export interface ReviewTask extends Omit<ImportTask, 'kind'> {
  readonly kind: 'review'
}
/** An operator's list of addresses. */
export interface PlacesTask {
  readonly kind: 'places'
  readonly bytes: Uint8Array
  readonly options: ImportOptions
}
/** The firms of a complex, for a study. */
export interface FirmsTask {
  readonly kind: 'firms'
  readonly bytes: Uint8Array
  readonly options: ImportOptions
}
/** Whether a one-file plan from outside may be believed. */
export interface AdmitTask {
  readonly kind: 'admit'
  readonly bytes: Uint8Array
  readonly locale: Locale
  readonly seconds: number
}
/** A plan as a file that takes seconds to write. */
export interface ReportTask {
  readonly kind: 'report'
  readonly format: ReportFormat
  readonly plan: Plan
  readonly problem: Problem
  readonly locale: Locale
  readonly papers: PlanPapers
}
/** The rest of a day that is under way. */
export interface DisturbTask extends DisturbInput {
  readonly kind: 'disturb'
}
/** A day as it was driven, priced and split. */
export interface SettleTask {
  readonly kind: 'settle'
  readonly input: Omit<SettleDayInput, 'split'>
  /** prices that were proved for the plan; without them: over the routes known */
  readonly proved?: Split['dual'] | undefined
}
/** Days of a study, one after the other. */
export interface StudyTask {
  readonly kind: 'study'
  readonly days: readonly StudyDay[]
  readonly iterations: number
  readonly locale: Locale
  readonly spread?: Spread | undefined
}
/** A study that is worked out in one go. */
export interface WorkOutTask {
  readonly kind: 'workOut'
  readonly study: QuickStudy
  readonly routed?: RoutedDays | undefined
  readonly locale: Locale
}
/** How often whom to fetch from, for a study in which orders wait. */
export interface PatternsTask {
  readonly kind: 'patterns'
  readonly input: PatternsInput
}
export type Task =
  | WorkOutTask
  | PatternsTask
  | StudyTask
  | SettleTask
  | DisturbTask
  | PlanTask
  | SolveTask
  | ProveTask
  | CompareTask
  | ExplainTask
  | RepairTask
  | SplitTask
  | ImportTask
  | PreviewTask
  | ReviewTask
  | PlacesTask
  | FirmsTask
  | AdmitTask
  | CheckTask
  | JudgeTask
  | ReportTask

export interface Imported extends ImportOutcome {
  /** the rejected rows as a file of the kind that was sent */
  readonly rejectedFile: Uint8Array | null
}

export interface Outcomes {
  readonly plan: Plan
  readonly solve: InstanceStep
  readonly prove: Proven
  readonly compare: Comparison
  readonly judge: Judged
  readonly explain: ShipmentExplanation[]
  /** null: the plan as it is has no such repair */
  readonly repair: { readonly problem: Problem; readonly plan: Plan } | null
  readonly split: Split[]
  readonly import: Imported
  readonly preview: Preview
  readonly review: Reviewed
  readonly places: PlacesRead
  readonly firms: FirmsRead
  readonly admit: Admission
  readonly check: Violation[]
  readonly disturb: Disturbed
  readonly settle: SettledDay
  readonly report: Uint8Array
  readonly workOut: Awaited<ReturnType<typeof workOut>>
  readonly patterns: ChosenPatterns
  /** of the thread, for these days */
  readonly study: { readonly cpuMs: number }
}

export interface Proven {
  readonly plan: Plan
  readonly certificate: Certificate
}

export interface Progress {
  readonly iterations: number
  readonly costKrw: number
}
/** On the way: figures a few times a second, and each better plan once it has passed the check. */
export type Report =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'bound'; readonly lowerKrw: number }
  | { readonly kind: 'run'; readonly run: Run }

export type WorkerMessage =
  | Report
  /** for the other threads of one search */
  | { readonly kind: 'found'; readonly assignment: Assignment }
  | { readonly kind: 'outcome'; readonly outcome: Outcomes[keyof Outcomes] }
