/**
 * What a firm is worth to the others, and what each further member brings. A firm is left out and the day planned again; it never costs
 * more than the plan there is without the firm's visits, where those that stay can still be driven in their order. Members join one after
 * another in orders drawn at random, all on the same day's shipments; each group starts from the best plan of the group before, so that no
 * member makes the saving against B1 smaller where all can be served.
 */
import { type Static, Type } from 'typebox'
import { oneByOne } from '../baseline.ts'
import { improve } from '../improve.ts'
import { movedShipments } from '../moved.ts'
import type { Plan } from '../plan.ts'
import type { Problem, Travel } from '../problem.ts'
import { Random } from '../random.ts'

const strict = { additionalProperties: false } as const
const Whole = Type.Integer()

export const FirmExplanationSchema = Type.Object(
  {
    firm: Type.String(),
    shipments: Type.Integer({ description: 'of the firm on this day' }),
    planKrw: Whole,
    withoutKrw: Type.Integer({ description: 'cost of the day planned again without its shipments' }),
    addedKrw: Type.Integer({ description: 'planKrw less withoutKrw: what carrying it costs the plan' }),
    aloneKrw: Type.Integer({ description: 'its served shipments one by one (B1)' }),
    excluded: Type.Integer({ description: 'of these, what only a route can carry: in addedKrw, not in aloneKrw' }),
    lostKrw: Type.Integer({
      description: 'aloneKrw less addedKrw: saving that is gone if it leaves, its own and what it brings the others',
    }),
    moved: Type.Array(Type.String(), { description: 'shipments of others that would go by another truck or mode' }),
    unserved: Type.Integer({ description: 'shipments of others that the plan does not serve' }),
    unservedWithout: Type.Integer({ description: 'and without the firm' }),
  },
  strict,
)
export const MembersSchema = Type.Object(
  {
    seed: Whole,
    iterations: Type.Integer({ description: 'of searching, for each group' }),
    draws: Type.Integer({ description: 'random orders in which the members join' }),
    sizes: Type.Array(
      Type.Object(
        {
          members: Whole,
          meanKrw: Type.Number({ description: 'saving against B1 of groups of so many, their mean' }),
          leastKrw: Whole,
          mostKrw: Whole,
          deviationKrw: Type.Number({ description: 'standard deviation over the draws; 0 for one' }),
          meanShare: Type.Number({ description: 'mean of saving / B1' }),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type FirmExplanation = Static<typeof FirmExplanationSchema>
export type Members = Static<typeof MembersSchema>

export interface Effort {
  readonly seed: number
  readonly iterations: number
}

/** The plan must be one that `checkPlan` accepts. */
export function explainFirm(
  problem: Problem,
  travel: Travel,
  plan: Plan,
  firm: string,
  { seed, iterations }: Effort,
): FirmExplanation {
  const others = { ...problem, shipments: problem.shipments.filter((shipment) => shipment.firm !== firm) }
  const partsOf = (id: string) => plan.parts?.find((part) => part.id === id)?.shipment ?? id
  const isTheirs = new Set(others.shipments.map(({ id }) => id))
  const stays = (id: string) => isTheirs.has(partsOf(id))
  const without = bestPlan(others, travel, { seed, iterations, from: keepOnly(plan, stays) })
  const b1 = oneByOne(problem, travel, plan)
  const aloneKrw = b1.shipments.reduce((sum, { shipment, costKrw }) => sum + (stays(shipment) ? 0 : costKrw), 0)
  const addedKrw = plan.costKrw - without.costKrw
  return {
    firm,
    shipments: problem.shipments.length - others.shipments.length,
    planKrw: plan.costKrw,
    withoutKrw: without.costKrw,
    addedKrw,
    aloneKrw,
    excluded: b1.excluded.filter((id) => !stays(id)).length,
    lostKrw: aloneKrw - addedKrw,
    moved: movedShipments(others, keepOnly(plan, stays), without),
    unserved: plan.unserved.filter(({ shipment }) => stays(shipment)).length,
    unservedWithout: without.unserved.length,
  }
}

/** A plan to start from: the visits that stay, in their order. Times and sums are those of the whole plan; a search reads neither. */
function keepOnly(plan: Plan, stays: (shipment: string) => boolean): Plan {
  const routes = plan.routes.flatMap((route) => {
    const stops = route.stops.flatMap((stop) => {
      const visits = stop.visits.filter(({ shipment }) => stays(shipment))
      return visits.length > 0 ? [{ ...stop, visits, pickups: stop.pickups.filter(stays) }] : []
    })
    return stops.length > 0 ? [{ ...route, stops }] : []
  })
  return {
    ...plan,
    routes,
    direct: plan.direct.filter(({ shipment }) => stays(shipment)),
    unserved: plan.unserved.filter(({ shipment }) => stays(shipment)),
    ...(plan.parts && { parts: plan.parts.filter(({ id }) => stays(id)) }),
  }
}

function bestPlan(problem: Problem, travel: Travel, options: Effort & { readonly from?: Plan | undefined }): Plan {
  let best: Plan | undefined
  for (const { plan } of improve(problem, travel, options)) best = plan ?? best
  return best!
}

/**
 * The saving by number of members. A generator: one step a group that is planned, `[planned, of]`; the result is returned. Members are the
 * firms with shipments on this day.
 */
export function* growMembers(
  problem: Problem,
  travel: Travel,
  { seed, iterations, draws }: Effort & { readonly draws: number },
): Generator<readonly [planned: number, of: number], Members> {
  const firms = [...new Set(problem.shipments.map(({ firm }) => firm))]
  const random = new Random(seed)
  const orders = Array.from({ length: draws }, () => {
    const order = Int32Array.from(firms, (_, k) => k)
    random.shuffle(order, order.length)
    return [...order].map((k) => firms[k])
  })
  const sizes: Members['sizes'] = []
  const keyOf = (members: readonly string[]) => JSON.stringify([...members].sort())
  let before = new Map<string, Group>()
  let planned = 0
  for (let size = 1; size <= firms.length; size++) {
    const groups = new Map<string, Group>()
    for (const order of orders) {
      const members = order.slice(0, size)
      const from = before.get(keyOf(order.slice(0, size - 1)))
      const group = planGroup(problem, travel, members, { seed, iterations, from: from?.plan })
      const known = groups.get(keyOf(members))
      if (!known || group.savingKrw > known.savingKrw) groups.set(keyOf(members), group)
      yield [++planned, firms.length * draws]
    }
    const drawn = orders.map((order) => groups.get(keyOf(order.slice(0, size)))!)
    sizes.push({ members: size, ...spreadOf(drawn) })
    before = groups
  }
  return { seed, iterations, draws, sizes }
}

interface Group {
  readonly plan: Plan
  readonly savingKrw: number
  readonly share: number
}

function planGroup(
  problem: Problem,
  travel: Travel,
  members: readonly string[],
  options: Effort & { readonly from: Plan | undefined },
): Group {
  const own = { ...problem, shipments: problem.shipments.filter(({ firm }) => members.includes(firm)) }
  const plan = bestPlan(own, travel, options)
  const { savingKrw, savingShare } = oneByOne(own, travel, plan)
  return { plan, savingKrw, share: savingShare }
}

function spreadOf(groups: readonly Group[]): Omit<Members['sizes'][number], 'members'> {
  const savings = groups.map(({ savingKrw }) => savingKrw)
  const mean = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length
  const meanKrw = mean(savings)
  const squares = savings.reduce((sum, saving) => sum + (saving - meanKrw) ** 2, 0)
  return {
    meanKrw,
    leastKrw: Math.min(...savings),
    mostKrw: Math.max(...savings),
    deviationKrw: savings.length > 1 ? Math.sqrt(squares / (savings.length - 1)) : 0,
    meanShare: mean(groups.map(({ share }) => share)),
  }
}
