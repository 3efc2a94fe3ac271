import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  readDate,
  readDegrees,
  readGear,
  readQuantity,
  readTime,
  readVolume,
  readWeight,
} from '../../../server/imports/cells.ts'

const at = (hour: number, minute = 0): number => hour * 3600 + minute * 60
const HALVES = { morning: [at(8), at(12)], afternoon: [at(13), at(17, 30)] } as const
const NEAR = '2026-11-23'

describe('readWeight', () => {
  test.each([
    ['850', 850],
    ['850kg', 850],
    ['1,200 kg', 1200],
    ['1,200㎏', 1200],
    ['1.2톤', 1200],
    ['1.235 t', 1235],
    ['0.5ton', 500],
    ['１２００', 1200],
    ['１．２톤', 1200],
    ['약 300kg', 300],
    ['.5톤', 500],
  ])('reads %s as %d kg', (cell, kg) => {
    expect(readWeight(cell)).toMatchObject({ value: { kg } })
  })

  test('takes the unit of the header where the cell has none, and that of the cell where it has one', () => {
    expect(readWeight('1.2', '톤')).toMatchObject({ value: { kg: 1200, maybeTonnes: false } })
    expect(readWeight('850kg', '톤')).toMatchObject({ value: { kg: 850 } })
  })

  test('suspects tonnes behind a small fraction without a unit', () => {
    expect(readWeight('1.2')).toEqual({ value: { kg: 1.2, maybeTonnes: true } })
    expect(readWeight('5')).toEqual({ value: { kg: 5, maybeTonnes: false } })
    expect(readWeight('1.2kg')).toEqual({ value: { kg: 1.2, maybeTonnes: false } })
  })

  test.each([
    ['', 'weight.missing'],
    ['NaN', 'weight.notNumber'],
    ['1,2톤', 'weight.notNumber'], // 1.2 or 12? not ours to guess
    ['1.200.000', 'weight.notNumber'],
    ['무거움', 'weight.notNumber'],
    ['3파렛트', 'weight.notWeight'],
    ['3EA', 'weight.notWeight'],
    ['500근', 'weight.unit'],
    ['0', 'weight.notPositive'],
    ['-5', 'weight.notPositive'],
    ['850톤', 'weight.tooHeavy'],
    ['#REF!', 'cell.formulaError'],
  ])('refuses %s with %s', (cell, fault) => {
    expect(readWeight(cell)).toEqual({ fault })
  })

  test('gives a weight back whatever way it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (kg) => {
        for (const form of [`${kg}`, `${kg.toLocaleString('en-US')}kg`, `${kg / 1000}톤`])
          expect(readWeight(form)).toMatchObject({ value: { kg } })
      }),
    )
  })
})

describe('readQuantity', () => {
  test('keeps pallets apart from pieces, whichever cell holds the unit', () => {
    expect(readQuantity('3파렛트', '')).toEqual({ value: { count: 3, pallets: true } })
    expect(readQuantity('3', 'PLT')).toEqual({ value: { count: 3, pallets: true } })
    expect(readQuantity('3', 'ea')).toEqual({ value: { count: 3, pallets: false, unit: 'EA' } })
    expect(readQuantity('', '')).toEqual({ value: { count: 1, pallets: false } })
    expect(readQuantity('2.5', '')).toEqual({ fault: 'quantity.notNumber' })
  })
})

describe('readDate', () => {
  test.each([
    '2026-11-21',
    '2026.11.21',
    '2026. 11. 21.',
    '2026/11/21',
    '20261121',
    '26.11.21',
    '2026년 11월 21일',
    '２０２６．１１．２１',
    '2026-11-21 (토)',
    '2026-11-21 00:00:00',
    '11/21',
    '11월 21일',
    '11.21',
    '46347', // 2026-11-21 less 1899-12-30
  ])('reads %s as 21 November 2026', (cell) => {
    expect(readDate(cell, NEAR)).toEqual({ value: '2026-11-21' })
  })

  test('gives a date without a year the nearest year', () => {
    expect(readDate('1/2', '2026-12-30')).toEqual({ value: '2027-01-02' })
    expect(readDate('12/30', '2027-01-02')).toEqual({ value: '2026-12-30' })
    expect(readDate('12/30', null)).toEqual({ fault: 'date.noYear' })
  })

  test('finds 29 February in the years that have one', () => {
    expect(readDate('2/29', '2027-12-01')).toEqual({ value: '2028-02-29' })
    expect(readDate('2026-02-29', NEAR)).toEqual({ fault: 'date.notADay' })
  })

  test.each(['내일', '21/11/2026', '2026-13', '1'])('refuses %s', (cell) => {
    expect(readDate(cell, NEAR)).toHaveProperty('fault')
  })
})

describe('readTime', () => {
  test.each([
    ['오전', { fromS: at(8), untilS: at(12) }],
    ['오후', { fromS: at(13), untilS: at(17, 30) }],
    ['14:00까지', { untilS: at(14) }],
    ['~14:00', { untilS: at(14) }],
    ['오후 2시까지', { untilS: at(14) }],
    ['오후 5시 30분까지', { untilS: at(17, 30) }],
    ['12시 이전', { untilS: at(12) }],
    ['10:00 이후', { fromS: at(10) }],
    ['10:00~', { fromS: at(10) }],
    ['09:00-11:00', { fromS: at(9), untilS: at(11) }],
    ['9시~11시', { fromS: at(9), untilS: at(11) }],
    ['09:00부터 11:00까지', { fromS: at(9), untilS: at(11) }],
    ['오후 2시~4시', { fromS: at(14), untilS: at(16) }],
    ['2 pm', { untilS: at(14) }],
    ['by 14:00', { untilS: at(14) }],
    ['14:00', { untilS: at(14) }],
    ['오전 중', { fromS: at(8), untilS: at(12) }],
    ['당일', { sameDay: true }],
    ['익일', { nextDay: true }],
    ['당일 17:00 도착', { sameDay: true, untilS: at(17) }],
    ['무관', {}],
    ['', {}],
  ])('reads %s', (cell, request) => {
    expect(readTime(cell, 'delivery', HALVES)).toEqual({ value: request })
  })

  test('takes a bare time as the earliest of a pickup', () => {
    expect(readTime('14:00', 'pickup', HALVES)).toEqual({ value: { fromS: at(14) } })
  })

  test.each([
    ['11:00-09:00', 'time.reversed'],
    ['25:00까지', 'time.form'],
    ['14', 'time.form'],
    ['빨리', 'time.form'],
    ['09:70', 'time.form'],
  ])('refuses %s with %s', (cell, fault) => {
    expect(readTime(cell, 'delivery', HALVES)).toEqual({ fault })
  })
})

describe('readGear, readVolume, readDegrees', () => {
  test('read what is there and say what is not', () => {
    expect(readGear('지게차/크레인')).toEqual({ value: ['forklift', 'crane'] })
    expect(readGear('')).toEqual({ value: undefined })
    expect(readGear('드론')).toEqual({ fault: 'gear.unknown' })
    expect(readVolume('2.5㎥')).toEqual({ value: 2500 })
    expect(readVolume('800L')).toEqual({ value: 800 })
    expect(readVolume('많음')).toEqual({ fault: 'volume.notNumber' })
    expect(readDegrees('35.125')).toEqual({ value: 35.125 })
    expect(readDegrees('북위 35도')).toEqual({ fault: 'coordinates.form' })
  })
})

test('no reader throws, whatever the cell', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (cell) => {
      for (const result of [
        readWeight(cell),
        readQuantity(cell, cell),
        readDate(cell, NEAR),
        readDate(cell, null),
        readTime(cell, 'pickup', HALVES),
        readGear(cell),
        readVolume(cell),
        readDegrees(cell),
      ])
        expect('value' in result || 'fault' in result).toBe(true)
    }),
  )
})
