/** Rules between one shipment and one vehicle. Extend by a file and a line here. */
import type { Violation } from '../plan.ts'
import { GEARS, TRUCK_CLASSES } from '../problem.ts'
import { commonGear } from '../tariff.ts'
import { ordersOf, type StaticRule, shipmentsOf } from './rule.ts'

type Bars = StaticRule['bars']

/** Completes `bars` to a rule: the search reads the amounts from the instance, `check` asks again from the documents. */
const staticRule = (name: string, unit: string, bars: Bars): StaticRule => {
  const rule: StaticRule = {
    name,
    unit,
    bars,
    excess(schedule, instance) {
      const amounts = instance.barred[STATIC_RULES.indexOf(rule)]
      return ordersOf(schedule).reduce((sum, order) => sum + amounts[schedule.type * instance.orders + order], 0)
    },
    check(route, documents) {
      const vehicle = documents.vehicle(route.vehicle)
      return shipmentsOf(route).flatMap((id): Violation[] => {
        const shipment = documents.shipment(id)
        const excess = bars(shipment, vehicle, documents.site(shipment.from), documents.site(shipment.to))
        return excess > 0 ? [{ rule: name, route: route.id, vehicle: vehicle.id, shipment: id, excess, unit }] : []
      })
    },
  }
  return rule
}

/** Some gear, of the site or the truck, lifts the goods at both ends. Amount: ends where none does. */
const handling = staticRule(
  'handling',
  'ends',
  (shipment, vehicle, from, to) => [from, to].filter((site) => commonGear(shipment, site, vehicle).length === 0).length,
)

/** The heaviest piece is within what that gear lifts at both ends. Amount: kg too heavy at the worse end. */
const pieceWeight = staticRule('pieceWeight', 'kg', (shipment, vehicle, from, to) => {
  const pieceKg = shipment.pieceKg ?? shipment.weightKg
  const over = [from, to].map((site) => {
    const gear = commonGear(shipment, site, vehicle)
    if (gear.length === 0) return 0
    const limits = gear.map((kind) =>
      Math.max(
        (site.handling ?? GEARS).includes(kind) ? (site.liftKg?.[kind] ?? Number.POSITIVE_INFINITY) : 0,
        (vehicle.handling ?? []).includes(kind) ? (vehicle.liftKg?.[kind] ?? Number.POSITIVE_INFINITY) : 0,
      ),
    )
    return Math.max(0, pieceKg - Math.max(...limits))
  })
  return Math.max(...over)
})

/** No site takes a truck larger than its largest. Amount: classes too large at the worse end. */
const truckSize = staticRule('truckSize', 'classes', (_shipment, vehicle, from, to) => {
  const rank = TRUCK_CLASSES.indexOf(vehicle.truck)
  const over = [from, to].map((site) => (site.maxTruck ? rank - TRUCK_CLASSES.indexOf(site.maxTruck) : 0))
  return Math.max(0, ...over)
})

/** The shipment alone does not pass the payload, the bed or the pallet places. Amount: the worst share over, 0.1 = 10 %. */
const fitsTruck = staticRule('fitsTruck', 'share', (shipment, vehicle) => {
  const over = (amount: number, limit: number) => (amount <= limit ? 0 : limit > 0 ? amount / limit - 1 : 1)
  return Math.max(
    over(shipment.weightKg, vehicle.capacityKg),
    over(shipment.volumeL ?? 0, vehicle.bedL ?? Number.POSITIVE_INFINITY),
    over(shipment.pallets ?? 0, vehicle.pallets ?? Number.POSITIVE_INFINITY),
  )
})

export const STATIC_RULES: readonly StaticRule[] = [handling, pieceWeight, truckSize, fitsTruck]
