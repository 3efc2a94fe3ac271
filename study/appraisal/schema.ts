/** What an appraisal is made of. Constant prices, whole years, won. */
import { type Static, Type } from 'typebox'
import { SourceSchema } from '../../solver/index.ts'

const strict = { additionalProperties: false } as const
const Year = Type.Integer({ minimum: 0, maximum: 60 })

/** financial: what is paid and received. economic: what society has more or less of. */
export const SIDES = ['financial', 'economic'] as const
export type Sided = (typeof SIDES)[number]

export const FlowSchema = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 80 }),
    name: Type.Object({ ko: Type.String(), en: Type.String() }, strict),
    kind: Type.Enum(['benefit', 'cost']),
    krw: Type.Number({ minimum: -1e14, maximum: 1e14, description: 'won, each time' }),
    when: Type.Union([
      Type.Object({ kind: Type.Literal('once'), year: Year }, strict),
      Type.Object({ kind: Type.Literal('yearly'), from: Type.Optional(Year), until: Type.Optional(Year) }, strict),
      Type.Object({ kind: Type.Literal('end') }, { ...strict, description: 'a residual value, in the last year' }),
    ]),
    transferShare: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'of it that only changes hands (VAT, fuel tax, toll): not in the economic table; default 0',
      }),
    ),
    grant: Type.Optional(
      Type.Boolean({ description: 'public money for the programme: in the financial table only; default false' }),
    ),
    only: Type.Optional(Type.Enum(SIDES, { description: 'in this table only; default: in both' })),
    note: Type.Optional(SourceSchema),
  },
  strict,
)

export const AppraisalSchema = Type.Object(
  {
    years: Type.Integer({ minimum: 1, maximum: 60 }),
    rate: Type.Number({ minimum: 0, maximum: 1, description: 'real social discount rate; 0.045 in Korea' }),
    flows: Type.Array(FlowSchema, { maxItems: 500 }),
    carbon: Type.Optional(
      Type.Object(
        {
          tonnesPerYear: Type.Number({ description: 'of CO2 less than without; below 0: more' }),
          krwPerTonne: Type.Array(Type.Number({ minimum: 0 }), {
            maxItems: 5,
            description: 'prices to be shown one by one',
          }),
          note: Type.Optional(SourceSchema),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type Flow = Static<typeof FlowSchema>
export type Appraisal = Static<typeof AppraisalSchema>
