/** A truck class in the words of Valhalla's `truck` costing, whose own defaults are an American semi-trailer. */
import { TRUCK_BODY } from '../profiles.ts'
import type { TravelProfile } from '../provider.ts'

/** Of the request; `avoid`: neither toll roads nor expressways may be used at all. */
export function truckCosting({ truck }: TravelProfile, avoid = false) {
  const { heightM, widthM, lengthM, grossKg, axleLoadKg, axles, topSpeedKmh } = TRUCK_BODY[truck]
  return {
    costing: 'truck',
    costing_options: {
      truck: {
        height: heightM,
        width: widthM,
        length: lengthM,
        weight: grossKg / 1000,
        axle_load: axleLoadKg / 1000,
        axle_count: axles,
        top_speed: topSpeedKmh,
        // its fare is not priced: only where nothing else leads
        use_ferry: 0,
        ...(avoid && { exclude_tolls: true, exclude_highways: true }),
      },
    },
    units: 'kilometers',
  }
}
