/** Faults of a request that no part of it has alone. */
import { isObject, join, type Reader, show } from './reader.ts'
import { DEFAULT_PER_HOUR, type Sourced } from './readVehicle.ts'
import { type RequestBreak, type RequestTask, type RequestVehicle, spotsOf, type VroomRequest } from './request.ts'

/** A task is done once: the same one in the steps of two vehicles, or twice in one, cannot be planned. */
export function findRepeatedSteps(
  reader: Reader,
  sources: readonly Sourced[],
  vehicles: readonly RequestVehicle[],
  tasks: readonly RequestTask[],
): void {
  const seen = new Set<number>()
  for (const [index, { id, steps }] of vehicles.entries()) {
    const { path, source } = sources[index]!
    // a start that was not given has been put before them
    const given = Array.isArray(source.steps) && isObject(source.steps[0]) && source.steps[0].type === 'start'
    for (const [at, { type, rank }] of (steps ?? []).entries()) {
      if (type !== 'job' && type !== 'pickup' && type !== 'delivery') continue
      if (seen.has(rank)) {
        const task = `${type} ${tasks[rank]!.id}`
        const error = `Duplicate ${type} id ${tasks[rank]!.id} in input steps for vehicle ${id}.`
        reader.fault('steps.duplicate', `${path}/steps/${given ? at : at - 1}`, error, task)
      }
      seen.add(rank)
    }
  }
}

/** Are places given by index? All of them or none. */
export function findMixedPlaces(reader: Reader, request: Pick<VroomRequest, 'vehicles' | 'tasks'>): boolean {
  const spots = spotsOf(request)
  const byIndex = spots[0]?.index !== undefined
  for (const { index, location, path } of spots)
    if ((index !== undefined) !== byIndex && (index !== undefined || location !== undefined))
      reader.fault('place.mixed', path, 'Missing location index.')
  return byIndex
}

export function findMatrixFaults(reader: Reader, request: VroomRequest, sources: readonly Sourced[]): void {
  const { vehicles, matrices, byIndex } = request
  const spots = spotsOf(request)
  for (const profile of new Set(vehicles.map((vehicle) => vehicle.profile))) {
    const size = matrices[profile]?.durations?.length
    if (size === undefined) continue
    for (const { index, path } of spots)
      if (byIndex && index !== undefined && index >= size)
        reader.fault(
          'place.beyondMatrix',
          path,
          `location_index exceeding matrix size for ${profile.slice(0, 60)} profile.`,
          `${size}`,
        )
  }
  for (const [index, { profile, costs, breaks, window }] of vehicles.entries()) {
    const { path, source } = sources[index]!
    const own = matrices[profile]?.costs !== undefined
    if (own && costs.perHour !== DEFAULT_PER_HOUR)
      reader.fault(
        'costs.both',
        join(path, 'costs/per_hour'),
        'Custom costs are incompatible with using a per_hour value.',
      )
    if (own && costs.perKm > 0) reader.note('key.unused', join(path, 'costs/per_km'), 'per_km, matrices/…/costs')
    if (!request.options.planMode && !canRest(breaks, window))
      reader.fault('breaks.impossible', join(path, 'breaks'), `Inconsistent breaks for vehicle ${show(source.id)}.`)
  }
}

/** Can the breaks alone be taken in their order within working hours? */
function canRest(breaks: readonly RequestBreak[], window: RequestVehicle['window']): boolean {
  let nowS = window?.[0] ?? 0
  for (const { windows, serviceS } of breaks) {
    const next = windows.length === 0 ? [nowS, nowS] : windows.find(([, end]) => nowS <= end)
    if (!next) return false
    nowS = Math.max(nowS, next[0]!) + serviceS
  }
  return nowS <= (window?.[1] ?? Number.POSITIVE_INFINITY)
}
