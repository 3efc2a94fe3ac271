/** The one selection. Whatever is picked in a pane is worked out here into what every pane lights up. */
import type { Plan, Problem } from '../../solver/index.ts'

export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'route'; readonly route: string }
  | { readonly kind: 'stop'; readonly route: string; readonly stop: number }
  | { readonly kind: 'shipment'; readonly shipment: string }
  | { readonly kind: 'site'; readonly site: string }

export const NOTHING: Selection = { kind: 'none' }

/** What the selection touches, as sets of ids; a stop is `route/index`. */
export interface Lit {
  readonly routes: ReadonlySet<string>
  readonly stops: ReadonlySet<string>
  readonly shipments: ReadonlySet<string>
  readonly sites: ReadonlySet<string>
}

export const stopKey = (route: string, stop: number): string => `${route}/${stop}`

export function sameSelection(a: Selection, b: Selection): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The route that is opened up: its badges on the map, its stop list, its windows in the timeline. */
export function routeOf(selection: Selection, lit: Lit): string | undefined {
  if (selection.kind === 'route' || selection.kind === 'stop') return selection.route
  return selection.kind === 'shipment' ? [...lit.routes][0] : undefined
}

/** Drops what a new plan no longer has. */
export function keepValid(selection: Selection, problem: Problem, plan: Plan | undefined): Selection {
  switch (selection.kind) {
    case 'none':
      return selection
    case 'route':
      return plan?.routes.some((route) => route.id === selection.route) ? selection : NOTHING
    case 'stop': {
      const route = plan?.routes.find((candidate) => candidate.id === selection.route)
      return route && selection.stop < route.stops.length ? selection : NOTHING
    }
    case 'shipment':
      return problem.shipments.some((shipment) => shipment.id === selection.shipment) ? selection : NOTHING
    case 'site':
      return problem.sites.some((site) => site.id === selection.site) ? selection : NOTHING
  }
}

export function lightUp(selection: Selection, problem: Pick<Problem, 'shipments'>, plan: Plan | undefined): Lit {
  const routes = new Set<string>()
  const stops = new Set<string>()
  const shipments = new Set<string>()
  const sites = new Set<string>()
  const lit = { routes, stops, shipments, sites }
  if (selection.kind === 'none') return lit

  if (selection.kind === 'site') {
    sites.add(selection.site)
    for (const shipment of problem.shipments)
      if (shipment.from === selection.site || shipment.to === selection.site) shipments.add(shipment.id)
  }
  if (selection.kind === 'shipment') shipments.add(selection.shipment)

  for (const route of plan?.routes ?? []) {
    route.stops.forEach((stop, index) => {
      const carried = [...stop.pickups, ...stop.deliveries]
      const chosen =
        selection.kind === 'route'
          ? route.id === selection.route
          : selection.kind === 'stop'
            ? route.id === selection.route && index === selection.stop
            : selection.kind === 'site'
              ? stop.site === selection.site
              : carried.includes(selection.shipment)
      if (!chosen) return
      routes.add(route.id)
      stops.add(stopKey(route.id, index))
      sites.add(stop.site)
      if (selection.kind !== 'shipment') for (const id of carried) shipments.add(id)
    })
  }
  if (selection.kind === 'shipment') {
    const shipment = problem.shipments.find(({ id }) => id === selection.shipment)
    if (shipment) sites.add(shipment.from).add(shipment.to)
  }
  return lit
}
