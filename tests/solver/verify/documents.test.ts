import { describe, expect, it } from 'vitest'
import { openProblem } from '../../../solver/direct.ts'
import { evaluator, type PlanFile, type Problem, type Travel } from '../../../solver/index.ts'
import { Random } from '../../../solver/random.ts'
import { readDocuments } from '../../../solver/verify/documents.ts'
import { walk } from '../../../solver/verify/walk.ts'
import { directKrw } from '../../../solver/verify/ways.ts'
import { companyProblem } from '../companies.ts'
import { randomProblem, wildProblem } from '../problems.ts'
import { planOf, randomVisits } from '../routes.ts'

const SEEDS = Array.from({ length: 60 }, (_, k) => k + 1)
const KINDS = [
  ['random', randomProblem],
  ['wild', wildProblem],
  [
    'with company',
    (shape: Parameters<typeof randomProblem>[0]) => companyProblem(shape, shape.seed % 2 ? randomProblem : wildProblem),
  ],
] as const

const readAll = (problem: Problem, travel: Travel) => {
  const plan = planOf(problem, travel, { iterations: 0 })
  return readDocuments({ ...plan, problem, travel, hash: '' } satisfies PlanFile)
}

describe.each(KINDS)('a %s problem, read a second time', (_, make) => {
  it('has routes that can be driven, and cost as much, where the solver says so', () => {
    let driven = 0
    let refused = 0
    for (const seed of SEEDS) {
      const { problem, travel } = make({ seed, shipments: 5, span: 40 })
      const documents = readAll(problem, travel)
      const random = new Random(seed)
      for (const truck of documents.trucks) {
        const alone = { ...truck.vehicle, shifts: [truck.vehicle.shifts[truck.shift]] }
        const evaluate = evaluator({ ...problem, vehicles: [alone] }, travel)
        for (let tries = 0; tries < 12; tries++) {
          const carried = [0, 1, 2, 3, 4].filter(() => random.unit() < 0.4)
          if (carried.length === 0) continue
          const visits = randomVisits(random, carried)
          const steps = visits.map((visit) => ({
            shipment: problem.shipments[visit >> 1].id,
            kind: visit % 2 === 0 ? ('pickup' as const) : ('delivery' as const),
          }))
          const { route, broken } = evaluate(alone.id, steps)
          const walked = walk(documents, truck, visits)
          const where = `seed ${seed}, ${alone.id}, ${visits}: ${JSON.stringify(broken)}`
          if (walked?.sure) expect(broken, where).toEqual([])
          if (broken.length > 0) refused++
          else {
            driven++
            expect(walked, where).not.toBeNull()
            expect(walked!.krw, where).toBeLessThanOrEqual(route.costKrw)
            // a shorter day than the solver's may be found
            if (truck.hourKrw + truck.overtimeKrw === 0) expect(walked!.krw, where).toBe(route.costKrw)
          }
        }
      }
    }
    expect(Math.min(driven, refused)).toBeGreaterThan(100)
  })

  it('has the same direct ways', () => {
    let direct = 0
    for (const seed of SEEDS) {
      const { problem, travel } = make({ seed, shipments: 6, span: 80 })
      const documents = readAll(problem, travel)
      const { directCost } = openProblem(problem, travel).instance
      for (const [order, goods] of documents.goods.entries()) {
        expect(directKrw(documents, goods), `seed ${seed}, ${goods.shipment.id}`).toBe(directCost[order])
        if (Number.isFinite(directCost[order])) direct++
      }
    }
    expect(direct).toBeGreaterThan(100)
  })
})

it('reads the parts of what was split as the plan names them', () => {
  const { problem, travel } = randomProblem({ seed: 4, shipments: 4 })
  const { handling: _, mustGoAlone: __, ...rest } = problem.shipments[0]
  const heavy = { ...rest, weightKg: 7000, pieceKg: 700, volumeL: 0, pallets: 0, maxParts: 9, holdKrwPerDay: 1000 }
  const split = { ...problem, shipments: [heavy, ...problem.shipments.slice(1)] }
  const plan = planOf(split, travel, { iterations: 5 })
  expect(plan.parts?.length).toBeGreaterThan(1)
  const { goods } = readDocuments({ ...plan, problem: split, travel, hash: '' })
  const { problem: inParts } = openProblem(split, travel, plan.parts)
  expect(goods.map(({ shipment: { id } }) => id)).toEqual(inParts.shipments.map(({ id }) => id))
  for (const [k, { shipment, serviceS }] of goods.entries()) {
    const { weightKg, pieceKg, loadS = 0, unloadS = 0, holdKrwPerDay = 0 } = inParts.shipments[k]
    expect(shipment).toMatchObject({ weightKg, ...(pieceKg === undefined ? {} : { pieceKg }) })
    expect([...serviceS, shipment.holdKrwPerDay ?? 0]).toEqual([loadS, unloadS, holdKrwPerDay])
  }
})
