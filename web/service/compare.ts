/** What the comparison and the week read and change. */
import { keepPreviousData, useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { AppliedHorizon, Complex, DayPlan, HorizonRecord, Job } from '../../server/api.ts'
import { hasFailed, isOver } from '../state/incumbents.ts'
import { service } from './client.ts'
import { queryClient } from './queries.ts'

const LOOK_EVERY_MS = 4000
const LOOK_AT_WEEK_EVERY_MS = 15_000
const FOLLOW_JOB_EVERY_MS = 700
const ZOOM = 12

export const useDayPlans = (complex: string, date: string) =>
  useQuery({
    queryKey: ['dayPlans', complex, date],
    queryFn: ({ signal }) => service.dayPlans(complex, date, signal),
    refetchInterval: LOOK_EVERY_MS,
  })

/** A plan as it was when the list told of it, with its problem, lines and footprint. */
export function useComparedPlan(entry: DayPlan | undefined) {
  const key = [entry?.id, entry?.version]
  const enabled = entry !== undefined
  // a plan that a search makes better is shown as it was until the better one has come
  const placeholderData = <T>(previous: T | undefined, query: { readonly queryKey: readonly unknown[] } | undefined) =>
    query?.queryKey[1] === entry?.id ? previous : undefined
  const plan = useQuery({
    queryKey: ['comparedPlan', ...key],
    queryFn: ({ signal }) => service.plan(entry!.id, signal),
    enabled,
    placeholderData,
  })
  const lines = useQuery({
    queryKey: ['lines', ...key, ZOOM],
    queryFn: ({ signal }) => service.planGeoJson(entry!.id, ZOOM, signal),
    enabled,
    placeholderData,
  })
  const problem = useQuery({
    queryKey: ['problem', entry?.problem],
    queryFn: ({ signal }) => service.problem(entry!.problem, signal),
    enabled,
  })
  const footprint = useQuery({
    queryKey: ['footprint', ...key],
    queryFn: ({ signal }) => service.footprint(entry!.id, signal),
    enabled,
    placeholderData,
  })
  return {
    stored: plan.data,
    problem: problem.data,
    geojson: lines.data,
    co2G: footprint.data?.total.ttwCo2G,
    error: plan.error ?? problem.error,
    retry: () => void Promise.all([plan.refetch(), problem.refetch()]),
  }
}

/** Searches until they are over, by id. */
export function useJobs(jobs: readonly string[]): readonly (Job | undefined)[] {
  return useQueries({
    queries: jobs.map((job) => ({
      queryKey: ['job', job],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => service.job(job, signal),
      refetchInterval: ({ state }: { readonly state: { readonly data?: Job | undefined } }) =>
        state.data && isOver(state.data) ? (false as const) : FOLLOW_JOB_EVERY_MS,
    })),
    combine: (answers) => answers.map(({ data }) => data),
  })
}
export const jobHasFailed = (job: Job | undefined): boolean => job !== undefined && hasFailed(job)

export const useHorizons = (complex: string) =>
  useQuery({ queryKey: ['horizons', complex], queryFn: ({ signal }) => service.horizons(complex, signal) })

/** Plans of several days; they change under their ids while they are searched and edited. */
export const usePlans = (plans: readonly string[]) =>
  useQuery({
    queryKey: ['plansOfWeek', ...plans],
    queryFn: async ({ signal }) => await Promise.all(plans.map(async (plan) => await service.plan(plan, signal))),
    enabled: plans.length > 0,
    refetchInterval: LOOK_AT_WEEK_EVERY_MS,
    placeholderData: keepPreviousData,
  })

/**
 * Both sides of a horizon, searched so that little but the waiting is between them: from one plan of each day alone the search goes on
 * for the same seconds, once as it is and once with waiting. Whoever looks at it moves it on.
 */
export function useHorizonSearch(horizon: HorizonRecord) {
  const { alone, problem } = horizon
  const key = ['horizonJobs', alone, problem]
  const jobs = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const [each, waiting] = await Promise.all([alone, problem].map((one) => service.jobsOf(one, signal)))
      // oldest first
      return { each: each!.items.toReversed(), waiting: waiting!.items.toReversed() }
    },
    refetchInterval: ({ state }) => (isThrough(state.data) ? false : FOLLOW_JOB_EVERY_MS),
  })
  const first = jobs.data?.each[0]
  const next = jobs.data?.each.length === 1 && first?.state === 'done' && jobs.data.waiting.length === 0
  const goOn = useMutation({
    mutationFn: async ({ plan, seconds }: { readonly plan: string; readonly seconds: number }) => {
      const copy = await service.copyPlan(problem, plan)
      await service.startJob(problem, { seconds, boundSeconds: 0, from: copy.id })
      await service.startJob(alone, { seconds, boundSeconds: 0, from: plan })
    },
    onSettled: async () => await queryClient.invalidateQueries({ queryKey: key }),
  })
  const { mutate, isIdle } = goOn
  const plan = first?.plan
  const seconds = first?.seconds
  useEffect(() => {
    if (next && isIdle && plan !== undefined && seconds !== undefined) mutate({ plan, seconds })
  }, [next, isIdle, plan, seconds, mutate])
  return { jobs: jobs.data, through: isThrough(jobs.data), error: jobs.error ?? goOn.error }
}

export interface HorizonJobs {
  readonly each: readonly Job[]
  readonly waiting: readonly Job[]
}
const isThrough = (jobs: HorizonJobs | undefined): boolean => {
  if (!jobs || jobs.each.length === 0) return false
  const all = [...jobs.each, ...jobs.waiting]
  // the first one that finds nothing is the last one
  return all.every(isOver) && (all.length > 2 || all.some(({ state }) => state !== 'done'))
}

/** The cheapest plan of each side, and the days they were made of. */
export const useHorizonPlans = ({ alone, problem, days }: HorizonRecord, ready: boolean) =>
  useQuery({
    queryKey: ['horizonPlans', alone, problem],
    queryFn: async ({ signal }) => {
      const best = async (of: string) => {
        const { items } = await service.plansOf(of, signal)
        const [cheapest] = items.toSorted((a, b) => a.costKrw - b.costKrw)
        return cheapest && (await service.plan(cheapest.id, signal))
      }
      const [each, waiting] = await Promise.all([alone, problem].map(best))
      const read = async (day: HorizonRecord['days'][number]) => ({
        date: day.date,
        problem: await service.problem(day.problem, signal),
      })
      return { alone: each, together: waiting, days: await Promise.all(days.map(read)) }
    },
    enabled: ready,
  })

export type Standing = AppliedHorizon['days'][number]['before']
/** What stood for some days before, and stands now: for taking it back. */
export interface Switched {
  readonly what: string
  readonly days: AppliedHorizon['days']
}

let switched: readonly Switched[] = []
const listeners = new Set<() => void>()
function keep(next: readonly Switched[]): void {
  switched = next
  for (const listener of listeners) listener()
}
/** Changes of what stands for a day, the newest last; they outlive the screen that made them. */
export const useSwitched = (): readonly Switched[] =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => switched,
  )

async function reread(): Promise<void> {
  await Promise.all(
    [['complexes'], ['dayPlans'], ['plansOfWeek']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
  )
}

export async function remember(step: Switched): Promise<void> {
  keep([...switched, step])
  await reread()
}

export async function setStanding(complex: string, what: string, days: AppliedHorizon['days']): Promise<void> {
  await service.setDays(complex, { days: days.map(({ date, before, after }) => ({ date, ...after, was: before })) })
  await remember({ what, days })
}

/** Takes the newest change back. */
export async function takeBack(complex: string): Promise<void> {
  const last = switched.at(-1)
  if (!last) return
  await service.setDays(complex, {
    days: last.days.map(({ date, before, after }) => ({ date, ...before, was: after })),
  })
  keep(switched.slice(0, -1))
  await reread()
}

export const standingOf = (complex: Complex, date: string): Standing | undefined => {
  const day = complex.days.find((entry) => entry.date === date)
  return day && { problem: day.problem, ...(day.plan !== undefined && { plan: day.plan }) }
}
