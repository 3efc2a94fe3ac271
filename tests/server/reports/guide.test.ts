import { describe, expect, it } from 'vitest'
import { GuideSchema } from '../../../server/api.ts'
import { guideOf, roundNumber } from '../../../server/reports/guide.ts'
import type { TravelProvider } from '../../../server/travel/provider.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import { makePlan, makeProblem, makeRoute } from '../makeProblem.ts'
import { expectShape } from '../openApp.ts'

const roads = trunk
const problem = makeProblem()
const round = makeRoute('round', { supplier: ['+plates'], member: ['-plates'] })
const guiding: TravelProvider = {
  ...roads,
  guide: async (stops, _profile, locale) =>
    stops
      .slice(1)
      .map(({ lng, lat }) => [
        { text: locale === 'ko' ? '우회전하세요.' : 'Turn right.', distanceM: 70, durationS: 9, lng, lat },
      ]),
}

describe('the guide of a route', () => {
  it('tells the turns of every leg in the language asked for', async () => {
    const guide = await guideOf(round, problem, guiding, 'ko')
    expectShape(GuideSchema, guide)
    expect(guide!.legs.map(({ stop, steps }) => [stop, steps.map(({ text }) => text)])).toEqual([
      [0, ['우회전하세요.']],
      [1, ['우회전하세요.']],
      // back at the garage
      [null, ['우회전하세요.']],
    ])
    expect((await guideOf(round, problem, guiding, 'en'))!.legs[0]!.steps[0]!.text).toBe('Turn right.')
  })

  it('has legs without turns where the roads know no streets, with the figures that planning uses', async () => {
    const guide = (await guideOf(round, problem, roads, 'ko'))!
    expect(guide).toMatchObject({ source: 'trunk', estimated: true })
    const sites = ['centre', 'supplier', 'member', 'centre'].map((id) => problem.sites.find((site) => site.id === id)!)
    const legs = await roads.path(sites, { truck: '2.5t' })
    expect(guide.legs.map(({ distanceM, steps }) => [distanceM, steps])).toEqual(
      legs.map(({ distanceM }) => [distanceM, []]),
    )
  })
})

describe('the number of a round', () => {
  it('is nobody else’s, also where an edit has emptied a route and a truck goes for one shipment', () => {
    const route = (id: string) => ({ ...round, id })
    const alone = { shipment: 's', mode: 'hired' as const, tariff: 'spot', distanceM: 0, costLines: [], costKrw: 0 }
    const direct = [{ ...alone, reasons: [], route: route('direct-s') }]
    const plan = makePlan({ routes: [route('1'), route('2'), route('4')], direct })
    const numbers = ['1', '2', '4', 'direct-s'].map((id) => roundNumber(plan, id))
    // by its place in the list the truck alone would be 4 as well
    expect(numbers).toEqual([1, 2, 4, 5])
  })
})
