/** Reading a document that may be anything: nothing here throws, and what is of the wrong kind counts as absent. */
import { DAY_S } from '../problem.ts'
import type { IssueCode } from '../words.ts'

/** A document of which nothing is known yet. */
export type Loose = Readonly<Record<string, unknown>>
/** Reports a fault. */
export type Say = (code: IssueCode, path: string, values?: Readonly<Record<string, string | number>>) => void

export const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
export const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? Array.from(value) : [])
/** Entries of a list; what is no object counts as an empty one, so that the places stay right. */
export const objectsOf = (value: unknown): readonly Loose[] =>
  listOf(value).map((entry) => (isObject(entry) ? entry : {}))

export const LISTS = ['sites', 'firms', 'shipments', 'vehicles', 'tariffs', 'drivers'] as const
export type List = (typeof LISTS)[number]
export interface LooseProblem extends Readonly<Record<List, readonly Loose[]>> {
  /** first entry of each list by its id */
  readonly byId: Readonly<Record<List, ReadonlyMap<string, Loose>>>
}

export function looseProblem(input: Loose): LooseProblem {
  const lists = Object.fromEntries(LISTS.map((list) => [list, objectsOf(input[list])])) as Record<
    List,
    readonly Loose[]
  >
  const firstById = (entries: readonly Loose[]): ReadonlyMap<string, Loose> => {
    const byId = new Map<string, Loose>()
    for (const entry of entries) if (typeof entry.id === 'string' && !byId.has(entry.id)) byId.set(entry.id, entry)
    return byId
  }
  const byId = Object.fromEntries(LISTS.map((list) => [list, firstById(lists[list])])) as Record<
    List,
    ReadonlyMap<string, Loose>
  >
  return { ...lists, byId }
}

/** What stands at a JSON pointer, undefined where nothing does. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Loose)[key]
  }
  return value
}

/** A value in a message: short, whatever it is. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`
  if (Array.isArray(value)) return `[… ${value.length}]`
  if (typeof value === 'object' && value !== null) return '{…}'
  return String(value)
}

/** 08:30, 08:30:15 where seconds matter, +1 08:30 on the next day. */
export function clock(atS: number): string {
  const day = Math.floor(atS / DAY_S)
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0')
  const seconds = atS % 60 === 0 ? '' : `:${two(atS % 60)}`
  return `${day === 0 ? '' : `+${day} `}${two((atS % DAY_S) / 3600)}:${two((atS % 3600) / 60)}${seconds}`
}
