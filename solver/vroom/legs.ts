/**
 * The time between two tasks with breaks in it. Driving may be cut anywhere by a break, so a leg is a set of differences: a break starts
 * no earlier than the one before it ends, and the arrival is no earlier than all driving and all breaks of the leg after the departure.
 */
import { earliestIn, latestIn, type ModelVehicle } from './model.ts'

/** Earliest arrival when `count` breaks from the `first` on are taken on the way; Infinity: one of them would be too late. */
export function arriveCs(
  vehicle: ModelVehicle,
  leaveCs: number,
  drivingCs: number,
  first: number,
  count: number,
): number {
  let endCs = leaveCs
  let restCs = 0
  for (let k = first; k < first + count; k++) {
    const { windows, serviceCs } = vehicle.breaks[k]
    endCs = earliestIn(windows, endCs) + serviceCs
    restCs += serviceCs
  }
  return Math.max(endCs, leaveCs + drivingCs + restCs)
}

/** Latest departure that still arrives by a time; -Infinity: none. */
export function leaveByCs(
  vehicle: ModelVehicle,
  arriveCs: number,
  drivingCs: number,
  first: number,
  count: number,
): number {
  let startCs = arriveCs
  let restCs = 0
  for (let k = first + count - 1; k >= first; k--) {
    const { windows, serviceCs } = vehicle.breaks[k]
    startCs = latestIn(windows, startCs - serviceCs)
    restCs += serviceCs
  }
  return Math.min(startCs, arriveCs - drivingCs - restCs)
}
