/** Random problems that ask for a random half of all there is to ask for. */
import { DAY_S, type Driver, type Problem } from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { companyProblem } from './companies.ts'
import { HOUR, randomProblem, wildProblem } from './problems.ts'

export const FEATURES = [
  'mixing',
  'together',
  'apart',
  'lastInFirstOut',
  'timeOnBoard',
  'parts',
  'trips',
  'hold',
  'drivers',
  'soft',
  'balance',
  'docks',
] as const
export type Feature = (typeof FEATURES)[number]

/** A random problem that asks for a random half of all there is to ask for. */
export function manyFeatures(seed: number, count = 8) {
  const random = new Random(seed + 9000)
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]
  const chance = (share: number) => random.unit() < share
  const on = new Set<Feature>(FEATURES.filter(() => chance(0.5)))
  const make = seed % 2 === 0 ? randomProblem : wildProblem
  const made = companyProblem({ seed, shipments: count, span: pick([15, 40, 80]) }, make)
  const { mixing, together = [], apart, ...rest } = made.problem
  const grouped = new Set(on.has('together') ? together.flat() : [])
  const soft = () => {
    const opensS = random.below(24 * 60) * 60
    return { opensS, closesS: opensS + 1801, earlyKrwPerHour: random.below(9000) + 0.5, lateKrwPerHour: 9000 }
  }
  const shipments = rest.shipments.map(({ maxOnBoardS, ...entry }) => ({
    ...entry,
    ...(on.has('timeOnBoard') && maxOnBoardS !== undefined ? { maxOnBoardS } : {}),
    ...(on.has('parts') && !grouped.has(entry.id) && chance(0.4)
      ? { weightKg: 7000, pieceKg: 700, volumeL: 0, pallets: 0, maxParts: 9, handling: undefined, mustGoAlone: false }
      : {}),
    ...(on.has('hold') && chance(0.5) ? { holdKrwPerDay: random.below(40_000) + 0.5 } : {}),
    ...(on.has('soft') && chance(0.5) ? { softPickup: soft() } : {}),
    ...(on.has('soft') && chance(0.5) ? { softDelivery: soft() } : {}),
  }))
  const vehicles = rest.vehicles.map(({ lastInFirstOut, ...entry }) => ({
    ...entry,
    ...(on.has('lastInFirstOut') && lastInFirstOut ? { lastInFirstOut } : {}),
    ...(on.has('trips') && chance(0.6) ? { maxTrips: 1 + random.below(2) } : {}),
  }))
  const drivers = Array.from(
    { length: 1 + random.below(3) },
    (_, k): Driver => ({
      id: `d${k}`,
      vehicles: ['own'],
      ...(chance(0.5)
        ? {
            shifts: Array.from({ length: rest.days }, (_, day): [number, number] => {
              const opens = day * DAY_S + random.below(11) * HOUR
              return [opens, opens + (4 + random.below(8)) * HOUR]
            }),
          }
        : {}),
    }),
  )
  const unit = pick(['workS', 'stops', 'weightKg'] as const)
  const spread = random.below({ workS: 3 * HOUR, stops: 3, weightKg: 600 }[unit])
  const sites = rest.sites.map((entry) => (on.has('docks') && chance(0.7) ? { ...entry, dockCount: 1 } : entry))
  // undefined fields are no fields
  const problem: Problem = JSON.parse(
    JSON.stringify({
      ...rest,
      sites,
      shipments,
      vehicles,
      ...(on.has('mixing') ? { mixing } : {}),
      ...(on.has('together') ? { together } : {}),
      ...(on.has('apart') ? { apart } : {}),
      ...(on.has('drivers') ? { drivers } : {}),
      ...(on.has('balance')
        ? { balance: { unit, spread, ...(chance(0.5) ? { vehicles: ['own', 'spot'] } : {}) } }
        : {}),
    }),
  )
  return { problem, travel: made.travel, on, random }
}
