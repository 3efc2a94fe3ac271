/** The smallest change of an edit that was refused after which it is allowed, as far as an editor knows one without a search. */
import type { Plan } from '../plan.ts'
import type { Problem } from '../problem.ts'
import type { Edit } from './edit.ts'
import type { Judged } from './judge.ts'

/** A time is looked for to the minute. */
const STEP_S = 60

export function findRemedy(
  problem: Problem,
  plan: Plan,
  edit: Edit,
  judge: (edit: Edit) => Judged,
  offers: (shipments: readonly string[]) => readonly Judged[],
): Judged | undefined {
  const cheapest = (edits: readonly Edit[]): Judged | undefined =>
    edits
      .map(judge)
      .filter((judged) => judged.plan && isChange(judged))
      .sort((a, b) => a.deltaKrw - b.deltaKrw)[0]
  const otherWay = (shipments: readonly string[]) => offers(shipments).find((offer) => offer.plan && isChange(offer))
  const onVehicles = (make: (vehicle: string) => Edit) => cheapest(problem.vehicles.map(({ id }) => make(id)))
  switch (edit.kind) {
    case 'move': {
      const { pickupAt: _, deliveryAt: __, ...anywhere } = edit
      return cheapest([anywhere]) ?? otherWay(edit.shipments)
    }
    case 'direct':
      return cheapest([{ kind: 'direct', shipments: edit.shipments }]) ?? otherWay(edit.shipments)
    case 'split':
      return onVehicles((vehicle) => ({ ...edit, vehicle }))
    case 'retype':
      return onVehicles((vehicle) => ({ ...edit, vehicle }))
    case 'time':
      return nearestTime(plan, edit, judge)
    default:
      return undefined
  }
}

const isChange = ({ routes, deltaKrw, deltaUnserved }: Judged): boolean =>
  routes.length > 0 || deltaKrw !== 0 || deltaUnserved !== 0

/** Between when it begins now, which is allowed, and when it was to begin: the latest that is. */
function nearestTime(
  plan: Plan,
  edit: Extract<Edit, { kind: 'time' }>,
  judge: (edit: Edit) => Judged,
): Judged | undefined {
  const now = plan.routes.find(({ id }) => id === edit.route)?.stops[edit.stop]?.startS
  if (now === undefined) return undefined
  let best: Judged | undefined
  let [low, high] = [0, Math.floor(Math.abs(edit.startS - now) / STEP_S)]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    const judged = judge({ ...edit, startS: now + Math.sign(edit.startS - now) * middle * STEP_S })
    if (judged.plan) {
      best = judged
      low = middle
    } else high = middle
  }
  return best
}
