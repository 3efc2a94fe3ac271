/** Vehicles out of a request, with their breaks and costs. */
import { type Json, join, type Reader } from './reader.ts'
import { described, readSpot } from './readTasks.ts'
import type { RequestBreak, RequestVehicle } from './request.ts'

const VEHICLE = new Set(
  'id profile description start start_index end end_index capacity costs skills type time_window breaks speed_factor max_tasks max_travel_time max_distance steps'.split(
    ' ',
  ),
)
const BREAK = new Set('id time_windows service description max_load'.split(' '))
const COSTS = new Set('fixed per_hour per_km per_task_hour'.split(' '))
const MOST_BREAKS = 8
const MOST_SPEED = 5
export const DEFAULT_PROFILE = 'car'
export const DEFAULT_PER_HOUR = 3600

/** With where it stands and what it was read from. */
export interface Sourced {
  readonly vehicle: RequestVehicle
  readonly path: string
  readonly source: Json
}

export function readVehicle(reader: Reader, value: unknown, path: string, dimensions: number): Sourced | undefined {
  const source = reader.object(value, path, 'Invalid vehicle.')
  if (!source) return undefined
  reader.unknownKeys(source, VEHICLE, path)
  const id = reader.id(source, path, 'vehicle')
  const noun = `vehicle ${id ?? ''}`.trim()
  const start = readSpot(reader, source, 'start', 'start_index', path, noun)
  const end = readSpot(reader, source, 'end', 'end_index', path, noun)
  if (!start && !end) reader.fault('place.missing', path, `No start or end specified for ${noun}.`, 'start, end')
  const window =
    source.time_window === undefined ? undefined : reader.window(source.time_window, join(path, 'time_window'))
  const speed = source.speed_factor === undefined ? 1 : source.speed_factor
  if (typeof speed !== 'number')
    reader.fault('value.type', join(path, 'speed_factor'), 'Invalid speed_factor value.', 'number')
  else if (!(speed > 0 && speed <= MOST_SPEED))
    reader.fault('value.range', join(path, 'speed_factor'), `Invalid speed factor: ${speed}`, `0 < … ≤ ${MOST_SPEED}`)
  const maxTasks = reader.uint(source, 'max_tasks', path, 'Invalid max_tasks value.')
  const maxTravelS = reader.uint(source, 'max_travel_time', path, 'Invalid max_travel_time value.')
  const maxDistanceM = reader.uint(source, 'max_distance', path, 'Invalid max_distance value.')
  const type = reader.text(source, 'type', path)
  const vehicle: RequestVehicle = {
    id: id ?? 0,
    ...described(reader, source, path),
    profile: reader.text(source, 'profile', path) || DEFAULT_PROFILE,
    ...(type !== undefined && { type }),
    ...(start && { start }),
    ...(end && { end }),
    capacity: reader.amount(source, 'capacity', path, dimensions),
    skills: reader.skills(source, path),
    ...(window && { window }),
    breaks: readBreaks(reader, source, path, noun, dimensions),
    costs: readCosts(reader, source, path, noun),
    speedFactor: typeof speed === 'number' ? speed : 1,
    ...(maxTasks !== undefined && { maxTasks }),
    ...(maxTravelS !== undefined && { maxTravelS }),
    ...(maxDistanceM !== undefined && { maxDistanceM }),
  }
  return { vehicle, path, source }
}

function readBreaks(reader: Reader, source: Json, path: string, noun: string, dimensions: number): RequestBreak[] {
  const here = join(path, 'breaks')
  const seen = new Set<number>()
  const breaks: RequestBreak[] = []
  const values = reader.array(source, 'breaks', path, `Invalid breaks for ${noun}.`)
  if (values.length > MOST_BREAKS)
    reader.fault('limit.size', here, `Too many breaks for ${noun}.`, `${values.length} > ${MOST_BREAKS} breaks`)
  for (const [index, value] of values.entries()) {
    const at = join(here, index)
    const rest = reader.object(value, at, 'Invalid break.')
    if (!rest) continue
    reader.unknownKeys(rest, BREAK, at)
    const id = reader.id(rest, at, 'break')
    if (id !== undefined && seen.has(id)) reader.fault('id.duplicate', at, `Duplicate break id: ${id}.`, `${id}`)
    if (id !== undefined) seen.add(id)
    breaks.push({
      id: id ?? 0,
      ...described(reader, rest, at),
      serviceS: reader.uint(rest, 'service', at, 'Invalid service duration.') ?? 0,
      windows: reader.windows(rest, at, `break ${id ?? ''}`.trim()),
      ...(rest.max_load !== undefined && { maxLoad: reader.amount(rest, 'max_load', at, dimensions) }),
    })
  }
  const first = ({ windows }: RequestBreak) => windows[0] ?? [0, Number.POSITIVE_INFINITY]
  return breaks.sort((a, b) => first(a)[0] - first(b)[0] || Math.sign(first(a)[1] - first(b)[1]) || 0)
}

function readCosts(reader: Reader, source: Json, path: string, noun: string): RequestVehicle['costs'] {
  const here = join(path, 'costs')
  const costs =
    source.costs === undefined ? {} : (reader.object(source.costs, here, `Invalid costs for ${noun}.`) ?? {})
  reader.unknownKeys(costs, COSTS, here)
  const read = (key: string) => reader.uint(costs, key, here, `Invalid ${key} cost for ${noun}.`)
  return {
    fixed: read('fixed') ?? 0,
    perHour: read('per_hour') ?? DEFAULT_PER_HOUR,
    perKm: read('per_km') ?? 0,
    perTaskHour: read('per_task_hour') ?? 0,
  }
}
