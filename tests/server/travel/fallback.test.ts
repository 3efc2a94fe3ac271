import { describe, expect, it } from 'vitest'
import { legsFrom } from '../../../server/reports/legs.ts'
import { ProviderError, type TravelProvider } from '../../../server/travel/provider.ts'
import { travelFrom } from '../../../server/travel/travelOf.ts'
import { trunk } from '../../../server/travel/trunk.ts'
import { checkPlan, improve, type Plan, type Problem, type Travel } from '../../../solver/index.ts'
import { makeProblem, makeSite } from '../makeProblem.ts'

const WHY = { ko: '도로 서비스가 멈췄습니다', en: 'the road service stands still' }

/** Answers while it is well, and then that everything takes twice as long as on the trunk network. */
function moody(fallback?: TravelProvider) {
  const mood = { well: false }
  const refuse = () => Promise.reject(new ProviderError('moody', WHY.en, [], WHY))
  const provider: TravelProvider = {
    name: 'moody',
    estimated: false,
    estimatedTolls: true,
    cacheable: true,
    key: ({ truck }) => `moody:${truck}`,
    async matrix(...asked) {
      if (!mood.well) return await refuse()
      const matrix = await trunk.matrix(...asked)
      return { ...matrix, durationS: matrix.durationS.map((seconds) => 2 * seconds) }
    },
    path: async (...asked) => (mood.well ? await trunk.path(...asked) : await refuse()),
    ...(fallback && { fallback }),
  }
  return { provider, mood }
}
const planOn = (problem: Problem, travel: Travel): Plan =>
  [...improve(problem, travel, { seed: 1, iterations: 30 })].flatMap(({ plan }) => plan ?? []).at(-1)!

describe('when the roads of choice fail', () => {
  it('fails with their name where the operator wants no other', async () => {
    const { provider } = moody()
    await expect(travelFrom(provider)(makeProblem())).rejects.toThrow('moody: the road service stands still')
    await expect(
      legsFrom(provider)(planOn(makeProblem(), await travelFrom(trunk)(makeProblem())), makeProblem()),
    ).resolves.toEqual(new Map())
  })

  it('plans on the fallback, as an estimate that says why, in the plan too', async () => {
    const problem = makeProblem()
    const { provider } = moody(trunk)
    const travel = await travelFrom(provider)(problem)
    const { estimated, fallback, tables } = travel
    expect({ estimated, fallback }).toEqual({ estimated: true, fallback: { from: 'moody', why: WHY } })
    expect(tables).toEqual((await travelFrom(trunk)(problem)).tables)
    const plan = planOn(problem, travel)
    expect(plan.provenance).toMatchObject({ estimated: true, fallback: { from: 'moody', why: WHY } })
    expect((await legsFrom(provider)(plan, problem)).size).toBe(plan.routes.length)
  })

  it('asks the roads of choice again for the next plan, and marks what alone is an estimate there', async () => {
    const problem = makeProblem()
    const { provider, mood } = moody(trunk)
    const travelOf = travelFrom(provider)
    const estimate = await travelOf(problem)
    mood.well = true
    const travel = await travelOf(problem)
    expect(travel).toMatchObject({ estimated: false, estimatedTolls: true })
    expect(travel.fallback).toBeUndefined()
    expect(travel.tables[0]!.durationS[1]).toBe(2 * estimate.tables[0]!.durationS[1]!)
    expect(planOn(problem, travel).provenance).toMatchObject({ estimated: false, estimatedTolls: true })
  })

  it('judges a plan on the roads it was made on, when those of choice are back', async () => {
    const problem = makeProblem()
    const { provider, mood } = moody(trunk)
    const travelOf = travelFrom(provider)
    const plan = planOn(problem, await travelOf(problem))
    mood.well = true
    const again = await travelOf(problem, undefined, plan.provenance)
    expect(again.fallback).toEqual({ from: 'moody', why: WHY })
    expect(checkPlan(problem, again, plan)).toEqual([])
    // on the others it is late everywhere
    expect(checkPlan(problem, await travelOf(problem), plan)).not.toEqual([])
  })

  it('never stands in for a place at fault, or for a bug', async () => {
    const faulty = (error: Error) => ({ ...moody(trunk).provider, matrix: async () => await Promise.reject(error) })
    const misplaced = new ProviderError('moody', 'no road', [{ index: 0, id: 'centre', lng: 0, lat: 0 }])
    for (const error of [misplaced, new TypeError('a bug')])
      await expect(travelFrom(faulty(error))(makeProblem())).rejects.toBe(error)
  })

  it('tells the failure itself where the fallback knows none of the places', async () => {
    const { provider } = moody(trunk)
    const sites = ['centre', 'member', 'supplier', 'port'].map((id, k) => makeSite(id, 9.52 + k / 100, 47.14))
    await expect(travelFrom(provider)(makeProblem({ sites }))).rejects.toThrow('moody: the road service stands still')
  })

  it('lets who is left wait on when another who asked for the same stops waiting', async () => {
    const problem = makeProblem()
    const { promise, resolve } = Promise.withResolvers<void>()
    const travelOf = travelFrom({
      ...trunk,
      name: 'slow',
      async matrix(...asked) {
        await promise
        return await trunk.matrix(...asked)
      },
    })
    const gone = new AbortController()
    const [first, second] = [travelOf(problem, gone.signal), travelOf(problem)]
    gone.abort(new Error('stopped'))
    await expect(first).rejects.toThrow('stopped')
    resolve()
    expect((await second).tables.length).toBe(2)
  })
})
