/** A route with its times: what happens when, how far the vehicle has driven by then, and what is on board. */
import { arriveCs, leaveByCs } from './legs.ts'
import { actionCs, earliestIn, fitsUnder, latestIn, type Model, metresOf, NOWHERE, travelCs } from './model.ts'

export interface RouteStep {
  readonly kind: 'start' | 'task' | 'break' | 'end'
  /** among the tasks of the model or the breaks of the vehicle; -1 for start and end */
  readonly rank: number
}

export interface TimedStep extends RouteStep {
  readonly arriveCs: number
  /** of the setup or service; the difference is waiting */
  readonly startCs: number
  readonly setupCs: number
  readonly serviceCs: number
  /** driven by the time it arrives */
  readonly travelCs: number
  readonly metres: number
  /** behind the step */
  readonly load: readonly number[]
}

/** Sum of what single jobs bring: it is on board from the start. */
export function loadAtStart(model: Model, tasks: readonly number[]): number[] {
  const load = new Array<number>(model.dimensions).fill(0)
  for (const task of tasks) {
    const { kind, delivery } = model.tasks[task]
    if (kind === 'job') for (const [d, amount] of delivery.entries()) load[d] += amount
  }
  return load
}

export const loadAfter = (model: Model, load: readonly number[], task: number): number[] => {
  const { pickup, delivery } = model.tasks[task]
  return load.map((amount, d) => amount + pickup[d] - delivery[d])
}

/** Arrivals for given starts of every step: driving is done as early as it can be, so breaks are waited for at the next task at most. */
export function layOut(
  model: Model,
  vehicleIndex: number,
  steps: readonly RouteStep[],
  starts: readonly number[],
): TimedStep[] {
  const vehicle = model.vehicles[vehicleIndex]
  const { places } = model
  const placeOf = ({ kind, rank }: RouteStep): number =>
    kind === 'task' ? model.tasks[rank].place : ((kind === 'start' ? vehicle.start : vehicle.end) ?? NOWHERE)
  let load = loadAtStart(
    model,
    steps.flatMap(({ kind, rank }) => (kind === 'task' ? [rank] : [])),
  )
  let from = placeOf(steps[0])
  let doneCs = starts[0]
  let travel = 0
  let metres = 0
  let left = 0
  let leg = 0
  const timed: TimedStep[] = []
  for (const [index, step] of steps.entries()) {
    const { kind, rank } = step
    if (kind === 'start') {
      timed.push({ ...step, arriveCs: doneCs, startCs: doneCs, setupCs: 0, serviceCs: 0, travelCs: 0, metres: 0, load })
      continue
    }
    if (steps[index - 1].kind !== 'break') {
      const next = steps.slice(index).find((later) => later.kind !== 'break')!
      leg = travelCs(vehicle, places, from, placeOf(next))
      left = leg
    }
    const startCs = starts[index]
    // a break is reached by as much driving as fits before it, anything else by all of it
    const driven = kind === 'break' ? Math.min(left, startCs - doneCs) : left
    left -= driven
    travel += driven
    const to = kind === 'break' ? from : placeOf(step)
    const setupCs = kind === 'task' && from !== to ? vehicle.setupCs[rank] : 0
    const serviceCs = kind === 'task' ? vehicle.serviceCs[rank] : kind === 'break' ? vehicle.breaks[rank].serviceCs : 0
    if (kind === 'task') load = loadAfter(model, load, rank)
    if (kind !== 'break') metres += metresOf(vehicle, places, from, to)
    const ahead = kind === 'break' ? metresTo(index) * (leg > 0 ? (leg - left) / leg : 0) : 0
    timed.push({
      ...step,
      arriveCs: doneCs + driven,
      startCs,
      setupCs,
      serviceCs,
      travelCs: travel,
      metres: Math.floor(metres + ahead),
      load,
    })
    doneCs = startCs + setupCs + serviceCs
    if (kind !== 'break') from = to
  }
  return timed

  function metresTo(index: number): number {
    const next = steps.slice(index).find((later) => later.kind !== 'break')!
    return metresOf(vehicle, places, from, placeOf(next))
  }
}

/**
 * When a route that keeps every rule ends first, and of all ways to end then the one that starts last: nobody waits longer than needed.
 * null: there is no such time.
 */
export function timeRoute(model: Model, vehicleIndex: number, tasks: readonly number[]): TimedStep[] | null {
  const vehicle = model.vehicles[vehicleIndex]
  const { places } = model
  const rests = vehicle.breaks.length
  const stops = [vehicle.start ?? NOWHERE, ...tasks.map((task) => model.tasks[task].place), vehicle.end ?? NOWHERE]
  const driving = stops.slice(1).map((to, leg) => travelCs(vehicle, places, stops[leg], to))
  const actions = tasks.map((task, k) => actionCs(vehicle, task, stops[k + 1], stops[k]))
  const windowsOf = (k: number) => model.tasks[tasks[k]].windows
  let load = loadAtStart(model, tasks)
  const loads = [load, ...tasks.map((task) => (load = loadAfter(model, load, task)))]
  if (loads.some((amounts) => !fitsUnder(amounts, vehicle.capacity))) return null
  const permits = (leg: number, rest: number): boolean => {
    const { maxLoad } = vehicle.breaks[rest]
    return maxLoad === null || fitsUnder(loads[leg], maxLoad)
  }

  // earliest departure with so many breaks behind, and how many of them were taken on the leg before
  const first = { doneCs: vehicle.openCs, count: 0 }
  const ready: (typeof first | null)[][] = [[first, ...new Array<null>(rests).fill(null)]]
  for (const [k, action] of [...actions, 0].entries()) {
    const row = new Array<typeof first | null>(rests + 1).fill(null)
    for (const [behind, state] of ready[k].entries())
      for (let count = 0; state && behind + count <= rests; count++) {
        if (count > 0 && !permits(k, behind + count - 1)) break
        const arrive = arriveCs(vehicle, state.doneCs, driving[k], behind, count)
        const doneCs = (k < tasks.length ? earliestIn(windowsOf(k), arrive) : arrive) + action
        const known = row[behind + count]
        if (doneCs < (known?.doneCs ?? Number.POSITIVE_INFINITY)) row[behind + count] = { doneCs, count }
      }
    ready.push(row)
  }
  const end = ready[tasks.length + 1][rests]
  if (!end || end.doneCs > vehicle.closeCs) return null

  // where the breaks are, then the latest times from the end on
  const counts = new Array<number>(tasks.length + 1)
  let behind = rests
  let latest = end.doneCs
  for (let k = tasks.length; k >= 0; k--) {
    counts[k] = ready[k + 1][behind]!.count
    behind -= counts[k]
    if (k < tasks.length) latest = latestIn(windowsOf(k), latest - actions[k])
    latest = leaveByCs(vehicle, latest, driving[k], behind, counts[k])
  }

  const steps: RouteStep[] = [{ kind: 'start', rank: -1 }]
  const starts = [latest]
  let nowCs = latest
  let rest = 0
  for (let k = 0; k <= tasks.length; k++) {
    const arrive = arriveCs(vehicle, nowCs, driving[k], rest, counts[k])
    for (let count = 0; count < counts[k]; count++, rest++) {
      const { windows, serviceCs } = vehicle.breaks[rest]
      nowCs = earliestIn(windows, nowCs)
      steps.push({ kind: 'break', rank: rest })
      starts.push(nowCs)
      nowCs += serviceCs
    }
    nowCs = k < tasks.length ? earliestIn(windowsOf(k), arrive) : arrive
    steps.push(k < tasks.length ? { kind: 'task', rank: tasks[k] } : { kind: 'end', rank: -1 })
    starts.push(nowCs)
    if (k < tasks.length) nowCs += actions[k]
  }
  return layOut(model, vehicleIndex, steps, starts)
}
