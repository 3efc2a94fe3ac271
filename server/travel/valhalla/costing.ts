/** A truck class in the words of Valhalla's `truck` costing, whose own defaults are an American semi-trailer. */
import { TRUCK_BODY } from '../profiles.ts'
import type { TravelProfile } from '../provider.ts'

const truckOptions = ({ truck }: TravelProfile) => {
  const { heightM, widthM, lengthM, grossKg, axleLoadKg, axles } = TRUCK_BODY[truck]
  return {
    height: heightM,
    width: widthM,
    length: lengthM,
    weight: grossKg / 1000,
    axle_load: axleLoadKg / 1000,
    axle_count: axles,
    // its fare is not priced: only where nothing else leads
    use_ferry: 0,
  }
}

const costingOf = (truck: object) => ({ costing: 'truck', costing_options: { truck }, units: 'kilometers' })

/**
 * Without `top_speed`: Valhalla does not only drive no faster, it shuns roads that allow more. At 80 km/h an expressway of 100
 * would cost double and the truck would take village streets beside it. See `slowedS` in ways.ts.
 */
export const truckCosting = (profile: TravelProfile) => costingOf(truckOptions(profile))

/** Kept off expressways and toll roads: another figure tells that a way has one of these. */
export const offExpressways = (profile: TravelProfile) =>
  costingOf({ ...truckOptions(profile), exclude_tolls: true, exclude_highways: true })

/** Changes with everything that the answers of this truck hang on. */
export const costingFigures = (profile: TravelProfile): string =>
  [...Object.values(truckOptions(profile)), TRUCK_BODY[profile.truck].expresswayKmh].join(',')
