import { describe, expect, it } from 'vitest'
import type { GeoFeature, GeoJson } from '../../../server/api.ts'
import { simplifyFor } from '../../../server/reports/simplify.ts'

/** A road that swings 11 m (1e-4 degrees) to either side on its way east. */
const swinging = Array.from({ length: 101 }, (_, k): [number, number] => [126.7 + k * 1e-3, 35.1 + (k % 2) * 1e-4])
const drawing = (coordinates: [number, number][]): GeoJson => ({
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: { number: 1 } },
    { type: 'Feature', geometry: { type: 'Point', coordinates: [126.7, 35.1] }, properties: { number: 1 } },
  ],
})
const pointsOf = ({ features }: GeoJson): readonly unknown[] => (features[0] as GeoFeature).geometry.coordinates

describe('lines for a zoom', () => {
  it('lose what the map could not show, and say so', () => {
    // half a pixel at zoom 9 is 0.5 × 360 / 512 / 2⁹ = 6.9e-4 degrees: the swing is not seen
    const far = simplifyFor(9, drawing(swinging))
    expect(pointsOf(far)).toEqual([swinging[0], swinging[100]])
    expect(far.simplified).toBe(true)
    expect(far.features[1]).toEqual(drawing(swinging).features[1])
  })

  it('keep what it can show', () => {
    // at zoom 14 half a pixel is 2.1e-5 degrees
    const near = simplifyFor(14, drawing(swinging))
    expect(pointsOf(near)).toEqual(swinging)
    expect(near.simplified).toBe(false)
  })

  it('keep a way of two points and a way that stands still', () => {
    for (const points of [
      swinging.slice(0, 2),
      [swinging[0]!, swinging[0]!],
      [swinging[0]!, swinging[0]!, swinging[0]!],
    ])
      expect(pointsOf(simplifyFor(9, drawing(points))).length).toBeGreaterThan(1)
  })
})
