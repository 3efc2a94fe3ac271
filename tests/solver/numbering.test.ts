import { describe, expect, test } from 'vitest'
import type { Instance } from '../../solver/instance.ts'
import { Numbering } from '../../solver/search/numbering.ts'
import { search } from '../../solver/search/search.ts'
import type { Assignment } from '../../solver/search/solution.ts'
import { randomInstance } from './literature.ts'

const numbersOf = ({ placeOf, serviceS, opensS, closesS, paired, demand }: Instance, visit: number) => [
  ...[placeOf, serviceS, opensS, closesS].map((list) => list[visit]),
  ...[paired, demand].map((list) => list[visit >> 1]),
]

const solve = (instance: Instance, options: { iterations: number; from?: Assignment['routes'] }) =>
  [...search(instance, { seed: 1, ...options })].flatMap(({ better }) => better ?? [])

describe.each(['cvrplib', 'solomon', 'lilim'] as const)('orders of %s numbered anew', (format) => {
  const given = randomInstance(format, 1)
  const { instance, inward, outward } = new Numbering(given)
  const found = solve(given, { iterations: 200 }).at(-1)!

  test('are the same orders, and back', () => {
    const seen = new Set<number>()
    const renamed = inward(found)
    found.routes.forEach(({ visits }, route) => {
      visits.forEach((visit, k) => {
        const other = renamed.routes[route].visits[k]
        expect(numbersOf(instance, other)).toEqual(numbersOf(given, visit))
        expect(other & 1).toBe(visit & 1)
        seen.add(other)
      })
    })
    expect(seen.size).toBe(found.routes.flatMap(({ visits }) => visits).length)
    expect(renamed).not.toEqual(found)
    expect(outward(renamed)).toEqual(found)
    expect(outward(inward({ ...found, absent: [3, 9] })).absent).toEqual([3, 9])
  })

  test('lie beside those near them', () => {
    const { distanceM } = given.types[0]
    const chainM = ({ placeOf, orders }: Instance) => {
      let sum = 0
      for (let order = 1; order < orders; order++)
        sum += distanceM.cells[placeOf[2 * order - 2] * distanceM.size + placeOf[2 * order]]
      return sum
    }
    expect(chainM(instance)).toBeLessThan(0.6 * chainM(given))
  })

  test('stay out where there is no truck', () => {
    const [none] = solve({ ...given, types: [], allowed: new Uint8Array(0) }, { iterations: 1 })
    expect(none).toMatchObject({ routes: [], absent: Array.from({ length: given.orders }, (_, order) => order) })
  })

  test('go on from the routes that a search is given', () => {
    const again = solve(given, { iterations: 1, from: found.routes })
    expect(again[0].routes).toEqual(found.routes)
    expect(again[0].absent).toEqual(found.absent)
    expect(again[0].cost).toBeCloseTo(found.cost, 6)
  })
})
