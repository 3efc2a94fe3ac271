/**
 * Local driving: between two points that no trunk road joins, the great circle times a detour factor at one local speed.
 *
 * Its time is concave in the great circle and zero at zero, so it obeys the triangle inequality: driving round by a third
 * point never takes less. The trunk network keeps that promise for whole journeys.
 */

/** Mean radius of the Earth, km (IUGG). */
const EARTH_RADIUS_KM = 6371.0088

/**
 * Door to door inside a town and off the trunk roads, for a medium truck, km/h. A freight application's default (B); held
 * against the published distances with 30, 40 and 45: faster, and journeys begin to cut across bays (C).
 */
export const LOCAL_KMH = 35

/**
 * Road kilometres per great-circle kilometre, by stretch. On average 1.40 up to 20 km, 1.30 at 100 km, 1.22 at 200 km
 * (X, the project's own planning factors). Beside them: the median over pairs of places in two OpenStreetMap extracts is
 * 1.38 in a district of Seoul and 1.32 in a mountain country (C), with every tenth pair below 1.18 or above 1.90.
 */
export const LOCAL_DETOUR = [
  { fromKm: 0, factor: 1.4 },
  { fromKm: 20, factor: 1.275 },
  { fromKm: 100, factor: 1.14 },
] as const

export interface LngLat {
  readonly lng: number
  readonly lat: number
}

export interface LocalLeg {
  readonly durationMs: number
  readonly distanceM: number
}

export function greatCircleKm(a: LngLat, b: LngLat): number {
  const radians = Math.PI / 180
  const halfLat = Math.sin(((b.lat - a.lat) * radians) / 2)
  const halfLng = Math.sin(((b.lng - a.lng) * radians) / 2)
  const haversine = halfLat ** 2 + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * halfLng ** 2
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(haversine))
}

/** Whole milliseconds, rounded up, so that sums are exact and the triangle inequality survives the rounding. */
export function localLeg(a: LngLat, b: LngLat): LocalLeg {
  const straightKm = greatCircleKm(a, b)
  let roadKm = 0
  let factorBefore = 0
  for (const { fromKm, factor } of LOCAL_DETOUR) {
    roadKm += Math.max(0, straightKm - fromKm) * (factor - factorBefore)
    factorBefore = factor
  }
  return { durationMs: Math.ceil((roadKm / LOCAL_KMH) * 3_600_000), distanceM: Math.round(roadKm * 1000) }
}
