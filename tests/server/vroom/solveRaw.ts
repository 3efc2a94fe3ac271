import { expect } from 'vitest'
import { trunk } from '../../../server/travel/trunk.ts'
import type { Answer } from '../../../server/vroom/answer.ts'
import { checkAnswer, type RawRequest } from '../../../server/vroom/check.ts'
import { readRequest } from '../../../server/vroom/readRequest.ts'
import { solveVroom } from '../../../server/vroom/solve.ts'
import { makeTables } from '../../../server/vroom/tables.ts'

/** Small enough to be read, with the driving of the probes: five places, no two ways alike. */
export const DURATIONS = [
  [0, 600, 900, 1200, 1500],
  [600, 0, 400, 700, 1100],
  [900, 400, 0, 500, 800],
  [1200, 700, 500, 0, 450],
  [1500, 1100, 800, 450, 0],
]

/** `more` may change anything; one vehicle at place 0 unless told otherwise. */
export const request = (more: object): object => ({
  vehicles: [{ id: 1, start_index: 0, end_index: 0 }],
  matrices: { car: { durations: DURATIONS } },
  ...more,
})

export interface Solved {
  readonly answer: Answer
  readonly reasons: readonly { readonly type: string; readonly id: number; readonly code: string }[]
}

/** Solves by iterations, so that the answer is the same on any machine, and walks it with the check. */
export async function solveRaw(
  raw: object,
  options: { planMode?: boolean; iterations?: number } = {},
): Promise<Solved> {
  const { planMode = false, iterations = 1500 } = options
  const { request, faults } = readRequest(raw, planMode)
  expect(faults.map(({ path, error }) => `${path}: ${error}`)).toEqual([])
  const tables = await makeTables(request!, trunk)
  const work = {
    raw: raw as RawRequest,
    request: request!,
    tables,
    seed: 1,
    limitMs: 0,
    iterations,
    locale: 'en' as const,
  }
  const outcome = solveVroom(work, () => 0)
  if (outcome.kind === 'faults') throw new Error(outcome.faults.map(({ error }) => error).join('; '))
  expect(checkAnswer(raw as RawRequest, tables, outcome.answer, request!.options.planMode)).toEqual([])
  return outcome
}

/** `job 1, break 2`: the steps of a route between its start and its end. */
export const stepsOf = ({ answer }: Solved, route = 0): string =>
  answer.routes[route]!.steps.slice(1, -1)
    .map(({ type, id }) => `${type} ${id}`)
    .join(', ')

export const causesOf = (violations: readonly { readonly cause: string }[]): string[] =>
  violations.map(({ cause }) => cause).sort()
