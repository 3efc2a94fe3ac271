/** Stops, sites with their volumes, clusters of them from afar, and names. */
import type { ExpressionSpecification, LayerSpecification, SymbolLayerSpecification } from './map.ts'
import type { Colours } from './paper.ts'
import { dimmed } from './routeLayers.ts'

const FONT = ['Pretendard']
/** From this zoom the stops of a crowded day are drawn one by one. */
const CROWD_STOPS_ZOOM = 10.5

const clustered: ExpressionSpecification = ['has', 'point_count']
const single: ExpressionSpecification = ['!', clustered]
const isVolumes: ExpressionSpecification = ['==', ['global-state', 'volumes'], true]
const shownWithVolumes = ['case', isVolumes, 'visible', 'none'] as unknown as 'visible'
const badged: ExpressionSpecification = ['boolean', ['feature-state', 'badge'], false]

/** An area that grows with the weight: 1 t is 9 px across the middle, 100 t 40. */
const byWeight: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['sqrt', ['get', 'kg']],
  0,
  3,
  ...[32, 7, 100, 13, 316, 26, 1000, 44],
]
/** 640 kg, 12.4 t. */
const weight: ExpressionSpecification = [
  'case',
  ['>=', ['get', 'kg'], 1000],
  [
    'concat',
    ['number-format', ['/', ['get', 'kg'], 1000], { 'max-fraction-digits': 1, 'min-fraction-digits': 1 }],
    ' t',
  ],
  ['concat', ['number-format', ['get', 'kg'], { 'max-fraction-digits': 0 }], ' kg'],
]

export function placeLayers(c: Colours, colour: ExpressionSpecification, crowded: boolean): LayerSpecification[] {
  const label = { 'text-color': c['map-label'], 'text-halo-color': c['map-halo'], 'text-halo-width': 1.4 } as const
  const dot = {
    'circle-radius': ['interpolate', ['linear'], ['zoom'], 6, 2.4, 11, 3.6] as ExpressionSpecification,
    'circle-color': colour,
    'circle-stroke-color': c['map-land'],
    'circle-stroke-width': 1.3,
  }
  const square = (ink: string) => [
    'case',
    ['==', ['get', 'role'], 'member'],
    `square ${ink} ${c['map-land']}`,
    `square-open ${ink} ${c['map-land']}`,
  ]
  const icon = {
    'icon-size': ['interpolate', ['linear'], ['zoom'], 6, 0.55, 10, 0.8, 13, 1] as ExpressionSpecification,
    'icon-allow-overlap': true,
    'icon-ignore-placement': true,
  }
  const name: SymbolLayerSpecification['layout'] = {
    'text-field': ['get', 'name'],
    'text-font': FONT,
    'text-size': 12,
    'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
    'text-radial-offset': 0.75,
    'text-justify': 'auto',
    'text-padding': 3,
    'symbol-sort-key': ['get', 'rank'],
  }
  return [
    {
      id: 'volumes',
      type: 'circle',
      source: 'sites',
      filter: single,
      layout: { visibility: shownWithVolumes },
      paint: {
        'circle-radius': byWeight,
        'circle-color': c['map-site'],
        'circle-opacity': dimmed(0.18, 0.32),
        'circle-stroke-color': c['map-site'],
        'circle-stroke-width': 1.2,
        'circle-stroke-opacity': dimmed(0.5, 1),
      },
    },
    {
      id: 'dots',
      type: 'circle',
      source: 'dots',
      minzoom: crowded ? CROWD_STOPS_ZOOM : 0,
      paint: { ...dot, 'circle-opacity': dimmed(0.5, 1), 'circle-stroke-opacity': dimmed(0.5, 1) },
    },
    {
      id: 'picked-dots',
      type: 'circle',
      source: 'picked',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: dot,
    },
    {
      id: 'clusters',
      type: 'circle',
      source: 'sites',
      filter: clustered,
      paint: {
        'circle-radius': ['max', 11, byWeight],
        'circle-color': c['map-halo'],
        'circle-opacity': dimmed(0.6, 0.9),
        'circle-stroke-color': c['map-site'],
        'circle-stroke-width': 1.6,
        'circle-stroke-opacity': dimmed(0.5, 1),
      },
    },
    {
      id: 'cluster-counts',
      type: 'symbol',
      source: 'sites',
      filter: clustered,
      layout: {
        'text-field': [
          'case',
          isVolumes,
          ['format', ['to-string', ['get', 'point_count']], {}, '\n', {}, weight, { 'font-scale': 0.85 }],
          ['to-string', ['get', 'point_count']],
        ],
        'text-font': FONT,
        'text-size': 12,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': c.text, 'text-opacity': dimmed(0.7, 1) },
    },
    {
      id: 'sites',
      type: 'symbol',
      source: 'sites',
      filter: single,
      layout: { ...icon, 'icon-image': square(c['map-site']) as never, 'symbol-sort-key': ['-', 10, ['get', 'rank']] },
      paint: {
        'icon-opacity': ['case', badged, 0, ['get', 'used'], dimmed(0.55, 1), 0.55],
      },
    },
    {
      id: 'picked-sites',
      type: 'symbol',
      source: 'pickedSites',
      filter: ['!', ['get', 'badge']],
      layout: { ...icon, 'icon-image': square(c.text) as never },
    },
    {
      id: 'hubs',
      type: 'symbol',
      source: 'hubs',
      // from further off it is one of a cluster, whose number it would cover
      minzoom: 9,
      layout: { ...icon, 'icon-image': `hub ${c.text} ${c.surface}` },
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
      id: 'volume-names',
      type: 'symbol',
      source: 'sites',
      minzoom: 10,
      filter: ['all', single, ['>', ['get', 'kg'], 0]],
      layout: {
        visibility: shownWithVolumes,
        'text-field': weight,
        'text-font': FONT,
        'text-size': 11,
        'text-padding': 2,
        'symbol-sort-key': ['-', 0, ['get', 'kg']],
      },
      paint: { ...label, 'text-color': c.text, 'text-opacity': dimmed(0.6, 1) },
    },
    {
      id: 'site-names',
      type: 'symbol',
      source: 'sites',
      minzoom: 9.5,
      filter: ['all', single, ['any', ['!=', ['get', 'role'], 'member'], ['>', ['zoom'], 12.6]]],
      layout: name,
      paint: { ...label, 'text-opacity': ['case', badged, 0, dimmed(0.7, 1)] },
    },
    {
      id: 'hub-names',
      type: 'symbol',
      source: 'hubs',
      minzoom: 9.5,
      layout: { ...name, 'text-variable-anchor': ['bottom', 'left', 'right', 'top'], 'text-radial-offset': 1.1 },
      paint: label,
    },
    {
      id: 'picked-names',
      type: 'symbol',
      source: 'pickedSites',
      minzoom: 8,
      filter: ['!', ['get', 'badge']],
      layout: name,
      paint: { ...label, 'text-color': c.text },
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
