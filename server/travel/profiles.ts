/** What each truck class changes about a journey: its pace, its toll class, and which roads it may and can take. */
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

/**
 * The truck with its body, laden to its payload: what signs at bridges, tunnels and narrow roads are held against. A truck that is
 * not full may pass where this one may not; the figures err on the side that keeps a driver from turning back.
 * The legal most is 4.0 m high (4.2 m on designated roads), 2.5 m wide, 16.7 m long, 10 t an axle, 40 t in all: 도로법 제77조,
 * 시행령 제79조 (A).
 */
export interface TruckBody {
  /** Height of the box (two public load-planning codes, B) above a floor of 0.8 to 1.3 m, and 0.1 m of roof (G): C. */
  readonly heightM: number
  /** Of the bed (B) and 0.1 m, at most the legal width: C. */
  readonly widthM: number
  /** The longest bed of the class (B) and a cab with bumpers of 2.2 to 2.6 m (G): C. */
  readonly lengthM: number
  /** Payload (B) and the kerb weight usual in the class (G), at most the legal gross weight: C. */
  readonly grossKg: number
  /** Two thirds of the gross weight on the rear axle of two, less with more axles (G), at most the legal 10 t: X. */
  readonly axleLoadKg: number
  /** What the toll classes count (operators' pages, A); five for 25 t, where four occur too (G). */
  readonly axles: number
  /** Trucks above 1.5 t payload may drive 80 km/h, smaller ones 100 (G); other roads set trucks no bound of their own (G). */
  readonly expresswayKmh: number
}

export const TRUCK_BODY: Readonly<Record<TruckClass, TruckBody>> = {
  '1t': body(2.6, 1.73, 5.2, 2800, 1800, 2, 100),
  '1.4t': body(2.75, 1.8, 5.6, 3400, 2200, 2, 100),
  '2.5t': body(3.05, 1.9, 6.6, 5600, 3700, 2, 80),
  '3.5t': body(3.3, 2.2, 7.3, 7200, 4800, 2, 80),
  '5t': body(3.55, 2.45, 8.5, 11_000, 7300, 2, 80),
  '5t-axle': body(3.6, 2.45, 10.8, 12_500, 5500, 3, 80),
  '8t': body(3.7, 2.45, 10.5, 15_500, 10_000, 2, 80),
  '11t': body(3.8, 2.5, 11.6, 22_000, 9000, 3, 80),
  '18t': body(3.9, 2.5, 12.7, 32_000, 10_000, 4, 80),
  '25t': body(3.9, 2.5, 12.7, 40_000, 10_000, 5, 80),
}

function body(
  heightM: number,
  widthM: number,
  lengthM: number,
  grossKg: number,
  axleLoadKg: number,
  axles: number,
  expresswayKmh: number,
): TruckBody {
  return { heightM, widthM, lengthM, grossKg, axleLoadKg, axles, expresswayKmh }
}
