import { Type } from 'typebox'
import { type Complex, ComplexSchema, type Day } from '../api.ts'
import type { ComplexRecord } from '../store/store.ts'
import { type App, refusals, type Service } from './service.ts'

export function complexRoutes(app: App, service: Service): void {
  app.get(
    '/api/complexes',
    {
      schema: {
        summary: 'Complexes and their days',
        tags: ['problems'],
        response: { 200: Type.Array(ComplexSchema), ...refusals },
      },
    },
    async ({ store }) => (await store.complexes.list()).map((record) => describeComplex(record, service)),
  )
}

function describeComplex({ data, days }: ComplexRecord, service: Service): Complex {
  const { id, name, lng, lat, timeZone, synthetic } = data.complex
  return { id, name, lng, lat, timeZone, synthetic, days: describeDays(days, service) }
}

export const describeDays = (days: ComplexRecord['days'], { jobs }: Service): Day[] =>
  days.map((day) => {
    const job = jobs.openOf(day.problem)
    return { ...day, ...(job !== undefined && { job }) }
  })
