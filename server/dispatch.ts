/** Who drives which round: what somebody has said of it, and where nobody has, whose vehicle the plan gives it. */
import { baseVehicle, driverChanges, type Plan } from '../solver/index.ts'
import type { Carrier, Dispatch, DispatchContent } from './api.ts'
import type { ComplexData } from './complexes.ts'
import { roundsOf } from './reports/guide.ts'

/** The one it was given to; else the first that names the vehicle. One that the complex has no more is nobody. */
export function carrierOf(
  { carriers = [] }: Pick<ComplexData, 'carriers'>,
  dispatch: Pick<Dispatch, 'carrier'> | undefined,
  vehicle: string,
): Carrier | undefined {
  if (dispatch?.carrier !== undefined) return carriers.find(({ id }) => id === dispatch.carrier)
  return carriers.find(({ vehicles }) => vehicles.includes(baseVehicle(vehicle)))
}

/** Of every round of the plan, in its order, with the carrier by default where nobody has named one. */
export function dispatchesOf(
  data: Pick<ComplexData, 'carriers'>,
  plan: Plan,
  stored: readonly Dispatch[],
): readonly Dispatch[] {
  return roundsOf(plan).map(({ id, vehicle }) => {
    const said = stored.find(({ route }) => route === id) ?? { route: id, state: 'open', version: 0 }
    const carrier = said.carrier ?? carrierOf(data, said, vehicle)?.id
    return { ...said, ...(carrier !== undefined && { carrier }) }
  })
}

/** May this carrier know of it? Of its own rounds, once somebody has asked it. */
export const isToldTo = (carrier: string | null, dispatch: Dispatch): boolean =>
  carrier !== null && dispatch.carrier === carrier && dispatch.state !== 'open'

/** All that a carrier may know of. */
export const dispatchedTo = (
  data: Pick<ComplexData, 'carriers'>,
  plan: Plan,
  stored: readonly Dispatch[],
  carrier: string | null,
): readonly Dispatch[] => dispatchesOf(data, plan, stored).filter((dispatch) => isToldTo(carrier, dispatch))

/** Has it such a vehicle, or a truck that can stand for one? */
export const hasVehicle = ({ vehicles, trucks = [] }: Carrier, vehicle: string): boolean =>
  vehicles.includes(baseVehicle(vehicle)) || trucks.some((truck) => truck.vehicle === baseVehicle(vehicle))

/**
 * What a plan takes over from the one it comes in place of: a truck that still does most of what it did keeps carrier, plate and driver. One
 * that has other stops or other times (5 minutes and more) asks its driver again.
 */
export function takeOver(before: Plan, said: readonly Dispatch[], after: Plan): Dispatch[] {
  const whole = (plan: Plan): Plan => ({ ...plan, routes: roundsOf(plan) })
  return driverChanges(whole(before), whole(after)).flatMap((change): Dispatch[] => {
    const known = said.find(({ route }) => route === change.before)
    if (!known || change.after === null) return []
    const { proposal, state, ...kept } = known
    const next = { ...kept, route: change.after, version: 1 }
    if (change.kind === 'same') return [{ ...next, state, ...(proposal && { proposal }) }]
    return [{ ...next, state: ASKED_AGAIN[state] }]
  })
}

/** Who has declined the round as it was has said nothing of the new one, and somebody may have another carrier in mind. */
const ASKED_AGAIN: Readonly<Record<DispatchContent['state'], DispatchContent['state']>> = {
  open: 'open',
  offered: 'offered',
  accepted: 'offered',
  declined: 'open',
}
