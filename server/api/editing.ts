/** Applying a repair: the day is allowed a little more, and its plan makes use of it. */
import { type Static, Type } from 'typebox'
import { ChangeSchema } from '../../solver/index.ts'
import { strict } from './common.ts'

/** POST /plans/:plan/repair, one of the repairs of GET /plans/:plan/explain/:shipment as it was told */
export const RepairRequestSchema = Type.Object(
  {
    shipment: Type.String({ maxLength: 90, description: 'that is repaired, or its part' }),
    changes: Type.Array(ChangeSchema, { minItems: 1, maxItems: 100, description: 'of the repair, all of them' }),
  },
  strict,
)
export const RepairedSchema = Type.Object(
  {
    problem: Type.String({ description: 'the day with the repair made' }),
    plan: Type.String({
      description: 'a draft of it: the plan that was repaired, with the shipment as the repair says',
    }),
    extraKrw: Type.Integer({ description: 'its cost less that of the plan before' }),
    date: Type.Optional(Type.String({ description: 'the day that the problem stands for now; absent: none' })),
    before: Type.Object(
      { problem: Type.String(), plan: Type.String() },
      { ...strict, description: 'both are still there; to undo, point the day to this problem again' },
    ),
  },
  strict,
)
export type RepairRequest = Static<typeof RepairRequestSchema>
export type Repaired = Static<typeof RepairedSchema>
