/** A study that somebody edits: the few figures that people change, where each comes from, and the document after a change. */
import {
  getAt,
  grouped,
  type ImportStudy,
  nameOfOutage,
  numberOf,
  type PickupStudy,
  partOf,
  type Study,
  type StudyChange,
  type StudySource,
  type Words,
} from '../../study/index.ts'
import { complexFields } from './complexFields.ts'
import { nameOfCollect, waitFields } from './frequency.ts'
import { alternativeFields, rangeFields, rangesAlong } from './supplyFields.ts'

/** A place in the document. */
export type Path = readonly (string | number)[]

/** What stands before the field: a word of the dictionary. */
export type FigureWord =
  | 'seeds'
  | 'days'
  | 'iterations'
  | 'programme'
  | 'target'
  | 'perKg'
  | 'fixed'
  | 'inlandFixed'
  | 'inlandPerKg'
  | 'container'
  | 'inlandContainer'
  | 'jointOrder'
  | 'supplierOrder'
  | 'ownOrder'
  | 'carrying'
  | 'serviceZ'
  | 'storage'
  | 'value'
  | 'lots'
  | 'lotKg'
  | 'firmsPerLot'
  | 'years'
  | 'rate'
  | 'yearly'
  | 'once'
  | 'end'
  | 'carbon'
  | 'outageOf'
  | 'outageId'
  | 'weeks'
  | 'jointDays'
  | 'change'
  | 'fetchDays'
  | 'goods'
  | 'second'
  | 'accept'
  | 'routeDays'
  | 'rangeLow'
  | 'rangeHigh'
  | 'draws'
  | 'seed'
/** A share is typed as per cent. */
export type Unit = 'krw' | 'share' | 'days' | 'weeks' | 'years' | 'kg' | 'minutes' | 'percent' | 'tonnes' | 'count'

export interface Field {
  readonly path: Path
  readonly word: FigureWord
  readonly unit: Unit
  /** whose: of the document */
  readonly of?: Words | undefined
  /** numbers: a list with commas between. Where it is not given: one number */
  readonly form?: 'numbers' | 'choice'
  readonly choices?: readonly { readonly value: string; readonly name: string }[]
  readonly value: number | string | readonly number[] | undefined
  readonly change?: StudyChange
  /** in place of the word */
  readonly label?: Words
}
export interface FieldGroup {
  readonly id:
    | 'complexes'
    | 'runs'
    | 'settings'
    | 'prices'
    | 'lots'
    | 'stock'
    | 'frame'
    | 'flows'
    | 'outages'
    | 'alternatives'
    | 'ranges'
  readonly fields: readonly Field[]
}

const same = (text: string): Words => ({ ko: text, en: text })

/** Read from the document itself, so that a study of any size has its fields. */
export function fieldsOf(study: Study): FieldGroup[] {
  const field = (path: Path, word: FigureWord, unit: Unit, more: Partial<Field> = {}): Field => ({
    path,
    word,
    unit,
    value: getAt(study, path) as Field['value'],
    ...more,
  })
  switch (study.kind) {
    case 'pickup':
    case 'national':
      return [
        {
          id: 'runs',
          fields: [
            field(['seeds'], 'seeds', 'count', { form: 'numbers' }),
            field(['days'], 'days', 'days'),
            field(['iterations'], 'iterations', 'count'),
            field(['programmeKrwPerYear'], 'programme', 'krw', { value: study.programmeKrwPerYear ?? 0 }),
            field(['targetShare'], 'target', 'share', { value: study.targetShare ?? 0.2 }),
          ],
        },
        {
          id: 'settings',
          fields: study.settings.flatMap(({ changes, name }, s) =>
            changes.flatMap((change, c) => {
              const key = numberOf(change)
              const waits = waitFields(change)
              if (waits.length > 0)
                return waits.map(({ key, unit, ...more }) =>
                  field(['settings', s, 'changes', c, key], 'change', unit, { change, of: name, ...more }),
                )
              return key ? [field(['settings', s, 'changes', c, key[0]], 'change', key[1], { change, of: name })] : []
            }),
          ),
        },
        ...(study.stock
          ? [
              {
                id: 'stock' as const,
                fields: [
                  field(['stock', 'carryingRate'], 'carrying', 'share'),
                  field(['stock', 'krwPerKg'], 'value', 'krw'),
                  ...(study.stock.flows ?? []).map(({ name }, k) =>
                    field(['stock', 'flows', k, 'krwPerKg'], 'value', 'krw', { of: name }),
                  ),
                ],
              },
            ]
          : []),
      ]
    case 'imports':
      return [
        {
          id: 'prices',
          fields: [
            ...study.ways.flatMap(({ packings, name }, w) =>
              packings.flatMap((packing, p) => {
                const at = ['ways', w, 'packings', p]
                const of = { ko: `${name.ko} ${packing.id}`, en: `${name.en} ${packing.id}` }
                return packing.kind === 'loose'
                  ? [
                      field([...at, 'perKgKrw'], 'perKg', 'krw', { of }),
                      field([...at, 'fixedKrw'], 'fixed', 'krw', { of }),
                      field([...at, 'inlandFixedKrw'], 'inlandFixed', 'krw', { of }),
                      field([...at, 'inlandPerKgKrw'], 'inlandPerKg', 'krw', { of }),
                    ]
                  : [
                      field([...at, 'krw'], 'container', 'krw', { of }),
                      field([...at, 'inlandKrw'], 'inlandContainer', 'krw', { of }),
                    ]
              }),
            ),
            field(['order', 'jointKrw'], 'jointOrder', 'krw'),
            field(['order', 'supplierKrw'], 'supplierOrder', 'krw'),
            field(['order', 'ownKrw'], 'ownOrder', 'krw'),
            field(['programmeKrwPerYear'], 'programme', 'krw'),
          ],
        },
        {
          id: 'lots',
          fields: study.today.flatMap(({ supplier, way }, k) => {
            const names = [study.suppliers.find(({ id }) => id === supplier), study.ways.find(({ id }) => id === way)]
            const of = {
              ko: names.map((entry) => entry?.name.ko ?? '?').join(' · '),
              en: names.map((entry) => entry?.name.en ?? '?').join(' · '),
            }
            return [
              field(['today', k, 'lotsPerYear'], 'lots', 'count', { of }),
              field(['today', k, 'lotKg'], 'lotKg', 'kg', { of }),
              field(['today', k, 'firmsPerLot'], 'firmsPerLot', 'count', {
                of,
                value: study.today[k].firmsPerLot ?? 1,
              }),
            ]
          }),
        },
        {
          id: 'stock',
          fields: [
            ...study.suppliers.map(({ name }, k) =>
              field(['suppliers', k, 'valueKrwPerKg'], 'value', 'krw', { of: name }),
            ),
            field(['stock', 'carryingRate'], 'carrying', 'share'),
            field(['stock', 'serviceZ'], 'serviceZ', 'count'),
            field(['stock', 'storageKrwPerM3Day'], 'storage', 'krw'),
          ],
        },
        ...(study.uncertain ? [rangeFields(study, field)] : []),
      ]
    case 'appraisal':
      return [
        {
          id: 'frame',
          fields: [
            field(['years'], 'years', 'years'),
            field(['rate'], 'rate', 'share'),
            ...(study.carbon ? [field(['carbon', 'tonnesPerYear'], 'carbon', 'tonnes')] : []),
          ],
        },
        {
          id: 'flows',
          fields: study.flows.map(({ name, when }, k) => field(['flows', k, 'krw'], when.kind, 'krw', { of: name })),
        },
      ]
    case 'complexes':
      return complexFields(study)
    case 'supply': {
      const { suppliers } = study.register
      const ids = {
        supplier: suppliers.map(({ id, name }) => ({ value: id, name })),
        port: named(suppliers.flatMap(({ port }) => port ?? [])),
        country: named(suppliers.map(({ country }) => country)),
      }
      return [
        {
          id: 'outages',
          fields: study.outages.flatMap(({ of: what, id }, k) => {
            const of = same(nameOfOutage(study, { of: what, id }))
            return [
              field(['outages', k, 'of'], 'outageOf', 'count', {
                of,
                form: 'choice',
                choices: named(Object.keys(ids)),
              }),
              field(['outages', k, 'id'], 'outageId', 'count', { of, form: 'choice', choices: ids[what] }),
              field(['outages', k, 'weeks'], 'weeks', 'weeks', { of }),
              field(['outages', k, 'jointDays'], 'jointDays', 'days', { of, value: study.outages[k].jointDays ?? 0 }),
            ]
          }),
        },
        alternativeFields(study, field),
      ]
    }
  }
}

const named = (ids: readonly string[]): { readonly value: string; readonly name: string }[] =>
  [...new Set(ids)].map((value) => ({ value, name: value }))

/** The document with another figure, and with what follows from it. */
export function changeStudy(study: Study, path: Path, value: unknown): Study {
  const next = setAt(study, path, value)
  if (next.kind === 'imports' && path[0] === 'today') {
    // what comes is what is used: lots that bring more are of firms that use more
    const used = (supplier: string): number =>
      next.today.reduce((sum, lot) => sum + (lot.supplier === supplier ? lot.lotsPerYear * lot.lotKg : 0), 0)
    const suppliers = next.suppliers.map((supplier) => ({ ...supplier, kgPerYear: used(supplier.id) }))
    return rangesAlong(study as ImportStudy, { ...next, suppliers })
  }
  if (next.kind === 'imports' && path[0] !== 'uncertain') return rangesAlong(study as ImportStudy, next)
  if (isDrawn(next) && path[0] === 'settings' && path[2] === 'changes') {
    // a name that tells the old value would be a lie
    const { changes } = next.settings[Number(path[1])]
    return setAt(next, ['settings', Number(path[1]), 'name'], nameOfChanges(changes))
  }
  if (next.kind === 'supply' && path[2] === 'of') {
    const [supplier] = next.register.suppliers
    const first = {
      supplier: supplier.id,
      port: next.register.suppliers.find(({ port }) => port)?.port ?? '',
      country: supplier.country,
    }
    return setAt(next, ['outages', Number(path[1]), 'id'], first[value as keyof typeof first])
  }
  return next
}

/** Days are drawn for it, which takes its time; all others are worked out while somebody types. */
export type DrawnStudy = Extract<Study, { kind: 'pickup' | 'national' }>
export const isDrawn = (study: Study): study is DrawnStudy => study.kind === 'pickup' || study.kind === 'national'

export const complexesOf = (study: DrawnStudy): readonly string[] =>
  study.kind === 'national' ? study.complexes : [study.complex]

/** The same questions asked of other complexes; of one, it is the study of that complex. */
export function withComplexes(study: DrawnStudy, complexes: readonly string[]): DrawnStudy {
  const [only, ...others] = complexes
  if (only === undefined) return study
  const asked = study.kind === 'national' ? partOf(study, only) : { ...study, complex: only }
  if (others.length === 0) return asked
  // of the firms of one complex
  const { complex: _, kind: __, demand: ___, ...shared } = asked
  return { ...shared, kind: 'national', complexes: [...complexes] }
}

export const withoutSetting = (study: DrawnStudy, id: string): Study => ({
  ...study,
  settings: study.settings.filter((setting, k) => k === 0 || setting.id !== id),
})

/** Settings in which one firm leaves, and nothing else is otherwise. */
export const exitsOf = ({ settings }: Pick<PickupStudy, 'settings'>): readonly string[] =>
  settings.slice(1).flatMap(({ changes: [change, more] }) => (change?.kind === 'firm' && !more ? change.firm : []))

/** As many as a document may have. */
export const MAX_SETTINGS = 60

/** Each firm leaves once: who would be missed, and whose exit breaks it. */
export function withExits(study: PickupStudy, members: readonly { readonly id: string; readonly name: string }[]) {
  const there = new Set(exitsOf(study))
  const ids = new Set(study.settings.map(({ id }) => id))
  const free = (id: string): string => (ids.has(id) ? free(`${id}-exit`) : id)
  const added = members
    .filter(({ id }) => !there.has(id))
    .map(({ id: firm, name }) => ({
      id: free(`without-${firm}`.slice(0, 70)),
      name: { ko: `${name} 빠짐`, en: `without ${name}` },
      changes: [{ kind: 'firm' as const, firm }],
    }))
  return { ...study, settings: [...study.settings, ...added] }
}

export function withoutExits(study: PickupStudy): PickupStudy {
  const exits = new Set(exitsOf(study))
  const stays = ({ changes: [change, more] }: PickupStudy['settings'][number], k: number) =>
    k === 0 || more !== undefined || change?.kind !== 'firm' || !exits.has(change.firm)
  return { ...study, settings: study.settings.filter(stays) }
}

/** What a setting does, in words: of its changes. */
export function nameOfChanges(changes: readonly StudyChange[]): Words {
  const names = changes.map(nameOfChange)
  return { ko: names.map(({ ko }) => ko).join(', '), en: names.map(({ en }) => en).join(', ') }
}
function nameOfChange(change: StudyChange): Words {
  switch (change.kind) {
    case 'terminalLimit':
      return { ko: `정기화물 한도 ${grouped(change.kg)} kg`, en: `terminal freight up to ${grouped(change.kg)} kg` }
    case 'stopFee':
      return { ko: `경유비 ${grouped(change.krw)}원`, en: `stop fee of ₩${grouped(change.krw)}` }
    case 'service':
      return { ko: `상하차 시간 ${change.percent} %`, en: `minutes at stops at ${change.percent} %` }
    case 'detour':
      return { ko: `도로 거리와 시간 ${change.percent} %`, en: `roads at ${change.percent} %` }
    case 'demand':
      return { ko: `주문 ${change.percent} %`, en: `orders at ${change.percent} %` }
    case 'fuel':
      return { ko: `경유 값 ${change.percent} %`, en: `diesel at ${change.percent} %` }
    case 'narrower':
      return {
        ko: `시간창 앞뒤로 ${change.minutes}분 좁게`,
        en: `windows ${change.minutes} minutes narrower on either side`,
      }
    case 'participants':
      return { ko: `${change.count}개사 참여`, en: `${change.count} firms take part` }
    case 'collectOn':
    case 'collectWhenFull':
    case 'collectChosen':
      return nameOfCollect(change)
    case 'windows':
      return { ko: `시간창 앞뒤 ${change.minutes}분`, en: `windows ${change.minutes} minutes wider on either side` }
    case 'pace':
      return { ko: `도로 시간 ${change.percent} %`, en: `minutes on the roads at ${change.percent} %` }
    case 'rates': {
      const of = {
        contract: ['고정차', 'contract trucks'],
        hired: ['용차', 'hired trucks'],
        terminal: ['정기화물', 'terminal freight'],
      }
      const [ko, en] = of[change.of]
      const part = change.part === 'distance' ? [' km 요율', ', a km,'] : [' 운임', '']
      return { ko: `${ko}${part[0]} ${change.percent} %`, en: `rates of ${en}${part[1]} at ${change.percent} %` }
    }
    case 'noTerminal':
      return { ko: '정기화물 없음', en: 'no terminal freight' }
    case 'firm':
      return { ko: `${change.firm} 빠짐`, en: `without ${change.firm}` }
    case 'count':
      return { ko: `${change.vehicle} ${change.count}대`, en: `${change.count} of ${change.vehicle}` }
    case 'body':
      return { ko: `${change.vehicle} → ${change.like}`, en: `${change.vehicle} like ${change.like}` }
  }
}

/** Where a figure comes from: the note beside it, or of the nearest thing around it. */
export function sourceFor(sources: readonly StudySource[], path: Path): StudySource | undefined {
  const whole = path.join('/')
  const around = sources.filter((source) => source.path !== '' && `${whole}/`.startsWith(`${source.path}/`))
  return around.toSorted((a, b) => b.path.length - a.path.length)[0]
}

export function setAt<T>(document: T, [key, ...rest]: Path, value: unknown): T {
  if (key === undefined) return value as T
  if (Array.isArray(document))
    return document.map((entry: unknown, k) => (k === key ? setAt(entry, rest, value) : entry)) as T
  return { ...document, [key]: setAt((document as Readonly<Record<string, unknown>>)[key], rest, value) }
}

/** How many days are to be planned for a pickup study. */
export const runsOf = (study: DrawnStudy): number =>
  study.settings.length * study.seeds.length * study.days * complexesOf(study).length
