import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import {
  DisturbanceSchema,
  describeChange,
  describeNotes,
  describeUnable,
  disturb,
  driverChanges,
  type Issue,
  type Locale,
  MarkSchema,
} from '../../solver/index.ts'
import { MAX_STABILITY_KRW } from '../api.ts'
import { orderedProblem } from '../disturbFaults.ts'
import { unprocessable } from '../errors.ts'
import { planOnThreads } from '../jobs/parallel.ts'
import { renderPlanFile } from '../reports/planFile.ts'
import { travelFrom } from '../travel/travelOf.ts'
import {
  type Command,
  describeIssue,
  EXIT,
  ITERATIONS,
  readArguments,
  readNumber,
  SECONDS,
  SEED,
  THREADS,
  won,
  wrongUse,
} from './command.ts'
import { assertWritable, readJson, readPlan, readProblem, writeText } from './files.ts'
import { chosenRoads, ROADS_OPTIONS, ROADS_STRINGS } from './roads.ts'
import { deadlineFor, watchSearch } from './search.ts'

const form = 'disturb PROBLEM.json PLAN.json EVENTS.json --now 10:00 --out NEWPLAN.json'
const USUAL_STABILITY_KRW = 30_000

const HappenedSchema = Type.Object(
  { events: Type.Array(DisturbanceSchema), actuals: Type.Optional(Type.Array(MarkSchema)) },
  { additionalProperties: false },
)
type Happened = Static<typeof HappenedSchema>

export const disturbCommand: Command = {
  form,
  summary: {
    ko: '가던 하루의 남은 일을 다시 짠다: 고장, 취소, 새 주문, 늦음',
    en: 'plan the rest of a day under way: breakdown, cancellation, new order, delay',
  },
  options: [
    ['--now 10:00', { ko: '지금 시각. 이튿날은 +1 10:00', en: 'the time now; +1 10:00 on the day after' }],
    ['--seconds 10', { ko: '시간 한도 (초)', en: 'time limit in seconds' }],
    ['--iterations N', { ko: '탐색 횟수 한도', en: 'limit of the search' }],
    ['--seed 1', { ko: '난수 씨앗', en: 'seed of the random numbers' }],
    ['--threads 1', { ko: '동시에 돌리는 탐색의 수', en: 'searches at the same time' }],
    [
      `--stability ${USUAL_STABILITY_KRW}`,
      { ko: '화물 하나를 옮기려면 아껴야 하는 금액 (원)', en: 'won that must be saved to move one shipment' },
    ],
    ...ROADS_OPTIONS,
    ['--problem NEW.json', { ko: '남은 하루의 문제를 쓴다', en: 'write the problem of the rest of the day' }],
    ['--out PLAN.json', { ko: '계획 파일을 쓴다', en: 'write the plan file' }],
    ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }],
  ],
  notes: {
    ko: 'EVENTS.json: { "events": [{ "kind": "breakdown", "route": "1" }, …], "actuals": [{ "route": "1", "stop": 0, "kind": "left", "atS": 33000 }, …] }\n사건의 종류: breakdown, late, cancel, firm, order. 적힌 실적이 없으면 지금까지 계획대로 했다고 봅니다. 실은 화물을 규칙 안에서 내릴 수 없으면 1로 끝납니다.',
    en: 'EVENTS.json: { "events": [{ "kind": "breakdown", "route": "1" }, …], "actuals": [{ "route": "1", "stop": 0, "kind": "left", "atS": 33000 }, …] }\nKinds: breakdown, late, cancel, firm, order. Without real times the plan is taken as done up to now. Ends with 1 where a truck cannot set down what it carries within the rules.',
  },
  async run(args, terminal) {
    const strings = {
      now: { type: 'string' },
      seconds: { type: 'string' },
      iterations: { type: 'string' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      stability: { type: 'string' },
      problem: { type: 'string' },
      out: { type: 'string' },
      ...ROADS_STRINGS,
    } as const
    const { values, positionals } = readArguments(args, form, strings, 3)
    const seconds = readNumber('seconds', values.seconds, form, SECONDS)
    const iterations = readNumber('iterations', values.iterations, form, ITERATIONS)
    const seed = readNumber('seed', values.seed, form, SEED) ?? 1
    const threads = readNumber('threads', values.threads, form, THREADS) ?? 1
    const range = { min: 0, max: MAX_STABILITY_KRW }
    const stabilityKrw = readNumber('stability', values.stability, form, range) ?? USUAL_STABILITY_KRW
    const nowS = readClock(values.now)
    for (const path of [values.out, values.problem]) if (path !== undefined) await assertWritable(path)

    const { locale } = terminal
    const before = await readProblem(positionals[0]!, locale, (issue) => terminal.note(describeIssue(issue, locale)))
    const { plan } = await readPlan(positionals[1]!)
    const { events, actuals } = readHappened(await readJson(positionals[2]!), locale)
    const ordered = orderedProblem(before, plan, events, locale)
    const travel = await travelFrom(await chosenRoads(values, locale))(ordered, undefined, plan.provenance)
    const after = disturb({ problem: ordered, travel, plan, nowS, events, ...(actuals && { marks: actuals }) })
    if (after.unable.length > 0) {
      for (const entry of after.unable) terminal.print(describeUnable(entry, locale))
      return EXIT.no
    }
    const watch = watchSearch(terminal, won)
    const limit = {
      seed,
      ...deadlineFor(terminal, seconds, iterations),
      ...(iterations !== undefined && { iterations }),
    }
    const { problem, from, locks } = after
    const next = await planOnThreads(
      { kind: 'plan', problem, travel: after.travel, locale, ...limit, from, locks, stabilityKrw },
      threads,
      watch,
    ).finally(watch.end)

    if (values.problem !== undefined) await writeText(values.problem, `${JSON.stringify(problem, null, 1)}\n`)
    if (values.out !== undefined) await writeText(values.out, renderPlanFile(next, problem, after.travel))
    const changes = driverChanges(plan, next)
    if (values.json) {
      const { standings, notes } = after
      terminal.print(JSON.stringify({ costKrw: next.costKrw, beforeKrw: plan.costKrw, standings, notes, changes }))
      return EXIT.done
    }
    for (const line of describeNotes(after, locale)) terminal.note(line)
    terminal.print(
      locale === 'ko'
        ? `비용 ${won(next.costKrw)} (앞의 계획 ${won(plan.costKrw)}), 미배정 ${next.unserved.length}건`
        : `cost ${won(next.costKrw)} (the plan before ${won(plan.costKrw)}), ${next.unserved.length} unserved`,
    )
    for (const change of changes) terminal.print(describeChange(change, locale))
    return EXIT.done
  },
}

function readClock(text: string | undefined): number {
  const found = /^(?:\+(\d{1,2}) )?([01]?\d|2[0-3]):([0-5]\d)$/.exec(text ?? '')
  if (found) return Number(found[1] ?? 0) * 86_400 + Number(found[2]) * 3600 + Number(found[3]) * 60
  throw wrongUse(form, {
    ko: `--now ${text ?? ''}: 지금 시각을 10:00 처럼 적으세요.`,
    en: `--now ${text ?? ''}: give the time now, such as 10:00.`,
  })
}

/** The file as a list of events alone, or with real times. */
function readHappened(value: unknown, locale: Locale): Happened {
  const whole = Array.isArray(value) ? { events: value } : value
  if (Value.Check(HappenedSchema, whole)) return whole
  throw unprocessable(
    [...Value.Errors(HappenedSchema, whole)].slice(0, 20).map(
      ({ instancePath, message }): Issue => ({
        code: 'disturb.form',
        severity: 'error',
        path: instancePath.slice(1) || '/',
        message,
        remedy:
          locale === 'ko' ? '쓰는 법(milkrun help disturb)에 맞게 고치세요.' : 'Correct it; see milkrun help disturb.',
      }),
    ),
  )
}
