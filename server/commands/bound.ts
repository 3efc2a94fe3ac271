import {
  type Certificate,
  checkPlan,
  describeProof,
  describeRelaxation,
  type Locale,
  type Plan,
} from '../../solver/index.ts'
import { nowMs } from '../jobs/clock.ts'
import { provePlan } from '../jobs/prove.ts'
import { renderPlanFile } from '../reports/planFile.ts'
import { travelFrom } from '../travel/travelOf.ts'
import {
  type Command,
  count,
  describeIssue,
  describeViolations,
  EXIT,
  type NumberRange,
  percent,
  readArguments,
  readNumber,
  SECONDS,
  SEED,
  won,
} from './command.ts'
import { assertWritable, readPlan, readProblem, writeText } from './files.ts'
import { chosenRoads, describeRoads, ROADS_OPTIONS, ROADS_STRINGS } from './roads.ts'
import { watchSearch } from './search.ts'

const form = 'bound PROBLEM.json [PLAN.json] --seconds 30 --json'
const DEFAULT_SECONDS = 30
const ROUNDS: NumberRange = { min: 0, max: 100_000, whole: true }

export const boundCommand: Command = {
  form,
  summary: { ko: '어떤 계획도 이보다 쌀 수 없는 비용을 증명한다', en: 'prove what no plan can cost less than' },
  options: [
    ['--seconds 30', { ko: '시간 한도 (초, 시작하는 시간 포함)', en: 'time limit in seconds, start-up included' }],
    [
      '--rounds N',
      {
        ko: '시간 대신 계산 횟수 한도: 같은 입력이면 같은 증명',
        en: 'limit of rounds instead of time: same input, same proof',
      },
    ],
    ['--seed 1', { ko: '난수 씨앗', en: 'seed of the random numbers' }],
    [
      '--out PLAN.json',
      {
        ko: '가장 좋은 계획과 그 증명서를 계획 파일로 쓴다',
        en: 'write the best plan and its certificate as a plan file',
      },
    ],
    ...ROADS_OPTIONS,
    ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }],
  ],
  notes: {
    ko: 'PLAN.json 을 적지 않으면 먼저 계획을 세웁니다. 증명하다가 더 싼 계획을 만나면 그것을 씁니다.\n증명서는 verify 명령으로 다시 확인할 수 있습니다.',
    en: 'Without PLAN.json a plan is made first. A cheaper plan met on the way takes its place.\nThe verify command checks the certificate again, by other means.',
  },
  async run(args, terminal) {
    const strings = {
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      seed: { type: 'string' },
      out: { type: 'string' },
      ...ROADS_STRINGS,
    } as const
    const { values, positionals } = readArguments(args, form, strings, 1, 2)
    const rounds = readNumber('rounds', values.rounds, form, ROUNDS)
    const seconds =
      readNumber('seconds', values.seconds, form, SECONDS) ?? (rounds === undefined ? DEFAULT_SECONDS : undefined)
    const seed = readNumber('seed', values.seed, form, SEED) ?? 1
    if (values.out !== undefined) await assertWritable(values.out)

    const { locale } = terminal
    const problem = await readProblem(positionals[0]!, locale, (issue) => terminal.note(describeIssue(issue, locale)))
    const given = positionals[1] === undefined ? undefined : (await readPlan(positionals[1])).plan
    const travel = await travelFrom(await chosenRoads(values, locale))(problem, undefined, given?.provenance)
    const violations = given ? checkPlan(problem, travel, given) : []
    if (violations.length > 0) {
      for (const line of describeViolations(violations, locale)) terminal.note(line)
      return EXIT.no
    }

    const watch = watchSearch(terminal, won)
    const startMs = nowMs() - watch.elapsedS() * 1000
    const { plan, certificate } = await provePlan(
      { problem, travel, plan: given, seed, seconds, rounds, startMs },
      watch.stopped,
      ({ lowerKrw, plan: best, rounds: made }) =>
        terminal.progress(`${watch.elapsedS().toFixed(1)} s  ${won(lowerKrw)} – ${won(best.costKrw)}  ${count(made)}`),
    ).finally(watch.end)
    const better = given && plan.costKrw < given.costKrw ? given.costKrw - plan.costKrw : 0
    if (values.out !== undefined) await writeText(values.out, renderPlanFile(plan, problem, travel, certificate))
    const found = { ...gapOf(plan, certificate), seconds: Math.round(watch.elapsedS() * 10) / 10 }
    if (values.json) terminal.print(JSON.stringify({ ...found, betterKrw: better, certificate }))
    else for (const line of summarise(found, plan, certificate, better, locale)) terminal.print(line)
    for (const line of describeRoads(travel, locale)) terminal.note(line)
    return EXIT.done
  },
}

interface Gap {
  readonly lowerKrw: number
  readonly planKrw: number
  /** of the plan's cost */
  readonly gapShare: number
  /** of what the plan costs without the shipments that go alone in every plan */
  readonly pooledGapShare: number
  readonly proof: Certificate['proof']
  readonly relaxed: Certificate['relaxed']
}

function gapOf(plan: Plan, { lowerKrw, alone, proof, relaxed }: Certificate): Gap {
  const aloneKrw = alone.reduce((sum, { krw }) => sum + krw, 0)
  const gapKrw = plan.costKrw - lowerKrw
  const share = (of: number) => (of > 0 ? gapKrw / of : 0)
  return {
    lowerKrw,
    planKrw: plan.costKrw,
    gapShare: share(plan.costKrw),
    pooledGapShare: share(plan.costKrw - aloneKrw),
    proof,
    relaxed,
  }
}

function summarise(
  { lowerKrw, planKrw, gapShare, pooledGapShare, seconds }: Gap & { readonly seconds: number },
  plan: Plan,
  certificate: Certificate,
  better: number,
  locale: Locale,
): string[] {
  const relaxed = certificate.relaxed.map((relaxation) => describeRelaxation(relaxation, locale))
  const proof = describeProof(certificate, locale)
  const unserved = plan.unserved.length
  const ko = [
    `하한 ${won(lowerKrw)}: 어떤 계획도 이보다 싸지 않습니다`,
    `계획 ${won(planKrw)}, 차이 ${percent(gapShare)} (함께 실을 수 있는 화물만 보면 ${percent(pooledGapShare)})`,
    ...(better > 0 ? [`주어진 계획보다 ${won(better)} 싼 계획을 찾았습니다`] : []),
    ...(unserved > 0 ? [`미배정 ${unserved}건은 양쪽에서 뺐습니다`] : []),
    `${proof}. ${seconds.toFixed(1)}초, ${count(certificate.rounds)}회, 열 ${count(certificate.columns)}개`,
    ...(relaxed.length > 0 ? [`하한이 따지지 않은 것: ${relaxed.join('; ')}`] : []),
  ]
  const en = [
    `lower bound ${won(lowerKrw)}: no plan costs less`,
    `plan ${won(planKrw)}, gap ${percent(gapShare)} (${percent(pooledGapShare)} of what can be pooled)`,
    ...(better > 0 ? [`a plan was found that costs ${won(better)} less than the one given`] : []),
    ...(unserved > 0 ? [`${unserved} unserved, left out of both sides`] : []),
    `${proof}; ${seconds.toFixed(1)} s, ${count(certificate.rounds)} rounds, ${count(certificate.columns)} columns`,
    ...(relaxed.length > 0 ? [`the bound does not hold plans to: ${relaxed.join('; ')}`] : []),
  ]
  return locale === 'ko' ? ko : en
}
