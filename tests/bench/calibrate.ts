/** How many iterations a second of a core is worth here: studies count iterations, so that their figures do not depend on the machine. */
import type { ComplexData } from '../../server/complexes.ts'
import { importTable } from '../../server/imports/index.ts'
import { searchPlan } from '../../server/jobs/search.ts'
import { demandOf } from '../../server/studies/pickup.ts'
import { workingDays } from '../../server/studies/workingDays.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { drawDay, ORDER_COLUMNS, orderRows } from '../../study/index.ts'

export interface Calibration {
  readonly days: number
  readonly shipments: readonly number[]
  /** of a second of CPU time, of each day */
  readonly iterationsPerS: readonly number[]
  readonly median: number
  /** so many take a second a day, over all days together */
  readonly overall: number
}

const SECOND_US = 1_000_000

export async function calibrate(complexes: readonly ComplexData[], days: number): Promise<Calibration> {
  const travelOf = travelFrom(trunk)
  const seen: { readonly shipments: number; readonly iterations: number }[] = []
  for (let k = 0; k < days; k++) {
    const data = complexes[Math.floor((k * complexes.length) / days)]!
    const demand = demandOf(data)
    const [date] = await workingDays(demand.from, 1)
    const at = { seed: 1, day: 0, date: date!, far: demand.far ?? [] }
    const nameOf = (id: string): string => data.sites.find((site) => site.id === id)?.name ?? id
    const records = [[...ORDER_COLUMNS], ...orderRows(drawDay(demand, data.firms, 1, 0), at, nameOf)]
    const day = importTable({ format: 'xlsx', records, cells: records, brokenOff: false }, data, {
      locale: 'en',
      date: date!,
    }).days[0]
    if (!day || day.problem.shipments.length === 0) continue
    const travel = await travelOf(day.problem)
    const search = {
      kind: 'plan',
      problem: day.problem,
      travel,
      locale: 'en',
      seed: 1,
      iterations: 10_000_000,
    } as const
    const searchASecond = async (): Promise<number> => {
      let iterationsPerS = 0
      const start = process.cpuUsage()
      const usedUs = () => {
        const { user, system } = process.cpuUsage(start)
        return user + system
      }
      await searchPlan(
        search,
        () => usedUs() >= SECOND_US,
        (report) => {
          if (report.kind === 'progress') iterationsPerS = (report.progress.iterations * SECOND_US) / usedUs()
        },
      )
      return Math.round(iterationsPerS)
    }
    // the first one is compiled on the way
    await searchASecond()
    seen.push({ shipments: day.problem.shipments.length, iterations: await searchASecond() })
  }
  const iterationsPerS = seen.map((day) => day.iterations)
  const sorted = iterationsPerS.toSorted((a, b) => a - b)
  return {
    days: seen.length,
    shipments: seen.map(({ shipments }) => shipments),
    iterationsPerS,
    median: sorted[Math.floor(sorted.length / 2)]!,
    overall: Math.round(seen.length / seen.reduce((sum, day) => sum + 1 / day.iterations, 0)),
  }
}
