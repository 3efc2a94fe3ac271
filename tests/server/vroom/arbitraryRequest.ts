import fc from 'fast-check'

export interface Wish {
  readonly jobs: number
  readonly shipments: number
  readonly vehicles: number
  /** driving as tables may tell it: a way round can be shorter, and staying can take time */
  readonly odd?: boolean
}

/** Requests that can be read, of every kind of rule, with driving that obeys the triangle inequality. */
export const arbitraryRequest = ({ jobs, shipments, vehicles, odd = false }: Wish): fc.Arbitrary<RawLike> =>
  fc
    .record({
      points: fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { minLength: 6, maxLength: 6 }),
      dimensions: fc.nat(2),
      metres: fc.boolean(),
      oddities: fc.array(fc.nat(900), { minLength: 36, maxLength: 36 }),
    })
    .chain(({ points, dimensions, metres, oddities }) => {
      const durations = points.map(([x, y], from) =>
        points.map(([u, v], to) => (odd ? oddities[6 * from + to]! : 10 * (Math.abs(x - u) + Math.abs(y - v)))),
      )
      const place = fc.nat(points.length - 1)
      const amount = (most: number) => fc.array(fc.nat(most), { minLength: dimensions, maxLength: dimensions })
      const windows = fc.array(fc.tuple(fc.nat(900), fc.nat(900)), { maxLength: 2 }).map((pairs) => {
        let from = 0
        return pairs.map(([gap, length]): [number, number] => {
          const window: [number, number] = [from + gap, from + gap + length]
          from = window[1] + 1
          return window
        })
      })
      const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
      const time = windows.map((list) => (list.length > 0 ? list : undefined))
      const skills = fc.subarray([1, 2])
      const stop = { location_index: place, setup: fc.nat(30), service: fc.nat(60), time_windows: time }
      const job = fc.record({
        ...stop,
        delivery: amount(3),
        pickup: amount(3),
        skills,
        priority: fc.constantFrom(0, 0, 0, 5, 50),
      })
      const shipment = fc.record({
        pickup: fc.record(stop),
        delivery: fc.record(stop),
        amount: amount(4),
        skills,
        priority: fc.constantFrom(0, 0, 7),
      })
      const rest = fc.record({
        service: fc.nat(100),
        // wide enough to be taken at all
        time_windows: fc.nat(1500).map((from): [number, number][] => [[from, from + 4000]]),
        max_load: sometimes(amount(4)),
      })
      const vehicle = fc.record({
        start_index: place,
        end_index: sometimes(place),
        capacity: amount(8),
        skills: fc.constantFrom([1], [1, 2], [1, 2]),
        time_window: sometimes(fc.constantFrom<[number, number]>([0, 6000], [200, 9000])),
        breaks: sometimes(fc.array(rest, { maxLength: 2 })),
        speed_factor: sometimes(fc.constantFrom(0.5, 1.3, 2)),
        max_tasks: sometimes(fc.integer({ min: 1, max: 5 })),
        max_travel_time: sometimes(fc.integer({ min: 500, max: 4000 })),
        costs: sometimes(
          fc.record({ fixed: fc.nat(2000), per_hour: fc.nat(7200), per_km: fc.nat(50), per_task_hour: fc.nat(3600) }),
        ),
      })
      return fc
        .record({
          jobs: fc.array(job, { minLength: shipments > 0 ? 0 : 1, maxLength: jobs }),
          shipments: fc.array(shipment, { minLength: jobs > 0 ? 0 : 1, maxLength: shipments }),
          vehicles: fc.array(vehicle, { minLength: 1, maxLength: vehicles }),
        })
        .filter((lists) => lists.jobs.length + lists.shipments.length > 0)
        .map(
          (lists): RawLike => ({
            vehicles: lists.vehicles.map(({ breaks, ...more }, id) =>
              clean({
                id,
                ...more,
                breaks: breaks?.map((one, rank) => clean({ id: rank, ...one })),
                costs: metres ? more.costs : withoutKm(more.costs),
              }),
            ),
            jobs: lists.jobs.map((one, id) => clean({ id, ...one })),
            shipments: lists.shipments.map((one, id) => ({
              ...one,
              pickup: clean({ id, ...one.pickup }),
              delivery: clean({ id: 100 + id, ...one.delivery }),
            })),
            matrices: {
              car: {
                durations,
                ...(metres && { distances: durations.map((row) => row.map((seconds) => 7 * seconds)) }),
              },
            },
          }),
        )
    })

export type RawLike = {
  readonly vehicles: readonly object[]
  readonly jobs: readonly object[]
  readonly shipments: readonly object[]
  readonly matrices: object
}

const withoutKm = (costs: object | undefined) => costs && { ...costs, per_km: 0 }

/** JSON has no undefined. */
const clean = (value: object): object => JSON.parse(JSON.stringify(value))
