import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { matrixFileProvider, readMatrix } from '../../../server/travel/matrixFile.ts'
import { NO_WAY, ProviderError } from '../../../server/travel/provider.ts'
import type { Issue } from '../../../solver/index.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const provide = (text: string | Uint8Array) => {
  const { data, issues } = readMatrix(typeof text === 'string' ? bytes(text) : text, 'en')
  expect(issues).toEqual([])
  return matrixFileProvider('given.csv', data!)
}
const faultsOf = (text: string): string[] =>
  readMatrix(bytes(text), 'en').issues.map(({ code, path }: Issue) => `${path}: ${code}`)

const A = { id: 'a', lng: 126.78, lat: 35.12 }
const B = { id: 'b', lng: 126.8, lat: 35.19 }
const MINUTES = 'durationMin,a,b\na,0,12.5\nb,13,0\n'
const KILOMETRES = 'distanceKm,a,b\na,0,9.1\nb,9.4,0\n'

describe('a matrix file', () => {
  it('is read in its own units, minutes and kilometres as well as seconds and metres', async () => {
    const wanted = { durationS: [0, 750, 780, 0], distanceM: [0, 9100, 9400, 0] }
    for (const text of [
      `${MINUTES}\n${KILOMETRES}`,
      'durationS;a;b\na;0;750\nb;780;0\n\ndistanceM;a;b\na;;9100\nb;9400;\n',
      JSON.stringify({
        places: ['a', 'b'],
        tables: [
          {
            durationMin: [
              [0, 12.5],
              [13, 0],
            ],
            distanceM: [
              [0, 9100],
              [9400, null],
            ],
          },
        ],
      }),
    ]) {
      const { durationS, distanceM } = await provide(text).matrix([A, B], [A, B], { truck: '5t' })
      expect({ durationS: [...durationS], distanceM: [...distanceM] }).toEqual(wanted)
    }
  })

  it('is read as Excel in Korea saves it, and knows a place by its id or its name', async () => {
    const text =
      '시간(분),평동금형,하남정밀\n평동금형,0,20\n하남정밀,22,0\n\n거리(km),평동금형,하남정밀\n평동금형,0,11\n하남정밀,11,0\n'
    const provider = provide(iconv.encode(text, 'cp949'))
    const { durationS } = await provider.matrix([{ ...A, name: '평동금형' }], [{ ...B, name: '하남정밀' }], {
      truck: '5t',
    })
    expect([...durationS]).toEqual([1200])
  })

  it('has no way where a cell is empty, null or -1', async () => {
    const provider = provide(
      'durationS,a,b,c\na,0,,-1\nb,5,0,null\nc,5,5,0\n\ndistanceM,a,b,c\na,0,-1,\nb,5,0,\nc,5,5,0',
    )
    const places = [A, B, { ...B, id: 'c' }]
    const { durationS, tollKrw } = await provider.matrix(places, places, { truck: '5t' })
    expect([...durationS]).toEqual([0, NO_WAY, NO_WAY, 5, 0, NO_WAY, 5, 5, 0])
    expect([...tollKrw].map((krw) => krw === NO_WAY)).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      false,
      false,
      false,
    ])
  })

  it('takes tolls and expressways from the file where they are there, and estimates them where they are not', async () => {
    const rest = '\ntollKrw,a,b\na,0,1800\nb,1900,0\n\nexpresswayKm,a,b\na,0,4.2\nb,4.2,0\n'
    const known = provide(`${MINUTES}\n${KILOMETRES}${rest}`)
    const { tollKrw, expresswayM } = await known.matrix([A, B], [A, B], { truck: '5t' })
    expect([[...tollKrw], [...expresswayM]]).toEqual([
      [0, 1800, 1900, 0],
      [0, 4200, 4200, 0],
    ])
    expect(known.estimatedTolls).toBe(false)
    const unknown = provide(`${MINUTES}\n${KILOMETRES}`)
    expect(unknown.estimatedTolls).toBe(true)
    expect(unknown.key({ truck: '5t' })).not.toBe(known.key({ truck: '5t' }))
  })

  it('holds tables for single truck classes beside those of all', async () => {
    const provider = provide(`${MINUTES}\n${KILOMETRES}\ndurationMin 18t 25t,a,b\na,0,15\nb,16,0\n`)
    const seconds = async (truck: '5t' | '25t') => [...(await provider.matrix([A], [B], { truck })).durationS]
    expect([await seconds('5t'), await seconds('25t')]).toEqual([[750], [900]])
    expect(provider.key({ truck: '5t' })).not.toBe(provider.key({ truck: '25t' }))

    const some = provide('durationMin 1t,a,b\na,0,15\nb,16,0\n\ndistanceKm 1t,a,b\na,0,9\nb,9,0\n')
    const refused = await some.matrix([A], [B], { truck: '25t' }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ProviderError)
    expect((refused as ProviderError).words.ko).toContain('25t 차급의 표가 없습니다 (있는 것: 1t)')
  })

  it('names the places that it does not know', async () => {
    const provider = provide(`${MINUTES}\n${KILOMETRES}`)
    const C = { id: 'c', lng: 127, lat: 35 }
    expect(provider.unreachable!([A, C])).toEqual([{ index: 1, ...C }])
    expect((await provider.matrix([A], [C, B], { truck: '5t' })).unreachable).toEqual({
      from: [],
      to: [{ index: 0, ...C }],
    })
  })

  it('is refused with every fault, each with its row and column', () => {
    const text = [
      'durationMin,a,b,b', // 1: b twice
      'a,0,x,-3', // 2: no number, negative
      'b,5,2,1', // 3: diagonal (second b), and the name is there twice
      'd,1,1,1', // 4: unknown
      'a,0,1,1', // 5: twice
      '', // 6
      'distance,a,b', // 7: no unit
      'a,0,1', // 8
      '', // 9
      'distanceKm 9t,a,b', // 10: no such truck, other places? the same
      'a,0,1,7', // 11: too long
      '', // 12: no row of b
    ].join('\n')
    const faults = faultsOf(text)
    for (const fault of [
      'row 1: matrix.nameTwice',
      'row 2 column C: matrix.number',
      'row 2 column D: matrix.negative',
      'row 3 column C: matrix.diagonal',
      'row 4: matrix.nameUnknown',
      'row 5: matrix.nameTwice',
      'row 7 column A: matrix.header',
      'row 10 column A: matrix.truck',
      'row 11: matrix.notSquare',
      'row 10: matrix.rowMissing',
    ])
      expect(faults).toContain(fault)
    const { issues } = readMatrix(bytes(text), 'ko')
    expect(issues.find(({ code }) => code === 'matrix.number')).toMatchObject({
      row: 2,
      column: 'C',
      message: "'x'은(는) 수가 아닙니다.",
    })
    expect(issues.every(({ remedy }) => /[가-힣]/.test(remedy))).toBe(true)
  })

  it.each([
    ['', '/: matrix.empty'],
    ['{"places":["a"],"tables":[{"durationS":[[0]],"distanceM":[[0]],"speed":[[0]]}]}', 'tables/0/speed: matrix.field'],
    ['{"places":["a","b"],', '/: matrix.text'],
    [
      JSON.stringify({
        places: ['a', 'b'],
        tables: [
          {
            durationS: [[0, 5]],
            distanceM: [
              [0, 5],
              [5, 0],
              [1, 1],
            ],
          },
        ],
      }),
      'tables/0/distanceM/2: matrix.notSquare',
    ],
    [
      JSON.stringify({
        places: ['a', 'b'],
        tables: [
          {
            durationS: [
              [0, 5],
              [5, 0],
            ],
          },
        ],
      }),
      '/: matrix.tableMissing',
    ],
    [`${MINUTES}\n${KILOMETRES.replace('9.1', '')}`, '/: matrix.half'],
    [`${MINUTES}\n${KILOMETRES}\n${MINUTES}`, 'row 9: matrix.tableTwice'],
    [`${MINUTES}\n${KILOMETRES.replaceAll('b', 'c')}`, 'row 5: matrix.placesDiffer'],
    [MINUTES.replace('12.5', '1e9'), 'row 2 column C: matrix.tooLarge'],
  ])('finds what is wrong in %j', (text, fault) => {
    expect(faultsOf(text)).toContain(fault)
  })
})
