import type { Highs } from 'highs'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { loadHighs } from '../../../solver/columns/lp.ts'
import {
  type Certificate,
  evaluator,
  loadProver,
  type PlanFile,
  type ProofStep,
  prove,
  type Verified,
  verify,
} from '../../../solver/index.ts'
import { Random } from '../../../solver/random.ts'
import { describeChecked, describeFault, describeVerified } from '../../../solver/verify/describe.ts'
import { readDocuments } from '../../../solver/verify/documents.ts'
import { searchLabels } from '../../../solver/verify/labels.ts'
import { offerTo } from '../../../solver/verify/offer.ts'
import { solveProgram } from '../../../solver/verify/program.ts'
import { everyRoute } from '../../../solver/verify/routes.ts'
import { FAULTS, type FaultCode } from '../../../solver/verify/sums.ts'
import { LOCALES } from '../../../solver/words.ts'
import {
  contract,
  gridTravel,
  HOUR,
  hired,
  makeProblem,
  randomProblem,
  shipment,
  site,
  wildProblem,
} from '../problems.ts'
import { planOf } from '../routes.ts'
import { type Certified, certify } from './certify.ts'

let highs: Highs
let prover: Highs
beforeAll(async () => {
  highs = await loadHighs()
  prover = await loadProver()
})

function end<T>(steps: Generator<void, T, number | undefined>): T {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}
const verified = (file: PlanFile): Verified => end(verify(prover, file))

type Draft = Certified['file']
/** A copy with changes, called no more than it is. */
function changed(file: Draft, change: (certificate: Certificate, file: Draft) => void): Draft {
  const draft = structuredClone(file)
  change(draft.certificate, draft)
  if (draft.certificate.lowerKrw < draft.costKrw) draft.certificate.proof = 'stopped'
  return draft
}

const SEEDS = Array.from({ length: 20 }, (_, k) => k + 1)
const made = new Map<number, ReturnType<typeof randomProblem> & Certified>()
/** A problem with its certificate, made once: there are many routes to look at. */
function tiny(seed: number) {
  if (!made.has(seed)) {
    const day =
      seed % 2 === 0
        ? wildProblem({ seed, shipments: 3 })
        : randomProblem({ seed, shipments: 3 + ((seed >> 1) % 2), span: 60 })
    made.set(seed, { ...day, ...certify(highs, day.problem, day.travel) })
  }
  return made.get(seed)!
}

describe('a certificate of a tiny day, from the linear program over every route', () => {
  it('holds', () => {
    const how = new Set<string>()
    for (const seed of SEEDS) {
      const { file } = tiny(seed)
      const found = verified(file)
      expect(found, `seed ${seed}`).toMatchObject({ holds: 'yes', faults: [], provenKrw: file.certificate.lowerKrw })
      for (const checked of found.checked) how.add(checked.how)
    }
    expect(how).toContain('routes')
  })

  it('holds still when it is weaker: a lower price, or a dearer truck, and the sum that goes with it', () => {
    let weakened = 0
    for (const seed of SEEDS) {
      const { file } = tiny(seed)
      const draft = changed(file, (certificate) => {
        const [price] = certificate.prices.filter(({ krw }) => krw > 0)
        const [truck] = certificate.fleet
        if (!price || !truck) return
        price.krw -= 1
        truck.krw -= 1000
        certificate.lowerKrw -= 1 + 1000 * truck.count
        weakened++
      })
      expect(verified(draft), `seed ${seed}`).toMatchObject({ holds: 'yes' })
    }
    expect(weakened).toBeGreaterThan(10)
  })

  it('is refused where a price was raised so far that a route or a direct way costs less, which is named', () => {
    const refusals = new Map<FaultCode, number>()
    for (const seed of SEEDS) {
      const { problem, travel, file, routes, directKrw } = tiny(seed)
      for (const index of file.certificate.prices.keys())
        for (const raise of [1, 20_000]) {
          const draft = changed(file, (certificate) => {
            certificate.prices[index].krw += raise
            certificate.lowerKrw += raise
          })
          const { prices, fleet } = draft.certificate
          const priceOf = new Map(prices.map(({ shipment: id, krw }) => [id, krw]))
          const worth = (ids: readonly string[]) => ids.reduce((sum, id) => sum + priceOf.get(id)!, 0)
          const isBroken =
            draft.certificate.lowerKrw > draft.costKrw ||
            prices[index].krw > directKrw.get(prices[index].shipment)! ||
            routes.some(
              (route) =>
                route.shipments.every((id) => priceOf.has(id)) &&
                route.krw < worth(route.shipments) + fleet[route.fleet].krw,
            )
          const { holds, faults } = verified(draft)
          const where = `seed ${seed}, ${prices[index].shipment} by ${raise}`
          expect(holds, where).toBe(isBroken ? 'no' : 'yes')
          for (const { code, vehicle, shift, visits, found } of faults) {
            refusals.set(code, (refusals.get(code) ?? 0) + 1)
            if (code !== 'route') continue
            const truck = problem.vehicles.find(({ id }) => id === vehicle)!
            const alone = { ...truck, shifts: [truck.shifts[shift!]] }
            const { route, broken } = evaluator({ ...problem, vehicles: [alone] }, travel)(vehicle!, visits!)
            expect(broken, where).toEqual([])
            // the solver may have it stay out longer
            if (problem.tariffs.some(({ kind }) => kind === 'contract') && alone.kind === 'hired')
              expect(route.costKrw, where).toBe(found)
            const entry = fleet.find((one) => one.vehicle === vehicle && one.shift === shift)!
            expect(found!, where).toBeLessThan(worth([...new Set(visits!.map((visit) => visit.shipment))]) + entry.krw)
          }
        }
    }
    for (const code of ['route', 'direct', 'plan'] as const) expect(refusals.get(code) ?? 0, code).toBeGreaterThan(5)
  })
})

/**
 * Two shipments from a to b ride together on the contract truck: 20,000 + 40 km × 300 = 32,000 against 45,000 each. A third must go
 * alone, by hired truck for 45,000 or, cheaper, on the other contract truck; a fourth is too heavy for anything.
 */
const problem = makeProblem({
  sites: [site('hub', 0, 0), site('a', 10, 0), site('b', 20, 0)],
  shipments: [
    shipment('s1', 'a', 'b', { weightKg: 400 }),
    shipment('s2', 'a', 'b', { weightKg: 400 }),
    shipment('s3', 'a', 'b', { weightKg: 400, mustGoAlone: true }),
    shipment('s4', 'a', 'b', { weightKg: 90_000 }),
  ],
  vehicles: [contract({ count: 2, shifts: [[8 * HOUR, 18 * HOUR]] }), hired()],
  tariffs: makeProblem().tariffs.map((tariff) =>
    tariff.kind === 'contract' ? { ...tariff, perDayKrw: 20_000 } : tariff,
  ),
})
const travel = gridTravel(problem.sites)
const DAY: Draft = {
  ...planOf(problem, travel),
  problem,
  travel,
  hash: '',
  certificate: {
    lowerKrw: 64_000,
    prices: [
      { shipment: 's1', krw: 16_000 },
      { shipment: 's2', krw: 16_000 },
    ],
    fleet: [
      { vehicle: 'own', shift: 0, count: 2, krw: 0 },
      { vehicle: 'spot', shift: 0, count: 2, krw: 0 },
    ],
    alone: [{ shipment: 's3', krw: 32_000 }],
    unserved: ['s4'],
    proof: 'optimal',
    relaxed: [],
    rounds: 0,
    columns: 0,
  },
}

describe('a certificate that was tampered with', () => {
  it('holds before', () => {
    expect(DAY.costKrw).toBe(64_000)
    expect(verified(DAY)).toMatchObject({ holds: 'yes', faults: [] })
  })

  test.each<[string, FaultCode, (certificate: Certificate, file: Draft) => void]>([
    ['the sum', 'sum', (certificate) => (certificate.lowerKrw -= 1)],
    ['a price, and not the sum', 'sum', ({ prices }) => (prices[0].krw -= 1)],
    ['a price below 0', 'price', ({ prices }) => (prices[0].krw = -1)],
    ['a price that is no whole number', 'price', ({ prices }) => (prices[0].krw += 0.5)],
    ['a truck that costs to leave at home', 'price', ({ fleet }) => (fleet[0].krw = 1)],
    ['fewer trucks than there are', 'fleetCount', ({ fleet }) => (fleet[0].count = 1)],
    ['a truck left out', 'fleetMissing', ({ fleet }) => fleet.pop()],
    ['a truck twice', 'fleetTwice', ({ fleet }) => fleet.push(fleet[0])],
    ['a truck that is not there', 'fleetUnknown', ({ fleet }) => (fleet[0].vehicle = 'none')],
    ['a shipment left out', 'shipmentMissing', ({ prices }) => prices.pop()],
    ['a shipment that is not there', 'shipmentUnknown', ({ prices }) => (prices[0].shipment = 'none')],
    ['a shipment twice', 'shipmentTwice', ({ alone, prices }) => alone.push(prices[0])],
    [
      'a shipment left out as if it were unserved',
      'unserved',
      ({ prices, unserved }) => unserved.push(prices.pop()!.shipment),
    ],
    [
      'an unserved shipment called served',
      'unserved',
      ({ alone, unserved }) => alone.push({ shipment: unserved.pop()!, krw: 0 }),
    ],
    ['a price above the direct way', 'direct', ({ prices }) => (prices[0].krw = 45_001)],
    ['a price alone above the cheapest way', 'alone', ({ alone }) => (alone[0].krw += 1)],
    ['one that could share, called alone', 'shares', ({ alone, prices }) => alone.push(prices.pop()!)],
    ['a bound above the plan', 'plan', (certificate) => (certificate.lowerKrw += 1)],
    ['prices that the shared round undercuts', 'route', ({ prices }) => (prices[0].krw += 1)],
    ['another cost of the plan', 'proof', (_, file) => (file.costKrw += 1)],
  ])('%s: refused', (_, code, tamper) => {
    const draft = structuredClone(DAY)
    tamper(draft.certificate, draft)
    const { holds, faults } = verified(draft)
    expect(holds).toBe('no')
    expect(faults.map((fault) => fault.code)).toContain(code)
  })

  it('names the cheaper route', () => {
    const draft = changed(DAY, (certificate) => {
      certificate.prices[0].krw += 1
    })
    const fault = verified(draft).faults.find(({ code }) => code === 'route')!
    expect(fault).toMatchObject({ vehicle: 'own', stated: 32_001, found: 32_000, sure: true })
    expect(describeFault(fault, 'en')).toMatch(
      /^own: a route costs ₩32,000, its prices add up to ₩32,001: (\+s1|\+s2) /,
    )
  })

  it('is refused without a certificate at all', () => {
    const { certificate: _, ...file } = DAY
    expect(() => verified(file)).toThrow(RangeError)
  })
})

/** Riders at random prices: what every route proves is the truth. */
function* offers(make: typeof randomProblem, seeds: readonly number[], shipments: number, priceKrw: number) {
  for (const seed of seeds) {
    const made = make({ seed, shipments, span: 50 })
    const plan = planOf(made.problem, made.travel, { iterations: 0 })
    const documents = readDocuments({ ...plan, ...made, hash: '' })
    const random = new Random(seed)
    const prices = documents.goods.map(() => random.below(priceKrw))
    for (const truck of documents.trucks)
      yield {
        where: `seed ${seed}, ${truck.vehicle.id}`,
        documents,
        offer: offerTo(documents, truck, -random.below(9000), prices),
      }
  }
}

describe.each([
  ['labels', (...[, documents, offer]: Parameters<typeof solveProgram>) => searchLabels(documents, offer, 1e6)],
  ['the integer program', solveProgram],
] as const)('%s', (_, ask) => {
  it('prove no more than is true of every route, and most of it', () => {
    let tight = 0
    let all = 0
    let shown = 0
    let undercut = 0
    for (const make of [randomProblem, wildProblem])
      for (const { where, documents, offer } of offers(make, SEEDS.slice(0, 12), 4, 90_000)) {
        const truth = everyRoute(documents, offer, 1e6)!
        const answer = end(ask(prover, documents, offer, 10_000))!
        expect(answer.leastKrw, where).toBeLessThanOrEqual(truth.leastKrw)
        all++
        if (answer.leastKrw >= 1.02 * truth.leastKrw - 2000) tight++
        if (truth.leastKrw < 0) undercut++
        if (answer.counterexample?.sure) shown++
      }
    expect(all).toBeGreaterThan(50)
    expect(undercut).toBeGreaterThan(20)
    expect(tight / all).toBeGreaterThan(0.6)
    expect(shown / undercut).toBeGreaterThan(0.8)
  })
})

it('the labels that are left when their number is up say how far the rest may reach', () => {
  for (const { where, documents, offer } of offers(randomProblem, SEEDS.slice(0, 12), 7, 60_000)) {
    const whole = end(searchLabels(documents, offer, 1e6))!
    for (const most of [1, 30, 300]) {
      const part = end(searchLabels(documents, offer, most))!
      expect(part.leastKrw, where).toBeLessThanOrEqual(whole.leastKrw)
    }
  }
})

it('what the generator writes of a larger day holds, and does not once a price is raised', () => {
  let refused = 0
  for (const seed of [2, 3, 5, 7]) {
    const { problem, travel } = randomProblem({ seed, shipments: 9, span: 40 })
    let last: ProofStep | undefined
    for (const step of prove(highs, problem, travel, undefined, { seed: 1, rounds: 12 })) last = step
    const { plan, certificate } = last!
    const file = { ...plan, problem, travel, certificate: certificate!, hash: '' }
    const found = verified(file)
    expect(found, `seed ${seed}`).toMatchObject({ holds: 'yes', faults: [], provenKrw: certificate!.lowerKrw })
    for (const index of certificate!.prices.keys()) {
      const draft = changed(file, ({ prices }) => {
        prices[index].krw += 30_000
      })
      draft.certificate.lowerKrw += 30_000
      if (verified(draft).holds === 'no') refused++
    }
  }
  expect(refused).toBeGreaterThan(20)
})

describe('words', () => {
  it('say every fault and every way of looking, in both languages, with nothing left open', () => {
    for (const locale of LOCALES) {
      const said = FAULTS.map((code) =>
        describeFault(
          { code, shipment: 's1', stated: 2, found: 1, visits: [{ shipment: 's1', kind: 'pickup' }], sure: false },
          locale,
        ),
      )
      for (const how of ['prices', 'routes', 'labels', 'program'] as const)
        for (const leastKrw of [0, -1500])
          said.push(describeChecked({ vehicle: 'own', shift: 1, how, work: 1234, leastKrw }, locale))
      for (const holds of ['yes', 'no', 'unproved'] as const)
        said.push(describeVerified({ holds, faults: [], checked: [], provenKrw: null }, 1000, locale))
      expect(new Set(said).size).toBe(said.length)
      for (const line of said) expect(line).not.toMatch(/[{}]|undefined/)
    }
  })
})
