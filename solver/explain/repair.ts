/**
 * A repair: the little that the problem would have to allow for one shipment to go in one stated way. A value, applied by a pure function;
 * everything the plan does stays allowed, because a repair only ever allows more.
 */
import { type Static, Type } from 'typebox'
import { GEARS, MODES, type Problem, type Shipment, type Site, TRUCK_CLASSES, type Vehicle } from '../problem.ts'

const strict = { additionalProperties: false } as const
const Id = Type.String()
const Instant = Type.Integer()
const Span = Type.Tuple([Instant, Instant], { description: 'what the window becomes' })
const Index = Type.Integer({ minimum: 0, description: 'which window of the list' })
/** Units that a truck's room is counted in. */
export const ROOM_UNITS = ['kg', 'L', 'pallets'] as const

export const ChangeSchema = Type.Union([
  Type.Object({ kind: Type.Literal('siteWindow'), site: Id, index: Index, window: Span }, strict),
  Type.Object({ kind: Type.Literal('pickupWindow'), shipment: Id, index: Index, window: Span }, strict),
  Type.Object({ kind: Type.Literal('deliveryWindow'), shipment: Id, index: Index, window: Span }, strict),
  Type.Object({ kind: Type.Literal('ready'), shipment: Id, atS: Instant }, strict),
  Type.Object({ kind: Type.Literal('due'), shipment: Id, atS: Instant }, strict),
  Type.Object(
    {
      kind: Type.Literal('capacity'),
      vehicle: Id,
      unit: Type.Enum(ROOM_UNITS),
      extra: Type.Number({ description: 'more than the vehicle takes now, in the unit' }),
    },
    strict,
  ),
  Type.Object({ kind: Type.Literal('maxTruck'), site: Id, truck: Type.Enum(TRUCK_CLASSES) }, strict),
  Type.Object({ kind: Type.Literal('gear'), site: Id, gear: Type.Enum(GEARS) }, strict),
  Type.Object({ kind: Type.Literal('truckGear'), vehicle: Id, gear: Type.Enum(GEARS) }, strict),
  Type.Object(
    {
      kind: Type.Literal('lift'),
      site: Id,
      gear: Type.Enum(GEARS),
      kg: Type.Number({ description: 'heaviest piece that the gear of the site lifts' }),
    },
    strict,
  ),
  Type.Object(
    { kind: Type.Literal('truck'), vehicle: Id, count: Type.Integer({ description: 'trucks in all' }) },
    strict,
  ),
  Type.Object({ kind: Type.Literal('mode'), shipment: Id, mode: Type.Enum(MODES) }, strict),
  Type.Object({ kind: Type.Literal('maxParts'), shipment: Id, maxParts: Type.Integer() }, strict),
])
export type Change = Static<typeof ChangeSchema>

/** The problem with the repair made. */
export const applyRepair = (problem: Problem, { changes }: { readonly changes: readonly Change[] }): Problem =>
  changes.reduce(applyChange, problem)

function applyChange(problem: Problem, change: Change): Problem {
  const onSite = (id: string, patch: (site: Site) => Partial<Site>): Problem => ({
    ...problem,
    sites: problem.sites.map((site) => (site.id === id ? { ...site, ...patch(site) } : site)),
  })
  const onShipment = (id: string, patch: (shipment: Shipment) => Partial<Shipment>): Problem => ({
    ...problem,
    shipments: problem.shipments.map((entry) => (entry.id === id ? { ...entry, ...patch(entry) } : entry)),
  })
  const onVehicle = (id: string, patch: (vehicle: Vehicle) => Partial<Vehicle>): Problem => ({
    ...problem,
    vehicles: problem.vehicles.map((vehicle) => (vehicle.id === id ? { ...vehicle, ...patch(vehicle) } : vehicle)),
  })
  const replaced = (windows: readonly [number, number][] | undefined, at: number, window: readonly [number, number]) =>
    (windows ?? []).map((old, index): [number, number] => (index === at ? [window[0], window[1]] : old))
  switch (change.kind) {
    case 'siteWindow':
      return onSite(change.site, ({ windows }) => ({ windows: replaced(windows, change.index, change.window) }))
    case 'pickupWindow':
      return onShipment(change.shipment, ({ pickupWindows }) => ({
        pickupWindows: replaced(pickupWindows, change.index, change.window),
      }))
    case 'deliveryWindow':
      return onShipment(change.shipment, ({ deliveryWindows }) => ({
        deliveryWindows: replaced(deliveryWindows, change.index, change.window),
      }))
    case 'ready':
      return onShipment(change.shipment, () => ({ ready: change.atS }))
    case 'due':
      return onShipment(change.shipment, () => ({ due: change.atS }))
    case 'capacity':
      return onVehicle(change.vehicle, ({ capacityKg, bedL, pallets }) => {
        const { unit, extra } = change
        if (unit === 'kg') return { capacityKg: capacityKg + extra }
        if (unit === 'L') return bedL === undefined ? {} : { bedL: bedL + extra }
        return pallets === undefined ? {} : { pallets: pallets + extra }
      })
    case 'maxTruck':
      return onSite(change.site, () => ({ maxTruck: change.truck }))
    case 'gear':
      return onSite(change.site, ({ handling }) =>
        handling === undefined || handling.includes(change.gear) ? {} : { handling: [...handling, change.gear] },
      )
    case 'truckGear':
      return onVehicle(change.vehicle, ({ handling = [] }) =>
        handling.includes(change.gear) ? {} : { handling: [...handling, change.gear] },
      )
    case 'lift':
      return onSite(change.site, ({ liftKg }) => ({ liftKg: { ...liftKg, [change.gear]: change.kg } }))
    case 'truck':
      return onVehicle(change.vehicle, () => ({ count: change.count }))
    case 'mode':
      return onShipment(change.shipment, ({ modes }) =>
        modes === undefined || modes.includes(change.mode) ? {} : { modes: [...modes, change.mode] },
      )
    case 'maxParts':
      return onShipment(change.shipment, () => ({ maxParts: change.maxParts }))
  }
}
