/**
 * Walks an answer from the request as it was sent and the tables of driving alone; shares nothing with the reading, the search or the
 * writing. Finds times that do not follow from each other, sums that do not add up, rules that are broken without being told, and
 * tasks that are done twice or forgotten.
 */
import type { Answer, AnswerRoute, AnswerStep, Violation } from './answer.ts'
import type { Tables } from './tables.ts'

type Window = readonly [number, number]
interface RawPlace {
  readonly location?: readonly [number, number]
  readonly location_index?: number
}
interface RawStop extends RawPlace {
  readonly id: number
  readonly setup?: number
  readonly service?: number
  readonly setup_per_type?: Readonly<Record<string, number>>
  readonly service_per_type?: Readonly<Record<string, number>>
  readonly time_windows?: readonly Window[]
}
interface RawJob extends RawStop {
  readonly amount?: readonly number[]
  readonly delivery?: readonly number[]
  readonly pickup?: readonly number[]
  readonly skills?: readonly number[]
  readonly priority?: number
}
interface RawVehicle {
  readonly id: number
  readonly profile?: string
  readonly start?: readonly [number, number]
  readonly start_index?: number
  readonly end?: readonly [number, number]
  readonly end_index?: number
  readonly capacity?: readonly number[]
  readonly costs?: Readonly<Record<'fixed' | 'per_hour' | 'per_km' | 'per_task_hour', number | undefined>>
  readonly skills?: readonly number[]
  readonly type?: string
  readonly time_window?: Window
  readonly breaks?: readonly {
    readonly id: number
    readonly time_windows?: readonly Window[]
    readonly service?: number
    readonly max_load?: readonly number[]
  }[]
  readonly speed_factor?: number
  readonly max_tasks?: number
  readonly max_travel_time?: number
  readonly max_distance?: number
  readonly steps?: readonly { readonly type: string; readonly id?: number; readonly [key: string]: unknown }[]
}
export interface RawRequest {
  readonly vehicles: readonly RawVehicle[]
  readonly jobs?: readonly RawJob[]
  readonly shipments?: readonly {
    readonly pickup: RawStop
    readonly delivery: RawStop
    readonly amount?: readonly number[]
    readonly skills?: readonly number[]
    readonly priority?: number
  }[]
}

/** A task as the walk sees it. */
interface Task {
  readonly stop: RawStop
  readonly pickup: readonly number[]
  readonly delivery: readonly number[]
  readonly skills: readonly number[]
  readonly priority: number
}

/** What is wrong with the answer, one line each; nothing: it holds. */
export function checkAnswer(request: RawRequest, tables: Tables, answer: Answer, planMode: boolean): string[] {
  const faults: string[] = []
  const tasks = tasksOf(request)
  const seen = new Map<string, number>()
  const vehiclesSeen: RawVehicle[] = []
  for (const route of answer.routes) {
    // vehicles may share an id: each of them drives once
    const vehicle = request.vehicles.find(
      (candidate) => candidate.id === route.vehicle && !vehiclesSeen.includes(candidate),
    )
    if (!vehicle) {
      faults.push(`vehicle ${route.vehicle}: not in the request, or used twice`)
      continue
    }
    vehiclesSeen.push(vehicle)
    for (const { type, id } of route.steps)
      if (type !== 'start' && type !== 'end' && type !== 'break')
        seen.set(`${type} ${id}`, (seen.get(`${type} ${id}`) ?? 0) + 1)
    faults.push(
      ...checkRoute(request, vehicle, tasks, tables, route, planMode).map(
        (fault) => `vehicle ${route.vehicle}: ${fault}`,
      ),
    )
  }
  for (const { type, id } of answer.unassigned) seen.set(`${type} ${id}`, (seen.get(`${type} ${id}`) ?? 0) + 1)
  for (const name of tasks.keys()) if (seen.get(name) !== 1) faults.push(`${name} occurs ${seen.get(name) ?? 0} times`)
  for (const name of seen.keys()) if (!tasks.has(name)) faults.push(`${name} is not in the request`)
  const { summary } = answer
  if (summary.routes !== answer.routes.length) faults.push('summary: number of routes')
  if (summary.unassigned !== answer.unassigned.length) faults.push('summary: number of unassigned tasks')
  for (const key of ['cost', 'setup', 'service', 'duration', 'waiting_time', 'priority', 'distance'] as const)
    if (summary[key] !== undefined && summary[key] !== sum(answer.routes.map((route) => route[key] ?? 0)))
      faults.push(`summary: ${key} is not the sum of the routes`)
  for (const key of ['pickup', 'delivery'] as const)
    for (const [d, amount] of (summary[key] ?? []).entries())
      if (amount !== sum(answer.routes.map((route) => route[key]?.[d] ?? 0)))
        faults.push(`summary: ${key} is not the sum`)
  if (
    !sameViolations(
      summary.violations,
      answer.routes.flatMap(({ violations }) => violations),
    )
  )
    faults.push('summary: violations')
  return faults
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function tasksOf({ jobs = [], shipments = [] }: RawRequest): Map<string, Task> {
  const tasks = new Map<string, Task>()
  for (const job of jobs) {
    const { delivery, pickup, amount, skills = [], priority = 0 } = job
    const old = delivery === undefined && pickup === undefined ? amount : undefined
    tasks.set(`job ${job.id}`, { stop: job, delivery: delivery ?? old ?? [], pickup: pickup ?? [], skills, priority })
  }
  for (const { pickup, delivery, amount = [], skills = [], priority = 0 } of shipments) {
    tasks.set(`pickup ${pickup.id}`, { stop: pickup, pickup: amount, delivery: [], skills, priority })
    tasks.set(`delivery ${delivery.id}`, { stop: delivery, pickup: [], delivery: amount, skills, priority })
  }
  return tasks
}

/** Deliveries by pickup, as names, because the ids of the two may differ. */
const partners = ({ shipments = [] }: RawRequest): Map<string, string> =>
  new Map(shipments.map(({ pickup, delivery }) => [`pickup ${pickup.id}`, `delivery ${delivery.id}`]))

function checkRoute(
  request: RawRequest,
  vehicle: RawVehicle,
  tasks: ReadonlyMap<string, Task>,
  tables: Tables,
  route: AnswerRoute,
  planMode: boolean,
): string[] {
  const faults: string[] = []
  const { steps } = route
  if (steps[0]?.type !== 'start' || steps.at(-1)?.type !== 'end') return ['does not go from start to end']
  const table = tables.profiles[vehicle.profile ?? 'car']!
  const place = (at: RawPlace): number => at.location_index ?? tables.indexOf[`${at.location![0]},${at.location![1]}`]!
  const startPlace = vehicle.start_index ?? (vehicle.start && place({ location: vehicle.start }))
  const endPlace = vehicle.end_index ?? (vehicle.end && place({ location: vehicle.end }))
  const hundredths = Math.round(100 / (vehicle.speed_factor ?? 1))
  const wholeSpeed = hundredths % 100 === 0
  const drivingS = (from: number, to: number) => (table.durationS[from * tables.size + to]! * hundredths) / 100
  const found: Violation[] = []
  const dimensions = vehicle.capacity?.length ?? request.vehicles[0]?.capacity?.length ?? 0
  const capacity = vehicle.capacity ?? new Array<number>(dimensions).fill(0)
  const load = new Array<number>(dimensions).fill(0)
  for (const { type, id } of steps) if (type === 'job') add(load, tasks.get(`job ${id}`)?.delivery ?? [], 1)

  let from = startPlace
  let endS = steps[0].arrival
  let travelS = 0
  let legFromS = 0
  let metres = 0
  let money = 0
  let workS = 0
  let count = 0
  const done = new Map<string, number>()
  for (const [index, step] of steps.entries()) {
    const { type, id, arrival, waiting_time: waiting, setup, service, duration } = step
    const here: Violation[] = []
    const name = `${type} ${id ?? ''}`.trim()
    const startS = arrival + waiting
    if (waiting < 0) faults.push(`${name}: waits less than nothing`)
    const driven = duration - travelS
    if (index > 0 && arrival !== endS + driven)
      faults.push(`${name}: arrives at ${arrival}, not at ${endS} + ${driven}`)
    travelS = duration
    if (type === 'break') {
      const rest = vehicle.breaks?.find((candidate) => candidate.id === id)
      if (!rest) faults.push(`${name}: not a break of the vehicle`)
      else {
        if (service !== (rest.service ?? 0) || setup !== 0) faults.push(`${name}: takes ${service}`)
        here.push(...missed(rest.time_windows, startS))
        if (exceeds(load, rest.max_load)) here.push({ cause: 'max_load' })
      }
      done.set(name, index)
    } else if (type !== 'start') {
      const task = tasks.get(name)
      if (type !== 'end' && !task) return [...faults, `${name}: not in the request`]
      const to = task ? place(task.stop) : endPlace
      // cut to whole seconds at both ends of the leg
      const legS = from === undefined || to === undefined ? 0 : drivingS(from, to)
      const told = duration - legFromS
      if (Math.abs(told - legS) > (wholeSpeed ? 0 : 1)) faults.push(`${name}: drives ${told} s instead of ${legS}`)
      legFromS = duration
      if (from !== undefined && to !== undefined) {
        metres += table.distanceM?.[from * tables.size + to] ?? 0
        money += table.cost?.[from * tables.size + to] ?? 0
      }
      if (task) {
        const { setup: setups = 0, service: services = 0, setup_per_type = {}, service_per_type = {} } = task.stop
        const ownSetup = from === to ? 0 : perType(setup_per_type, vehicle.type, setups)
        const ownService = perType(service_per_type, vehicle.type, services)
        if (setup !== ownSetup || service !== ownService)
          faults.push(`${name}: takes ${setup} + ${service} s instead of ${ownSetup} + ${ownService}`)
        workS += ownSetup + ownService
        add(load, task.pickup, 1)
        add(load, task.delivery, -1)
        here.push(...missed(task.stop.time_windows, startS))
        if (++count > (vehicle.max_tasks ?? Number.POSITIVE_INFINITY)) here.push({ cause: 'max_tasks' })
        if (task.skills.some((skill) => !vehicle.skills?.includes(skill))) here.push({ cause: 'skills' })
        done.set(name, index)
      }
      from = to
    }
    if (type === 'start' && arrival < (vehicle.time_window?.[0] ?? 0))
      here.push({ cause: 'lead_time', duration: vehicle.time_window![0] - arrival })
    if (type === 'end' && arrival > (vehicle.time_window?.[1] ?? Number.POSITIVE_INFINITY))
      here.push({ cause: 'delay', duration: arrival - vehicle.time_window![1] })
    if (type !== 'start' && duration > (vehicle.max_travel_time ?? Number.POSITIVE_INFINITY))
      here.push({ cause: 'max_travel_time' })
    if (
      type !== 'start' &&
      step.distance !== undefined &&
      table.distanceM &&
      step.distance > (vehicle.max_distance ?? Number.POSITIVE_INFINITY)
    )
      here.push({ cause: 'max_distance' })
    if (exceeds(load, capacity)) here.push({ cause: 'load' })
    const partner = [...partners(request)].find((pair) => pair.includes(name))
    if (partner) {
      const [up, down] = partner.map((other) =>
        steps.findIndex((candidate) => `${candidate.type} ${candidate.id}` === other),
      )
      if (up! < 0 || down! < up!) here.push({ cause: 'precedence' })
    }
    if (step.load?.some((amount, d) => amount !== load[d])) faults.push(`${name}: load ${step.load} instead of ${load}`)
    if (type !== 'break' && table.distanceM && step.distance !== undefined && step.distance !== metres)
      faults.push(`${name}: ${step.distance} m instead of ${metres}`)
    if (!sameViolations(step.violations, here)) faults.push(`${name}: tells ${show(step.violations)} of ${show(here)}`)
    found.push(...here)
    endS = startS + setup + service
  }
  const restsDone = steps.filter(({ type }) => type === 'break').map(({ id }) => id)
  if ((vehicle.breaks ?? []).some(({ id }) => !restsDone.includes(id))) found.push({ cause: 'missing_break' })
  if (new Set(restsDone).size < restsDone.length && !planMode) faults.push('takes a break twice')
  if (!sameViolations(route.violations, found)) faults.push(`tells ${show(route.violations)} of ${show(found)}`)
  if (!planMode && found.length > 0) faults.push(`breaks rules: ${show(found)}`)
  if (!planMode && steps.length === 2) faults.push('drives for nothing')
  if (planMode) faults.push(...checkPrescribed(vehicle, steps))
  return [...faults, ...checkTotals(route, vehicle, { workS, travelS, metres, money, own: table.cost !== null }, tasks)]
}

function checkTotals(
  route: AnswerRoute,
  vehicle: RawVehicle,
  {
    workS,
    travelS,
    metres,
    money,
    own,
  }: { workS: number; travelS: number; metres: number; money: number; own: boolean },
  tasks: ReadonlyMap<string, Task>,
): string[] {
  const faults: string[] = []
  const { steps } = route
  if (route.duration !== travelS) faults.push('duration is not that of the last step')
  for (const key of ['setup', 'service', 'waiting_time'] as const)
    if (route[key] !== sum(steps.map((step) => step[key]))) faults.push(`${key} is not the sum of the steps`)
  if (route.distance !== undefined && route.distance !== metres) faults.push('distance is not the sum of the legs')
  const { fixed = 0, per_hour: perHour = 3600, per_km: perKm = 0, per_task_hour: perTaskHour = 0 } = vehicle.costs ?? {}
  const work = (perTaskHour * workS) / 3600
  const cost = fixed + (own ? money : (perHour * travelS) / 3600 + (perKm * metres) / 1000) + work
  // whole units, rounded down
  if (route.cost > cost + 1e-6 * cost + 1e-6 || route.cost < cost - 1 - 1e-6 * cost)
    faults.push(`costs ${route.cost} instead of ${cost}`)
  const served = steps.flatMap(({ type, id }) => tasks.get(`${type} ${id}`) ?? [])
  if (route.priority !== sum(served.map(({ priority }) => priority)))
    faults.push('priority is not the sum of the tasks')
  for (const key of ['pickup', 'delivery'] as const)
    for (const [d, amount] of (route[key] ?? []).entries())
      if (amount !== sum(served.map((task) => task[key][d] ?? 0))) faults.push(`${key} is not the sum of the tasks`)
  return faults
}

/** In plan mode: the steps that were asked for, at the times that were insisted on. */
function checkPrescribed(vehicle: RawVehicle, steps: readonly AnswerStep[]): string[] {
  const asked = [...(vehicle.steps ?? [])]
  if (asked[0]?.type !== 'start') asked.unshift({ type: 'start' })
  if (asked.at(-1)?.type !== 'end') asked.push({ type: 'end' })
  const names = (list: readonly { readonly type: string; readonly id?: number }[]) =>
    list.map(({ type, id }) => (type === 'start' || type === 'end' ? type : `${type} ${id}`)).join(', ')
  if (names(asked) !== names(steps)) return [`goes ${names(steps)} instead of ${names(asked)}`]
  return steps.flatMap(({ arrival, waiting_time }, index) => {
    const { service_at: at, service_after: after, service_before: before } = asked[index]!
    const startS = arrival + waiting_time
    const kept =
      (at === undefined || startS === at) &&
      (after === undefined || startS >= (after as number)) &&
      (before === undefined || startS <= (before as number))
    return kept ? [] : [`step ${index} is at ${startS}`]
  })
}

const perType = (seconds: Readonly<Record<string, number>>, type: string | undefined, otherwise: number): number =>
  type !== undefined && Object.hasOwn(seconds, type) ? seconds[type]! : otherwise

function add(load: number[], amounts: readonly number[], sign: 1 | -1): void {
  for (const [d, amount] of amounts.entries()) load[d] = (load[d] ?? 0) + sign * amount
}

const exceeds = (load: readonly number[], limit: readonly number[] | undefined): boolean =>
  limit !== undefined && load.some((amount, d) => amount > (limit[d] ?? 0))

function missed(windows: readonly Window[] | undefined, startS: number): Violation[] {
  if (!windows || windows.some(([open, close]) => open <= startS && startS <= close)) return []
  const gaps = windows.map(([open, close]): Violation & { readonly duration: number } =>
    startS < open ? { cause: 'lead_time', duration: open - startS } : { cause: 'delay', duration: startS - close },
  )
  return [gaps.reduce((least, gap) => (gap.duration < least.duration ? gap : least))]
}

/** The same causes, and for each the same time in all. */
function sameViolations(told: readonly Violation[], found: readonly Violation[]): boolean {
  const totals = (list: readonly Violation[]) => {
    const byCause = new Map<string, number>()
    for (const { cause, duration = 0 } of list) byCause.set(cause, (byCause.get(cause) ?? 0) + duration)
    return JSON.stringify([...byCause].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
  return totals(told) === totals(found)
}

const show = (violations: readonly Violation[]): string => JSON.stringify(violations)
