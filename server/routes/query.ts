/** Queries and pages, the same for every list. */
import type { App } from './service.ts'

type Properties = Readonly<Record<string, { readonly type?: string }>>

/** A query is text. The numbers and flags in it are read as the schema of the route says, so that bodies need no such leniency. */
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

/** Every page of a list names the next one in a header as well (RFC 8288), with everything else that was asked for. */
export function linkPages(app: App): void {
  app.addHook('preSerialization', async ({ url }, reply, payload: unknown) => {
    if (typeof payload !== 'object' || payload === null || !('items' in payload) || !('next' in payload)) return payload
    if (payload.next === undefined) return payload
    const [path, query] = url.split('?')
    const wanted = new URLSearchParams(query)
    wanted.set('after', String(payload.next))
    reply.header('link', `<${path}?${wanted}>; rel="next"`)
    return payload
  })
}
