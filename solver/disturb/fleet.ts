/**
 * The trucks of a day that is under way. One that has left is a truck of its own, with its driver and the shift it left in; those of its
 * kind that are left stay at home until now. So no truck is in two places, and none leaves in the past.
 */
import type { Balance, Problem, Vehicle } from '../problem.ts'

/** A truck that is known by the route it drives. */
export interface OwnTruck {
  readonly route: string
  readonly vehicle: string
  readonly driver: string | undefined
  readonly departS: number
  readonly returnS: number
  /** it may not leave before; absent: it has left */
  readonly opensS?: number
  /** site at which it ends */
  readonly ends?: string
  /** it does nothing any more: nobody drives it */
  readonly gone?: boolean
  /** carries one shipment alone: it takes no truck from those that may be given a route */
  readonly alone?: boolean
  /** longer than its shift is, where it cannot be otherwise */
  readonly closesS?: number
}

const SEPARATOR = ' @ '
/** The vehicle that a truck of its own is one of. */
export const baseVehicle = (id: string): string => id.split(SEPARATOR)[0]

/** Id lengths are limited by the schema. */
const MAX_ID = 80

/** A balance over trucks that are all gone asks for nothing. */
const balanceOf = ({ unit, spread, vehicles = [] }: Balance, idsOf: (id: string) => string[]): Balance | undefined => {
  const left = vehicles.flatMap(idsOf)
  return left.length > 0 ? { unit, spread, vehicles: left } : undefined
}

export function ownTrucks(
  problem: Problem,
  own: readonly OwnTruck[],
  nowS: number,
): { readonly problem: Problem; readonly vehicleOf: ReadonlyMap<string, string> } {
  const vehicleOf = new Map<string, string>()
  const derived = new Map<string, string[]>()
  const ownDriver = new Map<string, string>()
  const used = new Set(problem.vehicles.map(({ id }) => id))
  const idFor = (base: string, mark: string): string => {
    const name = `${baseVehicle(base)}${SEPARATOR}${mark}`.slice(0, MAX_ID - 4)
    let id = name
    for (let k = 2; used.has(id); k++) id = `${name} ${k}`
    used.add(id)
    return id
  }
  const shiftOf = ({ shifts }: Vehicle, { departS, returnS }: OwnTruck): number => {
    const inside = shifts.map(([opens, closes]) => Math.min(closes, returnS) - Math.max(opens, departS))
    return inside.indexOf(Math.max(...inside))
  }
  const vehicles = problem.vehicles.flatMap((vehicle): Vehicle[] => {
    const trucks = own.filter((truck) => truck.vehicle === vehicle.id)
    const name = vehicle.name ?? baseVehicle(vehicle.id)
    const made: Vehicle[] = []
    const isAlone = vehicle.kind === 'contract' && vehicle.count === 1 && vehicle.shifts.length === 1
    const ids: string[] = []
    for (const truck of trucks) {
      const [opens, closes] = vehicle.shifts[shiftOf(vehicle, truck)]
      if (truck.gone) continue
      const id = isAlone ? vehicle.id : idFor(vehicle.id, truck.route)
      vehicleOf.set(truck.route, id)
      ids.push(id)
      if (truck.driver !== undefined) ownDriver.set(id, truck.driver)
      made.push({
        ...vehicle,
        id,
        ...(isAlone ? {} : { name }),
        count: truck.alone ? 0 : 1,
        shifts: [[truck.opensS ?? opens, Math.max(closes, truck.closesS ?? closes)]],
        ...(truck.ends && {
          end: truck.ends,
          ...(vehicle.maxStops !== undefined && { maxStops: vehicle.maxStops + 1 }),
        }),
      })
    }
    if (isAlone && trucks.length > 0) return made
    // how many are still at home, shift by shift
    const left = vehicle.shifts.map(([opens, closes], shift) => {
      const away = trucks.filter((truck) => {
        if (truck.alone) return false
        const [from, upto] = vehicle.shifts[shiftOf(vehicle, truck)]
        return shiftOf(vehicle, truck) === shift || (from < closes && opens < upto)
      })
      return Math.max(0, vehicle.count - away.length)
    })
    const stays = (vehicle.start ?? null) !== null
    const coming = vehicle.shifts.flatMap(([opens, closes], shift) =>
      stays && closes < nowS
        ? []
        : [{ shift: [stays ? Math.max(opens, nowS) : opens, closes] as [number, number], count: left[shift] }],
    )
    // latest first: the plain name is for the days to come
    const groups = [...Map.groupBy(coming, ({ count }) => count)].reverse()
    const home = groups.flatMap(([count, entries], index): Vehicle[] => {
      // a hired truck of this kind is on the market, whether one is left to be given a route or not
      if (count === 0 && vehicle.kind === 'contract') return []
      const id = index === 0 ? vehicle.id : idFor(vehicle.id, `${count}`)
      ids.push(id)
      return [{ ...vehicle, id, ...(index > 0 && { name }), count, shifts: entries.map(({ shift }) => shift) }]
    })
    derived.set(vehicle.id, ids)
    return [...made, ...home]
  })
  const known = new Set(vehicles.map(({ id }) => id))
  const idsOf = (id: string) => (derived.get(id) ?? [id]).filter((one) => known.has(one))
  const { balance, ...rest } = problem
  const balanced = balance?.vehicles ? balanceOf(balance, idsOf) : balance
  return {
    vehicleOf,
    problem: {
      ...rest,
      vehicles,
      ...(problem.drivers && {
        drivers: problem.drivers.map((driver) => ({
          ...driver,
          vehicles: driver.vehicles.flatMap(idsOf).filter((id) => (ownDriver.get(id) ?? driver.id) === driver.id),
        })),
      }),
      ...(balanced && { balance: balanced }),
    },
  }
}
