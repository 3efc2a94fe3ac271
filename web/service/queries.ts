/** What the screens read from the service, cached by TanStack Query. */
import { QueryCache, QueryClient, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { GeoJson, StoredPlan } from '../../server/api.ts'
import type { Plan } from '../../solver/index.ts'
import { ServiceError, service } from './client.ts'

/** Others import orders and plan days too, and a service that went away is back some time. */
const LOOK_EVERY_MS = 5000
/** While every change is told, that is only for what got lost. */
const LOOK_AT_LEAST_EVERY_MS = 60_000
/** Whether the page hears of changes as they happen: useEvents.ts. */
let told = false
export const setTold = (now: boolean) => {
  told = now
}
/** A search that another page started tells this one nothing: a plan is looked at again while it keeps changing. */
const FOLLOW_EVERY_MS = 2500
const LOOK_AT_ROADS_EVERY_MS = 60_000
const SETTLED_AFTER_MS = 15_000

interface Failing {
  readonly state: { readonly status: string; readonly error: unknown }
}
/** What could not be had because nothing answered, or something was busy, is asked for again: no news would bring it. */
const afterFailure = ({ state: { status, error } }: Failing) =>
  status === 'error' && error instanceof ServiceError && error.unreachable ? LOOK_EVERY_MS : false

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // whoever notices first that nothing answers, the list of complexes finds out and the banner tells
    onError: (error, { queryKey }) => {
      if (error instanceof ServiceError && error.signedOut) void queryClient.invalidateQueries({ queryKey: ['me'] })
      if (error instanceof ServiceError && error.unreachable && queryKey[0] !== 'complexes')
        void queryClient.invalidateQueries({ queryKey: ['complexes'] })
    },
  }),
  defaultOptions: {
    queries: {
      // the caller's fault stays one: only the world is asked again
      retry: (failures, error) => failures < 2 && error instanceof ServiceError && error.unreachable,
      retryDelay: (failures) => 300 * 2 ** failures,
      refetchInterval: afterFailure,
      // a service on this very computer answers whatever the browser thinks of the net
      networkMode: 'always',
      refetchOnWindowFocus: false,
      staleTime: Number.POSITIVE_INFINITY,
    },
  },
})

export const useComplexes = () =>
  useQuery({
    queryKey: ['complexes'],
    queryFn: ({ signal }) => service.complexes(signal),
    refetchInterval: (query) => afterFailure(query) || (told ? LOOK_AT_LEAST_EVERY_MS : LOOK_EVERY_MS),
  })

export const useProblem = (problem: string | undefined) =>
  useQuery({
    queryKey: ['problem', problem],
    queryFn: ({ signal }) => service.problem(problem!, signal),
    enabled: problem !== undefined,
  })

/** The paper under the routes; a map without it is poorer, not wrong. */
export const useRoads = () => useQuery({ queryKey: ['roads'], queryFn: ({ signal }) => service.roads(signal) })

/** What the plans are made on, and how it does: it may fail and come back while the page is open. */
export const useRoadsSource = (language: string) =>
  useQuery({
    queryKey: ['roadsSource', language],
    queryFn: ({ signal }) => service.roadsSource(signal),
    refetchInterval: LOOK_AT_ROADS_EVERY_MS,
  })

/** Zooms for which lines are asked; a map in between takes the next. */
const LINE_ZOOMS = [9, 12, 14, 16] as const
const linesKey = ({ id, version }: StoredPlan) => ['lines', id, version]
/** A plan with the lines of this very version. */
export type DrawnPlan = StoredPlan & { readonly geojson: GeoJson }

const proofKey = ({ id, version }: StoredPlan) => [id, version]
const sameVersion = (a: StoredPlan, b: StoredPlan) => String(linesKey(a)) === String(linesKey(b))
const lines = (stored: StoredPlan, signal: AbortSignal) =>
  queryClient.fetchQuery({
    queryKey: linesKey(stored),
    queryFn: () => service.planGeoJson(stored.id, LINE_ZOOMS[0], signal),
  })

/**
 * A plan and its lines belong together. `version` changes when a search of this page has stored a better plan under the
 * same id; `follow` is for all other searches.
 */
export function usePlan(plan: string | undefined, problem: string | undefined, version: number, follow: boolean) {
  const seen = useRef<{ readonly plan: Plan | undefined; readonly atMs: number }>({ plan: undefined, atMs: 0 })
  const query = useQuery({
    queryKey: ['plan', plan, version],
    queryFn: async ({ signal }) => {
      // lines carry no version: those between two looks at the same plan are its own
      for (let stored = await service.plan(plan!, signal); ; ) {
        const geojson = await lines(stored, signal)
        const again = await service.plan(plan!, signal)
        if (sameVersion(stored, again)) return { ...stored, geojson }
        queryClient.removeQueries({ queryKey: linesKey(stored) })
        stored = again
      }
    },
    enabled: plan !== undefined,
    refetchInterval: (query) => {
      const { state } = query
      // what has not changed is the same object: the cache shares it
      if (state.data?.plan !== seen.current.plan) seen.current = { plan: state.data?.plan, atMs: Date.now() }
      const follows = follow && !told && Date.now() - seen.current.atMs < SETTLED_AFTER_MS
      return follows ? FOLLOW_EVERY_MS : afterFailure(query)
    },
  })
  // while the next one is on its way, or cannot be had, the last one of the same day is shown
  const last = useRef(query.data)
  if (query.data) last.current = query.data
  const shown = last.current?.problem === problem ? last.current : undefined
  return { data: shown, error: query.error, current: query.data !== undefined }
}

/** The lines as a map of this zoom can show them; those at hand until they have come, and where there is no more to see. */
export function useLines(stored: DrawnPlan | undefined, zoom: number): GeoJson | undefined {
  const step = LINE_ZOOMS.find((known) => zoom <= known) ?? LINE_ZOOMS.at(-1)!
  const known = stored?.geojson
  const finer = useQuery({
    queryKey: ['lines', stored?.id, stored?.version, step],
    queryFn: ({ signal }) => service.planGeoJson(stored!.id, step, signal),
    enabled: known?.simplified === true && step !== LINE_ZOOMS[0],
  })
  return finer.data ?? known
}

/** How to drive a route; asked for when somebody looks at it. */
export const useGuide = (whose: 'plan' | 'sheet', plan: string, version: number, route: string, open: boolean) =>
  useQuery({
    queryKey: ['guide', whose, plan, version, route],
    queryFn: ({ signal }) =>
      whose === 'plan' ? service.routeGuide(plan, route, signal) : service.sheetGuide(plan, route, signal),
    enabled: open,
  })

/** Seconds of work for the service, so it is asked for plans that this page is not improving just now. */
export const useComparison = (stored: StoredPlan | undefined, ready: boolean) =>
  useQuery({
    queryKey: ['comparison', stored?.id, stored?.version],
    queryFn: async ({ signal }) => ({
      problem: stored!.problem,
      comparison: await service.comparison(stored!.id, signal),
    }),
    enabled: stored !== undefined && ready,
    placeholderData: (previous) => (previous?.problem === stored?.problem ? previous : undefined),
  })

/** Quick to work out, so it is asked for every plan that is shown. A search may have changed the plan meanwhile: see `version`. */
export const useFootprint = (stored: StoredPlan | undefined) =>
  useQuery({
    queryKey: ['footprint', stored?.id, stored?.version],
    queryFn: ({ signal }) => service.footprint(stored!.id, signal),
    enabled: stored !== undefined,
    // of the same plan a moment ago, so that figures do not blink at every better plan
    placeholderData: (previous, query) => (query?.queryKey[1] === stored?.id ? previous : undefined),
  })

/** `every`: also by the methods that take minutes; until they are there, the others stay in sight. */
export const useSplit = (settled: StoredPlan | undefined, every: boolean) => {
  const key = settled ? proofKey(settled) : []
  const quick = useQuery({
    queryKey: ['split', 'quick', ...key],
    queryFn: ({ signal }) => service.split(settled!.id, 'quick', signal),
    enabled: settled !== undefined,
  })
  const all = useQuery({
    queryKey: ['split', 'all', ...key],
    queryFn: ({ signal }) => service.split(settled!.id, 'all', signal),
    enabled: settled !== undefined && every,
  })
  return { splits: all.data ?? quick.data, error: quick.error ?? all.error, looking: all.isFetching }
}

/** How one shipment goes and every other way for it; asked for when somebody looks at it. */
export const useExplanation = (settled: StoredPlan | undefined, shipment: string | undefined) =>
  useQuery({
    queryKey: ['explanation', shipment, ...(settled ? proofKey(settled) : [])],
    queryFn: ({ signal }) => service.explanation(settled!.id, shipment!, signal),
    enabled: settled !== undefined && shipment !== undefined,
    select: (parts) => parts.find((part) => part.shipment === shipment),
  })
