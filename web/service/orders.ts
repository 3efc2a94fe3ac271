/** Orders on their way into a day: kept in the browser while they are mended, judged by the service after each change, stored at the end. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { DayChanged, ImportResult, Review } from '../../server/api.ts'
import { type Draft, rowsToSend, skipToSend } from '../state/grid.ts'
import { ServiceError, service } from './client.ts'
import { queryClient } from './queries.ts'
import { locksFor } from './replan.ts'
import { saveFile } from './saveFile.ts'

/** A pause in typing. */
const REVIEW_AFTER_MS = 350
const KEEP_AFTER_MS = 400
/** Of a search that only puts what is left of a plan into order. */
const REPLAN_SECONDS = 5

const draftKey = (complex: string) => `milkrun.draft.${complex}`

function loadDraft(complex: string): Draft | undefined {
  try {
    const text = localStorage.getItem(draftKey(complex))
    return text === null ? undefined : (JSON.parse(text) as Draft)
  } catch {
    return undefined
  }
}

/** For the grid to open with; a grid that somebody is at stays. */
export function putDraft(complex: string, draft: Draft): void {
  if (loadDraft(complex) === undefined) localStorage.setItem(draftKey(complex), JSON.stringify(draft))
}

export interface Drafting {
  readonly draft: Draft | undefined
  readonly change: (next: Draft | undefined) => void
  /** without a step of its own to take back */
  readonly amend: (next: Draft) => void
  readonly undo: (() => void) | undefined
  readonly redo: (() => void) | undefined
  /** False: the browser has no room for it, and a reload would lose it. */
  readonly kept: boolean
}

interface History {
  readonly past: readonly Draft[]
  readonly now: Draft | undefined
  readonly future: readonly Draft[]
}

/** The grid of a complex with its history; survives a reload. */
export function useDraft(complex: string): Drafting {
  const [{ past, now, future }, setHistory] = useState<History>(() => ({
    past: [],
    now: loadDraft(complex),
    future: [],
  }))
  const [kept, setKept] = useState(true)
  useEffect(() => {
    const keep = () => {
      try {
        if (now === undefined) localStorage.removeItem(draftKey(complex))
        else localStorage.setItem(draftKey(complex), JSON.stringify(now))
        setKept(true)
      } catch {
        setKept(false)
      }
    }
    const timer = setTimeout(keep, KEEP_AFTER_MS)
    window.addEventListener('pagehide', keep)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pagehide', keep)
      keep()
    }
  }, [complex, now])
  const change = useCallback((next: Draft | undefined) => {
    setHistory((before) => {
      if (next === before.now) return before
      // another file: what was before cannot be gone back to cell by cell
      const isSame = next !== undefined && before.now !== undefined
      return { past: isSame ? [...before.past, before.now] : [], now: next, future: [] }
    })
  }, [])
  const amend = useCallback((next: Draft) => setHistory((before) => ({ ...before, now: next })), [])
  const undo = useCallback(() => {
    setHistory(({ past, now, future }) => {
      const before = past.at(-1)
      return before && now ? { past: past.slice(0, -1), now: before, future: [now, ...future] } : { past, now, future }
    })
  }, [])
  const redo = useCallback(() => {
    setHistory(({ past, now, future }) => {
      const [next, ...later] = future
      return next && now ? { past: [...past, now], now: next, future: later } : { past, now, future }
    })
  }, [])
  return {
    draft: now,
    change,
    amend,
    undo: past.length > 0 ? undo : undefined,
    redo: future.length > 0 ? redo : undefined,
    kept,
  }
}

const query = (given: Readonly<Record<string, string | undefined>>): string =>
  new URLSearchParams(
    Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString()

const queryOf = (complex: string, { name, date, mapping, origin }: Draft): Record<string, string | undefined> => ({
  complex,
  name,
  date,
  ...(origin === 'day' && { day: date }),
  ...(Object.keys(mapping).length > 0 && { mapping: JSON.stringify(mapping) }),
})

export interface Reviewing {
  readonly review: Review | undefined
  /** it speaks of the grid as it is now */
  readonly current: boolean
  readonly error: ServiceError | undefined
  readonly again: () => void
}

/** What the service says of the grid, a moment after each change; until then what it said last. */
export function useReview(complex: string, draft: Draft | undefined): Reviewing {
  const [found, setFound] = useState<{ readonly of: Draft; readonly review: Review }>()
  const [error, setError] = useState<ServiceError>()
  const [pause, setPause] = useState({ ms: REVIEW_AFTER_MS })
  const headerRow = useRef<number>(undefined)
  const asked = useRef(false)
  useEffect(() => {
    if (!draft) {
      setFound(undefined)
      headerRow.current = undefined
      asked.current = false
      return
    }
    const gone = new AbortController()
    const ask = async () => {
      try {
        const body = { rows: rowsToSend(draft, headerRow.current).map((row) => [...row]), skip: skipToSend(draft) }
        const review = await service.checkOrders(query(queryOf(complex, draft)), body, gone.signal)
        headerRow.current = review.headerRow
        setFound({ of: draft, review })
        setError(undefined)
      } catch (reason) {
        if (!gone.signal.aborted) setError(asServiceError(reason))
      }
    }
    const timer = setTimeout(() => void ask(), asked.current ? pause.ms : 0)
    asked.current = true
    return () => {
      gone.abort()
      clearTimeout(timer)
    }
  }, [complex, draft, pause])
  return {
    review: draft && found?.review,
    current: found !== undefined && found.of === draft,
    error,
    again: () => setPause({ ms: REVIEW_AFTER_MS }),
  }
}

export const asServiceError = (error: unknown): ServiceError =>
  error instanceof ServiceError ? error : new ServiceError(0, 'unreachable', String(error))

/** Every cell of a file. */
export const openFile = async (complex: string, file: File, date: string, sheet?: string): Promise<Review> =>
  await service.checkOrders(query({ complex, name: file.name, date, sheet }), file)

export async function importDraft(
  complex: string,
  draft: Draft,
  mode: 'replace' | 'add',
  headerRow: number | undefined,
): Promise<ImportResult> {
  const body = { rows: rowsToSend(draft, headerRow).map((row) => [...row]), skip: skipToSend(draft) }
  const result = await service.importOrders(query({ ...queryOf(complex, draft), day: undefined, mode }), body)
  await refreshDays()
  return result
}

/** The rows with faults as a workbook, with what is wrong beside them. */
export async function saveFaultyRows(complex: string, draft: Draft, headerRow: number | undefined): Promise<void> {
  const body = { rows: rowsToSend(draft, headerRow).map((row) => [...row]), skip: skipToSend(draft) }
  const { rejected } = await service.checkOrders(query({ ...queryOf(complex, draft), rejected: 'true' }), body)
  if (!rejected) return
  const bytes = Uint8Array.from(atob(rejected.base64), (letter) => letter.charCodeAt(0))
  saveFile(new Blob([bytes], { type: rejected.type }), rejected.name)
}

export const refreshDays = async (): Promise<void> => {
  await queryClient.invalidateQueries({ queryKey: ['complexes'] })
  await queryClient.invalidateQueries({ queryKey: ['places'] })
}

/** Takes orders that were stored back, day by day; a day that somebody has changed since stays, and is refused. */
export async function takeBack(
  complex: string,
  days: readonly {
    readonly date: string
    readonly problem: string | null
    readonly before?: string | null | undefined
  }[],
): Promise<void> {
  try {
    const standing = (await service.complexes()).find(({ id }) => id === complex)?.days ?? []
    const plans = new Map(standing.map((day) => [day.problem, day.plan]))
    for (const { date, problem, before } of days) {
      const plan = problem === null ? undefined : plans.get(problem)
      const was = { problem, ...(plan !== undefined && { plan }) }
      await service.setDays(complex, { days: [{ date, problem: before ?? null, was }] })
    }
  } finally {
    await refreshDays()
  }
}

/**
 * After the orders of a day have changed: a search that keeps all that is left of the plan before. The orders stay changed where it cannot
 * be started: the plan screen offers to plan the day then.
 */
export async function replanKeeping(changed: DayChanged, plan: string | undefined): Promise<void> {
  if (changed.problem === null || changed.problem === changed.before || plan === undefined || changed.shipments === 0)
    return
  const [problem, before] = await Promise.all([service.problem(changed.problem), service.plan(plan)])
  const locks = await locksFor(problem, before.plan, 'routes')
  await service.startJob(changed.problem, { seconds: REPLAN_SECONDS, from: plan, locks })
}

/** Changes the orders of a day, then plans it again from the plan that it had. */
export async function changeDay(
  complex: string,
  {
    date,
    problem,
    plan,
  }: { readonly date: string; readonly problem: string | null; readonly plan?: string | undefined },
  change: Parameters<typeof service.changeOrders>[3],
): Promise<DayChanged> {
  const changed = await service.changeOrders(complex, date, problem, change)
  try {
    await replanKeeping(changed, plan)
  } catch {
    // the day says itself that it has no plan
  }
  await refreshDays()
  return changed
}
