/** What the schema says of a problem, in words for people: one fault a place, unions held against the branch that was meant. */
import type { TSchema } from 'typebox'
import { Settings } from 'typebox/system'
import { Value } from 'typebox/value'
import { ContractTariffSchema, HiredTariffSchema, ProblemSchema, TerminalTariffSchema } from '../problem.ts'
import { type Locale, TYPE_WORDS } from '../words.ts'
import { isObject, type Loose, listOf, type Say, shown, valueAt } from './loose.ts'

/** Beyond this the document is of another kind, and a list of its faults helps nobody. */
const MAX_SCHEMA_ISSUES = 5000

export const TARIFF_SCHEMAS = {
  contract: ContractTariffSchema,
  hired: HiredTariffSchema,
  terminal: TerminalTariffSchema,
} as const
export const CELLS = ['durationS', 'distanceM', 'tollKrw', 'expresswayM'] as const

export function findSchemaIssues(input: Loose, locale: Locale, say: Say): void {
  // tariffs apart, so that each is held against its own kind; the cells of travel tables apart, because there may be millions
  const { tariffs, travel, ...rest } = input
  const document = {
    ...rest,
    ...('tariffs' in input && { tariffs: Array.isArray(tariffs) ? [] : tariffs }),
    ...('travel' in input && { travel: withoutCells(travel) }),
  }
  sayFaults(ProblemSchema, document, '', locale, say)
  for (const [index, tariff] of listOf(tariffs).entries()) {
    const path = `tariffs/${index}`
    const kind = isObject(tariff) ? tariff.kind : undefined
    if (!isObject(tariff)) say('field.type', path, { expected: TYPE_WORDS[locale].object, found: shown(tariff) })
    else if (kind === undefined) say('field.missing', `${path}/kind`, { field: 'kind' })
    else if (typeof kind === 'string' && Object.hasOwn(TARIFF_SCHEMAS, kind))
      sayFaults(TARIFF_SCHEMAS[kind as keyof typeof TARIFF_SCHEMAS], tariff, path, locale, say)
    else say('field.choice', `${path}/kind`, { found: shown(kind), allowed: Object.keys(TARIFF_SCHEMAS).join(', ') })
  }
}

/** Each fault of a value, once a place. */
export function sayFaults(schema: TSchema, value: Loose, root: string, locale: Locale, say: Say): void {
  const faults = errorsOf(schema, value)
  const told = new Set<string>()
  for (const fault of faults.slice(0, MAX_SCHEMA_ISSUES)) {
    const path = (root + fault.instancePath).replace(/^\//, '')
    const key = ['required', 'additionalProperties', 'boolean'].includes(fault.keyword)
      ? `${fault.keyword} ${path}`
      : path
    if (told.has(key)) continue
    told.add(key)
    saySchemaFault(fault, { path, found: valueAt(value, fault.instancePath), schema, locale }, say)
  }
  if (faults.length > MAX_SCHEMA_ISSUES) say('issues.tooMany', root, { limit: MAX_SCHEMA_ISSUES })
}

type SchemaFault = ReturnType<typeof Value.Errors>[number]

/** TypeBox stops at eight errors unless told otherwise, and is told for the whole process: put back at once. */
function errorsOf(schema: TSchema, value: unknown): SchemaFault[] {
  if (Value.Check(schema, value)) return []
  const { maxErrors } = Settings.Get()
  Settings.Set({ maxErrors: MAX_SCHEMA_ISSUES + 1 })
  try {
    return [...Value.Errors(schema, value)]
  } finally {
    Settings.Set({ maxErrors })
  }
}

function saySchemaFault(
  fault: SchemaFault,
  at: { readonly path: string; readonly found: unknown; readonly schema: unknown; readonly locale: Locale },
  say: Say,
): void {
  const { path, found } = at
  const params = fault.params as Readonly<Record<string, unknown>>
  const under = (field: string): string => (path === '' ? field : `${path}/${field}`)
  const here = valueAt(at.schema, fault.schemaPath.slice(1))
  const isWindow = isObject(here) && Array.isArray(here.items)
  const limit = String(params.limit ?? '')
  switch (fault.keyword) {
    case 'required':
      for (const field of params.requiredProperties as string[]) say('field.missing', under(field), { field })
      return
    case 'additionalProperties': {
      const allowed = isObject(here) && isObject(here.properties) ? Object.keys(here.properties).join(', ') : ''
      for (const field of params.additionalProperties as string[])
        say('field.unknown', under(field), { field, allowed })
      return
    }
    case 'boolean': // told by additionalProperties, or the third number of a window
      if (fault.schemaPath.endsWith('/additionalItems')) say('window.form', path.replace(/\/\d+$/, ''))
      return
    case 'enum':
      say('field.choice', path, { found: shown(found), allowed: (params.allowedValues as unknown[]).join(', ') })
      return
    case 'const':
      say('field.choice', path, { found: shown(found), allowed: String(params.allowedValue) })
      return
    case 'type': {
      if (/\/anyOf\/\d+$/.test(fault.schemaPath) && params.type === 'null') return // the other branch says what is wanted
      const expected = TYPE_WORDS[at.locale][String(params.type)] ?? String(params.type)
      if (typeof found === 'number' && !Number.isFinite(found)) say('number.notFinite', path)
      else if (isWindow) say('window.form', path)
      else say('field.type', path, { expected, found: shown(found) })
      return
    }
    case 'minimum':
      say('number.tooSmall', path, { found: shown(found), limit })
      return
    case 'maximum':
      say('number.tooLarge', path, { found: shown(found), limit })
      return
    case 'minLength':
      say('text.tooShort', path, { limit })
      return
    case 'maxLength':
      say('text.tooLong', path, { found: typeof found === 'string' ? found.length : 0, limit })
      return
    case 'minItems':
      if (isWindow) say('window.form', path)
      else say('list.tooShort', path, { found: listOf(found).length, limit })
      return
    case 'anyOf':
      return // its branches have spoken
    default:
      say('field.invalid', path, { found: shown(found), detail: fault.message })
      return
  }
}

/** Travel as it came, but for the cells: `checkTravel` walks those. */
function withoutCells(travel: unknown): unknown {
  if (!isObject(travel) || !Array.isArray(travel.tables)) return travel
  const emptied = (table: unknown): unknown =>
    isObject(table)
      ? {
          ...table,
          ...Object.fromEntries(CELLS.filter((name) => Array.isArray(table[name])).map((name) => [name, []])),
          ...(Array.isArray(table.slices) && { slices: table.slices.map(emptied) }),
        }
      : table
  return { ...travel, tables: travel.tables.map(emptied) }
}
