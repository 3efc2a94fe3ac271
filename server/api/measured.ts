/** Service and travel times as they were measured, and what of them to plan by. */
import { type Static, type TObject, Type } from 'typebox'
import { TimeOfDaySchema } from '../../solver/index.ts'
import { strict } from './common.ts'

const spread = {
  count: Type.Integer(),
  median: Type.Number(),
  low: Type.Number({ description: 'tenth percentile' }),
  high: Type.Number({ description: 'ninetieth percentile' }),
}
const Interval = Type.Tuple([Type.Number(), Type.Number()], {
  description: 'in which the median lies by the sign test, about 95 %',
})
const SpreadSchema: TObject<typeof spread> = Type.Object(spread, strict)
const withInterval = Type.Object({ ...spread, interval: Interval }, strict)
const VERDICTS = ['few', 'fits', 'differs'] as const
const Verdict = Type.Enum(VERDICTS, { description: 'few: too few to tell. fits: no difference to be told' })

const MeasuredSiteSchema = Type.Object(
  {
    site: Type.String(),
    name: Type.String(),
    tookS: SpreadSchema,
    plannedS: SpreadSchema,
    moreS: SpreadSchema,
    interval: Interval,
    kinds: Type.Array(Type.Object({ kind: Type.Enum(['pickup', 'delivery', 'both']), tookS: SpreadSchema }, strict)),
    perKg: Type.Optional(Type.Object({ sPerKg: Type.Number(), restS: Type.Number() }, strict)),
    stopS: withInterval,
    nowS: Type.Integer({ description: 'seconds once per stop that days are planned with now' }),
    verdict: Verdict,
    offerS: Type.Optional(
      Type.Integer({ description: 'seconds once per stop to plan with instead; only where that can be told' }),
    ),
    known: Type.Boolean({ description: 'false: a place that the data of the complex does not have' }),
  },
  strict,
)
const MeasuredHourSchema = Type.Object(
  {
    hour: Type.Integer({ minimum: 0, maximum: 23 }),
    ratio: SpreadSchema,
    interval: Interval,
    ordinary: withInterval,
    nowPercent: Type.Number({ description: 'of ordinary minutes that days are planned with now, on other roads' }),
    verdict: Verdict,
  },
  strict,
)
/** GET /complexes/:complex/measured */
export const MeasuredSchema = Type.Object(
  {
    days: Type.Integer(),
    observations: Type.Integer(),
    least: Type.Integer({ description: 'observations of a place from which on something is offered' }),
    leastPerHour: Type.Integer(),
    sites: Type.Array(MeasuredSiteSchema),
    hours: Type.Array(MeasuredHourSchema),
    legs: Type.Array(
      Type.Object(
        {
          from: Type.String(),
          to: Type.String(),
          hour: Type.Integer(),
          tookS: SpreadSchema,
          plannedS: Type.Integer(),
        },
        strict,
      ),
      { description: 'the most driven first' },
    ),
    timeOfDay: Type.Optional(
      Type.Object(TimeOfDaySchema.properties, { ...strict, description: 'to plan with instead' }),
    ),
    outliers: Type.Array(
      Type.Object(
        {
          date: Type.String(),
          route: Type.String(),
          stop: Type.Integer(),
          site: Type.String(),
          name: Type.String(),
          tookS: Type.Integer(),
          of: Type.Enum(['service', 'leg']),
          why: Type.Enum(['backwards', 'tooLong', 'far']),
        },
        strict,
      ),
      { description: 'records that were left out' },
    ),
  },
  strict,
)

/** POST /complexes/:complex/measured/adopt; the answer is what takes it back */
export const AdoptSchema = Type.Object(
  {
    sites: Type.Optional(
      Type.Array(
        Type.Object(
          {
            site: Type.String({ maxLength: 80 }),
            stopS: Type.Integer({ minimum: 0, maximum: 86400 }),
            was: Type.Integer({ minimum: 0, maximum: 86400, description: 'as it was when this was decided' }),
          },
          strict,
        ),
        { maxItems: 2000 },
      ),
    ),
    timeOfDay: Type.Optional(
      Type.Union([TimeOfDaySchema, Type.Null()], { description: 'null: roads take as long all day' }),
    ),
  },
  strict,
)

export type MeasuredAnswer = Static<typeof MeasuredSchema>
export type MeasuredSite = Static<typeof MeasuredSiteSchema>
export type Adopt = Static<typeof AdoptSchema>
