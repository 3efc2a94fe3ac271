import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadComplex } from '../../server/complexes.ts'
import { fetchDays, knownPlaces, planFetches } from '../../server/studies/fetches.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { answerSupply, fetchesOf, type Study } from '../../study/index.ts'

type SupplyStudy = Extract<Study, { kind: 'supply' }>
const preset = JSON.parse(
  readFileSync(new URL('../../fixtures/studies/supply-example.json', import.meta.url), 'utf8'),
) as SupplyStudy
const study: SupplyStudy = { ...preset, routes: { ...preset.routes!, days: 2, iterations: 100 } }

describe('fetching planned into days of the complex', () => {
  test('adds the loads to the day as it is, costs no more pooled than alone, and answers for every alternative', async () => {
    const data = await loadComplex('gwangju')
    const places = knownPlaces(data)
    const days = await fetchDays(study, data, travelFrom(trunk), 'ko')
    expect(days).toHaveLength(2)
    for (const { base, sets } of days)
      for (const { problem, fetched } of sets) {
        expect(problem.shipments.slice(0, base.shipments.length)).toEqual(base.shipments)
        const loads = problem.shipments.filter(({ id }) => fetched.includes(id))
        expect(loads.map(({ id }) => id)).toEqual(fetched)
        expect(new Set(loads.map(({ from }) => from)).size).toBe(1)
      }

    const fetches = await planFetches(study, places, days, 'ko')
    expect(fetches.map(({ item, supplier, share }) => ({ item, supplier, share }))).toEqual(
      fetchesOf(study, places).map(({ item, supplier, share }) => ({ item, supplier, share })),
    )
    const steel = fetches.find(({ item }) => item === 'steel')
    if (steel?.kind !== 'planned') throw new Error('the steel of the example is fetched from a known place')
    for (const cost of [...steel.days, steel.instead!]) expect(cost.pooledKrw).toBeLessThanOrEqual(cost.aloneKrw)
    // trucks come from there anyway: six firms on them cost less than half of six trucks and parcels
    expect(steel.pooledKrw).toBeLessThan(steel.aloneKrw / 2)
    expect(fetches.find(({ item }) => item === 'wearPlate')).toMatchObject({ kind: 'none', why: 'foreign' })

    const { diversified } = answerSupply(study, fetches)
    expect(diversified.find(({ item }) => item === 'steel')).toMatchObject({
      verdict: 'affordablePooled',
      transport: { netOfToday: true },
    })
  })
})
