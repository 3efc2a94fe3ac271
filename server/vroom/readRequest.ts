/** Reads a request in the wire format of VROOM 1.14 and finds everything that is wrong with it, in the words its clients know. */
import { findMatrixFaults, findMixedPlaces, findRepeatedSteps } from './crossFaults.ts'
import type { Fault } from './faults.ts'
import { isObject, type Json, Reader } from './reader.ts'
import { readMatrices } from './readMatrices.ts'
import { readSteps } from './readSteps.ts'
import { findDuplicates, readJob, readShipment } from './readTasks.ts'
import { readVehicle } from './readVehicle.ts'
import type { RequestOptions, VroomRequest } from './request.ts'

/** A plan of more would take the search minutes. */
export const MOST_TASKS = 2000
export const MOST_VEHICLES = 1000

const ROOT = new Set(['vehicles', 'jobs', 'shipments', 'matrices', 'matrix', 'options', 'meta', 'distribute_options'])
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
