/** What a study of imports does not know for sure: places in its document with a low and a high, and every fault of them. */
import { findFormIssues, type Issue, type Locale } from '../../solver/index.ts'
import { type ImportStudy, ImportStudySchema } from './schema.ts'

export type Uncertain = NonNullable<ImportStudy['uncertain']>[number]

/** Lots of today follow from what is used; what is reported or compared is not uncertain. */
const NOT_DRAWN = /^(uncertain|draws|reported|ordersPerYear|multiples|firms|today\/\d+\/(lotsPerYear|lotKg))(\/|$)/
const DEMAND = /^suppliers\/(\d+)\/kgPerYear$/

export const at = (document: unknown, path: string): unknown =>
  path
    .split('/')
    .reduce<unknown>(
      (now, key) =>
        typeof now === 'object' && now !== null && Object.hasOwn(now, key)
          ? (now as Readonly<Record<string, unknown>>)[key]
          : undefined,
      document,
    )

/** The document with another number in one place; where a supplier's goods are used more, its lots come as much oftener. */
export function withValue(study: ImportStudy, path: string, value: number): ImportStudy {
  const next = setAt(study, path.split('/'), value)
  const supplier = DEMAND.exec(path)?.[1]
  if (supplier === undefined) return next
  const { id, kgPerYear } = study.suppliers[Number(supplier)]
  return {
    ...next,
    today: next.today.map((lot) =>
      lot.supplier === id ? { ...lot, lotsPerYear: (lot.lotsPerYear * value) / kgPerYear } : lot,
    ),
  }
}

function setAt<T>(document: T, [key, ...rest]: readonly string[], value: number): T {
  if (key === undefined) return value as T
  if (Array.isArray(document))
    return document.map((entry: unknown, k) => (k === Number(key) ? setAt(entry, rest, value) : entry)) as T
  return { ...document, [key]: setAt((document as Readonly<Record<string, unknown>>)[key], rest, value) }
}

export function uncertainIssues(study: ImportStudy, locale: Locale): Issue[] {
  const { uncertain = [] } = study
  const places = uncertain.map(({ path }) => path)
  return uncertain.flatMap((entry, k): Issue[] => {
    const { path, low, high } = entry
    const fault = (code: string, ko: readonly [string, string], en: readonly [string, string]): Issue[] => {
      const [message, remedy] = locale === 'ko' ? ko : en
      return [{ code, severity: 'error', path: `uncertain/${k}`, message, remedy }]
    }
    const value = at(study, path)
    if (typeof value !== 'number' || NOT_DRAWN.test(path))
      return fault(
        'imports.uncertainPlace',
        [`바꿀 수 있는 숫자가 아닙니다: ${path}`, 'ways/1/leadDays 처럼 문서에 적힌 숫자의 자리를 적으세요.'],
        [`${path} is no number that can be drawn.`, 'Give the place of a number of this document, as ways/1/leadDays.'],
      )
    if (places.indexOf(path) < k)
      return fault(
        'study.twice',
        [`두 번 나옵니다: ${path}`, '하나를 지우세요.'],
        [`${path} is there twice.`, 'Leave one out.'],
      )
    if (!(low <= value && value <= high))
      return fault(
        'imports.uncertainBounds',
        [`${path} 의 값 ${value} 이 ${low}–${high} 밖에 있습니다.`, 'low ≤ 값 ≤ high 가 되게 적으세요.'],
        [`${path} is ${value}, outside ${low} to ${high}.`, 'Make low ≤ value ≤ high.'],
      )
    // a bound must be a number that the document itself could hold
    return [low, high].flatMap((bound) =>
      findFormIssues(ImportStudySchema, withValue(study, path, bound), locale)
        .slice(0, 1)
        .map((issue) => ({ ...issue, path: `uncertain/${k}` })),
    )
  })
}
