import { describe, expect, test } from 'vitest'
import type { ContractTariff, HiredTariff, TerminalTariff } from '../../solver/index.ts'
import { DAY_S } from '../../solver/index.ts'
import { handVisits, terminalKrw, terminalRefusal, truckLines } from '../../solver/tariff.ts'
import { contract, HOUR, hired, shipment, site } from './problems.ts'

const day: ContractTariff = {
  id: 'own',
  kind: 'contract',
  perDayKrw: 150_000,
  perKmKrw: 331,
  perHourKrw: 12_000,
  overtime: { afterS: 8 * HOUR, perHourKrw: 6000 },
  handLoadKrw: 5000,
  tollIncluded: false,
}
const spot: HiredTariff = {
  id: 'spot',
  kind: 'hired',
  baseKrw: 20_000,
  perKmKrw: 500,
  minimumKrw: 45_000,
  stopFeeKrw: 20_000,
  includedStops: 2,
  tollIncluded: true,
}
const freight: TerminalTariff = {
  id: 'depot',
  kind: 'terminal',
  baseKrw: 7000,
  perKgKrw: 62,
  zones: [{ uptoM: 60_000, factor: 1 }, { uptoM: 150_000, factor: 1.35 }, { factor: 2 }],
  maxPieceKg: 300,
  maxShipmentKg: 500,
  leadDays: 1,
}
const trip = { legsM: [10_000, 20_000], stops: 2, paidS: HOUR, tollKrw: 1000, handVisits: 0 }

describe('a contract truck', () => {
  test('is paid by day, kilometre, hour, overtime, loading by hand, and toll where that is charged', () => {
    // 331 × 10 + 331 × 20.5 = 3,310 + 6,785.5 → 6,786 a leg; 9.5 h × 12,000; 1.5 h × 6,000 on top; 3 × 5,000
    const lines = truckLines(day, {
      legsM: [10_000, 20_500],
      stops: 9,
      paidS: 9.5 * HOUR,
      tollKrw: 2300,
      handVisits: 3,
    })
    expect(lines).toEqual([
      { kind: 'fixed', krw: 150_000 },
      { kind: 'distance', krw: 3310 + 6786 },
      { kind: 'time', krw: 114_000 },
      { kind: 'overtime', krw: 9000 },
      { kind: 'handling', krw: 15_000 },
      { kind: 'toll', krw: 2300 },
    ])
  })

  test('has no overtime at eight hours sharp, and none of it where none is agreed', () => {
    const kinds = (tariff: ContractTariff, paidS: number) =>
      truckLines(tariff, { ...trip, paidS }).map(({ kind }) => kind)
    expect(kinds(day, 8 * HOUR)).not.toContain('overtime')
    // one second is 1.67 won
    expect(truckLines(day, { ...trip, paidS: 8 * HOUR + 1 })).toContainEqual({ kind: 'overtime', krw: 2 })
    const { overtime: _, ...plain } = day
    expect(kinds(plain, 23 * HOUR)).not.toContain('overtime')
  })
})

describe('a hired truck', () => {
  const krw = (tariff: HiredTariff, more: Partial<typeof trip>) =>
    Object.fromEntries(truckLines(tariff, { ...trip, ...more }).map((line) => [line.kind, line.krw]))

  test('is lifted to the minimum fare', () => {
    // 20,000 + 500 × 30 km = 35,000, 10,000 below it
    expect(krw(spot, {})).toEqual({ fixed: 20_000, distance: 15_000, minimumTopUp: 10_000 })
    // 20,000 + 500 × 60 km = 50,000
    expect(krw(spot, { legsM: [60_000] })).toEqual({ fixed: 20_000, distance: 30_000 })
  })

  test('takes a fee for each stop beyond those included, on top of the minimum', () => {
    expect(krw(spot, { stops: 5 })).toEqual({ fixed: 20_000, distance: 15_000, minimumTopUp: 10_000, stopFee: 60_000 })
  })

  test('counts a charged toll toward the minimum, and no fees', () => {
    // 20,000 + 15,000 + 4,000 = 39,000
    expect(krw({ ...spot, tollIncluded: false }, { tollKrw: 4000, stops: 3 })).toEqual({
      fixed: 20_000,
      distance: 15_000,
      minimumTopUp: 6000,
      toll: 4000,
      stopFee: 20_000,
    })
  })

  test('is paid for no hours', () => {
    expect(krw(spot, { paidS: 20 * HOUR })).toEqual(krw(spot, {}))
  })

  test('rounds each leg by itself, so that legs add up', () => {
    // 333.3 × 1.5 km = 499.95 → 500, twice
    const fine = { ...spot, perKmKrw: 333.3, minimumKrw: 0 }
    expect(krw(fine, { legsM: [1500, 1500] }).distance).toBe(1000)
    expect(krw(fine, { legsM: [3000] }).distance).toBe(1000)
    expect(krw(fine, { legsM: [500, 500, 500, 500, 500, 500] }).distance).toBe(6 * 167)
  })
})

describe('terminal freight', () => {
  test('costs base and weight, times the zone', () => {
    // 7,000 + 62 × 100 = 13,200; × 1.35 = 17,820; × 2 = 26,400
    expect(terminalKrw(freight, 100, 59_999)).toBe(13_200)
    // the first zone whose uptoM is more than the distance: 60 km is in the second
    expect(terminalKrw(freight, 100, 60_000)).toBe(17_820)
    expect(terminalKrw(freight, 100, 150_000)).toBe(26_400)
    expect(terminalKrw(freight, 0.1, 1000)).toBe(7006)
  })

  test('does not go beyond its last zone', () => {
    const near = { ...freight, zones: [{ uptoM: 60_000, factor: 1 }] }
    expect(terminalRefusal(near, shipment('s', 'a', 'b'), 59_999)).toBeNull()
    expect(terminalRefusal(near, shipment('s', 'a', 'b'), 60_000)).not.toBeNull()
  })

  test('refuses a heavy piece, a heavy shipment, what must go alone and what may not go by it', () => {
    const refusal = (more: object) => terminalRefusal(freight, shipment('s', 'a', 'b', more), 10_000)
    expect(refusal({ weightKg: 300 })).toBeNull()
    // without pieceKg the shipment is one piece
    expect(refusal({ weightKg: 301 })).toBe('pieceWeight')
    expect(refusal({ weightKg: 500, pieceKg: 100 })).toBeNull()
    expect(refusal({ weightKg: 501, pieceKg: 100 })).toBe('capacity')
    expect(refusal({ mustGoAlone: true })).toBe('modes')
    expect(refusal({ modes: ['route', 'hired'] })).toBe('modes')
    expect(refusal({ modes: ['terminal'] })).toBeNull()
  })

  test('arrives a day after the day it is ready', () => {
    const due = (at: number, ready = 10 * HOUR) =>
      terminalRefusal(freight, shipment('s', 'a', 'b', { ready, due: at }), 10_000)
    // ready on day 1, there on day 2
    expect(due(18 * HOUR)).toBe('timeWindows')
    expect(due(DAY_S + 18 * HOUR)).toBeNull()
    expect(due(DAY_S + 18 * HOUR, DAY_S + 9 * HOUR)).toBe('timeWindows')
    expect(terminalRefusal(freight, shipment('s', 'a', 'b'), 10_000)).toBeNull()
    expect(terminalRefusal({ ...freight, leadDays: 0 }, shipment('s', 'a', 'b', { due: 18 * HOUR }), 10_000)).toBeNull()
  })
})

describe('loading by hand', () => {
  test('is paid at each end that has nothing else', () => {
    const bare = site('a', 0, 0, { handling: ['hand'] })
    const dock = site('b', 0, 0, { handling: ['hand', 'forklift'] })
    const goods = shipment('s', 'a', 'b')
    expect(handVisits(goods, bare, bare, hired())).toBe(2)
    expect(handVisits(goods, bare, dock, hired())).toBe(1)
    expect(handVisits(goods, dock, dock, hired())).toBe(0)
    // the truck's crane spares the hands; goods that only hands may touch need them everywhere
    expect(handVisits(goods, bare, bare, contract({ handling: ['crane'] }))).toBe(0)
    expect(handVisits(shipment('s', 'a', 'b', { handling: ['hand'] }), dock, dock, hired())).toBe(2)
  })
})
