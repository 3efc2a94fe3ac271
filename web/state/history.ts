/**
 * What was done to a day, as values: named steps that can be undone and done again without limit. A step of a plan holds the plan before and
 * after it. Where somebody else has changed the plan meanwhile, that plan is not put back over theirs: the way back is judged like any edit.
 */
import type { Change as Allowed, Edit, Lock, Plan } from '../../solver/index.ts'

/** A plan of a problem of the day. */
export interface PlanRef {
  readonly problem: string
  readonly plan: string | undefined
}

/** A change of a plan that can be made on another version of it, too. */
export type Change =
  | { readonly kind: 'edit'; readonly edit: Edit }
  | { readonly kind: 'locks'; readonly add: readonly Lock[]; readonly remove: readonly Lock[] }
  /** One edit of the past taken out, the later ones kept; elsewhere by the way `back`. */
  | { readonly kind: 'without'; readonly edit: Edit; readonly back: readonly Edit[] }

export type Step =
  | {
      readonly kind: 'change'
      readonly change: Change
      readonly krw: number
      readonly before: Plan
      readonly after: Plan
    }
  /** Another plan of the same problem came into its place, or the day got another problem. */
  | {
      readonly kind: 'switch'
      readonly cause: SwitchCause
      /** What is known of it besides, in both languages: the name of a repair or of a file. */
      readonly detail?: { readonly ko: string; readonly en: string }
      /** Of a repair: what the day was allowed. */
      readonly allowed?: readonly Allowed[]
      readonly krw?: number
      readonly before: PlanRef
      readonly after: PlanRef
    }
export const SWITCH_CAUSES = ['replan', 'repair', 'orders'] as const
export type SwitchCause = (typeof SWITCH_CAUSES)[number]

export interface History {
  readonly past: readonly Step[]
  readonly future: readonly Step[]
}
export const NO_HISTORY: History = { past: [], future: [] }

export const remember = ({ past }: History, step: Step): History => ({ past: [...past, step], future: [] })

export function stepBack({ past, future }: History): { readonly step: Step; readonly history: History } | undefined {
  const step = past.at(-1)
  return step && { step, history: { past: past.slice(0, -1), future: [step, ...future] } }
}

export function stepForward({ past, future }: History): { readonly step: Step; readonly history: History } | undefined {
  const [step, ...rest] = future
  return step && { step, history: { past: [...past, step], future: rest } }
}

/** The same plan as the service answers it (with the time and the person in its ledger) in the place of the one that was sent. */
export function replacePlan({ past, future }: History, sent: Plan, answered: Plan): History {
  const swap = (plan: Plan) => (plan === sent ? answered : plan)
  const inStep = (step: Step): Step =>
    step.kind === 'change' ? { ...step, before: swap(step.before), after: swap(step.after) } : step
  return { past: past.map(inStep), future: future.map(inStep) }
}

/** Apart from who did what when. */
export function samePlan(one: Plan, other: Plan): boolean {
  if (one === other) return true
  const bare = (plan: Plan) => JSON.stringify({ ...plan, edits: plan.edits?.map(({ edit }) => edit) ?? [] })
  return bare(one) === bare(other)
}

export const sameLock = (one: Lock, other: Lock): boolean => lockKey(one) === lockKey(other)
export const lockKey = (lock: Lock): string => {
  const whole = lock.grade === 'sequence' ? (lock.shipments ?? []).join(',') : ''
  return [lock.grade, 'route' in lock ? lock.route : lock.shipment, lock.grade === 'time' ? lock.kind : whole].join('/')
}

export function changeLocks(plan: Plan, add: readonly Lock[], remove: readonly Lock[]): Plan {
  const without = (plan.locks ?? []).filter((lock) => ![...remove, ...add].some((other) => sameLock(lock, other)))
  const locks = [...without, ...add]
  const { locks: _, ...rest } = plan
  return locks.length > 0 ? { ...rest, locks } : rest
}

/** Changes that lead back to where `before` had things, as far as another version of the plan allows. */
export function inverseOf(change: Change, before: Plan): readonly Change[] {
  if (change.kind === 'locks') return [{ kind: 'locks', add: change.remove, remove: change.add }]
  if (change.kind === 'without') return [{ kind: 'edit', edit: change.edit }]
  return inverseEdits(change.edit, before).map((edit) => ({ kind: 'edit', edit }))
}

export function inverseEdits(edit: Edit, before: Plan): Edit[] {
  switch (edit.kind) {
    case 'move':
    case 'split':
    case 'direct':
    case 'leave':
      return edit.shipments.flatMap((shipment) => wayBack(shipment, before))
    case 'swap':
      return [edit.one, edit.other].flatMap((shipment) => wayBack(shipment, before))
    case 'order':
    case 'reverse': {
      const visits = visitsOf(before, edit.route)
      return visits.length > 1 ? [{ kind: 'order', route: edit.route, visits }] : []
    }
    case 'retype': {
      const vehicle = before.routes.find(({ id }) => id === edit.route)?.vehicle
      return vehicle ? [{ kind: 'retype', route: edit.route, vehicle }] : []
    }
    case 'time': {
      const startS = before.routes.find(({ id }) => id === edit.route)?.stops[edit.stop]?.startS
      return startS === undefined ? [] : [{ kind: 'time', route: edit.route, stop: edit.stop, startS }]
    }
  }
}

export const visitsOf = (plan: Plan, route: string) =>
  plan.routes
    .find(({ id }) => id === route)
    ?.stops.flatMap(({ visits }) => visits.map(({ shipment, kind }) => ({ shipment, kind }))) ?? []

function wayBack(shipment: string, before: Plan): Edit[] {
  const direct = before.direct.find((entry) => entry.shipment === shipment)
  if (direct) return [{ kind: 'direct', shipments: [shipment], mode: direct.mode }]
  if (before.unserved.some((entry) => entry.shipment === shipment)) return [{ kind: 'leave', shipments: [shipment] }]
  const route = before.routes.find(({ stops }) => stops.some(({ pickups }) => pickups.includes(shipment)))
  if (!route) return []
  const visits = visitsOf(before, route.id)
  const others = visits.filter((visit) => visit.shipment !== shipment)
  // a truck that the edit emptied is no route any more
  const alone = others.length === 0
  const at = (kind: 'pickup' | 'delivery') =>
    visits
      .slice(
        0,
        visits.findIndex((visit) => visit.shipment === shipment && visit.kind === kind),
      )
      .filter((visit) => visit.shipment !== shipment).length
  return [
    alone
      ? { kind: 'move', shipments: [shipment], to: { vehicle: route.vehicle } }
      : {
          kind: 'move',
          shipments: [shipment],
          to: { route: route.id },
          pickupAt: at('pickup'),
          deliveryAt: at('delivery'),
        },
  ]
}
