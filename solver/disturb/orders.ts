/** The names in what has happened: orders that come in, and what the plan does not have. */
import { problemInParts } from '../parts.ts'
import type { Plan } from '../plan.ts'
import type { Problem } from '../problem.ts'
import type { Disturbance } from './event.ts'

/** The problem with the orders among the events, and their places. */
export function withOrders(problem: Problem, events: readonly Disturbance[]): Problem {
  const orders = events.flatMap((event) => (event.kind === 'order' ? [event] : []))
  if (orders.length === 0) return problem
  const sites = new Set(problem.sites.map(({ id }) => id))
  const added = orders.flatMap(({ sites: own = [] }) => own).filter(({ id }) => !sites.has(id) && sites.add(id))
  const taken = new Set(problem.shipments.map(({ id }) => id))
  return {
    ...problem,
    sites: [...problem.sites, ...added],
    shipments: [...problem.shipments, ...orders.map(({ shipment }) => shipment).filter(({ id }) => !taken.has(id))],
  }
}

export interface UnknownName {
  readonly index: number
  readonly field: 'route' | 'firm' | 'shipment'
  readonly found: string
}

/** Of each event that names what is not there: its index and the name. */
export function unknownIn(problem: Problem, plan: Plan, events: readonly Disturbance[]): UnknownName[] {
  const known = {
    route: new Set(plan.routes.map(({ id }) => id)),
    shipment: new Set(problemInParts(problem, plan.parts ?? []).shipments.map(({ id }) => id)),
    firm: new Set(problem.firms.map(({ id }) => id)),
  }
  return events.flatMap((event, index): UnknownName[] => {
    if (event.kind === 'order') return []
    const [field, found]: readonly [UnknownName['field'], string] =
      'route' in event
        ? ['route', event.route]
        : event.kind === 'firm'
          ? ['firm', event.firm]
          : ['shipment', event.shipment]
    return known[field].has(found) ? [] : [{ index, field, found }]
  })
}
