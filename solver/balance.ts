/**
 * Balance: over the routes that some vehicles drive on one day, the largest amount of work less the smallest stays within a spread. It
 * ranks below serving a shipment and above cost: a plan that serves one more and breaks it is better, a plan that keeps it by sending
 * shipments direct is better than a cheaper one that does not. Where it is broken the plan says so.
 */
import type { Plan, Violation } from './plan.ts'
import type { Balance, Problem, Vehicle } from './problem.ts'
import { dayIndex } from './problem.ts'

export const BALANCE_UNIT = { workS: 's', stops: 'stops', weightKg: 'kg' } as const
/** An excess that the search takes as one: an hour, a stop, half a tonne. */
export const BALANCE_SCALE = { workS: 3600, stops: 1, weightKg: 500 } as const

/** Vehicles whose routes are held against each other. */
export const isBalanced = ({ vehicles }: Balance, vehicle: Vehicle): boolean =>
  vehicles ? vehicles.includes(vehicle.id) : vehicle.kind === 'contract'

/** Largest less smallest amount on each day that has a route, by day. */
export function spreads(
  amounts: Iterable<{ readonly day: number; readonly amount: number }>,
): { day: number; spread: number }[] {
  const days = new Map<number, { least: number; most: number }>()
  for (const { day, amount } of amounts) {
    const { least, most } = days.get(day) ?? { least: amount, most: amount }
    days.set(day, { least: Math.min(least, amount), most: Math.max(most, amount) })
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([day, { least, most }]) => ({ day, spread: Math.round((most - least) * 1000) / 1000 }))
}

/** The spread of each day of a finished plan; 1: the first. */
export function planSpreads(problem: Problem, balance: Balance, plan: Pick<Plan, 'routes'>): Plan['balance'] & {} {
  const vehicles = new Map(problem.vehicles.map((vehicle) => [vehicle.id, vehicle]))
  const shipments = new Map(problem.shipments.map((shipment) => [shipment.id, shipment]))
  return spreads(
    plan.routes.flatMap((route) => {
      const vehicle = vehicles.get(route.vehicle)!
      if (!isBalanced(balance, vehicle)) return []
      const shift = vehicle.shifts.find(([opens, closes]) => route.departS >= opens && route.returnS <= closes)
      const day = route.day ?? dayIndex(shift?.[0] ?? route.departS) + 1
      const picked = route.stops.flatMap((stop) => stop.visits).filter(({ kind }) => kind === 'pickup')
      const amount = {
        workS: route.returnS - route.departS,
        stops: route.stops.length,
        weightKg: picked.reduce((sum, visit) => sum + shipments.get(visit.shipment)!.weightKg, 0),
      }[balance.unit]
      return { day, amount }
    }),
  )
}

/** Days whose spread is too large, as a plan says so and as check finds them. */
export const brokenBalance = (balance: Balance, days: Plan['balance'] & {}): Violation[] =>
  days
    .filter(({ spread }) => spread > balance.spread)
    .map(({ day, spread }) => ({
      rule: 'balance',
      day,
      excess: Math.round((spread - balance.spread) * 1000) / 1000,
      unit: BALANCE_UNIT[balance.unit],
      limit: balance.spread,
      found: spread,
    }))
