/** What a confirmed plan costs whom: worked out once in the lanes of comparisons.ts, then kept in the store. */

import type { ConfirmedSummary, Nouns } from '../store/store.ts'
import type { PlanFigures } from '../store/tables.ts'
import type { Comparisons } from './comparisons.ts'
import { Cancelled } from './thread.ts'

export interface Figures {
  /** Undefined: they are being worked out; ask again. */
  of(store: Nouns, plan: ConfirmedSummary): Promise<PlanFigures | undefined>
  /** Once nothing is being worked out any more. */
  settled(): Promise<void>
}

export function createFigures(
  { splitStored, compareStored }: Pick<Comparisons, 'splitStored' | 'compareStored'>,
  logBug: (error: unknown, plan: string) => void,
): Figures {
  const working = new Map<string, Promise<void>>()

  const workOut = async (store: Nouns, { id, version }: ConfirmedSummary): Promise<void> => {
    // by dual prices where the plan allows them: the method that the page shows first
    const [split] = await splitStored(store, id, true)
    const { planFootprint, baselines } = await compareStored(store, id)
    const record = await store.plans.get(id)
    const b1 = baselines.find((baseline) => baseline.id === 'B1')?.footprint.total
    if (!split || !record || !b1) return
    const { fuelMl, ttwCo2G, wtwCo2eG } = planFootprint.total
    const { plan } = record
    const own = plan.direct.reduce((sum, { distanceM }) => sum + distanceM, 0)
    await store.views.keepFigures(id, version, {
      method: split.method,
      costKrw: split.planKrw,
      b1Krw: split.rows.reduce((sum, { b1Krw }) => sum + b1Krw, 0),
      shipments: split.rows.reduce((sum, { shipments }) => sum + shipments.length, 0),
      distanceM: plan.routes.reduce((sum, { distanceM }) => sum + distanceM, own),
      carbon: { fuelMl, ttwCo2G, wtwCo2eG, b1TtwCo2G: b1.ttwCo2G, b1WtwCo2eG: b1.wtwCo2eG },
      shares: split.rows.map(({ firm, shareKrw, b1Krw, shipments }) => ({
        firm,
        shareKrw,
        b1Krw,
        shipments: shipments.length,
      })),
    })
  }

  return {
    async of(store, plan) {
      const kept = await store.views.figures(plan.id)
      if (kept) return kept
      if (!working.has(plan.id)) {
        const work = workOut(store, plan)
          .catch((error: unknown) => {
            if (!(error instanceof Cancelled)) logBug(error, plan.id)
          })
          .finally(() => working.delete(plan.id))
        working.set(plan.id, work)
      }
      return undefined
    },
    async settled() {
      await Promise.all(working.values())
    },
  }
}
