import { VERSION } from '../../solver/index.ts'
import { HealthSchema } from '../api.ts'
import { type App, refusals } from './service.ts'

export function healthRoutes(app: App): void {
  app.get(
    '/health',
    {
      config: { access: 'service.see', rateLimit: false },
      schema: { summary: 'The service can work', tags: ['service'], response: { 200: HealthSchema, ...refusals } },
    },
    async () => ({ status: 'ok' as const, version: VERSION }),
  )
}
