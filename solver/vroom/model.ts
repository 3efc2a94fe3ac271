/**
 * What the VROOM wire format can ask for, as arrays: tasks that come alone (jobs) or in pairs (shipments), amounts of any number of
 * dimensions, vehicles with their own matrices, breaks in windows, and ranges. Times are whole hundredths of a second, because a speed
 * factor has two digits; costs are whole parts of 1 / COST_SCALE, in which hours and kilometres are both whole.
 */

/** Hundredths of a second in a second. */
export const CS = 100
/** Cost of 1 an hour for one hundredth of a second is 5 of these, cost of 1 a kilometre for one metre 1800. */
export const COST_SCALE = 1_800_000
export const COST_PER_HOUR_CS = COST_SCALE / (3600 * CS)
export const COST_PER_KM_M = COST_SCALE / 1000

export type Window = readonly [openCs: number, closeCs: number]

/** One thing to do somewhere; those of a shipment follow each other in the list, pickup first. */
export interface ModelTask {
  readonly kind: 'job' | 'pickup' | 'delivery'
  readonly place: number
  /** apart and in order; none: any time */
  readonly windows: readonly Window[]
  /** put on board here, and taken off here */
  readonly pickup: readonly number[]
  readonly delivery: readonly number[]
  readonly skills: readonly number[]
  readonly priority: number
}

export interface ModelBreak {
  readonly windows: readonly Window[]
  readonly serviceCs: number
  /** the most there may be on board meanwhile; null: anything */
  readonly maxLoad: readonly number[] | null
}

export interface ModelVehicle {
  /** vehicles of one class differ in their names only */
  readonly kind: number
  /** null: where its first task is, and where its last one is */
  readonly start: number | null
  readonly end: number | null
  readonly openCs: number
  readonly closeCs: number
  readonly capacity: readonly number[]
  readonly skills: readonly number[]
  /** in the order in which they are taken */
  readonly breaks: readonly ModelBreak[]
  /** [from * places + to] */
  readonly durationCs: Float64Array
  /** null where nobody asks for metres */
  readonly distanceM: Float64Array | null
  readonly arcCost: Float64Array
  readonly fixedCost: number
  /** cost of one hundredth of a second of setup or service */
  readonly taskCost: number
  /** [task], with what its type changes */
  readonly setupCs: Float64Array
  readonly serviceCs: Float64Array
  readonly maxTasks: number
  readonly maxTravelCs: number
  readonly maxDistanceM: number
}

export interface Model {
  readonly places: number
  readonly dimensions: number
  readonly tasks: readonly ModelTask[]
  readonly vehicles: readonly ModelVehicle[]
}

/** Place of vehicles that start or end anywhere: nothing is away from it. */
export const NOWHERE = -1

export const travelCs = (vehicle: ModelVehicle, places: number, from: number, to: number): number =>
  from === NOWHERE || to === NOWHERE ? 0 : vehicle.durationCs[from * places + to]

export const metresOf = (vehicle: ModelVehicle, places: number, from: number, to: number): number =>
  from === NOWHERE || to === NOWHERE || vehicle.distanceM === null ? 0 : vehicle.distanceM[from * places + to]

/** Setup is for arriving somewhere new. */
export const actionCs = (vehicle: ModelVehicle, task: number, place: number, from: number): number =>
  vehicle.serviceCs[task] + (place === from ? 0 : vehicle.setupCs[task])

/** Earliest start at or after a time; Infinity: too late. */
export function earliestIn(windows: readonly Window[], timeCs: number): number {
  if (windows.length === 0) return timeCs
  for (const [openCs, closeCs] of windows) if (timeCs <= closeCs) return timeCs > openCs ? timeCs : openCs
  return Number.POSITIVE_INFINITY
}

/** Latest start at or before a time; -Infinity: too early. */
export function latestIn(windows: readonly Window[], timeCs: number): number {
  if (windows.length === 0) return timeCs
  for (let k = windows.length - 1; k >= 0; k--) {
    const [openCs, closeCs] = windows[k]
    if (openCs <= timeCs) return timeCs < closeCs ? timeCs : closeCs
  }
  return Number.NEGATIVE_INFINITY
}

export const hasSkills = (vehicle: ModelVehicle, task: ModelTask): boolean =>
  task.skills.every((skill) => vehicle.skills.includes(skill))

export const fitsUnder = (load: readonly number[], limit: readonly number[]): boolean =>
  load.every((amount, d) => amount <= limit[d])
