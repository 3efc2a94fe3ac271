/** What every source of travel times promises, whatever it is made of: see server/travel/provider.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  NO_WAY,
  ProviderError,
  type TravelMatrix,
  type TravelPlace,
  type TravelProvider,
} from '../../../server/travel/provider.ts'
import type { TruckClass } from '../../../solver/index.ts'

export interface Subject {
  readonly provider: TravelProvider
  /** Five at least, each joined with each by roads. */
  readonly places: readonly TravelPlace[]
  /** No road reaches it. */
  readonly lost: TravelPlace
  readonly truck: TruckClass
  /** The same source once its data is another; absent: its data is part of the program. */
  readonly onOtherData?: () => Promise<TravelProvider>
  close(): Promise<void>
}

export const PLACES: readonly TravelPlace[] = [
  { id: 'complex', lng: 126.7752, lat: 35.1204 },
  { id: 'hanam', lng: 126.8031, lat: 35.1911 },
  { id: 'damyang', lng: 126.9877, lat: 35.3213 },
  { id: 'suncheon', lng: 127.3503, lat: 34.9507 },
  { id: 'naju', lng: 126.7101, lat: 35.0152 },
  { id: 'jangseong', lng: 126.7849, lat: 35.3019 },
]
/** Jeju: an island. */
export const JEJU: TravelPlace = { id: 'jeju', lng: 126.53, lat: 33.45 }

const CELLS = ['durationS', 'distanceM', 'tollKrw', 'expresswayM'] as const
const cellsAt = (matrix: TravelMatrix, cell: number) => CELLS.map((name) => matrix[name][cell]!)
const NOTHING = [0, 0, 0, 0]
const NO_ROAD = [NO_WAY, NO_WAY, NO_WAY, NO_WAY]

export function contract(name: string, open: () => Promise<Subject>): void {
  describe(`${name} keeps the contract of travel providers:`, () => {
    let subject: Subject
    let whole: TravelMatrix
    beforeAll(async () => {
      subject = await open()
      await subject.provider.prepare?.()
      whole = await subject.provider.matrix(subject.places, subject.places, { truck: subject.truck })
    })
    afterAll(async () => await subject?.close())
    const size = () => subject.places.length
    const ask = async (from: readonly TravelPlace[], to: readonly TravelPlace[] = from, signal?: AbortSignal) =>
      await subject.provider.matrix(from, to, { truck: subject.truck }, signal)

    it('fills four tables with whole figures, zero on the diagonal and more than zero beside it', () => {
      expect(whole.unreachable).toEqual({ from: [], to: [] })
      for (const table of CELLS) {
        expect(whole[table]).toBeInstanceOf(Int32Array)
        expect(whole[table].length).toBe(size() ** 2)
      }
      for (let from = 0; from < size(); from++)
        for (let to = 0; to < size(); to++) {
          const cell = from * size() + to
          if (from === to) expect(cellsAt(whole, cell)).toEqual(NOTHING)
          else {
            expect(whole.durationS[cell]).toBeGreaterThan(0)
            expect(whole.distanceM[cell]).toBeGreaterThan(0)
            expect(whole.tollKrw[cell]).toBeGreaterThanOrEqual(0)
            expect(whole.expresswayM[cell]).toBeGreaterThanOrEqual(0)
            expect(whole.expresswayM[cell]).toBeLessThanOrEqual(whole.distanceM[cell]!)
          }
        }
    })

    it('drives along a path in the figures of the matrix, from place to place', async () => {
      const legs = await subject.provider.path(subject.places, { truck: subject.truck })
      expect(legs.length).toBe(size() - 1)
      for (const [k, leg] of legs.entries()) {
        expect(CELLS.map((table) => leg[table])).toEqual(cellsAt(whole, k * size() + k + 1))
        expect(leg.coordinates.length).toBeGreaterThanOrEqual(2)
        for (const [lng, lat] of leg.coordinates) {
          expect(Math.abs(lng)).toBeLessThanOrEqual(180)
          expect(Math.abs(lat)).toBeLessThanOrEqual(90)
        }
        // on a road near the place, not in another town: 0.02° is about 2 km
        for (const [at, place] of [
          [leg.coordinates[0]!, subject.places[k]!],
          [leg.coordinates.at(-1)!, subject.places[k + 1]!],
        ] as const) {
          expect(Math.abs(at[0] - place.lng)).toBeLessThan(0.02)
          expect(Math.abs(at[1] - place.lat)).toBeLessThan(0.02)
        }
      }
    })

    it('has another key where the hour changes its tolls, and only those, to less', async () => {
      const { provider, truck, places } = subject
      const leaves = { date: '2026-11-23', secondOfDay: 7200, fromS: 0, toS: 14_400 }
      const night = { truck, leaves, tollDiscounts: { night: true } }
      const atNight = await provider.matrix(places, places, night)
      const tollKrw = provider.key(night) === provider.key({ truck }) ? whole.tollKrw : atNight.tollKrw
      expect(atNight).toEqual({ ...whole, tollKrw })
      tollKrw.forEach((krw, cell) => {
        expect(krw).toBeLessThanOrEqual(whole.tollKrw[cell]!)
      })
      if (provider.byHour) expect(provider.key(night)).not.toBe(provider.key({ truck }))
      const legs = await provider.path(places, night)
      for (const [k, leg] of legs.entries()) expect(leg.tollKrw).toBe(tollKrw[k * size() + k + 1])
    })

    it('gives the same figures in another order', async () => {
      const order = subject.places.map((_, k) => (k * 2 + 1) % size()).filter((k, at, all) => all.indexOf(k) === at)
      for (let k = 0; k < size(); k++) if (!order.includes(k)) order.push(k)
      const turned = await ask(order.map((k) => subject.places[k]!))
      for (const [row, from] of order.entries())
        for (const [column, to] of order.entries())
          expect(cellsAt(turned, row * size() + column)).toEqual(cellsAt(whole, from * size() + to))
    })

    it('gives the same figures for some of the places, and for a rectangle of them', async () => {
      const [rows, columns] = [
        [3, 0],
        [1, 3, 4],
      ]
      const some = await ask(
        rows.map((k) => subject.places[k]!),
        columns.map((k) => subject.places[k]!),
      )
      expect(some.durationS.length).toBe(6)
      for (const [row, from] of rows.entries())
        for (const [column, to] of columns.entries())
          expect(cellsAt(some, row * columns.length + column)).toEqual(cellsAt(whole, from * size() + to))
    })

    it('names the place that no road reaches, and the rest arrives', async () => {
      const { places, lost } = subject
      const asked = [places[0]!, lost, places[1]!]
      const matrix = await ask(asked)
      const named = { index: 1, id: lost.id, lng: lost.lng, lat: lost.lat }
      expect(matrix.unreachable).toEqual({ from: [named], to: [named] })
      for (const cell of [1, 3, 5, 7]) expect(cellsAt(matrix, cell)).toEqual(NO_ROAD)
      for (const cell of [0, 4, 8]) expect(cellsAt(matrix, cell)).toEqual(NOTHING)
      expect(cellsAt(matrix, 2)).toEqual(cellsAt(whole, 1))
      expect(cellsAt(matrix, 6)).toEqual(cellsAt(whole, size()))
      const known = subject.provider.unreachable?.(asked)
      if (known) expect(known.map(({ index, id }) => [index, id])).toEqual([[1, lost.id]])
      const refused = await subject.provider
        .path([places[0]!, lost], { truck: subject.truck })
        .catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(ProviderError)
      expect((refused as ProviderError).places.map(({ id }) => id)).toEqual([lost.id])
    })

    it('needs no time between places at one spot', async () => {
      const { places, provider } = subject
      // one that goes by ids is told of the same place twice
      const twin = provider.byId ? places[2]! : { ...places[2]!, id: 'twin' }
      const matrix = await ask([places[2]!, twin, places[0]!])
      for (const cell of [0, 1, 3, 4]) expect(cellsAt(matrix, cell)).toEqual(NOTHING)
      expect(cellsAt(matrix, 5)).toEqual(cellsAt(matrix, 2))
    })

    it('has nothing to say of no places', async () => {
      const none = await ask([])
      expect(none.unreachable).toEqual({ from: [], to: [] })
      for (const table of CELLS) expect(none[table].length).toBe(0)
      expect((await ask([], subject.places)).durationS.length).toBe(0)
      expect(await subject.provider.path([], { truck: subject.truck })).toEqual([])
      expect(await subject.provider.path(subject.places.slice(0, 1), { truck: subject.truck })).toEqual([])
    })

    it('stops when it is told to', async () => {
      const reason = new Error('nobody waits any more')
      const gone = AbortSignal.abort(reason)
      const { places, provider, truck } = subject
      await expect(ask(places, places, gone)).rejects.toBe(reason)
      await expect(provider.path(places, { truck }, gone)).rejects.toBe(reason)
    })

    it('keeps its key, and shares it only between trucks that drive alike', async () => {
      const { places, provider } = subject
      const [small, large] = [{ truck: '1t' }, { truck: '25t' }] as const
      expect(provider.key(small)).toBe(provider.key(small))
      if (provider.key(small) !== provider.key(large)) return
      expect(await provider.matrix(places, places, small)).toEqual(await provider.matrix(places, places, large))
    })

    // the last: the data of the subject is another afterwards
    it('has another key on other data', async () => {
      const { provider, truck, onOtherData } = subject
      const before = provider.key({ truck })
      const other = await onOtherData?.()
      await other?.prepare?.()
      if (other) expect(other.key({ truck })).not.toBe(before)
    })
  })
}
