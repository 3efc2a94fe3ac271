/** Studies as the service keeps them; what needs no drawn days is worked out in the page. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type {
  FirmList,
  OrderFit,
  StudyAnswer,
  StudyComplex,
  StudyEstimate,
  StudyState,
  StudySummary,
} from '../../server/api.ts'
import type { Study } from '../../study/index.ts'
import { request, ServiceError } from './client.ts'
import { queryClient } from './queries.ts'

/** So often is looked at what is under way. */
const LOOK_EVERY_MS = 1500
/** Each look sums all of its runs up. */
const MANY_RUNS = 1000
const LOOK_AT_MANY_EVERY_MS = 5000
/** The service tries days out for one estimate at a time. */
const ASK_AGAIN_MS = 1500
const BUSY_TIMES = 40

export interface Preset {
  readonly id: string
  readonly document: Study
}
const at = (study: string): string => `/studies/${encodeURIComponent(study)}`
export const isOpen = (state: StudyState | undefined): boolean => state === 'queued' || state === 'running'

export const usePresets = () =>
  useQuery({ queryKey: ['study-presets'], queryFn: ({ signal }) => request<Preset[]>('/studies/presets', { signal }) })

/** Those of which one may draw days. */
export const useStudyComplexes = () =>
  useQuery({
    queryKey: ['study-complexes'],
    queryFn: ({ signal }) => request<StudyComplex[]>('/studies/complexes', { signal }),
    staleTime: 0,
  })

export const useStudies = () =>
  useQuery({
    queryKey: ['studies'],
    queryFn: ({ signal }) => request<{ readonly items: readonly StudySummary[] }>('/studies?limit=50', { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some((study) => isOpen(study.state)) ? LOOK_EVERY_MS : false),
    staleTime: 0,
  })

export const useStudy = (study: string | undefined) =>
  useQuery({
    queryKey: ['study', study],
    queryFn: ({ signal }) => request<StudyAnswer>(at(study!), { signal }),
    enabled: study !== undefined,
    refetchInterval: ({ state: { data } }) => {
      if (!isOpen(data?.state)) return false
      return (data?.all ?? 0) > MANY_RUNS ? LOOK_AT_MANY_EVERY_MS : LOOK_EVERY_MS
    },
  })

/** A day is tried out for it, so it is asked for once somebody has stopped typing. */
export const useEstimate = (document: Study, wanted: boolean) =>
  useQuery({
    queryKey: ['study-estimate', document],
    queryFn: ({ signal }) =>
      request<StudyEstimate>('/studies/estimate', { method: 'POST', body: { document }, signal }),
    enabled: wanted,
    placeholderData: keepPreviousData,
    // the days of an earlier question are still being tried out
    retry: (times, error) => isBusy(error) && times < BUSY_TIMES,
    retryDelay: ASK_AGAIN_MS,
  })

const isBusy = (error: unknown): boolean => error instanceof ServiceError && error.status === 503

export const fitDemand = async (complex: string, from: string, to: string): Promise<OrderFit> =>
  await request<OrderFit>('/studies/fit', {
    method: 'POST',
    body: { complex, ...(from && { from }), ...(to && { to }) },
  })

const lookAgain = async () => {
  await queryClient.invalidateQueries({ queryKey: ['studies'] })
  await queryClient.invalidateQueries({ queryKey: ['study'] })
}

export async function addStudy(document: Study): Promise<StudySummary> {
  const added = await request<StudySummary>('/studies', { method: 'POST', body: { document } })
  await lookAgain()
  return added
}
/** Nothing is kept: what is read is to go into a document. */
export const readFirms = (file: File, id: string): Promise<FirmList> =>
  request<FirmList>(`/studies/firms?${new URLSearchParams({ name: file.name, id })}`, { method: 'POST', file })

export async function stopStudy(study: string): Promise<void> {
  await request(`${at(study)}/stop`, { method: 'POST' })
  await lookAgain()
}
export async function resumeStudy(study: string): Promise<void> {
  await request(`${at(study)}/resume`, { method: 'POST' })
  await lookAgain()
}
export async function removeStudy(study: string): Promise<void> {
  await request(at(study), { method: 'DELETE' })
  await queryClient.invalidateQueries({ queryKey: ['studies'] })
}
