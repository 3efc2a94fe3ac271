/**
 * A day of any size for the page: firms in and around the complex of the fixture, partners near by and in the large cities, and a plan that
 * is put together rather than searched for. Same seed, same day. Kilometres are great circles × 1.3 at 45 km/h: for drawing, not for money.
 */
import { readFileSync } from 'node:fs'
import type { Plan, Problem, Rest, Route, Shipment, Site, Stop, Vehicle } from '../../solver/index.ts'
import { randomOf } from '../../study/index.ts'

const HOME = [126.765, 35.125] as const
const CITIES = [
  [126.98, 37.5],
  [126.73, 37.42],
  [127.15, 36.82],
  [127.39, 36.36],
  [128.57, 35.87],
  [128.98, 35.16],
  [128.65, 35.23],
  [127.11, 35.83],
] as const
const HOUR_S = 3600
const SERVICE_S = 720
const M_PER_DEGREE = 111_320

const example = new URL('../../fixtures/gwangju/problems/seed-01-day-01.json', import.meta.url)

export interface BigDayShape {
  readonly routes: number
  readonly stopsPerRoute: number
  readonly seed: number
}

/** `stopsPerRoute / 2` shipments a route. */
export function makeBigDay({ routes, stopsPerRoute, seed }: BigDayShape): { problem: Problem; plan: Plan } {
  const base = JSON.parse(readFileSync(example, 'utf8')) as Problem
  const random = randomOf(seed, routes, stopsPerRoute)
  const spread = (km: number) => ((random.uniform() + random.uniform() - 1) * km * 1000) / M_PER_DEGREE
  const near = ([lng, lat]: readonly [number, number], km: number) => ({
    lng: lng + spread(km) * 1.22,
    lat: lat + spread(km),
  })
  const hub = base.sites.find(({ id }) => id === 'centre')!
  const site = (id: string, name: string, at: { lng: number; lat: number }): Site => ({
    id,
    name,
    ...at,
    windows: [
      [8 * HOUR_S, 12 * HOUR_S],
      [13 * HOUR_S, 18 * HOUR_S],
    ],
    stopS: 600,
  })
  const members = Array.from({ length: Math.ceil(routes * 0.5) }, (_, k) => site(`M${k}`, `금형M${k}`, near(HOME, 3)))
  const partners = Array.from({ length: routes }, (_, k) =>
    site(`P${k}`, `협력P${k}`, k % 4 === 3 ? near(random.pick(CITIES), 25) : near(HOME, 20)),
  )
  const shipments: Shipment[] = []
  const perRoute = Math.floor(stopsPerRoute / 2)
  const vehicles = base.vehicles.map((vehicle): Vehicle => ({ ...vehicle, count: routes }))
  const trucks = vehicles.filter(({ id }) => ['contract-2.5t', 'hired-2.5t', 'hired-5t', 'hired-11t'].includes(id))
  const sites = new Map([hub, ...members, ...partners].map((one) => [one.id, one]))

  const drawn = Array.from({ length: routes }, (_, k): Route => {
    // the partners of a route lie near one another
    const inbound = random.uniform() < 0.6
    const far = k % 4 === 3
    const group = partners.filter((_, p) => (p % 4 === 3) === far)
    const first = random.pick(group)
    const close = [...group].sort((a, b) => metres(a, first) - metres(b, first)).slice(0, perRoute * 2)
    const visits = Array.from({ length: perRoute }, (_, s) => {
      const member = random.pick(members)
      const partner = close[(s * 2) % close.length]!
      const [from, to] = inbound ? [partner, member] : [member, partner]
      const weightKg = Math.round(random.logNormal(180, 0.8, [5, 400]))
      const id = `B${k}-${s}`
      shipments.push({ id, firm: `F${member.id}`, from: from.id, to: to.id, item: '금형부품', weightKg })
      return { id, from: from.id, to: to.id, weightKg }
    })
    const stops = [
      ...visits.map(({ id, from, weightKg }) => ({
        site: from,
        pickups: [id],
        deliveries: [] as string[],
        kg: weightKg,
      })),
      ...visits.map(({ id, to, weightKg }) => ({ site: to, pickups: [] as string[], deliveries: [id], kg: -weightKg })),
    ]
    return drive(`route-${k + 1}`, far ? trucks[1 + (k % 3)]! : trucks[0]!, stops, (7 + 3 * random.uniform()) * HOUR_S)
  })

  const problem: Problem = {
    ...base,
    name: `${routes} × ${stopsPerRoute}`,
    sites: [hub, ...members, ...partners],
    firms: members.map(({ id, name }) => ({ id: `F${id}`, name, site: id })),
    shipments,
    vehicles,
  }
  const costKrw = drawn.reduce((sum, route) => sum + route.costKrw, 0)
  const plan: Plan = {
    routes: drawn,
    direct: [],
    unserved: [],
    costLines: [{ kind: 'distance', krw: costKrw }],
    costKrw,
    violations: [],
    provenance: { version: 'bench', seed, iterations: 0, threads: 1, travelKey: 'none', estimated: true },
  }
  return { problem, plan }

  function drive(
    id: string,
    vehicle: Vehicle,
    list: readonly { site: string; pickups: string[]; deliveries: string[]; kg: number }[],
    departS: number,
  ): Route {
    const start = vehicle.start ? sites.get(vehicle.start) : undefined
    let at = start ?? sites.get(list[0]!.site)!
    let clock = Math.round(departS)
    let [load, peak, driveS, waitS, distanceM, sinceRestS] = [0, 0, 0, 0, 0, 0]
    const rests: Rest[] = []
    const stops = list.map(({ site: place, pickups, deliveries, kg }, index): Stop => {
      const next = sites.get(place)!
      const legM = Math.round(metres(at, next) * 1.3)
      const legS = Math.round(legM / 12.5)
      at = next
      distanceM += legM
      driveS += legS
      sinceRestS += legS
      clock += legS
      if (sinceRestS > 7200) {
        rests.push({ beforeStop: index, startS: clock - 900, endS: clock })
        clock += 900
        sinceRestS = 0
      }
      const arriveS = clock
      const startS = clock > 12 * HOUR_S && clock < 13 * HOUR_S ? 13 * HOUR_S : clock
      waitS += startS - arriveS
      clock = startS + SERVICE_S
      load += kg
      peak = Math.max(peak, load)
      return {
        ...{ site: place, arriveS, startS, leaveS: clock, pickups, deliveries, visits: [], legM, legS },
        ...{ weightKgAfter: load, volumeLAfter: 0, palletsAfter: 0 },
      }
    })
    const lastLegM = start ? Math.round(metres(at, start) * 1.3) : 0
    const lastLegS = Math.round(lastLegM / 12.5)
    distanceM += lastLegM
    const costKrw = 40_000 + Math.round(distanceM * 0.8)
    return {
      ...{ id, vehicle: vehicle.id, stops, rests, departS: Math.round(departS), returnS: clock + lastLegS },
      ...{ driveS: driveS + lastLegS, serviceS: stops.length * SERVICE_S, waitS, restS: rests.length * 900, distanceM },
      ...{ emptyM: lastLegM, lastLegM, lastLegS, tollKrw: 0, peakWeightKg: peak, costKrw },
      costLines: [{ kind: 'distance', krw: costKrw }],
    }
  }
}

/** Good enough within a country. */
function metres(
  a: { readonly lng: number; readonly lat: number },
  b: { readonly lng: number; readonly lat: number },
): number {
  const [x, y] = [(a.lng - b.lng) * Math.cos((a.lat * Math.PI) / 180), a.lat - b.lat]
  return Math.hypot(x, y) * M_PER_DEGREE
}
