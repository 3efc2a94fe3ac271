/** The map as one style: paper below, routes on it, names on top. Pure: colours in, style out; data comes to the sources later. */
import fontUrl from 'pretendard/dist/web/static/woff2-subset/Pretendard-SemiBold.subset.woff2?url'
import { type Features, NO_FEATURES } from '../state/geometry.ts'
import { ROUTE_COLOURS, type Scheme, TOKENS } from '../state/tokens.ts'
import neighboursUrl from './data/neighbours.json?url'
import type { ExpressionSpecification, StyleSpecification } from './map.ts'
import { paperLayers } from './paper.ts'
import { placeLayers } from './placeLayers.ts'
import { PROVINCES } from './provinces.ts'
import { routeLayers } from './routeLayers.ts'
import { STREETS, streetLayers } from './streets.ts'

/** What changes while the map is open, by source. */
export interface MapData {
  readonly lines: Features
  readonly dots: Features
  /** Lines and dots of the routes that are lit, drawn once more on top. */
  readonly picked: Features
  readonly sites: Features
  readonly hubs: Features
  readonly pickedSites: Features
  readonly direct: Features
  readonly area: Features
  readonly provinceNames: unknown
  readonly roads: unknown
  readonly towns: Features
}

export const NO_DATA: MapData = {
  ...{ lines: NO_FEATURES, dots: NO_FEATURES, picked: NO_FEATURES, direct: NO_FEATURES },
  ...{ sites: NO_FEATURES, hubs: NO_FEATURES, pickedSites: NO_FEATURES, area: NO_FEATURES },
  ...{ provinceNames: NO_FEATURES, roads: NO_FEATURES, towns: NO_FEATURES },
}

export interface MapShape {
  readonly scheme: Scheme
  /** What is not picked is dimmed from the start. */
  readonly dim?: boolean
  /** So many routes that from afar only their colour is drawn. */
  readonly crowded: boolean
  /** Tiles with streets: where they are and which layers they have. */
  readonly streets?: { readonly url: string; readonly layers: readonly string[] } | undefined
}

/** Sites closer than this on the screen are one circle… */
const CLUSTER_PX = 34
/** …up to this zoom, on an ordinary day and on a crowded one. */
const CLUSTER_ZOOM = { ordinary: 8, crowded: 11 }

export const CLICKABLE = ['clusters', 'hubs', 'sites', 'route-hit', 'dots'] as const

export function makeStyle({ scheme, crowded, streets, dim = false }: MapShape, data: MapData): StyleSpecification {
  const c = TOKENS[scheme]
  const colour: ExpressionSpecification = [
    'match',
    ['get', 'colour'],
    ...ROUTE_COLOURS[scheme].flatMap(({ fill }, index) => [index, fill]),
    c['text-2'],
  ] as unknown as ExpressionSpecification
  const geojson = (features: unknown) => ({ type: 'geojson' as const, data: features as never })
  const absolute = (path: string) => new URL(path, window.location.href).href
  const { sites, ...plain } = data
  return {
    version: 8,
    'font-faces': { Pretendard: absolute(fontUrl) },
    state: { dim: { default: dim }, volumes: { default: false } },
    sources: {
      provinces: geojson(PROVINCES),
      neighbours: geojson(absolute(neighboursUrl)),
      ...(streets && { [STREETS]: { type: 'vector' as const, url: streets.url } }),
      ...Object.fromEntries(Object.entries(plain).map(([id, features]) => [id, geojson(features)])),
      sites: {
        ...geojson(sites),
        promoteId: 'site',
        cluster: true,
        clusterRadius: CLUSTER_PX,
        clusterMaxZoom: crowded ? CLUSTER_ZOOM.crowded : CLUSTER_ZOOM.ordinary,
        clusterProperties: { kg: ['+', ['get', 'kg']] },
      },
    },
    layers: [
      ...paperLayers(c, streets ? streetLayers(c, streets.layers) : []),
      ...routeLayers(c, colour, crowded),
      ...placeLayers(c, colour, crowded),
    ],
  }
}
