import { describe, expect, it } from 'vitest'
import { legsFrom } from '../../../server/reports/legs.ts'
import { ProviderError, type TravelPlace, type TravelProvider } from '../../../server/travel/provider.ts'
import { makePlan, makeProblem, makeRoute } from '../makeProblem.ts'

function drawingProvider(path?: TravelProvider['path']) {
  const asked: string[][] = []
  const provider: TravelProvider = {
    name: 'drawing',
    estimated: false,
    cacheable: false,
    key: ({ truck }) => truck,
    matrix: () => Promise.reject(new Error('not asked here')),
    async path(stops, profile, signal) {
      asked.push(stops.map(({ id }) => id))
      if (path) return await path(stops, profile, signal)
      const at = ({ lng, lat }: TravelPlace) => [lng, lat] as const
      return stops.slice(1).map((to, k) => ({
        coordinates: [at(stops[k]!), at(to)],
        durationS: 1,
        distanceM: 1,
        tollKrw: 0,
        expresswayM: 0,
        straight: false,
      }))
    },
  }
  return { provider, asked }
}

const problem = makeProblem()
const plan = makePlan({ routes: [makeRoute('round', { supplier: ['+plates'], member: ['-plates', '+cores'] })] })

describe('the ways of a plan', () => {
  it('are asked for once', async () => {
    const { provider, asked } = drawingProvider()
    const legsOf = legsFrom(provider)
    const first = await legsOf(plan, problem)
    expect(first.get('r1')).toHaveLength(3)
    expect(await legsOf(plan, problem)).toEqual(first)
    expect(asked).toEqual([['centre', 'supplier', 'member', 'centre']])
  })

  it('are left out of a route that the provider cannot drive, and a bug stays one', async () => {
    const lost = drawingProvider(() => Promise.reject(new ProviderError('drawing', 'no road')))
    expect(await legsFrom(lost.provider)(plan, problem)).toEqual(new Map())
    const broken = drawingProvider(() => Promise.reject(new TypeError('bug')))
    await expect(legsFrom(broken.provider)(plan, problem)).rejects.toThrow('bug')
  })
})
