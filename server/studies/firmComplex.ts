/** A list of firms as a complex to study, its demand by process and size: every row at fault is told, with what to do. */
import { readFile } from 'node:fs/promises'
import type { Issue, Locale } from '../../solver/index.ts'
import { demandOfFirms, type FirmAssumptions, processesOf, type SizedFirm, sizeOf } from '../../study/index.ts'
import type { ComplexData } from '../complexes.ts'
import { unprocessable } from '../errors.ts'
import { readFirmList } from './firmList.ts'

const ASSUMPTIONS = new URL('../../fixtures/assumptions/firm-demand.json', import.meta.url)

export const readAssumptions = async (): Promise<FirmAssumptions> =>
  JSON.parse(await readFile(ASSUMPTIONS, 'utf8')) as FirmAssumptions

export interface FirmComplexOptions {
  readonly locale: Locale
  readonly fileName: string
  readonly assumptions: FirmAssumptions
  /** of firms without a point of their own */
  readonly at?: { readonly lng: number; readonly lat: number } | undefined
  readonly name: string
}

interface PlacedFirm extends SizedFirm {
  readonly lng: number
  readonly lat: number
}

/** `base`: whose partners, trucks, tariffs and rules are taken for the new complex too. */
export async function complexOfFirms(
  bytes: Uint8Array,
  base: ComplexData,
  { locale, fileName, assumptions, name, at }: FirmComplexOptions,
): Promise<{ readonly data: ComplexData; readonly firms: readonly SizedFirm[]; readonly guessed: number }> {
  const read = await readFirmList(bytes, { locale, fileName })
  const known = processesOf(assumptions)
  // nothing is assumed for a process that could not be read
  const unread = new Set(
    read.issues.flatMap(({ code, row }) => (code === 'firms.process' && row !== undefined ? [row] : [])),
  )
  const issues = read.issues
    .filter(({ code, severity }) => severity === 'error' || code === 'firms.process')
    .map((issue): Issue => ({ ...issue, severity: 'error' }))
  let guessed = 0
  const firms = read.firms.flatMap((firm): PlacedFirm[] => {
    const { id, row, process, employees, lat, lng } = firm
    const size = firm.size ?? (employees === undefined ? undefined : sizeOf(assumptions, employees))
    const point = lat !== undefined && lng !== undefined ? { lat, lng } : at
    const lacks = (
      [
        (process === undefined ? !unread.has(row) : !known.includes(process)) && 'firms.assumptions',
        size === undefined && 'firms.size',
        !point && 'firms.place',
      ] as const
    ).filter((code): code is Lack => code !== false)
    issues.push(...lacks.map((code) => lackOf(code, row, process ?? '', known, locale)))
    if (lacks.length > 0 || !process || !size || !point) return []
    if (point === at) guessed++
    return [{ id, name: firm.name ?? id, process, size, ...point }]
  })
  if (issues.length > 0) throw unprocessable(issues.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0)))
  return { data: withFirms(base, firms, assumptions, name, at), firms, guessed }
}

type Lack = 'firms.assumptions' | 'firms.size' | 'firms.place'

function lackOf(code: Lack, row: number, process: string, known: readonly string[], locale: Locale): Issue {
  const ko = locale === 'ko'
  const WORDS: Readonly<Record<Lack, readonly [message: string, remedy: string]>> = {
    'firms.assumptions': ko
      ? [
          `가정이 없는 공정입니다: ‘${process}’`,
          `아는 공정(${known.join(', ')})으로 적거나 가정 파일에 흐름을 더하세요.`,
        ]
      : [
          `There are no assumptions for the process “${process}”.`,
          `Give one of ${known.join(', ')}, or add flows to the file of assumptions.`,
        ],
    'firms.size': ko
      ? ['규모도 종업원수도 읽을 수 없습니다.', '규모에 소, 중, 대 가운데 하나나 종업원수를 적으세요.']
      : [
          'Neither a size nor a number of employees can be read.',
          'Give small, medium or large, or how many work there.',
        ],
    'firms.place': ko
      ? ['위치가 없습니다.', '위도와 경도를 적거나, --at 위도,경도 로 단지의 위치를 주세요.']
      : ['Nothing says where it is.', 'Give lat and lng, or the point of the complex by --at LAT,LNG.'],
  }
  const [message, remedy] = WORDS[code]
  return { code, severity: 'error', path: `row ${row}`, row, message, remedy }
}

/** The complex `base` with other firms: their gates are those of its firms. */
export function withFirms(
  base: ComplexData,
  firms: readonly PlacedFirm[],
  assumptions: FirmAssumptions,
  name: string,
  at: FirmComplexOptions['at'],
): ComplexData {
  const members = new Set(base.firms.flatMap(({ site }) => site ?? []))
  const example = base.sites.find(({ id }) => members.has(id))!
  const mean = (of: 'lng' | 'lat') => firms.reduce((sum, firm) => sum + firm[of], 0) / firms.length
  const { aliases: _, address: __, phone: ___, town: ____, ...gates } = example
  return {
    ...base,
    complex: {
      ...base.complex,
      id: idOf(name),
      name: { ko: name, en: name },
      lng: at?.lng ?? mean('lng'),
      lat: at?.lat ?? mean('lat'),
      synthetic: true,
    },
    sites: [
      ...firms.map(({ id, name: title, lng, lat }) => ({ ...gates, id: `site-${id}`, name: title, lng, lat })),
      ...base.sites.filter(({ id }) => !members.has(id)),
    ],
    firms: firms.map(({ id, name: title, size }) => ({ id, name: title, size, site: `site-${id}` })),
    demand: demandOfFirms(assumptions, firms),
  }
}

/** Addresses of the service have letters and digits: a Korean name is told by a number of its own. */
function idOf(name: string): string {
  const plainName = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (plainName !== '') return plainName.slice(0, 60)
  let sum = 0
  for (const letter of name) sum = (Math.imul(sum, 31) + letter.codePointAt(0)!) >>> 0
  return `complex-${sum.toString(36)}`
}
