import { beforeAll, describe, expect, it } from 'vitest'
import { type BoundStep, bound } from '../../../solver/columns/bound.ts'
import { type Highs, loadHighs, Program } from '../../../solver/columns/lp.ts'
import { sumOf } from '../../../solver/columns/master.ts'
import type { Column } from '../../../solver/columns/pricing.ts'
import { type Relaxed, relax } from '../../../solver/columns/relaxed.ts'
import { openProblem } from '../../../solver/direct.ts'
import { leastCost } from '../bruteForce.ts'
import { randomProblem, wildProblem } from '../problems.ts'
import { everyColumn, pricerOver } from './everyColumn.ts'
import { reducedKrw } from './everyRoute.ts'

let highs: Highs
beforeAll(async () => {
  highs = await loadHighs()
})

const EFFORT = { labels: 1e6, nodes: 1e6, slackKrw: 0 }
const tiny = (seed: number) =>
  seed % 2 === 0 ? randomProblem({ seed, shipments: 4 }) : wildProblem({ seed, shipments: 3 + (seed % 2) })
const SEEDS = Array.from({ length: 24 }, (_, k) => k + 1)

function run(relaxed: Relaxed, columns: readonly (readonly Column[])[], upperKrw: number, steps = 1e9): BoundStep {
  let last: BoundStep | undefined
  const options = { pricers: columns.map(pricerOver), columns: [], upperKrw, effort: () => EFFORT, rounds: 200 }
  for (const step of bound(highs, relaxed, options)) {
    last = step
    if (--steps === 0) break
  }
  return last!
}

/** The linear program over every column there is. */
function wholeProgram({ pooled, kinds, directKrw, aloneKrw }: Relaxed, columns: readonly Column[]): number {
  const program = new Program(highs, [
    ...pooled.map(() => ({ lower: 1, upper: Number.POSITIVE_INFINITY })),
    ...kinds.map(({ count }) => ({ lower: Number.NEGATIVE_INFINITY, upper: count })),
  ])
  pooled.forEach((order, row) => {
    program.add({ cost: Math.min(directKrw[order], 1e9), lower: 0, upper: 1, rows: [row], values: [1] })
  })
  for (const { orders, kind, krw } of columns) {
    const rows = [...orders.map((order) => pooled.indexOf(order)), pooled.length + kind]
    program.add({ cost: krw, lower: 0, upper: 1e9, rows, values: rows.map(() => 1) })
  }
  const { krw } = program.solve()
  program.dispose()
  return krw + aloneKrw
}

describe('bound', () => {
  it('ends at the value of the linear program over every column, less what rounding prices down takes', () => {
    let met = 0
    for (const seed of SEEDS) {
      const { problem, travel } = tiny(seed)
      const opened = openProblem(problem, travel)
      if (opened.instance.directCost.some((cost) => cost === Number.POSITIVE_INFINITY)) continue
      const relaxed = relax(opened.instance)
      const columns = everyColumn(problem, travel, relaxed)
      const upperKrw = leastCost(problem, travel)
      const { lowerKrw, closed } = run(relaxed, columns, upperKrw)
      expect(closed).toBe(true)
      expect(lowerKrw).toBeLessThanOrEqual(upperKrw)
      const trucks = relaxed.kinds.reduce((sum, { count }) => sum + count, 0)
      expect(lowerKrw).toBeGreaterThan(wholeProgram(relaxed, columns.flat()) - relaxed.pooled.length - trucks - 2)
      met++
    }
    expect(met).toBeGreaterThan(10)
  })

  it('holds wherever it is stopped, and its prices undercut no route', () => {
    for (const seed of SEEDS.slice(0, 12)) {
      const { problem, travel } = tiny(seed)
      const opened = openProblem(problem, travel)
      if (opened.instance.directCost.some((cost) => cost === Number.POSITIVE_INFINITY)) continue
      const relaxed = relax(opened.instance)
      const columns = everyColumn(problem, travel, relaxed)
      const upperKrw = leastCost(problem, travel)
      let before = 0
      for (let steps = 1; steps < 12; steps++) {
        const { lowerKrw, prices } = run(relaxed, columns, upperKrw, steps)
        expect(lowerKrw).toBeLessThanOrEqual(upperKrw)
        expect(lowerKrw).toBeGreaterThanOrEqual(before)
        expect(lowerKrw).toBe(sumOf(relaxed, prices))
        for (const column of columns.flat())
          expect(reducedKrw(column, prices.order, prices.kind[column.kind])).toBeGreaterThanOrEqual(0)
        before = lowerKrw
      }
    }
  })
})

describe('relax', () => {
  it('has a row for every shipment that may share, and prices the others alone', () => {
    for (const seed of SEEDS) {
      const { problem, travel } = tiny(seed)
      const { instance } = openProblem(problem, travel)
      const { pooled, alone, kinds, aloneKrw } = relax(instance)
      const ways = new Set([...pooled, ...alone.map(({ order }) => order)])
      expect(ways.size).toBe(pooled.length + alone.length)
      for (const order of pooled) expect(problem.shipments[order].mustGoAlone ?? false).toBe(false)
      for (const { order, krw } of alone) expect(krw).toBeLessThanOrEqual(instance.directCost[order])
      expect(aloneKrw).toBe(alone.reduce((sum, { krw }) => sum + krw, 0))
      expect(kinds.every(({ count }) => count <= pooled.length)).toBe(true)
    }
  })

  it('rounds down: no leg costs or takes more than the figure given, and no way round is better', () => {
    for (const seed of SEEDS) {
      const { problem, travel } = tiny(seed)
      const { instance } = openProblem(problem, travel)
      const { kinds, size } = relax(instance)
      for (const { arcKrw, arcS, types } of kinds) {
        const truck = instance.types[types[0]]
        for (let a = 0; a < size - 1; a++)
          for (let b = 0; b < size - 1; b++) {
            if (a === b) continue
            const paid = (truck.perHour * truck.durationS.cells[a * size + b]) / 3600
            expect(arcKrw[a * size + b]).toBeLessThanOrEqual(truck.arcCost.cells[a * size + b] + paid)
            for (let c = 0; c < size - 1; c++) {
              expect(arcKrw[a * size + b]).toBeLessThanOrEqual(arcKrw[a * size + c] + arcKrw[c * size + b])
              expect(arcS[a * size + b]).toBeLessThanOrEqual(arcS[a * size + c] + arcS[c * size + b])
            }
          }
      }
    }
  })
})
