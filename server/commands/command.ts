/** What all commands share: the terminal, options, and refusals of wrong use with the right form. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import {
  describeEdit,
  describeLock,
  describeViolation,
  type Issue,
  type Locale,
  type LockState,
  type Plan,
  type Problem,
  type Violation,
} from '../../solver/index.ts'
import { Refusal, type Words } from '../errors.ts'

export const EXIT = { done: 0, no: 1, input: 2, world: 3, bug: 4 } as const
export type Exit = (typeof EXIT)[keyof typeof EXIT]

export interface Terminal {
  readonly locale: Locale
  /** Results: standard output. */
  readonly print: (line: string) => void
  /** Everything beside the result: standard error. */
  readonly note: (line: string) => void
  /** One line that replaces itself; nothing where nobody watches. */
  readonly progress: (line: string) => void
  /** When the process began, on the clock of the searches: limits count from there. */
  readonly startedMs: number
}

export interface Command {
  /** The form as typed, without `milkrun`. */
  readonly form: string
  readonly summary: Words
  /** One line an option. */
  readonly options: readonly (readonly [string, Words])[]
  /** What else a user should know, below the options. */
  readonly notes?: Words
  run(args: readonly string[], terminal: Terminal): Promise<Exit>
}

export function wrongUse(form: string, words: Words): Refusal {
  return new Refusal(400, 'use.wrong', {
    ko: `${words.ko}\n쓰는 법: npm run -s milkrun -- ${form}`,
    en: `${words.en}\nUse: npm run -s milkrun -- ${form}`,
  })
}

/** Options of every command. */
const COMMON = { json: { type: 'boolean' } } as const

/** The values of the options and `operands` other words, or up to `most`. */
export function readArguments<T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  form: string,
  options: T,
  operands: number,
  most = operands,
) {
  const parsed = parse(args, form, options)
  const { positionals } = parsed
  if (positionals.length < operands) {
    const missing = form
      .split(' ')
      .filter((word) => /^[A-Z]/.test(word))
      .slice(positionals.length, operands)
      .join(' ')
    throw wrongUse(form, { ko: `${missing} 파일을 적지 않았습니다.`, en: `${missing} is missing.` })
  }
  if (positionals.length > most) {
    const extra = positionals.slice(most).join(' ')
    throw wrongUse(form, { ko: `'${extra}'은(는) 남는 말입니다.`, en: `'${extra}' is one word too many.` })
  }
  return parsed
}

function parse<T extends ParseArgsOptionsConfig>(args: readonly string[], form: string, options: T) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { ...COMMON, ...options } })
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) throw error
    throw wrongUse(form, optionWords(error.code as string, error.message, { ...COMMON, ...options }))
  }
}

/** `message`: the runtime's, in English; it begins with the option in quotes: "Unknown option '--second'. To specify …" */
function optionWords(code: string, message: string, options: ParseArgsOptionsConfig): Words {
  const option = /'(-[^\s'=]+)/.exec(message)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const known = [...Object.keys(options), 'lang'].map((name) => `--${name}`).join(', ')
    return {
      ko: `${option}: 이 명령에 없는 옵션입니다. 있는 옵션: ${known}.`,
      en: `${option} is not an option of this command. Its options: ${known}.`,
    }
  }
  if (options[option.replace(/^--(no-)?/, '')]?.type === 'boolean')
    return { ko: `${option} 뒤에는 값을 적지 않습니다.`, en: `${option} takes no value.` }
  return {
    ko: `${option} 뒤에 값을 적으세요. 값이 -로 시작하면 ${option}=값 처럼 붙여 적으세요.`,
    en: `${option} needs a value. If it begins with -, write ${option}=VALUE.`,
  }
}

export interface NumberRange {
  readonly min: number
  readonly max: number
  readonly whole?: boolean
}

export function readNumber(
  name: string,
  text: string | undefined,
  form: string,
  { min, max, whole = false }: NumberRange,
): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() !== '' && value >= min && value <= max && (!whole || Number.isInteger(value))) return value
  const kind = whole ? { ko: '정수', en: 'a whole number' } : { ko: '수', en: 'a number' }
  throw wrongUse(form, {
    ko: `--${name} ${text}: ${min}에서 ${max} 사이의 ${kind.ko}를 쓰세요.`,
    en: `--${name} ${text}: give ${kind.en} from ${min} to ${max}.`,
  })
}

export function oneOf<T extends string>(name: string, text: string, known: readonly T[], form: string): T {
  const found = known.find((value) => value === text)
  if (found !== undefined) return found
  const list = known.join(', ')
  throw wrongUse(form, {
    ko: `--${name} ${text}: 다음 가운데 하나를 쓰세요: ${list}.`,
    en: `--${name} ${text}: give one of ${list}.`,
  })
}

export const SEED: NumberRange = { min: 0, max: 2 ** 31 - 1, whole: true }
export const SECONDS: NumberRange = { min: 0.1, max: 7 * 86_400 }
export const ITERATIONS: NumberRange = { min: 1, max: Number.MAX_SAFE_INTEGER, whole: true }
export const THREADS: NumberRange = { min: 1, max: 256, whole: true }

export const describeIssue = ({ severity, path, row, column, message, remedy }: Issue, locale: Locale): string => {
  const mark = severity === 'error' ? { ko: '오류', en: 'error' } : { ko: '주의', en: 'warning' }
  const cell = column === undefined ? `${row}행` : `${row}행 ‘${column}’`
  return `${mark[locale]} ${row !== undefined && locale === 'ko' ? cell : path}: ${message} → ${remedy}`
}

const MOST_LINES = 10

/** What is the same for many is said of the first of them. */
export function atMost(lines: readonly string[], locale: Locale): readonly string[] {
  const rest = lines.length - MOST_LINES
  if (rest <= 0) return lines
  return [...lines.slice(0, MOST_LINES), locale === 'ko' ? `그 밖에 ${rest}건` : `and ${rest} more`]
}

/** One line each; a name that the problem lacks is told once, wherever the plan uses it. */
export function describeViolations(violations: readonly Violation[], locale: Locale): string[] {
  const lines = new Map<string, string>()
  for (const violation of violations) {
    const line = describeViolation(violation, locale)
    const { rule, shipment, site, vehicle } = violation
    const key = rule === 'unknownId' ? JSON.stringify([shipment, site, vehicle]) : line
    if (!lines.has(key)) lines.set(key, line)
  }
  return [...lines.values()]
}

/** How many of them hold, and each that does not; nothing where nothing was locked. */
export function describeLocks(states: readonly LockState[], locale: Locale): string[] {
  if (states.length === 0) return []
  const loose = states.filter(({ state }) => state !== 'kept')
  const kept = states.length - loose.length
  return [
    locale === 'ko'
      ? `고정 ${states.length}건 가운데 ${kept}건 지킴`
      : `${kept} of ${plural(states.length, 'lock')} kept`,
    ...loose.map((state) => describeLock(state, locale)),
  ]
}

/** More changes by hand than that are summed up. */
const LEDGER_LINES = 10

/** What people have changed by hand since the search, and what that costs or saves. */
export function describeLedger({ edits = [] }: Plan, problem: Problem, locale: Locale): string[] {
  if (edits.length === 0) return []
  const ko = locale === 'ko'
  const signed = (krw: number) => (krw > 0 ? `+${won(krw)}` : krw === 0 ? `±${won(0)}` : won(krw))
  const sum = signed(edits.reduce((all, { krw }) => all + krw, 0))
  const left = edits.length - LEDGER_LINES
  return [
    ko ? `손으로 고친 것 ${edits.length}건, 모두 ${sum}` : `${plural(edits.length, 'change')} by hand, ${sum} in all`,
    ...edits
      .slice(-LEDGER_LINES)
      .map(({ edit, krw, by }) => `  ${describeEdit(edit, problem, locale)}: ${signed(krw)}${by ? ` (${by})` : ''}`),
    ...(left > 0 ? [ko ? `  그 전에 ${left}건` : `  and ${left} before`] : []),
  ]
}

/** 1 route, 2 routes. */
export const plural = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`
export const won = (krw: number): string => `${krw < 0 ? '−' : ''}₩${Math.abs(krw).toLocaleString('ko-KR')}`
export const count = (value: number): string => value.toLocaleString('ko-KR')
export const percent = (share: number): string => `${share < 0 ? '−' : ''}${Math.abs(share * 100).toFixed(1)} %`
