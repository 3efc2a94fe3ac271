/**
 * How long a day's route sheets take, in a thread of its own as the service writes them: `node tests/bench/sheets.ts [--sheets 100]`.
 * The rounds are those of a day of the fixture, of ten and more stops, copied until there are enough: paper does not mind.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startThread } from '../../server/jobs/thread.ts'
import { roundsOf } from '../../server/reports/guide.ts'
import { legsFrom } from '../../server/reports/legs.ts'
import type { PlanPapers } from '../../server/reports/report.ts'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { improve, type Plan, type Problem } from '../../solver/index.ts'

const { values } = parseArgs({ options: { sheets: { type: 'string', default: '100' } } })
const count = Number(values.sheets)
const FILE = new URL('../../fixtures/gwangju/problems/seed-01-day-01.json', import.meta.url)
const MB = 2 ** 20

const problem: Problem = JSON.parse(readFileSync(FILE, 'utf8'))
const travel = await travelFrom(trunk)(problem)
let day: Plan | undefined
for (const step of improve(problem, travel, { seed: 1, iterations: 300 })) day = step.plan ?? day
const long = roundsOf(day!).filter(({ stops }) => stops.length >= 10)
const ids = Array.from({ length: count }, (_, k) => String(k + 1))
const plan: Plan = {
  ...day!,
  direct: [],
  routes: ids.map((id, k) => ({ ...long[k % long.length]!, id })),
}
const papers: PlanPapers = {
  travel,
  legs: await legsFrom(trunk)(plan, problem),
  links: new Map(
    ids.map((id) => [id, `https://milkrun.example.kr/drive/#${id.padStart(18, '0')}.abcdefghijklmnopqrstuv`]),
  ),
  coordinator: { phone: '062-000-0100' },
}

for (const copy of ['driver', 'carrier'] as const) {
  const started = performance.now()
  const cpu = process.cpuUsage()
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 50)
  const before = process.memoryUsage().rss
  const task = { kind: 'report', format: 'pdf', plan, problem, locale: 'ko', papers: { ...papers, copy } } as const
  const bytes = await startThread(task).outcome
  clearInterval(timer)
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const stops = plan.routes.reduce((sum, route) => sum + route.stops.length, 0)
  console.log(
    `${count} sheets (${stops} stops), ${copy}'s copy: ${seconds.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of processors), ${(bytes.length / MB).toFixed(1)} MB, memory of the process ${Math.round(before / MB)} MB before, at most ${Math.round(peak / MB)} MB`,
  )
}
