/** What each truck class changes about a journey: its pace and its toll class. */
import type { TruckClass } from '../../solver/index.ts'
import type { TollClass } from './toll.ts'

export interface TruckPace {
  /**
   * Percent of the planning speeds of roads (which are those of a medium truck). Whole percents keep times exact.
   * All X: no measured speeds by class were found. The one fact behind them is legal (G): on expressways trucks above
   * 1.5 t payload may drive 80 km/h, the road's planning speed, and smaller ones 100; four axles lose time on slopes.
   */
  readonly speedPercent: number
  /** By axles and tyres (operators' pages, A); which class a payload falls into is general knowledge (G). */
  readonly tollClass: TollClass
}

export const TRUCK_PACE: Readonly<Record<TruckClass, TruckPace>> = {
  '1t': { speedPercent: 105, tollClass: 1 },
  '1.4t': { speedPercent: 105, tollClass: 1 },
  '2.5t': { speedPercent: 100, tollClass: 2 },
  '3.5t': { speedPercent: 100, tollClass: 2 },
  '5t': { speedPercent: 100, tollClass: 2 },
  '5t-axle': { speedPercent: 100, tollClass: 4 },
  '8t': { speedPercent: 100, tollClass: 3 },
  '11t': { speedPercent: 100, tollClass: 4 },
  '18t': { speedPercent: 95, tollClass: 5 },
  '25t': { speedPercent: 95, tollClass: 5 },
}
