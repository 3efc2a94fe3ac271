import {
  checkPlan,
  describeAlternative,
  describeFirm,
  describeMembers,
  describeReason,
  describeRepair,
  describeShipment,
  explainFirm,
  explainShipments,
  type FirmExplanation,
  growMembers,
  type Locale,
  type Members,
  type Plan,
  type Problem,
  type ShipmentExplanation,
  type Travel,
} from '../../solver/index.ts'
import { Refusal } from '../errors.ts'
import { pricesOf } from '../jobs/explain.ts'
import { travelFrom } from '../travel/travelOf.ts'
import {
  type Command,
  describeIssue,
  describeViolations,
  EXIT,
  ITERATIONS,
  type NumberRange,
  readArguments,
  readNumber,
  SEED,
  type Terminal,
} from './command.ts'
import { readPlan, readProblem } from './files.ts'
import { chosenRoads, describeOtherRoads, describeRoads, ROADS_OPTIONS, ROADS_STRINGS } from './roads.ts'

const form = 'explain PROBLEM.json PLAN.json --shipment ID --firm ID --members --json'

/** Of searching a day without a firm, and each group of members. */
const DEFAULT_ITERATIONS = 2000
const DEFAULT_DRAWS = 5
const DRAWS: NumberRange = { min: 1, max: 1000, whole: true }

interface Explained {
  readonly planKrw: number
  readonly shipments?: readonly ShipmentExplanation[]
  readonly firms?: readonly FirmExplanation[]
  readonly members?: Members
}

export const explainCommand: Command = {
  form,
  summary: {
    ko: '화물마다 왜 그렇게 가는지, 기업마다 무엇이 달라지는지 설명한다',
    en: 'explain why each shipment goes as it goes, and what a firm is worth to the plan',
  },
  options: [
    ['--shipment ID', { ko: '이 화물만, 모든 대안과 함께', en: 'this shipment only, with every alternative' }],
    ['--firm ID', { ko: '이 기업이 빠지면 계획이 잃는 것', en: 'what the plan loses without this firm' }],
    ['--members', { ko: '참여 기업 수에 따른 절감', en: 'how the saving grows with the number of members' }],
    [
      `--iterations ${DEFAULT_ITERATIONS}`,
      { ko: '--firm 과 --members 에서 다시 세우는 계획의 탐색 횟수', en: 'of each search for --firm and --members' },
    ],
    ['--seed 1', { ko: '난수 씨앗', en: 'seed of the random numbers' }],
    [`--draws ${DEFAULT_DRAWS}`, { ko: '--members 의 참여 순서 수', en: 'orders of joining for --members' }],
    ...ROADS_OPTIONS,
    ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }],
  ],
  notes: {
    ko: '셋 다 적지 않으면 모든 화물을 설명합니다. ‘불가 증명됨’은 규칙이 막는다는 뜻이고, ‘찾지 못함’은 없다는 증명이 아닙니다. 고칠 것은 적용하면 그대로 되는 것만 보입니다.',
    en: "Without any of the three it explains every shipment. 'Proved impossible' names the rule that forbids it; 'none found' is no proof that there is none. A repair that is shown works when it is applied.",
  },
  async run(args, terminal) {
    const options = {
      shipment: { type: 'string' },
      firm: { type: 'string' },
      members: { type: 'boolean' },
      iterations: { type: 'string' },
      seed: { type: 'string' },
      draws: { type: 'string' },
      ...ROADS_STRINGS,
    } as const
    const { values, positionals } = readArguments(args, form, options, 2)
    const iterations = readNumber('iterations', values.iterations, form, ITERATIONS) ?? DEFAULT_ITERATIONS
    const seed = readNumber('seed', values.seed, form, SEED) ?? 1
    const draws = readNumber('draws', values.draws, form, DRAWS) ?? DEFAULT_DRAWS
    const { locale } = terminal
    const problem = await readProblem(positionals[0]!, locale, (issue) => terminal.note(describeIssue(issue, locale)))
    const { plan, file } = await readPlan(positionals[1]!)
    const { shipment, firm } = values
    if (shipment !== undefined)
      assertKnown(
        'shipment',
        shipment,
        [...problem.shipments, ...(plan.parts ?? [])].map(({ id }) => id),
      )
    if (firm !== undefined)
      assertKnown(
        'firm',
        firm,
        problem.firms.map(({ id }) => id),
      )
    const travel = await travelFrom(await chosenRoads(values, locale))(problem, undefined, plan.provenance)
    // prices of a plan that breaks rules would be promises that nobody can keep
    const violations = checkPlan(problem, travel, plan)
    if (violations.length > 0) {
      for (const line of describeOtherRoads(plan.provenance, travel, locale)) terminal.note(line)
      for (const line of describeViolations(violations, locale)) terminal.note(line)
      return EXIT.no
    }
    const all = firm === undefined && !values.members
    const effort = { seed, iterations }
    const explained: Explained = {
      planKrw: plan.costKrw,
      ...((all || shipment !== undefined) && {
        shipments: explainShipments(problem, travel, plan, { shipment, prices: pricesOf(file?.certificate) }),
      }),
      ...(firm !== undefined && { firms: [explainFirm(problem, travel, plan, firm, effort)] }),
      ...(values.members && { members: watchMembers(problem, travel, { ...effort, draws }, terminal) }),
    }
    if (values.json) terminal.print(JSON.stringify(explained))
    else
      for (const line of render(explained, { problem, travel, plan }, shipment !== undefined, locale))
        terminal.print(line)
    return EXIT.done
  },
}

function assertKnown(noun: 'shipment' | 'firm', id: string, known: readonly string[]): void {
  if (known.includes(id)) return
  const words = { shipment: { ko: '화물', en: 'shipment' }, firm: { ko: '기업', en: 'firm' } }[noun]
  const some = `${known.slice(0, 5).join(', ')}${known.length > 5 ? ', …' : ''}`
  throw new Refusal(400, `${noun}.unknown`, {
    ko: `--${noun} ${id}: 문제에 없는 ${words.ko}입니다. 있는 것: ${some}`,
    en: `--${noun} ${id}: the problem has no such ${words.en}. It has: ${some}`,
  })
}

function watchMembers(
  problem: Problem,
  travel: Travel,
  effort: Parameters<typeof growMembers>[2],
  { progress, locale }: Terminal,
): Members {
  const steps = growMembers(problem, travel, effort)
  for (;;) {
    const { value, done } = steps.next()
    if (done) {
      progress('')
      return value
    }
    progress(locale === 'ko' ? `묶음 ${value[0]}/${value[1]}` : `group ${value[0]} of ${value[1]}`)
  }
}

/** `full`: with every alternative. */
function render(
  { planKrw, shipments = [], firms = [], members }: Explained,
  { problem, travel, plan }: { problem: Problem; travel: Travel; plan: Plan },
  full: boolean,
  locale: Locale,
): string[] {
  const ko = locale === 'ko'
  const siteName = (id: string) => problem.sites.find((site) => site.id === id)?.name ?? id
  const lines = [ko ? `계획 ${planKrw.toLocaleString('en-US')}원` : `plan ${planKrw.toLocaleString('en-US')} won`]
  for (const explanation of shipments) {
    lines.push(describeShipment(explanation, locale))
    if (full) for (const way of explanation.alternatives) lines.push(`    ${describeAlternative(way, locale)}`)
    for (const reason of explanation.reasons)
      lines.push(`  ${ko ? '까닭' : 'why'}: ${describeReason(reason, locale, siteName)}`)
    for (const repair of explanation.repairs)
      lines.push(`  ${ko ? '고치면' : 'repair'}: ${describeRepair(repair, locale)}`)
  }
  for (const firm of firms) lines.push(...describeFirm(firm, problem, locale))
  if (members) lines.push(...describeMembers(members, locale))
  const locks = plan.provenance.locks?.length ?? 0
  if (locks > 0) lines.push(ko ? `사람이 고정한 것 ${locks}건` : `${locks} locked by people`)
  return [...lines, ...describeRoads(travel, locale)]
}
