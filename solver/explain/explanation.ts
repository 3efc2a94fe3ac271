/** Why each shipment goes as it goes: what it costs there, what every other way would cost, and what would have to change. words.ts makes sentences of it. */
import { type Static, Type } from 'typebox'
import type { Trip } from '../docks.ts'
import { type Desk, openDesk } from '../edits/desk.ts'
import { type Plan, type Reason, ReasonSchema } from '../plan.ts'
import type { Problem, Travel } from '../problem.ts'
import { findReasons } from './reasons.ts'
import { ChangeSchema } from './repair.ts'
import { findRepairs } from './repairs.ts'
import { breaksLock, cheapestWay, findWays, planWithout, type Way } from './ways.ts'

const strict = { additionalProperties: false } as const
const Id = Type.String()
const way = {
  by: Type.Enum(['route', 'truck', 'hired', 'terminal'], {
    description:
      'joins a route of the plan; a route of its own on a truck that is left; a hired truck alone; terminal freight',
  }),
  route: Type.Optional(Type.String({ description: 'id of the route that it joins' })),
  vehicle: Type.Optional(Id),
  tariff: Type.Optional(Id),
  visits: Type.Optional(
    Type.Array(Type.Object({ shipment: Id, kind: Type.Enum(['pickup', 'delivery']) }, strict), {
      description: 'all visits of that truck in order',
    }),
  ),
}

export const AlternativeSchema = Type.Object(
  {
    ...way,
    proof: Type.Enum(['possible', 'impossible', 'notFound'], {
      description:
        'possible: the whole plan was built and checked; impossible: proved; notFound: no place was found, which is no proof',
    }),
    costKrw: Type.Optional(Type.Integer({ description: 'won that the plan costs more with it there than without it' })),
    extraKrw: Type.Optional(Type.Integer({ description: 'cost of the plan with it there, less that of the plan' })),
    rule: Type.Optional(Type.String({ description: 'what stands in the way' })),
    excess: Type.Optional(Type.Number({ description: "by how much, in the rule's unit" })),
    unit: Type.Optional(Type.String()),
    breaksLock: Type.Optional(Type.Boolean({ description: 'true: people have locked the plan otherwise' })),
  },
  strict,
)

export const RepairSchema = Type.Object(
  {
    changes: Type.Array(ChangeSchema, {
      minItems: 1,
      description: 'what the problem would allow; all of them together',
    }),
    ...way,
    extraKrw: Type.Integer({ description: 'cost of the plan with the shipment served so, less that of the plan' }),
  },
  strict,
)

export const ShipmentExplanationSchema = Type.Object(
  {
    shipment: Type.String({ description: 'id of the shipment, or of a part of one that was split' }),
    by: Type.Enum(['route', 'hired', 'terminal', 'nobody']),
    route: Type.Optional(Type.String()),
    vehicle: Type.Optional(Id),
    tariff: Type.Optional(Id),
    costKrw: Type.Optional(
      Type.Integer({
        description:
          'won that the plan costs more with it than without it, the rest as it stands; absent where nobody carries it, or where what it leaves behind cannot be driven in the order it is in',
      }),
    ),
    savesKrw: Type.Optional(
      Type.Integer({ description: 'cost by the cheapest other way less costKrw; below 0: that way is cheaper' }),
    ),
    dualKrw: Type.Optional(Type.Number({ description: 'its price in the certificate, where there is one' })),
    alternatives: Type.Array(AlternativeSchema, { description: 'every other way, the cheapest first' }),
    reasons: Type.Array(ReasonSchema, { description: 'why no route carries it' }),
    repairs: Type.Array(RepairSchema, {
      description:
        'what would let it be served, or served for less, the cheapest first; each is the least for the way it names',
    }),
  },
  strict,
)

export type Alternative = Static<typeof AlternativeSchema>
export type Repair = Static<typeof RepairSchema>
export type ShipmentExplanation = Static<typeof ShipmentExplanationSchema>

export interface ExplainOptions {
  /** id of a shipment, of a part, or of a shipment that was split: all its parts; default: all */
  readonly shipment?: string | undefined
  /** of a certificate, by shipment */
  readonly prices?: ReadonlyMap<string, number> | undefined
}

/** The plan must be one that `checkPlan` accepts. Nothing for a shipment that is not there. */
export function explainShipments(
  whole: Problem,
  travel: Travel,
  plan: Plan,
  { shipment, prices }: ExplainOptions = {},
): ShipmentExplanation[] {
  const desk = openDesk(whole, travel, plan)
  const wholeOf = new Map(desk.opened.parts.map((part) => [part.id, part.shipment]))
  return desk.opened.problem.shipments.flatMap(({ id }, order) => {
    if (shipment !== undefined && shipment !== id && shipment !== wholeOf.get(id)) return []
    const price = prices?.get(id)
    return [{ ...explainOrder(desk, order), ...(price === undefined ? {} : { dualKrw: price }) }]
  })
}

function explainOrder(desk: Desk, order: number): ShipmentExplanation {
  const { plan, opened } = desk
  const place = desk.places[order]
  const ways = findWays(desk, order)
  const less = place.by === 'nobody' ? null : planWithout(desk, order)
  const costKrw = less ? plan.costKrw - less.costKrw : undefined
  const best = cheapestWay(ways)
  const alternatives = ways
    .map((way) => toAlternative(desk, way, place.by === 'nobody' ? 0 : costKrw))
    .sort((a, b) => rankOf(a) - rankOf(b) || (a.extraKrw ?? 0) - (b.extraKrw ?? 0))
  const saves = best && costKrw !== undefined ? best.outcome.plan.costKrw - plan.costKrw : undefined
  return {
    shipment: opened.problem.shipments[order].id,
    by: place.by,
    ...(place.by === 'route' && { route: plan.routes[place.index].id, vehicle: plan.routes[place.index].vehicle }),
    ...((place.by === 'hired' || place.by === 'terminal') && {
      tariff: place.direct.tariff,
      ...(place.direct.route && { vehicle: place.direct.route.vehicle }),
    }),
    ...(costKrw === undefined ? {} : { costKrw }),
    ...(saves === undefined ? {} : { savesKrw: saves }),
    alternatives,
    reasons: place.by === 'route' ? [] : reasonsOf(desk, order, ways),
    repairs: findRepairs(desk, order, ways).map(({ changes, way, trip, extraKrw }) => ({
      changes: [...changes],
      ...named(desk, way, trip),
      extraKrw,
    })),
  }
}

const rankOf = ({ proof }: Alternative): number => ['possible', 'notFound', 'impossible'].indexOf(proof)

function named({ plan, opened }: Desk, { by, index, vehicle, tariff }: Omit<Way, 'outcome'>, trip: Trip | undefined) {
  const route = index === undefined ? undefined : plan.routes[index]
  const truck = route?.vehicle ?? vehicle
  return {
    by,
    ...(route && { route: route.id }),
    ...(truck === undefined ? {} : { vehicle: truck }),
    ...(tariff === undefined ? {} : { tariff }),
    ...(trip && {
      visits: trip.visits.map((visit) => ({
        shipment: opened.problem.shipments[visit >> 1].id,
        kind: (visit & 1) === 0 ? ('pickup' as const) : ('delivery' as const),
      })),
    }),
  }
}

/** `costKrw`: of the order where it goes now. */
function toAlternative(desk: Desk, way: Way, costKrw: number | undefined): Alternative {
  const { outcome } = way
  if (outcome.proof !== 'possible') return { ...named(desk, way, undefined), ...outcome }
  const extraKrw = outcome.plan.costKrw - desk.plan.costKrw
  return {
    ...named(desk, way, outcome.trip),
    proof: 'possible',
    ...(costKrw === undefined ? {} : { costKrw: costKrw + extraKrw }),
    extraKrw,
    ...(breaksLock(desk, outcome.plan) && { breaksLock: true }),
  }
}

/** As the search gives them, with what is known exactly by now: what the cheapest route would cost more, or that it would cost less. */
function reasonsOf(desk: Desk, order: number, ways: readonly Way[]): Reason[] {
  const { plan, opened, trips, places } = desk
  const place = places[order]
  const { id } = opened.problem.shipments[order]
  const given =
    place.by === 'hired' || place.by === 'terminal'
      ? place.direct.reasons
      : (plan.unserved.find(({ shipment }) => shipment === id)?.reasons ?? [])
  if (given.some(({ rule }) => rule === 'locked')) return [...given]
  const [found] = findReasons(
    opened,
    trips.map(({ schedule }) => schedule),
    [order],
  )
  if (found.some(({ rule, proof }) => rule === 'goAlone' || (rule === 'together' && proof === 'impossible')))
    return found
  const best = cheapestWay(ways.filter(({ by }) => by === 'route' || by === 'truck'))
  if (best) {
    const extraKrw = best.outcome.plan.costKrw - plan.costKrw
    const vehicle = best.index === undefined ? best.vehicle : plan.routes[best.index].vehicle
    const proof = extraKrw >= 0 && place.by !== 'nobody' ? 'dearer' : 'notFound'
    return [{ rule: 'cost', proof, ...(vehicle !== undefined && { vehicle }), extraKrw }]
  }
  // a place that the search would price, but that no whole plan could be built with
  const refused = ways.find(({ by, outcome }) => (by === 'route' || by === 'truck') && outcome.proof === 'notFound')
  return found.map((reason) =>
    reason.proof === 'dearer' && refused?.outcome.proof === 'notFound'
      ? { rule: refused.outcome.rule, proof: 'notFound' }
      : reason,
  )
}
