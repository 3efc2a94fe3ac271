/** What the bound has proved, as a document that a stranger can check: see verify.ts, which shares nothing with this. */
import type { Opened } from '../direct.ts'
import { type Certificate, type Plan, RELAXATIONS, type Relaxation } from '../plan.ts'
import { isTruckTariff } from '../tariff.ts'
import type { BoundStep } from './bound.ts'
import type { Relaxed } from './relaxed.ts'

export function writeCertificate(
  opened: Opened,
  relaxed: Relaxed,
  { lowerKrw, prices, rounds, columns, closed }: BoundStep,
  plan: Plan,
): Certificate {
  const { problem, instance, vehicleOf } = opened
  const idOf = (order: number) => problem.shipments[order].id
  return {
    lowerKrw,
    prices: relaxed.pooled.map((order) => ({ shipment: idOf(order), krw: prices.order[order] })),
    fleet: relaxed.kinds.map(({ types, count }, kind) => ({
      vehicle: problem.vehicles[vehicleOf[types[0]]].id,
      shift: instance.types[types[0]].shift,
      count,
      krw: prices.kind[kind],
    })),
    alone: relaxed.alone.map(({ order, krw }) => ({ shipment: idOf(order), krw })),
    unserved: plan.unserved.map(({ shipment }) => shipment),
    proof: lowerKrw >= plan.costKrw ? 'optimal' : closed ? 'closed' : 'stopped',
    relaxed: relaxations(opened, relaxed, plan),
    rounds,
    columns,
  }
}

/** Its bound and prices again; undefined where it is of other shipments or trucks. What it claims is taken as it is: see verify. */
export function readCertificate(
  { problem, instance, vehicleOf }: Opened,
  { pooled, kinds, alone }: Relaxed,
  { lowerKrw, prices, fleet, alone: loners }: Certificate,
): Pick<BoundStep, 'lowerKrw' | 'prices'> | undefined {
  const priceOf = new Map(prices.map(({ shipment, krw }) => [shipment, krw]))
  const order = new Float64Array(instance.orders)
  for (const index of pooled) order[index] = priceOf.get(problem.shipments[index].id) ?? Number.NaN
  const kind = Float64Array.from(kinds, ({ types, count }) => {
    const { id } = problem.vehicles[vehicleOf[types[0]]]
    const { shift } = instance.types[types[0]]
    return fleet.find((row) => row.vehicle === id && row.shift === shift && row.count === count)?.krw ?? Number.NaN
  })
  const sameSize = prices.length === pooled.length && loners.length === alone.length
  return sameSize && order.every(Number.isFinite) && kind.every(Number.isFinite)
    ? { lowerKrw, prices: { order, kind } }
    : undefined
}

/** What the problem asks of plans and the bound does not. */
function relaxations({ problem, instance }: Opened, { kinds, roundabout }: Relaxed, plan: Plan): Relaxation[] {
  const { shipments, tariffs, vehicles } = problem
  const closed = kinds.some(({ start, end }) => start >= 0 || end >= 0)
  const open = kinds.some(({ start, end }) => start < 0 && end < 0)
  const asked: Readonly<Record<Relaxation, boolean>> = {
    unservedOut: plan.unserved.length > 0,
    rests: Number.isFinite(instance.driveS),
    sequence: closed,
    workTime: open && Number.isFinite(instance.maxWorkS),
    detours: roundabout,
    softWindows: instance.soft !== null,
    drivers: instance.roster !== null,
    docks: instance.docks !== null,
    balance: instance.balance !== null,
    together: (problem.together ?? []).length > 0,
    apart: (problem.apart ?? []).length > 0,
    mixing: (problem.mixing ?? []).length > 0,
    lastInFirstOut: vehicles.some(({ lastInFirstOut }) => lastInFirstOut),
    timeOnBoard: shipments.some(({ maxOnBoardS }) => maxOnBoardS !== undefined),
    trips: vehicles.some(({ maxTrips }) => maxTrips !== undefined),
    routeLength: vehicles.some(({ maxRouteM }) => maxRouteM !== undefined),
    overtime: tariffs.some(
      (tariff) => isTruckTariff(tariff) && tariff.kind === 'contract' && tariff.overtime !== undefined,
    ),
    timeOfDay: kinds.some(({ types }) => instance.types[types[0]].slices !== null),
  }
  return RELAXATIONS.filter((relaxation) => asked[relaxation])
}
