import { describeBalance, type Plan } from '../../solver/index.ts'
import { planOnThreads } from '../jobs/parallel.ts'
import { renderPlanFile } from '../reports/planFile.ts'
import { PROVIDERS } from '../travel/index.ts'
import { travelFrom } from '../travel/travelOf.ts'
import {
  type Command,
  count,
  describeIssue,
  EXIT,
  ITERATIONS,
  plural,
  readArguments,
  readNumber,
  SECONDS,
  SEED,
  type Terminal,
  THREADS,
  won,
} from './command.ts'
import { assertWritable, readProblem, writeText } from './files.ts'
import { deadlineFor, type SearchWatch, watchSearch } from './search.ts'

const form = 'plan PROBLEM.json --seconds 10 --seed 1 --threads 1 --out PLAN.json'

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
    ['--out PLAN.json', { ko: '계획 파일을 쓴다', en: 'write the plan file' }],
    ['--json', { ko: '계획 파일을 표준출력으로 쓴다', en: 'write the plan file to standard output' }],
  ],
  async run(args, terminal) {
    const strings = {
      seconds: { type: 'string' },
      iterations: { type: 'string' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      out: { type: 'string' },
    } as const
    const { values, positionals } = readArguments(args, form, strings, 1)
    const seconds = readNumber('seconds', values.seconds, form, SECONDS)
    const iterations = readNumber('iterations', values.iterations, form, ITERATIONS)
    const seed = readNumber('seed', values.seed, form, SEED) ?? 1
    const threads = readNumber('threads', values.threads, form, THREADS) ?? 1
    if (values.out !== undefined) await assertWritable(values.out)

    const { locale } = terminal
    const problem = await readProblem(positionals[0]!, locale, (issue) => terminal.note(describeIssue(issue, locale)))
    const travel = await travelFrom(PROVIDERS[0]!)(problem)
    const limit = { seed, ...deadlineFor(seconds, iterations), ...(iterations !== undefined && { iterations }) }
    const watch = watchSearch(terminal, won)
    const plan = await planOnThreads({ kind: 'plan', problem, travel, locale, ...limit }, threads, watch).finally(
      watch.end,
    )

    const text = values.json || values.out !== undefined ? renderPlanFile(plan, problem, travel) : ''
    if (values.out !== undefined) await writeText(values.out, text)
    if (values.json) terminal.print(text.trimEnd())
    else for (const line of summarise(plan, terminal, watch, values.out)) terminal.print(line)
    for (const line of describeBalance(problem, plan, locale)) terminal.note(line)
    return EXIT.done
  },
}

function summarise(plan: Plan, { locale }: Terminal, watch: SearchWatch, out: string | undefined): string[] {
  const routed = plan.routes.reduce(
    (sum, { stops }) => sum + stops.reduce((pickups, stop) => pickups + stop.pickups.length, 0),
    0,
  )
  const hired = plan.direct.filter(({ mode }) => mode === 'hired').length
  const terminalFreight = plan.direct.length - hired
  const { estimated, seed } = plan.provenance
  const ko = [
    `비용 ${won(plan.costKrw)}`,
    `노선 ${plan.routes.length}개(화물 ${routed}건), 단독 용차 ${hired}건, 정기화물 ${terminalFreight}건, 미배정 ${plan.unserved.length}건`,
    `${watch.elapsedS().toFixed(1)}초, ${count(watch.iterations())}회, seed ${seed}${estimated ? '. 거리와 시간은 추정' : ''}`,
    out === undefined ? '저장하려면 --out PLAN.json' : `${out} 에 저장`,
  ]
  const en = [
    `cost ${won(plan.costKrw)}`,
    `${plural(plan.routes.length, 'route')} with ${plural(routed, 'shipment')}, ${plural(hired, 'hired truck')} alone, ${terminalFreight} by terminal freight, ${plan.unserved.length} unserved`,
    `${watch.elapsedS().toFixed(1)} s, ${count(watch.iterations())} iterations, seed ${seed}${estimated ? '; distances and times are estimates' : ''}`,
    out === undefined ? 'add --out PLAN.json to keep it' : `written to ${out}`,
  ]
  return locale === 'ko' ? ko : en
}
