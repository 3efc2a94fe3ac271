import {
  checkPlan,
  JOINT_KEYS,
  type Locale,
  loadHighs,
  METHOD_LIMITS,
  METHOD_NAMES,
  type MethodName,
  openSplit,
  type Problem,
  type Split,
  type SplitGroup,
  type SplitNote,
  TooManyFirms,
  type Travel,
} from '../../solver/index.ts'
import { Refusal, type Words } from '../errors.ts'
import { proveDualWithin } from '../jobs/split.ts'
import {
  type Command,
  count,
  describeViolations,
  EXIT,
  ITERATIONS,
  type NumberRange,
  oneOf,
  percent,
  plural,
  readArguments,
  readNumber,
  SEED,
  won,
} from './command.ts'
import { readPlanned } from './planned.ts'
import { describeOtherRoads, describeRoads, ROADS_OPTIONS, ROADS_STRINGS } from './roads.ts'

const form = 'split PROBLEM.json PLAN.json --method duals --json'
const DEFAULT_SECONDS = 30
const PROOF_SECONDS: NumberRange = { min: 0, max: 86_400 }
const DAYS: NumberRange = { min: 1, max: 366, whole: true }
const KRW: NumberRange = { min: 0, max: 1e12, whole: true }
const CHOICES = [...METHOD_NAMES, 'all'] as const

export const splitCommand: Command = {
  form,
  summary: { ko: '계획의 비용을 회사마다 나눈다', en: "split a plan's cost among its firms" },
  options: [
    [
      `--method ${CHOICES.join('|')}`,
      { ko: '나누는 방법, all: 모두 나란히 (기본 duals)', en: 'how to split; all: side by side (default duals)' },
    ],
    ['--seed 1', { ko: '난수 씨앗', en: 'seed of the random numbers' }],
    [
      '--iterations 200',
      { ko: '회사 모임마다 따로 계획하는 탐색 횟수', en: 'tries of the search for each group of firms by itself' },
    ],
    [
      '--seconds 30',
      {
        ko: '쌍대가격을 증명하는 데 쓰는 시간 (초). 0: 증명 없이 아는 노선의 가격만',
        en: 'seconds for proving the dual prices; 0: no proof, prices over the routes known',
      },
    ],
    ['--working-days 250', { ko: '한 해 운영일: 연간 보조금 계산', en: 'working days a year, for the subsidy a year' }],
    ['--joint 0', { ko: '노선에 없는 공동 비용 (원/일)', en: 'joint costs of the day that no route carries, won' }],
    [
      `--joint-key ${JOINT_KEYS.join('|')}`,
      { ko: '공동 비용을 나누는 기준 (기본 equal)', en: 'their key (default equal)' },
    ],
    ...ROADS_OPTIONS,
    ['--json', { ko: '결과를 JSON으로 (all: 배열)', en: 'the result as JSON (all: an array)' }],
  ],
  notes: {
    ko: `duals: 쌍대가격, proportional: B1에 비례, equalProfit: 절감률을 되도록 같게, shapley: 참여 순서의 평균, nucleolus: 가장 불리한 모임부터 살핌 (${mostFirms('nucleolus')}개 회사까지).`,
    en: `duals: dual prices; proportional: to B1; equalProfit: savings as equal as stability allows; shapley: what each adds, over all orders of joining; nucleolus: the worst-off group first (up to ${mostFirms('nucleolus')} firms).`,
  },
  async run(args, terminal) {
    const { values, positionals } = readArguments(
      args,
      form,
      {
        method: { type: 'string', default: 'duals' },
        seed: { type: 'string' },
        iterations: { type: 'string' },
        seconds: { type: 'string' },
        'working-days': { type: 'string' },
        joint: { type: 'string' },
        'joint-key': { type: 'string', default: 'equal' },
        ...ROADS_STRINGS,
      },
      2,
    )
    const { locale } = terminal
    const choice = oneOf('method', values.method, CHOICES, form)
    const key = oneOf('joint-key', values['joint-key'], JOINT_KEYS, form)
    const jointKrw = readNumber('joint', values.joint, form, KRW)
    const seed = readNumber('seed', values.seed, form, SEED)
    const iterations = readNumber('iterations', values.iterations, form, ITERATIONS)
    const seconds = readNumber('seconds', values.seconds, form, PROOF_SECONDS) ?? DEFAULT_SECONDS
    const workingDays = readNumber('working-days', values['working-days'], form, DAYS)
    const { problem, plan, file, travel } = await readPlanned(positionals, values, terminal)
    // nobody should pay for a plan that cannot be driven
    const violations = checkPlan(problem, travel, plan)
    if (violations.length > 0) {
      for (const line of describeOtherRoads(plan.provenance, travel, locale)) terminal.note(line)
      for (const line of describeViolations(violations, locale)) terminal.note(line)
      return EXIT.no
    }
    const highs = await loadHighs()
    const split = openSplit(problem, travel, plan, {
      highs,
      seed,
      ...(seconds > 0 && {
        dual: proveDualWithin(seconds, highs, problem, travel, plan, seed ?? 1, file?.certificate),
      }),
      iterations,
      workingDays,
      ...(jointKrw === undefined ? {} : { joint: { krw: jointKrw, key } }),
    })
    const splits = (choice === 'all' ? METHOD_NAMES : [choice]).flatMap((method) => {
      try {
        return [split(method)]
      } catch (error) {
        if (!(error instanceof TooManyFirms)) throw error
        if (choice !== 'all') throw new Refusal(400, 'split.firms', tooMany(error))
        terminal.note(tooMany(error)[locale])
        return []
      }
    })
    if (values.json) terminal.print(JSON.stringify(choice === 'all' ? splits : splits[0]))
    else if (choice === 'all') for (const line of renderSideBySide(splits, problem, locale)) terminal.print(line)
    else for (const line of renderSplit(splits[0]!, problem, travel, locale)) terminal.print(line)
    return EXIT.done
  },
}

function mostFirms(method: MethodName): number {
  return METHOD_LIMITS.find(({ name }) => name === method)!.mostFirms
}

const tooMany = ({ method, firms, mostFirms: most }: TooManyFirms): Words => ({
  ko: `${METHOD_WORDS[method].ko}: 회사 ${most}개까지 계산합니다 (이 계획은 ${firms}개). 다른 --method 를 쓰세요.`,
  en: `${METHOD_WORDS[method].en}: for up to ${most} firms (this plan has ${firms}). Use another --method.`,
})

const METHOD_WORDS = {
  duals: { ko: '쌍대가격', en: 'dual prices' },
  proportional: { ko: 'B1 비례', en: 'in proportion to B1' },
  equalProfit: { ko: '균등 절감률', en: 'equal profit' },
  shapley: { ko: '샤플리 값', en: 'Shapley value' },
  nucleolus: { ko: '뉴클레올러스', en: 'nucleolus' },
} as const satisfies Record<MethodName, Words>

const NOTE_WORDS: Readonly<Record<SplitNote['note'], (firms: string, krw: number) => Words>> = {
  capped: (firms, krw) => ({
    ko: `${firms}: 자기 B1까지만 부담, ${won(krw)}은 다른 회사가 나눔`,
    en: `${firms}: no more than own B1; the others take over ${won(krw)}`,
  }),
  dearerThanB1: (firms, krw) => ({
    ko: `계획이 B1보다 ${won(krw)} 비싸 ${firms}의 몫이 B1을 넘음`,
    en: `the plan costs ${won(krw)} more than B1, so that shares of ${firms} lie above B1`,
  }),
  uncapped: (firms) => ({
    ko: `${firms}: B1로 나를 수 없는 화물이 있어 B1 한도가 없음`,
    en: `${firms}: shipments that B1 cannot carry, so B1 is no limit`,
  }),
  rentReturned: (_, krw) => ({
    ko: `차량 가격으로 더 걷힌 ${won(krw)}은 돌려줌`,
    en: `${won(krw)} that the prices of trucks brought in beyond the plan's cost are given back`,
  }),
  known: () => ({
    ko: '가격은 지금까지 찾은 노선에서만 확인함 (모든 노선에 대한 증명이 아님)',
    en: 'prices hold over the routes found so far: no proof about all routes',
  }),
}

function renderSplit(split: Split, { firms }: Problem, travel: Travel, locale: Locale): string[] {
  const ko = locale === 'ko'
  const nameOf = (id: string) => firms.find((firm) => firm.id === id)?.name ?? id
  const { rows, planKrw, stability, subsidy, joint, unserved, notes } = split
  const header = ko
    ? ['회사', '화물', 'B1', 'B2', '몫', '그중 단독', 'B1 대비 절감', 'B2 대비 절감']
    : ['firm', 'shipments', 'B1', 'B2', 'share', 'of it alone', 'saving on B1', 'on B2']
  const body = rows.map((row) => [
    nameOf(row.firm),
    String(row.shipments.length),
    won(row.b1Krw),
    won(row.b2Krw),
    `${won(row.shareKrw)}${row.standardErrorKrw === undefined ? '' : ` ±${count(row.standardErrorKrw)}`}`,
    won(row.ownKrw),
    `${won(row.savingKrw)} ${percent(row.savingShare)}`,
    `${won(row.savingB2Krw)} ${percent(row.savingB2Share)}`,
    ...(joint ? [won(row.jointKrw)] : []),
  ])
  const lines = [
    `${METHOD_WORDS[split.method][locale]}  ${won(planKrw)}`,
    ...align([[...header, ...(joint ? [ko ? '공동 비용' : 'joint'] : [])], ...body]),
    ...describeStability(split, nameOf, locale),
  ]
  if (subsidy.dayKrw > 0)
    lines.push(
      ko
        ? `어떤 나눔도 안정되지 않음: 하루 ${won(subsidy.dayKrw)}, 한 해(${subsidy.workingDays}일) ${won(subsidy.yearKrw)}의 보조금이 있어야 함`
        : `no split is stable: it takes a subsidy of ${won(subsidy.dayKrw)} a day, ${won(subsidy.yearKrw)} a year of ${plural(subsidy.workingDays, 'day')}`,
    )
  lines.push(
    ko
      ? '따로 나가는 모임도 계약·용차 모두를 쓸 수 있다고 봄; 단독·직송 화물은 자기 비용을 냄'
      : 'a group that leaves may use every truck of the fleet; what goes alone or direct pays its own cost',
  )
  for (const { note, firms: named, krw } of notes)
    lines.push(NOTE_WORDS[note](named.map(nameOf).join(', '), krw)[locale])
  if (unserved.length > 0)
    lines.push(ko ? `미배정 ${unserved.length}건은 제외` : `${unserved.length} unserved, left out`)
  if (stability.looked === 0 && rows.length < 2) lines.push(ko ? '회사가 하나뿐' : 'only one firm')
  lines.push(...describeRoads(travel, locale))
  return lines
}

function describeStability({ stability }: Split, nameOf: (id: string) => string, locale: Locale): string[] {
  const ko = locale === 'ko'
  const { verdict, looked, every, provedUpToKrw, tightest, violated, violations } = stability
  const tell = ({ firms, shareKrw, aloneKrw, slackKrw }: SplitGroup) => {
    const names = firms.map(nameOf).join(', ')
    return ko
      ? `${names}: 함께 ${won(shareKrw)}, 따로 ${won(aloneKrw)}, 여유 ${won(slackKrw)}`
      : `${names}: ${won(shareKrw)} here, ${won(aloneKrw)} by themselves, slack ${won(slackKrw)}`
  }
  const groups = every
    ? { ko: `모든 모임 ${count(looked)}개`, en: `all ${count(looked)} groups` }
    : { ko: `살펴본 모임 ${count(looked)}개`, en: `the ${count(looked)} groups looked at` }
  const words = {
    proved: {
      ko: '안정: 어떤 모임도 따로 나가서 덜 내지 못함 (증명)',
      en: 'stable: no group would pay less by itself (proved)',
    },
    holds: {
      ko: `안정: ${groups.ko} 가운데 따로 나가 덜 내는 곳 없음`,
      en: `stable: none of ${groups.en} would pay less by itself`,
    },
    violated: {
      ko: `불안정: ${groups.ko} 가운데 ${violations}개는 따로 나가면 덜 냄`,
      en: `not stable: ${violations} of ${groups.en} would pay less by themselves`,
    },
  }
  const lines = [words[verdict][locale]]
  if (provedUpToKrw !== null && provedUpToKrw > 0)
    lines.push(
      ko
        ? `어떤 모임도 ${won(provedUpToKrw)}보다 더 손해 보지 않음 (증명)`
        : `no group pays more than ${won(provedUpToKrw)} above what it would by itself (proved)`,
    )
  if (verdict === 'violated') lines.push(...violated.slice(0, 3).map((group) => `  ${tell(group)}`))
  else if (tightest) lines.push(`${ko ? '여유가 가장 적은 모임' : 'tightest group'}: ${tell(tightest)}`)
  return lines
}

function renderSideBySide(splits: readonly Split[], { firms }: Problem, locale: Locale): string[] {
  const ko = locale === 'ko'
  const nameOf = (id: string) => firms.find((firm) => firm.id === id)?.name ?? id
  const rows = splits[0]?.rows ?? []
  const verdicts = {
    proved: { ko: '안정(증명)', en: 'stable (proved)' },
    holds: { ko: '안정', en: 'stable' },
    violated: { ko: '불안정', en: 'not stable' },
  }
  return align([
    [ko ? '회사' : 'firm', 'B1', 'B2', ...splits.map(({ method }) => METHOD_WORDS[method][locale])],
    ...rows.map(({ firm, b1Krw, b2Krw }, k) => [
      nameOf(firm),
      won(b1Krw),
      won(b2Krw),
      ...splits.map((split) => won(split.rows[k]!.shareKrw)),
    ]),
    [
      ko ? '살펴본 모임' : 'groups looked at',
      '',
      '',
      ...splits.map(({ stability }) => `${verdicts[stability.verdict][locale]} ${count(stability.looked)}`),
    ],
  ])
}

/** Columns side by side; Hangul takes two places. The first to the left, figures to the right. */
function align(table: readonly (readonly string[])[]): string[] {
  const width = (text: string) =>
    [...text].reduce((sum, letter) => sum + (/[\u1100-\u11ff\u3000-\ud7ff]/u.test(letter) ? 2 : 1), 0)
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => width(row[column] ?? ''))))
  return table.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(widths[column]! - width(cell))
        return column === 0 ? cell + space : space + cell
      })
      .join('  '),
  )
}
