/** Trucks of several types on routes that are changed in place. */
import type { TruckType } from '../instance.ts'

/** What a second of driving costs where every leg costs so many times its seconds; undefined where they differ. */
export function unitCostOf({ arcCost, durationS }: TruckType): number | undefined {
  if (arcCost === durationS) return 1
  const { cells } = durationS
  if (arcCost.cells.length !== cells.length) return undefined
  if (cells.length === 0) {
    const isSame = arcCost.x === durationS.x && arcCost.y === durationS.y && arcCost.rounded === durationS.rounded
    return isSame ? arcCost.factor / durationS.factor : undefined
  }
  const at = cells.findIndex((seconds) => seconds > 0)
  const unit = at < 0 ? 1 : arcCost.cells[at] / cells[at]
  const isSo = cells.every((seconds, k) => Math.abs(arcCost.cells[k] - unit * seconds) <= 1e-9 * (1 + arcCost.cells[k]))
  return isSo ? unit : undefined
}

/** Routes that know what they would cost with another truck. */
interface TypedRoutes {
  /** routes there can be, some of them empty */
  readonly most: number
  /** those that this turn has changed */
  readonly touched: readonly number[]
  /** [type] routes in use */
  readonly usedOf: Int32Array
  isEmpty(route: number): boolean
  typeAt(route: number): number
  /** Infinity where a truck of the type does not hold what is on board. */
  costAs(route: number, type: number): number
  retype(route: number, type: number): void
}

/**
 * Gives each route that this turn has changed the cheapest type of which a truck is left, or lets it change trucks with another where both
 * together cost less, as retype.ts does. `limits[type]`: routes there may be.
 */
export function retypeTouched(routes: TypedRoutes, limits: ArrayLike<number>): void {
  const { touched, usedOf, most } = routes
  const changed = touched.length
  for (let k = 0; k < changed; k++) {
    const route = touched[k]
    if (routes.isEmpty(route)) continue
    const mine = routes.typeAt(route)
    const before = routes.costAs(route, mine)
    let best = before
    let chosen = mine
    for (let type = 0; type < usedOf.length; type++) {
      if (type === mine || usedOf[type] >= limits[type]) continue
      const cost = routes.costAs(route, type)
      if (cost >= best) continue
      best = cost
      chosen = type
    }
    if (chosen !== mine) {
      routes.retype(route, chosen)
      continue
    }
    let gained = 1e-9
    let partner = -1
    for (let other = 0; other < most; other++) {
      const theirs = routes.typeAt(other)
      if (theirs === mine || routes.isEmpty(other)) continue
      const after = routes.costAs(route, theirs) + routes.costAs(other, mine)
      const gain = before + routes.costAs(other, theirs) - after
      if (gain <= gained) continue
      gained = gain
      partner = other
    }
    if (partner < 0) continue
    routes.retype(route, routes.typeAt(partner))
    routes.retype(partner, mine)
  }
}
