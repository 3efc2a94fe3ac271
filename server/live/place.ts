/** Where a truck should be by its times, along the way that it drives: an estimate from times, not a measurement. */
import type { Route, RouteForecast } from '../../solver/index.ts'
import type { TravelLeg } from '../travel/provider.ts'

type Point = readonly [number, number]

/** `points`: of the places of the route, start and end included; `legs`: between them. */
export function expectedPlace(
  route: Route,
  found: RouteForecast,
  points: readonly Point[],
  hasStart: boolean,
  legs: readonly TravelLeg[] | undefined,
  nowS: number,
): { lng: number; lat: number } | undefined {
  const first = hasStart ? 1 : 0
  const leaves = [...(hasStart ? [found.departS] : []), ...found.stops.map(({ leaveS }) => leaveS)]
  const arrives = [...found.stops.map(({ arriveS }) => arriveS), found.returnS]
  if (found.state === 'waiting' || found.state === 'notLeft' || found.state === 'finished') return undefined
  if (found.state === 'there') return at(points[first + found.next!]!)
  const next = found.next ?? route.stops.length
  const leg = next - (hasStart ? 0 : 1)
  const [from, to] = [points[leg], points[leg + 1]]
  if (!from || !to) return from && at(from)
  const [leftS, thereS] = [leaves[leg]!, arrives[next]!]
  const restedS = found.rests
    .filter(({ beforeStop }) => beforeStop === next)
    .reduce((sum, { startS, endS }) => sum + Math.max(0, Math.min(nowS, endS) - startS), 0)
  const restS = found.rests
    .filter(({ beforeStop, startS }) => beforeStop === next && startS < thereS)
    .reduce((sum, { startS, endS }) => sum + endS - startS, 0)
  const wheelS = thereS - leftS - restS
  const driven = wheelS <= 0 ? 1 : Math.min(1, Math.max(0, (nowS - leftS - restedS) / wheelS))
  return at(along(legs?.[leg]?.coordinates ?? [from, to], driven))
}

const at = ([lng, lat]: Point) => ({ lng: round(lng), lat: round(lat) })
/** Ten metres: finer than the estimate. */
const round = (degrees: number): number => Math.round(degrees * 1e4) / 1e4

/** A share of the way, by length as on a flat map. */
function along(line: readonly Point[], share: number): Point {
  const lengths = line.slice(1).map(([lng, lat], k) => Math.hypot((lng - line[k]![0]) * 0.8, lat - line[k]![1]))
  let left = share * lengths.reduce((sum, length) => sum + length, 0)
  for (const [k, length] of lengths.entries()) {
    if (left <= length) {
      const part = length > 0 ? left / length : 0
      const [a, b] = [line[k]!, line[k + 1]!]
      return [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])]
    }
    left -= length
  }
  return line.at(-1)!
}
