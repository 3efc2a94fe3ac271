/**
 * How near to a proof: days of the fixture, each planned and bounded from nothing, and its certificate verified by other means.
 * `node tests/bench/bound.ts --days 1:1,1:2 --seconds 60` (seed:day of the order files; default: the days of the ready problems).
 * Seconds are the clock's, of one process; the upper bound is from the same run. A certificate that is wrong ends the run.
 */
import { parseArgs } from 'node:util'
import { provePlan } from '../../server/jobs/prove.ts'
import { sealOf } from '../../server/reports/planFile.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { loadProver, type PlanFile, type ProofStep, type Verified, verify } from '../../solver/index.ts'
import { readDays } from './fixtureDays.ts'

/** For the verification of one day. */
const VERIFY_SECONDS = 60

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '1:1,1:2,1:3,1:4,1:5' },
    seconds: { type: 'string', default: '60' },
  },
})
const seconds = Number(values.seconds)
const prover = await loadProver()
const travelOf = travelFrom(trunk)

function isHeld(file: PlanFile): Verified['holds'] {
  const startMs = performance.now()
  const steps = verify(prover, file)
  let step = steps.next()
  while (!step.done) step = steps.next(VERIFY_SECONDS - (performance.now() - startMs) / 1000)
  return step.value.holds
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`
const gaps: number[] = []
const columns = ['seed:day', 'shipments, pooled', 'plan', 'lower bound', 'gap of the day', 'of what can be pooled']
console.log(`| ${[...columns, 'at half the time', 'proof', 'verified'].join(' | ')} |`)
console.log(`|${' --- |'.repeat(columns.length + 3)}`)
for (const name of values.days.split(',')) {
  const [seed, day] = name.split(':')
  const problem = readDays(seed!)[Number(day) - 1]!
  const travel = await travelOf(problem)
  const startMs = performance.now()
  let half: ProofStep | undefined
  const { plan, certificate } = await provePlan(
    { problem, travel, seed: 1, seconds },
    () => false,
    (step) => {
      if (performance.now() - startMs < seconds * 500) half = step
    },
  )
  const { lowerKrw, alone, prices, proof } = certificate
  const rest = { ...plan, problem, travel, certificate }
  const held = isHeld({ ...rest, hash: sealOf(rest) })
  if (held === 'no') throw new Error(`${name}: the certificate is wrong`)
  const pooledKrw = plan.costKrw - alone.reduce((sum, { krw }) => sum + krw, 0)
  const gapOf = (lower: number, of: number) => (of > 0 ? (plan.costKrw - lower) / of : 0)
  gaps.push(gapOf(lowerKrw, plan.costKrw))
  const cells = [
    name,
    `${problem.shipments.length}, ${prices.length}`,
    plan.costKrw.toLocaleString('en-US'),
    lowerKrw.toLocaleString('en-US'),
    percent(gapOf(lowerKrw, plan.costKrw)),
    percent(gapOf(lowerKrw, pooledKrw)),
    half ? percent(1 - half.lowerKrw / half.plan.costKrw) : '–',
    proof,
    held,
  ]
  console.log(`| ${cells.join(' | ')} |`)
}
const within = (share: number) => gaps.filter((gap) => gap <= share).length
console.log(`\n${gaps.length} days: ${within(0.02)} within 2 %, ${within(0.05)} within 5 %`)
