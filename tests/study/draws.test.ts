import { describe, expect, test } from 'vitest'
import { drawsFor, quantile, randomOf, shareOf, student95, summarise } from '../../study/index.ts'

describe('draws', () => {
  test('are summarised as by hand', () => {
    // mean 3, squares 4 + 1 + 0 + 1 + 4 = 10 over 4, t(4) = 2.776
    const { mean, sd, interval, quantiles } = summarise([1, 2, 3, 4, 5])
    expect([mean, sd]).toEqual([3, Math.sqrt(2.5)])
    expect(interval![0]).toBeCloseTo(3 - (2.776 * Math.sqrt(2.5)) / Math.sqrt(5), 2)
    expect(quantiles.p50).toBe(3)
    expect(quantile([0, 10], 0.25)).toBe(2.5)
    expect(summarise([7]).interval).toBeNull()
  })

  test('Student’s points are those of the table', () => {
    for (const [degrees, point] of [
      [1, 12.706],
      [2, 4.303],
      [3, 3.182],
      [4, 2.776],
      [9, 2.262],
      [29, 2.045],
      [99, 1.984],
    ])
      expect(Math.abs(student95(degrees) / point - 1)).toBeLessThan(0.003)
  })

  test('a share says something even where it never happened', () => {
    // Wilson for 0 of 50: 0 to z² / (50 + z²) = 3.8415 / 53.8415
    expect(shareOf(0, 50)).toEqual({ share: 0, interval: [0, expect.closeTo(0.07135, 4)] })
    expect(shareOf(50, 50).interval[1]).toBeCloseTo(1, 12)
  })

  test('intervals hold what they promise: 95 of 100 hold the mean', () => {
    const random = randomOf(5)
    const normal = () => random.logNormal(1, 0.3, [0, 100])
    const mean = Math.exp(0.3 ** 2 / 2)
    let held = 0
    for (let k = 0; k < 2000; k++) {
      const { interval } = summarise(Array.from({ length: 12 }, normal))
      if (interval![0] <= mean && mean <= interval![1]) held++
    }
    // a skewed draw of twelve keeps a little less than its promise
    expect(held / 2000).toBeGreaterThan(0.92)
    expect(held / 2000).toBeLessThan(0.97)
    expect(drawsFor(10, 2)).toBe(97)
  })
})
