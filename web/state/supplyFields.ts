/** The figures of a study of supply or imports that came with routes and ranges, as fields somebody may change. */
import { type ImportStudy, namesOf, type Study, uncertainName, valueAt } from '../../study/index.ts'
import type { Field, FieldGroup, FigureWord, Path, Unit } from './study.ts'

type MakeField = (path: Path, word: FigureWord, unit: Unit, more?: Partial<Field>) => Field
const same = (text: string) => ({ ko: text, en: text })

export function alternativeFields(study: Extract<Study, { kind: 'supply' }>, field: MakeField): FieldGroup {
  const { items } = study.register
  const names = namesOf(study.register)
  return {
    id: 'alternatives',
    fields: [
      ...items.flatMap((item, k) =>
        (item.alternatives ?? []).flatMap(({ supplier, goodsKrw, fetchDays }, a): Field[] => {
          const at = ['register', 'items', k, 'alternatives', a]
          const of = same(`${item.name} ← ${names.supplier(supplier)}`)
          return [
            ...(goodsKrw === undefined ? [] : [field([...at, 'goodsKrw'], 'goods', 'krw', { of })]),
            ...(fetchDays === undefined ? [] : [field([...at, 'fetchDays'], 'fetchDays', 'days', { of })]),
          ]
        }),
      ),
      ...(study.diversify
        ? [field(['diversify', 'share'], 'second', 'share'), field(['diversify', 'acceptShare'], 'accept', 'share')]
        : []),
      ...(study.routes ? [field(['routes', 'days'], 'routeDays', 'days')] : []),
    ],
  }
}

export function rangeFields(study: ImportStudy, field: MakeField): FieldGroup {
  return {
    id: 'ranges',
    fields: (study.uncertain ?? []).flatMap(({ path }, k): Field[] => {
      const of = { ko: uncertainName(study, [path], 'ko'), en: uncertainName(study, [path], 'en') }
      const unit: Unit = path.endsWith('Rate') ? 'share' : path.toLowerCase().endsWith('krw') ? 'krw' : 'count'
      return [
        field(['uncertain', k, 'low'], 'rangeLow', unit, { of }),
        field(['uncertain', k, 'high'], 'rangeHigh', unit, { of }),
      ]
    }),
  }
}

/** A figure that has left its range takes it along, as wide in proportion as it was. */
export function rangesAlong(before: ImportStudy, after: ImportStudy): ImportStudy {
  const { uncertain } = after
  if (!uncertain) return after
  return {
    ...after,
    uncertain: uncertain.map((entry) => {
      const [old, value] = [before, after].map((study) => Number(valueAt(study, entry.path)))
      if (old === value || old === 0 || (entry.low <= value && value <= entry.high)) return entry
      return { ...entry, low: (entry.low * value) / old, high: (entry.high * value) / old }
    }),
  }
}
