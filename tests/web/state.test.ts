import { describe, expect, it } from 'vitest'
import type { Job } from '../../server/api.ts'
import type { Certificate } from '../../solver/index.ts'
import { formatAddress, parseAddress } from '../../web/state/address.ts'
import { englishAreas } from '../../web/state/areaNames.ts'
import { routeName } from '../../web/state/day.ts'
import { addIncumbent, type Incumbent, sparkline } from '../../web/state/incumbents.ts'
import { ceilingOf, computeKpis, gaugeScale, holdsFor, lowerOf, savingOf } from '../../web/state/kpi.ts'
import { makeLedger, makeWaterfall, niceTicks } from '../../web/state/ledger.ts'
import { areaOf, outline } from '../../web/state/places.ts'
import { firstTab, inTab, matches, poolItems } from '../../web/state/pool.ts'
import { keepValid, lightUp, NOTHING, routeOf, stopKey } from '../../web/state/selection.ts'
import { commonGaps, distinctWindows, hourTicks, makeTimeline } from '../../web/state/timeline.ts'
import { comparison, direct, makeDay, plan, problem, route } from './makeDay.ts'

describe('the figures of the strip', () => {
  it('count trucks that drive, weigh the load by distance and leave terminal freight out', () => {
    // 500 kg over 9 km and 300 kg over 9 km of 1,000 kg over 20 km: 7,200 / 20,000 = 36 %
    expect(computeKpis(plan, problem)).toMatchObject({
      costKrw: 100_000,
      contract: 1,
      hired: 0,
      distanceM: 20_000,
      emptyM: 2000,
      loadFactor: 0.36,
      peak: { share: 0.5, route: 1 },
      waitStops: 1,
      unserved: 1,
    })
  })

  it('take load factor and peak over the same trucks, solo ones too', () => {
    // 900 kg over 30 of 60 km, 27,000 more carried and 60,000 more offered: 34,200 / 80,000 = 42.75 %
    const solo = {
      ...route,
      id: 'alone',
      vehicle: 'hired',
      stops: [
        { ...route.stops[0]!, legM: 30_000, weightKgAfter: 900 },
        { ...route.stops[1]!, legM: 30_000, weightKgAfter: 0 },
      ],
      distanceM: 60_000,
      peakWeightKg: 900,
    }
    const kpis = computeKpis({ ...plan, direct: [{ ...direct, mode: 'hired', route: solo }] }, problem)
    expect(kpis).toMatchObject({ loadFactor: 0.4275, peak: { share: 0.9, route: undefined } })
  })

  it('take the saving from the baseline and the plan that is shown, also while a search improves it', () => {
    expect(savingOf(comparison, plan, 'B1')).toMatchObject({ krw: 30_000, share: 3 / 13 })
    expect(savingOf(comparison, { ...plan, costKrw: 91_000 }, 'B1')?.krw).toBe(39_000)
  })

  it('show no saving against a baseline that left out other shipments', () => {
    const all = { ...plan, unserved: [] }
    expect(holdsFor(comparison, all)).toBe(false)
    expect(savingOf(comparison, all, 'B1')).toBeUndefined()
    expect(makeDay({ plan: all, comparison }).routes[0]!.b1Krw).toBeUndefined()
  })

  it('name the ceiling: what no plan can save more than', () => {
    const saving = savingOf(comparison, plan, 'B1')!
    // B1 130,000, bound 97,500: at most a quarter
    expect(ceilingOf(saving.baseline, 97_500)).toBe(0.25)
  })

  it('show no bound that leaves out other shipments than the plan', () => {
    const certificate: Certificate = {
      lowerKrw: 97_500,
      prices: [],
      fleet: [],
      alone: [],
      unserved: plan.unserved.map(({ shipment }) => shipment),
      proof: 'closed',
      relaxed: [],
      rounds: 1,
      columns: 1,
    }
    expect(lowerOf(certificate, plan)).toBe(97_500)
    expect(lowerOf({ ...certificate, unserved: [...certificate.unserved, 'other'] }, plan)).toBeUndefined()
    expect(lowerOf(undefined, plan)).toBeUndefined()
  })

  it('draw the gauge to 50 %, or as far as saving and ceiling go', () => {
    expect(gaugeScale(0.25, undefined)).toEqual({ max: 0.5, bar: 0.5, ceiling: undefined, target: 0.8 })
    expect(gaugeScale(0.375, 0.6)).toEqual({ max: 0.75, bar: 0.5, ceiling: 0.6 / 0.75, target: 0.4 / 0.75 })
    expect(gaugeScale(-0.1, 0.5)).toMatchObject({ max: 0.5, bar: 0, ceiling: 1 })
    expect(gaugeScale(0.2, 1)).toMatchObject({ max: 1, ceiling: 1, target: 0.4 })
  })
})

describe('a day', () => {
  const day = makeDay()

  it('names a route by where it goes and prices its shipments by B1', () => {
    const [model] = day.routes
    expect(model).toMatchObject({ number: 1, areas: ['하남산단'], partners: ['열처리'], b1Krw: 90_000, far: false })
    expect(routeName(model!, { inside: '단지 안 순회', more: (count) => `외 ${count}` })).toBe('하남산단 열처리')
  })

  it('knows how each shipment goes', () => {
    expect(day.carried('S1')).toMatchObject({ by: 'route', pickup: 0, delivery: 1 })
    expect(['S3', 'S4'].map((id) => day.carried(id).by)).toEqual(['direct', 'nobody'])
    expect(makeDay({}).carried('S1').by).toBe('unplanned')
  })

  it('tells hub, members and partners apart, inside from far', () => {
    const [hub, member, , heat, steel] = problem.sites
    expect([hub, member, heat].map((site) => day.places.role(site!))).toEqual(['hub', 'member', 'partner'])
    expect([member, heat, steel].map((site) => day.places.far(site!))).toEqual([false, false, true])
    expect([member, heat, steel].map((site) => day.places.area(site!))).toEqual(['', '하남산단', '시흥'])
  })

  it('shortens Korean addresses to the part that tells places apart', () => {
    const home = '광주광역시 광산구 평동산단'
    const cases = {
      '인천광역시 남동구': '인천',
      '경상남도 창원시 성산구': '창원',
      '광주광역시 서구': '서구',
      '광주광역시 광산구 하남산단 (가상 위치)': '하남산단',
      '': '',
    }
    for (const [address, area] of Object.entries(cases)) expect(areaOf(address, home)).toBe(area)
  })

  it('calls areas in English what the service calls a place of that name near by', () => {
    const place = (name: string, nameEn: string, kind: string, lng: number, lat: number) =>
      ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [lng, lat] },
        properties: { kind, name, nameEn },
      }) as const
    const nameArea = englishAreas({
      type: 'FeatureCollection',
      features: [
        place('하남산단(하남동)', 'Hanam complex', 'complex', 126.8, 35.19),
        place('시흥 시화산단(정왕1동)', 'Siheung Sihwa complex', 'complex', 126.746, 37.337),
        place('창원(의창)', 'Changwon', 'town', 128.6, 35.2),
      ],
    })
    const [, , , heat, steel] = problem.sites
    expect([nameArea('하남산단', heat!), nameArea('시흥', steel!)]).toEqual(['Hanam complex', 'Siheung'])
    expect([nameArea('서구', heat!), nameArea('창원', steel!)]).toEqual(['서구', '창원'])
  })

  it('draws an outline around members and none around nobody', () => {
    const ring = outline([{ lng: 126.76, lat: 35.12 }], 500)
    expect(ring.at(0)).toEqual(ring.at(-1))
    expect(outline([], 500)).toEqual([])
  })

  it('shows the parts of a shipment that was split in its place, each with its own id, weight and way', () => {
    const parts = [3000, 1000].map((weightKg, k) => ({
      id: `S4/${k + 1}`,
      shipment: 'S4',
      weightKg,
      volumeL: 0,
      pallets: 0,
    }))
    const split = {
      ...plan,
      parts,
      direct: [direct, { ...direct, shipment: 'S4/2' }],
      unserved: [{ shipment: 'S4/1', reasons: [] }],
    }
    const day = makeDay({ plan: split })
    const items = poolItems(day)
    expect(items.map(({ shipment, carried }) => [shipment.id, shipment.weightKg, carried.by])).toEqual([
      ['S1', 500, 'route'],
      ['S2', 300, 'route'],
      ['S3', 900, 'direct'],
      ['S4/1', 3000, 'nobody'],
      ['S4/2', 1000, 'direct'],
    ])
    const picked = { kind: 'shipment', shipment: 'S4/2' } as const
    expect(keepValid(picked, day.problem, day.plan)).toEqual(picked)
    expect([...lightUp(picked, day.problem, day.plan).sites]).toEqual(['A2', 'heat'])
  })
})

describe('the selection', () => {
  it('of a shipment lights its route, its two stops and its two sites', () => {
    const lit = lightUp({ kind: 'shipment', shipment: 'S1' }, problem, plan)
    expect([...lit.routes]).toEqual(['r1'])
    expect([...lit.stops]).toEqual([stopKey('r1', 0), stopKey('r1', 1)])
    expect([...lit.sites].sort()).toEqual(['A1', 'heat'])
    expect(routeOf({ kind: 'shipment', shipment: 'S1' }, lit)).toBe('r1')
  })

  it('of a site lights what goes there, on a route or not', () => {
    const lit = lightUp({ kind: 'site', site: 'A1' }, problem, plan)
    expect([...lit.shipments].sort()).toEqual(['S1', 'S3'])
    expect([...lit.routes]).toEqual(['r1'])
  })

  it('of a route lights its shipments and stops, of a stop only what is handled there', () => {
    expect([...lightUp({ kind: 'route', route: 'r1' }, problem, plan).shipments].sort()).toEqual(['S1', 'S2'])
    expect([...lightUp({ kind: 'stop', route: 'r1', stop: 2 }, problem, plan).shipments]).toEqual(['S2'])
  })

  it('lets go of what a new plan no longer has', () => {
    expect(keepValid({ kind: 'route', route: 'gone' }, problem, plan)).toBe(NOTHING)
    expect(keepValid({ kind: 'stop', route: 'r1', stop: 9 }, problem, plan)).toBe(NOTHING)
    expect(keepValid({ kind: 'site', site: 'A1' }, problem, undefined)).toEqual({ kind: 'site', site: 'A1' })
  })
})

describe('the comparison', () => {
  it('adds up by row and by column', () => {
    const { rows, sum } = makeLedger(comparison)
    for (const column of ['b0', 'b1', 'plan', 'difference'] as const)
      expect(rows.reduce((total, row) => total + row[column], 0)).toBe(sum[column])
    expect(sum).toMatchObject({ b1: 130_000, plan: 100_000, difference: -30_000 })
  })

  it('steps down from B1 to the plan without a gap', () => {
    const { bars, targetKrw, top } = makeWaterfall(comparison)!
    expect(bars.map(({ to }) => to)).toEqual([130_000, 135_000, 125_000, 100_000, 100_000])
    expect(bars.slice(1, -1).map(({ from }) => from)).toEqual([130_000, 135_000, 125_000])
    expect(targetKrw).toBe(78_000)
    expect(top).toBeGreaterThanOrEqual(135_000)
  })

  it('counts its axis in round steps', () => {
    expect(niceTicks(1_171_358)).toEqual([0, 200_000, 400_000, 600_000, 800_000, 1_000_000, 1_200_000])
    expect(niceTicks(0).length).toBeGreaterThan(0)
  })
})

describe('the pool', () => {
  const day = makeDay()
  const items = poolItems(day)

  it('opens with what nobody carries', () => {
    expect(firstTab(items)).toBe('unserved')
    expect(items.filter((item) => inTab(item, 'direct')).map(({ shipment }) => shipment.id)).toEqual(['S3'])
  })

  it('finds by firm, item, area and number, all words at once', () => {
    const found = (query: string) =>
      items.filter((item) => matches(item, query, day)).map(({ shipment }) => shipment.id)
    expect(found('시흥')).toEqual(['S3'])
    expect(found('금형a01 열처리')).toEqual(['S1'])
    expect(found('s4')).toEqual(['S4'])
    expect(found('  ')).toHaveLength(4)
  })
})

describe('the timeline', () => {
  it('shows waits, blocks and the opening hours that were used', () => {
    const timeline = makeTimeline(makeDay())!
    const [row] = timeline.rows
    expect(row!.waits).toEqual([{ stop: 0, fromS: 27_600, toS: 28_800 }])
    expect(row!.loads.map(({ toS, fromS }) => toS - fromS)).toEqual([900, 900, 900])
    expect(distinctWindows(row!.windows)).toEqual([{ fromS: 28_800, toS: 43_200 }])
    expect(timeline.fromS % 3600).toBe(0)
    expect(timeline.toS).toBeGreaterThan(route.returnS)
  })

  it('finds the hour when everything is shut, and no gap where somebody is open', () => {
    const day = { fromS: 0, toS: 86_400 }
    expect(commonGaps(problem, day)).toEqual([{ fromS: 43_200, toS: 46_800 }])
    const late = {
      sites: [
        ...problem.sites,
        { id: 'x', name: 'x', lng: 0, lat: 0, windows: [[40_000, 50_000]] as [number, number][] },
      ],
    }
    expect(commonGaps(late, day)).toEqual([])
  })

  it('labels as many hours as fit', () => {
    expect(hourTicks({ fromS: 0, toS: 36_000 }, 600, 58)).toHaveLength(11)
    expect(hourTicks({ fromS: 0, toS: 36_000 }, 300, 58)).toHaveLength(6)
  })
})

describe('the line of a search', () => {
  const job = (elapsedS: number, costKrw?: number): Job => ({
    id: 'j',
    problem: 'p',
    state: 'running',
    createdAt: '2026-11-22T00:00:00Z',
    priority: 0,
    attempt: 1,
    seconds: 10,
    elapsedS,
    iterations: 0,
    ...(costKrw !== undefined && { costKrw }),
  })

  it('only falls, whatever order events come in', () => {
    const events = [job(0), job(0.1, 500), job(0.5, 400), job(0.4, 390), job(1, 400), job(2, 300)]
    const history = events.reduce<readonly Incumbent[]>(addIncumbent, [])
    expect(history.map(({ costKrw }) => costKrw)).toEqual([500, 400, 300])
  })

  it('only moves inwards: the bound never falls, the cost never rises', () => {
    const at = (elapsedS: number, costKrw: number, lowerKrw: number): Job => ({ ...job(elapsedS, costKrw), lowerKrw })
    const events = [job(1, 500), at(2, 500, 300), at(3, 480, 290), at(4, 490, 310), at(5, 480, 310)]
    const history = events.reduce<readonly Incumbent[]>(addIncumbent, [])
    expect(history.map(({ costKrw, lowerKrw }) => [costKrw, lowerKrw])).toEqual([
      [500, undefined],
      [500, 300],
      [480, 300],
      [480, 310],
    ])
    const line = sparkline(history, 5, 10, 100, 20)!
    expect(line.lower).toMatch(/^M/)
    expect(sparkline(history.slice(0, 1), 5, 10, 100, 20)?.lower).toBeUndefined()
  })

  it('runs to the present and stays inside its box', () => {
    const line = sparkline(
      [
        { elapsedS: 0, costKrw: 500 },
        { elapsedS: 4, costKrw: 300 },
      ],
      5,
      10,
      100,
      20,
    )!
    expect(line.tip).toEqual({ x: 50, y: 17 })
    expect(sparkline([], 1, 10, 100, 20)).toBeUndefined()
  })
})

describe('the address bar', () => {
  it('holds screen and day, and survives nonsense', () => {
    expect(parseAddress('#compare/2026-11-23')).toEqual({ screen: 'compare', date: '2026-11-23' })
    expect(parseAddress('#<script>/x')).toEqual({ screen: 'plan', date: undefined })
    expect(formatAddress(parseAddress('#plan/2026-11-24'))).toBe('#plan/2026-11-24')
  })
})
