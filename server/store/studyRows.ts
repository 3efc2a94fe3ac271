/** What the row of a study says to people; of a study over many complexes, what its parts are at. */
import { type Selectable, sql } from 'kysely'
import type { Study, StudySummary } from '../api.ts'
import type { Tables } from './tables.ts'

export type StudyRow = Selectable<Tables['studies']>
/** The document may be megabytes: of it, only what a list shows. */
export const HEAD = [
  'id',
  'part_of',
  'seq',
  'complex',
  'kind',
  'state',
  'error',
  'why',
  'runs_done',
  'runs_all',
  'created_at',
  'created_by',
  'started_at',
  'ended_at',
] as const
/** What the parts of a study over many complexes are at; null: it has none. */
interface Parts {
  readonly open: number
  readonly stopped: number
  readonly over: number
  readonly done: number
  readonly all: number
  readonly startedAt: string | null
  readonly endedAt: string | null
}
export const partsOfStudy = sql<Parts | null>`(
  select json_build_object('open', count(*) filter (where part.state in ('queued', 'running')),
    'stopped', count(*) filter (where part.state = 'stopped'), 'over', count(*) filter (where part.state = 'done'),
    'done', sum(part.runs_done), 'all', sum(part.runs_all), 'startedAt', min(part.started_at), 'endedAt', max(part.ended_at))
  from studies part where part.part_of = studies.id having count(*) > 0)`.as('parts')
export const isOpenStudy = ({ state }: Pick<StudyRow, 'state'>): boolean => state === 'queued' || state === 'running'

export type Named = Pick<Study, 'kind' | 'name'> & { readonly complex?: string }

export function summaryOf(
  row: Pick<StudyRow, (typeof HEAD)[number]> & { readonly document: Named; readonly parts?: Parts | null },
): StudySummary {
  const { id, kind, complex, document, parts } = row
  const { state, done, all, startedAt, endedAt } = parts ? wholeOf(parts) : aloneOf(row)
  return {
    id,
    kind,
    name: document.name,
    ...(document.complex && { complex: document.complex, data: complex === null ? 'program' : 'store' }),
    ...(row.part_of !== null && { partOf: row.part_of }),
    state,
    done,
    all,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    ...(startedAt && { startedAt }),
    ...(endedAt && { endedAt }),
    ...reasonOf(row),
  }
}

export const reasonOf = ({ error, why }: Pick<StudyRow, 'error' | 'why'>): Pick<StudySummary, 'error' | 'why'> => ({
  ...(error !== null && { error }),
  ...(why && { why }),
})

type Course = Pick<StudySummary, 'state' | 'done' | 'all' | 'startedAt' | 'endedAt'>

const aloneOf = (row: Pick<StudyRow, 'state' | 'runs_done' | 'runs_all' | 'started_at' | 'ended_at'>): Course => ({
  state: row.state,
  done: row.runs_done,
  all: row.runs_all,
  ...(row.started_at && { startedAt: row.started_at.toISOString() }),
  ...(row.ended_at && { endedAt: row.ended_at.toISOString() }),
})
/** Complexes that failed do not keep the others from being done. */
function wholeOf({ open, stopped, over, done, all, startedAt, endedAt }: Parts): Course {
  const state = open > 0 ? (startedAt ? 'running' : 'queued') : stopped > 0 ? 'stopped' : over > 0 ? 'done' : 'failed'
  return {
    state,
    done,
    all,
    ...(startedAt && { startedAt: new Date(startedAt).toISOString() }),
    ...(open === 0 && endedAt && { endedAt: new Date(endedAt).toISOString() }),
  }
}
