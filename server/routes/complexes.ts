import { Type } from 'typebox'
import { type Complex, ComplexSchema, type Day } from '../api.ts'
import type { ComplexRecord, Nouns } from '../store/store.ts'
import { type App, refusals, type Service } from './service.ts'

export function complexRoutes(app: App, service: Service): void {
  app.get(
    '/api/complexes',
    {
      config: { access: 'complex.read' },
      schema: {
        summary: 'Complexes and their days',
        tags: ['problems'],
        response: { 200: Type.Array(ComplexSchema), ...refusals },
      },
    },
    async ({ store }) =>
      await Promise.all((await store.complexes.list()).map((record) => describeComplex(record, store, service))),
  )
}

async function describeComplex({ data, days }: ComplexRecord, store: Nouns, service: Service): Promise<Complex> {
  const { id, name, lng, lat, timeZone, synthetic } = data.complex
  return { id, name, lng, lat, timeZone, synthetic, days: await describeDays(days, store, service) }
}

export function describeDays(days: ComplexRecord['days'], store: Nouns, { jobs }: Service): Promise<Day[]> {
  return Promise.all(
    days.map(async ({ date, problem }) => {
      const shipments = (await store.problems.get(problem))?.problem.shipments.length ?? 0
      const plan = await store.plans.newestOf(problem)
      const job = jobs.openOf(problem)
      return { problem, date, shipments, ...(plan !== undefined && { plan }), ...(job !== undefined && { job }) }
    }),
  )
}
