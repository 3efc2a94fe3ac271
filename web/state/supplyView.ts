/** What the screens of supply and imports show of routes, responses and ranges: every figure is one of study/index.ts. */
import {
  type FetchResult,
  fetchLine,
  type ImportStudy,
  namesOf,
  type ResponseLine,
  responseCost,
  responseDeed,
  responseGain,
  responseTime,
  type Study,
  type SupplyAnswer,
  uncertainName,
  WHY_NO_ROUTE,
} from '../../study/index.ts'

type SupplyStudy = Extract<Study, { kind: 'supply' }>
type Language = 'ko' | 'en'

export interface ToldLine {
  readonly line: ResponseLine
  readonly deed: string
  readonly time: string
  readonly gain: string
  readonly cost: string
}
export function toldLines(
  { register }: SupplyStudy,
  lines: readonly ResponseLine[],
  phase: ResponseLine['phase'],
  language: Language,
): ToldLine[] {
  return lines
    .filter((line) => line.phase === phase)
    .map((line) => ({
      line,
      deed: responseDeed(register, line, language),
      time: responseTime(line, language),
      gain: responseGain(line, register, language),
      cost: responseCost(line, language),
    }))
}

export type PlannedFetch = Extract<FetchResult, { kind: 'planned' }>
/** Fetches with routes, and one sentence for each alternative that can have none. */
export function fetchView({ register }: SupplyStudy, { fetches }: SupplyAnswer, language: Language) {
  const names = namesOf(register)
  const without = fetches.flatMap((fetch) =>
    fetch.kind === 'none' && fetch.why !== 'unplanned'
      ? `${names.item(fetch.item)} ← ${names.supplier(fetch.supplier)}: ${WHY_NO_ROUTE[fetch.why][language]}`
      : [],
  )
  return {
    planned: fetches.filter((fetch): fetch is PlannedFetch => fetch.kind === 'planned'),
    without: [...new Set(without)],
    nameOf: ({ item, supplier }: Pick<FetchResult, 'item' | 'supplier'>) =>
      `${names.item(item)} ← ${names.supplier(supplier)}`,
    sentenceOf: (fetch: FetchResult) => fetchLine(register, fetch, language),
  }
}

export const turnName = (study: ImportStudy, factor: string, language: Language): string =>
  uncertainName(study, factor.split(' '), language)

/** Of an entry of `uncertain`: the figure that it is about. */
export function uncertainAt(study: Study, path: string): Readonly<Record<Language, string>> | undefined {
  const [list, index] = path.split('/')
  const entry = study.kind === 'imports' && list === 'uncertain' ? study.uncertain?.[Number(index)] : undefined
  if (study.kind !== 'imports' || !entry) return undefined
  return { ko: uncertainName(study, [entry.path], 'ko'), en: uncertainName(study, [entry.path], 'en') }
}
