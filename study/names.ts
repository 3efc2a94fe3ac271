/** What things of a study are called, on the page and on paper. */
import type { Study } from './document.ts'
import type { Setting, StudyChange } from './pickup/schema.ts'

export type Words = Study['name']

const same = (text: string): Words => ({ ko: text, en: text })
export const grouped = (value: number): string => Math.round(value).toLocaleString('en-US')

export const nameOfOutage = (
  { register }: Extract<Study, { kind: 'supply' }>,
  { id }: { readonly of: string; readonly id: string },
): string => register.suppliers.find((supplier) => supplier.id === id)?.name ?? id

/** The figure of a change that has one. */
export function numberOf(
  change: StudyChange,
): readonly [string, 'kg' | 'krw' | 'percent' | 'minutes' | 'count'] | undefined {
  if ('kg' in change) return ['kg', 'kg']
  if ('krw' in change) return ['krw', 'krw']
  if ('percent' in change) return ['percent', 'percent']
  if ('minutes' in change) return ['minutes', 'minutes']
  return 'count' in change ? ['count', 'count'] : undefined
}

/** The figure of a setting alone, where the factor is named beside it. */
export function shortOf({ changes, name }: Pick<Setting, 'changes' | 'name'>): Words {
  const [change] = changes
  const key = change && numberOf(change)
  if (!key) return changes.length === 0 ? { ko: '기본', en: 'as assumed' } : name
  const value = grouped((change as unknown as Readonly<Record<string, number>>)[key[0]])
  switch (key[1]) {
    case 'kg':
      return same(`${value} kg`)
    case 'krw':
      return { ko: `${value}원`, en: `₩${value}` }
    case 'percent':
      return same(`${value} %`)
    case 'minutes':
      return { ko: `${value}분`, en: `${value} min` }
    case 'count':
      return change.kind === 'participants' ? { ko: `${value}개사`, en: `${value} firms` } : same(value)
  }
}

/** What a place of the document is called there: by the nearest name around it. */
export function nameAt(document: unknown, path: string): Words | undefined {
  const keys = path === '' ? [] : path.split('/')
  for (let length = keys.length; length > 0; length--) {
    const at = getAt(document, keys.slice(0, length)) as Readonly<Record<string, unknown>> | undefined
    if (typeof at?.name === 'string') return same(at.name)
    if (typeof at?.name === 'object') return at.name as Words
  }
  return undefined
}

export const getAt = (document: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], document)
