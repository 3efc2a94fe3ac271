/** One request from its tables of driving to its answer: searched or timed, written, and walked once more by the check. */
import {
  type Locale,
  type Model,
  type ModelRoutes,
  searchModel,
  type TimedStep,
  timePlan,
  timeRoute,
} from '../../solver/index.ts'
import { type Answer, type TimedRoute, writeAnswer } from './answer.ts'
import { checkAnswer, type RawRequest } from './check.ts'
import { type Fault, makeFault } from './faults.ts'
import { explainMissing, type Reason } from './reasons.ts'
import type { RequestStep, VroomRequest } from './request.ts'
import type { Tables } from './tables.ts'
import { makeModel, planSteps } from './translate.ts'

export interface VroomWork {
  /** as it came, for the check */
  readonly raw: RawRequest
  readonly request: VroomRequest
  readonly tables: Tables
  readonly seed: number
  readonly limitMs: number
  /** instead of the clock: repeatable */
  readonly iterations?: number
  readonly locale: Locale
}

export type VroomOutcome =
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  | {
      readonly kind: 'answer'
      readonly answer: Answer
      readonly reasons: readonly Reason[]
      readonly iterations: number
    }

/** Above this many tasks on average a vehicle: who could do a missing task alone is not asked any more. */
const MOST_REASONS = 200

export function solveVroom(work: VroomWork, nowMs: () => number, stopped: () => boolean = () => false): VroomOutcome {
  const { request, tables, raw, locale } = work
  const model = makeModel(request, tables)
  const { planMode } = request.options
  const outcome = planMode ? planAll(request, model) : searchAll(work, model, nowMs, stopped)
  if ('faults' in outcome) return { kind: 'faults', faults: outcome.faults }
  const answer = writeAnswer(request, tables, model, outcome.routes)
  const broken = checkAnswer(raw, tables, answer, planMode)
  if (broken.length > 0) throw new BrokenAnswer(broken.slice(0, 20).join('; '))
  const reasons = planMode ? [] : explainMissing(request, model, outcome.missing.slice(0, MOST_REASONS), locale)
  return { kind: 'answer', answer, reasons, iterations: outcome.iterations }
}

/** The check found a fault in an answer: a bug, never to be sent as an answer. Known by its name on other threads. */
class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer'
}

type Timed =
  | { readonly faults: readonly Fault[] }
  | { readonly routes: readonly TimedRoute[]; readonly missing: readonly number[]; readonly iterations: number }

function planAll({ vehicles }: VroomRequest, model: Model): Timed {
  const faults: Fault[] = []
  const routes: TimedRoute[] = []
  for (const [vehicle, { id, steps }] of vehicles.entries()) {
    if (!steps) continue
    const timed = timePlan(model, vehicle, planSteps(steps))
    if (timed) routes.push({ vehicle, steps: timed })
    else faults.push(infeasible(vehicle, id, 'service_at, service_after, service_before'))
  }
  return faults.length > 0 ? { faults } : { routes, missing: [], iterations: 0 }
}

const infeasible = (vehicle: number, id: number, causes: string): Fault =>
  makeFault('steps.infeasible', `vehicles/${vehicle}/steps`, `Infeasible route for vehicle ${id}.`, causes)

function searchAll(
  { request, seed, limitMs, iterations }: VroomWork,
  model: Model,
  nowMs: () => number,
  stopped: () => boolean,
): Timed {
  const { vehicles } = request
  const prescribed = vehicles.map(({ steps }) => tasksOfSteps(steps ?? []))
  const faults = vehicles.flatMap(({ id }, vehicle): Fault[] => {
    const causes = prescribed[vehicle]!.length > 0 ? brokenBy(model, vehicle, prescribed[vehicle]!) : []
    return causes.length > 0 ? [infeasible(vehicle, id, causes.join(', '))] : []
  })
  if (faults.length > 0) return { faults }
  const from: ModelRoutes | undefined = prescribed.some((tasks) => tasks.length > 0) ? prescribed : undefined
  const startMs = nowMs()
  const search = searchModel(model, { seed, iterations, from })
  let step = search.next()
  while (!step.done) step = search.next(stopped() ? 1 : (nowMs() - startMs) / Math.max(1, limitMs))
  const { routes, missing, iterations: made } = step.value
  const timed = routes.flatMap((tasks, vehicle): TimedRoute[] => {
    if (tasks.length === 0) return []
    const steps = timeRoute(model, vehicle, tasks)
    if (!steps) throw new Error(`no times for the route of vehicle ${vehicle}`)
    return [{ vehicle, steps }]
  })
  return { routes: timed, missing, iterations: made }
}

const tasksOfSteps = (steps: readonly RequestStep[]): number[] =>
  steps.flatMap(({ type, rank }) => (type === 'job' || type === 'pickup' || type === 'delivery' ? [rank] : []))

/** What a prescribed route breaks, by VROOM's names of the causes. */
function brokenBy(model: Model, index: number, tasks: readonly number[]): string[] {
  const vehicle = model.vehicles[index]!
  const causes: string[] = []
  if (tasks.length > vehicle.maxTasks) causes.push('max_tasks')
  if (tasks.some((task) => model.tasks[task]!.skills.some((skill) => !vehicle.skills.includes(skill))))
    causes.push('skills')
  const paired = tasks.every((task, at) => {
    const { kind } = model.tasks[task]!
    if (kind === 'job') return true
    return kind === 'pickup' ? tasks.indexOf(task + 1) > at : tasks.lastIndexOf(task - 1, at) >= 0
  })
  if (!paired) causes.push('precedence')
  const timed: readonly TimedStep[] | null = timeRoute(model, index, tasks)
  if (!timed) causes.push('load, delay, max_load')
  else {
    const { travelCs, metres } = timed.at(-1)!
    if (travelCs > vehicle.maxTravelCs) causes.push('max_travel_time')
    if (metres > vehicle.maxDistanceM) causes.push('max_distance')
  }
  return causes
}
