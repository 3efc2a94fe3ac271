/** The only door to MapLibre: its worker, its style sheet and the components and types that we use. */
import 'maplibre-gl/dist/maplibre-gl.css'
import { addProtocol, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

// bundled by Vite, MapLibre cannot find its worker by itself and would stay blank
setWorkerUrl(workerUrl)

export { Map as MapCanvas, type MapRef, Marker, useMap } from '@vis.gl/react-maplibre'
export type {
  ExpressionSpecification,
  GeoJSONSource,
  LayerSpecification,
  MapGeoJSONFeature,
  MapLayerMouseEvent,
  MapMouseEvent,
  StyleSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl'
export { addProtocol }
