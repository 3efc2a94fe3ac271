/**
 * Complexes that do not exist, for measuring studies over many: the fixture's firms, trades and demand put near seeded towns, with other
 * numbers of firms, other frequencies and other distances. Nothing that is worked out on them says anything of a real place.
 */
import { readFileSync } from 'node:fs'
import type { ComplexData } from '../../server/complexes.ts'
import { tableRows } from '../../server/travel/trunkNetwork.ts'
import { type Demand, randomOf } from '../../study/index.ts'

const NODES = new URL('../../server/travel/trunk/nodes.csv', import.meta.url)
const FEWEST_FIRMS = 6
const MOST_FIRMS = 48
/** Nearer sites move with the complex; farther ones stay where they are. */
const LOCAL_DEGREES = 0.3
const SIZES = ['small', 'small', 'medium', 'small', 'medium', 'large'] as const

export function makeComplexes(like: ComplexData, count: number, seed = 1): ComplexData[] {
  const towns = tableRows(readFileSync(NODES, 'utf8')).filter(({ kind, lat }) => kind === 'town' && Number(lat) > 34)
  return Array.from({ length: count }, (_, k) => {
    const random = randomOf(seed, k)
    const town = random.pick(towns)
    const at = { lng: Number(town.lng), lat: Number(town.lat) }
    const firmCount = Math.round(FEWEST_FIRMS * (MOST_FIRMS / FEWEST_FIRMS) ** random.uniform())
    return makeComplex(like, {
      id: `made-${String(k + 1).padStart(4, '0')}`,
      at,
      firmCount,
      draw: () => random.uniform(),
    })
  })
}

interface Made {
  readonly id: string
  readonly at: { readonly lng: number; readonly lat: number }
  readonly firmCount: number
  /** 0 up to 1 */
  readonly draw: () => number
}

function makeComplex(like: ComplexData, { id, at, firmCount, draw }: Made): ComplexData {
  const { complex, sites, demand, carriers: _, coordinator: __, ...rest } = like
  const number = id.slice(-4)
  const [pattern] = sites.filter(({ role }) => role === 'member')
  const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5
  const around = (spread: number) => ({
    lng: round(at.lng + spread * (draw() - 0.5)),
    lat: round(at.lat + spread * (draw() - 0.5)),
  })
  const members = Array.from({ length: firmCount }, (_, k) => ({
    ...pattern!,
    id: `F${String(k + 1).padStart(2, '0')}`,
    name: `가상금형${number}-${k + 1}`,
    ...around(0.03),
  }))
  const isLocal = ({ lng, lat }: { lng: number; lat: number }): boolean =>
    Math.hypot(lng - complex.lng, lat - complex.lat) < LOCAL_DEGREES
  const partners = sites
    .filter(({ role }) => role !== 'member')
    .map((site) => (isLocal(site) ? { ...site, ...around(site.role === 'hub' ? 0.01 : 0.12) } : site))
  const asDrawn = demand as Demand
  return {
    ...rest,
    complex: {
      ...complex,
      ...at,
      id,
      name: { ko: `가상단지 ${number} (벤치용)`, en: `made-up complex ${number} (bench)` },
      synthetic: true,
    },
    sites: [...members.map(({ town: _, address: __, ...site }) => site), ...partners],
    firms: members.map(({ id: site, name }, k) => ({ id: `firm-${site}`, name, size: SIZES[k % SIZES.length]!, site })),
    demand: { ...asDrawn, scale: Math.round(100 * asDrawn.scale * (0.6 + draw())) / 100 },
  }
}
