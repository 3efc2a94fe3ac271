/**
 * The Gwangju fixture, day by day: what the plan and its baselines cost in a year, and the saving against each by name.
 * `node tests/bench/gwangju.ts --seeds 1 --days 20 --seconds 10` plans; `--baselines` prices B0 and B1 only, which takes seconds.
 * A year is 12.5 times the twenty days of a seed. Every plan is checked; a violation ends the run.
 */
import { parseArgs } from 'node:util'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { checkPlan, comparePlan, improve, type Plan, type Problem, type Travel } from '../../solver/index.ts'
import { readDays } from './fixtureDays.ts'

const YEAR_OF_TWENTY_DAYS = 12.5
const travelOf = travelFrom(trunk)

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    days: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '10' },
    baselines: { type: 'boolean', default: false },
  },
})

interface DayResult {
  readonly orders: number
  readonly plan: number
  readonly b0: number
  readonly b1: number
  readonly b2: number
}

function planFor(problem: Problem, travel: Travel, seconds: number): Plan {
  const startMs = performance.now()
  const steps = improve(problem, travel, { seed: 1, ...(seconds === 0 ? { iterations: 1 } : {}) })
  let plan: Plan | undefined
  for (let used = 0; used < 1; used = seconds === 0 ? 1 : (performance.now() - startMs) / 1000 / seconds) {
    const { value: step, done } = steps.next(used)
    if (done || !step) break
    plan = step.plan ?? plan
  }
  const violations = checkPlan(problem, travel, plan!)
  if (violations.length > 0) throw new Error(`${problem.name}: ${JSON.stringify(violations.slice(0, 3))}`)
  return plan!
}

async function runDay(problem: Problem, seconds: number): Promise<DayResult> {
  const travel = await travelOf(problem)
  const plan = planFor(problem, travel, seconds)
  if (plan.unserved.length > 0) throw new Error(`${problem.name}: ${plan.unserved.length} unserved`)
  const [b0, b1, b2] = comparePlan(problem, travel, plan).baselines.map(({ costKrw }) => costKrw)
  return { orders: problem.shipments.length, plan: plan.costKrw, b0, b1, b2 }
}

const million = (won: number): string => (won / 1e6).toFixed(1)
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

const seconds = values.baselines ? 0 : Number(values.seconds)
console.log(
  `| seed | orders a day | B0 | B1 | B2 | plan | saving against B0 | B1 (range of days) | B2 (range of days) |`,
)
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |')
const years: DayResult[] = []
for (const seed of values.seeds.split(',')) {
  const results: DayResult[] = []
  for (const problem of readDays(seed).slice(0, Number(values.days))) {
    results.push(await runDay(problem, seconds))
    if (process.stderr.isTTY) process.stderr.write(`\rseed ${seed}: ${results.length} days`)
  }
  const total = (key: keyof DayResult) => results.reduce((sum, day) => sum + day[key], 0)
  const scale = (YEAR_OF_TWENTY_DAYS * 20) / results.length
  const range = (key: 'b1' | 'b2') => {
    const shares = results.map((day) => 1 - day.plan / day[key]).sort((a, b) => a - b)
    return `${percent(1 - total('plan') / total(key))} (${percent(shares[0])} to ${percent(shares[shares.length - 1])})`
  }
  const year = {
    orders: total('orders') / results.length,
    plan: total('plan') * scale,
    b0: total('b0') * scale,
    b1: total('b1') * scale,
    b2: total('b2') * scale,
  }
  years.push(year)
  const columns = [seed, year.orders.toFixed(1), million(year.b0), million(year.b1), million(year.b2)]
  const savings = values.baselines
    ? ['–', '–', '–', '–']
    : [million(year.plan), percent(1 - year.plan / year.b0), range('b1'), range('b2')]
  console.log(`| ${[...columns, ...savings].join(' | ')} |`)
}
if (years.length > 1) {
  const mean = (key: keyof DayResult) => years.reduce((sum, year) => sum + year[key], 0) / years.length
  const columns = ['mean', mean('orders').toFixed(1), million(mean('b0')), million(mean('b1')), million(mean('b2'))]
  console.log(`| ${columns.join(' | ')} | | | | |`)
}
console.log('\nmillion won a year (twenty days × 12.5); distances and times are estimates')
