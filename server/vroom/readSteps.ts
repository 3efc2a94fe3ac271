/** The steps that a request prescribes for a vehicle. */
import { isId, type Json, join, type Reader, show } from './reader.ts'
import type { RequestStep, RequestTask, RequestVehicle } from './request.ts'

const TYPES = ['start', 'job', 'pickup', 'delivery', 'break', 'end'] as const
const STEP = new Set('type id service_at service_after service_before description'.split(' '))

/** With a start before and an end behind, whether they were given or not; nothing where the vehicle has no steps. */
export function readSteps(
  reader: Reader,
  source: Json,
  path: string,
  vehicle: RequestVehicle,
  tasks: readonly RequestTask[],
): { readonly steps?: readonly RequestStep[] } {
  const values = reader.array(source, 'steps', path, `Invalid steps for vehicle ${vehicle.id}.`)
  if (values.length === 0) return {}
  const steps: RequestStep[] = []
  for (const [index, value] of values.entries()) {
    const here = join(join(path, 'steps'), index)
    const step = reader.object(value, here, `Invalid steps for vehicle ${vehicle.id}.`)
    if (!step) continue
    reader.unknownKeys(step, STEP, here)
    const type = TYPES.find((known) => known === step.type)
    if (type === undefined) {
      reader.fault('steps.type', here, `Invalid type in steps for vehicle ${vehicle.id}.`, show(step.type))
      continue
    }
    if ((type === 'start' && index > 0) || (type === 'end' && index < values.length - 1))
      reader.fault('steps.order', here, `Unexpected ${type} in input steps for vehicle ${vehicle.id}.`, type)
    const atS = reader.uint(step, 'service_at', here, 'Invalid service_at value.')
    const afterS = reader.uint(step, 'service_after', here, 'Invalid service_after value.')
    const beforeS = reader.uint(step, 'service_before', here, 'Invalid service_before value.')
    const rank = type === 'start' || type === 'end' ? -1 : rankOf(reader, step, here, type, vehicle, tasks)
    if (rank === undefined) continue
    steps.push({
      type,
      rank,
      ...(atS !== undefined && { atS }),
      ...(afterS !== undefined && { afterS }),
      ...(beforeS !== undefined && { beforeS }),
    })
  }
  if (steps[0]?.type !== 'start') steps.unshift({ type: 'start', rank: -1 })
  if (steps.at(-1)?.type !== 'end') steps.push({ type: 'end', rank: -1 })
  return { steps }
}

function rankOf(
  reader: Reader,
  step: Json,
  path: string,
  type: 'job' | 'pickup' | 'delivery' | 'break',
  vehicle: RequestVehicle,
  tasks: readonly RequestTask[],
): number | undefined {
  if (!isId(step.id)) {
    const [code, detail] = step.id === undefined ? (['value.missing', 'id'] as const) : (['value.type', 'id'] as const)
    reader.fault(code, join(path, 'id'), `Invalid id in steps for vehicle ${vehicle.id}.`, detail)
    return undefined
  }
  const rank =
    type === 'break'
      ? vehicle.breaks.findIndex(({ id }) => id === step.id)
      : tasks.findIndex(({ kind, id }) => kind === type && id === step.id)
  if (rank >= 0) return rank
  reader.fault('steps.unknown', path, `Invalid ${type} id ${step.id} for vehicle ${vehicle.id}.`, `${type} ${step.id}`)
  return undefined
}
