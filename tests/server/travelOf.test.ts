import { describe, expect, it } from 'vitest'
import { ProviderError, type TravelProvider } from '../../server/travel/provider.ts'
import { travelFrom, unreachedSites } from '../../server/travel/travelOf.ts'
import { findIssues, NO_ROAD } from '../../solver/index.ts'
import { makeProblem, makeSite } from './makeProblem.ts'
import { openApp } from './openApp.ts'
import { countingRoads } from './travel/countingRoads.ts'

/** Small trucks are alike, all others are alike; a metre a cell, counted up, tells who was asked and how often. */
function countingProvider() {
  const asked: string[] = []
  const provider: TravelProvider = {
    name: 'counting',
    estimated: false,
    cacheable: false,
    key: ({ truck }) => (truck === '1t' || truck === '1.4t' ? 'small' : 'large'),
    async matrix(places, _, { truck }) {
      asked.push(truck)
      if (places.some(({ id }) => id === 'island')) throw new ProviderError('counting', 'no road')
      const cells = new Int32Array(places.length ** 2).fill(asked.length)
      return {
        durationS: cells,
        distanceM: cells,
        tollKrw: cells,
        expresswayM: cells,
        unreachable: { from: [], to: [] },
      }
    },
    path: () => Promise.reject(new Error('not asked here')),
  }
  return { provider, asked }
}

describe('travelFrom', () => {
  it('asks one table for all truck classes that are alike', async () => {
    const { provider, asked } = countingProvider()
    const [round, spot] = makeProblem().vehicles
    const vehicles = [round!, spot!, { ...spot!, id: 'spot2', truck: '1.4t' as const }]
    const travel = await travelFrom(provider)(makeProblem({ vehicles }))
    expect(asked).toEqual(['1t', '2.5t'])
    expect(travel).toMatchObject({ key: 'small+large', estimated: false })
    expect(travel.tables.map(({ trucks }) => trucks)).toEqual([['1t', '1.4t'], ['2.5t']])
    expect(travel.tables[0]!.durationS).toEqual(new Array(16).fill(1))
  })

  it('asks once for the same places, whatever they are called, and again when one moves', async () => {
    const { provider, asked } = countingProvider()
    const travelOf = travelFrom(provider)
    const { sites } = makeProblem()
    await travelOf(makeProblem())
    await travelOf(makeProblem({ name: 'another day', sites: sites.map((site) => ({ ...site, name: 'other' })) }))
    expect(asked.length).toBe(2)
    await travelOf(makeProblem({ sites: [...sites.slice(0, 3), makeSite('port', 127.69, 34.91)] }))
    expect(asked.length).toBe(4)
  })

  it('prefers figures inside the problem', async () => {
    const { provider, asked } = countingProvider()
    const travel = { key: 'own', estimated: false, tables: [] }
    expect(await travelFrom(provider)(makeProblem({ travel }))).toBe(travel)
    expect(asked).toEqual([])
  })

  it('has roads for a problem without trucks', async () => {
    const { provider } = countingProvider()
    expect((await travelFrom(provider)(makeProblem({ vehicles: [] }))).tables.length).toBe(1)
  })

  it('says in the tables where no road leads, how much is expressway, and which sites no truck reaches', async () => {
    const { provider, lost } = countingRoads()
    lost.add('port').add('centre>member')
    const problem = makeProblem()
    const travel = await travelFrom(provider)(problem)
    const [table] = travel.tables
    expect(findIssues({ ...problem, travel }).filter(({ severity }) => severity === 'error')).toEqual([])
    const none = [1, 3, 7, 11, 12, 13, 14]
    for (const cells of [table!.durationS, table!.distanceM, table!.tollKrw, table!.expresswayM!])
      expect(cells.flatMap((figure, cell) => (figure === NO_ROAD ? cell : []))).toEqual(none)
    expect(table!.expresswayM![4]).toBe(Math.ceil(table!.distanceM[4]! / 2))
    expect(unreachedSites(problem, travel)).toMatchObject([{ index: 3, id: 'port' }])
    expect(unreachedSites({ ...problem, sites: problem.sites.slice(0, 1) }, travel)).toEqual([])
  })

  it('names two places at the same point that no road reaches, though nothing is to drive between them', async () => {
    const { provider, lost } = countingRoads()
    const far = [makeSite('pier', 130.4, 33.6), makeSite('quay', 130.4, 33.6)]
    const problem = makeProblem({ sites: [...makeProblem().sites, ...far] })
    for (const { id } of far) lost.add(id)
    const travel = await travelFrom(provider)(problem)
    expect(unreachedSites(problem, travel).map(({ id }) => id)).toEqual(['pier', 'quay'])
    const same = { ...problem, sites: far }
    expect(unreachedSites(same, await travelFrom(provider)(same))).toEqual([])
  })

  it('asks nothing again after a restart of the service', async () => {
    const { provider, asked } = countingRoads()
    const first = await (await openApp({ provider })).service.travelOf(makeProblem())
    expect(asked.length).toBe(2)
    const second = await (await openApp({ provider })).service.travelOf(makeProblem())
    expect(asked.length).toBe(2)
    expect(second).toEqual(first)
  })

  it('does not remember a refusal', async () => {
    const { provider, asked } = countingProvider()
    const travelOf = travelFrom(provider)
    const problem = makeProblem({ sites: [...makeProblem().sites, makeSite('island', 126.5, 33.4)] })
    await expect(travelOf(problem)).rejects.toThrow(ProviderError)
    await expect(travelOf(problem)).rejects.toThrow(ProviderError)
    expect(asked.length).toBe(2)
  })
})
