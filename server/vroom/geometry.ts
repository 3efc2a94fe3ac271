/** The line of each route on the roads of the service, as an encoded polyline of five digits, the form that OSRM and VROOM use. */
import { askRoads } from '../travel/fallback.ts'
import { ProviderError, type TravelProvider } from '../travel/provider.ts'
import type { AnswerRoute } from './answer.ts'
import type { VroomRequest } from './request.ts'
import { truckOf } from './tables.ts'

const DIGITS = 1e5

/** Google's encoded polyline algorithm format: latitude before longitude, differences in base 32. */
export function encodePolyline(points: readonly (readonly [lng: number, lat: number])[]): string {
  let text = ''
  let before = [0, 0]
  const put = (difference: number): void => {
    let value = difference < 0 ? ~(difference << 1) : difference << 1
    for (; value >= 0x20; value >>>= 5) text += String.fromCharCode((0x20 | (value & 0x1f)) + 63)
    text += String.fromCharCode(value + 63)
  }
  for (const [lng, lat] of points) {
    const here = [Math.round(lat * DIGITS), Math.round(lng * DIGITS)]
    put(here[0]! - before[0]!)
    put(here[1]! - before[1]!)
    before = here
  }
  return text
}

/** A profile that the roads do not know, or places that they do not reach, leave a route without a line. */
export async function addGeometry(
  { vehicles }: VroomRequest,
  routes: readonly AnswerRoute[],
  provider: TravelProvider,
  signal: AbortSignal,
): Promise<AnswerRoute[]> {
  const drawn: AnswerRoute[] = []
  for (const route of routes) {
    const profile = vehicles.find(({ id }) => id === route.vehicle)!.profile
    const truck = truckOf(profile)
    const stops = route.steps.flatMap(({ location }, index) =>
      location ? [{ id: `${index}`, lng: location[0], lat: location[1] }] : [],
    )
    const legs = truck
      ? await askRoads(provider, stops, async (by) => await by.path(stops, { truck }, signal)).then(
          ({ answer }) => answer,
          (error: unknown) => {
            if (error instanceof ProviderError && error.places.length > 0) return []
            throw error
          },
        )
      : []
    const points = legs.flatMap(({ coordinates }, leg) => (leg === 0 ? coordinates : coordinates.slice(1)))
    drawn.push(points.length > 0 ? { ...route, geometry: encodePolyline(points) } : route)
  }
  return drawn
}
