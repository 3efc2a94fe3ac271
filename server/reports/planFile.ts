/** A plan as one file with everything needed to check it again, and a seal that shows whether it was changed since. */
import { createHash } from 'node:crypto'
import {
  type Certificate,
  footprintOf,
  PLAN_FILE_FORMAT,
  type Plan,
  type PlanFile,
  type Problem,
  type Split,
  type Travel,
} from '../../solver/index.ts'
import type { PlanPapers, Report } from './report.ts'
import { sourcesOf } from './sources.ts'

/** No clock time and no machine name goes in: same input, same seed, same iterations, same bytes. */
export function renderPlanFile(
  plan: Plan,
  problem: Problem,
  travel: Travel,
  certificate?: Certificate,
  split: readonly Split[] = [],
): string {
  const rest = {
    format: PLAN_FILE_FORMAT,
    ...plan,
    problem,
    travel,
    footprint: { ...footprintOf(problem, travel, plan), sources: sourcesOf(problem, travel) },
    ...(certificate && { certificate }),
    ...(split.length > 0 && { split: [...split] }),
  }
  return `${JSON.stringify({ ...rest, hash: sealOf(rest) } satisfies PlanFile)}\n`
}

export const planFileReport: Report = {
  format: 'json',
  render: async (plan, problem, _locale, { travel, certificate, split }) =>
    new TextEncoder().encode(renderPlanFile(plan, problem, travel, certificate, split)),
}

/** The plan by itself, the problem, and what else the file has. */
export function splitPlanFile(file: PlanFile): { plan: Plan; problem: Problem; papers: PlanPapers } {
  const { format: _, problem, travel, certificate, split, footprint: __, hash: ___, ...plan } = file
  return { plan, problem, papers: { travel, certificate, split } }
}

/** SHA-256 of the canonical JSON of everything but the hash itself, hex. It finds accidents and careless edits, not forgers. */
export function sealOf(file: Omit<PlanFile, 'hash'> & { readonly hash?: string }): string {
  const { hash: _, ...rest } = file
  return createHash('sha256').update(canonicalJson(rest)).digest('hex')
}

/** JSON with the keys of every object in code-unit order and no white space, so that layout and order do not matter. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => (isRecord(member) ? sortKeys(member) : member))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const sortKeys = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
