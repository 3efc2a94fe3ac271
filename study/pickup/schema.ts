/** A study of domestic pickups: days drawn from a demand model, each planned and compared with its baselines, under several settings. */
import { type Static, Type } from 'typebox'
import { ScenarioChangeSchema, SourceSchema } from '../../solver/index.ts'
import { CollectChangeSchema, StockSchema } from '../frequency/schema.ts'
import { DemandSchema } from './demand.ts'
import { SpreadSchema } from './lateness.ts'

const strict = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 80 })
const Words = Type.Object({ ko: Type.String(), en: Type.String() }, strict)
const Percent = Type.Integer({ minimum: 1, maximum: 1000, description: 'of what it is now' })

/** One thing that is otherwise. Plan and baselines see it alike. */
export const StudyChangeSchema = Type.Union([
  ScenarioChangeSchema,
  CollectChangeSchema,
  Type.Object(
    { kind: Type.Literal('terminalLimit'), kg: Type.Integer({ minimum: 1, maximum: 100_000 }) },
    {
      ...strict,
      description:
        'terminal freight takes shipments, and pieces, up to so much; orders up to there may arrive the next day, as those of today’s limit may',
    },
  ),
  Type.Object(
    { kind: Type.Literal('stopFee'), krw: Type.Integer({ minimum: 0, maximum: 1_000_000 }) },
    { ...strict, description: 'of hired trucks, for a stop beyond those included (경유비)' },
  ),
  Type.Object(
    { kind: Type.Literal('service'), percent: Percent },
    { ...strict, description: 'minutes at the gate, loading and unloading' },
  ),
  Type.Object(
    { kind: Type.Literal('detour'), percent: Percent },
    { ...strict, description: 'kilometres and minutes of every road' },
  ),
  Type.Object(
    { kind: Type.Literal('fuel'), percent: Percent },
    {
      ...strict,
      description:
        'the pump price of diesel; contract and hired trucks take the difference on a kilometre, by what their class burns; terminal freight keeps its price',
    },
  ),
  Type.Object(
    { kind: Type.Literal('narrower'), minutes: Type.Integer({ minimum: 1, maximum: 720 }) },
    { ...strict, description: 'every window opens so much later and closes so much sooner, down to half an hour' },
  ),
  Type.Object(
    { kind: Type.Literal('demand'), percent: Percent },
    { ...strict, description: 'how often everybody orders' },
  ),
  Type.Object(
    { kind: Type.Literal('participants'), count: Type.Integer({ minimum: 1, maximum: 10_000 }) },
    { ...strict, description: 'so many firms only, the same ones on both sides; drawn anew for each seed' },
  ),
])

export const SettingSchema = Type.Object(
  {
    id: Id,
    name: Words,
    factor: Type.Optional(
      Type.String({ maxLength: 80, description: 'settings of one factor are one bar of the tornado' }),
    ),
    changes: Type.Array(StudyChangeSchema, { maxItems: 20 }),
  },
  strict,
)

export const PickupStudySchema = Type.Object(
  {
    kind: Type.Literal('pickup'),
    name: Words,
    note: Type.Optional(SourceSchema),
    complex: Type.String({
      minLength: 1,
      maxLength: 80,
      description: 'whose places, firms, trucks, tariffs and demand',
    }),
    seeds: Type.Array(Type.Integer({ minimum: 0, maximum: 1e9 }), { minItems: 1, maxItems: 200 }),
    days: Type.Integer({ minimum: 1, maximum: 366, description: 'working days drawn for each seed' }),
    iterations: Type.Integer({
      minimum: 100,
      maximum: 10_000_000,
      description: 'of the search for each day: the same study gives the same figures on any machine',
    }),
    demand: Type.Optional(DemandSchema),
    spread: Type.Optional(SpreadSchema),
    settings: Type.Array(SettingSchema, {
      minItems: 1,
      maxItems: 60,
      description: 'the first is what the others are held against',
    }),
    stock: Type.Optional(StockSchema),
    programmeKrwPerYear: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1e12,
        description: 'coordinator, software, insurance; default 0, and said so',
      }),
    ),
    targetShare: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: 'of B1: how often it is reached is counted; default 0.2' }),
    ),
  },
  strict,
)

export type StudyChange = Static<typeof StudyChangeSchema>
export type Setting = Static<typeof SettingSchema>
export type PickupStudy = Static<typeof PickupStudySchema>
