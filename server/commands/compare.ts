import {
  type Burn,
  type Certificate,
  type Comparison,
  checkPlan,
  comparePlan,
  type Locale,
  type Plan,
  type Travel,
} from '../../solver/index.ts'
import type { Words } from '../errors.ts'
import { type Command, describeViolations, EXIT, percent, plural, readArguments, won } from './command.ts'
import { readPlanned } from './planned.ts'
import { describeOtherRoads, describeRoads, ROADS_OPTIONS, ROADS_STRINGS } from './roads.ts'

const form = 'compare PROBLEM.json PLAN.json --json'

export const compareCommand: Command = {
  form,
  summary: { ko: '세 가지 기준과 비용을 비교한다', en: 'compare its cost with the three baselines' },
  options: [...ROADS_OPTIONS, ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }]],
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, form, ROADS_STRINGS, 2)
    const { locale } = terminal
    const { problem, plan, file, travel } = await readPlanned(positionals, values, terminal)
    // a plan that breaks rules may be cheap for that reason alone
    const violations = checkPlan(problem, travel, plan)
    if (violations.length > 0) {
      for (const line of describeOtherRoads(plan.provenance, travel, locale)) terminal.note(line)
      for (const line of describeViolations(violations, locale)) terminal.note(line)
      return EXIT.no
    }
    const lowerKrw = boundOf(plan, file?.certificate)
    const comparison = { ...comparePlan(problem, travel, plan), ...(lowerKrw !== undefined && { lowerKrw }) }
    if (values.json) terminal.print(JSON.stringify(comparison))
    else for (const line of renderTable(comparison, travel, locale)) terminal.print(line)
    return EXIT.done
  },
}

/** What the certificate proves, where it leaves out the same shipments as the plan. */
function boundOf({ unserved }: Plan, certificate: Certificate | undefined): number | undefined {
  const left = new Set(certificate?.unserved)
  const same = left.size === unserved.length && unserved.every(({ shipment }) => left.has(shipment))
  return same ? certificate?.lowerKrw : undefined
}

const BASELINE_NAMES = {
  B0: { ko: 'B0 모두 단독 용차 (상한)', en: 'B0 every shipment on its own hired truck (upper limit)' },
  B1: { ko: 'B1 화물마다 가장 싼 수단', en: 'B1 every shipment its cheapest way (headline)' },
  B2: { ko: 'B2 회사마다 따로 최적화', en: 'B2 every firm alone, optimised' },
} as const satisfies Record<string, Words>

const STEP_NAMES = {
  mode: { ko: '수단', en: 'mode' },
  truckSize: { ko: '차급', en: 'truck size' },
  routing: { ko: '노선', en: 'routing' },
} as const satisfies Record<string, Words>

/** Two figures of CO2, never one. */
function describeBurn({ fuelMl, ttwCo2G, wtwCo2eG }: Burn, locale: Locale): string {
  const kilo = (amount: number) => (amount / 1000).toFixed(1)
  return locale === 'ko'
    ? `연료 ${kilo(fuelMl)} L, CO₂ ${kilo(ttwCo2G)} kg (TTW), CO₂e ${kilo(wtwCo2eG)} kg (WTW)`
    : `fuel ${kilo(fuelMl)} L, CO2 ${kilo(ttwCo2G)} kg (TTW), CO2e ${kilo(wtwCo2eG)} kg (WTW)`
}

function renderTable(comparison: Comparison, travel: Travel, locale: Locale): string[] {
  const ko = locale === 'ko'
  const { planKrw, baselines, waterfall, unserved, lowerKrw } = comparison
  const lines = [`${ko ? '계획' : 'plan'}  ${won(planKrw)}`]
  for (const { id, costKrw, savingKrw, savingShare, excluded } of baselines) {
    const left =
      excluded.length === 0
        ? ''
        : ko
          ? ` (제외 ${excluded.length}건)`
          : ` (${plural(excluded.length, 'shipment')} it cannot carry)`
    const saving = ko
      ? `절감 ${won(savingKrw)} ${percent(savingShare)}`
      : `saving ${won(savingKrw)} ${percent(savingShare)}`
    const most = lowerKrw === undefined || costKrw === 0 ? undefined : percent((costKrw - lowerKrw) / costKrw)
    const ceiling = most === undefined ? '' : ko ? `, 한계 ${most}` : `, ceiling ${most}`
    lines.push(`${BASELINE_NAMES[id][locale]}  ${won(costKrw)}  ${saving}${ceiling}${left}`)
  }
  const steps = waterfall
    .map(({ step, krw }) => `${STEP_NAMES[step][locale]} ${krw > 0 ? '+' : ''}${won(krw)}`)
    .join(', ')
  lines.push(`${ko ? 'B1에서 계획까지' : 'from B1 to the plan'}: ${steps}`)
  lines.push(`${ko ? '계획' : 'plan'}  ${describeBurn(comparison.planFootprint.total, locale)}`)
  for (const { id, footprint } of baselines) lines.push(`${id}  ${describeBurn(footprint.total, locale)}`)
  if (lowerKrw !== undefined)
    lines.push(
      ko
        ? `한계: 어떤 계획도 ${won(lowerKrw)}보다 싸지 않다는 계획 파일의 증명서에서 (verify 로 확인)`
        : `ceiling: from the plan file's certificate that no plan costs less than ${won(lowerKrw)} (verify checks it)`,
    )
  if (unserved.length > 0)
    lines.push(ko ? `양쪽에서 뺀 미배정 ${unserved.length}건` : `${unserved.length} unserved, left out of both sides`)
  return [...lines, ...describeRoads(travel, locale)]
}
