/** A query is text. The numbers and flags in it are read as the schema of the route says, so that bodies need no such leniency. */
import type { App } from './service.ts'

type Properties = Readonly<Record<string, { readonly type?: string }>>

export function readQueries(app: App): void {
  app.addHook('preValidation', async ({ query, routeOptions }) => {
    const { properties } = (routeOptions.schema?.querystring ?? {}) as { readonly properties?: Properties }
    const given = query as Record<string, unknown>
    for (const [name, { type }] of Object.entries(properties ?? {})) {
      const text = given[name]
      if (typeof text !== 'string') continue
      if ((type === 'integer' || type === 'number') && /^-?\d{1,15}(\.\d{1,6})?$/.test(text)) given[name] = Number(text)
      if (type === 'boolean' && (text === 'true' || text === 'false')) given[name] = text === 'true'
    }
  })
}
