/** A mapping as somebody has written it, held against the fields there are. */
import type { Issue, Locale } from '../../solver/index.ts'
import { Refusal } from '../errors.ts'
import { FIELDS, type Field, type Mapping } from './columns.ts'

const MAX_NAME_CHARS = 200

/** JSON: {"weightKg": "중량(kg)"}. */
export function readMapping(text: string, locale: Locale): Mapping {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 'mapping.form', {
      ko: 'mapping 은 {"weightKg":"중량(kg)"} 같은 JSON 객체여야 합니다.',
      en: 'mapping has to be a JSON object such as {"weightKg":"중량(kg)"}.',
    })
  }
  return checkMapping(Object.entries(value), locale)
}

/** Every pair at fault is told. */
export function checkMapping(pairs: readonly (readonly [string, unknown])[], locale: Locale): Mapping {
  const issues = pairs.flatMap(([field, name]) => faultsOf(field, name, locale))
  if (issues.length === 0) return Object.fromEntries(pairs) as Mapping
  throw new Refusal(
    400,
    'mapping.faults',
    {
      ko: `열 지정에 고칠 곳이 ${issues.length}개 있습니다.`,
      en: `The mapping has ${issues.length} ${issues.length === 1 ? 'fault' : 'faults'}.`,
    },
    issues,
  )
}

function faultsOf(field: string, name: unknown, locale: Locale): Issue[] {
  const ko = locale === 'ko'
  const shown = field.slice(0, 40)
  const base = { severity: 'error', path: `mapping/${shown}` } as const
  const isField = (FIELDS as readonly string[]).includes(field as Field)
  const isName = typeof name === 'string' && /[\p{L}\p{N}]/u.test(name) && name.length <= MAX_NAME_CHARS
  return [
    ...(isField
      ? []
      : [
          {
            ...base,
            code: 'mapping.field',
            message: ko ? `‘${shown}’(이)라는 항목은 없습니다.` : `There is no field “${shown}”.`,
            remedy: ko ? `다음 가운데에서 고르세요: ${FIELDS.join(', ')}` : `Choose from: ${FIELDS.join(', ')}`,
          },
        ]),
    ...(isName
      ? []
      : [
          {
            ...base,
            code: 'mapping.name',
            message: ko ? '열 이름이 비었거나 너무 깁니다.' : 'The name of the column is empty or too long.',
            remedy: ko ? '파일에 있는 열 이름을 적으세요.' : 'Write the name of a column of the file.',
          },
        ]),
  ]
}
