/**
 * Checks a certificate by the plan file alone, with code of its own: that its prices add up to the bound, that no price of a shipment is
 * above what going direct costs, and that no route of any truck costs less than the prices of its shipments and its truck. Then every plan
 * that carries the same shipments costs at least the sum: each of its routes and direct ways costs at least the prices of what it carries,
 * and there are no more trucks than are counted.
 *
 * On tiny days every route is looked at; otherwise labels, or an integer program, prove the same of a day made a little easier
 * (network.ts). What is wrong is shown by a route that is cheaper; where neither is found the answer is that it is not proved.
 * That the plan itself can be driven and costs what it says is the business of `check`.
 */
import type { Highs } from 'highs'
import type { Plan, PlanFile } from '../plan.ts'
import { type Documents, readDocuments, type Truck } from './documents.ts'
import { searchLabels } from './labels.ts'
import { type Answer, type Offer, offerTo, undercut, worthKrw } from './offer.ts'
import { solveProgram } from './program.ts'
import { everyRoute, mayRide } from './routes.ts'
import { type Fault, findFaults } from './sums.ts'

export interface Checked {
  readonly vehicle: string
  readonly shift: number
  /** prices: they are less than the truck costs by itself */
  readonly how: Answer['how']
  readonly work: number
  /** no route costs this much less than its prices; 0: none costs less */
  readonly leastKrw: number
}

export interface Verified {
  /** no: shown by a fault that is sure. unproved: neither that nor a proof was found */
  readonly holds: 'yes' | 'no' | 'unproved'
  readonly faults: readonly Fault[]
  readonly checked: readonly Checked[]
  /** the bound as far as it is proved here, where the certificate adds up; null: it does not */
  readonly provenKrw: number | null
}

/** Where looking ends; counts, so that an answer can be repeated. */
export interface Effort {
  readonly routes: number
  readonly labels: number
  /** of branch and bound */
  readonly nodes: number
}

export const EFFORT: Effort = { routes: 2_000_000, labels: 1_500_000, nodes: 20_000 }

/** Shipments up to which every route is looked at. */
const TINY = 6

/** Yields often; pass the seconds left to `next`, or nothing where only `effort` limits. Throws where there is no certificate. */
export function* verify(
  highs: Highs,
  file: PlanFile,
  effort: Effort = EFFORT,
): Generator<void, Verified, number | undefined> {
  const { certificate } = file
  if (!certificate) throw new RangeError('the plan file has no certificate')
  const documents = readDocuments(file)
  const wrong = findFaults(documents, certificate)
  const faults = [...wrong]
  const checked: Checked[] = []
  let provenKrw = certificate.lowerKrw
  const priceOf = new Map(certificate.prices.map(({ shipment, krw }) => [shipment, krw]))
  const prices = documents.goods.map(({ shipment }) => priceOf.get(shipment.id) ?? 0)
  for (const truck of documents.trucks) {
    const entry = certificate.fleet.find(({ vehicle, shift }) => vehicle === truck.vehicle.id && shift === truck.shift)
    const offer = offerTo(documents, truck, entry?.krw ?? 0, prices)
    const answer = yield* askTruck(highs, documents, offer, effort)
    const leastKrw = Math.min(0, answer.leastKrw)
    checked.push({ vehicle: truck.vehicle.id, shift: truck.shift, how: answer.how, work: answer.work, leastKrw })
    provenKrw += (entry?.count ?? 0) * leastKrw
    if (answer.counterexample) faults.push(routeFault(documents, offer, answer.counterexample))
  }
  const isOpen = faults.length > 0 || checked.some(({ leastKrw }) => leastKrw < 0)
  return {
    holds: faults.some(({ sure }) => sure) ? 'no' : isOpen ? 'unproved' : 'yes',
    faults,
    checked,
    provenKrw: wrong.length > 0 ? null : provenKrw,
  }
}

function* askTruck(
  highs: Highs,
  documents: Documents,
  offer: Offer,
  effort: Effort,
): Generator<void, Answer, number | undefined> {
  const { truck, truckKrw, gains, riders } = offer
  // the plan's own routes are the first to ask
  const own = routesOf(documents, truck).flatMap((visits) => undercut(documents, offer, visits) ?? [])
  const emptyKrw = Math.max(truck.fixedKrw, truck.minimumKrw) - truckKrw
  const worstKrw = riders.reduce((least, { index }) => least - Math.max(0, gains[index]), emptyKrw)
  let answer: Answer = { how: 'prices', work: 0, leastKrw: worstKrw, counterexample: own[0] ?? null }
  if (worstKrw >= 0 || answer.counterexample?.sure) return answer
  const improve = (next: Answer | null) => {
    if (next === null) return
    const best = next.leastKrw > answer.leastKrw ? next : answer
    answer = { ...best, counterexample: next.counterexample ?? answer.counterexample }
  }
  if (mayRide(documents, offer).length <= TINY) improve(everyRoute(documents, offer, effort.routes))
  if (answer.how === 'routes') return answer
  improve(yield* searchLabels(documents, offer, effort.labels))
  if (answer.leastKrw < 0 && !answer.counterexample?.sure)
    improve(yield* solveProgram(highs, documents, offer, effort.nodes))
  return answer
}

/** Visits of the plan's routes of the truck. */
function routesOf({ file, goods }: Documents, { vehicle, opensS, closesS }: Truck): number[][] {
  const indexOf = new Map(goods.map(({ shipment, index }) => [shipment.id, index]))
  return (file as Plan).routes
    .filter((route) => route.vehicle === vehicle.id && route.departS >= opensS && route.returnS <= closesS)
    .map(({ stops }) =>
      stops.flatMap(({ visits }) =>
        visits.map(({ shipment, kind }) => 2 * (indexOf.get(shipment) ?? Number.NaN) + (kind === 'pickup' ? 0 : 1)),
      ),
    )
    .filter(isPaired)
}

/** True where each shipment is loaded once and unloaded once after it. */
const isPaired = (visits: readonly number[]): boolean =>
  visits.length > 0 &&
  visits.every(
    (visit, k) =>
      visits.indexOf(visit) === k && (visit % 2 === 0 ? visits.indexOf(visit + 1) > k : visits.includes(visit - 1)),
  )

function routeFault(
  { goods }: Documents,
  offer: Offer,
  { visits, krw, sure }: NonNullable<Answer['counterexample']>,
): Fault {
  const { vehicle, shift } = offer.truck
  return {
    code: 'route',
    vehicle: vehicle.id,
    shift,
    stated: worthKrw(offer, visits),
    found: krw,
    visits: visits.map((visit) => ({
      shipment: goods[visit >> 1].shipment.id,
      kind: visit % 2 === 0 ? 'pickup' : 'delivery',
    })),
    sure,
  }
}
