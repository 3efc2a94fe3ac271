/** The one question of a new run, "how much of the plan is to stay?", as locks. */
import { problemInParts } from '../parts.ts'
import type { Plan } from '../plan.ts'
import type { Problem } from '../problem.ts'
import type { Lock } from './lock.ts'

/**
 * routes: everything stays as it is; trucks: every shipment stays on its truck, the order of visits is free; sequence: on its truck and
 * in its order; nothing: start over. What went direct stays so, but for `nothing`. New shipments go wherever that leaves room.
 */
export const KEEP_LEVELS = ['routes', 'trucks', 'sequence', 'nothing'] as const
export type KeepLevel = (typeof KEEP_LEVELS)[number]

/** Locks on everything in the plan that the problem still has. */
export function keepLocks(problem: Problem, plan: Plan, level: KeepLevel): Lock[] {
  if (level === 'nothing') return []
  const known = new Set(problemInParts(problem, plan.parts ?? []).shipments.map(({ id }) => id))
  const riding = plan.routes.flatMap(({ id: route, stops }): Lock[] => {
    const visits = stops.flatMap((stop) => stop.visits)
    const shipments = [...new Set(visits.map(({ shipment }) => shipment))].filter((id) => known.has(id))
    if (shipments.length === 0) return []
    if (level === 'trucks') return shipments.map((shipment) => ({ grade: 'truck', shipment }))
    if (level === 'sequence') return [{ grade: 'sequence', route, shipments }]
    if (visits.every(({ shipment }) => known.has(shipment))) return [{ grade: 'route', route }]
    // a route that lost a shipment cannot stay as it was: what remains of it keeps its order, and its stops begin when they did
    const times = stops
      .flatMap((stop) => stop.visits.slice(0, 1))
      .filter(({ shipment }) => known.has(shipment))
      .map(({ shipment, kind }): Lock => ({ grade: 'time', shipment, kind }))
    return [{ grade: 'sequence', route, shipments }, ...times]
  })
  const direct = plan.direct
    .filter(({ shipment }) => known.has(shipment))
    .map(({ shipment }): Lock => ({ grade: 'direct', shipment }))
  return [...riding, ...direct]
}
