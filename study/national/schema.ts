/** Pickup studies of many complexes, asked alike: each is worked out as a study of its own, and all of them are summed up. */
import { type Static, Type } from 'typebox'
import { type PickupStudy, PickupStudySchema } from '../pickup/schema.ts'

// a demand model is of the firms of one complex: each has its own
const { kind: _kind, complex, demand: _demand, ...shared } = PickupStudySchema.properties

export const NationalStudySchema = Type.Object(
  {
    ...shared,
    kind: Type.Literal('national'),
    complexes: Type.Array(complex, {
      minItems: 1,
      maxItems: 2000,
      description: 'each with its own places, firms, trucks, tariffs and demand; the programme is paid in each',
    }),
  },
  { additionalProperties: false },
)
export type NationalStudy = Static<typeof NationalStudySchema>

/** The study of one of its complexes: the same figures as if it were asked for alone. */
export function partOf({ complexes: _, ...study }: NationalStudy, complex: string, name = study.name): PickupStudy {
  return { ...study, kind: 'pickup', complex, name }
}
