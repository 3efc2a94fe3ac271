/** A plan as one file with everything needed to check it again, and a seal that shows whether it was changed since. */
import { createHash } from 'node:crypto'
import type { Certificate, Plan, PlanFile, Problem, Travel } from '../../solver/index.ts'

/** No clock time and no machine name goes in: same input, same seed, same iterations, same bytes. */
export function renderPlanFile(plan: Plan, problem: Problem, travel: Travel, certificate?: Certificate): string {
  const rest = { ...plan, problem, travel, ...(certificate && { certificate }) }
  return `${JSON.stringify({ ...rest, hash: sealOf(rest) } satisfies PlanFile)}\n`
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
