import {
  checkLocks,
  describeBalance,
  describeHours,
  describeReason,
  describeTollDiscounts,
  KEEP_LEVELS,
  keepLocks,
  type Locale,
  movedShipments,
  type Plan,
  type Problem,
} from '../../solver/index.ts'
import { MAX_STABILITY_KRW } from '../api.ts'
import { lostSites } from '../errors.ts'
import { planOnThreads } from '../jobs/parallel.ts'
import { renderPlanFile } from '../reports/planFile.ts'
import { travelFrom, unreachedSites } from '../travel/travelOf.ts'
import {
  atMost,
  type Command,
  count,
  describeIssue,
  describeLocks,
  EXIT,
  ITERATIONS,
  type NumberRange,
  oneOf,
  plural,
  readArguments,
  readNumber,
  SECONDS,
  SEED,
  type Terminal,
  THREADS,
  won,
  wrongUse,
} from './command.ts'
import { assertWritable, readPlan, readProblem, writeText } from './files.ts'
import { chosenRoads, describeRoads, ROADS_OPTIONS, ROADS_STRINGS } from './roads.ts'
import { deadlineFor, type SearchWatch, watchSearch } from './search.ts'

const form = 'plan PROBLEM.json --seconds 10 --seed 1 --threads 1 --out PLAN.json'
const STABILITY: NumberRange = { min: 0, max: MAX_STABILITY_KRW }

export const planCommand: Command = {
  form,
  summary: { ko: '문제 하나의 계획을 세운다', en: 'plan one problem' },
  options: [
    ['--seconds 10', { ko: '시간 한도 (초, 시작하는 시간 포함)', en: 'time limit in seconds, start-up included' }],
    [
      '--iterations N',
      { ko: '탐색 횟수 한도: 같은 입력이면 같은 계획', en: 'limit of the search: same input, same plan' },
    ],
    ['--seed 1', { ko: '난수 씨앗', en: 'seed of the random numbers' }],
    ['--threads 1', { ko: '동시에 돌리는 탐색의 수', en: 'searches at the same time' }],
    [
      '--from PLAN.json',
      { ko: '이 계획에서 시작한다 (기본: 처음부터)', en: 'start from this plan (default: from nothing)' },
    ],
    [
      `--keep ${KEEP_LEVELS.join('|')}`,
      {
        ko: '--from 계획에서 남길 것: 그대로, 차량만, 차량과 순서, 없음 (기본 nothing)',
        en: 'of the plan of --from: all as it is, trucks, trucks and sequence, nothing (default nothing)',
      },
    ],
    [
      '--stability 0',
      {
        ko: '화물 하나의 차량이나 운송 수단을 바꾸려면 아껴야 하는 금액 (원)',
        en: 'won that must be saved to move one shipment to another truck or mode',
      },
    ],
    ...ROADS_OPTIONS,
    ['--out PLAN.json', { ko: '계획 파일을 쓴다', en: 'write the plan file' }],
    ['--json', { ko: '계획 파일을 표준출력으로 쓴다', en: 'write the plan file to standard output' }],
  ],
  notes: {
    ko: '--keep routes: 노선의 차량·정차·시각이 그대로이고 아무것도 더 싣지 않습니다. trucks: 화물이 타던 차량에 남고 순서는 다시 정합니다. sequence: 타던 차량에 남고 순서도 같으며 새 화물이 사이에 들어갈 수 있습니다. 셋 모두 개별운송은 그대로 둡니다. 사람이 그 계획에 고정해 둔 것(locks)은 어느 경우에나 지킵니다. 지금 문제에서 지킬 수 없는 것은 까닭과 함께 알립니다.\n--stability 의 금액은 탐색에만 쓰이고 비용에는 들어가지 않습니다.',
    en: "--keep routes: vehicle, stops and times of every route stay, and nothing joins. trucks: shipments stay on their trucks, the order is planned anew. sequence: on their trucks and in their order; new shipments may go between. All three leave direct shipments direct. What people have fixed in the plan itself (locks) is kept in any case. What today's problem does not allow is told with its reason.\nThe won of --stability steer the search; they are in no cost.",
  },
  async run(args, terminal) {
    const strings = {
      seconds: { type: 'string' },
      iterations: { type: 'string' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      from: { type: 'string' },
      keep: { type: 'string' },
      stability: { type: 'string' },
      out: { type: 'string' },
      ...ROADS_STRINGS,
    } as const
    const { values, positionals } = readArguments(args, form, strings, 1)
    const seconds = readNumber('seconds', values.seconds, form, SECONDS)
    const iterations = readNumber('iterations', values.iterations, form, ITERATIONS)
    const seed = readNumber('seed', values.seed, form, SEED) ?? 1
    const threads = readNumber('threads', values.threads, form, THREADS) ?? 1
    const keep = oneOf('keep', values.keep ?? 'nothing', KEEP_LEVELS, form)
    const stabilityKrw = readNumber('stability', values.stability, form, STABILITY) ?? 0
    if (values.from === undefined && (values.keep !== undefined || values.stability !== undefined)) {
      throw wrongUse(form, {
        ko: '--keep 과 --stability 는 --from 으로 준 계획에 대한 것입니다. --from PLAN.json 을 적으세요.',
        en: '--keep and --stability speak of a plan. Name it with --from PLAN.json.',
      })
    }
    if (values.out !== undefined) await assertWritable(values.out)

    const { locale } = terminal
    const problem = await readProblem(positionals[0]!, locale, (issue) => terminal.note(describeIssue(issue, locale)))
    const from = values.from === undefined ? undefined : (await readPlan(values.from)).plan
    const again = from && { from, locks: [...(from.locks ?? []), ...keepLocks(problem, from, keep)], stabilityKrw }
    const roads = await chosenRoads(values, locale)
    const travel = await travelFrom(roads)(problem)
    const answered = {
      sites: problem.sites.length,
      provider: travel.fallback && roads.fallback ? roads.fallback : roads,
    }
    const lost = lostSites(unreachedSites(problem, travel), answered, locale)
    for (const line of atMost(
      lost.map((issue) => describeIssue(issue, locale)),
      locale,
    ))
      terminal.note(line)
    const limit = {
      seed,
      ...deadlineFor(terminal, seconds, iterations),
      ...(iterations !== undefined && { iterations }),
    }
    const watch = watchSearch(terminal, won)
    const plan = await planOnThreads(
      { kind: 'plan', problem, travel, locale, ...limit, ...again },
      threads,
      watch,
    ).finally(watch.end)

    const text = values.json || values.out !== undefined ? renderPlanFile(plan, problem, travel) : ''
    if (values.out !== undefined) await writeText(values.out, text)
    if (values.json) terminal.print(text.trimEnd())
    else for (const line of summarise(plan, terminal, watch, values.out)) terminal.print(line)
    for (const line of describeBalance(problem, plan, locale)) terminal.note(line)
    for (const line of atMost(describeRoadless(problem, plan, locale), locale)) terminal.note(line)
    if (plan.provenance.timeOfDay) terminal.note(describeHours(plan.provenance.timeOfDay, locale))
    if (plan.provenance.tollDiscounts) terminal.note(describeTollDiscounts(plan.provenance.tollDiscounts, locale))
    const tell = values.json ? terminal.note : terminal.print
    if (from) for (const line of describeChanges(problem, from, plan, locale)) tell(line)
    return EXIT.done
  },
}

/** Shipments that no truck carries because no road leads there. */
function describeRoadless({ sites }: Problem, { unserved }: Plan, locale: Locale): string[] {
  const nameOf = new Map(sites.map(({ id, name }) => [id, name]))
  return unserved.flatMap(({ shipment, reasons }) => {
    const reason = reasons.find(({ rule }) => rule === 'road')
    return reason ? [`${shipment}: ${describeReason(reason, locale, (id) => nameOf.get(id) ?? id)}`] : []
  })
}

/** What became of the plan before. */
function describeChanges(problem: Problem, from: Plan, plan: Plan, locale: Locale): string[] {
  const moved = movedShipments(problem, from, plan).length
  const ko = `이전 계획 ${won(from.costKrw)}, 차량이나 운송 수단이 바뀐 화물 ${moved}건`
  const en = `the plan before cost ${won(from.costKrw)}; ${plural(moved, 'shipment')} moved to another truck or mode`
  return [locale === 'ko' ? ko : en, ...describeLocks(checkLocks(plan), locale)]
}

function summarise(plan: Plan, { locale }: Terminal, watch: SearchWatch, out: string | undefined): string[] {
  const routed = plan.routes.reduce(
    (sum, { stops }) => sum + stops.reduce((pickups, stop) => pickups + stop.pickups.length, 0),
    0,
  )
  const hired = plan.direct.filter(({ mode }) => mode === 'hired').length
  const terminalFreight = plan.direct.length - hired
  const { seed } = plan.provenance
  const ko = [
    `비용 ${won(plan.costKrw)}`,
    `노선 ${plan.routes.length}개(화물 ${routed}건), 단독 용차 ${hired}건, 정기화물 ${terminalFreight}건, 미배정 ${plan.unserved.length}건`,
    `${watch.elapsedS().toFixed(1)}초, ${count(watch.iterations())}회, seed ${seed}`,
    ...describeRoads(plan.provenance, locale),
    out === undefined ? '저장하려면 --out PLAN.json' : `${out} 에 저장`,
  ]
  const en = [
    `cost ${won(plan.costKrw)}`,
    `${plural(plan.routes.length, 'route')} with ${plural(routed, 'shipment')}, ${plural(hired, 'hired truck')} alone, ${terminalFreight} by terminal freight, ${plan.unserved.length} unserved`,
    `${watch.elapsedS().toFixed(1)} s, ${count(watch.iterations())} iterations, seed ${seed}`,
    ...describeRoads(plan.provenance, locale),
    out === undefined ? 'add --out PLAN.json to keep it' : `written to ${out}`,
  ]
  return locale === 'ko' ? ko : en
}
