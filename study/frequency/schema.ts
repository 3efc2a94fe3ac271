/** How often goods are fetched, and what waiting costs: changes of a pickup study, and the stock beside them. */
import { type Static, Type } from 'typebox'
import { SourceSchema } from '../../solver/index.ts'

const strict = { additionalProperties: false } as const
const Words = Type.Object({ ko: Type.String(), en: Type.String() }, strict)
const LongestWait = Type.Integer({
  minimum: 0,
  maximum: 20,
  description: 'working days; no order waits longer, whatever the pattern',
})
const FullKg = Type.Integer({
  minimum: 1,
  maximum: 100_000,
  description: 'of one lane: suppliers near each other, one direction',
})

export const COLLECT_KINDS = ['collectOn', 'collectWhenFull', 'collectChosen'] as const

/**
 * Orders that may wait do so until their day: not those of the same day, by appointment, or that go alone. Orders of one firm, supplier
 * and flow that waited for each other are one lot on every side, where that is cheaper direct.
 */
export const CollectChangeSchema = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('collectOn'),
      days: Type.Array(Type.Integer({ minimum: 1, maximum: 5 }), {
        minItems: 1,
        maxItems: 5,
        uniqueItems: true,
        description: 'weekdays, 1 Monday; one that is a holiday moves to the next working day',
      }),
    },
    strict,
  ),
  Type.Object({ kind: Type.Literal('collectWhenFull'), kg: FullKg, longestWaitDays: LongestWait }, strict),
  Type.Object(
    {
      kind: Type.Literal('collectChosen'),
      kg: FullKg,
      longestWaitDays: LongestWait,
      waitKrwPerDay: Type.Integer({
        minimum: 0,
        maximum: 10_000_000,
        description:
          'won that a working day of one order’s wait counts when patterns are chosen, beside its stock; never part of a cost that is shown',
      }),
    },
    {
      ...strict,
      description:
        'a pattern for each firm and supplier, chosen on an estimate over weeks that the study itself does not draw, then planned exactly',
    },
  ),
])
export type CollectChange = Static<typeof CollectChangeSchema>

/** What goods are worth, and what it costs to have them lying. */
export const StockSchema = Type.Object(
  {
    carryingRate: Type.Number({ minimum: 0, maximum: 1, description: 'of their value, a year' }),
    krwPerKg: Type.Number({ minimum: 0, maximum: 1e9, description: 'of flows that are not listed' }),
    flows: Type.Optional(
      Type.Array(
        Type.Object(
          {
            flow: Type.String({ minLength: 1, description: 'of the demand of the complex' }),
            name: Words,
            krwPerKg: Type.Number({ minimum: 0, maximum: 1e9 }),
            note: Type.Optional(SourceSchema),
          },
          strict,
        ),
        { maxItems: 100 },
      ),
    ),
    note: Type.Optional(SourceSchema),
  },
  strict,
)
export type Stock = Static<typeof StockSchema>

/** Weekdays, 1 Monday, or when the truck of its lane is full. */
export type Pattern = readonly number[] | 'full'
export const DAILY: Pattern = [1, 2, 3, 4, 5]

/** Of one firm and one supplier. */
export interface ChosenPattern {
  readonly firm: string
  readonly supplier: string
  readonly lane: string
  readonly pattern: Pattern
  /** kg a week that may wait, of the weeks that it was chosen on */
  readonly kgPerWeek: number
}
/** What the estimate says of the patterns chosen, won a working day, over the weeks they were chosen on. */
export interface ChosenPatterns {
  readonly pairs: readonly ChosenPattern[]
  readonly dailyKrw: number
  readonly chosenKrw: number
}
