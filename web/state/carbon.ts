/** Fuel and CO2 of the baselines and of the plan, side by side: the same trucks, roads and factors on every side. */
import type { Burn, Comparison, FootprintSum } from '../../solver/index.ts'

type BurnKey = 'distanceM' | 'fuelMl' | 'ttwCo2G' | 'wtwCo2eG'
/** All in thousandths of what is shown. `wtwPerTkm`: milligrams a tonne-kilometre of the shortest roads, the intensity of ISO 14083. */
export type CarbonKey = BurnKey | 'wtwPerTkm'

export interface CarbonRow {
  readonly key: CarbonKey
  readonly b0: number
  readonly b1: number
  readonly b2: number
  readonly plan: number
  /** plan less B1 */
  readonly difference: number
}

const KEYS: readonly BurnKey[] = ['distanceM', 'fuelMl', 'ttwCo2G', 'wtwCo2eG']

export interface CarbonTable {
  readonly rows: readonly CarbonRow[]
  /** what counting every empty way back of a hired truck would add, in grams of CO2, tank-to-wheel */
  readonly emptyReturn: Omit<CarbonRow, 'key'>
  /** of the plan against B1, tank-to-wheel; undefined where B1 emits nothing */
  readonly savedShare: number | undefined
}

export function makeCarbonTable({ baselines, planFootprint }: Comparison): CarbonTable {
  const of = (id: string) => baselines.find((baseline) => baseline.id === id)?.footprint
  const row = (value: (sum: FootprintSum) => Burn[BurnKey]): Omit<CarbonRow, 'key'> => {
    const at = (sum: FootprintSum | undefined) => (sum ? value(sum) : 0)
    const [b0, b1, b2, plan] = [at(of('B0')), at(of('B1')), at(of('B2')), value(planFootprint)]
    return { b0, b1, b2, plan, difference: plan - b1 }
  }
  const burning = row(({ total }) => total.ttwCo2G)
  return {
    rows: [
      ...KEYS.map((key) => ({ key, ...row(({ total }) => total[key]) })),
      { key: 'wtwPerTkm', ...row(({ total, tonneKm }) => (tonneKm > 0 ? (total.wtwCo2eG * 1000) / tonneKm : 0)) },
    ],
    emptyReturn: row(({ emptyReturn }) => emptyReturn.ttwCo2G),
    savedShare: burning.b1 > 0 ? -burning.difference / burning.b1 : undefined,
  }
}
