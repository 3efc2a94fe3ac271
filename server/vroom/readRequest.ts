/** Reads a request in the wire format of VROOM 1.14 and finds everything that is wrong with it, in the words its clients know. */
import type { Fault } from './faults.ts'
import { isObject, isUint, type Json, join, Reader, show } from './reader.ts'
import { readSteps } from './readSteps.ts'
import type {
  Matrix,
  ProfileMatrices,
  RequestBreak,
  RequestOptions,
  RequestTask,
  RequestVehicle,
  Spot,
  VroomRequest,
} from './request.ts'
import { spotsOf } from './request.ts'

/** A plan of more would take the search minutes. */
export const MOST_TASKS = 2000
export const MOST_VEHICLES = 1000
const MOST_BREAKS = 8
const MOST_PRIORITY = 100
const MOST_SPEED = 5
const DEFAULT_PROFILE = 'car'
const DEFAULT_PER_HOUR = 3600

const ROOT = new Set(['vehicles', 'jobs', 'shipments', 'matrices', 'matrix', 'options', 'meta', 'distribute_options'])
const JOB = new Set(
  'id description location location_index setup service setup_per_type service_per_type amount delivery pickup skills priority time_windows'.split(
    ' ',
  ),
)
const SHIPMENT = new Set('pickup delivery amount skills priority'.split(' '))
const SHIPMENT_STEP = new Set(
  'id description location location_index setup service setup_per_type service_per_type time_windows'.split(' '),
)
const VEHICLE = new Set(
  'id profile description start start_index end end_index capacity costs skills type time_window breaks speed_factor max_tasks max_travel_time max_distance steps'.split(
    ' ',
  ),
)
const BREAK = new Set('id time_windows service description max_load'.split(' '))
const COSTS = new Set('fixed per_hour per_km per_task_hour'.split(' '))
const MATRICES = new Set('durations distances costs'.split(' '))
const OPTIONS = new Set('c g l t x'.split(' '))

export interface Reading {
  /** present where there is no fault */
  readonly request?: VroomRequest
  readonly faults: readonly Fault[]
  /** what was read over: keys that nobody knows, values that nothing uses */
  readonly notes: readonly Fault[]
}

export function readRequest(body: unknown, planMode: boolean): Reading {
  const reader = new Reader()
  if (!isObject(body)) {
    reader.fault('root.type', '/', 'Input root is not an object.')
    return reader
  }
  reader.unknownKeys(body, ROOT, '')
  const options = readOptions(reader, body, planMode)
  const listed = body.vehicles
  if (!Array.isArray(listed)) reader.fault('root.noVehicles', 'vehicles', 'Invalid vehicles.')
  else if (listed.length === 0) reader.fault('root.noVehicles', 'vehicles', 'No vehicle defined.')
  const first: unknown = Array.isArray(listed) ? listed[0] : undefined
  const dimensions = isObject(first) && Array.isArray(first.capacity) ? first.capacity.length : 0
  // without a first vehicle nobody knows how long an amount should be
  const lengthOf = (amount: unknown) => (isObject(first) || !Array.isArray(amount) ? dimensions : amount.length)
  if (!withinLimits(reader, body)) return reader

  const raw = (Array.isArray(listed) ? listed : []).map((value, index) =>
    readVehicle(reader, value, `vehicles/${index}`, dimensions),
  )
  const jobs = reader.array(body, 'jobs', '', 'Invalid jobs.').flatMap((value, index) => {
    const job = readJob(reader, value, `jobs/${index}`, lengthOf)
    return job ? [job] : []
  })
  const pairs = reader
    .array(body, 'shipments', '', 'Invalid shipments.')
    .flatMap((value, index) => readShipment(reader, value, `shipments/${index}`, lengthOf))
  const tasks = [...jobs, ...pairs]
  const isNothing = (key: string) => body[key] === undefined || (Array.isArray(body[key]) && body[key].length === 0)
  if (isNothing('jobs') && isNothing('shipments')) reader.fault('root.noTasks', '/', 'No task defined.')
  findDuplicates(reader, tasks)
  const matrices = readMatrices(reader, body)
  const readVehicles = raw.filter((vehicle) => vehicle !== undefined)
  const vehicles = readVehicles.map(({ vehicle, path, source }) => ({
    ...vehicle,
    ...readSteps(reader, source, path, vehicle, tasks),
  }))
  findRepeatedSteps(reader, readVehicles, vehicles, tasks)
  const byIndex = findMixedPlaces(reader, { vehicles, tasks })
  const request: VroomRequest = { dimensions, vehicles, tasks, matrices, byIndex, options }
  findMatrixFaults(reader, request, readVehicles)
  return reader.faults.length > 0 ? reader : { request, faults: [], notes: reader.notes }
}

function readOptions(reader: Reader, body: Json, planMode: boolean): RequestOptions {
  const source = body.options === undefined ? {} : (reader.object(body.options, 'options', 'Invalid options.') ?? {})
  reader.unknownKeys(source, OPTIONS, 'options')
  const flag = (key: string): boolean => {
    const value = source[key]
    if (value !== undefined && typeof value !== 'boolean')
      reader.fault('value.type', `options/${key}`, `Invalid ${key} option.`, 'boolean')
    return value === true
  }
  const number = (key: string, least: number, most: number): number | undefined => {
    const value = source[key]
    if (value === undefined) return undefined
    if (typeof value !== 'number') reader.fault('value.type', `options/${key}`, `Invalid ${key} option.`, 'number')
    else if (value < least || value > most)
      reader.fault('value.range', `options/${key}`, `Invalid ${key} option.`, `${least}–${most}`)
    else return value
    return undefined
  }
  const limitS = number('l', 0, 3600)
  const exploration = number('x', 0, 5) ?? 5
  // one thread is what a request gets: accepted, so that clients need not change
  number('t', 1, 1024)
  return { geometry: flag('g'), planMode: flag('c') || planMode, exploration, ...(limitS !== undefined && { limitS }) }
}

/** A list that is far too long is one fault, not thousands of others. */
function withinLimits(reader: Reader, body: Json): boolean {
  const count = (key: string) => (Array.isArray(body[key]) ? body[key].length : 0)
  const tasks = count('jobs') + 2 * count('shipments')
  if (tasks > MOST_TASKS) reader.fault('limit.size', '/', `Too many tasks: ${tasks}.`, `${tasks} > ${MOST_TASKS} tasks`)
  if (count('vehicles') > MOST_VEHICLES) {
    const detail = `${count('vehicles')} > ${MOST_VEHICLES} vehicles`
    reader.fault('limit.size', 'vehicles', `Too many vehicles: ${count('vehicles')}.`, detail)
  }
  return !reader.faults.some(({ code }) => code === 'limit.size')
}

function readSpot(
  reader: Reader,
  source: Json,
  key: string,
  indexKey: string,
  path: string,
  noun: string,
): Spot | undefined {
  const location = reader.coordinates(source, key, path)
  const index = reader.uint(source, indexKey, path, `Invalid ${indexKey} for ${noun}.`)
  if (source[key] === undefined && source[indexKey] === undefined) return undefined
  return {
    path: join(path, source[key] === undefined ? indexKey : key),
    ...(location && { location }),
    ...(index !== undefined && { index }),
  }
}

type Described = { readonly description?: string }
const described = (reader: Reader, source: Json, path: string): Described => {
  const description = reader.text(source, 'description', path)
  return description === undefined ? {} : { description }
}

/** What jobs and both ends of a shipment have in common. */
function readStop(reader: Reader, source: Json, path: string, kind: RequestTask['kind']) {
  const id = reader.id(source, path, kind)
  const noun = `${kind} ${id ?? ''}`.trim()
  const spot = readSpot(reader, source, 'location', 'location_index', path, noun)
  if (!spot) reader.fault('place.missing', path, `Invalid location for ${noun}.`, 'location, location_index')
  return {
    kind,
    id: id ?? 0,
    ...described(reader, source, path),
    spot: spot ?? { path },
    setupS: reader.uint(source, 'setup', path, 'Invalid setup duration.') ?? 0,
    serviceS: reader.uint(source, 'service', path, 'Invalid service duration.') ?? 0,
    setupPerType: reader.perType(source, 'setup_per_type', path, noun),
    servicePerType: reader.perType(source, 'service_per_type', path, noun),
    windows: reader.windows(source, path, noun),
  }
}

function readPriority(reader: Reader, source: Json, path: string, noun: string): number {
  const priority = reader.uint(source, 'priority', path, 'Invalid priority value.') ?? 0
  if (priority > MOST_PRIORITY)
    reader.fault('value.range', join(path, 'priority'), `Invalid priority value for ${noun}.`, `0–${MOST_PRIORITY}`)
  return priority
}

type LengthOf = (amount: unknown) => number

function readJob(reader: Reader, value: unknown, path: string, lengthOf: LengthOf): RequestTask | undefined {
  const source = reader.object(value, path, 'Invalid job.')
  if (!source) return undefined
  reader.unknownKeys(source, JOB, path)
  const stop = readStop(reader, source, path, 'job')
  // the old key is a delivery where it stands alone
  const old = source.amount !== undefined && source.delivery === undefined && source.pickup === undefined
  const brought = old ? 'amount' : 'delivery'
  return {
    ...stop,
    delivery: reader.amount(source, brought, path, lengthOf(source[brought])),
    pickup: reader.amount(source, 'pickup', path, lengthOf(source.pickup)),
    skills: reader.skills(source, path),
    priority: readPriority(reader, source, path, `job ${show(source.id)}`),
  }
}

function readShipment(reader: Reader, value: unknown, path: string, lengthOf: LengthOf): RequestTask[] {
  const source = reader.object(value, path, 'Invalid shipment.')
  if (!source) return []
  reader.unknownKeys(source, SHIPMENT, path)
  const amount = reader.amount(source, 'amount', path, lengthOf(source.amount))
  const none = amount.map(() => 0)
  const skills = reader.skills(source, path)
  const id = isObject(source.pickup) ? ` ${show(source.pickup.id)}` : ''
  const priority = readPriority(reader, source, path, `pickup${id}`)
  return (['pickup', 'delivery'] as const).flatMap((kind): RequestTask[] => {
    const here = join(path, kind)
    if (source[kind] === undefined) {
      reader.fault('value.missing', here, `Missing ${kind} for shipment.`, kind)
      return []
    }
    const step = reader.object(source[kind], here, `Missing ${kind} for shipment.`)
    if (!step) return []
    reader.unknownKeys(step, SHIPMENT_STEP, here)
    const [pickup, delivery] = kind === 'pickup' ? [amount, none] : [none, amount]
    return [{ ...readStop(reader, step, here, kind), pickup, delivery, skills, priority }]
  })
}

function findDuplicates(reader: Reader, tasks: readonly RequestTask[]): void {
  for (const kind of ['job', 'pickup', 'delivery'] as const) {
    const seen = new Set<number>()
    for (const task of tasks) {
      if (task.kind !== kind) continue
      if (seen.has(task.id))
        reader.fault('id.duplicate', parentOf(task.spot.path), `Duplicate ${kind} id: ${task.id}.`, `${task.id}`)
      seen.add(task.id)
    }
  }
}

/** Of a place of a task: the task, whether it names the place or not. */
const parentOf = (path: string): string => path.replace(/\/location(_index)?$/, '')

interface Sourced {
  readonly vehicle: RequestVehicle
  readonly path: string
  readonly source: Json
}

function readVehicle(reader: Reader, value: unknown, path: string, dimensions: number): Sourced | undefined {
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

function readMatrices(reader: Reader, body: Json): Record<string, ProfileMatrices> {
  if (body.matrices === undefined) {
    if (body.matrix === undefined) return {}
    const durations = readMatrix(reader, body.matrix, 'matrix')
    return durations ? { [DEFAULT_PROFILE]: { durations } } : {}
  }
  const source = reader.object(body.matrices, 'matrices', 'Unexpected matrices value.') ?? {}
  const profiles: [string, ProfileMatrices][] = []
  for (const [profile, value] of Object.entries(source)) {
    const path = join('matrices', profile.slice(0, 60))
    if (!isObject(value)) {
      reader.fault('value.type', path, 'Unexpected matrices value.', 'object')
      continue
    }
    reader.unknownKeys(value, MATRICES, path)
    const read = (key: string) =>
      value[key] === undefined ? undefined : readMatrix(reader, value[key], join(path, key))
    const durations = read('durations')
    const distances = read('distances')
    const costs = read('costs')
    const sizes = [durations, distances, costs].flatMap((matrix) => (matrix ? [matrix.length] : []))
    if (new Set(sizes).size > 1)
      reader.fault(
        'matrix.sizes',
        path,
        `Inconsistent matrix sizes for ${profile.slice(0, 60)} profile.`,
        sizes.join(', '),
      )
    if (value.distances !== undefined && value.durations === undefined) {
      const error = `Custom matrix provided for distances but not for durations for ${profile.slice(0, 60)} profile.`
      reader.fault('matrix.noDurations', path, error, profile.slice(0, 60))
    }
    profiles.push([
      profile,
      { ...(durations && { durations }), ...(distances && { distances }), ...(costs && { costs }) },
    ])
  }
  return Object.fromEntries(profiles)
}

/** One fault for each row, or a wrong type would be a fault for each cell. */
function readMatrix(reader: Reader, value: unknown, path: string): Matrix | undefined {
  const before = reader.faults.length
  if (!Array.isArray(value)) reader.fault('value.type', path, 'Invalid matrix.', 'array')
  else if (value.length === 0) reader.fault('matrix.shape', path, 'Empty matrix.', '0 × 0')
  else {
    for (const [index, row] of value.entries()) {
      if (!Array.isArray(row)) reader.fault('value.type', join(path, index), 'Unexpected matrix line length.', 'array')
      else if (row.length !== value.length)
        reader.fault(
          'matrix.shape',
          join(path, index),
          'Unexpected matrix line length.',
          `${row.length} ≠ ${value.length}`,
        )
      else {
        const wrong = row.findIndex((cell) => !isUint(cell))
        if (wrong >= 0) reader.fault('value.type', join(join(path, index), wrong), 'Invalid matrix entry.', 'uint')
      }
    }
  }
  return reader.faults.length === before ? (value as Matrix) : undefined
}

/** A task is done once: the same one in the steps of two vehicles, or twice in one, cannot be planned. */
function findRepeatedSteps(
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
function findMixedPlaces(reader: Reader, request: Pick<VroomRequest, 'vehicles' | 'tasks'>): boolean {
  const spots = spotsOf(request)
  const byIndex = spots[0]?.index !== undefined
  for (const { index, location, path } of spots)
    if ((index !== undefined) !== byIndex && (index !== undefined || location !== undefined))
      reader.fault('place.mixed', path, 'Missing location index.')
  return byIndex
}

function findMatrixFaults(reader: Reader, request: VroomRequest, sources: readonly Sourced[]): void {
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
