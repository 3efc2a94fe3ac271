/** Studies of policymakers: what is asked, how far it is, and what it says so far. */
import { type Static, Type } from 'typebox'
import { IssueSchema } from '../../solver/index.ts'
import {
  AppraisalStudySchema,
  type appraise,
  ComplexEntrySchema,
  type ComplexesAnswer,
  ComplexesStudySchema,
  type DemandFit,
  type ImportResult,
  ImportStudySchema,
  type NationalResult,
  NationalStudySchema,
  type PickupResult,
  PickupStudySchema,
  type Run,
  type Study,
  type StudySource,
  type SupplyAnswer,
  SupplyStudySchema,
} from '../../study/index.ts'
import { Names, strict } from './common.ts'

export type { ComplexesAnswer, ComplexesStudy, Study } from '../../study/index.ts'

export const STUDY_KINDS = ['pickup', 'national', 'imports', 'appraisal', 'supply', 'complexes'] as const

const DocumentSchema = Type.Unsafe<Study>(
  Type.Union(
    [
      PickupStudySchema,
      NationalStudySchema,
      ImportStudySchema,
      AppraisalStudySchema,
      SupplyStudySchema,
      ComplexesStudySchema,
    ],
    { description: 'as the files of `milkrun study`' },
  ),
)

/** POST /studies. */
export const StudyRequestSchema = Type.Object({ document: DocumentSchema }, strict)
/** POST /studies/estimate. */
export const StudyEstimateRequestSchema = Type.Object(
  {
    document: DocumentSchema,
    workers: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, description: 'searches at a time; default: those of this service' }),
    ),
  },
  strict,
)

/** POST /studies/fit. */
export const StudyFitRequestSchema = Type.Object(
  {
    complex: Type.String({ minLength: 1, maxLength: 80, description: 'one that the caller manages' }),
    from: Type.Optional(Type.String({ format: 'date', description: 'first day; default: the first with orders' })),
    to: Type.Optional(Type.String({ format: 'date', description: 'last day; default: the last with orders' })),
  },
  strict,
)
/** A demand model fitted to days of orders, and how well it fits. */
export interface OrderFit extends DemandFit {
  readonly firms: readonly { readonly id: string; readonly name: string }[]
  /** ISO dates of the first and last order */
  readonly first: string
  readonly last: string
  /** orders that the model says nothing of */
  readonly leftOut: {
    /** neither end is the firm's own place */
    readonly elsewhere: number
    /** the other end is no place of the complex */
    readonly toUnknown: number
    readonly unknownPlaces: readonly string[]
  }
}
export const StudyFitSchema = Type.Unsafe<OrderFit>(
  Type.Unknown({ description: 'as of `milkrun study fit --json`; its demand goes into a study as `demand`' }),
)

/** What a study says. Of a pickup study under way: what the runs that are there say, with their intervals. */
export type StudyResult =
  | { readonly kind: 'pickup'; readonly pickup: PickupResult }
  | { readonly kind: 'national'; readonly national: NationalResult }
  | { readonly kind: 'imports'; readonly imports: ImportResult }
  | { readonly kind: 'appraisal'; readonly appraisal: ReturnType<typeof appraise> }
  | { readonly kind: 'supply'; readonly supply: SupplyAnswer }
  | { readonly kind: 'complexes'; readonly complexes: ComplexesAnswer }

/** queued: nobody has begun; failed: `error` says why, what was worked out stays; stopped: a person wanted no more. */
export const STUDY_STATES = ['queued', 'running', 'done', 'stopped', 'failed'] as const

const summary = {
  id: Type.String(),
  kind: Type.Enum(STUDY_KINDS),
  name: Names,
  complex: Type.Optional(Type.String({ description: 'of a pickup study: whose places, firms, trucks and demand' })),
  data: Type.Optional(
    Type.Enum(['store', 'program'], {
      description: 'of a pickup study: the complex as this service keeps it, or as it comes with the program',
    }),
  ),
  partOf: Type.Optional(Type.String({ description: 'id of the national study of which it is one complex' })),
  state: Type.Enum(STUDY_STATES, {
    description: 'of a national study: done, too, where some complexes have failed and others are there',
  }),
  done: Type.Integer({ description: 'runs that are there' }),
  all: Type.Integer({ description: 'setting × seed × day, of a national study × complex; 0: nothing is drawn' }),
  createdAt: Type.String({ description: 'ISO instant' }),
  createdBy: Type.String(),
  startedAt: Type.Optional(Type.String({ description: 'ISO instant' })),
  endedAt: Type.Optional(Type.String({ description: 'ISO instant' })),
  error: Type.Optional(Type.String({ description: 'why it failed, and what to do, in the language it was sent in' })),
  why: Type.Optional(Type.Object(Names.properties, { ...strict, description: 'the same in either language' })),
}
/** One complex of a national study: a pickup study, whose result and runs are found under its own id. */
export const StudyPartSchema = Type.Object(
  {
    id: Type.String(),
    complex: Type.String(),
    name: Names,
    lng: Type.Number(),
    lat: Type.Number(),
    state: Type.Enum(STUDY_STATES, {
      description: 'failed: only its runs that are there count in the sums, and the others go on',
    }),
    done: Type.Integer(),
    all: Type.Integer(),
    error: summary.error,
    why: summary.why,
  },
  strict,
)
/** GET /studies, newest first; parts of national studies are listed with these only. */
export const StudySummarySchema = Type.Object(summary, strict)
/** GET /studies/:id; ask again every second or two while it is queued or running. */
export const StudyAnswerSchema = Type.Object(
  {
    ...summary,
    version: Type.String({ description: 'of the program that it was submitted to' }),
    document: DocumentSchema,
    sources: Type.Array(Type.Unsafe<StudySource>(Type.Unknown()), {
      description:
        'where what goes in comes from, each with its place in the document; complex/…: in the data of the complex',
    }),
    parts: Type.Optional(
      Type.Array(StudyPartSchema, { description: 'of a national study: its complexes, in the order of the document' }),
    ),
    result: Type.Unsafe<StudyResult | null>(
      Type.Unknown({
        description: 'as in the file of `milkrun study --out`, under the name of its kind; null: no run is there yet',
      }),
    ),
  },
  strict,
)
/** GET /studies/:id/runs, in the order of settings, seeds and days; those that are there. */
export const StudyRunsSchema = Type.Object(
  {
    items: Type.Array(Type.Unsafe<Run>(Type.Unknown())),
    next: Type.Optional(Type.Integer({ description: 'give it as `after` for the next page; absent on the last' })),
  },
  strict,
)
/** An estimate: from days that were tried out here, just now. */
export const StudyEstimateSchema = Type.Object(
  {
    runs: Type.Integer(),
    cpuS: Type.Number({ description: 'estimate: of one core, all runs' }),
    workers: Type.Integer(),
    minutes: Type.Number({ description: 'estimate: until the end, if so many workers do nothing else' }),
    bytes: Type.Integer({ description: 'estimate: of the database' }),
    basis: Type.Optional(
      Type.Object(
        {
          setting: Type.String(),
          seed: Type.Integer(),
          complexes: Type.Optional(
            Type.Array(Type.String(), { description: 'of a national study: those that were tried out' }),
          ),
          dates: Type.Array(Type.String(), { description: 'days that were tried out' }),
          shipments: Type.Number({ description: 'of such a day, mean' }),
          iterations: Type.Integer({
            description: 'of the trial; more are counted in proportion, which is up to a third too much',
          }),
          secondsARun: Type.Number({ description: 'measured: making, planning and comparing such a day' }),
          note: Names,
        },
        { ...strict, description: 'absent: nothing is drawn' },
      ),
    ),
  },
  strict,
)
/** GET /studies/complexes. */
export const StudyComplexesSchema = Type.Array(
  Type.Object(
    {
      id: Type.String(),
      name: Names,
      lng: Type.Number(),
      lat: Type.Number(),
      synthetic: Type.Boolean({ description: 'true: generated firms and orders' }),
      firms: Type.Integer(),
      demand: Type.Boolean({ description: 'false: nobody has stated how often and how much is ordered' }),
      members: Type.Optional(
        Type.Array(Type.Object({ id: Type.String(), name: Type.String() }, strict), {
          description: 'its firms, to those who may leave one of them out of a study',
        }),
      ),
    },
    strict,
  ),
)
/** GET /studies/presets: the studies that come with the program. */
export const StudyPresetsSchema = Type.Array(Type.Object({ id: Type.String(), document: DocumentSchema }, strict))

/** POST /studies/firms: a list of firms as an entry of a study of complexes. */
export const FirmListSchema = Type.Object(
  {
    rows: Type.Integer({ description: 'with something in them' }),
    entry: Type.Union([ComplexEntrySchema, Type.Null()], {
      description: 'without the cells at fault; null: no firm could be read',
    }),
    issues: Type.Array(IssueSchema, { description: 'every cell at fault, and firms whose place is not known' }),
  },
  strict,
)

export type FirmList = Static<typeof FirmListSchema>
export type StudyComplex = Static<typeof StudyComplexesSchema>[number]
export type StudyPart = Static<typeof StudyPartSchema>
export type StudySummary = Static<typeof StudySummarySchema>
export type StudyAnswer = Static<typeof StudyAnswerSchema>
export type StudyEstimate = Static<typeof StudyEstimateSchema>
export type StudyState = StudySummary['state']
