/** Planned and real times stop by stop, as rows of a sheet. */
import { type Locale, type Plan, type Problem, problemInParts } from '../../solver/index.ts'
import type { Actual } from '../api.ts'
import type { Sheet } from '../sheets/value.ts'
import { type Column, sheetOf } from './columns.ts'
import { clockOf } from './wallClock.ts'

const COLUMNS: readonly Column[] = [
  ['노선', 'Route'],
  ['차량', 'Truck'],
  ['순서', 'Stop'],
  ['장소', 'Place'],
  ['상차', 'Pickups'],
  ['하차', 'Deliveries'],
  ['계획 도착', 'Planned arrival'],
  ['실제 도착', 'Real arrival'],
  ['도착 차이(분)', 'Arrival, later by (min)'],
  ['계획 출발', 'Planned leaving'],
  ['실제 출발', 'Real leaving'],
  ['출발 차이(분)', 'Leaving, later by (min)'],
  ['수량(kg)', 'Quantity (kg)'],
  ['메모', 'Note'],
]

export function actualSheet(plan: Plan, whole: Problem, actuals: readonly Actual[], locale: Locale): Sheet {
  const problem = problemInParts(whole, plan.parts ?? [])
  const startMs = Date.parse(problem.startsAt)
  const clock = clockOf(problem)
  const valid = actuals.filter((entry) => !entry.corrected && !entry.void)
  const nameOf = new Map(problem.sites.map(({ id, name }) => [id, name]))
  const truckOf = new Map(problem.vehicles.map(({ id, name }) => [id, name ?? id]))
  const rows = plan.routes.flatMap((route, number) =>
    route.stops.map((stop, index) => {
      const own = valid.filter((entry) => entry.route === route.id && entry.stop === index)
      const last = (...kinds: readonly Actual['kind'][]) => {
        const found = own.filter(({ kind }) => kinds.includes(kind)).at(-1)
        return found && Math.round((Date.parse(found.at) - startMs) / 1000)
      }
      const arrived = last('arrived')
      const left = last('left') ?? last('loaded', 'delivered')
      const later = (real: number | undefined, planned: number) =>
        real === undefined ? null : Math.round((real - planned) / 60)
      const quantities = own.flatMap(({ quantity }) => quantity ?? [])
      const notes = own.flatMap(({ note }) => note ?? [])
      return [
        number + 1,
        truckOf.get(route.vehicle) ?? route.vehicle,
        index + 1,
        nameOf.get(stop.site) ?? stop.site,
        stop.pickups.join(' '),
        stop.deliveries.join(' '),
        clock(stop.arriveS),
        arrived === undefined ? null : clock(arrived),
        later(arrived, stop.arriveS),
        clock(stop.leaveS),
        left === undefined ? null : clock(left),
        later(left, stop.leaveS),
        quantities.length > 0 ? quantities.reduce((sum, kg) => sum + kg, 0) : null,
        notes.join(' · '),
      ]
    }),
  )
  return sheetOf(locale, ['실적', 'Actuals'], COLUMNS, rows)
}
