import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edgeChips, type Frame } from '../../web/state/edges.ts'
import {
  complexArea,
  directLines,
  laneOffsetPx,
  pickedRoutes,
  pickedSites,
  routeLines,
  routeStops,
  sitePoints,
} from '../../web/state/geometry.ts'
import { placeNames } from '../../web/state/placeNames.ts'
import { lightUp, NOTHING } from '../../web/state/selection.ts'
import { spread } from '../../web/state/spread.ts'
import { lines, makeDay, plan, problem } from './makeDay.ts'

const nothing = lightUp(NOTHING, problem, plan)

describe('routes on the map', () => {
  it('are drawn once where the same leg is driven twice, and say which legs are straight', () => {
    const { features } = routeLines(lines)
    expect(features.map(({ properties }) => properties.straight)).toEqual([false, false, true])
  })

  it('stay within six lanes of their road, however many drive on it', () => {
    const crowd = lines.features.map((feature) => ({ ...feature, properties: { ...feature.properties, lane: 400 } }))
    for (const { properties } of routeLines({ ...lines, features: crowd }).features)
      expect(properties).toMatchObject({ lane: 4, offset: laneOffsetPx(4) })
    expect(laneOffsetPx(5)).toBeLessThan(30)
  })

  it('are drawn again on top when they are lit, with dots until badges stand for these', () => {
    const day = makeDay()
    const all = routeLines(lines)
    const kinds = (opened: string | undefined) =>
      pickedRoutes(all, day, new Set(['r1']), opened).features.map(({ geometry }) => geometry.type)
    expect(routeStops(day).features).toHaveLength(3)
    expect(kinds(undefined)).toEqual(['LineString', 'Point', 'Point', 'Point'])
    expect(kinds('r1')).toEqual(['LineString'])
    expect(pickedRoutes(all, day, new Set(), undefined).features).toEqual([])
  })

  it('leave direct shipments out until one is picked', () => {
    const day = makeDay()
    expect(directLines(day, nothing).features).toHaveLength(0)
    const picked = directLines(day, lightUp({ kind: 'shipment', shipment: 'S3' }, problem, plan))
    expect(picked.features.map(({ properties }) => properties.shipment)).toEqual(['S3'])
  })
})

describe('places on the map', () => {
  it('carry their role and what they send and receive; the hub stands apart, what is picked is named first', () => {
    const day = makeDay()
    const { sites, hubs } = sitePoints(day)
    const of = (id: string) => sites.features.find(({ properties }) => properties.site === id)!.properties
    expect(hubs.features.map(({ properties }) => properties.site)).toEqual(['hub'])
    // A1 sends S1 (500 kg) and receives S3 (900 kg); heat receives S1 and S4 (4,000 kg) and sends S2 (300 kg)
    expect(of('A1')).toMatchObject({ role: 'member', used: true, kg: 1400, rank: 3 })
    expect(of('heat')).toMatchObject({ role: 'partner', kg: 4800, rank: 2 })
    const lit = lightUp({ kind: 'route', route: 'r1' }, problem, plan)
    const picked = pickedSites(day, lit, new Set(['A1']))
    expect(picked.features.map(({ properties: { site, badge } }) => [site, badge])).toEqual([
      ['A1', true],
      ['heat', false],
      ['A2', false],
    ])
  })

  it('make one area of the members, with its name below', () => {
    const { features } = complexArea(makeDay(), '단지', '참여기업 2개사')
    expect(features.map(({ properties }) => properties.kind)).toEqual(['outline', 'name'])
  })

  it('take town names from the roads, without what stands in brackets, and from addresses where none is near', () => {
    const town = {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [126.796, 35.195] },
      properties: { kind: 'complex', name: '하남산단(하남동)' },
    } as const
    const names = placeNames({ type: 'FeatureCollection', features: [town] }, makeDay(), 'ko')
    expect(names.features.map(({ properties }) => properties.name)).toEqual(['하남산단', '시흥'])
  })
})

describe('badges', () => {
  const mark = fc.record({ x: fc.integer({ min: 0, max: 300 }), y: fc.integer({ min: 0, max: 300 }) })

  it('end up apart, however many stand on one spot', () => {
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 12 }), (marks) => {
        const placed = spread(marks, 20)
        for (const [a, first] of placed.entries())
          for (const second of placed.slice(a + 1))
            expect(Math.hypot(first.x - second.x, first.y - second.y)).toBeGreaterThan(15)
      }),
    )
  })

  it('stay where they are when there is room', () => {
    const marks = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
    ]
    for (const [index, placed] of spread(marks, 20).entries()) expect(placed.x).toBeCloseTo(marks[index]!.x, 1)
  })

  it('keep off what may not be covered', () => {
    const [placed] = spread([{ x: 50, y: 50 }], 20, [{ x: 50, y: 50 }])
    expect(Math.hypot(placed!.x - 50, placed!.y - 50)).toBeGreaterThan(19)
  })
})

describe('chips at the edge', () => {
  const frame: Frame = {
    width: 800,
    height: 500,
    inset: { top: 30, right: 20, bottom: 30, left: 20 },
    taken: [[700, 0, 800, 300]],
  }
  const leaving = (number: number, area: string, x: number, y: number) => ({
    number,
    route: `r${number}`,
    area,
    away: { x, y },
  })

  it('gather routes that leave for the same area, in the direction of travel', () => {
    const chips = edgeChips([leaving(6, '수도권', 400, -9000), leaving(4, '수도권', 420, -9000)], frame)
    expect(chips).toHaveLength(1)
    expect(chips[0]!.routes.map(({ number }) => number)).toEqual([4, 6])
    expect(chips[0]).toMatchObject({ y: 30 })
    expect(chips[0]!.angle).toBeCloseTo(-90, 0)
  })

  it('keep off each other and off the buttons', () => {
    const chips = edgeChips([leaving(1, '경남', 9000, 250), leaving(2, '부산', 9000, 255)], frame)
    expect(Math.abs(chips[0]!.y - chips[1]!.y)).toBeGreaterThanOrEqual(34)
    for (const { y } of chips) expect(y).toBeGreaterThanOrEqual(317)
  })
})

describe('chips of routes that leave the map', () => {
  const frame: Frame = { width: 700, height: 500, inset: { top: 30, right: 22, bottom: 30, left: 22 }, taken: [] }

  it('are eight at most, of the areas that most routes go to, and stand apart at whatever fraction of a pixel', () => {
    const leaving = Array.from({ length: 80 }, (_, k) => ({
      number: k + 1,
      route: `r${k}`,
      area: `area ${Math.floor(Math.sqrt(k))}`,
      away: { x: 350 + k / 7, y: -1000.1 - k / 3 },
    }))
    const chips = edgeChips(leaving, frame)
    expect(chips).toHaveLength(8)
    expect(chips.some(({ area }) => area === 'area 0')).toBe(false)
    const heights = chips.map(({ y }) => y).toSorted((a, b) => a - b)
    for (const [k, y] of heights.slice(1).entries()) expect(y - heights[k]!).toBeGreaterThan(33.9)
  })
})
