/** What Prometheus may ask: counts and times, by route and state. No complex, firm, address or id of anything is ever a label. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { VERSION } from '../solver/index.ts'
import { ROADS_STATES } from './api.ts'
import type { Figures } from './store/store.ts'
import type { RoadsState } from './travel/provider.ts'

export interface Answered {
  readonly method: string
  /** Pattern, such as /api/plans/:id. */
  readonly route: string
  readonly status: number
  readonly elapsedS: number
}
export interface Metrics {
  readonly contentType: string
  answered(request: Answered): void
  queried(elapsedMs: number, failed: boolean): void
  streams(change: 1 | -1): void
  render(figures: Figures & { readonly roads?: RoadsState['state'] }): Promise<string>
}

const REQUEST_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60]
const QUERY_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]

/** `process`: with memory, handles and the event loop of this process, which go on being measured until it ends. */
export function createMetrics({ process }: { readonly process: boolean }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (process) collectDefaultMetrics({ register: registry })
  new Gauge({ name: 'milkrun_info', help: 'Version that runs', labelNames: ['version'], registers }).set(
    { version: VERSION },
    1,
  )
  const requests = new Histogram({
    name: 'milkrun_request_seconds',
    help: 'From the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_S,
    registers,
  })
  const queries = new Histogram({
    name: 'milkrun_database_seconds',
    help: 'Time of database statements',
    buckets: QUERY_S,
    registers,
  })
  const failures = new Counter({
    name: 'milkrun_database_failures_total',
    help: 'Database statements that failed',
    registers,
  })
  const streams = new Gauge({ name: 'milkrun_streams', help: 'Event streams that are open', registers })
  const jobs = new Gauge({ name: 'milkrun_jobs', help: 'Jobs by state', labelNames: ['state'], registers })
  const queue = new Gauge({ name: 'milkrun_queue_length', help: 'Jobs that wait for a worker', registers })
  const deliveries = new Gauge({
    name: 'milkrun_webhook_deliveries',
    help: 'Webhook deliveries by state',
    labelNames: ['state'],
    registers,
  })
  const roads = new Gauge({
    name: 'milkrun_roads_state',
    help: 'How the source of travel times does: 1 for the state that it is in',
    labelNames: ['state'],
    registers,
  })
  return {
    contentType: registry.contentType,
    answered({ method, route, status, elapsedS }) {
      requests.observe({ method, route, status }, elapsedS)
    },
    queried(elapsedMs, failed) {
      queries.observe(elapsedMs / 1000)
      if (failed) failures.inc()
    },
    streams(change) {
      streams.inc(change)
    },
    async render(figures) {
      for (const [state, count] of Object.entries(figures.jobs)) jobs.set({ state }, count)
      queue.set(figures.jobs.queued ?? 0)
      for (const [state, count] of Object.entries(figures.deliveries)) deliveries.set({ state }, count)
      for (const state of ROADS_STATES) roads.set({ state }, figures.roads === state ? 1 : 0)
      return await registry.metrics()
    },
  }
}
