/** Edits of every kind, most of them sensible, some of them naming what is not there. */
import type { Edit, Plan, Problem } from '../../../solver/index.ts'
import type { Random } from '../../../solver/random.ts'

export const KINDS = ['move', 'swap', 'order', 'reverse', 'split', 'retype', 'time', 'direct', 'leave'] as const

export function randomEdit(random: Random, problem: Problem, plan: Plan): Edit {
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]
  const chance = (share: number) => random.unit() < share
  const parts = (plan.parts ?? []).map(({ id }) => id)
  const whole = problem.shipments.map(({ id }) => id)
  const ids = [...whole.filter((id) => !plan.parts?.some(({ shipment }) => shipment === id)), ...parts]
  const shipment = () => (chance(0.02) ? 'gone' : chance(0.03) ? pick(whole) : pick(ids))
  const shipments = () => Array.from({ length: chance(0.7) ? 1 : 2 + random.below(2) }, shipment)
  const route = () => (plan.routes.length === 0 || chance(0.02) ? 'gone' : pick(plan.routes).id)
  const vehicle = () => (chance(0.02) ? 'gone' : pick(problem.vehicles).id)
  const at = () =>
    chance(0.5) ? { pickupAt: random.below(5), ...(chance(0.7) ? { deliveryAt: random.below(6) } : {}) } : {}
  const riders = (id: string) => plan.routes.find((each) => each.id === id)?.stops.flatMap(({ visits }) => visits) ?? []
  const kind = pick(KINDS)
  switch (kind) {
    case 'move':
      return { kind, shipments: shipments(), to: chance(0.7) ? { route: route() } : { vehicle: vehicle() }, ...at() }
    case 'swap':
      return { kind, one: shipment(), other: shipment() }
    case 'order': {
      const id = route()
      const visits = riders(id).map(({ shipment: name, kind: side }) => ({ shipment: name, kind: side }))
      const k = random.below(Math.max(1, visits.length))
      const [taken] = visits.splice(k, 1)
      if (taken) visits.splice(random.below(visits.length + 1), 0, taken)
      return {
        kind,
        route: id,
        visits:
          visits.length > 1
            ? visits
            : [
                { shipment: 'gone', kind: 'pickup' },
                { shipment: 'gone', kind: 'delivery' },
              ],
      }
    }
    case 'reverse':
      return { kind, route: route() }
    case 'split': {
      const id = route()
      const names = [...new Set(riders(id).map((visit) => visit.shipment))].filter(() => chance(0.5))
      return { kind, route: id, shipments: names.length > 0 ? names : shipments(), vehicle: vehicle() }
    }
    case 'retype':
      return { kind, route: route(), vehicle: vehicle() }
    case 'time': {
      const id = route()
      const stops = plan.routes.find((each) => each.id === id)?.stops ?? []
      const stop = random.below(stops.length + 1)
      return { kind, route: id, stop, startS: (stops[stop]?.startS ?? 0) + (random.below(121) - 60) * 60 }
    }
    case 'direct':
      return { kind, shipments: shipments(), ...(chance(0.6) ? { mode: pick(['hired', 'terminal'] as const) } : {}) }
    case 'leave':
      return { kind, shipments: shipments() }
  }
}
