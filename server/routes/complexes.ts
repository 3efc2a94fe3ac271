import { Type } from 'typebox'
import { type Complex, ComplexSchema } from '../api.ts'
import type { ComplexRecord } from '../store/store.ts'
import { type App, refusals } from './service.ts'

export function complexRoutes(app: App): void {
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
    async ({ store }) => (await store.complexes.list()).map(describeComplex),
  )
}

function describeComplex({ data, days }: ComplexRecord): Complex {
  const { id, name, lng, lat, timeZone, synthetic } = data.complex
  return { id, name, lng, lat, timeZone, synthetic, days: [...days] }
}
