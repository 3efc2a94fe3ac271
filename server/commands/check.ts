import {
  checkLocks,
  checkPlan,
  describeBalance,
  type Locale,
  type PlanFile,
  type Problem,
  type Travel,
} from '../../solver/index.ts'
import { sealOf } from '../reports/planFile.ts'
import {
  type Command,
  describeLedger,
  describeLocks,
  describeViolations,
  EXIT,
  plural,
  readArguments,
  won,
} from './command.ts'
import { readPlanned } from './planned.ts'
import { describeOtherRoads, ROADS_OPTIONS, ROADS_STRINGS } from './roads.ts'

const form = 'check PROBLEM.json PLAN.json'

export const checkCommand: Command = {
  form,
  summary: { ko: '계획이 규칙과 비용을 지키는지 검사한다', en: 'check a plan against every rule and every won' },
  options: [...ROADS_OPTIONS, ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }]],
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, form, ROADS_STRINGS, 2)
    const { locale } = terminal
    // asked anew: the figures inside the plan file are what is to be checked
    const { problem, plan, file, travel } = await readPlanned(positionals, values, terminal)
    const violations = checkPlan(problem, travel, plan)
    const differences = file ? findDifferences(file, problem, travel, locale) : []
    // what people have locked binds a search, not them: told, and no fault
    const locks = checkLocks(plan)
    const isGood = violations.length === 0 && differences.length === 0

    if (values.json) {
      terminal.print(JSON.stringify({ ok: isGood, violations, differences, locks, edits: plan.edits ?? [] }))
      return isGood ? EXIT.done : EXIT.no
    }
    for (const line of differences) terminal.print(line)
    for (const line of describeViolations(violations, locale)) terminal.print(line)
    if (isGood) {
      const { routes, direct, unserved, costKrw } = plan
      terminal.print(
        locale === 'ko'
          ? `위반 없음: 노선 ${routes.length}개, 개별운송 ${direct.length}건, 미배정 ${unserved.length}건, ${won(costKrw)}`
          : `no violations: ${plural(routes.length, 'route')}, ${direct.length} sent direct, ${unserved.length} unserved, ${won(costKrw)}`,
      )
    } else for (const line of describeOtherRoads(plan.provenance, travel, locale)) terminal.note(line)
    for (const line of describeBalance(problem, plan, locale)) terminal.note(line)
    for (const line of describeLedger(plan, problem, locale)) terminal.note(line)
    for (const line of describeLocks(locks, locale)) terminal.note(line)
    if (!file) {
      terminal.note(
        locale === 'ko'
          ? '문제와 이동시간이 들어 있지 않은 계획이라, 만든 뒤에 바뀌었는지는 알 수 없습니다.'
          : 'The plan carries no problem, travel or hash, so it cannot be told whether it was changed since.',
      )
    }
    return isGood ? EXIT.done : EXIT.no
  },
}

/** Where the plan file tells of another world than the one it is checked in: one line each. */
function findDifferences(file: PlanFile, problem: Problem, travel: Travel, locale: Locale): string[] {
  const lines: string[] = []
  const hash = sealOf(file)
  if (hash !== file.hash) {
    lines.push(
      locale === 'ko'
        ? `hash: 파일이 만들어진 뒤에 바뀌었습니다 (파일 ${file.hash.slice(0, 12)}…, 계산 ${hash.slice(0, 12)}…)`
        : `hash: the file was changed after it was written (file ${file.hash.slice(0, 12)}…, computed ${hash.slice(0, 12)}…)`,
    )
  }
  for (const [name, inFile, given] of [
    ['problem', file.problem, problem],
    ['travel', file.travel, travel],
  ] as const) {
    const place = firstDifference(inFile, given, name)
    if (place === undefined) continue
    lines.push(
      locale === 'ko'
        ? `${name}: 계획이 전제한 값이 주어진 값과 다릅니다. 처음 다른 곳 ${place}`
        : `${name}: the plan was made on other data than given; first difference at ${place}`,
    )
  }
  return lines
}

/** Path and both values of the first place where two JSON values differ. */
export function firstDifference(a: unknown, b: unknown, path: string): string | undefined {
  if (isContainer(a) && isContainer(b) && Array.isArray(a) === Array.isArray(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const difference = firstDifference(a[key], b[key], `${path}/${key}`)
      if (difference !== undefined) return difference
    }
    return undefined
  }
  return a === b ? undefined : `${path}: ${shorten(a)} ≠ ${shorten(b)}`
}

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const shorten = (value: unknown): string => (JSON.stringify(value) ?? '–').slice(0, 60)
