/** A study as a document: what kinds there are, and every fault of one. */
import type { TSchema } from 'typebox'
import { Type } from 'typebox'
import { findFormIssues, type Issue, type Locale } from '../solver/index.ts'
import { type Appraisal, AppraisalSchema } from './appraisal/schema.ts'
import { complexesIssues } from './complexes/faults.ts'
import { type ComplexesStudy, ComplexesStudySchema } from './complexes/schema.ts'
import { findFrequencyIssues } from './frequency/issues.ts'
import { type ImportStudy, ImportStudySchema } from './imports/schema.ts'
import { uncertainIssues } from './imports/uncertain.ts'
import { type NationalStudy, NationalStudySchema } from './national/schema.ts'
import { type PickupStudy, PickupStudySchema, StudyChangeSchema } from './pickup/schema.ts'
import {
  type Diversify,
  DiversifySchema,
  type Outage,
  OutageSchema,
  type Register,
  RegisterSchema,
  type SupplyRoutes,
  SupplyRoutesSchema,
} from './supply/schema.ts'

const strict = { additionalProperties: false } as const
const Name = Type.Object({ ko: Type.String(), en: Type.String() }, strict)

/** Costs and benefits of a programme. */
export const AppraisalStudySchema = Type.Object(
  { kind: Type.Literal('appraisal'), name: Name, ...AppraisalSchema.properties },
  strict,
)
/** Who supplies what, and what stops when somebody does not. */
export const SupplyStudySchema = Type.Object(
  {
    kind: Type.Literal('supply'),
    name: Name,
    register: RegisterSchema,
    outages: Type.Array(OutageSchema, { maxItems: 100 }),
    routes: Type.Optional(SupplyRoutesSchema),
    diversify: Type.Optional(DiversifySchema),
  },
  strict,
)

export type Study =
  | PickupStudy
  | NationalStudy
  | ImportStudy
  | ComplexesStudy
  | (Appraisal & { readonly kind: 'appraisal'; readonly name: PickupStudy['name'] })
  | {
      readonly kind: 'supply'
      readonly name: PickupStudy['name']
      readonly register: Register
      readonly outages: readonly Outage[]
      readonly routes?: SupplyRoutes
      readonly diversify?: Diversify
    }

const SCHEMAS: Readonly<Record<Study['kind'], TSchema>> = {
  pickup: PickupStudySchema,
  national: NationalStudySchema,
  imports: ImportStudySchema,
  appraisal: AppraisalStudySchema,
  supply: SupplyStudySchema,
  complexes: ComplexesStudySchema,
}

/** Every fault of a document that is to be a study. Empty: it is a `Study`. */
export function findStudyIssues(input: unknown, locale: Locale): Issue[] {
  const kind = isObject(input) ? input.kind : undefined
  if (!isObject(input) || typeof kind !== 'string' || !Object.hasOwn(SCHEMAS, kind)) {
    const allowed = Object.keys(SCHEMAS)
    return findFormIssues(Type.Object({ kind: Type.Enum(allowed) }), isObject(input) ? { kind } : input, locale)
  }
  // changes apart, so that each is held against its own kind
  const isDrawn = kind === 'pickup' || kind === 'national'
  const document = isDrawn ? withoutChanges(input) : input
  const issues = findFormIssues(SCHEMAS[kind as Study['kind']], document, locale)
  if (isDrawn) issues.push(...changeIssues(input, locale))
  if (issues.length > 0) return issues
  const study = input as Study
  if (study.kind === 'imports') return importIssues(study, locale)
  if (study.kind === 'pickup') return [...twiceIssues(study, locale), ...findFrequencyIssues(study, locale)]
  if (study.kind === 'national') return twiceIssues(study, locale)
  if (study.kind === 'complexes')
    return [
      ...complexesIssues(study, locale),
      ...study.complexes.flatMap(({ register }, k) =>
        register ? supplyIssues({ register, outages: [] }, locale).map((issue) => under(`complexes/${k}`, issue)) : [],
      ),
    ]
  return study.kind === 'supply' ? supplyIssues(study, locale) : []
}

/** A run is known by its setting, seed and day. */
function twiceIssues(study: PickupStudy | NationalStudy, locale: Locale): Issue[] {
  const { settings, seeds } = study
  const complexes = study.kind === 'national' ? study.complexes : []
  const twice = (path: string, value: string | number): Issue =>
    fault(
      path,
      'study.twice',
      {
        ko: [`두 번 나옵니다: ${value}`, '하나를 지우거나 다르게 적으세요.'],
        en: [`${value} is there twice.`, 'Leave one out, or make it another.'],
      },
      locale,
    )
  const ids = settings.map(({ id }) => id)
  return [
    ...ids.flatMap((id, at) => (ids.indexOf(id) < at ? [twice(`settings/${at}/id`, id)] : [])),
    ...seeds.flatMap((seed, at) => (seeds.indexOf(seed) < at ? [twice(`seeds/${at}`, seed)] : [])),
    ...complexes.flatMap((id, at) => (complexes.indexOf(id) < at ? [twice(`complexes/${at}`, id)] : [])),
  ]
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const withoutChanges = (input: Readonly<Record<string, unknown>>) => ({
  ...input,
  ...(Array.isArray(input.settings) && {
    settings: input.settings.map((setting: unknown) =>
      isObject(setting) && Array.isArray(setting.changes) ? { ...setting, changes: [] } : setting,
    ),
  }),
})

function changeIssues(input: Readonly<Record<string, unknown>>, locale: Locale): Issue[] {
  const byKind = new Map<unknown, TSchema>(
    branchesOf(StudyChangeSchema).map((branch) => [branch.properties.kind.const, branch]),
  )
  return listOf(input.settings).flatMap((setting, at) =>
    listOf(isObject(setting) ? setting.changes : undefined).flatMap((change, k) => {
      const path = `settings/${at}/changes/${k}`
      const branch = isObject(change) ? byKind.get(change.kind) : undefined
      if (branch) return findFormIssues(branch, change, locale, path)
      const kinds = [...byKind.keys()].map(String)
      return findFormIssues(
        Type.Object({ kind: Type.Enum(kinds) }),
        isObject(change) ? { kind: change.kind } : change,
        locale,
        path,
      )
    }),
  )
}

type Branch = TSchema & { readonly properties: { readonly kind: { readonly const: string } } }
/** Of a union of unions, the objects. */
const branchesOf = (schema: { readonly anyOf: readonly unknown[] }): Branch[] =>
  schema.anyOf.flatMap((branch) =>
    isObject(branch) && 'anyOf' in branch ? branchesOf(branch as { anyOf: unknown[] }) : [branch as Branch],
  )

const fault = (
  path: string,
  code: string,
  words: { readonly ko: readonly [string, string]; readonly en: readonly [string, string] },
  locale: Locale,
): Issue => {
  const [message, remedy] = words[locale]
  return { code, severity: 'error', path, message, remedy }
}

const unknownId = (path: string, id: string, locale: Locale): Issue =>
  fault(
    path,
    'study.unknown',
    {
      ko: [`이 연구에 없는 이름입니다: ${id}`, '위에 적은 id 가운데 하나로 고치세요.'],
      en: [`The study has nothing of the name ${id}.`, 'Give one of the ids that it lists.'],
    },
    locale,
  )

/** Lots of today must bring what is used, or savings would be of goods that nobody orders. */
const NEARLY = 0.01

function importIssues(study: ImportStudy, locale: Locale): Issue[] {
  const { suppliers, ways, today } = study
  const unknown = today.flatMap(({ supplier, way }, k) => [
    ...(suppliers.some(({ id }) => id === supplier) ? [] : [unknownId(`today/${k}/supplier`, supplier, locale)]),
    ...(ways.some(({ id }) => id === way) ? [] : [unknownId(`today/${k}/way`, way, locale)]),
  ])
  const short = suppliers.flatMap(({ id, kgPerYear }, k) => {
    const kg = today
      .filter(({ supplier }) => supplier === id)
      .reduce((sum, lot) => sum + lot.lotsPerYear * lot.lotKg, 0)
    if (Math.abs(kg / kgPerYear - 1) <= NEARLY) return []
    const [came, used] = [kg, kgPerYear].map((amount) => Math.round(amount).toLocaleString('en-US'))
    return [
      fault(
        `suppliers/${k}/kgPerYear`,
        'imports.lots',
        {
          ko: [`오늘의 로트는 ${came} kg 인데 한 해에 ${used} kg 을 씁니다.`, 'today 의 로트나 kgPerYear 를 맞추세요.'],
          en: [
            `The lots of today bring ${came} kg, and ${used} kg are used in a year.`,
            'Make the lots in today and kgPerYear agree.',
          ],
        },
        locale,
      ),
    ]
  })
  return [...unknown, ...short, ...uncertainIssues(study, locale)]
}

const under = (at: string, issue: Issue): Issue => ({ ...issue, path: `${at}/${issue.path}` })

function supplyIssues(
  { register, outages }: Pick<Extract<Study, { kind: 'supply' }>, 'register' | 'outages'>,
  locale: Locale,
): Issue[] {
  const suppliers = new Set(register.suppliers.map(({ id }) => id))
  const firms = new Set(register.firms.map(({ id }) => id))
  const issues = register.items.flatMap((item, k): Issue[] => {
    const at = `register/items/${k}`
    const whole = item.sources.reduce((sum, { share }) => sum + share, 0)
    return [
      ...item.sources.flatMap(({ supplier }, s) =>
        suppliers.has(supplier) ? [] : [unknownId(`${at}/sources/${s}/supplier`, supplier, locale)],
      ),
      ...(item.alternatives ?? []).flatMap(({ supplier }, s) =>
        suppliers.has(supplier) ? [] : [unknownId(`${at}/alternatives/${s}/supplier`, supplier, locale)],
      ),
      ...item.uses.flatMap(({ firm }, s) => (firms.has(firm) ? [] : [unknownId(`${at}/uses/${s}/firm`, firm, locale)])),
      ...(Math.abs(whole - 1) > 0.001
        ? [
            fault(
              `${at}/sources`,
              'supply.shares',
              {
                ko: [`공급 비중을 더하면 ${whole.toFixed(3)} 입니다.`, '더해서 1 이 되게 적으세요.'],
                en: [`The shares add up to ${whole.toFixed(3)}.`, 'Make them add up to 1.'],
              },
              locale,
            ),
          ]
        : []),
    ]
  })
  const known = {
    supplier: suppliers,
    port: new Set(register.suppliers.flatMap(({ port }) => port ?? [])),
    country: new Set(register.suppliers.map(({ country }) => country)),
  }
  return [
    ...issues,
    ...outages.flatMap(({ of, id }, k) => (known[of].has(id) ? [] : [unknownId(`outages/${k}/id`, id, locale)])),
  ]
}
