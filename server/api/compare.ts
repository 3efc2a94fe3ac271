/** What is compared: the plans of a day, scenarios of it, and the days of a week as one. */
import { type Static, Type } from 'typebox'
import { HorizonOptionsSchema, ScenarioChangeSchema } from '../../solver/index.ts'
import { strict } from './common.ts'
import { DaySchema } from './complexes.ts'
import { PlanSummarySchema } from './plans.ts'

const Id = Type.String({ minLength: 1, maxLength: 90, pattern: '^[^\\u0000]*$' })
const IsoDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'ISO date' })
const ScenarioName = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' })

/** POST /problems/:problem/scenarios: the problem with these changes, as one of its own that no day points to. */
export const NewScenarioSchema = Type.Object(
  {
    name: Type.Optional({ ...ScenarioName, description: 'default: what is changed, in words' }),
    changes: Type.Array(ScenarioChangeSchema, { minItems: 1, maxItems: 100 }),
  },
  strict,
)
export const ScenarioSchema = Type.Object(
  {
    kind: Type.Literal('scenario'),
    name: Type.Object(
      { ko: Type.String(), en: Type.String() },
      { ...strict, description: 'as it was given, or what is changed in words' },
    ),
    of: Type.String({ description: 'the problem that is changed' }),
    changes: Type.Array(ScenarioChangeSchema),
  },
  strict,
)
export const NewScenarioAnswerSchema = Type.Object({ problem: Type.String(), ...ScenarioSchema.properties }, strict)

export const DayPlanSchema = Type.Object(
  {
    ...PlanSummarySchema.properties,
    routes: Type.Integer(),
    unserved: Type.Integer(),
    edits: Type.Integer({ description: 'changes by hand since its search' }),
    seconds: Type.Optional(
      Type.Number({ description: 'asked for its search; absent: no search of this service made it' }),
    ),
  },
  strict,
)
/** GET /complexes/:complex/days/:date/plans: the problem that stands first, then its scenarios and earlier problems, newest first */
export const DayPlansSchema = Type.Object(
  {
    date: Type.String(),
    problems: Type.Array(
      Type.Object(
        {
          problem: Type.String(),
          standing: Type.Boolean({ description: 'the day points to it' }),
          scenario: Type.Optional(ScenarioSchema),
          shipments: Type.Integer(),
          addedAt: Type.String({ format: 'date-time' }),
          addedBy: Type.String(),
          job: Type.Optional(Type.String({ description: 'that waits or runs for it' })),
          plans: Type.Array(DayPlanSchema, { description: 'the one changed last first' }),
        },
        strict,
      ),
    ),
    more: Type.Boolean({ description: 'older problems of the day are left out' }),
  },
  strict,
)

/** POST /problems/:problem/plans: the same plan for another problem, if it holds there */
export const CopyPlanSchema = Type.Object({ from: { ...Id, description: 'id of a plan' } }, strict)

const StandingSchema = Type.Object(
  { problem: Id, plan: Type.Optional({ ...Id, description: 'the newest of the problem; absent: it has none' }) },
  strict,
)
const NoProblem = Type.Union([Id, Type.Null()], { description: 'null: none, a day without orders' })
/** PUT /complexes/:complex/days: what stands for these days from now on, all or none; answered with those that have orders */
export const SetDaysSchema = Type.Object(
  {
    days: Type.Array(
      Type.Object(
        {
          date: IsoDate,
          problem: NoProblem,
          plan: StandingSchema.properties.plan,
          was: Type.Object(
            { problem: NoProblem, plan: StandingSchema.properties.plan },
            { ...strict, description: 'refused where something else stands by now' },
          ),
        },
        strict,
      ),
      { minItems: 1, maxItems: 31 },
    ),
  },
  strict,
)
export const SetDaysAnswerSchema = Type.Array(DaySchema)

/** POST /complexes/:complex/horizons */
export const NewHorizonSchema = Type.Object(
  {
    dates: Type.Array(IsoDate, { minItems: 2, maxItems: 14, description: 'days with orders, ascending' }),
    ...HorizonOptionsSchema.properties,
  },
  strict,
)
/** GET /complexes/:complex/horizons, newest first */
export const HorizonSchema = Type.Object(
  {
    problem: Type.String({ description: 'all days as one, in which orders may wait' }),
    alone: Type.String({
      description: 'all days as one, in which nothing waits: each day planned alone, the baseline',
    }),
    days: Type.Array(Type.Object({ date: Type.String(), problem: Type.String() }, strict)),
    options: HorizonOptionsSchema,
    addedAt: Type.String({ format: 'date-time' }),
    addedBy: Type.String(),
  },
  strict,
)
/** POST /horizons/:problem/apply */
export const ApplyHorizonSchema = Type.Object({ plan: { ...Id, description: 'of the horizon' } }, strict)
export const AppliedHorizonSchema = Type.Object(
  {
    days: Type.Array(Type.Object({ date: Type.String(), before: StandingSchema, after: StandingSchema }, strict), {
      description: 'sent back by PUT /complexes/:complex/days, it is undone',
    }),
  },
  strict,
)

export type Scenario = Static<typeof ScenarioSchema>
export type NewScenario = Static<typeof NewScenarioSchema>
export type NewScenarioAnswer = Static<typeof NewScenarioAnswerSchema>
export type DayPlan = Static<typeof DayPlanSchema>
export type DayPlans = Static<typeof DayPlansSchema>
export type SetDays = Static<typeof SetDaysSchema>
export type NewHorizon = Static<typeof NewHorizonSchema>
export type HorizonRecord = Static<typeof HorizonSchema>
export type AppliedHorizon = Static<typeof AppliedHorizonSchema>
