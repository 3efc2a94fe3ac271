import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstDifference } from '../../server/commands/check.ts'
import { canonicalJson, renderPlanFile, sealOf } from '../../server/reports/planFile.ts'
import { makePlan, makeProblem } from './makeProblem.ts'

const travel = {
  key: 'test',
  estimated: true,
  tables: [{ trucks: ['1t' as const], durationS: [0], distanceM: [0], tollKrw: [0] }],
}
const text = renderPlanFile(makePlan({ costKrw: 1000 }), makeProblem(), travel)

describe('plan file', () => {
  it('carries a hash that fits the rest, whatever the layout and the order of keys', () => {
    const file = JSON.parse(text)
    expect(sealOf(file)).toBe(file.hash)
    const reversed = Object.fromEntries(Object.entries(file).reverse())
    expect(sealOf(JSON.parse(JSON.stringify(reversed, null, 4)))).toBe(file.hash)
  })

  it('shows any change by another hash', () => {
    const file = JSON.parse(text)
    expect(sealOf({ ...file, costKrw: 999 })).not.toBe(file.hash)
    expect(sealOf({ ...file, problem: { ...file.problem, days: 2 } })).not.toBe(file.hash)
  })

  it('is the same bytes for the same plan', () => {
    expect(renderPlanFile(makePlan({ costKrw: 1000 }), makeProblem(), structuredClone(travel))).toBe(text)
  })
})

describe('canonicalJson', () => {
  it('means the same as JSON and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value))
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain)
        expect(canonicalJson(JSON.parse(canonicalJson(plain)))).toBe(canonicalJson(plain))
      }),
    )
  })

  it('sorts keys at every depth and keeps lists as they are', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}')
  })
})

describe('firstDifference', () => {
  it('names the path and both values', () => {
    expect(firstDifference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, 'problem')).toBe('problem/a/1/b: 2 ≠ 3')
    expect(firstDifference({ a: 1 }, {}, 'problem')).toBe('problem/a: 1 ≠ –')
    expect(firstDifference({ a: [] }, { a: {} }, 'problem')).toBe('problem/a: [] ≠ {}')
  })

  it('finds none between equal values in another order', () => {
    expect(firstDifference({ a: 1, b: [2] }, { b: [2], a: 1 }, '')).toBeUndefined()
  })
})
