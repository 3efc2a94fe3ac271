import { expect, it } from 'vitest'
import type { GeoFeature } from '../../../server/api.ts'
import { assignLanes } from '../../../server/reports/lanes.ts'

const leg = (number: number, ...coordinates: [number, number][]): GeoFeature => ({
  type: 'Feature',
  geometry: { type: 'LineString', coordinates },
  properties: { number },
})
const [a, b, c]: [number, number][] = [
  [126.7, 35.1],
  [126.8, 35.2],
  [126.9, 35.3],
]

it('routes take different lanes where they share a road in the same direction', () => {
  const lanes = assignLanes([leg(1, a!, b!, c!), leg(2, a!, b!), leg(3, b!, a!)])
  // the opposite direction is on the other side of the road already
  expect([...lanes]).toEqual([
    [1, 0],
    [2, 1],
    [3, 0],
  ])
})
