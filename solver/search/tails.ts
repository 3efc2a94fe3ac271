/**
 * Exchanges the tails of two routes. Strings that go back one by one hardly ever do that where routes are long and windows tight.
 * Potvin & Rousseau (1995), An Exchange Heuristic for Routeing Problems with Time Windows, Journal of the Operational Research Society
 * 46(12): 2-opt*. Differs from the paper: part of a ruin, at the gap it leaves, and done though it may make the plan dearer: recreate and
 * acceptance judge the whole.
 */
import { arc } from '../arcs.ts'
import type { Instance } from '../instance.ts'
import type { Solution } from './solution.ts'

/** True where the places beside a cut tell what an exchange costs and whether it is in time: plain, one type, no pairs to tear apart. */
export const tailsFit = (instance: Instance): boolean =>
  instance.traits === 'plain' && instance.types.length === 1 && instance.paired.every((paired) => paired === 0)

/**
 * Exchanges what follows position `after` on one route with the tail of another that suits it best, if that adds less than `most`.
 * Neither an exchange of everything nor one of nothing.
 */
export function exchangeTails(solution: Solution, one: number, after: number, two: number, most: number): void {
  const { instance, routes } = solution
  const { arcCost, durationS, capacity } = instance.types[0]
  const a = routes[one]
  const b = routes[two]
  const head = a.place[after]
  const tail = a.place[after + 1]
  const headLoad = a.load[after]
  const tailLoad = a.load[a.length] - headLoad
  let best = most
  let chosen = -1
  for (let k = 0; k <= b.length; k++) {
    if (b.load[k] + tailLoad > capacity[0]) break
    if (headLoad + b.load[b.length] - b.load[k] > capacity[0]) continue
    if ((after === 0 || after === a.length) && (k === 0 || k === b.length)) continue
    const added = arc(arcCost, head, b.place[k + 1]) + arc(arcCost, b.place[k], tail) - a.legCost[after] - b.legCost[k]
    if (added >= best) continue
    if (a.leave[after] + arc(durationS, head, b.place[k + 1]) > b.latest[k + 1]) continue
    if (b.leave[k] + arc(durationS, b.place[k], tail) > a.latest[after + 1]) continue
    best = added
    chosen = k
  }
  if (chosen >= 0) solution.exchange(one, after, two, chosen)
}
