/**
 * Every figure that went in, one by one: what it is, whether others published it or somebody assumed it, since when, and who says so.
 * A note in a document speaks for all figures around which it is the nearest.
 */
import type { Locale } from '../../../solver/index.ts'
import { type StudySource, uncertainName, withKnown } from '../../../study/index.ts'
import type { Words } from '../../errors.ts'
import { INDICATOR_NAMES } from '../../studies/complexWords.ts'
import { FIELDS, PARTS } from './fields.ts'
import type { StudiedComplex, StudyPapers } from './report.ts'
import type { Say } from './words.ts'

/** published: A and B. derived: C. assumed: G, X, and whatever no note speaks for. chosen: asked for, not of the world. */
export type Basis = 'published' | 'derived' | 'assumed' | 'chosen'

export interface LedgerRow {
  /** place in the document; complex/…: in the data of the complex */
  readonly path: string
  /** what stands together on paper */
  readonly group: string
  readonly what: string
  readonly field: string
  readonly value: string | number
  readonly unit: string
  readonly basis: Basis
  readonly note: Omit<StudySource, 'path'> | undefined
}

type Entry = Readonly<Record<string, unknown>>
const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null && !Array.isArray(value)

/** How much is drawn and compared, and what is supposed: a choice of whoever asks, no fact. */
const CHOSEN = new Set([
  'seeds',
  'days',
  'iterations',
  'targetShare',
  'settings',
  'ordersPerYear',
  'multiples',
  'outages',
  'draws',
  'seed',
])
/** Nobody's figures: names, references, and notes themselves. */
const SKIPPED = new Set(['note', 'name', 'kind', 'id', 'complex', 'reported', 'cp949Seed'])
/** Of a complex; the rest is people and places. */
const OF_A_COMPLEX = ['tariffs', 'demand', 'fleet', 'law', 'orders'] as const
const CLOCKS = new Set(['shifts', 'windows', 'morning', 'afternoon'])
/** Facts in words. */
const TOLD = new Set(['country', 'port'])
/** So many of a kind that on paper they share a row. */
const TOGETHER = new Set(['firmList', 'suppliers', 'uses'])
/** References that tell things apart which have no name. */
const REFERENCES = ['supplier', 'way', 'firm', 'of', 'stage'] as const

export function ledgerOf({ study, data, sources, roads, complexes = [] }: StudyPapers, say: Say): LedgerRow[] {
  const { w } = say
  const own = rowsOf(withKnown(study), '', say).map((row) => {
    const entry = /^uncertain\/(\d+)\//.exec(row.path)
    if (study.kind !== 'imports' || !entry) return row
    const about = uncertainName(study, [study.uncertain![Number(entry[1])]!.path], say.locale)
    return { ...row, what: w(`범위 · ${about}`, `Range · ${about}`) }
  })
  const road: LedgerRow[] = roads
    ? [
        {
          path: 'roads',
          group: 'roads',
          what: say.of(roads.name),
          field: '',
          value: say.of(roads.value),
          unit: '',
          basis: basisOf(roads.certainty),
          note: {
            source: roads.source.en,
            sourceKo: roads.source.ko,
            ...(roads.asOf && { asOf: roads.asOf }),
            ...(roads.certainty && { certainty: roads.certainty }),
          },
        },
      ]
    : []
  if (study.kind === 'national') return [...own, ...road, ...ofComplexes(complexes, say)]
  const drawsDays = study.kind === 'pickup' || (study.kind === 'supply' && study.routes !== undefined)
  if (!drawsDays) return own
  if (!data) return [...own, ...road, ...keptRows(sources, say)]
  const picked = Object.fromEntries(OF_A_COMPLEX.map((part) => [part, (data as unknown as Entry)[part]]))
  const names = namesIn(data, say.locale)
  const counted = (what: string, value: number, unit: string, path: string): LedgerRow => ({
    path,
    group: 'complex/counted',
    what: say.of(data.complex.name),
    field: what,
    value,
    unit,
    basis: 'assumed',
    note: undefined,
  })
  return [
    ...own,
    ...road,
    counted(w('기업', 'firms'), data.firms.length, w('곳', ''), 'complex/firms'),
    counted(
      data.complex.synthetic ? w('장소 (이름과 자리를 가린 예시)', 'places (anonymised example)') : w('장소', 'places'),
      data.sites.length,
      w('곳', ''),
      'complex/sites',
    ),
    ...rowsOf(picked, 'complex', say, names),
  ]
}

const partAt = (path: string, { w }: Say): string => {
  const part = PARTS[path.split('/').at(-2) ?? ''] ?? PARTS[path.split('/')[1] ?? '']
  return part ? w(...part) : path
}

/** Somebody else's complex: where its figures come from, without them. */
const keptRows = (sources: StudyPapers['sources'], say: Say): LedgerRow[] =>
  sources
    .filter(({ path }) => path.startsWith('complex/'))
    .map(({ path, ...note }) => ({
      path,
      group: path,
      what: partAt(path, say),
      field: '',
      value: say.w('단지만 볼 수 있음', 'kept by the complex'),
      unit: '',
      basis: basisOf(note.certainty),
      note,
    }))

const MOST_COMPLEXES_NAMED = 4

/** What the figures of many complexes rest on: a source that several share stands once, with who they are. */
function ofComplexes(complexes: readonly StudiedComplex[], say: Say): LedgerRow[] {
  const { w, of } = say
  const each = complexes.flatMap(({ name, sources }) =>
    sources.map(({ path, ...note }) => ({ path, note, name: of(name), what: partAt(path, say) })),
  )
  const shared = Map.groupBy(each, ({ what, note }) => `${what}\n${note.source}\n${note.certainty}\n${note.asOf}`)
  return [...shared.entries()].map(([group, own]): LedgerRow => {
    const [{ path, note, what }] = own as [(typeof own)[number]]
    const names = [...new Set(own.map(({ name }) => name))]
    const named = names.slice(0, MOST_COMPLEXES_NAMED).join(', ')
    const more = names.length - MOST_COMPLEXES_NAMED
    return {
      path,
      group,
      what,
      field: more > 0 ? w(`${named} 외 ${more}곳:`, `${named} and ${more} more:`) : `${named}:`,
      value: w('단지만 볼 수 있음', 'kept by the complex'),
      unit: '',
      basis: basisOf(note.certainty),
      note,
    }
  })
}

const basisOf = (certainty: string | undefined): Basis =>
  certainty === 'A' || certainty === 'B' ? 'published' : certainty === 'C' ? 'derived' : 'assumed'

function namesIn(document: unknown, locale: Locale, found = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(document)) for (const one of document) namesIn(one, locale, found)
  else if (isEntry(document)) {
    const called = nameOf(document, locale)
    if (typeof document.id === 'string' && called !== undefined) found.set(document.id, called)
    for (const one of Object.values(document)) namesIn(one, locale, found)
  }
  return found
}

function nameOf({ name }: Entry, locale: Locale): string | undefined {
  if (typeof name === 'string') return name
  return isEntry(name) && typeof name[locale] === 'string' ? name[locale] : undefined
}

/** Days of a study, of a week, or until something is there: one word in documents. */
const fieldOf = (key: string, path: string): string =>
  key !== 'days' || path === 'days' ? key : path.includes('/changes/') ? 'weekdays' : 'later'

interface Around {
  readonly group: string
  readonly what: readonly string[]
  readonly note: Omit<StudySource, 'path'> | undefined
  readonly chosen: boolean
}

function rowsOf(document: unknown, root: string, say: Say, names = namesIn(document, say.locale)): LedgerRow[] {
  const { w, locale } = say
  const rows: LedgerRow[] = []
  const add = (path: string, key: string, value: string | number, around: Around, before: string): void => {
    const [ko, en, unitKo = '', unitEn = unitKo] = FIELDS[fieldOf(key, path)] ?? [
      names.get(key) ?? key,
      names.get(key) ?? key,
    ]
    rows.push({
      path,
      group: around.group,
      what: around.what.join(' · '),
      field: [before, w(ko, en)].filter(Boolean).join(' '),
      value,
      unit: w(unitKo, unitEn),
      basis: around.chosen ? 'chosen' : basisOf(around.note?.certainty),
      note: around.note,
    })
  }
  const walk = (node: Entry, path: string, around: Around, before: string): void => {
    // what a complex is known for is not where its firms and orders come from
    const inside = A_COMPLEX.test(path) ? undefined : around.note
    for (const [key, value] of Object.entries(node)) {
      if (SKIPPED.has(key)) continue
      const at = path === '' ? key : `${path}/${key}`
      const chosen = around.chosen || (path === '' && CHOSEN.has(key))
      if (key.endsWith('Note')) {
        const of = key.slice(0, -4)
        const beside = noteIn(value)
        // of words, or of what has figures without a place of their own
        if (beside && !hasFigures(node[of])) add(at, of, '–', { ...around, note: beside }, before)
        continue
      }
      const beside = noteIn(node[`${key}Note`])
      const isLeaf = typeof value !== 'object'
      const here = { ...around, chosen, note: beside ?? (isLeaf ? around.note : inside) }
      if (typeof value === 'number') add(at, key, value, here, before)
      else if (typeof value === 'string' && TOLD.has(key)) add(at, key, value, here, before)
      else if (typeof value === 'boolean') add(at, key, value ? w('예', 'yes') : w('아니요', 'no'), here, before)
      else if (Array.isArray(value)) {
        const numbers = value.flat()
        if (numbers.length > 0 && numbers.every((one) => typeof one === 'number'))
          add(at, key, CLOCKS.has(key) ? clocks(numbers) : numbers.join(', '), here, before)
        else for (const [k, one] of value.entries()) if (isEntry(one)) enter(one, `${at}/${k}`, key, here, before)
      } else if (isEntry(value)) enter(value, at, key, here, before)
    }
  }
  /** A thing with a name, an id or a note stands by itself; others are told with what they are in. */
  const enter = (node: Entry, path: string, key: string, around: Around, before: string): void => {
    const note = noteIn(node.note)
    const told = REFERENCES.flatMap((reference) => {
      const id = node[reference]
      if (typeof id !== 'string') return []
      const stage = reference === 'stage' ? FIELDS[id] : undefined
      return [stage ? w(stage[0], stage[1]) : (names.get(id) ?? id)]
    }).join(' · ')
    const called = nameOf(node, locale) ?? idOf(node, around, names, locale)
    const part = PARTS[key]
    const word = part ?? (note || TOGETHER.has(key) ? (FIELDS[key] ?? indicatorOf(key)) : undefined)
    const label = called ?? (told || (word ? w(word[0], word[1]) : ''))
    if (called !== undefined || note || (part && (!told || key === 'today'))) {
      const isPart = part && ((called !== undefined && !isNamed(node)) || (told && key === 'today'))
      const what = [...around.what, ...(isPart ? [`${w(...part)} ${label}`] : label ? [label] : [])]
      const of = typeof node.of !== 'string' && told && called !== undefined ? [told] : []
      const count = rows.length
      // many of a kind: of the register's suppliers each has a note of its own
      const together = TOGETHER.has(key) && !note
      const own = together
        ? {
            ...around,
            group: path.replace(/\/\d+$/, ''),
            what: [...around.what, ...(word ? [w(word[0], word[1])] : [])],
          }
        : { ...around, group: path, what: [...what, ...of], note: note ?? around.note }
      walk(node, path, own, together ? label : '')
      // what is told without a figure is told too
      if (note && rows.length === count) add(path, '', '–', own, '')
    } else walk(node, path, { ...around, note: around.note }, [before, told].filter(Boolean).join(' '))
  }
  const top: Around = { group: root, what: [], note: undefined, chosen: false }
  if (isEntry(document)) walk(document, root, top, '')
  return rows
}

/** A thing without a name may have that of another of its id, such as the truck of a tariff; names of data are Korean. */
function idOf({ id }: Entry, { what }: Around, names: ReadonlyMap<string, string>, locale: Locale): string | undefined {
  if (typeof id !== 'string') return undefined
  const named = locale === 'ko' ? names.get(id) : undefined
  return named === undefined || named === what.at(-1) ? id : named
}

/** A note that stands beside what it speaks for. */
const noteIn = (value: unknown): Omit<StudySource, 'path'> | undefined =>
  isEntry(value) && typeof value.source === 'string' ? (value as unknown as Omit<StudySource, 'path'>) : undefined

const hasFigures = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'object' && value !== null && Object.values(value).some(hasFigures))

const A_COMPLEX = /^complexes\/\d+$/
const indicatorOf = (key: string): readonly [string, string] => {
  const names = (INDICATOR_NAMES as Readonly<Record<string, Words>>)[key]
  return names ? [names.ko, names.en] : [key, key]
}

const isNamed = ({ name }: Entry): boolean => name !== undefined

const clocks = (seconds: readonly number[]): string =>
  seconds
    .map(
      (s) => `${String(Math.floor(s / 3600)).padStart(2, '0')}:${String(Math.floor((s % 3600) / 60)).padStart(2, '0')}`,
    )
    .reduce((text, clock, k) => (k === 0 ? clock : `${text}${k % 2 === 1 ? '–' : ', '}${clock}`), '')

/** As the data say it, from the oldest to the newest. */
export function datesOf(sources: readonly Pick<StudySource, 'asOf'>[]): readonly [string, string] | undefined {
  const dates = sources.flatMap(({ asOf }) => asOf ?? []).toSorted()
  return dates.length > 0 ? [dates[0]!, dates[dates.length - 1]!] : undefined
}
