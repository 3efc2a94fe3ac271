/** Jobs and shipments out of a request, and the places that vehicles share with them. */
import { isObject, type Json, join, type Reader, show } from './reader.ts'
import type { RequestTask, Spot } from './request.ts'

const JOB = new Set(
  'id description location location_index setup service setup_per_type service_per_type amount delivery pickup skills priority time_windows'.split(
    ' ',
  ),
)
const SHIPMENT = new Set('pickup delivery amount skills priority'.split(' '))
const SHIPMENT_STEP = new Set(
  'id description location location_index setup service setup_per_type service_per_type time_windows'.split(' '),
)
const MOST_PRIORITY = 100

export function readSpot(
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
export const described = (reader: Reader, source: Json, path: string): Described => {
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

/** How many entries an amount should have. */
export type LengthOf = (amount: unknown) => number

export function readJob(reader: Reader, value: unknown, path: string, lengthOf: LengthOf): RequestTask | undefined {
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

export function readShipment(reader: Reader, value: unknown, path: string, lengthOf: LengthOf): RequestTask[] {
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

export function findDuplicates(reader: Reader, tasks: readonly RequestTask[]): void {
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
