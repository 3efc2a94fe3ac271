/** An answer in VROOM's own keys: whole seconds, costs rounded down for each route, sums over routes, and every violation where it happens. */
import { CS, type Model, missedCs, type TimedStep } from '../../solver/index.ts'
import type { RequestVehicle, Spot, VroomRequest } from './request.ts'
import type { Tables } from './tables.ts'

export type Cause =
  | 'delay'
  | 'lead_time'
  | 'load'
  | 'max_tasks'
  | 'skills'
  | 'precedence'
  | 'missing_break'
  | 'max_travel_time'
  | 'max_load'
  | 'max_distance'

export interface Violation {
  readonly cause: Cause
  readonly duration?: number
}

export interface AnswerStep {
  readonly type: 'start' | 'job' | 'pickup' | 'delivery' | 'break' | 'end'
  readonly id?: number
  /** the old name of `id` for tasks */
  readonly job?: number
  readonly description?: string
  readonly location?: readonly [number, number]
  readonly location_index?: number
  readonly setup: number
  readonly service: number
  readonly waiting_time: number
  readonly arrival: number
  readonly duration: number
  readonly distance?: number
  readonly load?: readonly number[]
  readonly violations: readonly Violation[]
}

interface Totals {
  readonly cost: number
  readonly setup: number
  readonly service: number
  readonly duration: number
  readonly waiting_time: number
  readonly priority: number
  readonly distance?: number
  readonly delivery?: readonly number[]
  readonly amount?: readonly number[]
  readonly pickup?: readonly number[]
  readonly violations: readonly Violation[]
}

export interface AnswerRoute extends Totals {
  readonly vehicle: number
  readonly description?: string
  readonly geometry?: string
  readonly steps: readonly AnswerStep[]
}

export interface Unassigned {
  readonly id: number
  readonly type: 'job' | 'pickup' | 'delivery'
  readonly description?: string
  readonly location?: readonly [number, number]
  readonly location_index?: number
}

export interface AnswerSummary extends Totals {
  readonly routes: number
  readonly unassigned: number
}

export interface Answer {
  readonly code: 0
  readonly summary: AnswerSummary
  readonly unassigned: readonly Unassigned[]
  readonly routes: readonly AnswerRoute[]
}

export interface TimedRoute {
  readonly vehicle: number
  readonly steps: readonly TimedStep[]
}

export function writeAnswer(request: VroomRequest, tables: Tables, model: Model, timed: readonly TimedRoute[]): Answer {
  const withMetres =
    request.options.geometry || Object.values(tables.profiles).some(({ distanceM }) => distanceM !== null)
  const routes = timed.map((route) => writeRoute(request, tables, model, route, withMetres))
  const served = new Set(
    timed.flatMap(({ steps }) => steps.flatMap(({ kind, rank }) => (kind === 'task' ? [rank] : []))),
  )
  const unassigned = request.tasks.flatMap(({ kind, id, description, spot }, rank): Unassigned[] =>
    served.has(rank) ? [] : [{ id, type: kind, ...(description !== undefined && { description }), ...spotKeys(spot) }],
  )
  const sum = (of: (route: AnswerRoute) => number) => routes.reduce((total, route) => total + of(route), 0)
  const sums = (of: (route: AnswerRoute) => readonly number[] | undefined) =>
    Array.from({ length: request.dimensions }, (_, d) => sum((route) => of(route)?.[d] ?? 0))
  return {
    code: 0,
    summary: {
      cost: sum(({ cost }) => cost),
      routes: routes.length,
      unassigned: unassigned.length,
      ...amounts(
        sums(({ delivery }) => delivery),
        sums(({ pickup }) => pickup),
      ),
      setup: sum(({ setup }) => setup),
      service: sum(({ service }) => service),
      duration: sum(({ duration }) => duration),
      waiting_time: sum(({ waiting_time }) => waiting_time),
      priority: sum(({ priority }) => priority),
      ...(withMetres && { distance: sum(({ distance }) => distance ?? 0) }),
      violations: gather(routes.flatMap(({ violations }) => violations)),
    },
    unassigned,
    routes,
  }
}

const amounts = (delivery: readonly number[], pickup: readonly number[]) =>
  delivery.length > 0 ? { delivery, amount: delivery, pickup } : {}

const spotKeys = ({ location, index }: Spot) => ({
  ...(location && { location }),
  ...(index !== undefined && { location_index: index }),
})

/** One of each cause, their durations added up. */
export function gather(violations: readonly Violation[]): Violation[] {
  const causes = Map.groupBy(violations, ({ cause }) => cause)
  return [...causes].map(([cause, all]) =>
    all.some(({ duration }) => duration !== undefined)
      ? { cause, duration: all.reduce((sum, { duration }) => sum + (duration ?? 0), 0) }
      : { cause },
  )
}

const wholeS = (timeCs: number): number => Math.floor(timeCs / CS)

function writeRoute(
  request: VroomRequest,
  tables: Tables,
  model: Model,
  { vehicle: vehicleIndex, steps }: TimedRoute,
  withMetres: boolean,
): AnswerRoute {
  const vehicle = request.vehicles[vehicleIndex]!
  const violations = findViolations(model, vehicleIndex, steps)
  const tasks = steps.flatMap(({ kind, rank }) => (kind === 'task' ? [request.tasks[rank]!] : []))
  const written: AnswerStep[] = []
  let duration = 0
  let endS = 0
  for (const [index, step] of steps.entries()) {
    const arrival = wholeS(step.arriveCs)
    // driven time in the whole seconds in which arrivals are told, so that all of it adds up
    if (index > 0) duration += arrival - endS
    const waiting = wholeS(step.startCs) - arrival
    const setup = step.setupCs / CS
    const service = step.serviceCs / CS
    endS = arrival + waiting + setup + service
    written.push({
      ...nameStep(request, vehicle, step, tasks),
      setup,
      service,
      waiting_time: waiting,
      arrival,
      duration,
      ...(withMetres && { distance: step.metres }),
      ...(request.dimensions > 0 && { load: step.load }),
      violations: violations[index]!,
    })
  }
  const total = (of: (step: AnswerStep) => number) => written.reduce((sum, step) => sum + of(step), 0)
  const sums = (of: (task: (typeof tasks)[number]) => readonly number[]) =>
    Array.from({ length: request.dimensions }, (_, d) => tasks.reduce((sum, task) => sum + of(task)[d]!, 0))
  const rested = new Set(steps.flatMap(({ kind, rank }) => (kind === 'break' ? [rank] : [])))
  const metres = steps.at(-1)!.metres
  const setup = total((step) => step.setup)
  const working = total(({ type, service }) => (type === 'break' ? 0 : service)) + setup
  return {
    vehicle: vehicle.id,
    ...(vehicle.description !== undefined && { description: vehicle.description }),
    cost: costOf(vehicle, tables, model, vehicleIndex, steps, duration, metres, working),
    ...amounts(
      sums(({ delivery }) => delivery),
      sums(({ pickup }) => pickup),
    ),
    setup,
    service: total((step) => step.service),
    duration,
    waiting_time: total((step) => step.waiting_time),
    priority: tasks.reduce((sum, task) => sum + task.priority, 0),
    ...(withMetres && { distance: metres }),
    steps: written,
    violations: gather([
      ...violations.flat(),
      ...(rested.size < vehicle.breaks.length ? [{ cause: 'missing_break' } as const] : []),
    ]),
  }
}

function nameStep(
  request: VroomRequest,
  vehicle: RequestVehicle,
  { kind, rank }: TimedStep,
  tasks: readonly VroomRequest['tasks'][number][],
) {
  if (kind === 'break') {
    const { id, description } = vehicle.breaks[rank]!
    return { type: 'break' as const, id, ...(description !== undefined && { description }) }
  }
  if (kind === 'task') {
    const { kind: type, id, description, spot } = request.tasks[rank]!
    return { type, ...spotKeys(spot), id, job: id, ...(description !== undefined && { description }) }
  }
  // a vehicle without a start begins where its first task is, one without an end stops at its last
  const own = kind === 'start' ? (vehicle.start ?? tasks[0]?.spot) : (vehicle.end ?? tasks.at(-1)?.spot)
  const spot = own ?? vehicle.start ?? vehicle.end
  return { type: kind, ...(spot && spotKeys(spot)) }
}

/** Whole units: a route's cost is rounded down as a whole. */
function costOf(
  { costs, profile }: RequestVehicle,
  tables: Tables,
  model: Model,
  vehicleIndex: number,
  steps: readonly TimedStep[],
  durationS: number,
  metres: number,
  workS: number,
): number {
  const { cost } = tables.profiles[profile]!
  const work = BigInt(costs.perTaskHour) * BigInt(workS) * 5n
  let driven = BigInt(costs.perHour) * BigInt(durationS) * 5n + BigInt(costs.perKm) * BigInt(metres) * 18n
  if (cost) {
    const vehicle = model.vehicles[vehicleIndex]!
    const stops = [
      vehicle.start,
      ...steps.flatMap(({ kind, rank }) => (kind === 'task' ? [model.tasks[rank]!.place] : [])),
      vehicle.end,
    ].filter((place) => place !== null)
    const own = stops.slice(1).reduce((sum, to, leg) => sum + cost[stops[leg]! * tables.size + to]!, 0)
    driven = BigInt(own) * 18_000n
  }
  return costs.fixed + Number((driven + work) / 18_000n)
}

/** Those of each step; what only the whole route can lack is not among them. */
function findViolations(model: Model, vehicleIndex: number, steps: readonly TimedStep[]): Violation[][] {
  const vehicle = model.vehicles[vehicleIndex]!
  const over = (load: readonly number[], limit: readonly number[]) => load.some((amount, d) => amount > limit[d]!)
  const found = steps.map((): Violation[] => [])
  const atOf = new Map(steps.flatMap(({ kind, rank }, index) => (kind === 'task' ? [[rank, index] as const] : [])))
  let count = 0
  for (const [index, { kind, rank, startCs, arriveCs, load, travelCs, metres }] of steps.entries()) {
    const add = (cause: Cause, missed?: number) =>
      found[index]!.push(missed === undefined ? { cause } : { duration: missed, cause })
    if (over(load, vehicle.capacity)) add('load')
    if (kind !== 'start' && wholeS(travelCs) * CS > vehicle.maxTravelCs) add('max_travel_time')
    if (kind !== 'start' && metres > vehicle.maxDistanceM) add('max_distance')
    if (kind === 'start' && arriveCs < vehicle.openCs) add('lead_time', wholeS(vehicle.openCs) - wholeS(arriveCs))
    if (kind === 'end' && wholeS(arriveCs) * CS > vehicle.closeCs)
      add('delay', wholeS(arriveCs) - wholeS(vehicle.closeCs))
    if (kind === 'break' && vehicle.breaks[rank]!.maxLoad !== null && over(load, vehicle.breaks[rank]!.maxLoad!))
      add('max_load')
    if (kind === 'task' || kind === 'break') {
      const { windows } = kind === 'task' ? model.tasks[rank]! : vehicle.breaks[rank]!
      const { leadCs, delayCs } = missedCs(windows, wholeS(startCs) * CS)
      if (leadCs > 0) add('lead_time', leadCs / CS)
      if (delayCs > 0) add('delay', delayCs / CS)
    }
    if (kind !== 'task') continue
    const task = model.tasks[rank]!
    if (++count > vehicle.maxTasks) add('max_tasks')
    if (task.skills.some((skill) => !vehicle.skills.includes(skill))) add('skills')
    const other = task.kind === 'job' ? undefined : atOf.get(task.kind === 'pickup' ? rank + 1 : rank - 1)
    const inOrder =
      task.kind === 'job' || (other !== undefined && (task.kind === 'pickup' ? index < other : other < index))
    if (!inOrder) add('precedence')
  }
  return found
}
