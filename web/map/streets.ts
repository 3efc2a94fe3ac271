/** Streets, water and buildings of a tile file that an operator has given, as paper under the routes: no signs, no shops. */

import type { ExpressionSpecification, LayerSpecification } from './map.ts'
import type { Colours } from './paper.ts'

export const STREETS = 'streets'

/** What tile makers call the same things: Protomaps' basemap and OpenMapTiles. */
interface Dialect {
  readonly water: string
  readonly buildings: string
  readonly roads: string
  readonly kind: string
  readonly wide: readonly string[]
  readonly middle: readonly string[]
  readonly narrow: readonly string[]
  readonly names: string
}
const DIALECTS: readonly Dialect[] = [
  {
    water: 'water',
    buildings: 'buildings',
    roads: 'roads',
    kind: 'kind',
    wide: ['highway'],
    middle: ['major_road', 'medium_road'],
    narrow: ['minor_road', 'other'],
    names: 'roads',
  },
  {
    water: 'water',
    buildings: 'building',
    roads: 'transportation',
    kind: 'class',
    wide: ['motorway', 'trunk'],
    middle: ['primary', 'secondary', 'tertiary'],
    narrow: ['minor', 'service', 'residential', 'unclassified', 'street', 'track'],
    names: 'transportation_name',
  },
]

/** Nothing where the file speaks neither dialect. */
export function streetLayers(c: Colours, layers: readonly string[]): LayerSpecification[] {
  const dialect = DIALECTS.find(({ roads }) => layers.includes(roads))
  if (!dialect) return []
  const polygon: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon']
  const of = (kinds: readonly string[]): ExpressionSpecification => [
    'all',
    ['==', ['geometry-type'], 'LineString'],
    ['in', ['get', dialect.kind], ['literal', [...kinds]]],
  ]
  const road = (
    id: string,
    kinds: readonly string[],
    minzoom: number,
    sizes: readonly number[],
    line: string,
    edge: string,
  ) =>
    [true, false].map(
      (outer): LayerSpecification => ({
        id: `street-${id}${outer ? '-case' : ''}`,
        type: 'line',
        source: STREETS,
        'source-layer': dialect.roads,
        minzoom,
        filter: of(kinds),
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: {
          'line-color': outer ? edge : line,
          'line-width': [
            'interpolate',
            ['exponential', 1.5],
            ['zoom'],
            ...sizes.map((size, k) => (k % 2 === 0 ? size : size + (outer ? 1.6 : 0))),
          ] as unknown as ExpressionSpecification,
        },
      }),
    )
  const roads = [
    road('narrow', dialect.narrow, 12, [12, 0.4, 14, 2, 16, 7], c['map-road'], c['map-road-case']),
    road('middle', dialect.middle, 9, [9, 0.5, 12, 2.6, 16, 12], c['map-road'], c['map-road-case']),
    road('wide', dialect.wide, 6, [6, 0.6, 10, 2.6, 16, 16], c['map-expressway'], c['map-expressway-case']),
  ]
  return [
    {
      id: 'street-water',
      type: 'fill',
      source: STREETS,
      'source-layer': dialect.water,
      filter: polygon,
      paint: { 'fill-color': c['map-water'] },
    },
    {
      id: 'street-buildings',
      type: 'fill',
      source: STREETS,
      'source-layer': dialect.buildings,
      minzoom: 13,
      filter: polygon,
      paint: { 'fill-color': c['map-estate'], 'fill-outline-color': c['map-estate-line'] },
    },
    // all casings below all roads, so that crossings join
    ...roads.map(([edge]) => edge!),
    ...roads.map(([, line]) => line!),
    {
      id: 'street-names',
      type: 'symbol',
      source: STREETS,
      'source-layer': dialect.names,
      minzoom: 14,
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 320,
        'text-field': ['coalesce', ['get', 'name'], ''],
        'text-font': ['Pretendard'],
        'text-size': 11,
      },
      paint: { 'text-color': c['map-label'], 'text-halo-color': c['map-halo'], 'text-halo-width': 1.2 },
    },
  ]
}
