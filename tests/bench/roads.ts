/**
 * Real roads: how long they take to build and to ask, what they weigh, and what they change: `node tests/bench/roads.ts`, a minute or two.
 * Reads the extracts of `--geo FOLDER` (../shared/geo), which the repository does not carry; one that is not there is told and left out.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { NO_WAY, type TravelMatrix, type TravelPlace, type TravelProvider } from '../../server/travel/provider.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { buildRoads } from '../../server/travel/valhalla/build.ts'
import type { Box } from '../../server/travel/valhalla/extract.ts'
import { openValhalla } from '../../server/travel/valhalla/inProcess.ts'
import { checkPlan, improve, type Plan, type Problem, type Travel } from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { makeProblem, makeShipment, makeSite } from '../server/makeProblem.ts'

const { values } = parseArgs({
  options: { geo: { type: 'string', default: join(import.meta.dirname, '..', '..', '..', 'shared', 'geo') } },
})

const TRUCK = { truck: '5t' } as const
const SIZES = [50, 200, 300]
const DETOUR = 1.3
const SHIPMENTS = 60
const DAY_SITES = 30
const DAY_ITERATIONS = 3000

const mb = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)
const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN
const say = (line: string): void => console.log(line)

function placesIn([west, south, east, north]: Box, count: number, seed: number): TravelPlace[] {
  const random = new Random(seed)
  return Array.from({ length: count }, (_, k) => ({
    id: `p${k}`,
    lng: west + random.unit() * (east - west),
    lat: south + random.unit() * (north - south),
  }))
}

function innerOf([west, south, east, north]: Box): Box {
  const [dx, dy] = [(east - west) / 6, (north - south) / 6]
  return [west + dx, south + dy, east - dx, north - dy]
}

function straightM(a: TravelPlace, b: TravelPlace): number {
  const radians = Math.PI / 180
  const x = (b.lng - a.lng) * radians * Math.cos(((a.lat + b.lat) / 2) * radians)
  return 6_371_008.8 * Math.hypot(x, (b.lat - a.lat) * radians)
}

/** Resident bytes of the engine's process, and seconds it has worked; Linux only. */
function engineUse(folder: string): { readonly bytes: number; readonly cpuS: number } {
  if (process.platform !== 'linux') return { bytes: Number.NaN, cpuS: Number.NaN }
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${folder}/`)) continue
      const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
      return { bytes: Number(kib) * 1024, cpuS: (Number(fields[11]) + Number(fields[12])) / 100 }
    } catch {
      // it has ended meanwhile
    }
  }
  return { bytes: Number.NaN, cpuS: Number.NaN }
}

function describeReach({ durationS, unreachable }: TravelMatrix, size: number): string {
  let [none, oneWay] = [0, 0]
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < size; to++) {
      if (durationS[from * size + to] !== NO_WAY) continue
      none++
      if (durationS[to * size + from] !== NO_WAY) oneWay++
    }
  }
  return `${unreachable.from.length} places lost, ${none} of ${size * size} pairs without a way, ${oneWay} of them in one direction only`
}

async function measureExtract(name: string, folder: string): Promise<void> {
  const { manifest } = await buildRoads(join(values.geo, name), folder, { now: () => new Date() })
  const { source, buildS, tileBytes } = manifest
  say(`\n${name}: ${source.roads} roads, built in ${buildS} s, ${mb(tileBytes)} MB of tiles`)
  // at the edge of an extract streets are cut off, and one-way streets lead nowhere; so many more that the lost can be left out
  const drawn = placesIn(innerOf(source.box as Box), 1200, 1)
  const first = await openValhalla(folder)
  const near = await first.provider.matrix(drawn, [], TRUCK)
  await first.close()
  const lost = new Set(near.unreachable.from.map(({ index }) => index))
  const places = drawn.filter((_, k) => !lost.has(k))
  say(
    `${lost.size} of ${drawn.length} places drawn in the inner two thirds of its box have no road within 1 km that leads there and away`,
  )

  for (const size of SIZES) {
    const part = places.slice(0, size)
    const { provider, close } = await openValhalla(folder)
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const startMs = performance.now()
    const matrix = await provider.matrix(part, part, TRUCK)
    const tookMs = performance.now() - startMs
    delay.disable()
    const { bytes, cpuS } = engineUse(folder)
    say(
      `${size} × ${size} cold: ${(tookMs / 1000).toFixed(1)} s (engine: ${cpuS.toFixed(1)} s of CPU, ${mb(bytes)} MB; this process: ${mb(process.memoryUsage().rss)} MB, held up for ${(delay.max / 1e6).toFixed(0)} ms at most); ${describeReach(matrix, size)}`,
    )
    await close()
  }
}

function dayOf(sites: readonly TravelPlace[]): Problem {
  const random = new Random(7)
  const site = () => 1 + random.below(DAY_SITES - 1)
  return makeProblem({
    name: 'sixty shipments',
    sites: sites.map(({ id, lng, lat }) => makeSite(id, lng, lat)),
    firms: [{ id: 'firm', name: 'firm', site: sites[0]!.id }],
    shipments: Array.from({ length: SHIPMENTS }, (_, k) => {
      const from = site()
      const to = ((from - 1 + 1 + random.below(DAY_SITES - 2)) % (DAY_SITES - 1)) + 1
      return makeShipment(`s${k}`, {
        from: `p${from}`,
        to: `p${to}`,
        weightKg: 50 + random.below(600),
        loadS: 300,
        unloadS: 300,
      })
    }),
    vehicles: makeProblem().vehicles.map((vehicle) => ({
      ...vehicle,
      count: SHIPMENTS,
      ...(vehicle.start !== undefined && { start: 'p0', end: 'p0' }),
    })),
  })
}

function planFor(problem: Problem, travel: Travel): Plan {
  let plan: Plan | undefined
  for (const step of improve(problem, travel, { seed: 1, iterations: DAY_ITERATIONS })) plan = step.plan ?? plan
  const violations = checkPlan(problem, travel, plan!)
  if (violations.length > 0) throw new Error(JSON.stringify(violations.slice(0, 3)))
  return plan!
}

/** Kilometres of the plan's rounds, leg by leg, by another measure. */
function kmOf({ routes }: Plan, metres: (from: string, to: string) => number): number {
  let sumM = 0
  for (const { stops } of routes) {
    const sites = ['p0', ...stops.map(({ site }) => site), 'p0']
    for (let k = 1; k < sites.length; k++) sumM += metres(sites[k - 1]!, sites[k]!)
  }
  return sumM / 1000
}

async function measureDay(folder: string, box: Box): Promise<void> {
  const { provider, close } = await openValhalla(folder)
  const drawn = placesIn(innerOf(box), 3 * DAY_SITES, 3)
  const near = await provider.matrix(drawn, drawn, TRUCK)
  const isGood = (k: number) => near.durationS[k]! >= 0 && near.durationS[k * drawn.length]! >= 0
  const sites = drawn
    .filter((_, k) => isGood(k))
    .slice(0, DAY_SITES)
    .map((place, k) => ({ ...place, id: `p${k}` }))
  const problem = dayOf(sites)

  const straight: TravelProvider = {
    ...trunk,
    name: 'straight',
    key: () => 'straight',
    async matrix(from, to) {
      const metres = Int32Array.from(from.flatMap((a) => to.map((b) => Math.round(straightM(a, b) * DETOUR))))
      const zero = metres.map(() => 0)
      // 35 km/h, the trunk network's own speed off the trunk roads
      return {
        distanceM: metres,
        durationS: metres.map((m) => Math.ceil((m / 35_000) * 3600)),
        tollKrw: zero,
        expresswayM: zero,
        unreachable: { from: [], to: [] },
      }
    },
  }
  const travels = { real: await travelFrom(provider)(problem), straight: await travelFrom(straight)(problem) }
  const indexOf = new Map(sites.map(({ id }, k) => [id, k]))
  const metresBy = (travel: Travel) => {
    const { distanceM } = travel.tables.find(({ trucks }) => trucks.includes(problem.vehicles[0]!.truck))!
    return (from: string, to: string) => distanceM[indexOf.get(from)! * sites.length + indexOf.get(to)!]!
  }
  for (const [name, travel] of Object.entries(travels)) {
    const plan = planFor(problem, travel)
    const [real, estimated] = [kmOf(plan, metresBy(travels.real)), kmOf(plan, metresBy(travels.straight))]
    say(
      `a day of ${SHIPMENTS} shipments planned on ${name} roads: ${plan.routes.length} rounds, ${plan.direct.length} direct; its rounds are ${real.toFixed(1)} km on real roads and ${estimated.toFixed(1)} km as straight lines × ${DETOUR} (${(real / estimated).toFixed(2)})`,
    )
  }
  const [real, network] = [await provider.matrix(sites, sites, TRUCK), await trunk.matrix(sites, sites, TRUCK)]
  const pairs = [...real.durationS.keys()].filter((cell) => real.distanceM[cell]! > 300)
  for (const cells of ['distanceM', 'durationS'] as const) {
    const ratios = pairs.map((cell) => network[cells][cell]! / real[cells][cell]!).toSorted((a, b) => a - b)
    const at = (share: number) => ratios[Math.floor(share * (ratios.length - 1))]!.toFixed(2)
    say(
      `trunk over Valhalla, ${cells}, ${ratios.length} pairs: median ${at(0.5)}, every tenth below ${at(0.1)} or above ${at(0.9)}`,
    )
  }
  const lines = pairs.map(
    (cell) => real.distanceM[cell]! / straightM(sites[Math.floor(cell / sites.length)]!, sites[cell % sites.length]!),
  )
  say(`road over straight line, those pairs: median ${median(lines).toFixed(2)}`)
  await close()
}

say(`load ${loadavg()[0]!.toFixed(1)}`)
for (const name of ['songpa.osm.pbf', 'liechtenstein.osm.pbf']) {
  if (!existsSync(join(values.geo, name))) {
    say(`${name} is not at hand in ${values.geo}: left out`)
    continue
  }
  const folder = mkdtempSync(join(tmpdir(), 'milkrun-roads-'))
  try {
    await measureExtract(name, folder)
    if (name.startsWith('songpa')) {
      const { manifest, close } = await openValhalla(folder)
      await close()
      await measureDay(folder, manifest.source.box as Box)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
