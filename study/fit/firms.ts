/** A demand model from a list of firms by process and size, with stated assumptions in place of orders. */
import { type Static, Type } from 'typebox'
import { SourceSchema } from '../../solver/index.ts'
import { type Demand, DemandSchema, perWeekOf } from '../pickup/demand.ts'

const strict = { additionalProperties: false } as const

export const FirmAssumptionsSchema = Type.Object(
  {
    sizes: Type.Object(
      {
        medium: Type.Integer({ minimum: 1, description: 'employees from which a firm is medium' }),
        large: Type.Integer({ minimum: 1, description: 'employees from which a firm is large' }),
        note: Type.Optional(SourceSchema),
      },
      strict,
    ),
    demand: Type.Object(DemandSchema.properties, {
      ...strict,
      description: 'flows by process and size, each with where it comes from',
    }),
  },
  strict,
)
export type FirmAssumptions = Static<typeof FirmAssumptionsSchema>

export interface SizedFirm {
  readonly id: string
  readonly name: string
  readonly process: string
  readonly size: string
}

export const sizeOf = ({ sizes }: FirmAssumptions, employees: number): string =>
  employees >= sizes.large ? 'large' : employees >= sizes.medium ? 'medium' : 'small'

export const processesOf = ({ demand }: FirmAssumptions): string[] => [
  ...new Set(demand.flows.flatMap(({ processes = [] }) => processes)),
]

/** Flows that none of the firms has are left out; the others say what each firm orders. */
export function demandOfFirms({ demand }: FirmAssumptions, firms: readonly SizedFirm[]): Demand {
  const flows = demand.flows.flatMap((flow) => {
    const perFirm = firms.map((firm) => [firm.id, perWeekOf(flow, firm)] as const)
    return perFirm.some(([, perWeek]) => perWeek > 0) ? [{ ...flow, perFirm: Object.fromEntries(perFirm) }] : []
  })
  return { ...demand, flows }
}
