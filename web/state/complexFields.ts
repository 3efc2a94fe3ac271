/** The figures of complexes that people change: those that the document states itself. */
import { type ComplexEntry, type ComplexesStudy, KNOWN_COMPLEXES } from '../../study/index.ts'
import type { Field, FieldGroup, Unit } from './study.ts'

type At = readonly [keyof ComplexEntry] | readonly ['infrastructure' | 'saving', string]
interface StatedFact {
  readonly at: At
  readonly unit: Unit
  readonly ko: string
  readonly en: string
}
const FACTS: readonly StatedFact[] = [
  { at: ['firms'], unit: 'count', ko: '뿌리기업 수', en: 'root firms' },
  { at: ['areaM2'], unit: 'count', ko: '면적 m²', en: 'area, m²' },
  { at: ['saving', 'share'], unit: 'share', ko: '절감률 (B1 대비)', en: 'saving against B1' },
  { at: ['saving', 'yearKrw'], unit: 'krw', ko: '한 해 절감', en: 'saving a year' },
  { at: ['saving', 'tonnesPerYear'], unit: 'tonnes', ko: '한 해 물량', en: 'tonnes a year' },
  { at: ['infrastructure', 'hubM2'], unit: 'count', ko: '공동 물류센터 m²', en: 'joint logistics centre, m²' },
  { at: ['infrastructure', 'docks'], unit: 'count', ko: '상하차 자리', en: 'loading places' },
  { at: ['infrastructure', 'craneT'], unit: 'tonnes', ko: '공용 크레인', en: 'shared crane' },
  { at: ['infrastructure', 'forklifts'], unit: 'count', ko: '공용 지게차', en: 'shared forklifts' },
  { at: ['infrastructure', 'digital'], unit: 'share', ko: '주문이 전산인 기업', en: 'firms with digital orders' },
]

const nameOfEntry = ({ id, name }: ComplexEntry) =>
  name ?? KNOWN_COMPLEXES.find((known) => known.id === id)?.name ?? { ko: id, en: id }

/** Weights are moved beside the ranking; here is what stands in the entries, and how often is drawn. */
export function complexFields(study: ComplexesStudy): FieldGroup[] {
  const stated = study.complexes.flatMap((entry, k): Field[] => {
    const name = nameOfEntry(entry)
    return FACTS.flatMap(({ at, unit, ko, en }): Field[] => {
      const value = at.reduce<unknown>(
        (found, key) => (found as Readonly<Record<string, unknown>> | undefined)?.[key],
        entry,
      )
      const fact = value as { readonly value: number } | undefined
      if (!fact) return []
      const of = { ko: `${name.ko} · ${ko}`, en: `${name.en} · ${en}` }
      return [{ path: ['complexes', k, ...at, 'value'], word: 'change', unit, of, value: fact.value }]
    })
  })
  return [
    {
      id: 'runs',
      fields: [
        { path: ['draws'], word: 'draws', unit: 'count', value: study.draws ?? 2000 },
        { path: ['seed'], word: 'seed', unit: 'count', value: study.seed ?? 1 },
      ],
    },
    ...(stated.length > 0 ? [{ id: 'complexes' as const, fields: stated }] : []),
  ]
}

/** Of an entry of one's own that the study does not have yet. */
export function entryId({ complexes }: ComplexesStudy): string {
  const taken = new Set(complexes.map(({ id }) => id))
  for (let k = 1; ; k++) if (!taken.has(`own-${k}`)) return `own-${k}`
}

export const withEntry = (study: ComplexesStudy, entry: ComplexEntry): ComplexesStudy => ({
  ...study,
  complexes: [...study.complexes, entry],
})
