import { describe, expect, it } from 'vitest'
import type { Dispatch } from '../../server/api.ts'
import { loadComplex } from '../../server/complexes.ts'
import { carrierOf, dispatchesOf, takeOver } from '../../server/dispatch.ts'
import type { Plan, Route } from '../../solver/index.ts'
import { makePlan, makeRoute } from './makeProblem.ts'

const data = await loadComplex('gwangju')
const round = (id: string, vehicle: string) => ({ id, vehicle })
const plan = {
  routes: [round('1', 'contract-2.5t'), round('2', 'contract-1.4t @ 2')],
  direct: [{ shipment: 'S-1', route: round('direct-S-1', 'hired-5t') }],
} as unknown as Plan

describe('who drives a round', () => {
  it('is the first carrier that names its vehicle, until somebody names another', () => {
    const said: Dispatch = { route: '1', carrier: 'carrier-B', state: 'accepted', plate: '광주80바0009', version: 3 }
    expect(dispatchesOf(data, plan, [said])).toEqual([
      said,
      { route: '2', carrier: 'carrier-A', state: 'open', version: 0 },
      { route: 'direct-S-1', carrier: 'carrier-B', state: 'open', version: 0 },
    ])
  })

  it('is nobody where no carrier has such a truck, or the one that was named is gone', () => {
    expect(carrierOf(data, undefined, 'contract-9t')).toBeUndefined()
    expect(carrierOf(data, { carrier: 'carrier-Z' }, 'hired-5t')).toBeUndefined()
    expect(carrierOf({}, undefined, 'hired-5t')).toBeUndefined()
    expect(carrierOf(data, { carrier: 'carrier-B' }, 'contract-2.5t')?.name).toContain('B')
  })
})

describe('a plan that comes in place of another', () => {
  /** Loaded at the supplier at this second, unloaded at the member ten minutes later. */
  const driven = (id: string, vehicle: string, shipment: string, startS: number): Route => {
    const route = makeRoute(vehicle, { supplier: [`+${shipment}`], member: [`-${shipment}`] })
    const stops = route.stops.map((stop, k) => {
      const kind = k === 0 ? ('pickup' as const) : ('delivery' as const)
      return { ...stop, visits: [{ shipment, kind, startS: startS + 600 * k, endS: startS + 600 * k + 60 }] }
    })
    return { ...route, id, stops }
  }
  const before = makePlan({
    routes: [driven('1', 'round', 'a', 30_000), driven('2', 'round', 'b', 30_000), driven('3', 'spot', 'c', 30_000)],
    direct: [{ ...({} as Plan['direct'][number]), shipment: 'd', route: driven('direct-d', 'spot', 'd', 30_000) }],
  })
  const who = { carrier: 'carrier-A', plate: '광주80바0001', driver: '기사 1', phone: '010-0000-0101' }
  const proposal = { vehicle: 'large' }
  const all = ['1', '2', '3', 'direct-d']
  const said = all.map((route): Dispatch => ({ route, ...who, state: 'accepted', proposal, version: 7 }))

  it('keeps who drives what is driven as before, and asks again where stops or times are others', () => {
    const after = makePlan({
      // renumbered; 299 s are no change for who drives, 300 s are one; another truck is another round
      routes: [driven('1', 'round', 'b', 30_299), driven('2', 'round', 'a', 30_300), driven('3', 'large', 'c', 30_000)],
      direct: before.direct,
    })
    expect(takeOver(before, said, after)).toEqual([
      { route: '2', ...who, state: 'offered', version: 1 },
      { route: '1', ...who, state: 'accepted', proposal, version: 1 },
      { route: 'direct-d', ...who, state: 'accepted', proposal, version: 1 },
    ])
  })

  it('does not offer anew what was declined as it was', () => {
    const later = makePlan({ routes: [driven('1', 'round', 'a', 36_000)] })
    const states = (state: Dispatch['state']) =>
      takeOver(before, [{ ...said[0]!, state }], later).map((one) => one.state)
    expect(['open', 'offered', 'accepted', 'declined'].flatMap((state) => states(state as Dispatch['state']))).toEqual([
      'open',
      'offered',
      'offered',
      'open',
    ])
    expect(takeOver(before, [], later)).toEqual([])
  })
})
