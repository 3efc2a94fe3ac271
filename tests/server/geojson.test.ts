import { describe, expect, it } from 'vitest'
import { renderGeoJson, routePlaces } from '../../server/reports/geojson.ts'
import type { TravelLeg } from '../../server/travel/provider.ts'
import { makePlan, makeProblem, makeRoute } from './makeProblem.ts'

const problem = makeProblem()
const round = makeRoute('round', { supplier: ['+plates'], member: ['-plates', '+cores'] })
const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) freeze(member)
  return Object.freeze(value)
}
const leg = (coordinates: [number, number][]): TravelLeg => ({
  coordinates,
  durationS: 1,
  distanceM: 1,
  tollKrw: 0,
  expresswayM: 0,
  straight: false,
})

describe('renderGeoJson', () => {
  it('draws one line a leg and one point a place, garage included', () => {
    const { features } = renderGeoJson(makePlan({ routes: [round] }), problem, new Map())
    const lines = features.filter(({ geometry }) => geometry.type === 'LineString')
    const points = features.filter(({ geometry }) => geometry.type === 'Point')
    // centre → supplier → member → centre
    expect(lines.map(({ properties }) => properties.leg)).toEqual([0, 1, 2])
    expect(lines[1]!.geometry.coordinates).toEqual([
      [126.812, 35.208],
      [126.757, 35.118],
    ])
    expect(points.map(({ properties: { sequence, site, kind, stop } }) => [sequence, site, kind, stop])).toEqual([
      [0, 'centre', 'start', null],
      [1, 'supplier', 'pickup', 0],
      [2, 'member', 'both', 1],
      [3, 'centre', 'end', null],
    ])
  })

  it('marks the lines of a plan on estimates, and no others', () => {
    const marks = (estimated: boolean) => {
      const plan = makePlan({ routes: [round] })
      const made = { ...plan, provenance: { ...plan.provenance, estimated } }
      const { features } = renderGeoJson(made, problem, new Map())
      return features
        .filter(({ geometry }) => geometry.type === 'LineString')
        .map(({ properties }) => properties.estimated)
    }
    expect(marks(true)).toEqual([true, true, true])
    expect(marks(false)).toEqual([undefined, undefined, undefined])
  })

  it('begins a hired truck at its first pickup, as number 1', () => {
    const spot = makeRoute('spot', { supplier: ['+plates'], member: ['-plates'] })
    const { features } = renderGeoJson(makePlan({ routes: [round, spot] }), problem, new Map())
    const own = features.filter(({ properties }) => properties.number === 2)
    expect(own.map(({ properties: { leg, sequence, kind } }) => leg ?? `${sequence} ${kind}`)).toEqual([
      0,
      '1 pickup',
      '2 delivery',
    ])
  })

  it('follows the road where the provider knows it and says where it is straight', () => {
    const road: [number, number][] = [
      [126.765, 35.125],
      [126.79, 35.17],
      [126.812, 35.208],
    ]
    const { features } = renderGeoJson(makePlan({ routes: [round] }), problem, new Map([['r1', [leg(road)]]]))
    expect(features[0]).toMatchObject({ geometry: { coordinates: road }, properties: { straight: false } })
    expect(features[1]).toMatchObject({ properties: { straight: true } })
  })

  it('changes nothing it is given and answers the same twice', () => {
    const plan = freeze(structuredClone(makePlan({ routes: [round] })))
    const legs = new Map([
      [
        'r1',
        freeze([
          leg([
            [0, 0],
            [1, 1],
          ]),
        ]),
      ],
    ])
    const frozen = freeze(structuredClone(problem))
    expect(renderGeoJson(plan, frozen, legs)).toEqual(renderGeoJson(plan, frozen, legs))
  })

  it('leaves out sites and trucks that the problem does not have', () => {
    const strange = makeRoute('ghost', { nowhere: ['+x'], member: ['-x'] })
    expect(routePlaces(strange, problem).map(({ site }) => site.id)).toEqual(['member'])
  })
})
