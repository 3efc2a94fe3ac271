/** The map as one style: paper below, routes on it, names on top. Pure: colours and data in, style out. */
import fontUrl from 'pretendard/dist/web/static/woff2-subset/Pretendard-SemiBold.subset.woff2?url'
import { type Features, laneOffsetPx } from '../state/geometry.ts'
import { ROUTE_COLOURS, ROUTE_DASHES, type Scheme, TOKENS } from '../state/tokens.ts'
import neighboursUrl from './data/neighbours.json?url'
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from './map.ts'
import { PROVINCES } from './provinces.ts'

export interface MapData {
  readonly lines: Features
  readonly dots: Features
  readonly sites: Features
  readonly direct: Features
  readonly area: Features
  readonly provinces: unknown
  readonly roads: unknown
  readonly towns: Features
}

const FONT = ['Pretendard']
/** Natural Earth's borders are drawn for 1 : 10 million; closer than this they would lie. */
const BORDERS_FADE = ['interpolate', ['linear'], ['zoom'], 7.5, 1, 9, 0] as const

const width = (selected: number, normal: number, faded: number): ExpressionSpecification => [
  'case',
  ['get', 'selected'],
  selected,
  ['get', 'faded'],
  faded,
  normal,
]
const shown: ExpressionSpecification = ['case', ['get', 'faded'], 0.5, 1]
const atZoom = (...stops: number[]): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  ...stops,
]

export const CLICKABLE = ['sites', 'route-hit', 'dots'] as const

export function makeStyle(scheme: Scheme, data: MapData): StyleSpecification {
  const c = TOKENS[scheme]
  const colour: ExpressionSpecification = [
    'match',
    ['get', 'colour'],
    ...ROUTE_COLOURS[scheme].flatMap(({ fill }, index) => [index, fill]),
    c['text-2'],
  ] as unknown as ExpressionSpecification
  const geojson = (features: unknown) => ({ type: 'geojson' as const, data: features as never })
  const absolute = (path: string) => new URL(path, window.location.href).href
  return {
    version: 8,
    'font-faces': { Pretendard: absolute(fontUrl) },
    sources: {
      provinces: geojson(PROVINCES),
      provinceNames: geojson(data.provinces),
      neighbours: geojson(absolute(neighboursUrl)),
      roads: geojson(data.roads),
      towns: geojson(data.towns),
      area: geojson(data.area),
      direct: geojson(data.direct),
      lines: geojson(data.lines),
      dots: geojson(data.dots),
      sites: geojson(data.sites),
    },
    layers: [...paper(c), ...routes(c, colour), ...places(c, colour)],
  }
}

type Colours = (typeof TOKENS)[Scheme]

function paper(c: Colours): LayerSpecification[] {
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
        paint: { 'line-color': paint.case, 'line-width': size, 'line-gap-width': 0, 'line-blur': 0 },
      },
      {
        id,
        type: 'line',
        source: 'roads',
        filter,
        layout,
        paint: { 'line-color': paint.line, 'line-width': scaled(size, -edge) },
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

/** Four layers a route: halo, colour, the pattern along its middle, and chevrons in the direction of travel. */
function routes(c: Colours, colour: ExpressionSpecification): LayerSpecification[] {
  const layout = {
    'line-cap': 'round',
    'line-join': 'round',
    'line-sort-key': ['case', ['get', 'selected'], 1, 0],
  } as const
  const offset: ExpressionSpecification = ['get', 'offset']
  const onLane = [
    'match',
    ['get', 'lane'],
    ...[0, 1, 2, 3, 4, 5].flatMap((lane) => [lane, ['literal', [0, laneOffsetPx(lane)]]]),
    ['literal', [0, laneOffsetPx(0)]],
  ] as unknown as ExpressionSpecification
  const lineOf = (id: string, paint: Record<string, unknown>, filter?: unknown): LayerSpecification =>
    ({
      id,
      type: 'line',
      source: 'lines',
      layout,
      paint: { 'line-offset': offset, 'line-opacity': shown, ...paint },
      ...(filter ? { filter } : {}),
    }) as unknown as LayerSpecification
  const base = { selected: 4.8, normal: 3.8, faded: 3.2 }
  const pattern = ROUTE_DASHES.flatMap((dashes, index) => {
    if (dashes.length === 0) return []
    // dashes are in pixels of a normal line; MapLibre counts in widths
    const thin = base.normal * 0.32
    return [
      lineOf(
        `route-pattern-${index}`,
        {
          'line-color': c['map-land'],
          'line-width': width(base.selected * 0.34, thin, base.faded * 0.32),
          'line-dasharray': dashes.map((length) => length / thin),
        },
        ['all', ['==', ['get', 'colour'], index], ['!', ['get', 'double']], ['!', ['get', 'straight']]],
      ),
    ]
  })
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
    lineOf('route-hit', { 'line-color': c['map-land'], 'line-width': 16, 'line-opacity': 0 }),
    lineOf('route-halo', { 'line-color': c['map-land'], 'line-width': width(7.6, 6, 5) }),
    lineOf('route', { 'line-color': colour, 'line-width': width(base.selected, base.normal, base.faded) }, [
      '!',
      ['get', 'straight'],
    ]),
    // a straight leg is a guess: a thinner line inside a dashed edge of its colour
    lineOf('route-straight', { 'line-color': colour, 'line-width': width(2.6, 2, 1.7) }, ['get', 'straight']),
    lineOf(
      'route-straight-edge',
      {
        'line-color': colour,
        'line-width': 1,
        'line-gap-width': width(4.6, 3.8, 3.2),
        'line-dasharray': [4, 3],
      },
      ['get', 'straight'],
    ),
    ...pattern,
    lineOf('route-double', { 'line-color': c['map-land'], 'line-width': 1.4 }, ['get', 'double']),
    {
      id: 'route-direction',
      type: 'symbol',
      source: 'lines',
      filter: ['get', 'selected'],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 90,
        'icon-image': `chevron ${c['map-land']}`,
        'icon-rotation-alignment': 'map',
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'icon-offset': onLane,
      },
    },
  ]
}

/** Sites and names. */
function places(c: Colours, colour: ExpressionSpecification): LayerSpecification[] {
  const label = { 'text-color': c['map-label'], 'text-halo-color': c['map-halo'], 'text-halo-width': 1.4 } as const
  return [
    {
      id: 'dots',
      type: 'circle',
      source: 'dots',
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 6, 2.4, 11, 3.6],
        'circle-color': colour,
        'circle-stroke-color': c['map-land'],
        'circle-stroke-width': 1.3,
        'circle-opacity': shown,
        'circle-stroke-opacity': shown,
      },
    },
    {
      id: 'sites',
      type: 'symbol',
      source: 'sites',
      layout: {
        'icon-image': [
          'case',
          ['==', ['get', 'role'], 'hub'],
          `hub ${c.text} ${c.surface}`,
          ['get', 'selected'],
          `square ${c.text} ${c['map-land']}`,
          ['==', ['get', 'role'], 'member'],
          `square ${c['map-site']} ${c['map-land']}`,
          `square-open ${c['map-site']} ${c['map-land']}`,
        ],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 6, 0.55, 10, 0.8, 13, 1],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['-', 10, ['get', 'rank']],
      },
      paint: {
        'icon-opacity': [
          'case',
          ['==', ['get', 'role'], 'hub'],
          1,
          ['get', 'badge'],
          0,
          ['get', 'selected'],
          1,
          ['get', 'faded'],
          0.55,
          ['get', 'used'],
          1,
          0.55,
        ],
      },
    },
    {
      id: 'province-names',
      type: 'symbol',
      source: 'provinceNames',
      maxzoom: 9,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': ['interpolate', ['linear'], ['zoom'], 5, 11, 8, 14],
        'text-letter-spacing': 0.06,
        'symbol-sort-key': ['case', ['get', 'city'], 2, 1],
      },
      paint: { ...label, 'text-opacity': ['interpolate', ['linear'], ['zoom'], 8, 0.9, 9, 0] },
    },
    {
      id: 'area-name',
      type: 'symbol',
      source: 'area',
      minzoom: 9.5,
      filter: ['==', ['get', 'kind'], 'name'],
      layout: {
        'text-field': [
          'format',
          ['get', 'name'],
          { 'font-scale': 1.08 },
          '\n',
          {},
          ['get', 'members'],
          { 'font-scale': 0.94 },
        ],
        'text-font': FONT,
        'text-size': 12.5,
        'text-anchor': 'top',
        'text-offset': [0, 0.5],
        'text-line-height': 1.3,
        'text-max-width': 20,
        'text-allow-overlap': true,
      },
      paint: label,
    },
    {
      id: 'site-names',
      type: 'symbol',
      source: 'sites',
      minzoom: 9.5,
      filter: [
        'all',
        ['!', ['get', 'badge']],
        ['any', ['get', 'selected'], ['!=', ['get', 'role'], 'member'], ['>', ['zoom'], 12.6]],
      ],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': 12,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 0.75,
        'text-justify': 'auto',
        'text-padding': 3,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: {
        ...label,
        'text-color': ['case', ['get', 'selected'], c.text, c['map-label']],
        'text-opacity': ['case', ['get', 'faded'], 0.7, 1],
      },
    },
    {
      id: 'town-names',
      type: 'symbol',
      source: 'towns',
      minzoom: 7.4,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': ['interpolate', ['linear'], ['zoom'], 8, 12, 12, 14],
        'text-letter-spacing': 0.04,
        'text-padding': 14,
        'symbol-sort-key': ['get', 'rank'],
        'text-max-width': 8,
        // beside the sites it stands for rather than on them
        'text-variable-anchor': ['right', 'left', 'bottom', 'top'],
        'text-radial-offset': 1.4,
        'text-justify': 'auto',
      },
      paint: label,
    },
  ]
}
