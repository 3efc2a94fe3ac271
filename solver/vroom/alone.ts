/** Why nobody serves a task: for each vehicle the first rule that keeps it out even when the vehicle does nothing else. */
import { fitsUnder, hasSkills, type Model } from './model.ts'
import { loadAfter, loadAtStart, timeRoute } from './timetable.ts'

export type Obstacle = 'skills' | 'capacity' | 'max_tasks' | 'time' | 'range' | 'others'

/** The tasks of an order in their order, with the first of them given. */
export const tasksOfOrder = (model: Model, first: number): number[] =>
  model.tasks[first].kind === 'job' ? [first] : [first, first + 1]

/** [vehicle] `others`: it could, were it not for the rest of its route. */
export function obstaclesOf(model: Model, first: number): Obstacle[] {
  const tasks = tasksOfOrder(model, first)
  // equal vehicles are asked once
  const known = new Map<number, Obstacle>()
  return model.vehicles.map((vehicle, index) => {
    const obstacle = known.get(vehicle.kind) ?? obstacleOf(model, index, tasks)
    known.set(vehicle.kind, obstacle)
    return obstacle
  })
}

function obstacleOf(model: Model, index: number, tasks: readonly number[]): Obstacle {
  const vehicle = model.vehicles[index]
  if (!tasks.every((task) => hasSkills(vehicle, model.tasks[task]))) return 'skills'
  let load = loadAtStart(model, tasks)
  const loads = [load, ...tasks.map((task) => (load = loadAfter(model, load, task)))]
  if (!loads.every((amounts) => fitsUnder(amounts, vehicle.capacity))) return 'capacity'
  if (tasks.length > vehicle.maxTasks) return 'max_tasks'
  const timed = timeRoute(model, index, tasks)
  if (!timed) return 'time'
  const { travelCs, metres } = timed[timed.length - 1]
  return travelCs > vehicle.maxTravelCs || metres > vehicle.maxDistanceM ? 'range' : 'others'
}
