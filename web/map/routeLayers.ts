/**
 * The routes: halo, colour, the pattern along the middle. Drawn twice from the same recipe: all of them, and again on top those that are
 * picked, whole and with their direction. The style never changes with the selection: `dim` is one switch for all that is not picked.
 */
import { LANES, laneOffsetPx } from '../state/geometry.ts'
import { ROUTE_DASHES } from '../state/tokens.ts'
import type { ExpressionSpecification, LayerSpecification } from './map.ts'
import type { Colours } from './paper.ts'

/** One value while something is picked elsewhere, another while nothing is. */
export const dimmed = (faded: number, normal: number): ExpressionSpecification => [
  'case',
  ['==', ['global-state', 'dim'], true],
  faded,
  normal,
]

/** With more routes than this, what tells them apart is drawn only from close by: from afar it is noise. */
export const CROWD_ROUTES = 60
const CROWD_DETAIL_ZOOM = 12

export function routeLayers(c: Colours, colour: ExpressionSpecification, crowded: boolean): LayerSpecification[] {
  return [
    {
      id: 'direct',
      type: 'line',
      source: 'direct',
      layout: { 'line-cap': 'round' },
      paint: { 'line-color': c['text-2'], 'line-width': 2.2, 'line-dasharray': [0.2, 2.2] },
    },
    {
      id: 'direct-arrow',
      type: 'symbol',
      source: 'direct',
      layout: {
        'symbol-placement': 'line-center',
        'icon-image': `chevron ${c['text-2']}`,
        'icon-rotation-alignment': 'map',
        'icon-allow-overlap': true,
        'icon-size': 1.4,
      },
    },
    {
      id: 'route-hit',
      type: 'line',
      source: 'lines',
      paint: { 'line-width': 16, 'line-opacity': 0, 'line-offset': ['get', 'offset'] },
    },
    ...stripes('route', 'lines', c, colour, {
      width: dimmed(3.2, 3.8),
      halo: dimmed(5, 6),
      thin: 3.8 * 0.32,
      opacity: dimmed(0.5, 1),
      detailFrom: crowded ? CROWD_DETAIL_ZOOM : 0,
    }),
    ...stripes('picked', 'picked', c, colour, { width: 4.8, halo: 7.6, thin: 4.8 * 0.34, opacity: 1, detailFrom: 0 }),
    {
      id: 'picked-direction',
      type: 'symbol',
      source: 'picked',
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 90,
        'icon-image': `chevron ${c['map-land']}`,
        'icon-rotation-alignment': 'map',
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'icon-offset': ON_LANE,
      },
    },
  ]
}

const ON_LANE = [
  'match',
  ['get', 'lane'],
  ...Array.from({ length: LANES }, (_, lane) => lane).flatMap((lane) => [lane, ['literal', [0, laneOffsetPx(lane)]]]),
  ['literal', [0, laneOffsetPx(0)]],
] as unknown as ExpressionSpecification

interface Stripes {
  readonly width: number | ExpressionSpecification
  readonly halo: number | ExpressionSpecification
  /** of the pattern along the middle */
  readonly thin: number
  readonly opacity: number | ExpressionSpecification
  /** zoom from which there is more than colour */
  readonly detailFrom: number
}

function stripes(
  id: string,
  source: string,
  c: Colours,
  colour: ExpressionSpecification,
  { width, halo, thin, opacity, detailFrom }: Stripes,
): LayerSpecification[] {
  const line: ExpressionSpecification = ['==', ['geometry-type'], 'LineString']
  const layer = (name: string, paint: Record<string, unknown>, minzoom: number, ...filter: unknown[]) =>
    ({
      id: `${id}${name}`,
      type: 'line',
      source,
      minzoom,
      filter: ['all', line, ...filter],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-offset': ['get', 'offset'], 'line-opacity': opacity, ...paint },
    }) as unknown as LayerSpecification
  const straight = ['get', 'straight']
  return [
    layer('-halo', { 'line-color': c['map-land'], 'line-width': halo }, detailFrom),
    layer('', { 'line-color': colour, 'line-width': width }, 0, ['!', straight]),
    // a straight leg is a guess: a thinner line inside a dashed edge of its colour
    layer('-straight', { 'line-color': colour, 'line-width': 2 }, 0, straight),
    layer(
      '-straight-edge',
      { 'line-color': colour, 'line-width': 1, 'line-gap-width': width, 'line-dasharray': [4, 3] },
      detailFrom,
      straight,
    ),
    ...ROUTE_DASHES.flatMap((dashes, index) =>
      dashes.length === 0
        ? []
        : [
            layer(
              `-pattern-${index}`,
              {
                'line-color': c['map-land'],
                'line-width': thin,
                // dashes are in pixels of a normal line; MapLibre counts in widths
                'line-dasharray': dashes.map((length) => length / (3.8 * 0.32)),
              },
              detailFrom,
              ['==', ['get', 'colour'], index],
              ['!', ['get', 'double']],
              ['!', straight],
            ),
          ],
    ),
    layer('-double', { 'line-color': c['map-land'], 'line-width': 1.4 }, detailFrom, ['get', 'double']),
  ]
}
