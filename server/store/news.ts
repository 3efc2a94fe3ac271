/** What others who look at the same complex should hear of: told in the transaction of the change, heard by every process. */
import { type Kysely, sql } from 'kysely'
import type { LedgerEntry, Plan } from '../../solver/index.ts'
import type { Dispatch, Here, News } from '../api.ts'
import type { Scope } from './store.ts'
import type { Tables } from './tables.ts'

export const NEWS_CHANNEL = 'milkrun_news'
/** A notification holds 8,000 bytes. */
const MOST_BYTES = 6_000

/** `here`: those who look, at one process; `who`: a process that has just begun asks the others. */
export type NewsWord =
  | { readonly complex: string; readonly news: News }
  | { readonly here: readonly (Here & { readonly complex: string })[]; readonly from: string }
  | { readonly who: string }

export async function tellNews(db: Kysely<Tables>, word: NewsWord): Promise<void> {
  await sql`select pg_notify(${NEWS_CHANNEL}, ${JSON.stringify(word)})`.execute(db)
}

export interface Told {
  readonly complex: string | null
  readonly action: string
  readonly noun: string
  readonly nounId: string
  readonly before?: unknown
  readonly after?: unknown
  /** what the lines of the audit log do not say */
  readonly more?: { readonly version?: number; readonly problem?: string }
}

/** Of a line of the audit log; undefined: nobody else minds. */
export function newsOf({ actor, page }: Scope, { action, noun, nounId, before, after, more }: Told): News | undefined {
  const told = { by: actor, ...(page !== undefined && { page }) }
  switch (noun) {
    case 'day':
      return {
        kind: 'day',
        date: nounId.slice(nounId.lastIndexOf('/') + 1),
        ...(typeof after === 'string' && { problem: after }),
        ...told,
      }
    case 'job': {
      const { problem } = after as { problem: string }
      return { kind: 'job', action, job: nounId, problem, ...told }
    }
    case 'actual':
      return { kind: 'actual', plan: nounId, events: (after as readonly unknown[]).length, ...told }
    case 'dispatch': {
      const { route, state, proposal } = after as Partial<Dispatch>
      return {
        kind: 'dispatch',
        plan: nounId,
        ...(route !== undefined && { route }),
        ...(state !== undefined && { state }),
        ...(proposal && { proposes: true }),
        ...told,
      }
    }
    case 'message':
      return { kind: 'message', plan: nounId, ...told }
    case 'plan': {
      const state = (after ?? before) as { problem?: string; version?: number } | undefined
      const head = { plan: nounId, ...pickOf({ ...state, ...more }), ...told }
      if (action !== 'edit') return isPlanAction(action) ? { kind: 'plan', action, ...head } : undefined
      const [was, is] = [before, after].map((plan) => (plan as Plan).edits ?? [])
      const entry: LedgerEntry | undefined = is.length > was.length ? is.at(-1) : undefined
      const fits = entry !== undefined && JSON.stringify(entry).length <= MOST_BYTES / 3
      return { kind: 'plan', action: is.length < was.length ? 'undo' : 'edit', ...head, ...(fits && { entry }) }
    }
    default:
      return undefined
  }
}

const PLAN_ACTIONS = ['add', 'improve', 'confirm', 'withdraw', 'revise', 'remove'] as const
const isPlanAction = (action: string): action is (typeof PLAN_ACTIONS)[number] =>
  PLAN_ACTIONS.some((known) => known === action)
const pickOf = ({ problem, version }: { problem?: string; version?: number }) => ({
  ...(problem !== undefined && { problem }),
  ...(version !== undefined && { version }),
})
