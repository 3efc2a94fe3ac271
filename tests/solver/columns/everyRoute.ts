/** Every route of a tiny relaxed day, by trying them all. Written a second time: shares nothing with pricing but the day. */
import type { Relaxed, RelaxedKind } from '../../../solver/columns/relaxed.ts'

export interface TinyRoute {
  readonly orders: readonly number[]
  readonly visits: readonly number[]
  readonly krw: number
}

/** The routes of one kind, of no more than `most` of the orders at once. */
export function* everyRoute(relaxed: Relaxed, kind: RelaxedKind, most: number): Generator<TinyRoute> {
  const { instance, size } = relaxed
  const walk = function* (
    visits: readonly number[],
    picked: readonly number[],
    aboard: readonly number[],
    step: { place: number; timeS: number; arcsKrw: number; stops: number },
  ): Generator<TinyRoute> {
    if (picked.length > 0 && aboard.length === 0) {
      const [homeS, homeKrw] = kind.end < 0 ? [0, 0] : leg(step.place, kind.end)
      if (step.timeS + homeS <= kind.closesS)
        yield {
          orders: [...picked].sort((x, y) => x - y),
          visits,
          krw:
            Math.max(kind.fixedKrw + step.arcsKrw + homeKrw, kind.minimumKrw) +
            kind.stopFeeKrw * Math.max(0, step.stops - kind.includedStops) +
            picked.reduce((sum, order) => sum + kind.carryKrw[order], 0),
        }
    }
    for (const order of kind.orders)
      if (!picked.includes(order) && picked.length < most && fits([...aboard, order])) {
        const next = drive(step, 2 * order, visits.length === 0)
        if (next) yield* walk([...visits, 2 * order], [...picked, order], [...aboard, order], next)
      }
    for (const order of aboard) {
      const next = drive(step, 2 * order + 1, false)
      const rest = aboard.filter((other) => other !== order)
      if (next) yield* walk([...visits, 2 * order + 1], picked, rest, next)
    }
  }
  yield* walk([], [], [], { place: kind.start, timeS: kind.opensS, arcsKrw: 0, stops: 0 })

  function leg(from: number, to: number): [number, number] {
    return from < 0 ? [0, 0] : [kind.arcS[from * size + to], kind.arcKrw[from * size + to]]
  }

  function fits(aboard: readonly number[]): boolean {
    const load = (d: number) => aboard.reduce((sum, order) => sum + instance.demand[order * instance.dimensions + d], 0)
    return kind.capacity.every((most, d) => load(d) <= most)
  }

  /** The next visit; a stop may pass as soon as its site is open to anyone. */
  function drive(
    from: { place: number; timeS: number; arcsKrw: number; stops: number },
    visit: number,
    first: boolean,
  ) {
    const place = instance.placeOf[visit]
    const [legS, krw] = leg(from.place, place)
    const arriveS = from.timeS + legS
    const begins = first || place !== from.place
    const ends = kind.orders.flatMap((order) => [2 * order, 2 * order + 1])
    const anyone = Math.min(...ends.filter((end) => instance.placeOf[end] === place).map((end) => opens(end, arriveS)))
    const start = Math.max(opens(visit, arriveS), begins ? anyone + instance.stopS[place] : 0)
    const timeS = start + instance.serviceS[visit]
    const stops = from.stops + (begins ? 1 : 0)
    if (timeS > kind.closesS || stops > kind.maxStops) return null
    return { place, timeS, arcsKrw: from.arcsKrw + krw, stops }
  }

  function opens(visit: number, arriveS: number): number {
    for (let w = instance.windowFrom[visit]; w < instance.windowFrom[visit + 1]; w++)
      if (arriveS <= instance.closesS[w]) return Math.max(arriveS, instance.opensS[w])
    return Number.POSITIVE_INFINITY
  }
}

/** Reduced cost. */
export const reducedKrw = (
  { krw, orders }: Pick<TinyRoute, 'krw' | 'orders'>,
  prices: Float64Array,
  kindKrw: number,
): number => orders.reduce((sum, order) => sum - prices[order], krw) - kindKrw
