/** What a split looks like: one row a firm, and what holds of it. Whole won throughout. */
import { type Static, Type } from 'typebox'
import { METHOD_NAMES } from './methods/method.ts'

const strict = { additionalProperties: false } as const
const Id = Type.String()
const Whole = Type.Integer()

export const SplitGroupSchema = Type.Object(
  {
    firms: Type.Array(Id),
    shareKrw: Whole,
    aloneKrw: Type.Integer({ description: 'the best plan found for their shipments without the others' }),
    slackKrw: Type.Integer({ description: 'alone less share; below 0 they pay more than alone' }),
  },
  strict,
)

export const SplitRowSchema = Type.Object(
  {
    firm: Id,
    shipments: Type.Array(Id, { description: 'as the plan names them; unserved ones are out' }),
    b1Krw: Type.Integer({ description: 'each shipment by its cheapest mode' }),
    b2Krw: Type.Integer({ description: 'the firm alone, planned by the same solver' }),
    missing: Type.Array(Id, {
      description: 'shipments that B1 or B2 cannot carry and do not contain; B1 then caps nothing',
    }),
    shareKrw: Type.Integer({ description: 'what the firm pays of the plan; the shares add up to its cost' }),
    ownKrw: Type.Integer({
      description: 'of the share: shipments that go direct, or alone on a truck because they must, at their own cost',
    }),
    savingKrw: Type.Integer({ description: 'B1 less share' }),
    savingShare: Type.Number({ description: 'saving / B1, 0 where B1 is 0' }),
    savingB2Krw: Whole,
    savingB2Share: Type.Number(),
    jointKrw: Type.Integer({ description: 'of the joint costs, beside the share; 0 where none are given' }),
    standardErrorKrw: Type.Optional(Type.Integer({ description: 'of a sampled share, rounded up' })),
    tightest: Type.Union([SplitGroupSchema, Type.Null()], {
      description: 'of the groups looked at with this firm, the one with least slack; null: none',
    }),
  },
  strict,
)

export const SPLIT_NOTES = [
  'capped', // firms whose share came down to their B1, won that the others took over
  'dearerThanB1', // the plan costs more than B1 of all together: shares lie above B1 in proportion to it
  'uncapped', // firms with shipments that B1 cannot carry
  'rentReturned', // won that the prices of trucks brought in beyond the plan's cost, given back
  'known', // the prices hold over the routes known, not over all there are
] as const
export const SplitNoteSchema = Type.Object({ note: Type.Enum(SPLIT_NOTES), firms: Type.Array(Id), krw: Whole }, strict)

export const JOINT_KEYS = ['equal', 'shipments', 'weight', 'share'] as const

export const SplitSchema = Type.Object(
  {
    method: Type.Enum(METHOD_NAMES),
    planKrw: Whole,
    rows: Type.Array(SplitRowSchema, { description: 'by id of the firm; firms without a served shipment pay nothing' }),
    unserved: Type.Array(Id, { description: 'shipments left out' }),
    trucks: Type.Literal('all', {
      description: 'whose trucks they are: a group that leaves may use every truck of the fleet',
    }),
    seed: Whole,
    iterations: Type.Integer({ description: 'tries of the search for each group' }),
    dual: Type.Union(
      [
        Type.Object(
          {
            lowerKrw: Type.Integer({ description: 'prices less rent; where proved, no plan costs less' }),
            rentKrw: Type.Integer({ description: 'prices of trucks, all together' }),
            fleet: Type.Array(
              Type.Object(
                {
                  vehicle: Id,
                  shift: Type.Integer({ description: 'index into the shifts of the vehicle' }),
                  count: Whole,
                  krw: Type.Integer({ description: 'price of one truck, 0 or less' }),
                },
                strict,
              ),
              { description: 'trucks with a price' },
            ),
            prices: Type.Array(Type.Object({ shipment: Id, krw: Whole }, strict)),
            proved: Type.Boolean({ description: 'no way to carry shipments costs less than its prices' }),
          },
          strict,
        ),
        Type.Null(),
      ],
      { description: 'null: the method needs none and none was given' },
    ),
    stability: Type.Object(
      {
        verdict: Type.Enum(['proved', 'holds', 'violated'], {
          description:
            'proved: no group at all pays more than alone; holds: none of those looked at; violated: some do. A won a firm is rounding',
        }),
        looked: Type.Integer({ description: 'groups looked at' }),
        every: Type.Boolean({ description: 'these were all groups' }),
        provedUpToKrw: Type.Union([Whole, Type.Null()], {
          description: 'no group, looked at or not, pays more than so much above alone; null: nothing is proved',
        }),
        tightest: Type.Union([SplitGroupSchema, Type.Null()]),
        violated: Type.Array(SplitGroupSchema, { description: 'the worst ten' }),
        violations: Type.Integer({ description: 'how many groups pay more than alone' }),
      },
      strict,
    ),
    subsidy: Type.Object(
      {
        dayKrw: Type.Integer({
          description:
            'least that someone outside must pay so that some split is stable over the groups looked at; 0: none need be',
        }),
        yearKrw: Whole,
        workingDays: Whole,
        enoughKrw: Type.Union([Whole, Type.Null()], {
          description: 'a day: proved to be enough for every group, looked at or not; null: nothing is proved',
        }),
      },
      strict,
    ),
    joint: Type.Union([
      Type.Object(
        {
          krw: Whole,
          key: Type.Enum(JOINT_KEYS, { description: 'by firm, number of shipments, kilograms, or share' }),
        },
        strict,
      ),
      Type.Null(),
    ]),
    notes: Type.Array(SplitNoteSchema),
  },
  strict,
)

export const MonthRowSchema = Type.Object(
  {
    firm: Id,
    days: Whole,
    shipments: Whole,
    b1Krw: Whole,
    b2Krw: Whole,
    shareKrw: Whole,
    ownKrw: Whole,
    savingKrw: Whole,
    savingShare: Type.Number(),
    savingB2Krw: Whole,
    savingB2Share: Type.Number(),
    jointKrw: Whole,
  },
  strict,
)
export const MonthSplitSchema = Type.Object(
  {
    method: Type.Enum(METHOD_NAMES),
    days: Whole,
    planKrw: Whole,
    jointKrw: Whole,
    subsidyKrw: Type.Integer({ description: 'of all days' }),
    stableDays: Type.Integer({ description: 'on which no group looked at paid more than alone' }),
    rows: Type.Array(MonthRowSchema),
  },
  strict,
)

export type SplitGroup = Static<typeof SplitGroupSchema>
export type SplitRow = Static<typeof SplitRowSchema>
export type SplitNote = Static<typeof SplitNoteSchema>
export type Split = Static<typeof SplitSchema>
export type JointKey = (typeof JOINT_KEYS)[number]
export type MonthRow = Static<typeof MonthRowSchema>
export type MonthSplit = Static<typeof MonthSplitSchema>
