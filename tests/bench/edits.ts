/**
 * How long a person waits for an edit: judging one, the price list of a shipment, and opening the editor anew after an edit.
 * `node tests/bench/edits.ts --shipments 60,300 --seconds 5 --cpu`. Days of the Gwangju fixture put on one day until they are so many, with as
 * many times the trucks. Edits are those that a person makes who drags: every shipment to every route and vehicle, and between the rest.
 */
import { parseArgs } from 'node:util'
import { travelFrom } from '../../server/travel/travelOf.ts'
import { trunk } from '../../server/travel/trunk.ts'
import { type Edit, improve, openEditor, type Plan, type Problem, type Travel } from '../../solver/index.ts'
import { readDays } from './fixtureDays.ts'
import { codeState, machine } from './records.ts'
import { table } from './report.ts'

const { values } = parseArgs({
  options: {
    shipments: { type: 'string', default: '60,300' },
    seconds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    cpu: { type: 'boolean', default: false },
  },
})
/** Left out: code that is not compiled yet. A page judges a few edits before anybody drags. */
const WARM_UP = 30

function dayOf(days: readonly Problem[], count: number): Problem {
  const [first] = days
  const sites = new Map<string, Problem['sites'][number]>()
  const firms = new Map<string, Problem['firms'][number]>()
  const shipments: Problem['shipments'] = []
  let used = 0
  for (const day of days) {
    if (shipments.length >= count) break
    used++
    for (const site of day.sites) sites.set(site.id, site)
    for (const firm of day.firms) firms.set(firm.id, firm)
    shipments.push(...day.shipments)
  }
  if (shipments.length < count) throw new Error(`the fixture has ${shipments.length} shipments`)
  return {
    ...first!,
    sites: [...sites.values()],
    firms: [...firms.values()],
    shipments: shipments.slice(0, count),
    vehicles: first!.vehicles.map((vehicle) => ({ ...vehicle, count: vehicle.count * used })),
  }
}

function planFor(problem: Problem, travel: Travel, seconds: number): Plan {
  const startMs = performance.now()
  const steps = improve(problem, travel, { seed: 1 })
  let plan: Plan | undefined
  for (let used = 0; used < 1; used = (performance.now() - startMs) / 1000 / seconds)
    plan = steps.next(used).value?.plan ?? plan
  return plan!
}

function editsOf(problem: Problem, plan: Plan): Edit[] {
  const visits = (id: string) => plan.routes.find((route) => route.id === id)!.stops.flatMap((stop) => stop.visits)
  const trucks = problem.vehicles.filter(({ count }) => count > 0)
  return [
    ...problem.shipments.flatMap(({ id }, k): Edit[] => [
      ...plan.routes.flatMap((route): Edit[] => [
        { kind: 'move', shipments: [id], to: { route: route.id } },
        { kind: 'move', shipments: [id], to: { route: route.id }, pickupAt: 0, deliveryAt: 1 },
      ]),
      ...trucks.map((vehicle): Edit => ({ kind: 'move', shipments: [id], to: { vehicle: vehicle.id } })),
      { kind: 'swap', one: id, other: problem.shipments[(k + 7) % problem.shipments.length]!.id },
      { kind: 'direct', shipments: [id] },
    ]),
    ...plan.routes.flatMap(({ id, stops }): Edit[] => [
      { kind: 'reverse', route: id },
      {
        kind: 'order',
        route: id,
        visits: visits(id)
          .map(({ shipment, kind }) => ({ shipment, kind }))
          .toReversed(),
      },
      ...trucks.map((vehicle): Edit => ({ kind: 'retype', route: id, vehicle: vehicle.id })),
      ...stops.map((stop, at): Edit => ({ kind: 'time', route: id, stop: at, startS: stop.startS + 900 })),
    ]),
  ]
}

/** On a machine that others use as well the clock tells of them: `--cpu` counts what this thread has worked. */
const nowMs = (): number => {
  if (!values.cpu) return performance.now()
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
const timed = <T>(work: () => T): { readonly ms: number; readonly result: T } => {
  const startMs = nowMs()
  const result = work()
  return { ms: nowMs() - startMs, result }
}
const quantile = (list: readonly number[], share: number): string => {
  const sorted = list.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(2)
}
const row = (name: string, list: readonly number[]) => [
  name,
  String(list.length),
  quantile(list, 0.5),
  quantile(list, 0.95),
  quantile(list, 0.99),
  quantile(list, 1),
]

console.log(`${machine()}; commit ${codeState()}\n`)
const days = readDays(values.seed)
const travelOf = travelFrom(trunk)
for (const count of values.shipments.split(',').map(Number)) {
  const problem = dayOf(days, count)
  const travel = await travelOf(problem)
  const plan = planFor(problem, travel, Number(values.seconds))
  const first = timed(() => openEditor(problem, travel, plan))
  const edits = editsOf(problem, plan)
  // every edit on an editor that knows nothing yet but the problem, as after a change of the plan
  const judged = edits.map((edit) => {
    const editor = first.result.with(plan)
    return { edit, ...timed(() => editor.judge(edit)) }
  })
  const offers = problem.shipments.map(({ id }) => {
    const editor = first.result.with(plan)
    return timed(() => editor.offers([id])).ms
  })
  const accepted = judged.flatMap(({ result }) => result.plan ?? [])
  const reopened = accepted.slice(0, 200).map((next) => timed(() => first.result.with(next)).ms)
  const kinds = [...new Set(edits.map(({ kind }) => kind))]
  const warm = judged.slice(WARM_UP)
  const most = Math.max(...plan.routes.map(({ stops }) => stops.flatMap((stop) => stop.visits).length))
  console.log(
    `${count} shipments, ${plan.routes.length} routes of at most ${most} visits, ${plan.direct.length} direct; ${accepted.length} of ${edits.length} edits accepted; opened in ${first.ms.toFixed(0)} ms\n`,
  )
  console.log(
    table(
      ['ms', 'times', 'median', '95 %', '99 %', 'worst'],
      [
        row(
          'judge',
          warm.map(({ ms }) => ms),
        ),
        ...kinds.map((kind) =>
          row(
            `  ${kind}`,
            warm.flatMap((one) => (one.edit.kind === kind ? [one.ms] : [])),
          ),
        ),
        row('offers of one shipment', offers),
        row('editor after an edit', reopened),
      ],
    ),
  )
}
