import { roadlessLegs } from '../roads.ts'
import type { Rule } from './rule.ts'

/** A truck drives where a road leads. Amount: legs without one. */
export const road: Rule = {
  name: 'road',
  unit: 'legs',
  excess: ({ type, visits }, instance) => roadlessLegs(instance, type, visits).length,
  check: (route, documents) =>
    documents
      .roads(route)
      .flatMap(({ missing }, stop) =>
        missing ? [{ rule: 'road', route: route.id, vehicle: route.vehicle, stop, excess: 1, unit: 'legs' }] : [],
      ),
}
