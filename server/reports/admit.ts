/**
 * A one-file plan from outside, believed in nothing: its seal, its problem, every second, metre and won of the plan, its certificate by the
 * verifier, its splits by their sums. Every fault is told at once; a file of an older form is read as what it was.
 */

import { Type } from 'typebox'
import { Settings } from 'typebox/system'
import { Value } from 'typebox/value'
import {
  checkPlan,
  describeFault,
  describeViolation,
  fillWords,
  findIssues,
  type Issue,
  type Locale,
  loadProver,
  PLAN_FILE_FORMAT,
  type PlanFile,
  PlanFileSchema,
  type Split,
  type Verified,
  type Violation,
  verify,
} from '../../solver/index.ts'
import { sealOf, splitPlanFile } from './planFile.ts'

export interface Admission {
  /** absent: the file is refused, for the errors among the issues */
  readonly file?: PlanFile
  /** of the certificate; absent: the file has none. One that is not proved is taken out of the file */
  readonly holds?: Verified['holds']
  readonly issues: readonly Issue[]
}

export interface AdmitOptions {
  readonly locale: Locale
  /** for verifying the certificate */
  readonly seconds: number
  readonly nowMs: () => number
}

type Code = keyof typeof WORDS
const REMEDY = {
  export: {
    ko: '계획을 만든 곳에서 파일을 다시 내려받으세요.',
    en: 'Export the plan again where it was made.',
  },
  plan: {
    ko: '문제만 올려 계획을 다시 만들거나, 계획을 만든 곳에서 고치세요.',
    en: 'Import the problem alone and plan it again, or correct the plan where it was made.',
  },
} as const
const WORDS = {
  'planFile.json': {
    severity: 'error',
    ko: 'JSON으로 읽을 수 없는 파일입니다.',
    en: 'The file is not JSON.',
    remedy: REMEDY.export,
  },
  'planFile.newer': {
    severity: 'error',
    ko: '더 새로운 milkrun이 쓴 파일입니다 (형식 {format}, 여기서는 {known}까지).',
    en: 'The file was written by a newer milkrun (format {format}; known here up to {known}).',
    remedy: { ko: 'milkrun을 올린 뒤 다시 하세요.', en: 'Update milkrun and try again.' },
  },
  'planFile.shape': {
    severity: 'error',
    ko: '계획 파일의 형식에 맞지 않습니다 ({rule}).',
    en: 'It does not have the form of a plan file ({rule}).',
    remedy: REMEDY.export,
  },
  'planFile.hash': {
    severity: 'error',
    ko: '만들어진 뒤에 바뀐 파일입니다 (파일 {stated}…, 계산 {found}…).',
    en: 'The file was changed after it was written (file {stated}…, computed {found}…).',
    remedy: REMEDY.export,
  },
  'planFile.travelKey': {
    severity: 'error',
    ko: '계획은 이동시간 ‘{stated}’로 만들었다는데 파일의 것은 ‘{found}’입니다.',
    en: 'The plan says it was made on the travel figures “{stated}”; the file has “{found}”.',
    remedy: REMEDY.export,
  },
  'plan.violation': { severity: 'error', ko: '{words}', en: '{words}', remedy: REMEDY.plan },
  'certificate.fault': { severity: 'error', ko: '증명서: {words}', en: 'certificate: {words}', remedy: REMEDY.export },
  'certificate.unproved': {
    severity: 'warning',
    ko: '하한을 여기서 {seconds}초 안에 다시 증명하지 못해 증명서를 뺐습니다. 계획은 맞습니다.',
    en: 'The bound could not be proved again here within {seconds} s; the certificate was left out. The plan is right.',
    remedy: { ko: '하한이 필요하면 다시 증명하세요.', en: 'Prove it again if the bound is needed.' },
  },
  'split.sum': {
    severity: 'error',
    ko: '분담({method})의 합 {found}원이 계획의 비용 {stated}원과 다릅니다.',
    en: 'The shares of the split {method} add up to {found} won; the plan costs {stated}.',
    remedy: REMEDY.export,
  },
} as const

/** Beyond this the document is of another kind, and a list of its faults helps nobody. */
const MAX_SHAPE_FAULTS = 1000

const Shape = Type.Object(
  { ...PlanFileSchema.properties, problem: Type.Unknown(), travel: Type.Unknown() },
  { additionalProperties: false },
)

export async function admitPlanFile(bytes: Uint8Array, options: AdmitOptions): Promise<Admission> {
  const { locale } = options
  const issues: Issue[] = []
  const say = (code: Code, path: string, values: Readonly<Record<string, string | number>> = {}): void => {
    const { severity, remedy, [locale]: message } = WORDS[code]
    issues.push({ code, severity, path, message: fillWords(message, values), remedy: remedy[locale] })
  }
  const value = parseJson(bytes)
  if (value === undefined) {
    say('planFile.json', '/')
    return { issues }
  }
  const { format } = value
  if (typeof format === 'number' && format > PLAN_FILE_FORMAT) {
    say('planFile.newer', 'format', { format, known: PLAN_FILE_FORMAT })
    return { issues }
  }

  for (const { instancePath, keyword } of shapeErrors(value))
    if (keyword !== 'boolean') say('planFile.shape', instancePath.slice(1) || '/', { rule: keyword })
  // by the words for problems, which say what to do
  const { problem, travel } = value
  const document = typeof problem === 'object' && problem !== null ? { ...problem, travel } : problem
  for (const issue of findIssues(document, locale))
    if (issue.severity === 'error')
      issues.push({ ...issue, path: /^travel\b/.test(issue.path) ? issue.path : `problem/${issue.path}` })
  if (typeof value.hash === 'string') {
    const found = sealOf(value as PlanFile)
    if (found !== value.hash)
      say('planFile.hash', 'hash', { stated: value.hash.slice(0, 12), found: found.slice(0, 12) })
  }
  // what follows walks the documents and needs them whole
  if (issues.some(({ code }) => code !== 'planFile.hash') || !Value.Check(PlanFileSchema, value)) return { issues }

  const file: PlanFile = value
  const { plan } = splitPlanFile(file)
  const { travelKey } = plan.provenance
  if (travelKey !== file.travel.key)
    say('planFile.travelKey', 'provenance/travelKey', { stated: travelKey, found: file.travel.key })
  for (const violation of checkPlan(file.problem, file.travel, plan))
    say('plan.violation', placeOf(violation, file), { words: describeViolation(violation, locale) })
  for (const [index, split] of (file.split ?? []).entries()) {
    const found = sharesKrw(split)
    if (found !== plan.costKrw || split.planKrw !== plan.costKrw)
      say('split.sum', `split/${index}`, { method: split.method, found, stated: plan.costKrw })
  }
  const verified = file.certificate && (await verifyWithin(file, options))
  for (const fault of verified?.faults ?? [])
    say('certificate.fault', 'certificate', { words: describeFault(fault, locale) })
  if (issues.length > 0) return { issues }
  if (!verified) return { file, issues }
  if (verified.holds === 'yes') return { file, holds: 'yes', issues }
  say('certificate.unproved', 'certificate', { seconds: options.seconds })
  const { certificate: _, ...bare } = file
  return { file: { ...bare, hash: sealOf(bare) }, holds: verified.holds, issues }
}

/** TypeBox stops at eight errors unless told otherwise, and is told for the whole thread: put back at once. */
function shapeErrors(value: unknown): ReturnType<typeof Value.Errors> {
  const { maxErrors } = Settings.Get()
  Settings.Set({ maxErrors: MAX_SHAPE_FAULTS })
  try {
    return Value.Errors(Shape, value)
  } finally {
    Settings.Set({ maxErrors })
  }
}

function parseJson(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

async function verifyWithin(file: PlanFile, { seconds, nowMs }: AdmitOptions): Promise<Verified> {
  const startMs = nowMs()
  const steps = verify(await loadProver(), file)
  let step = steps.next()
  while (!step.done) step = steps.next(seconds - (nowMs() - startMs) / 1000)
  return step.value
}

const sharesKrw = ({ rows }: Split): number => rows.reduce((sum, { shareKrw }) => sum + shareKrw, 0)

/** routes/0/stops/2, or where else the violation lies in the file. */
function placeOf({ route, stop, shipment }: Violation, { routes, direct }: PlanFile): string {
  const index = routes.findIndex(({ id }) => id === route)
  if (index >= 0) return `routes/${index}${stop === undefined ? '' : `/stops/${stop}`}`
  const alone = direct.findIndex((way) => way.shipment === shipment || way.route?.id === route)
  return alone >= 0 ? `direct/${alone}` : '/'
}
