/** A request as the search's model: ids become indices, seconds hundredths, and money is summed up arc by arc. */
import {
  COST_PER_HOUR_CS,
  COST_PER_KM_M,
  COST_SCALE,
  CS,
  type Model,
  type ModelTask,
  type ModelVehicle,
  type PlanStep,
} from '../../solver/index.ts'
import type { RequestStep, RequestTask, RequestVehicle, VroomRequest, WindowS } from './request.ts'
import { placeOf, type Tables } from './tables.ts'

export function makeModel(request: VroomRequest, tables: Tables): Model {
  const cells = new Map<string, Float64Array>()
  const once = (key: string, make: () => Float64Array): Float64Array => {
    const known = cells.get(key) ?? make()
    cells.set(key, known)
    return known
  }
  const kinds = new Map<string, number>()
  const kindOf = ({ id: _, description: __, steps: ___, start, end, ...rest }: RequestVehicle): number => {
    const places = [start, end].map((spot) => spot && placeOf(tables, spot))
    const key = JSON.stringify([rest, places])
    if (!kinds.has(key)) kinds.set(key, kinds.size)
    return kinds.get(key)!
  }
  const { tasks } = request
  const vehicles = request.vehicles.map((vehicle): ModelVehicle => {
    const { profile, speedFactor, costs, type, start, end, window } = vehicle
    const table = tables.profiles[profile]!
    const factor = Math.round(CS / speedFactor)
    const durationCs = once(`drive ${factor} ${profile}`, () => table.durationS.map((seconds) => seconds * factor))
    return {
      kind: kindOf(vehicle),
      start: start ? placeOf(tables, start) : null,
      end: end ? placeOf(tables, end) : null,
      openCs: (window?.[0] ?? 0) * CS,
      closeCs: (window?.[1] ?? Number.POSITIVE_INFINITY) * CS,
      capacity: vehicle.capacity,
      skills: vehicle.skills,
      breaks: vehicle.breaks.map(({ windows, serviceS, maxLoad }) => ({
        windows: windows.map(inCs),
        serviceCs: serviceS * CS,
        maxLoad: maxLoad ?? null,
      })),
      durationCs,
      distanceM: table.distanceM,
      arcCost: once(`cost ${factor} ${costs.perHour} ${costs.perKm} ${profile}`, () => {
        if (table.cost) return table.cost.map((cost) => cost * COST_SCALE)
        const { distanceM } = table
        return durationCs.map((driven, cell) => {
          const metres = costs.perKm > 0 && distanceM ? distanceM[cell]! : 0
          return driven * costs.perHour * COST_PER_HOUR_CS + metres * costs.perKm * COST_PER_KM_M
        })
      }),
      fixedCost: costs.fixed * COST_SCALE,
      taskCost: costs.perTaskHour * COST_PER_HOUR_CS,
      setupCs: once(`setup ${type ?? ''}`, () => Float64Array.from(tasks, (task) => setupS(task, type) * CS)),
      serviceCs: once(`service ${type ?? ''}`, () => Float64Array.from(tasks, (task) => serviceS(task, type) * CS)),
      maxTasks: vehicle.maxTasks ?? Number.POSITIVE_INFINITY,
      maxTravelCs: (vehicle.maxTravelS ?? Number.POSITIVE_INFINITY) * CS,
      // without metres there is nothing to hold against it
      maxDistanceM: table.distanceM ? (vehicle.maxDistanceM ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
    }
  })
  return {
    places: tables.size,
    dimensions: request.dimensions,
    vehicles,
    tasks: tasks.map(
      ({ kind, spot, windows, pickup, delivery, skills, priority }): ModelTask => ({
        kind,
        place: placeOf(tables, spot),
        windows: windows.map(inCs),
        pickup,
        delivery,
        skills,
        priority,
      }),
    ),
  }
}

const inCs = ([startS, endS]: WindowS): readonly [number, number] => [startS * CS, endS * CS]
const setupS = ({ setupS, setupPerType }: RequestTask, type: string | undefined): number =>
  type !== undefined && Object.hasOwn(setupPerType, type) ? setupPerType[type]! : setupS
const serviceS = ({ serviceS, servicePerType }: RequestTask, type: string | undefined): number =>
  type !== undefined && Object.hasOwn(servicePerType, type) ? servicePerType[type]! : serviceS

export const planSteps = (steps: readonly RequestStep[]): PlanStep[] =>
  steps.map(({ type, rank, atS, afterS, beforeS }) => ({
    kind: type === 'start' || type === 'break' || type === 'end' ? type : 'task',
    rank,
    ...(atS !== undefined && { atCs: atS * CS }),
    ...(afterS !== undefined && { afterCs: afterS * CS }),
    ...(beforeS !== undefined && { beforeCs: beforeS * CS }),
  }))
