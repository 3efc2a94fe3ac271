/** Talks to the service. Every failure is a ServiceError; status 0 means that nothing answered. */
import type { ApiError, Complex, GeoJson, Job, JobRequest, StoredPlan } from '../../server/api.ts'
import type { Comparison, Problem, ShipmentExplanation, Split } from '../../solver/index.ts'

export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }

  /** Nothing answered, or something in between said so. */
  get unreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

interface Options {
  readonly method?: 'GET' | 'POST'
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

async function request<T>(path: string, { method = 'GET', body, signal }: Options = {}): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/api${path}`, {
      method,
      signal: signal ?? null,
      headers: {
        accept: 'application/json',
        // refusals are worded in the language of the page
        'accept-language': document.documentElement.lang || 'ko',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ServiceError(0, 'unreachable', error instanceof Error ? error.message : String(error))
  }
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok && answer !== undefined) return answer as T
  const { code = 'unreadable', message = response.statusText } = (answer ?? {}) as Partial<ApiError>
  throw new ServiceError(response.ok ? 502 : response.status, code, message)
}

const id = encodeURIComponent

export const service = {
  complexes: (signal?: AbortSignal) => request<Complex[]>('/complexes', { signal }),
  problem: (problem: string, signal?: AbortSignal) => request<Problem>(`/problems/${id(problem)}`, { signal }),
  plan: (plan: string, signal?: AbortSignal) => request<StoredPlan>(`/plans/${id(plan)}`, { signal }),
  planGeoJson: (plan: string, signal?: AbortSignal) => request<GeoJson>(`/plans/${id(plan)}/geojson`, { signal }),
  roads: (signal?: AbortSignal) => request<GeoJson>('/roads', { signal }),
  comparison: (plan: string, signal?: AbortSignal) => request<Comparison>(`/plans/${id(plan)}/comparison`, { signal }),
  split: (plan: string, methods: 'quick' | 'all', signal?: AbortSignal) =>
    request<Split[]>(`/plans/${id(plan)}/split?methods=${methods}`, { signal }),
  explanation: (plan: string, shipment: string, signal?: AbortSignal) =>
    request<ShipmentExplanation[]>(`/plans/${id(plan)}/explain/${id(shipment)}`, { signal }),
  startJob: (problem: string, body: JobRequest) =>
    request<Job>(`/problems/${id(problem)}/jobs`, { method: 'POST', body }),
  job: (job: string, signal?: AbortSignal) => request<Job>(`/jobs/${id(job)}`, { signal }),
  stopJob: (job: string) => request<Job>(`/jobs/${id(job)}/stop`, { method: 'POST' }),
  jobEvents: (job: string) => new EventSource(`/api/jobs/${id(job)}/events`),
}
