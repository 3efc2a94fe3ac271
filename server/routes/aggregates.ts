/** What a policymaker sees: sums over the complexes that opted in, and none that would tell what one firm pays. */
import { Type } from 'typebox'
import { type Aggregate, AggregateSchema, LEAST_FIRMS, MonthName } from '../api.ts'
import type { ComplexRecord, Nouns } from '../store/store.ts'
import type { PlanFigures } from '../store/tables.ts'

import { type App, refusals, type Service } from './service.ts'

const MONTH_PAGE = { limit: 200 }

export function aggregateRoutes(app: App, { figures }: Service): void {
  app.get(
    '/api/aggregates',
    {
      config: { access: 'aggregates.read' },
      schema: {
        summary: `Sums of a month, one row a complex that opted in; days with fewer than ${LEAST_FIRMS} firms are left out`,
        tags: ['own'],
        querystring: Type.Object({ month: MonthName }),
        response: { 200: Type.Array(AggregateSchema), ...refusals },
      },
    },
    async ({ query: { month }, store }) => {
      // the scope of the store are the complexes that opted in
      const complexes = await store.complexes.list()
      return await Promise.all(complexes.map((complex) => sumUp(store, complex, month)))
    },
  )

  async function sumUp(store: Nouns, { data: { complex } }: ComplexRecord, month: string): Promise<Aggregate> {
    const plans = (await store.views.confirmed({ complex: complex.id, month, ...MONTH_PAGE })).items
    const known = await Promise.all(plans.map((plan) => figures.of(store, plan)))
    const ready = known.filter((entry) => entry !== undefined)
    // day by day: sums that grow by a day of one firm would tell its price to who subtracts
    const shown = ready.filter(({ shares }) => shares.length >= LEAST_FIRMS)
    const sum = (key: 'shipments' | 'distanceM' | 'costKrw' | 'b1Krw') =>
      shown.reduce((total: number, entry: PlanFigures) => total + entry[key], 0)
    const burnt = shown.flatMap(({ carbon }) => carbon ?? [])
    const sumCarbon = (key: keyof NonNullable<PlanFigures['carbon']>) =>
      burnt.reduce((total, carbon) => total + carbon[key], 0)
    return {
      complex: complex.id,
      name: complex.name,
      month,
      plans: shown.length,
      withheld: ready.length - shown.length,
      working: known.length - ready.length,
      firms: new Set(shown.flatMap(({ shares }) => shares.map(({ firm }) => firm))).size,
      shipments: sum('shipments'),
      distanceM: sum('distanceM'),
      costKrw: sum('costKrw'),
      b1Krw: sum('b1Krw'),
      carbon: {
        plans: burnt.length,
        fuelMl: sumCarbon('fuelMl'),
        ttwCo2G: sumCarbon('ttwCo2G'),
        wtwCo2eG: sumCarbon('wtwCo2eG'),
        b1TtwCo2G: sumCarbon('b1TtwCo2G'),
        b1WtwCo2eG: sumCarbon('b1WtwCo2eG'),
      },
    }
  }
}
