/** What lies under the routes: water, land, the complex and the trunk roads. */
import type { Scheme, TOKENS } from '../state/tokens.ts'
import type { ExpressionSpecification, LayerSpecification } from './map.ts'

/** Natural Earth's borders are drawn for 1 : 10 million; closer than this they would lie. */
const BORDERS_FADE = ['interpolate', ['linear'], ['zoom'], 7.5, 1, 9, 0] as const

const atZoom = (...stops: number[]): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  ...stops,
]

export type Colours = (typeof TOKENS)[Scheme]

/** `under`: streets of a tile file, which take the place of the trunk roads where one looks closely. */
export function paperLayers(c: Colours, under: readonly LayerSpecification[]): LayerSpecification[] {
  const trunkOpacity: ExpressionSpecification | number =
    under.length > 0 ? ['interpolate', ['linear'], ['zoom'], 9.5, 1, 11, 0] : 1
  const road = (
    id: string,
    kinds: string[],
    paint: { line: string; case: string },
    size: ExpressionSpecification,
    edge: number,
  ) => {
    const filter: ExpressionSpecification = ['in', ['get', 'kind'], ['literal', kinds]]
    const layout = { 'line-cap': 'round', 'line-join': 'round' } as const
    return [
      {
        id: `${id}-case`,
        type: 'line',
        source: 'roads',
        filter,
        layout,
        paint: { 'line-color': paint.case, 'line-width': size, 'line-opacity': trunkOpacity },
      },
      {
        id,
        type: 'line',
        source: 'roads',
        filter,
        layout,
        paint: { 'line-color': paint.line, 'line-width': scaled(size, -edge), 'line-opacity': trunkOpacity },
      },
    ] satisfies LayerSpecification[]
  }
  const local = road(
    'road-local',
    ['local'],
    { line: c['map-road'], case: c['map-road-case'] },
    atZoom(7, 0.6, 10, 3, 13, 7),
    1.4,
  )
  const national = road(
    'road-national',
    ['national'],
    { line: c['map-road'], case: c['map-road-case'] },
    atZoom(6, 0.7, 10, 4.4, 13, 10),
    1.8,
  )
  const express = road(
    'road-expressway',
    ['expressway'],
    { line: c['map-expressway'], case: c['map-expressway-case'] },
    atZoom(5, 1, 7, 2.4, 10, 6.4, 13, 13),
    2,
  )
  return [
    { id: 'water', type: 'background', paint: { 'background-color': c['map-water'] } },
    { id: 'abroad', type: 'fill', source: 'neighbours', paint: { 'fill-color': c['map-abroad'] } },
    { id: 'land', type: 'fill', source: 'provinces', paint: { 'fill-color': c['map-land'] } },
    {
      id: 'coast',
      type: 'line',
      source: 'provinces',
      paint: {
        'line-color': c['map-border'],
        'line-width': 0.8,
        'line-dasharray': [3, 2],
        'line-opacity': BORDERS_FADE as unknown as ExpressionSpecification,
      },
    },
    {
      id: 'estate',
      type: 'fill',
      source: 'area',
      filter: ['==', ['get', 'kind'], 'outline'],
      paint: { 'fill-color': c['map-estate'], 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 8, 0, 9.5, 1] },
    },
    {
      id: 'estate-line',
      type: 'line',
      source: 'area',
      filter: ['==', ['get', 'kind'], 'outline'],
      minzoom: 9,
      paint: { 'line-color': c['map-estate-line'], 'line-width': 1.2, 'line-dasharray': [2, 2] },
    },
    ...under,
    // all casings below all roads, so that crossings join
    local[0]!,
    national[0]!,
    express[0]!,
    local[1]!,
    national[1]!,
    express[1]!,
  ]
}

/** The stops of a zoom curve moved by `by` pixels, never below a hair. */
function scaled(curve: ExpressionSpecification, by: number): ExpressionSpecification {
  const stops = curve.slice(3) as number[]
  const moved = stops.map((value, index) =>
    index % 2 === 0 ? value : Math.max(0.25, value + Math.max(by, -value / 2.2)),
  )
  return [...curve.slice(0, 3), ...moved] as unknown as ExpressionSpecification
}
