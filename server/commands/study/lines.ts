/** What a study says, in lines of text. */
import type { Locale } from '../../../solver/index.ts'
import {
  type ComplexesStudy,
  type ImportStudy,
  type NationalStudy,
  type PickupStudy,
  type Study,
  sourcesOf,
} from '../../../study/index.ts'
import type { StudyPart, StudyResult } from '../../api.ts'
import { appraisalLines } from './appraisalLines.ts'
import { complexesLines } from './complexesLines.ts'
import { importLines } from './importLines.ts'
import { nationalLines } from './nationalLines.ts'
import { pickupLines } from './pickupLines.ts'
import { supplyLines } from './supplyLines.ts'

/** Without its kind. */
export const insideOf = (result: StudyResult): unknown =>
  Object.entries(result).find(([key]) => key === result.kind)?.[1]

/** `result`: of this very study. */
export function linesOf(
  study: Study,
  result: StudyResult,
  { done, all, parts = [] }: { done: number; all: number; parts?: readonly StudyPart[] | undefined },
  locale: Locale,
): readonly string[] {
  switch (result.kind) {
    case 'pickup':
      return pickupLines(study as PickupStudy, result.pickup, { done, all }, locale)
    case 'national':
      return nationalLines(study as NationalStudy, result.national, parts, locale)
    case 'imports':
      return importLines(study as ImportStudy, result.imports, locale)
    case 'appraisal':
      return appraisalLines(result.appraisal, study as Extract<Study, { kind: 'appraisal' }>, locale)
    case 'supply':
      return supplyLines(result.supply, study as Extract<Study, { kind: 'supply' }>, locale)
    case 'complexes':
      return complexesLines(study as ComplexesStudy, result.complexes, locale)
  }
}

const CERTAINTY_NAMES = {
  A: { ko: '두 출처나 공식', en: 'two sources or official' },
  B: { ko: '한 출처', en: 'one source' },
  C: { ko: '유도', en: 'derived' },
  G: { ko: '일반적인 값', en: 'general knowledge' },
  X: { ko: '가정', en: 'assumed' },
} as const

/** How sure the figures that went in are. */
export function sourceLines(study: Study, locale: Locale): string[] {
  const notes = sourcesOf(study)
  if (notes.length === 0) return []
  const counts = (Object.keys(CERTAINTY_NAMES) as (keyof typeof CERTAINTY_NAMES)[]).flatMap((certainty) => {
    const count = notes.filter((note) => note.certainty === certainty).length
    return count > 0 ? [`${CERTAINTY_NAMES[certainty][locale]} ${count}`] : []
  })
  return [`${locale === 'ko' ? '넣은 값의 출처' : 'where the inputs come from'}: ${counts.join(', ')}`]
}

/** By its ending. */
