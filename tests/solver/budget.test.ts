import { describe, expect, it } from 'vitest'
import { Budget, Pace } from '../../solver/search/budget.ts'

describe('the iterations to come', () => {
  it('are reckoned by the pace of late, so that a slow start is forgotten', () => {
    const budget = new Budget(undefined)
    budget.hear(0)
    const pace = new Pace(budget)
    const reckoned: (number | undefined)[] = []
    // ten iterations for each hundredth of the budget while the program warms up, then a thousand
    for (let percent = 1; percent <= 30; percent++) {
      budget.iterations += percent <= 2 ? 10 : 1000
      budget.hear(percent / 100)
      reckoned.push(pace.news())
    }
    const known = reckoned.filter((one) => one !== undefined)
    expect(known).toHaveLength(4)
    expect(known[0]).toBeLessThan(50_000)
    expect(known.slice(1)).toEqual([expect.closeTo(100_000, 3), expect.closeTo(100_000, 3), expect.closeTo(100_000, 3)])
  })

  it('are those that were asked for, whatever the pace', () => {
    const budget = new Budget(1000)
    budget.iterations = 250
    const pace = new Pace(budget)
    expect(pace.news()).toBeUndefined()
    budget.iterations = 400
    expect(pace.used).toBeCloseTo(0.2, 12)
    expect(pace.news()).toBe(750)
    expect(pace.news()).toBeUndefined()
  })
})
