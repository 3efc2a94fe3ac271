/** Files named on the command line: read with every fault told, written only when they can be. */
import type { Stats } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Value } from 'typebox/value'
import {
  findIssues,
  type Issue,
  type Locale,
  type Plan,
  type PlanFile,
  PlanFileSchema,
  PlanSchema,
  type Problem,
} from '../../solver/index.ts'
import { Refusal, unprocessable, type Words } from '../errors.ts'
import { splitPlanFile } from '../reports/planFile.ts'

/** The longest text the runtime can hold is 512 MB. */
const MAX_BYTES = 500 * 2 ** 20
const MAX_SHAPE_FAULTS = 10

const fault = (path: string, words: Words): Refusal =>
  new Refusal(400, 'file.fault', { ko: `${path}: ${words.ko}`, en: `${path}: ${words.en}` })

/** A device or a pipe may never end. */
export function assertRegular(path: string, found: Stats): void {
  if (found.isDirectory()) throw fault(path, FILE_FAULTS.EISDIR!)
  if (found.isFile()) return
  throw fault(path, {
    ko: '보통 파일이 아니라 장치나 파이프입니다. 파일로 저장한 뒤 그 이름을 적으세요.',
    en: 'This is a device or a pipe, not a file. Save it to a file and name that.',
  })
}

export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const found = await stat(path)
    assertRegular(path, found)
    if (found.size > MAX_BYTES) {
      throw fault(path, {
        ko: '500 MB를 넘는 파일입니다. 나누어 쓰세요.',
        en: 'The file is larger than 500 MB. Split it.',
      })
    }
    return await readFile(path)
  } catch (error) {
    throw fileRefusal(path, error)
  }
}

/** The sums of an hour must not be lost to a mistyped folder: asked before the work begins. */
export async function assertWritable(path: string): Promise<void> {
  const target = await stat(path).catch(() => undefined)
  if (target?.isDirectory()) throw fileRefusal(path, { code: 'EISDIR' })
  const folder = await stat(dirname(path)).catch(() => undefined)
  if (!folder?.isDirectory()) {
    throw fault(path, {
      ko: `${dirname(path)} 폴더가 없습니다. 먼저 만드세요.`,
      en: `There is no folder ${dirname(path)}. Make it first.`,
    })
  }
}

export const writeText = (path: string, text: string): Promise<void> => writeBytes(path, new TextEncoder().encode(text))

export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes)
  } catch (error) {
    throw fileRefusal(path, error)
  }
}

const FILE_FAULTS: Readonly<Record<string, Words>> = {
  ENOENT: { ko: '파일이 없습니다. 이름과 폴더를 확인하세요.', en: 'There is no such file. Check its name and folder.' },
  ENOTDIR: {
    ko: '경로 중간이 폴더가 아닙니다. 경로를 확인하세요.',
    en: 'A part of the path is not a folder. Check the path.',
  },
  EISDIR: {
    ko: '파일이 아니라 폴더입니다. 그 안의 파일을 적으세요.',
    en: 'This is a folder, not a file. Name a file inside it.',
  },
  ENAMETOOLONG: { ko: '이름이 너무 깁니다.', en: 'The name is too long.' },
  ERR_INVALID_ARG_VALUE: { ko: '파일 이름으로 쓸 수 없습니다.', en: 'This cannot be the name of a file.' },
}
const WORLD_FAULTS: Readonly<Record<string, Words>> = {
  EACCES: {
    ko: '읽거나 쓸 권한이 없습니다. 권한을 바꾸거나 다른 폴더를 쓰세요.',
    en: 'No permission. Change it, or use another folder.',
  },
  EPERM: {
    ko: '읽거나 쓸 권한이 없습니다. 권한을 바꾸거나 다른 폴더를 쓰세요.',
    en: 'No permission. Change it, or use another folder.',
  },
  ENOSPC: {
    ko: '디스크가 가득 찼습니다. 자리를 비운 뒤 다시 하세요.',
    en: 'The disk is full. Free some space and try again.',
  },
  EROFS: { ko: '쓸 수 없는 디스크입니다. 다른 폴더를 쓰세요.', en: 'The disk is read-only. Use another folder.' },
  EIO: { ko: '디스크가 응답하지 않습니다.', en: 'The disk does not answer.' },
}

export function fileRefusal(path: string, error: unknown): unknown {
  const code = String((error as { code?: unknown } | null)?.code)
  if (FILE_FAULTS[code]) return fault(path, FILE_FAULTS[code])
  const words = WORLD_FAULTS[code]
  return words ? new Refusal(503, 'file.world', { ko: `${path}: ${words.ko}`, en: `${path}: ${words.en}` }) : error
}

export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path)
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw fault(path, {
      ko: 'UTF-16 파일입니다. UTF-8로 다시 저장하세요.',
      en: 'The file is UTF-16. Save it again as UTF-8.',
    })
  }
  try {
    // a byte order mark is left out
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw fault(path, {
      ko: 'UTF-8 텍스트가 아닙니다. JSON을 UTF-8로 저장하세요. 엑셀이나 CSV 주문 파일은 import 명령으로 읽습니다.',
      en: 'The file is not UTF-8 text. Save the JSON as UTF-8. Order files (CSV) are read by the import command.',
    })
  }
}

export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path)
  if (text.trim() === '') throw fault(path, { ko: '빈 파일입니다.', en: 'The file is empty.' })
  try {
    return JSON.parse(text)
  } catch (error) {
    const place = placeOf(text, error)
    const number = /(?:NaN|-?Infinity)/.exec(text.slice(Math.max(0, place.offset - 10), place.offset + 10))
    if (number) {
      throw fault(path, {
        ko: `${place.ko}: ${number[0]}은(는) JSON의 수가 아닙니다. 실제 값을 넣거나 항목을 지우세요.`,
        en: `${place.en}: ${number[0]} is not a number in JSON. Put the real value, or leave the field out.`,
      })
    }
    throw fault(path, {
      ko: `${place.ko}: 올바른 JSON이 아닙니다. 쉼표와 따옴표, 괄호를 확인하세요. CSV 주문 파일은 import 명령으로 읽습니다.`,
      en: `${place.en}: not valid JSON. Check commas, quotes and brackets. Order files (CSV) are read by the import command.`,
    })
  }
}

/** Where the text stops being JSON: the runtime's message names a position, or quotes what stands around it (ten characters each side). */
function placeOf(text: string, error: unknown): Words & { readonly offset: number } {
  const message = error instanceof Error ? error.message : ''
  const position = /at position (\d+)/.exec(message)?.[1]
  const quoted = /^Unexpected token '(.)', (\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/su.exec(message)
  const inQuote = quoted ? (quoted[2] ? 10 : quoted[3]!.indexOf(quoted[1]!)) : 0
  const offset = position ? Number(position) : quoted ? Math.max(0, text.indexOf(quoted[3]!) + inQuote) : text.length
  const before = text.slice(0, offset).split('\n')
  const [line, column] = [before.length, before.at(-1)!.length + 1]
  return { offset, ko: `${line}행 ${column}열`, en: `line ${line} column ${column}` }
}

/** A problem that can be planned; warnings go to `warn`. */
export async function readProblem(path: string, locale: Locale, warn: (issue: Issue) => void): Promise<Problem> {
  const value = await readJson(path)
  const issues = findIssues(value, locale)
  if (issues.some(({ severity }) => severity === 'error')) throw unprocessable(issues)
  for (const issue of issues) warn(issue)
  return value as Problem
}

/** A plan, bare or as a plan file. Its shape is held here against the schema, its content by `checkPlan`. */
export async function readPlan(path: string): Promise<{ readonly plan: Plan; readonly file: PlanFile | undefined }> {
  const value = await readJson(path)
  const isFile = isRecord(value) && 'hash' in value
  const schema = isFile ? PlanFileSchema : PlanSchema
  if (!Value.Check(schema, value)) {
    if (isRecord(value) && 'shipments' in value && !('routes' in value)) {
      throw fault(path, {
        ko: `계획이 아니라 문제 파일입니다. 먼저 plan ${path} --out PLAN.json 으로 계획을 만들고 그 파일을 적으세요.`,
        en: `This is a problem, not a plan. Make a plan first: plan ${path} --out PLAN.json, and name that file.`,
      })
    }
    const faults = Value.Errors(schema, value).flatMap(shapeFaults).slice(0, MAX_SHAPE_FAULTS)
    const list = (locale: Locale) => faults.map(({ at, words }) => `\n  ${at}: ${words[locale]}`).join('')
    throw fault(path, {
      ko: `계획 파일의 형식이 아닙니다. plan --out 이 만든 파일을 쓰세요.${list('ko')}`,
      en: `This is not a plan file. Use a file that plan --out has written.${list('en')}`,
    })
  }
  if (!isFile) return { plan: value as Plan, file: undefined }
  const file = value as PlanFile
  return { plan: splitPlanFile(file).plan, file }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

interface ShapeFault {
  readonly at: string
  readonly words: Words
}

/** What the schema library found, each field by itself, in words. */
function shapeFaults({ keyword, instancePath, params }: ReturnType<typeof Value.Errors>[number]): ShapeFault[] {
  const path = instancePath.slice(1)
  const fields = (names: unknown): string[] =>
    (Array.isArray(names) ? names : []).map((name) => (path ? `${path}/${name}` : String(name)))
  const { requiredProperties, additionalProperties } = params as Record<string, unknown>
  if (keyword === 'required')
    return fields(requiredProperties).map((at) => ({ at, words: { ko: '빠졌습니다', en: 'is missing' } }))
  if (keyword === 'additionalProperties')
    return fields(additionalProperties).map((at) => ({ at, words: { ko: '모르는 항목입니다', en: 'is not known' } }))
  // a field that is not known is told a second time as one that may have no value
  if (keyword === 'boolean') return []
  return [{ at: path || '/', words: { ko: '값이 맞지 않습니다', en: 'has a wrong value' } }]
}

export async function assertRegularFile(path: string): Promise<void> {
  try {
    assertRegular(path, await stat(path))
  } catch (error) {
    throw fileRefusal(path, error)
  }
}
