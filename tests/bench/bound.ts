/**
 * How near to a proof: the days of the fixture, each planned and bounded from nothing, and the certificate verified by other means.
 * `node tests/bench/bound.ts --days 1:1,1:2 --seconds 60` (seed:day of the order files; default: the five ready problems).
 * Seconds are the clock's, of one process; an upper bound from the same run. A bound above a plan, or a certificate that does not hold,
 * ends the run.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { importOrders } from '../../server/imports/index.ts'
import { PROVIDERS } from '../../server/travel/index.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { loadHighs, type Problem, type ProofStep, prove } from '../../solver/index.ts'

const fixture = join(import.meta.dirname, '..', '..', 'fixtures', 'gwangju')
const complexData = JSON.parse(readFileSync(join(fixture, 'complex.json'), 'utf8'))
const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '1:1,1:2,1:3,1:4,1:5' },
    seconds: { type: 'string', default: '60' },
  },
})
const seconds = Number(values.seconds)
const highs = await loadHighs()
const travelOf = travelFrom(PROVIDERS[0]!)

function readDay(text: string): Problem {
  const [seed, day] = text.split(':')
  const fileName = `seed-${seed!.padStart(2, '0')}.csv`
  const bytes = readFileSync(join(fixture, 'orders', fileName))
  const { days } = importOrders(bytes, complexData, { locale: 'en', fileName })
  return days[Number(day) - 1]!.problem
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`
const gaps: number[] = []
console.log(
  '| seed:day | shipments, pooled | plan | lower bound | gap of the day | of what can be pooled | gap at half the time | seconds | proof |',
)
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |')
for (const name of values.days.split(',')) {
  const problem = readDay(name)
  const travel = await travelOf(problem)
  const startMs = performance.now()
  const elapsedS = () => (performance.now() - startMs) / 1000
  let half: ProofStep | undefined
  let last: ProofStep | undefined
  const steps = prove(highs, problem, travel, undefined, { seed: 1, seconds })
  for (let step = steps.next(); !step.done; step = steps.next(elapsedS())) {
    last = step.value
    if (elapsedS() < seconds / 2) half = last
  }
  const { plan, certificate } = last as Required<ProofStep>
  const { lowerKrw, alone, prices, proof } = certificate
  const gapKrw = plan.costKrw - lowerKrw
  if (gapKrw < 0) throw new Error(`${name}: bound above the plan`)
  const pooledKrw = plan.costKrw - alone.reduce((sum, { krw }) => sum + krw, 0)
  gaps.push(gapKrw / plan.costKrw)
  console.log(
    `| ${name} | ${problem.shipments.length}, ${prices.length} | ${plan.costKrw} | ${lowerKrw} | ${percent(gapKrw / plan.costKrw)} | ${percent(gapKrw / Math.max(1, pooledKrw))} | ${half ? percent(1 - half.lowerKrw / half.plan.costKrw) : ''} | ${elapsedS().toFixed(0)} | ${proof} |`,
  )
}
const within = (share: number) => gaps.filter((gap) => gap <= share).length
console.log(`\n${gaps.length} days: ${within(0.02)} within 2 %, ${within(0.05)} within 5 %`)
